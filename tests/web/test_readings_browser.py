"""読み取りを確かめる画面をブラウザで見る: pointing at a figure marks its box and the other way round; corrected, remembered, proposed, applied."""

from dataclasses import replace

import pytest
from django.utils import timezone

import deskroom
from inquiryroom import JUNE, room
from paperroom import ROWS, paper
from sosei.core.codec import loads
from sosei.ledger import models as m
from sosei.ledger.actions.proposals import propose_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW, WIDE = 390, 1280


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    return room()


def brought(made, year: str, name: str = "見本市の報告書.pdf", **more) -> str:
    """Bring a report in; return the address of how it was read."""
    came = propose_report(by=made.town.planner, name=name, data=paper(year, **more))
    assert came.batch is not None
    return f"/imports/{came.batch}/reading/"


def chip(page, name: str, what: str = "実績値"):
    """The figure of that indicator in the list."""
    row = page.locator(".reading-row", has=page.get_by_role("heading", name=name, exact=True))
    return row.locator(".read-item", has_text=what).first


def mark_of(page, item):
    """The box of a figure on the picture."""
    return page.locator(f'.mark[data-items~="{item.get_attribute("id")}"]').first


def years_of(batch: int) -> set[int]:
    report = loads(m.Batch.objects.get(pk=batch).difference["report"])
    return {
        y.fiscal_year or report.year_of(p)
        for p in report.projects for k in p.indicators for y in k.years if y.actual
    }  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(NARROW, "light"), (WIDE, "light"), (WIDE, "dark")])
def test_どの画面も読め_はみ出さない(desk, made, width: int, scheme: str) -> None:
    page = desk.page(made.town.planner, width=width, scheme=scheme)
    where = brought(made, "令和4年度")
    for name, query in (("reading", ""), ("reading-chosen", "?value=6"), ("reading-unread", "?unread=1")):  # fmt: skip
        page.goto(desk.url + where + query)
        page.wait_for_load_state("networkidle")
        deskroom.looked_at(page, f"{name}-{width}-{scheme}")
    page.goto(desk.url + where.replace("reading/", ""))
    deskroom.looked_at(page, f"reading-difference-{width}-{scheme}")
    assert desk.complaints == []


def test_値を指すと枠が_枠を指すと値が示される(desk, made) -> None:
    page = desk.page(made.town.planner)
    page.goto(desk.url + brought(made, "令和4年度"))
    item = chip(page, "延べ宿泊者数")
    mark = mark_of(page, item)
    picture = page.locator(".sheet image")
    assert picture.evaluate("i => new Promise(done => { const p = new Image(); p.onload = () => done(p.naturalWidth); p.src = i.href.baseVal; })") > 1000  # fmt: skip
    item.hover()
    assert "is-pointed" in mark.get_attribute("class")
    page.get_by_role("heading", level=1).hover()
    assert "is-pointed" not in mark.get_attribute("class")
    mark.hover()
    assert "is-pointed" in item.get_attribute("class")
    page.get_by_role("heading", level=1).hover()
    mark.focus()
    assert "is-pointed" in item.get_attribute("class")
    item.focus()
    assert "is-pointed" in mark.get_attribute("class")
    page.keyboard.press("Enter")
    page.wait_for_url("**value=*")
    assert "is-chosen" in mark_of(page, chip(page, "延べ宿泊者数")).get_attribute("class")
    assert page.locator(".mend .cutout").is_visible()
    assert desk.complaints == []


def test_スクリプトなしでも枠から値へ_値から枠へ進める(desk, made) -> None:
    page = desk.page(made.town.planner, scripts=False)
    page.goto(desk.url + brought(made, "令和4年度"))
    mark_of(page, chip(page, "会員企業数")).click()
    page.wait_for_url("**value=*")
    assert chip(page, "会員企業数").get_attribute("aria-current") == "true"
    chip(page, "観光消費額").click()
    page.wait_for_url("**value=*")
    assert "is-chosen" in mark_of(page, chip(page, "観光消費額")).get_attribute("class")
    page.locator("#id_text").fill("12.0")
    page.locator("#id_alike").uncheck()
    page.get_by_role("button", name="この値を直す").click()
    page.get_by_text("読み取りを直しました").wait_for()
    assert "12億円" in chip(page, "観光消費額").inner_text()
    assert desk.complaints == []


def test_直した列は次の同じ様式に提案され_使うと直り_取り消せる(desk, made) -> None:
    page = desk.page(made.town.planner)
    page.goto(desk.url + brought(made, "令和4年度"))
    chip(page, "会員企業数").click()
    page.locator("#id_year").select_option("2021")
    page.get_by_role("button", name="この値を直す").click()
    page.get_by_text("読み取りを直しました").wait_for()
    assert "令和3年度" in chip(page, "延べ宿泊者数").inner_text()
    deskroom.looked_at(page, "reading-mended-1280")
    other = tuple(replace(r, name=f"よその{r.name}") for r in ROWS)
    where = brought(made, "令和5年度", "他所市の報告書.pdf", rows=other, city="他所市")
    second = m.Batch.objects.latest("pk").pk
    page.goto(desk.url + where)
    page.get_by_role("heading", name="この様式で前に直したことがあります").wait_for()
    deskroom.looked_at(page, "reading-offered-1280")
    assert years_of(second) == {2023}
    page.get_by_role("button", name="印をつけた直し方を使う").click()
    page.get_by_text("覚えた直し方で4件を直しました").wait_for()
    assert years_of(second) == {2022}
    page.get_by_text("直した所・確かめた所").click()
    page.get_by_role("button", name="取り消す").click()
    page.get_by_text("直しを取り消しました").wait_for()
    assert years_of(second) == {2023}
    page.get_by_role("link", name="覚えた直し方の一覧").click()
    page.get_by_role("rowheader", name="報告書の1年前の年度の値").wait_for()
    deskroom.looked_at(page, "layout-habits-1280")
    page.get_by_role("button", name="忘れる").click()
    page.get_by_text("まだ何も覚えていません").wait_for()
    assert desk.complaints == []

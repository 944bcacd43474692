"""遅れた一社の回答から公表まで、そして公表からその一行まで: 集計中 turns into a figure, and the figure is walked back to its cell."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone

import deskroom
from evidenceroom import defined, entered, made, member
from registerroom import answer
from sheetsroom import cell_of, filled, opened
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask
from sosei.journal import clock
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by
from sosei.ledger.actions.definitions import add_indicator
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.figures import change_target, record_value
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_volume
from sosei.ledger.typed import Typed
from yearbook import Book, accept, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
JULY = datetime(2022, 7, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
NAME = "会員企業への地元卒業生の就職者数"
FIRMS = ("見本鋳造", "見本精機", "北見本テック")


@pytest.fixture
def waiting(monkeypatch) -> tuple[Book, m.Line, em.Register]:
    """A year in June: three firms were asked, two answered, so the indicator is still being counted."""
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        found = book()
        t = found.town
        members, hires = made(t, "members"), made(t, "hires")
        entered(t, members, [member(name, date(2020, 4, 1)) for name in FIRMS])
        firms = list(em.Subject.objects.order_by("pk").values_list("pk", flat=True))
        ask(by=t.planner, register=hires.pk, year=2021, subjects=firms, sent=date(2022, 4, 20), due=date(2022, 6, 10))  # fmt: skip
        entered(t, hires, [answer("見本鋳造", 3), answer("見本精機", 2)])
        line = add_indicator(
            by=t.planner,
            entry=found.it.pk,
            attributes={"name": NAME, "unit": "人", "direction": "up"},
        )
        change_target(by=t.planner, line=line.pk, typed=Typed(text="10"), seen=None)
        later = Typed(text="集計中", expected_on=date(2022, 6, 20), owed_by=t.it.pk)
        record_value(by=t.officer, line=line.pk, typed=later, seen=None)
        measure = defined(
            t, "hired", 'sum headcount of hires where local_school = yes during survey unit "人"'
        )
        count_by(by=t.planner, line=line.pk, measure=measure.pk)
        yield found, line, hires


def sheet() -> bytes:
    """The firm's sheet as it comes back: a title above, its own words in the head."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet("回答票")
        page.write(0, 0, "令和3年度　地元卒業生の就職者数について（回答）")
        page.write_row(2, 0, ["企業名", "対象年度", "就職者数（人）", "地元の高等教育機関の卒業生"])
        page.write_row(3, 0, ["北見本テック", "令和3年度", 4, "○"])
    return out.getvalue()


def imported(page, desk, register: em.Register) -> None:
    """Hand the sheet in, look at its columns, look at what it would do, enter it."""
    page.goto(desk.url + reverse("desk:register_import", args=[register.pk]))
    page.set_input_files(
        "[name=file]",
        {
            "name": "北見本テック_回答.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": sheet(),
        },
    )
    page.click("button:has-text('次へ：列の対応')")
    page.click("button:has-text('次へ：確かめる')")
    page.click("button[value=enter]")
    page.wait_for_selector("text=1件を登録しました")


def published(found: Book) -> m.Edition:
    """The rest of the year, as others test it."""
    t, volume = found.town, found.volume.pk
    for entry in (found.it, found.tourism):
        accept(found, entry)
    submit_for_decision(by=t.planner, volume=volume)
    record_decision(by=t.planner, volume=volume, number="企第12号", decided_on=date(2022, 7, 1))
    move_volume(by=t.planner, volume=volume, move="ask_experts")
    move_volume(by=t.planner, volume=volume, move="report", reason="会議なし")
    return publish_edition(by=t.planning_head, volume=volume)


def test_遅れた一社の回答で集計中が値になり公表され監査はその一行まで戻れる(desk, waiting) -> None:
    found, line, hires = waiting
    indicator = desk.url + reverse("desk:indicator", args=[line.pk])
    officer = desk.page(found.town.officer)
    officer.goto(indicator)
    counted = officer.locator("#counted")
    assert re.search(r"集計中.*5\s*人.*3者中1者が未回答", counted.inner_text(), re.S), (
        counted.inner_text()
    )

    imported(officer, desk, hires)
    officer.goto(indicator)
    assert "未回答" not in counted.inner_text()
    assert "集計中" in counted.inner_text()

    head = desk.page(found.town.section_head)
    head.goto(desk.url + reverse("desk:register_closing", args=[hires.pk]))
    head.click("button[value=record]")
    head.wait_for_selector("text=数えた値を1件、記載にしました")
    deskroom.looked_at(head, "late-answer-closed")
    head.goto(indicator)
    assert "数えた値" in head.locator("#counted").inner_text()
    head.goto(desk.url + reverse("desk:entry", args=[found.it.pk]))
    assert "90" in head.locator("main").inner_text()  # 9 of 10: the rate

    value = m.Value.objects.get(point__indicator=line.indicator, role="actual", until=None)
    assert (value.number, value.origin, value.basis["entries"]) == (Decimal(9), "counted", 3)

    with clock.at(JULY):
        edition = published(found)
    html = bytes(m.Blob.objects.get(sha256=edition.files.get(form="html").sha256).data).decode()
    assert re.search(NAME + r".*?9", html, re.S)
    assert edition.files.filter(form="passport").exists()

    auditor = desk.page(found.town.auditor)
    auditor.goto(indicator)
    auditor.locator("#counted a[href*='/rows/']").first.click()
    auditor.wait_for_selector("text=北見本テック")
    deskroom.looked_at(auditor, "late-answer-rows")
    auditor.locator("tr", has_text="北見本テック").locator("a").first.press("Enter")
    auditor.wait_for_selector("h1:has-text('3')")
    assert "回答票!A4" in auditor.locator("main").inner_text()
    deskroom.looked_at(auditor, "late-answer-entry")
    assert not desk.complaints
    assert not verify().problems


def sent_out(page, desk, register: em.Register) -> bytes:
    """Make the sheet of the one that is silent, as the office does, and record that it went."""
    page.goto(desk.url + reverse("desk:survey_sheets", args=[register.pk]) + "?year=2021")
    page.fill("[name=purpose]", "市の事業の成果を確かめるために伺います。")
    page.fill("#make_due", "2022-07-15")
    with page.expect_download() as waiting:
        page.click("button:has-text('調査票を作って保存する')")
    page.click("button:has-text('送付を記録する')")
    page.wait_for_selector("text=1者への送付を記録しました")
    return waiting.value.path().read_bytes()


def test_調査票を送り遅れて返った一枚が値になり監査は会社の欄まで戻れる(desk, waiting) -> None:
    """Sheets out, one comes back late as a file, closing, figure; and from the figure to the cell of the firm's sheet."""
    found, line, hires = waiting
    officer = desk.page(found.town.officer)
    blank = sent_out(officer, desk, hires)
    back = filled(blank, {"就職者数": 4, "地元の高等教育機関の卒業生": "はい"}, "遅くなりました")

    officer.goto(desk.url + reverse("desk:survey_returned", args=[hires.pk]) + "?year=2021")
    file = {"name": "Book1.xlsx", "mimeType": "application/octet-stream", "buffer": back}
    officer.set_input_files("[name=files]", file)
    officer.click("button:has-text('次へ：確かめる')")
    officer.wait_for_selector("text=遅くなりました")
    officer.click("button:has-text('1件を登録する')")
    officer.wait_for_selector("text=1件の回答を登録しました")

    head = desk.page(found.town.section_head)
    head.goto(desk.url + reverse("desk:register_closing", args=[hires.pk]))
    head.click("button[value=record]")
    head.wait_for_selector("text=数えた値を1件、記載にしました")
    value = m.Value.objects.get(point__indicator=line.indicator, role="actual", until=None)
    assert (value.number, value.origin, value.basis["entries"]) == (Decimal(9), "counted", 3)

    auditor = desk.page(found.town.auditor)
    auditor.goto(desk.url + reverse("desk:indicator", args=[line.pk]))
    auditor.locator("#counted a[href*='/rows/']").first.click()
    auditor.wait_for_selector("text=北見本テック")
    cell = cell_of(opened(blank), "就職者数").coordinate
    row = auditor.locator("tr", has_text="北見本テック")
    assert f"回答票 Book1.xlsx 回答票!{cell}" in re.sub(r"\s+", " ", row.inner_text())
    deskroom.looked_at(auditor, "late-sheet-rows")
    row.locator("a").first.press("Enter")
    auditor.wait_for_selector("h1:has-text('3')")
    assert f"就職者数 回答票!{cell}" in re.sub(r"\s+", " ", auditor.locator("main").inner_text())
    deskroom.looked_at(auditor, "late-sheet-entry")
    assert not desk.complaints
    assert not verify().problems

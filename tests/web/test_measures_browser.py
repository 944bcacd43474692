"""数え方の画面をブラウザで見る: accessible, within the window, what is written counts at once, and all of it without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from measureroom import JUNE, Room, room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with room() as found:
        found.close_hires()
        yield found


def addresses(made: Room) -> dict[str, str]:
    measures, lines = made.measures, made.lines
    return {
        "measures": reverse("desk:measures"),
        "measure-hired": reverse("desk:measure", args=[measures["hired"].pk]),
        "measure-nights": reverse("desk:measure", args=[measures["nights"].pk]),
        "measure-rows": reverse("desk:measure_rows", args=[measures["decided"].pk, 2021]),
        "measure-rows-hired": reverse("desk:measure_rows", args=[measures["hired"].pk, 2021]),
        "measure-rows-sales": reverse("desk:measure_rows", args=[measures["sales"].pk, 2021]),
        "measure-new": reverse("desk:measure_new"),
        "measure-edit": reverse("desk:measure_edit", args=[measures["rally"].pk]),
        "measure-text": reverse("desk:measure_edit", args=[measures["makers"].pk]) + "?mode=text",
        "measure-drop": reverse("desk:measure_drop", args=[measures["hired"].pk]),
        "indicator-counted": reverse("desk:indicator", args=[lines["hired"].pk]),
        "indicator-counting": reverse("desk:indicator", args=[lines["nights"].pk]),
        "count-tie": reverse("desk:count_tie", args=[lines["hired"].pk]),
        "count-untie": reverse("desk:count_untie", args=[lines["hired"].pk]),
        "count-record": reverse("desk:count_record", args=[lines["hired"].pk]),
        "entry-counted": reverse("desk:entry", args=[made.book.it.pk]),
        "grid-counted": reverse("desk:grid", args=[made.book.volume.pk]),
        "home-counted": reverse("desk:home"),
    }


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も読め_はみ出さない(desk, made: Room, width: int, scheme: str) -> None:
    page = desk.page(made.town.planner, width=width, scheme=scheme)
    for name, address in addresses(made).items():
        response = page.goto(desk.url + address)
        assert response is not None
        assert response.status == 200, address
        deskroom.looked_at(page, f"{name}-{width}-{scheme}")
    assert desk.complaints == []


def test_書くそばから数え_変える前後を見てから変わる(desk, made: Room) -> None:
    page = desk.page(made.town.planner)
    page.goto(desk.url + reverse("desk:measure_new"))
    page.get_by_label("名前").fill("会員の数")
    page.get_by_label("会員名簿").check()
    page.get_by_label("いつの").select_option("end")
    page.get_by_label("単位").fill("社")
    page.get_by_label("単位").press("Tab")
    page.wait_for_selector("#look .answer")
    page.locator("#look", has_text="「会員名簿」の、年度末現在の数（社）。").wait_for()
    page.locator("#look", has_text="これまでに5社").wait_for()
    page.get_by_label("条件1の項目").select_option("member_type")
    page.wait_for_selector("#values-0 option", state="attached")
    page.get_by_label("条件1の値").fill("賛助会員")
    page.get_by_label("条件1の値").press("Tab")
    page.locator("#look", has_text="これまでに0社").wait_for()
    deskroom.looked_at(page, "measure-new-filled-1280")
    page.get_by_label("条件1の値").fill("正会員")
    page.get_by_role("button", name="この数え方を登録する").click()
    page.wait_for_url("**/measures/*/")
    assert "会員の種別が「正会員」の" in page.inner_text("main")
    page.get_by_role("link", name="数え方を変える").click()
    page.get_by_label("条件1の項目").select_option("")
    page.get_by_role("button", name="変える前後を比べる").click()
    page.get_by_label("理由").fill("賛助会員も数える")
    deskroom.looked_at(page, "measure-compared-1280")
    page.get_by_role("button", name="この内容に変える").click()
    page.wait_for_url("**/measures/*/")
    assert "賛助会員も数える" in page.inner_text("main")
    assert desk.complaints == []


def test_JavaScriptなしでも台帳の項目を出して試せる(desk, made: Room) -> None:
    page = desk.page(made.town.planner, scripts=False)
    page.goto(desk.url + reverse("desk:measure_new"))
    page.get_by_label("宿泊者調査").check()
    page.get_by_label("合計（数や金額を足す）").check()
    page.get_by_role("button", name="選んだ台帳の項目を出す").click()
    page.get_by_label("何の値を").select_option("quantity")
    page.get_by_label("単位").fill("人泊")
    page.get_by_role("button", name="試す", exact=True).click()
    assert "宿泊者調査" in page.inner_text("#look")
    assert "これまでに" in page.inner_text("#look")
    page.get_by_role("button", name="文で書く").click()
    assert page.input_value("textarea[name=text]") == 'sum quantity of guest_nights during fiscal unit "人泊"'  # fmt: skip

"""照会と取込みをブラウザーで. Every page accessible, within its width, silent; typed, pasted and applied as a person does."""

from datetime import date

import pytest

import answerfiles
import deskroom
from inquiryroom import JUNE, room
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.proposals import propose_answers
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.sheets import sheet_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    with at(JUNE):
        found = room()
        found.inquiry = send_inquiry(
            by=found.town.planner,
            volume=found.volume.pk,
            departments=[found.town.it.pk, found.town.tourism.pk],
            kinds=USUAL,
            words=Wording(title="実績調査", due_on=date(2023, 6, 21), contact="企画課"),
        )
        found.part = found.inquiry.parts.get(department=found.town.it)
        sheet = sheet_of(found.part.sheet)
        keys = {q.indicator or q.field: q.key for q in sheet.questions}
        fill = {
            keys["会員企業への就職者数"]: 18000,
            keys["会員企業数"]: ("集計中", "7月末", "照合中"),
            keys["補助金"]: 17662,
        }
        data = answerfiles.saved(answerfiles.filled(sheet, fill))
        found.batch = propose_answers(
            by=found.town.officer, inquiry=found.inquiry.pk, files=[("回答.xlsx", data)]
        )[0].batch
    return found


PAGES = {
    "list": "/inquiries/", "new": "/inquiries/new/", "board": "/inquiries/{i}/",
    "part": "/inquiries/parts/{p}/", "imports": "/imports/", "import-new": "/imports/new/",
    "batch": "/imports/{b}/", "grid": "/volumes/{v}/grid/",
}  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_どの画面も利用しやすい(desk, place, width, scheme):
    page = desk.page(place.town.planner, width=width, scheme=scheme)
    ids = {"i": place.inquiry.pk, "p": place.part.pk, "b": place.batch, "v": place.volume.pk}
    for name, path in PAGES.items():
        page.goto(desk.url + path.format(**ids))
        deskroom.looked_at(page, f"inquiry-{name}-{width}-{scheme}")
    assert desk.complaints == []
    assert all(url.startswith(desk.url) for url in desk.asked)


def test_表に打って保存するまで(desk, place):
    page = desk.page(place.town.officer)
    page.goto(f"{desk.url}/volumes/{place.volume.pk}/grid/")
    cell = page.get_by_label("会員企業への就職者数 今年度実績")
    cell.fill("１８")
    cell.press("Enter")
    page.keyboard.type("34")
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("2件を保存しました").first.wait_for()
    assert set(m.Value.objects.filter(origin="typed").values_list("number", flat=True)) == {18, 34}
    assert desk.complaints == []


def test_誤りのある表は誤りに目を移す(desk, place):
    page = desk.page(place.town.officer)
    page.goto(f"{desk.url}/volumes/{place.volume.pk}/grid/")
    page.get_by_label("会員企業への就職者数 今年度実績").fill("たくさん")
    page.get_by_role("button", name="保存する").click()
    assert page.evaluate("document.activeElement.className").endswith("error-summary")
    deskroom.looked_at(page, "grid-refused")
    page.locator(".error-summary").get_by_role("link", name="会員企業への就職者数").click()
    assert page.evaluate("document.activeElement.value") == "たくさん"


def test_差分の画面は選んだ数をボタンに出し_種類で絞っても選んだものは残る(desk, place):
    page = desk.page(place.town.officer)
    page.goto(f"{desk.url}/imports/{place.batch}/")
    assert page.get_by_role("button", name="2件を台帳に反映する").is_visible(), (
        "the jump is not ticked"
    )
    page.get_by_label("会員企業への就職者数 ＞ 令和4年度 実績値を反映する").check()
    page.get_by_role("radio", name="変更").check()
    assert not page.locator("tr[data-kind=added]").first.is_visible()
    page.get_by_role("button", name="3件を台帳に反映する").click()
    page.get_by_text("3件を台帳に反映しました").first.wait_for()
    assert m.Batch.objects.get(pk=place.batch).state == "applied"


def test_スクリプトなしでも反映できる(desk, place):
    page = desk.page(place.town.officer, scripts=False)
    page.goto(f"{desk.url}/imports/{place.batch}/")
    page.get_by_role("button", name="印をつけた項目を反映する").click()
    page.get_by_text("2件を台帳に反映しました").first.wait_for()
    page.goto(f"{desk.url}/volumes/{place.volume.pk}/grid/")
    page.get_by_text("Excelの表をまとめて貼り付ける").click()
    page.get_by_label("貼り付ける表").fill("会員企業数\t34\n")
    page.get_by_role("button", name="表に入れる").click()
    page.get_by_text("1行に入れました").first.wait_for()
    page.get_by_role("button", name="保存する").click()
    page.get_by_text("1件を保存しました").first.wait_for()

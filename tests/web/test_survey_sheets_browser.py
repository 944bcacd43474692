"""調査票の画面をブラウザで見る: accessible, within the window, and the whole way without scripts."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from registerroom import Room, room
from sheetsroom import archive, filled
from sheetsroom import made as sheets
from sosei.journal import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
ANSWER = {"就職者数": 4, "地元の高等教育機関の卒業生": "はい", "年度の数え方": "卒業した年度"}


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        yield room()


def files(office: Room) -> list[dict[str, object]]:
    """What came back: a good one in a ZIP, one that overwrites, a wrong one, and one of the firm's own making."""
    own = sheets(office)
    bad = filled(own["見本信用金庫"].data, {"就職者数": "四人くらい", "年度の数え方": "その他"})
    came = {
        "返信.zip": archive({"北見本テック_回答.xlsx": filled(own["北見本テック"].data, ANSWER, "四人目は5月に入社しました。")}),
        "調査票 (3) のコピー のコピー 最終版.xlsx": filled(own["見本精機"].data, {**ANSWER, "就職者数": 6}),
        "shinkin.xlsx": bad, "自社様式.csv": "企業名,就職者数\n見本鋳造,3\n".encode(), "回答.pdf": b"%PDF-1.7",
    }  # fmt: skip
    kind = "application/octet-stream"
    return [{"name": name, "mimeType": kind, "buffer": data} for name, data in came.items()]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_調査票の画面はどの幅でも見やすく一巡できる(desk, office, width, scheme) -> None:
    page = desk.page(office.town.officer, width=width, scheme=scheme)
    page.goto(desk.url + reverse("desk:survey_sheets", args=[office.hires.pk]))
    deskroom.looked_at(page, f"sheets-{width}-{scheme}")
    page.click("text=返った調査票を渡す")
    deskroom.looked_at(page, f"sheets-hand-{width}-{scheme}")
    page.set_input_files("[name=files]", files(office))
    page.click("button:has-text('次へ：確かめる')")
    page.wait_for_selector("text=3件のファイルに、直すところがあります")
    deskroom.looked_at(page, f"sheets-check-{width}-{scheme}")
    page.click("button:has-text('直すところのない2件を登録する')")
    page.wait_for_selector("text=2件の回答を登録しました")
    deskroom.looked_at(page, f"sheets-batch-{width}-{scheme}")
    page.goto(desk.url + reverse("desk:survey_sheets", args=[office.hires.pk]) + "?year=2019")
    deskroom.looked_at(page, f"sheets-none-{width}-{scheme}")
    assert not desk.complaints
    assert all(url.startswith(desk.url) for url in desk.asked)


def test_台本なしで調査票を作り送付を記録し返ったものを登録できる(desk, office) -> None:
    page = desk.page(office.town.officer, scripts=False)
    at = desk.url + reverse("desk:survey_sheets", args=[office.hires.pk])
    page.goto(at)
    page.fill("#make_due", "2022-07-15")
    with page.expect_download() as waiting:
        page.click("button:has-text('調査票を作って保存する')")
    assert waiting.value.suggested_filename == "就職者調査_R3_調査票.zip"
    page.fill("#sent_due", "2022-06-30")
    page.click("button:has-text('送付を記録する')")
    page.wait_for_selector("text=2者への送付を記録しました")
    page.goto(desk.url + reverse("desk:survey_returned", args=[office.hires.pk]))
    page.set_input_files("[name=files]", waiting.value.path())
    page.click("button:has-text('次へ：確かめる')")
    page.wait_for_selector("text=登録できる調査票がありません")

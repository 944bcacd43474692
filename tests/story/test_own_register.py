"""手元の表から台帳を作り、市民が申し込み、貼り付け、数え、公表するまで: all of it in the browser, nothing of it in code."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone

import deskroom
from sosei.evidence import models as em
from sosei.journal import clock
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.definitions import add_indicator
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.figures import change_target
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_volume
from sosei.ledger.typed import Typed
from yearbook import Book, accept, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKYO = ZoneInfo("Asia/Tokyo")
MARCH = datetime(2022, 3, 10, 10, tzinfo=TOKYO)
JUNE = datetime(2022, 6, 15, 10, tzinfo=TOKYO)
JULY = datetime(2022, 7, 1, 10, tzinfo=TOKYO)
NAME = "空き家見学会の参加者数"
HEAD = ["見学日", "参加者", "人数（人）", "地区"]
#: As the section keeps it: three at once, one twice, one who came in the year before.
ROWS = [
    ["2021/3/20", "前年 度", "2", "東地区"],
    ["2021/5/9", "岩泉 栞", "3", "東地区"],
    ["2021/6/13", "葛巻 湊", "1", "西地区"],
    ["2021/10/3", "岩泉 栞", "2", "西地区"],
]


class Clock:
    """The day the desk and the office are at."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.day = MARCH
        patch.setattr(timezone, "now", lambda: self.day)


@pytest.fixture
def days(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def office(days: Clock) -> tuple[Book, m.Line]:
    """A year whose project has an indicator that nothing counts yet."""
    with clock.at(MARCH):
        found = book()
        t = found.town
        line = add_indicator(
            by=t.planner, entry=found.it.pk, attributes={"name": NAME, "unit": "人", "direction": "up"}
        )  # fmt: skip
        change_target(by=t.planner, line=line.pk, typed=Typed(text="10"), seen=None)
    return found, line


def their_sheet() -> bytes:
    """The sheet they keep: a title above, the head in the third row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet("見学会")
        page.write(0, 0, "令和3年度　空き家見学会の記録")
        for n, cells in enumerate([HEAD, *ROWS]):
            page.write_row(2 + n, 0, cells)
    return out.getvalue()


def pasted() -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([HEAD, *ROWS])
    return out.getvalue()


def made(page, desk) -> em.Register:
    """The register is proposed from the head of the sheet and made."""
    page.goto(desk.url + reverse("desk:register_from_sheet"))
    page.set_input_files(
        "input[type=file]",
        {"name": "空き家.xlsx", "mimeType": "application/octet-stream", "buffer": their_sheet()},
    )
    page.click("button:has-text('列の案を作る')")
    assert "「見学会」の見出しから作る" in page.inner_text("h1")
    page.fill("[name=ja]", "空き家見学会の記録")
    page.fill("[name=purpose]", "見学会を案内し、参加者の数を公表するため")
    deskroom.looked_at(page, "own-register-drawn")
    page.click("button:has-text('この台帳を作る')")
    page.wait_for_selector("text=「空き家見学会の記録」を作りました")
    return em.Register.objects.get(voided=None)


def form_opened(page, desk, register: em.Register) -> None:
    page.goto(desk.url + reverse("desk:form_new", args=[register.pk]))
    page.get_by_label("題名").fill("空き家見学会に申し込む")
    page.get_by_label("公開フォームのアドレス（/forms/ のあとの文字）").fill("akiya")
    page.get_by_role("group", name="尋ねる項目").get_by_label("地区").check()
    page.get_by_label("職員が確かめてから登録する").uncheck()
    page.get_by_label("公開する", exact=True).check()
    page.get_by_role("button", name="作る").click()
    page.wait_for_url("**/registers/forms/*/")


def applied(page, desk, days: Clock) -> None:
    """Somebody in the town fills it in, without an account."""
    page.goto(f"{desk.url}/forms/akiya/")
    page.get_by_label("氏名").fill("雫石 楓")
    page.get_by_label("メールアドレス").fill("kaede@example.jp")
    page.get_by_label("地区").select_option("東地区")
    days.day = MARCH.replace(minute=1)
    page.get_by_role("button", name="使いみちに同意して送る").click()
    assert page.locator(".public-code").inner_text()
    deskroom.looked_at(page, "own-register-applied")


def filled_by_paste(page, desk, register: em.Register) -> None:
    page.goto(desk.url + reverse("desk:register_import", args=[register.pk]))
    page.get_by_label("貼り付ける").fill(pasted())
    page.click("button:has-text('次へ：列の対応')")
    page.click("button:has-text('次へ：確かめる')")
    page.click("button[value=enter]")
    page.wait_for_selector("text=4件を登録しました")


def measured(page, desk, line: m.Line) -> None:
    """A measure is written in the form, and the indicator counted by it."""
    page.goto(desk.url + reverse("desk:measure_new"))
    page.get_by_label("名前").fill(NAME)
    page.get_by_label("延べ人数（組の人数も足す）").check()
    page.get_by_label("空き家見学会の記録").check()
    page.get_by_label("単位").fill("人")
    page.get_by_label("単位").press("Tab")
    page.locator("#look", has_text="「空き家見学会の記録」の、年度中の延べ人数（人）。").wait_for()
    deskroom.looked_at(page, "own-register-measure")
    page.get_by_role("button", name="この数え方を登録する").click()
    page.wait_for_url("**/measures/*/")
    page.goto(desk.url + reverse("desk:count_tie", args=[line.pk]))
    page.locator("label.choice", has_text=NAME).click()
    page.get_by_role("button", name="この数え方にする").click()
    page.wait_for_url(f"**{reverse('desk:indicator', args=[line.pk])}*")


def published(found: Book) -> m.Edition:
    """The rest of the year, as others test it."""
    t, volume = found.town, found.volume.pk
    for entry in (found.it, found.tourism):
        accept(found, entry)
    submit_for_decision(by=t.planner, volume=volume)
    record_decision(by=t.planner, volume=volume, number="企第12号", decided_on=JULY.date())
    move_volume(by=t.planner, volume=volume, move="ask_experts")
    move_volume(by=t.planner, volume=volume, move="report", reason="会議なし")
    return publish_edition(by=t.planning_head, volume=volume)


def test_手元の表から台帳もフォームも数え方も作り貼り付けて数え公表する(
    desk, office: tuple[Book, m.Line], days: Clock, tmp_path: Path
) -> None:
    found, line = office
    officer, planner = desk.page(found.town.officer), desk.page(found.town.planner)
    register = made(officer, desk)
    form_opened(planner, desk, register)
    applied(desk.page(width=390), desk, days)
    days.day = JUNE  # three months on: both sign in again
    officer, planner = desk.page(found.town.officer), desk.page(found.town.planner)
    filled_by_paste(officer, desk, register)
    measured(planner, desk, line)
    counted = planner.locator("#counted")
    assert re.search(r"集計中.*7\s*人", counted.inner_text(), re.S), counted.inner_text()

    head = desk.page(found.town.section_head)
    head.goto(desk.url + reverse("desk:register_closing", args=[register.pk]))
    deskroom.looked_at(head, "own-register-closing")
    head.click("button[value=record]")
    head.wait_for_selector("text=数えた値を1件、記載にしました")
    value = m.Value.objects.get(point__indicator=line.indicator, role="actual", until=None)
    assert (value.number, value.origin, value.basis["entries"]) == (Decimal(7), "counted", 4)

    days.day = JULY
    edition = published(found)
    kept = {file.form: bytes(m.Blob.objects.get(sha256=file.sha256).data) for file in edition.files.all()}  # fmt: skip
    assert re.search(NAME + r".*?7", kept["html"].decode(), re.S)
    assert not any("楓" in data.decode("utf-8", "ignore") for data in kept.values())
    bundle = tmp_path / "passport.zip"
    bundle.write_bytes(kept["passport"])
    assert zipfile.is_zipfile(bundle)
    verifier = files("sosei.evidence") / "passport" / "verify_passport.py"
    proof = subprocess.run(
        [sys.executable, "-I", str(verifier), str(bundle)], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert proof.returncode == 0, proof.stdout + proof.stderr
    assert NAME in proof.stdout
    assert not verify().problems

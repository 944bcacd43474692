"""照会の画面. Sent, seen, reminded, extended, closed by plain forms; papers to take along; who may see what; few queries."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

import answerfiles
from deskclient import client, text
from inquiryroom import JUNE, room
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.sheets import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


@pytest.fixture
def sent(place):
    return send_inquiry(
        by=place.town.planner,
        volume=place.volume.pk,
        departments=[place.town.it.pk, place.town.tourism.pk],
        kinds=USUAL,
        words=Wording(title="実績調査", due_on=date(2023, 6, 21), contact="企画課 内線 2345"),
    )


def letter(place, **more):
    return {
        "volume": place.volume.pk, "kinds": sorted(USUAL), "departments": [place.town.it.pk, place.town.tourism.pk],
        "title": "実績調査", "due_on": "2023-06-21", "contact": "企画課", "letter": "よろしくお願いします。", **more,
    }  # fmt: skip


def test_照会の画面から発出すると状況表に進む(place) -> None:
    page = client(place.town.planner)
    first = page.get("/inquiries/new/")
    assert "ものづくり推進課" in text(first)
    assert "担当のない事業" in text(first)
    assert 'value="2023-06-21"' in first.content.decode(), "ten working days from now"
    done = page.post("/inquiries/new/", letter(place))
    inquiry = m.Inquiry.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/inquiries/{inquiry.pk}/")
    board = text(page.get(done["Location"]))
    assert "様式をまとめてダウンロード" in board
    assert "7件中0件" in board


def test_状況表と様式と照会文と督促文は同じ数を言う(place, sent) -> None:
    part = sent.parts.get(department=place.town.it)
    page = client(place.town.planner)
    assert "7件中0件 集計中・速報1件" in text(page.get(f"/inquiries/{sent.pk}/"))
    assert "まだ回答のない項目が6件、集計中または速報の項目が1件あります（7件中）" in text(page.get(f"/inquiries/{sent.pk}/"))  # fmt: skip
    form = page.get(f"/inquiries/parts/{part.pk}/form/").content
    sheet = openpyxl.load_workbook(io.BytesIO(form), data_only=True).worksheets[0]
    assert sheet["J3"].value == "7件中 0件 記入済み（ほかに集計中・速報 1件）"
    letter_docx = docx.Document(io.BytesIO(page.get(f"/inquiries/parts/{part.pk}/letter/").content))
    said = "\n".join(paragraph.text for paragraph in letter_docx.paragraphs)
    assert "1事業・7項目（下記のとおり）。うち1項目は" in said


def test_照会中の課は新しい照会で知らされ_初めは選ばれない(place) -> None:
    first = client(place.town.planner).get("/inquiries/new/")
    assert "回答を待っている照会" not in text(first)
    send_inquiry(
        by=place.town.planner, volume=place.volume.pk, departments=[place.town.it.pk], kinds=USUAL,
        words=Wording(title="先の照会", due_on=date(2023, 6, 21), contact="企画課"),
    )  # fmt: skip
    again = client(place.town.planner).get("/inquiries/new/")
    words = text(again)
    assert "同じ項目について、回答を待っている照会があります" in words
    assert "先の照会" in words
    assert "うち7件は照会中（R4-1-02、6月21日（水）まで）" in words
    assert again.context["chosen"] == {place.town.tourism.pk}
    m.InquiryPart.objects.update(answered_on=date(2023, 6, 20))
    answered = client(place.town.planner).get("/inquiries/new/")
    assert "照会中" not in text(answered)
    assert place.town.it.pk in answered.context["chosen"]


def test_督促文は回答のそろっていない課の分をまとめて受け取れる(place, sent) -> None:
    page = client(place.town.planner)
    got = page.get(f"/inquiries/{sent.pk}/reminders/")
    said = got.content.decode("utf-8-sig")
    assert got["Content-Disposition"].endswith(".txt")
    assert [said.count(name) for name in ("ものづくり推進課　御中", "観光課　御中")] == [1, 1]
    board = page.get(f"/inquiries/{sent.pk}/")
    assert board.context["all_reminders"].count("御中") == 2
    m.InquiryPart.objects.filter(department=place.town.it).update(answered_on=date(2023, 6, 6))
    m.Owed.objects.filter(part__department=place.town.it).exclude(point__values__gap="counting").update(voided=JUNE, void_reason="見本")  # fmt: skip
    later = page.get(f"/inquiries/{sent.pk}/reminders/").content.decode("utf-8-sig")
    assert "ものづくり推進課" not in later, "what is still counted is answered"
    assert "観光課　御中" in later
    page.post(f"/inquiries/{sent.pk}/close/", {"stamp": 1})
    assert page.get(f"/inquiries/{sent.pk}/reminders/").status_code == 404


def test_届いた回答があれば状況表の主なボタンになる(place, sent) -> None:
    page = client(place.town.planner)
    before = page.get(f"/inquiries/{sent.pk}/")
    assert "届いた回答を確かめる" not in text(before)
    sheet = sheet_of(sent.parts.get(department=place.town.tourism).sheet)
    figure = next(q.key for q in sheet.questions if q.indicator == "観光消費額")
    book = answerfiles.saved(answerfiles.filled(sheet, {figure: "11.9"}))
    upload = SimpleUploadedFile("kanko.xlsx", book)
    page.post(f"/inquiries/{sent.pk}/answers/", {"files": [upload]})
    batch = m.Batch.objects.get(state="proposed").pk
    main = f'<a class="button" href="/imports/{batch}/">届いた回答を確かめる</a>'
    assert "照会の残りを確かめる" not in text(page.get(f"/imports/{batch}/"))
    for person, shown in (("planner", True), ("other", True), ("officer", False)):
        board = client(getattr(place.town, person)).get(f"/inquiries/{sent.pk}/")
        assert (main in board.content.decode()) is shown
    board = page.get(f"/inquiries/{sent.pk}/").content.decode()
    assert 'class="button button-secondary" href="/inquiries/' in board


def test_反映した回答からは照会の残りに進める(place, sent) -> None:
    part = sent.parts.get(department=place.town.tourism)
    sheet = sheet_of(part.sheet)
    figure = next(q.key for q in sheet.questions if q.indicator == "観光消費額")
    book = answerfiles.saved(answerfiles.filled(sheet, {figure: "11.9"}))
    page = client(place.town.other)
    page.post(f"/inquiries/{sent.pk}/answers/", {"files": [SimpleUploadedFile("a.xlsx", book)]})
    batch = m.Batch.objects.get()
    rows = [
        row for group in page.get(f"/imports/{batch.pk}/").context["groups"] for row in group.rows
    ]
    page.post(f"/imports/{batch.pk}/", {"take": [f"{row.id}|{row.digest}" for row in rows]})
    done = page.get(f"/imports/{batch.pk}/").content.decode()
    assert f'<a class="button" href="/inquiries/parts/{part.pk}/">照会の残りを確かめる</a>' in done
    assert "届いたファイルを取り出す" in done


def test_数え直しは内容を選び直した件数を見せる(place) -> None:
    page = client(place.town.planner).get(f"/inquiries/new/?volume={place.volume.pk}&kinds=final")
    assert [part.figures for part in page.context["asking"].parts] == [1]


def test_断られた発出は入力を残す(place) -> None:
    page = client(place.town.planner)
    late = page.post("/inquiries/new/", letter(place, due_on="2023-06-01", title="残る件名"))
    assert late.status_code == 422
    assert "E431" in text(late)
    assert "残る件名" in late.content.decode()
    empty = page.post("/inquiries/new/", letter(place, departments=[]))
    assert (empty.status_code, "E430" in text(empty)) == (422, True)
    assert not m.Inquiry.objects.exists()


def test_課の人には自分の課への照会が先に見える(place, sent) -> None:
    page = client(place.town.officer).get("/inquiries/")
    words = text(page)
    assert "あなたの課への照会" in words
    assert "新しい照会を作る" not in words
    assert [part.name for _, part in page.context["mine"]] == ["ものづくり推進課"]


def test_様式はまとめても一つずつも受け取れ_いつも同じ(place, sent) -> None:
    page = client(place.town.planner)
    first = page.get(f"/inquiries/{sent.pk}/papers/")
    assert first["Content-Disposition"].endswith(".zip")
    names = zipfile.ZipFile(io.BytesIO(first.content)).namelist()
    assert names == [
        "R4-1-02_ものづくり推進課_回答様式.xlsx", "R4-1-02_ものづくり推進課_照会文.docx",
        "R4-1-03_観光課_回答様式.xlsx", "R4-1-03_観光課_照会文.docx",
    ]  # fmt: skip
    assert page.get(f"/inquiries/{sent.pk}/papers/").content == first.content
    part = sent.parts.first()
    form = client(place.town.officer).get(f"/inquiries/parts/{part.pk}/form/")
    assert form.content.startswith(b"PK")
    assert "%E5%9B%9E%E7%AD%94%E6%A7%98%E5%BC%8F" in form["Content-Disposition"]
    assert (
        client(place.town.officer)
        .get(f"/inquiries/parts/{part.pk}/letter/")
        .content.startswith(b"PK")
    )


def test_予定表には期限が終日の予定で入る(place, sent) -> None:
    got = client(place.town.officer).get(f"/inquiries/{sent.pk}/calendar/")
    lines = got.content.decode().split("\r\n")
    assert got["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20230621" in lines
    assert "DTEND;VALUE=DATE:20230622" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_督促文を写し_督促した日を記録できる(place, sent) -> None:
    page = client(place.town.planner)
    with at(JUNE.replace(day=24)):
        words = text(page.get(f"/inquiries/{sent.pk}/"))
        assert "期限切れ 3日" in words
        assert "回答期限の令和5年6月21日（水）を3日過ぎています。" in words
        assert "mailto:?subject=" in page.get(f"/inquiries/{sent.pk}/").content.decode()
        parts = [p.pk for p in sent.parts.all()]
        page.post(f"/inquiries/{sent.pk}/remind/", {"parts": parts[:1]})
    assert list(sent.parts.order_by("pk").values_list("reminded_on", flat=True)) == [
        date(2023, 6, 24), None,
    ]  # fmt: skip


def test_期限を延ばし_締め切り_再開できる(place, sent) -> None:
    page = client(place.town.planner)
    page.post(f"/inquiries/{sent.pk}/extend/", {"due_on": "2023-06-28", "stamp": 1})
    stale = page.post(f"/inquiries/{sent.pk}/extend/", {"due_on": "2023-06-30", "stamp": 1})
    assert (stale.status_code, "E402" in text(stale)) == (409, True)
    page.post(f"/inquiries/{sent.pk}/close/", {"stamp": 2})
    sent.refresh_from_db()
    assert (sent.due_on, sent.closed_on) == (date(2023, 6, 28), date(2023, 6, 7))
    assert "締め切りました" in text(page.get(f"/inquiries/{sent.pk}/"))
    page.post(f"/inquiries/{sent.pk}/reopen/", {"due_on": "2023-07-05"})
    sent.refresh_from_db()
    assert (sent.due_on, sent.closed_on) == (date(2023, 7, 5), None)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("officer", "new/", 403), ("auditor", "new/", 403), ("planning_head", "new/", 200),
        ("expert", "", 403), ("admin", "", 403), ("auditor", "", 200),
        ("officer", "{i}/papers/", 403), ("auditor", "{i}/", 200), ("expert", "{i}/", 403),
    ],
)  # fmt: skip
def test_見られる人と出せる人は役割による(place, sent, role: str, path: str, status: int) -> None:
    got = client(getattr(place.town, role)).get("/inquiries/" + path.format(i=sent.pk))
    assert got.status_code == status


def test_担当者は延ばすことも締め切ることもできない(place, sent) -> None:
    page = client(place.town.officer)
    for what, data in (
        ("extend", {"due_on": "2023-06-28"}),
        ("close", {}),
        ("remind", {"parts": [1]}),
    ):
        assert page.post(f"/inquiries/{sent.pk}/{what}/", data).status_code == 403


def test_ない照会は見つからないと言う(place) -> None:
    assert client(place.town.planner).get("/inquiries/999/").status_code in (404, 422)
    assert client(place.town.planner).get("/inquiries/parts/999/").status_code in (404, 422)


def test_英語でも読める(place, sent) -> None:
    page = client(place.town.planner)
    page.cookies["django_language"] = "en"
    for path in ("", "new/", f"{sent.pk}/", f"parts/{sent.parts.first().pk}/"):
        assert "Inquir" in text(page.get(f"/inquiries/{path}"))


@pytest.mark.parametrize(
    "path", ["", "new/", "{i}/", "parts/{p}/", "{i}/papers/", "{i}/reminders/"]
)
def test_問合せは25件まで(place, sent, path: str) -> None:
    page = client(place.town.planner)
    address = "/inquiries/" + path.format(i=sent.pk, p=sent.parts.first().pk)
    page.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert page.get(address).status_code == 200
    assert len(asked) <= 25

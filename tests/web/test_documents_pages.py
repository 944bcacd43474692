"""証拠書類の画面: attached in a form, listed with what is missing, opened as a harmless file, voided and erased with a reason."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bookroom import BODY
from deskclient import client, text
from documentroom import PLAIN, attached, docx, pdf, png, xlsx
from evidenceroom import entered, made
from formfill import filled
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.documents import Said
from sosei.evidence.actions.entries import enter, take_out
from sosei.evidence.actions.registers import end_register
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.papers import words
from sosei.evidence.queries.registers import history
from sosei.evidence.refusals import TooManyRows
from sosei.evidence.sheets.mynumber import is_my_number
from sosei.journal import clock
from sosei.journal.models import Entry as Line
from sosei.web.desk.views import documents as views

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
NUMBER = next(f"12345678901{n}" for n in range(10) if is_my_number(f"12345678901{n}"))


@pytest.fixture
def office():
    with clock.at(JUNE):
        yield room()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def sent(page, *files: tuple[str, bytes], **said: object) -> dict[str, object]:
    """What the form of a page sends with some files."""
    return dict(filled(page, "sort", **said)) | {
        "files": [SimpleUploadedFile(*one) for one in files]
    }


def persons(office: Room) -> em.Register:
    register = made(office.town, "registrants") if not em.Register.objects.filter(body=BODY, key="registrants").exists() else office.kept("registrants")  # fmt: skip
    if not em.Entry.objects.filter(register=register).exists():
        entered(office.town, register, [Draft(who=Who(kind="person", name="関係 人子"))])
    return register


# -- attached ---------------------------------------------------------------------------------------------------------


def test_登録の画面から書類を付けて一覧と登録に出る(office: Room) -> None:
    desk, where = client(office.town.officer), to("entry_documents", office.members.pk, 1)
    assert where in desk.get(to("register_entry", office.members.pk, 1)).content.decode()
    page = desk.get(where)
    done = desk.post(
        where, sent(page, ("契約書.pdf", pdf()), ("会場.png", png()), note="会費の根拠")
    )
    assert done["Location"] == where
    shown = text(desk.get(where))
    assert "契約書.pdf" in shown
    assert "会場.png" in shown
    assert "会費の根拠" in shown
    assert "契約書.pdf" in text(desk.get(to("register_entry", office.members.pk, 1)))
    assert "書類のあるもの1件、ないもの3件" in text(
        desk.get(to("register_documents", office.members.pk))
    )
    assert Line.objects.latest("seq").facts == {"count": 2, "bytes": len(pdf()) + len(png())}


def test_年度と機密性は登録と台帳から示される(office: Room) -> None:
    desk = client(office.town.officer)
    form = desk.get(to("entry_documents", office.members.pk, 2)).context["form"]
    assert (form["year"].value(), form["level"].value(), form["personal"].value(), form["keep_years"].value()) == (2020, "2", False, 5)  # fmt: skip
    quiet = (
        client(office.town.planner)
        .get(to("entry_documents", persons(office).pk, 1))
        .context["form"]
    )
    assert (quiet["level"].value(), quiet["personal"].value()) == ("3B", True)


@pytest.mark.parametrize(("name", "data", "words_"), [
    ("契約書.pdf", b"MZ\x90\0" + bytes(300), "実行できるプログラム"), ("契約書.pdf", b"", "空のファイル"),
    ("申請書.pdf", pdf(more=b"/AA << /S /JavaScript /JS (x) >>"), "動くもの"),
])  # fmt: skip
def test_受け取れない書類は理由を言い何も残さない(
    office: Room, name: str, data: bytes, words_: str
) -> None:
    desk, where = client(office.town.officer), to("entry_documents", office.members.pk, 1)
    page = desk.post(where, sent(desk.get(where), (name, data)))
    assert page.status_code == 422
    assert words_ in text(page)
    assert not em.Document.objects.exists()


def test_個人番号のある書類は断り番号を画面にも繰り返さない(office: Room) -> None:
    register = persons(office)
    desk, where = client(office.town.planner), to("entry_documents", register.pk, 1)
    for name, data in (
        ("名簿.xlsx", xlsx(["番号"], [NUMBER])),
        ("申請.docx", docx(NUMBER)),
        ("メモ.txt", NUMBER.encode()),
    ):
        page = desk.post(where, sent(desk.get(where), (name, data)))
        assert page.status_code == 422
        assert "個人番号" in text(page)
        assert NUMBER not in page.content.decode()
    assert not em.DocumentBytes.objects.exists()


def test_ファイルを選ばなければ選ぶように言う(office: Room) -> None:
    desk, where = client(office.town.officer), to("entry_documents", office.members.pk, 1)
    page = desk.post(where, dict(filled(desk.get(where), "sort")))
    assert "ファイルが選ばれていません" in text(page)


def test_大きすぎる書類は読む前に断る(office: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_BYTES", 100)
    desk, where = client(office.town.officer), to("entry_documents", office.members.pk, 1)
    page = desk.post(where, sent(desk.get(where), ("契約書.pdf", pdf())))
    assert page.status_code == 422
    assert "超えています" in text(page)


def test_一度に多すぎる書類は中を見る前に断る(
    office: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(views, "attach", None)
    desk, where = client(office.town.officer), to("entry_documents", office.members.pk, 1)
    page = desk.post(where, sent(desk.get(where), ("a.pdf", pdf()), ("b.pdf", pdf("B"))))
    assert page.status_code == 422
    assert "一度に付けるのが1点まで" in text(page)


def test_締めと束にも付けられる(office: Room) -> None:

    closing = close_register(
        by=office.town.planner, register=office.members.pk, until=date(2021, 3, 31)
    )
    batch = em.Batch.objects.filter(register=office.members).earliest("pk")
    desk = client(office.town.officer)
    for name, pk, of in (
        ("closing_documents", closing.pk, "締め"),
        ("batch_documents", batch.pk, "束"),
    ):
        where = to(name, pk)
        assert (
            desk.post(where, sent(desk.get(where), ("確認書.pdf", pdf(name))))["Location"] == where
        )
        page = text(desk.get(where))
        assert "確認書.pdf" in page
        assert of in page
    assert to("closing_documents", closing.pk) in desk.get(to("register_closing", office.members.pk)).content.decode()  # fmt: skip
    assert (
        to("batch_documents", batch.pk) in desk.get(to("register_batch", batch.pk)).content.decode()
    )


def test_抹消された登録には付けられない(office: Room) -> None:

    seen = history(BODY, office.members.pk, 1)[0].content
    take_out(by=office.town.planner, register=office.members.pk, number=1, seen=seen, reason="二重")
    page = client(office.town.officer).get(to("entry_documents", office.members.pk, 1))
    assert "付けられません" in text(page)
    assert b'name="files"' not in page.content


# -- opened -----------------------------------------------------------------------------------------------------------


def test_ファイルは保存するだけで画面では何もできない(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    got = client(office.town.auditor).get(to("document_file", row.pk))
    assert got.content == pdf()
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["Content-Type"] == "application/octet-stream"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in got["Cache-Control"]


def test_個人の書類は押したときだけ開き証跡に残り名前は一覧に出ない(office: Room) -> None:
    register = persons(office)
    said = Said(sort="decision", level="3B", year=2021, personal=True)
    row = attached(office.town, register, pdf(), name="関係人子_申請書.pdf", said=said)
    desk = client(office.town.planner)
    for name, args in (("entry_documents", (register.pk, 1)), ("register_documents", (register.pk,)), ("document", (row.pk,)), ("register_entry", (register.pk, 1))):  # fmt: skip
        page = desk.get(to(name, *args))
        assert page.status_code == 200
        assert "関係人子_申請書" not in page.content.decode()
    assert "関係人子" not in desk.get(to("register_document_list", register.pk) + "?as=csv").content.decode("utf-8-sig")  # fmt: skip
    before = Line.objects.count()
    assert desk.get(to("document_file", row.pk))["Location"] == to("document", row.pk)
    assert Line.objects.count() == before
    assert desk.post(to("document_file", row.pk)).content == pdf()
    assert Line.objects.latest("seq").verb == "document.see"
    auditor = client(office.town.auditor)
    assert "連絡先を見られる人だけが開けます" in text(auditor.get(to("document", row.pk)))
    assert auditor.post(to("document_file", row.pk)).status_code == 403


# -- handled ----------------------------------------------------------------------------------------------------------


def test_扱いを変え取り消し消去する(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    desk = client(office.town.section_head)
    where = to("document_change", row.pk)
    assert desk.post(
        where, filled(desk.get(where), "sort", keep_years="10", held="監査が続いている")
    )["Location"]
    assert "監査が続いている" in text(desk.get(to("document", row.pk)))
    desk.post(where, filled(desk.get(where), "sort", held=""))
    where = to("document_void", row.pk)
    desk.post(where, filled(desk.get(where), "reason", reason="裏面がない"))
    page = text(desk.get(to("document", row.pk)))
    assert "取り消されています" in page
    assert "裏面がない" in page
    where = to("document_erase", row.pk)
    desk.post(where, filled(desk.get(where), "reason", reason="誤って付けた"))
    page = text(desk.get(to("document", row.pk)))
    assert "消去されました" in page
    assert row.sha256 in page
    assert "契約書.pdf" not in page


def test_ほかの人が先に変えていれば見せてから(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    desk, where = client(office.town.officer), to("document_change", row.pk)
    old = filled(desk.get(where), "sort", level="3C")
    other = client(office.town.planner)
    other.post(where, filled(other.get(where), "sort", keep_years="10"))
    page = desk.post(where, old)
    assert page.status_code == 422
    assert "E402" in text(page)
    row.refresh_from_db()
    assert row.level == "2"


def test_期限の過ぎた書類を示してから消す(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    with clock.at(datetime(2027, 4, 2, 1, tzinfo=UTC)):
        desk, index = client(office.town.section_head), to("register_documents", office.members.pk)
        assert to("documents_due") in desk.get(index).content.decode()
        assert to("documents_due") not in client(office.town.officer).get(index).content.decode()
        assert "契約書.pdf" in text(desk.get(to("documents_due")))
        assert desk.post(to("documents_due")).status_code == 422
        page = desk.get(to("documents_due"))
        desk.post(to("documents_due"), filled(page, "documents"))
        assert desk.post(to("documents_due"), filled(page, "documents")).status_code == 422
        assert "期限の過ぎた書類はありません" in text(desk.get(to("documents_due")))
    row.refresh_from_db()
    assert row.erased is not None


def test_廃止した台帳の書類の頁は開けて期限の一覧からも行ける(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    end_register(by=office.town.planner, register=office.members.pk, reason="事業の終わり")
    with clock.at(datetime(2027, 4, 2, 1, tzinfo=UTC)):
        desk = client(office.town.section_head)
        due = desk.get(to("documents_due"))
        assert to("document", row.pk) in due.content.decode()
        assert to("entry_documents", office.members.pk, 1) not in due.content.decode()
        page = desk.get(to("document", row.pk))
        assert "（廃止）" in text(page)
        assert to("register", office.members.pk) + '"' not in page.content.decode()
        for name in ("document_change", "document_erase", "document_void"):
            assert desk.get(to(name, row.pk)).status_code == 200
        assert desk.get(to("entry_documents", office.members.pk, 1)).status_code == 404


# -- listed -----------------------------------------------------------------------------------------------------------


def test_書類のない登録を探してそこから付けられる(office: Room) -> None:
    attached(office.town, office.members, pdf(), number=2)
    page = (
        client(office.town.auditor).get(to("register_missing", office.members.pk)).content.decode()
    )
    there = [to("entry_documents", office.members.pk, n) in page for n in (1, 2, 3, 4)]
    assert there == [True, False, True, True]


def test_一覧は絞れて表でも渡せる(office: Room) -> None:
    attached(office.town, office.members, pdf())
    attached(office.town, office.members, png(), name="=会場.png", number=2, said=Said(sort="photo", level="1", year=2020))  # fmt: skip
    desk, where = client(office.town.auditor), to("register_documents", office.members.pk)
    page = desk.get(where, {"sort": "photo", "year": "2020"})
    assert "会場.png" in text(page)
    assert "契約書.pdf" not in text(page)
    listed = to("register_document_list", office.members.pk)
    got = desk.get(listed, {"sort": "photo", "as": "csv"}).content.decode("utf-8-sig")
    [head, row] = list(csv.reader(StringIO(got)))
    assert dict(zip(head, row, strict=True))["ファイル名"] == "'=会場.png"
    sheet = load_workbook(BytesIO(desk.get(listed).content)).active
    assert [cell.value for cell in sheet[1]] == head
    assert sheet.max_row == 3


def test_英語でも読める(office: Room) -> None:
    row = attached(office.town, office.members, pdf())
    desk = client(office.town.officer)
    desk.cookies["django_language"] = "en"
    for name, args, words_ in (
        ("entry_documents", (office.members.pk, 1), "What is attached"), ("document", (row.pk,), "Kept until"),
        ("register_missing", (office.members.pk,), "without documents"),
    ):  # fmt: skip
        assert words_ in text(desk.get(to(name, *args)))


def test_どの画面も25回より多くは尋ねない(office: Room, django_assert_max_num_queries) -> None:
    members = office.members
    enter(by=office.town.planner, register=members.pk, drafts=[Draft(who=Who(kind="organisation", name=f"会社{n}")) for n in range(60)])  # fmt: skip
    rows = [attached(office.town, members, pdf(str(n)), number=n, said=PLAIN) for n in range(1, 60)]
    attached(office.town, members, pdf("more"), number=1)
    desk = client(office.town.planner)
    for where in (
        to("register_documents", members.pk), to("register_missing", members.pk), to("entry_documents", members.pk, 1),
        to("document", rows[0].pk), to("document_change", rows[0].pk), to("register_entry", members.pk, 1),
        to("register_document_list", members.pk),
    ):  # fmt: skip
        with django_assert_max_num_queries(25, info=where):
            assert desk.get(where).status_code == 200
    page = desk.get(to("register_documents", members.pk))
    assert len(page.context["page"].rows) == 50
    assert "次の50件へ" in text(page)


def test_限りの言葉は決めた数と同じ() -> None:
    assert (words.MOST_BYTES, words.LEAST_YEARS) == (20 * 1024**2, 5)


def test_多すぎる一覧は黙って切らずに断る(office: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        attached(office.town, office.members, pdf(), number=number)
    desk, where = client(office.town.auditor), to("register_document_list", office.members.pk)
    monkeypatch.setattr("sosei.evidence.queries.documents.MOST_LISTED", 2)
    assert desk.get(where).status_code == 200
    monkeypatch.setattr("sosei.evidence.queries.documents.MOST_LISTED", 1)
    refused = desk.get(where)
    assert refused.status_code in (409, 422)
    assert TooManyRows.code in text(refused)

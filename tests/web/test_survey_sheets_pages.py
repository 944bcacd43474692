"""調査票の画面: sheets go out as files, their sending is recorded, what came back is looked at and entered; who is silent is listed."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from bookroom import BODY
from deskclient import client, text
from evidenceroom import entered, firm, made
from formfill import filled as form_of
from registerroom import Room, answer, room, supporter
from sheetsroom import archive, filled, opened
from sheetsroom import made as sheets
from sosei.evidence import models as em
from sosei.evidence.actions import documents
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.sheetsout import sheets_page
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
ANSWER = {"就職者数": 4, "地元の高等教育機関の卒業生": "はい"}
LATE = "北見本テック"


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def where(office: Room, page: str = "survey_sheets", year: int = 2021, **more) -> str:
    return reverse(f"desk:{page}", kwargs={"register": office.hires.pk, **more}) + f"?year={year}"


def handed(office: Room, files: dict[str, bytes], who: str = "officer", year: int = 2021):
    """Hand files in; the page that follows."""
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client(getattr(office.town, who)).post(where(office, "survey_returned", year), {"files": sent}, follow=True)  # fmt: skip


def pressed(office: Room, page, do: str, **more):
    """Press a button of the page that shows what came back."""
    said = {"do": do, "seen": page.context["found"].mark} | more
    return client(office.town.officer).post(where(office, "survey_check", upload=page.context["upload"]), said)  # fmt: skip


# -- out --------------------------------------------------------------------------------------------------------------


def test_だれに送りだれが答えだれが期限を過ぎたかが一目で分かる(
    office: Room, django_assert_max_num_queries
) -> None:
    desk = client(office.town.officer)
    desk.get(where(office))
    with django_assert_max_num_queries(25):
        said = text(desk.get(where(office)))
    assert "尋ねた相手 4者 送付済み 4者 未回答 2者（うち期限を過ぎたもの2者）" in said
    assert said.index("北見本テック") < said.index("登録1番")
    assert "令和4年4月20日 令和4年6月10日 未回答・5日超過" in said
    assert "調査票" in text(desk.get(reverse("desk:register", args=[office.hires.pk])))


def test_調査票はZIPと一覧で渡され一者だけならExcel一つで前の文が残る(office: Room) -> None:
    desk = client(office.town.officer)
    said = form_of(desk.get(where(office)), "purpose")
    assert "見本市では" in said["purpose"][0]
    assert said["whom"] == ["silent"]
    said |= {"due": "2022-06-30"}
    got = desk.post(where(office, "survey_make"), said | {"purpose": "成果を確かめるためです。", "contact": "課の電話 000"})  # fmt: skip
    assert got["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(got.content)) as kept:
        names = kept.namelist()
        listed = load_workbook(io.BytesIO(kept.read("00_一覧.xlsx"))).active
        page = opened(kept.read(names[1]))
    assert names[1:] == ["1_北見本テック_就職者調査_R3.xlsx", "2_見本信用金庫_就職者調査_R3.xlsx"]
    assert [row[1].value for row in listed.iter_rows(min_row=2)] == [LATE, "見本信用金庫"]
    assert "成果を確かめるためです。" in [cell.value for row in page.iter_rows() for cell in row]
    again = form_of(desk.get(where(office)), "purpose")
    assert (again["purpose"], again["contact"]) == (["成果を確かめるためです。"], ["課の電話 000"])
    one = desk.post(where(office, "survey_make"), said | {"whom": str(office.firms[0])})
    assert opened(one.content)["B3"].value == "見本鋳造株式会社　御中"
    assert not Line.objects.filter(verb="survey.send").exists()
    assert {row.sent_on for row in sheets_page(BODY, office.hires.pk, 2021).rows} == {date(2022, 4, 20)}  # fmt: skip


def test_目的と問い合わせ先のない調査票は作らず欄で言う(office: Room) -> None:
    got = client(office.town.officer).post(
        where(office, "survey_make"), {"whom": "all", "due": "2022-07-01"}
    )
    assert got.status_code == 422
    assert got.context["failed"].errors.keys() == {"purpose", "contact"}


def made_with(office: Room, **said) -> str:
    """Make one firm's sheet; the words of its cells, or of the page that refuses."""
    typed = {"purpose": "成果を確かめるためです。", "contact": "課の電話 000", "whom": str(office.firms[0])} | said  # fmt: skip
    got = client(office.town.officer).post(where(office, "survey_make"), typed)
    if got.status_code != 200:
        return text(got)
    return " ".join(str(cell.value) for row in opened(got.content).iter_rows() for cell in row)


def test_期限を空けると台帳の期限を書き過ぎていれば新しい期限を求める(office: Room) -> None:
    assert "回答期限の令和4年6月10日は過ぎています。新しい期限を入れてください" in made_with(office)
    em.Asked.objects.update(due_on=date(2022, 7, 8))
    assert "7月8日" in made_with(office)
    assert "7月15日" in made_with(office, due="2022-07-15")


def test_期限がどこにもなければ期限の行を書かない(office: Room) -> None:
    em.Asked.objects.update(due_on=None)
    sheet = made_with(office)
    assert "返送先・問い合わせ先" in sheet
    assert "期限" not in sheet


def test_送付は記録して初めて残り期限が前なら断る(office: Room) -> None:
    desk = client(office.town.officer)
    wrong = desk.post(where(office, "survey_sent"), {"whom": "silent", "sent": "2022-06-15", "due": "2022-06-01"})  # fmt: skip
    assert wrong.status_code == 422
    assert "回答期限が送付日より前です" in text(wrong)
    done = desk.post(where(office, "survey_sent"), {"whom": "silent", "sent": "2022-06-15", "due": "2022-06-30"}, follow=True)  # fmt: skip
    assert "2者への送付を記録しました" in text(done)
    assert "令和4年6月15日 令和4年6月30日 未回答" in text(done)
    assert "期限を過ぎた" not in text(done)


def test_督促の一覧に連絡先はなく式に見える名は式にならない(office: Room) -> None:
    t = office.town
    entered(t, office.members, [Draft(who=firm("=HYPERLINK(1)"), first=date(2020, 4, 1))])
    evil = em.Subject.objects.latest("pk").pk
    people = made(t, "registrants")
    entered(t, people, [supporter("関係 人子", "hitoko@example.jp")])
    person = em.Subject.objects.get(kind="person").pk
    ask(by=t.planner, register=office.hires.pk, year=2021, subjects=[evil, person], sent=None, due=None)  # fmt: skip
    desk = client(t.officer)
    got = desk.get(where(office, "survey_list") + "&as=csv")
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["相手", "法人番号"]
    assert [row[0] for row in rows[1:]] == [
        LATE,
        "見本信用金庫",
        "'=HYPERLINK(1)",
        f"個人 {person}",
    ]
    assert rows[1][3:] == ["2022-04-20", "2022-06-10", "期限切れ・未回答", "5"]
    assert "hitoko" not in got.content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(desk.get(where(office, "survey_list") + "&whom=all").content)).active  # fmt: skip
    assert book.max_row == 7
    assert all(cell.data_type != "f" for row in book.iter_rows() for cell in row)
    assert "個人の相手1者には、調査票を作りません" in text(desk.get(where(office)))


# -- back -------------------------------------------------------------------------------------------------------------


def test_返ったファイルをまとめて渡し確かめて一押しで登録し束で取り消せる(office: Room) -> None:
    own = sheets(office)
    bad = filled(
        own["見本信用金庫"].data, {"就職者数": "=1+1", "地元の高等教育機関の卒業生": "たぶん"}
    )
    files = {
        "返信.zip": archive({"北見本.xlsx": filled(own[LATE].data, ANSWER, "四人目は5月です")}),
        "上書き.xlsx": filled(own["見本精機"].data, {**ANSWER, "就職者数": 6}), "信金.xlsx": bad, "自社.csv": b"a,b\n1,2\n",
    }  # fmt: skip
    page = handed(office, files)
    said = text(page)
    assert "2件のファイルに、直すところがあります" in said
    assert re.search(r"見本信用金庫 就職者数 回答票!E\d+[^!]*信金.xlsx", said)
    assert "「表を取り込む」から取り込む" in said
    assert "上書き 登録2番" in said
    assert re.search(r"6人 E\d+ いまは 2人", said)
    assert "四人目は5月です" in said
    assert "登録しても未回答の相手（1者） 見本信用金庫" in said
    assert em.Batch.objects.filter(way="answer").count() == 0
    listed = pressed(office, page, "problems")
    rows = list(csv.reader(io.StringIO(listed.content.decode("utf-8-sig"))))
    assert rows[0] == ["相手", "ファイル", "場所", "項目", "直すところ", "番号"]
    assert {(row[0], row[1]) for row in rows[1:]} == {("見本信用金庫", "信金.xlsx"), ("", "自社.csv")}  # fmt: skip
    done = pressed(office, page, "enter")
    batch = em.Batch.objects.get(way="answer")
    assert done["Location"] == reverse("desk:register_batch", args=[batch.pk])
    shown = text(client(office.town.officer).get(done["Location"]))
    assert "北見本.xlsx 回答票!E" in shown
    assert reverse("desk:register_undo", args=[batch.pk]) in client(office.town.officer).get(done["Location"]).content.decode()  # fmt: skip
    entry = text(client(office.town.auditor).get(reverse("desk:register_entry", args=[office.hires.pk, 3])))  # fmt: skip
    assert "就職者数 回答票!E" in entry
    assert pressed(office, page, "enter").status_code == 404


def test_見たあとに変わったものは登録せずいまのものを見せる(office: Room) -> None:
    page = handed(office, {"a.xlsx": filled(sheets(office)["見本精機"].data, ANSWER)})
    handed_again = handed(office, {"b.xlsx": filled(sheets(office)["見本精機"].data, {**ANSWER, "就職者数": 9})})  # fmt: skip
    pressed(office, handed_again, "enter")
    got = pressed(office, page, "enter")
    assert got.status_code == 409
    assert "E402" in text(got)
    assert "いまは 9人" in text(got)


def test_二件ある相手の調査票はその登録へ導く(office: Room) -> None:
    own = sheets(office)["見本精機"]
    entered(office.town, office.hires, [answer("見本精機", 9)])
    page = handed(office, {"a.xlsx": filled(own.data, ANSWER)})
    assert "E737" in text(page)
    there = reverse("desk:register", args=[office.hires.pk]) + f"?subject={office.firms[1]}"
    assert there in page.content.decode()


def test_締めた年度に遅れて返ったときは年度の名とだれが締めを解けるかを言う(office: Room) -> None:
    late = sheets(office)[LATE]
    close_register(by=office.town.section_head, register=office.hires.pk, year=2021)
    page = handed(office, {"a.xlsx": filled(late.data, ANSWER)})
    said = text(page)
    assert page.status_code == 422
    assert "「就職者調査」の令和3年度は締めてあります" in said
    assert "年度まで" not in said
    assert "締めを解けるのは、担当課（ものづくり推進課）の課長か企画課の人です" in said
    closing = reverse("desk:register_closing", args=[office.hires.pk])
    assert closing in page.content.decode()
    before = client(office.town.officer).get(where(office, "survey_returned"))
    assert "令和3年度は締めてあるので、渡しても登録できません" in text(before)
    assert closing in before.content.decode()


def test_返ったファイルは初めから証拠書類として付くことになっていて外せば付かない(
    office: Room,
) -> None:
    data = filled(sheets(office)[LATE].data, ANSWER)
    page = handed(office, {"a.xlsx": data})
    assert '<input type="checkbox" name="keep" checked>' in page.content.decode()
    pressed(office, page, "enter", keep="on")
    entry = em.Entry.objects.get(register=office.hires, subject=office.firms[2], until=None)
    kept = em.Document.objects.get()
    assert (kept.number, kept.sort, kept.year) == (entry.number, "answer", 2021)
    assert kept.sha256 == sha256(data).hexdigest()
    other = handed(office, {"b.xlsx": filled(sheets(office)["見本信用金庫"].data, ANSWER)})
    pressed(office, other, "enter")
    assert em.Document.objects.count() == 1


def test_付けられないファイルがあっても回答は登録しどれがなぜかを言う(
    office: Room, monkeypatch
) -> None:
    monkeypatch.setattr(documents, "MOST_TOTAL", 1)
    page = handed(office, {"a.xlsx": filled(sheets(office)[LATE].data, ANSWER)})
    said = {"do": "enter", "keep": "on", "seen": page.context["found"].mark}
    done = text(client(office.town.officer).post(where(office, "survey_check", upload=page.context["upload"]), said, follow=True))  # fmt: skip
    assert "証拠書類に付けられなかったファイルが1件あります" in done
    assert "a.xlsx：" in done
    assert em.Entry.objects.filter(register=office.hires, subject=office.firms[2]).exists()
    assert not em.Document.objects.exists()


def test_やめれば何も残らずファイルのない送信とPDFは断る(office: Room) -> None:
    page = handed(office, {"a.xlsx": filled(sheets(office)[LATE].data, ANSWER)})
    pressed(office, page, "drop")
    assert not em.Upload.objects.exists()
    assert "E407" in text(handed(office, {}))
    page = handed(office, {"a.pdf": b"%PDF-1.7"})
    assert "E738" in text(page)
    assert 'value="enter"' not in page.content.decode()


def test_締めた年度と書けない人には渡す入口がない(office: Room) -> None:
    t = office.town
    assert client(t.auditor).get(where(office)).status_code == 200
    assert "送付を記録する" not in text(client(t.auditor).get(where(office)))
    for name in ("survey_returned", "survey_make", "survey_sent"):
        assert client(t.auditor).post(where(office, name), {}).status_code == 403
    close_register(by=t.section_head, register=office.hires.pk, year=2021)
    page = client(t.officer).get(where(office))
    assert reverse("desk:survey_returned", args=[office.hires.pk]) not in page.content.decode()
    assert client(t.officer).get(where(office, "survey_list")).status_code == 200


def test_内密の調査はほかの課には見えず担当課だけが送れる(office: Room) -> None:
    quiet = made(office.town, "overseas_sales", office.town.tourism)
    path = reverse("desk:survey_sheets", args=[quiet.pk])
    assert client(office.town.officer).get(path).status_code == 403
    assert client(office.town.planner).get(path).status_code == 200


def test_調査でない台帳に調査票の画面はなくまだ尋ねていない年度はそう言う(office: Room) -> None:
    desk = client(office.town.officer)
    assert desk.get(reverse("desk:survey_sheets", args=[office.members.pk])).status_code == 404
    said = text(desk.get(where(office, year=2019)))
    assert "まだだれにも尋ねていません" in said
    assert "調査票を作る" not in said


def test_確かめる画面は多くのファイルでも問い合わせが増えない(
    office: Room, django_assert_max_num_queries
) -> None:
    own = sheets(office)
    page = handed(
        office, {f"{n}.xlsx": filled(one.data, ANSWER) for n, one in enumerate(own.values())}
    )
    desk = client(office.town.officer)
    path = where(office, "survey_check", upload=page.context["upload"])
    desk.get(path)
    with django_assert_max_num_queries(25):
        assert desk.get(path).status_code == 200


def test_英語でも同じ画面になる(office: Room) -> None:
    own = sheets(office)
    page = handed(office, {"a.xlsx": filled(own[LATE].data, {"就職者数": "many"})})
    desk = client(office.town.officer)
    desk.cookies["django_language"] = "en"
    said = text(desk.get(where(office)))
    assert "Record the sending" in said
    assert "5 days overdue" in said
    said = text(desk.get(where(office, "survey_check", upload=page.context["upload"])))
    assert "cannot be read as a number" in said
    assert "There is no sheet to enter" in said


def test_取込みの直すところのCSVも式にならない(office: Room) -> None:
    sheet = SimpleUploadedFile("=cmd.csv", "団体名,加入日\n=HYPERLINK(1),=1+1\n".encode())
    desk = client(office.town.officer)
    handed_in = desk.post(reverse("desk:register_import", args=[office.members.pk]), {"file": sheet, "text": ""}, follow=True)  # fmt: skip
    assert handed_in.status_code == 200
    upload = em.Upload.objects.get().pk
    said = {"sheet": "0", "head": "1", "c-0": "who", "c-1": "first", "do": "problems"}
    got = desk.post(reverse("desk:register_import_check", args=[office.members.pk, upload]), said)
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]

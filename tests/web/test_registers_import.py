"""台帳への取込みの画面: handed in, matched, looked at, entered, taken back; what was looked at is what is entered."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from bookroom import BODY, town
from deskclient import client, text
from evidenceroom import defined, entered, firm, made, same, value
from formfill import filled
from registerroom import Room, room, supporter
from sosei.evidence import models as em
from sosei.evidence.actions import foreseeing
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import correct
from sosei.evidence.actions.foreseeing import foresee
from sosei.evidence.actions.persons import erase
from sosei.evidence.actions.registers import change_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.uploads import keep_upload, kept_upload
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries import importing
from sosei.evidence.queries.asking import Asked
from sosei.evidence.queries.exporting import exported as exported_rows
from sosei.evidence.queries.importing import looked
from sosei.evidence.queries.registers import entries, history
from sosei.evidence.stored import kind
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.publishing.entrysheet import csv_of, xlsx_of
from sosei.web.desk.views import registerimports

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
PASTED = (
    "企業名\t加入日\t退会日\n見本電子\t令和3年4月1日\t\n見本化学\tR3.6.1\t2022/3/30\n合計\t2\t\n"
)


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def handed(office: Room, body: str | None = None, *, file=None, register=None, who="planner"):
    """Hand a sheet in; the answer."""
    where = reverse("desk:register_import", args=[(register or office.members).pk])
    sent = {"text": body or ""} | ({"file": SimpleUploadedFile(*file)} if file else {})
    return client(getattr(office.town, who)).post(where, sent)


def columns(office: Room, body: str | None = None, **more):
    """The page of columns."""
    response = handed(office, body, **more)
    assert response.status_code == 302, text(response)
    return client(getattr(office.town, more.get("who", "planner"))).get(response["Location"])


def checked(office: Room, page, **typed):
    """The page on which it is checked."""
    where = reverse("desk:register_import_check", args=[page.context["one"].pk, page.context["looked"].file.pk])  # fmt: skip
    return client(office.town.planner).post(where, filled(page, "year", **typed))


def finished(office: Room, page, do="enter"):
    """Confirm it; the answer."""
    where = reverse("desk:register_import_check", args=[page.context["one"].pk, page.context["looked"].file.pk])  # fmt: skip
    return client(office.town.planner).post(where, filled(page, "seen") | {"do": [do]})


# -- the way ----------------------------------------------------------------------------------------------------------


def test_貼り付けた表が対応と確認を経て登録になりまとめて取り消せる(office: Room) -> None:
    defined(office.town, "firms", 'count of members at end unit "社"')
    before = value(BODY, "firms", 2022)
    page = columns(office, PASTED)
    said = text(page)
    assert "企業名 見本電子" in said
    assert {one.value() for one, _, _ in page.context["rows"]} == {"who", "first", "last"}
    page = checked(office, page)
    told = page.context["foreseen"]
    assert (told.new, told.changed, told.same, told.read.skipped) == (2, (), 0, 1)
    assert "見本化学 令和3年6月1日 令和4年3月30日" in text(page)
    assert "取り込まない列" not in text(page)
    assert entries(BODY, office.members.pk).total == 4
    done = finished(office, page)
    assert entries(BODY, office.members.pk).total == 6
    batch = em.Batch.objects.latest("pk")
    assert (batch.way, batch.rows) == ("pasted", 2)
    assert not em.Upload.objects.exists()
    assert value(BODY, "firms", 2022) == before + 1
    desk = client(office.town.planner)
    shown = desk.get(done["Location"])
    assert "見本電子" in text(shown)
    where = reverse("desk:register_undo", args=[batch.pk])
    assert where in shown.content.decode()
    desk.post(where, filled(desk.get(where), "reason", reason="別の名簿だった"))
    assert entries(BODY, office.members.pk).total == 4
    assert "もう取り消されています" in text(desk.get(done["Location"]))
    same(BODY, "firms", [2020, 2021, 2022])


def test_列の対応は次の表で前回と同じと示される(office: Room) -> None:
    odd = PASTED.replace("企業名", "先方").replace("加入日", "はじまり").replace("退会日", "おわり")
    page = columns(office, odd)
    page = checked(office, page, **{"c-0": "who", "c-1": "first", "c-2": "last"})
    finished(office, page)
    again = columns(office, odd.replace("見本電子", "見本製薬"))
    assert [(one.value(), how) for one, _, how in again.context["rows"]] == [
        ("who", "前回と同じ"), ("first", "前回と同じ"), ("last", "前回と同じ"),
    ]  # fmt: skip


def test_シートと見出しの行と金額の単位を選べる(office: Room) -> None:
    subsidies = made(office.town, "subsidies")
    rows = [["なにか"], ["企業名", "申請の日", "件名", "補助額"], ["見本電子", "2021-05-01", "溶解炉の導入", "120"]]  # fmt: skip
    data = _book({"表紙": [["このファイルについて"]], "実績": rows})
    page = columns(office, file=("補助.xlsx", data), register=subsidies)
    assert page.context["looked"].names[page.context["looked"].index] == "実績"
    assert page.context["looked"].head.row == 1
    chosen = {"c-0": "who", "c-1": "stage:申請", "c-2": "title", "c-3": "applied", "u-applied": "千円"}  # fmt: skip
    page = checked(office, page, **chosen)
    finished(office, page)
    (row,) = entries(BODY, subsidies.pk).rows
    assert row.record.values["applied"] == 120_000
    assert row.at == "実績!A3"
    assert "申請の日" in text(columns(office, file=("補助.xlsx", data), register=subsidies))


def _book(sheets: dict[str, list[list[str]]]) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return out.getvalue()


# -- what is wrong ----------------------------------------------------------------------------------------------------


def test_誤りは場所と直し方をすべて示しCSVでも渡し一行も登録しない(office: Room) -> None:
    wrong = PASTED + "見本食品\t令和3年13月1日\t\n見本繊維\t2021-04-01\t2020-04-01\n"
    page = checked(office, columns(office, wrong))
    assert page.status_code == 422
    assert [row[0] for row in page.context["problems"]] == ["5", "6"]
    assert 'value="enter"' not in page.content.decode()
    file = finished(office, page, "problems")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0] == ["行", "列", "場所", "直すところ", "番号"]
    assert [row[0] for row in rows[1:]] == ["5", "6"]
    assert finished(office, page).status_code == 409
    assert entries(BODY, office.members.pk).total == 4


def test_同じ列を二度選ぶか欠かせない列がなければその欄で言う(office: Room) -> None:
    page = checked(office, columns(office, PASTED), **{"c-0": "first", "c-1": "first", "c-2": ""})
    assert page.status_code == 422
    said = text(page)
    assert "「加入日」はA列でも選ばれています" in said
    assert "「団体名」の列が選ばれていません" in said


def test_個人番号のある表は場所だけを言い何も残さない(office: Room) -> None:
    people = made(office.town, "registrants")
    number = "123456789018"
    page = handed(office, f"氏名\t登録日\tメモ\n関係 人子\t2021-05-01\t{number}\n", register=people)
    assert page.status_code == 422
    assert "C2" in text(page)
    assert number not in page.content.decode()
    assert not em.Upload.objects.exists()
    assert not em.Subject.objects.filter(kind="person").exists()


def test_締めた期間の登録は確かめる画面で断る(office: Room) -> None:
    close_register(by=office.town.section_head, register=office.members.pk, until=date(2022, 3, 31))
    page = checked(office, columns(office, PASTED))
    assert page.status_code == 422
    assert "E743" in text(page)
    assert "令和4年3月31日までは締めてあります" in text(page)
    assert reverse("desk:register_closing", args=[office.members.pk]) in page.content.decode()
    assert not Line.objects.filter(verb="register.enter", at__gt=JUNE).exists()


def test_開けないファイルと空の送信は同じ画面で断る(office: Room) -> None:
    for answer in (handed(office), handed(office, file=("名簿.pdf", b"%PDF-1.7 ...")), handed(office, file=("名簿.xlsx", b"PK\x03\x04broken"))):  # fmt: skip
        assert answer.status_code == 422
        assert "E" in text(answer)
    assert not em.Upload.objects.exists()


# -- what was looked at is what is entered ----------------------------------------------------------------------------


def numbered(office: Room, new: str = "賛助会員") -> str:
    """A sheet that overwrites entry 1."""
    return (
        f"登録番号（上書き用）\t団体名\t加入日\t会員種別\n1\t見本鋳造株式会社\t2019-04-01\t{new}\n"
    )


def test_上書きする登録がその間に直されたら取り込まず見せ直す(office: Room) -> None:
    page = checked(office, columns(office, numbered(office)))
    assert page.context["foreseen"].changed == (1,)
    first = history(BODY, office.members.pk, 1)[0]
    draft = Draft(subject=first.record.subject, first=date(2019, 4, 2), values=first.record.values)
    correct(by=office.town.officer, register=office.members.pk, number=1, draft=draft, seen=first.content, reason="日の誤り")  # fmt: skip
    again = finished(office, page)
    assert again.status_code == 409
    assert "E402" in text(again)
    assert history(BODY, office.members.pk, 1)[0].record.first == date(2019, 4, 2)
    assert finished(office, again).status_code == 302
    assert history(BODY, office.members.pk, 1)[0].record.values["member_type"] == "賛助会員"


def test_台帳の定義がその間に変われば取り込まない(office: Room) -> None:
    page = checked(office, columns(office, PASTED))
    row = em.Register.objects.get(pk=office.members.pk)
    definition = {**row.definition, "purpose": "会員の名簿"}
    change_register(
        by=office.town.planner,
        register=row.pk,
        definition=definition,
        seen=row.stamp,
        reason="目的の追記",
    )
    again = finished(office, page)
    assert again.status_code == 409
    assert "E402" in text(again)
    assert entries(BODY, office.members.pk).total == 4


def test_確かめた対応と違うものは取り込まない(office: Room) -> None:
    page = checked(office, columns(office, PASTED))
    where = reverse("desk:register_import_check", args=[office.members.pk, page.context["looked"].file.pk])  # fmt: skip
    sent = filled(page, "seen") | {"do": ["enter"], "c-2": [""]}
    assert client(office.town.planner).post(where, sent).status_code == 409
    assert entries(BODY, office.members.pk).total == 4


# -- what is kept meanwhile -------------------------------------------------------------------------------------------


def test_預かった表は暗号でありほかの人には開けず一日で消える(office: Room) -> None:
    people = made(office.town, "registrants")
    page = columns(office, "氏名\t登録日\n笹森 珠緒\t2021-05-01\n", register=people)
    assert "笹森 珠緒" in text(page)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {em.Upload._meta.db_table}")
        (row,) = cursor.fetchall()
    kept = b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in map(_plain, row))
    assert "笹森".encode() not in kept
    where = reverse("desk:register_import_columns", args=[people.pk, em.Upload.objects.get().pk])
    assert client(office.town.officer).get(where).status_code == 404
    with at(JUNE + timedelta(hours=25)):
        assert client(office.town.planner).get(where).status_code == 404
    assert not em.Upload.objects.exists()


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_やめれば渡した表は残らない(office: Room) -> None:
    page = columns(office, PASTED)
    where = reverse("desk:register_import_columns", args=[office.members.pk, page.context["looked"].file.pk])  # fmt: skip
    assert client(office.town.planner).post(where).status_code == 302
    assert not em.Upload.objects.exists()
    assert client(office.town.planner).get(where).status_code == 404


def test_行が多ければ待つことを言い多すぎれば断る(office: Room, monkeypatch) -> None:
    monkeypatch.setattr(importing, "_SMALL", 0)
    monkeypatch.setattr(registerimports, "LONG", 2)
    assert "約4行あります" in text(columns(office, PASTED))
    monkeypatch.setattr(foreseeing, "LONG", 1)
    page = checked(office, columns(office, PASTED))
    assert page.context["foreseen"].new == 2
    assert "一度だけ押して" in text(page)
    assert finished(office, page).status_code == 302
    monkeypatch.setattr(importing, "MOST", 2)
    refused = checked(office, columns(office, PASTED))
    assert refused.status_code == 422
    assert "E756" in text(refused)


def test_消去と鍵の交換は途中の表も消す(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("笹森 珠緒", "t@example.jp")])
    columns(office, PASTED)
    erase(
        by=office.town.section_head, subject=em.Subject.objects.get(kind="person").pk, reason="申出"
    )
    assert not em.Upload.objects.exists()
    columns(office, PASTED)
    encipher_anew()
    assert not em.Upload.objects.exists()


def test_列の画面と確かめる画面は問合せが少ない(
    office: Room, django_assert_max_num_queries
) -> None:
    page = columns(office, PASTED)
    desk, own = client(office.town.planner), [office.members.pk, page.context["looked"].file.pk]
    desk.get(reverse("desk:registers"))
    with django_assert_max_num_queries(25):
        desk.get(reverse("desk:register_import_columns", args=own))
    with django_assert_max_num_queries(70):  # the import itself among them, done and taken back
        assert desk.post(reverse("desk:register_import_check", args=own), filled(page, "year")).status_code == 200  # fmt: skip


# -- out and in again -------------------------------------------------------------------------------------------------


def exported(office: Room, register, **query):
    return client(office.town.planner).get(reverse("desk:register_export", args=[register.pk]), query)  # fmt: skip


@pytest.mark.parametrize("key", list(catalogue()))
def test_書き出した表をそのまま取り込むと何も変わらない(key: str) -> None:
    with at(JUNE):
        t = town()
        register = made(t, key)
        entered(t, register, samples(kind(register)))
        columns_, rows = exported_rows(BODY, register.pk, Asked())
        names, told = [one.ja for one in columns_], list(rows)
        for name, data in (("表.xlsx", xlsx_of("表", names, told, "ja")), ("表.csv", csv_of(names, told))):  # fmt: skip
            pk = keep_upload(by=t.planner, register=register.pk, name=name, data=data)
            file = kept_upload(by=t.planner, register=register.pk, upload=pk)
            found = looked(BODY, register.pk, file)
            seen = foresee(by=t.planner, register=register.pk, sheet=found.to_read(None), mapping=found.mapping)  # fmt: skip
            assert not seen.read.problems, [one.sentence() for one in seen.read.problems]
            assert (seen.new, seen.changed, seen.same) == (0, (), len(told)), name
            assert told


def samples(of) -> list[Draft]:
    """Entries of a kind with everything said, and with as little as can be."""
    day = date(2021, 4, 1)
    values = {one.key: _value(one) for one in of.fields.values()}
    if of.subsidy is not None:  # of which as much is said as its arithmetic allows
        rates = {of.subsidy.fields[part] for part in ("rate",) if part in of.subsidy.fields}
        values |= dict.fromkeys(rates, "1/1")
    needed = {key: said for key, said in values.items() if of.fields[key].required}
    reached = tuple(date(2021, 4 + n, 1) for n in range(len(of.stages)))
    when = {
        "survey": {"year": 2021}, "series": {"first": day, "last": date(2021, 4, 30)}, "case": {"reached": reached},
        "roster": {"first": day, "last": date(2022, 3, 31)}, "log": {"first": day},
    }[of.kind]  # fmt: skip
    firm_, person = firm("=見本鋳造", "6000020032018"), Who(kind="person", name="笹森 珠緒", mail="t@example.jp")  # fmt: skip
    who = {"organisation": [firm_], "person": [person], "any": [firm_, person], "none": [None]}[of.subject]  # fmt: skip
    found = [Draft(who=one, **when, values=said) for one in who for said in (values, needed)]
    return found + ([Draft(size=12, **when, values=values)] if of.groups else [])


def _value(field):
    said = {
        "text": "=1+1 ではない文字", "number": Decimal("1234.5"), "money": Decimal(1200), "date": date(2021, 5, 6),
        "yes-no": False, "place": "盛岡市",
    }  # fmt: skip
    return field.choices[-1] if field.type == "choice" else said[field.type]


def test_書き出しは絞り込みに従い氏名と連絡先を含まない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("笹森 珠緒", "t@example.jp", age_band="30代"), supporter("榊原 梢", "k@example.jp", age_band="40代")])  # fmt: skip
    desk, where = client(office.town.planner), reverse("desk:register_export", args=[people.pk])
    file = desk.get(where, {"as": "csv", "f-age_band": "40代"})
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0][0] == "登録番号（上書き用）"
    assert [row[0] for row in rows[1:]] == ["2"]
    assert not {"氏名", "フリガナ", "メールアドレス", "電話番号", "住所"} & set(rows[0])
    assert not [word for word in ("榊原", "k@example.jp") if word in file.content.decode()]
    assert desk.get(where).content[:2] == b"PK"


def test_名簿を書き出して一つ直すとその一件だけが上書きされ相手は変わらない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("笹森 珠緒", "t@example.jp", age_band="30代"), supporter("榊原 梢", "k@example.jp", age_band="40代")])  # fmt: skip
    file = client(office.town.planner).get(reverse("desk:register_export", args=[people.pk]), {"as": "csv"})  # fmt: skip
    was = history(BODY, people.pk, 2)[0].record
    body = file.content.decode("utf-8-sig").replace("40代", "50代").encode("utf-8-sig")
    page = checked(office, columns(office, file=("名簿.csv", body), register=people))
    told = page.context["foreseen"]
    assert (told.new, told.changed, told.same) == (0, (2,), 1)
    assert finished(office, page).status_code == 302
    now = history(BODY, people.pk, 2)[0].record
    assert (now.subject, now.values["age_band"]) == (was.subject, "50代")


def test_書き出したCSVの式は式にならない() -> None:
    data = csv_of(["a"], [["=1+1"], ["@x"], [Decimal(-5)], ["-"]]).decode("utf-8-sig")
    assert data.splitlines() == ["a", "'=1+1", "'@x", "-5", "'-"]

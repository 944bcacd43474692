"""異動の名簿. A pasted roster is read as people type it, every problem is named, and all of it is registered at once or nothing."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from bookroom import Town, town
from deskroom import BACKEND
from sosei.core.errors import NotAllowed
from sosei.journal import clock
from sosei.journal.models import Entry
from sosei.offices.actions.transfers import transfer
from sosei.offices.models import Assignment, Person
from sosei.offices.permissions import held_by
from sosei.offices.queries.roster import mark_of, roster_of
from sosei.offices.refusals import BadRoster, OwnAdmin, RosterUnseen

pytestmark = pytest.mark.django_db
APRIL = date(2023, 4, 1)
ROSTER = "利用者ID\t氏名\t読み\t課\t役割\t前任\nsato\t佐藤 一\tさとう\tものづくり推進課\t担当者\tmono\nkanko\t\t\tものづくり推進課\t担当課長\tmono-kacho\n"


@pytest.fixture
def office():
    with clock.at(datetime(2023, 3, 20, 1, tzinfo=UTC)):
        yield town()


def test_名簿は見出しがあれば順によらず全角でも読める(office: Town) -> None:
    text = "役割\t課\t氏名\t利用者ＩＤ\n担当課長\t０３\t佐藤\tｓａｔｏ\n"
    [row] = roster_of(office.admin, text, APRIL)
    assert (row.login, row.role, row.department, row.new) == (
        "sato", "section_head", office.tourism.pk, True,
    )  # fmt: skip
    assert not row.problems


def test_見出しのない名簿は決まった順で読み空の行は飛ばす(office: Town) -> None:
    text = "\n\nsato\t佐藤\t\t観光課\t担当者\n\t\t\n"
    [row] = roster_of(office.admin, text, APRIL)
    assert (row.line, row.name, row.department) == (3, "佐藤", office.tourism.pk)


def test_おかしな所は行ごとに全部わかる(office: Town) -> None:
    text = "\t名無し\t\t観光課\t担当者\nsato\t\t\tない課\t市長\tだれか\nsato\t佐藤\t\t\t担当者\n"
    first, second, third = roster_of(office.admin, text, APRIL)
    assert [ja for ja, _ in first.problems] == ["利用者IDがありません"]
    assert [ja for ja, _ in second.problems] == [
        "新しい人の氏名がありません",
        "役割「市長」がわかりません",
        "課「ない課」がその日にありません",
        "前任「だれか」がわかりません",
    ]
    assert [ja for ja, _ in third.problems] == [
        "同じ利用者IDの行があります",
        "この役割には課が要ります",
    ]


def test_まとめて登録すると前任が終わり後任が始まる(office: Town) -> None:
    before = Entry.objects.count()
    seen = mark_of(roster_of(office.admin, ROSTER, APRIL), APRIL)
    [added] = transfer(by=office.admin, text=ROSTER, on=APRIL, seen=seen)
    assert Entry.objects.count() == before + 1
    assert added.person.login == "sato"
    assert Person.objects.get(login="sato").check_password(added.password)
    assert Assignment.objects.get(person=office.officer).last_day == date(2023, 3, 31)
    assert Assignment.objects.get(person=office.section_head).last_day == date(2023, 3, 31)
    other = Person.objects.get(pk=office.other.pk)
    assert {h.role for h in held_by(other, APRIL)} == {"officer", "section_head"}
    line = Entry.objects.latest("seq")
    assert line.facts["new"] == [added.person.pk]
    assert "佐藤" not in str(line.line())


def test_一行でもおかしければ何も登録しない(office: Town) -> None:
    with pytest.raises(BadRoster, match="2行目"):
        transfer(by=office.admin, text="sato\t佐藤\t\t観光課\t担当者\nx\t\t\t\t\n", on=APRIL)
    with pytest.raises(BadRoster):
        transfer(by=office.admin, text=" \n", on=APRIL)
    assert not Person.objects.filter(login="sato").exists()


def test_自分の行は見たときに断られ_ほかの行も登録しない(office: Town) -> None:
    text = "sato\t佐藤 一\t\t観光課\t担当者\nKANRI\t\t\t観光課\t担当者\n"
    other, own = roster_of(office.admin, text, APRIL)
    assert (other.problems, [ja for ja, _ in own.problems]) == (
        (), ["自分の役割は、ほかのシステム管理者が登録します"],
    )  # fmt: skip
    client = Client()
    client.force_login(Person.objects.get(pk=office.admin.pk), backend=BACKEND)
    page = client.post("/people/transfer/", {"on": "2023-04-01", "text": text}).content.decode()
    assert "自分の役割は、ほかのシステム管理者が登録します" in page
    assert 'name="do"' not in page
    with pytest.raises(BadRoster, match=r"2行目.*自分の役割"):
        transfer(by=office.admin, text=text, on=APRIL)
    assert not Person.objects.filter(login="sato").exists()


def test_途中で断られれば前の行もなかったことになる(office: Town) -> None:
    text = "sato\t佐藤\t\t観光課\t担当者\nmono\t\t\t\tシステム管理者\tkanri\n"
    with pytest.raises(OwnAdmin):
        transfer(by=office.admin, text=text, on=APRIL)
    assert not Person.objects.filter(login="sato").exists()
    assert Assignment.objects.get(person=office.admin).last_day is None


def test_見た名簿と違えば断り管理者でなければできない(office: Town) -> None:
    for other, day in ((ROSTER.replace("佐藤", "左藤"), APRIL), (ROSTER, date(2023, 5, 1))):
        seen = mark_of(roster_of(office.admin, other, day), day)
        with pytest.raises(RosterUnseen):
            transfer(by=office.admin, text=ROSTER, on=APRIL, seen=seen)
    assert not Person.objects.filter(login="sato").exists()
    with pytest.raises(NotAllowed):
        transfer(by=office.planner, text=ROSTER, on=APRIL)


def test_画面では見てから登録し仮パスワードが並ぶ(office: Town) -> None:
    client = Client()
    client.force_login(Person.objects.get(pk=office.admin.pk), backend=BACKEND)
    assert 'value="2023-04-01"' in client.get("/people/transfer/").content.decode()
    said = {"on": "2023-04-01", "text": ROSTER}
    seen = client.post("/people/transfer/", said).content.decode()
    assert "まだ何も登録していません。" in seen
    assert not Person.objects.filter(login="sato").exists()
    mark = re.search(r'name="seen" value="(\w+)"', seen)[1]
    other = {"text": ROSTER.replace("佐藤", "左藤"), "do": "1", "seen": mark}
    for unseen in ({"do": "1"}, other, {"do": "1", "seen": mark, "on": "2023-05-01"}):
        refused = client.post("/people/transfer/", said | unseen)
        assert refused.status_code == 422
        assert "E473" in refused.content.decode()
        assert "まだ何も登録していません。" in refused.content.decode()
    assert not Person.objects.filter(login="sato").exists()
    done = client.post("/people/transfer/", {**said, "do": "1", "seen": mark})
    assert done.context["made"][0].password in done.content.decode()
    assert "no-store" in done["Cache-Control"]
    wrong = client.post("/people/transfer/", {**said, "text": "x\t\t\t\t\n", "do": "1"})
    assert wrong.status_code == 422
    assert "E418" in wrong.content.decode()


def test_問い合わせの数は行の数によらない(office: Town, django_assert_max_num_queries) -> None:
    text = "".join(f"p{n}\t人{n}\t\t観光課\t担当者\n" for n in range(100))
    with django_assert_max_num_queries(2):
        assert len(roster_of(office.admin, text, APRIL)) == 100

"""人の検証. A name that was changed behind the program's back is named, though no name stands in the journal."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import F

from bookroom import BODY, START, Town, person, town
from deskclient import client, text
from sosei.house import persons
from sosei.house.verifying import whole
from sosei.journal import clock
from sosei.journal.models import Entry
from sosei.journal.seal import digest
from sosei.offices.actions.accounts import change_password
from sosei.offices.actions.assignments import assign
from sosei.offices.actions.forget import forget_person
from sosei.offices.actions.people import (
    add_person,
    change_person,
    come_back,
    leave,
    renew_password,
)
from sosei.offices.actions.transfers import transfer
from sosei.offices.models import Person
from sosei.offices.proofs import FACT, PROVEN

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 1, 3, tzinfo=UTC)
ROSTER = "suzuki\t鈴木 二\tすずき\t観光課\t担当者\n"


@pytest.fixture
def office():
    with clock.at(JUNE):
        yield town()


def found() -> list[str]:
    return [problem.code for problem in persons.problems()]


def only():
    (problem,) = persons.problems()
    return problem


def lived(office: Town) -> Person:
    """Everything that may happen to people, by the actions; return one whose name was corrected."""
    by = office.admin
    sato = add_person(by=by, login="sato", name="佐藤 一", joins_on=START, more={"email": "sato@city.jp"}).person  # fmt: skip
    change_person(by=by, person=sato.pk, columns={"name": "斎藤 一", "reading": "さいとう"})
    assign(by=by, person=sato.pk, role="auditor", first_day=START)
    transfer(by=by, text=ROSTER, on=date(2022, 6, 1))
    renew_password(by=by, person=sato.pk)
    change_password(by=Person.objects.get(pk=sato.pk), password="あたらしい合言葉は長くする2022")
    leave(by=by, person=office.other.pk, on=date(2022, 5, 31))
    leave(by=by, person=office.expert.pk, on=date(2022, 5, 31))
    come_back(by=by, person=office.expert.pk)
    return sato


def test_行いだけで変わった人はすべて合う(office: Town) -> None:
    lived(office)
    assert found() == []
    assert whole(None, []).fine


#: Another value that the column can hold; of the salt, which all digests are made with.
OTHERS = {
    "body": "990002", "login": "kage", "name": "影 武者", "reading": "かげむしゃ", "email": "x@example.jp",
    "joins_on": date(2019, 4, 1), "leaves_on": date(2030, 3, 31), "is_active": False,
}  # fmt: skip


def test_証明する欄はすべて試す() -> None:
    assert set(OTHERS) == set(PROVEN)


@pytest.mark.parametrize("column", PROVEN)
def test_表で変えられた欄を名指す(office: Town, column: str) -> None:
    sato = lived(office)
    Person.objects.filter(pk=sato.pk).update(**{column: OTHERS[column]})
    problem = only()
    assert problem.code == "J16"
    assert problem.facts["row"] == sato.pk
    assert problem.facts["label"].en == column
    assert str(Person._meta.get_field(column).verbose_name) in problem.sentence()
    verdict = whole(None, [])
    assert not verdict.fine
    assert verdict.counts["J16"] == 1


def test_氏名を変えられた人を記した行と時刻で言う(office: Town) -> None:
    sato = lived(office)
    Person.objects.filter(pk=sato.pk).update(name="影 武者")
    seq = Entry.objects.get(verb="person.change").seq
    said = only().sentence()
    assert (
        f"利用者「影 武者」（番号{sato.pk}）の氏名が、証跡の第{seq}行（2022-06-01 12:00:00）"
        in said
    )
    assert f"Person {sato.pk}, “影 武者”: name is not what line {seq}" in only().sentence("en")


def test_二人の氏名を取り替えても分かる(office: Town) -> None:
    a, b = office.officer, office.other
    Person.objects.filter(pk=a.pk).update(name=b.name)
    Person.objects.filter(pk=b.pk).update(name=a.name)
    assert found() == ["J16", "J16"]
    Person.objects.filter(pk=a.pk).update(salt=b.salt)
    Person.objects.filter(pk=b.pk).update(salt=a.salt)
    assert found() == ["J16", "J16"], "塩ごと取り替えても、番号が封じられている"


def test_変えられたあとの行いは変えられた氏名を認めない(office: Town) -> None:
    """An act proves what it wrote, and no more: a forged name is not made true by a later one."""
    Person.objects.filter(pk=office.officer.pk).update(name="影 武者")
    change_person(by=office.admin, person=office.officer.pk, columns={"email": "x@city.jp"})
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 6, 30))
    assert [p.facts["label"].en for p in persons.problems()] == ["name"]


def test_消された人と_加えられた人(office: Town) -> None:
    sato = add_person(by=office.admin, login="sato", name="佐藤", joins_on=START).person
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM offices_person WHERE id = %s", [sato.pk])
    assert (only().code, only().facts["row"]) == ("J17", sato.pk)
    person("kage", "影 武者")
    assert found() == ["N05", "J17"]
    verdict = whole(None, [])
    assert [p.code for p in verdict.unproven if p.code == "N05"] == ["N05"]
    assert [p.code for p in verdict.problems] == ["J17"]


def test_読み取れない人も名指して先へ進む(office: Town) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no date that is none")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE offices_person SET joins_on = 'いつか' WHERE id = %s", [office.officer.pk]
        )
    assert only().code == "J16"
    assert only().facts["row"] == office.officer.pk


def test_団体を指定すればその団体の人だけを確かめる(office: Town) -> None:
    stranger = Person.objects.create(body="990002", login="x", name="他市", joins_on=START)
    assert [p.facts["row"] for p in persons.problems()] == [stranger.pk]
    assert list(persons.problems(BODY)) == []
    Person.objects.filter(pk=office.officer.pk).update(body="990002")
    assert [p.code for p in persons.problems(BODY)] == ["J17"]


def test_消した氏名は証跡の証明からも試せない(office: Town, settings) -> None:
    """Who has the key and a list of names cannot find the erased one: the salt went with it."""
    key = settings.SOSEI_JOURNAL_KEYS[1]
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 5, 31))
    old = Entry.objects.get(verb="test.office").facts[FACT][str(office.officer.pk)]["name"]

    def tried(salt: str) -> str:
        said = {"salt": salt, "person": office.officer.pk, "column": "name", "value": "物作 太郎"}
        return digest(key, said)

    assert tried(Person.objects.get(pk=office.officer.pk).salt) == old
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        forget_person(by=Person.objects.get(pk=office.admin.pk), person=office.officer.pk)
    gone = Person.objects.get(pk=office.officer.pk)
    assert gone.salt == ""
    assert tried(gone.salt) != old
    assert found() == [], "「退職者」としては証明されている"
    Person.objects.filter(pk=gone.pk).update(name=F("login"))
    assert found() == ["J16"]


def test_証跡に氏名は残らず_画面にも証明は並ばない(office: Town) -> None:
    sato = lived(office)
    lines = " ".join(str(line.line()) for line in Entry.objects.all())
    for said in ("佐藤", "斎藤", "さいとう", "sato@city.jp", "鈴木"):
        assert said not in lines
    seq = Entry.objects.get(verb="person.change").seq
    page = client(office.auditor).get(f"/journal/{seq}/")
    proof = Entry.objects.get(seq=seq).facts[FACT][str(sato.pk)]["name"]
    assert proof not in "".join(value for _, value in page.context["facts"])
    assert "人の証明" not in text(page)

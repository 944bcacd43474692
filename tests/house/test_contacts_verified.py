"""個人情報の検証. A contact or a personal field that goes or moves behind the program's back is named; what acts erase is not."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from bookroom import Town, town
from evidenceroom import entered
from formroom import JOIN, TAMAO, opened, sent
from sosei.evidence import models as em
from sosei.evidence import personal
from sosei.evidence.actions import persons as acts
from sosei.evidence.actions.contacts import see_contact
from sosei.evidence.actions.correcting import correct_private, see_person
from sosei.evidence.actions.entries import enter, undo
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.subjects import merge
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.refusals_personal import PersonalTextChanged
from sosei.house import evidenced
from sosei.house.verifying import whole
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2021, 6, 1, 3, tzinfo=UTC)
TALKS = {
    "kind": "log", "ja": "相談記録", "en": "Consultations", "subject": "person", "purpose": "相談に応じるため",
    "fields": {
        "topic": {"ja": "用件", "en": "Topic", "type": "text"},
        "needs": {"ja": "配慮", "en": "Needs", "type": "text", "personal": True},
    },
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[Town]:
    with at(JUNE):
        yield town()


@pytest.fixture
def talks(office: Town) -> em.Register:
    register = make_register(
        by=office.planner, key="talks", definition=TALKS, department=office.it.pk, keep_years=1
    )
    entered(office, register, [draft(n, needs=n != 3) for n in range(1, 7)])
    return register


def draft(n: int, *, needs: bool = True) -> Draft:
    who = Who(kind="person", name=f"人{n}", mail=f"{n}@example.jp")
    values = {"topic": "移住"} | ({"needs": f"配慮{n}"} if needs else {})
    return Draft(who=who, first=date(2021, 5, n), values=values)


def sql(statement: str, *values: object) -> None:
    """Do what a person with the database in hand would do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def codes() -> list[str]:
    return [problem.code for problem in evidenced.problems()]


def persons() -> list[int]:
    return list(em.Contact.objects.order_by("pk").values_list("pk", flat=True))


def test_行いだけなら何も名指さない(office: Town, talks: em.Register, settings) -> None:
    one, two, *_ = persons()
    batch = entered(office, talks, [draft(8), draft(9)])
    assert batch is not None
    undo(by=office.planner, batch=batch.pk, reason="別の表だった")
    merge(by=office.planner, subject=two, into=one, reason="同じ人")
    acts.erase(by=office.section_head, subject=one, reason="本人の申出")
    settings.SOSEI_PERSONAL_KEYS = settings.SOSEI_PERSONAL_KEYS | {9: b"9" * 32}
    encipher_anew()
    assert em.Batch.objects.order_by("pk")[0].private == [[1, 2], [4, 6]]
    assert whole(None, []).fine


def test_期限の過ぎた台帳の項目だけを消しても名指さない(office: Town, talks: em.Register) -> None:
    other = make_register(by=office.planner, key="talks2", definition=TALKS, department=office.it.pk)  # fmt: skip
    entered(office, other, [draft(4)])
    with at(JUNE + timedelta(days=800)):
        acts.erase_due(by=office.section_head)
    assert em.Private.objects.count() == 1
    assert codes() == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM evidence_contact WHERE subject_id = {a}", "J60"),
        ("UPDATE evidence_contact SET mail_key = '0123' WHERE subject_id = {a}", "J62"),
        ("UPDATE evidence_contact SET sealed = '1:AAAA' WHERE subject_id = {a}", "J62"),
        ("UPDATE evidence_contact SET sealed = (SELECT sealed FROM evidence_contact WHERE subject_id = {b}) WHERE subject_id = {a}", "J62"),
        ("DELETE FROM evidence_private WHERE number = 4", "J63"),
        ("UPDATE evidence_private SET sealed = (SELECT sealed FROM evidence_private WHERE number = 5) WHERE number = 4", "J64"),
    ],
)  # fmt: skip
def test_外で消し移し変えたものを名指す(
    office: Town, talks: em.Register, statement: str, code: str
) -> None:
    one, two, *_ = persons()
    sql(statement.format(a=one, b=two))
    assert codes() == [code]


def test_指紋を別の人に移すと名指す(office: Town, talks: em.Register) -> None:
    one, two, *_ = persons()
    mail = em.Contact.objects.get(pk=two).mail_key
    sql("UPDATE evidence_contact SET mail_key = '' WHERE subject_id = %s", one)
    assert codes() == ["J62"]
    sql("UPDATE evidence_contact SET mail_key = '' WHERE subject_id = %s", two)
    sql("UPDATE evidence_contact SET mail_key = %s WHERE subject_id = %s", mail, one)
    assert codes() == ["J62"]


def test_消去した人に連絡先を戻すと名指す(office: Town, talks: em.Register) -> None:
    one = persons()[0]
    kept = em.Contact.objects.get(pk=one)
    acts.erase(by=office.section_head, subject=one, reason="本人の申出")
    kept.save(force_insert=True)
    assert codes() == ["J61"]


def test_鍵がここにないものは開かず名指さない(office: Town, talks: em.Register, settings) -> None:
    settings.SOSEI_PERSONAL_KEYS = {7: b"7" * 32}
    assert codes() == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_何が起きたかを二つの言葉で言う(
    office: Town, talks: em.Register, lang: str, django_assert_max_num_queries: Callable
) -> None:
    sql("DELETE FROM evidence_private WHERE number IN (1, 4)")
    with django_assert_max_num_queries(60):
        [problem] = evidenced.problems()
    said = problem.sentence(lang)
    assert ("登録1・4番" if lang == "ja" else "entries 1, 4") in said


def test_前の版の台帳の連絡先ははじめに登録した台帳のものになる(
    office: Town, talks: em.Register
) -> None:
    other = make_register(by=office.planner, key="talks2", definition=TALKS, department=office.it.pk)  # fmt: skip
    entered(office, other, [draft(1), draft(9)])
    before = list(em.Contact.objects.order_by("pk").values_list("pk", "register"))
    assert {register for _, register in before} == {talks.pk, other.pk}
    em.Contact.objects.update(register=None)
    import_module("sosei.evidence.migrations.0006_whose_contact").first_heard(apps, None)
    assert list(em.Contact.objects.order_by("pk").values_list("pk", "register")) == before


def moved(person: int, register: em.Register) -> None:
    """Move a contact to another department's register with the database in hand."""
    sql("UPDATE evidence_contact SET register_id = %s WHERE subject_id = %s", register.pk, person)


@pytest.mark.parametrize("earlier", [False, True])
def test_連絡先の台帳を書き換えても見えず名指す(
    office: Town, talks: em.Register, earlier: bool
) -> None:
    one = persons()[0]
    other = make_register(by=office.planner, key="tours", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    who = Who(kind="person", name="だれか", mail="1@example.jp")
    enter(by=office.other, register=other.pk, drafts=[Draft(who=who, first=date(2021, 5, 9))])
    if earlier:  # as an earlier version wrote it: the text does not say where it was heard
        row = em.Contact.objects.get(pk=one)
        row.sealed = personal.sealed(row.body, one, personal.opened(row.body, one, row.sealed))
        row.save()
    assert codes() == []
    assert see_contact(by=office.officer, subject=one, register=talks.pk).name == "人1"
    assert see_contact(by=office.other, subject=one, register=other.pk).name == "だれか"
    moved(one, other)
    with pytest.raises(PersonalTextChanged):
        see_contact(by=office.other, subject=one, register=other.pk)
    assert codes() == ["J62"]


def test_別の台帳で訂正した登録の番号は失われた項目の言い訳にならない(
    office: Town, talks: em.Register
) -> None:
    other = make_register(by=office.planner, key="talks2", definition=TALKS, department=office.it.pk)  # fmt: skip
    entered(office, other, [draft(n) for n in range(11, 16)])
    whose = em.Entry.objects.get(register=other, number=4).subject_id
    assert whose is not None
    known = see_person(by=office.officer, subject=whose, register=other.pk)
    correct_private(
        by=office.officer, register=other.pk, number=4, values={"needs": "別"}, seen=known.marks[4], reason="申出",
    )  # fmt: skip
    sql("DELETE FROM evidence_private WHERE register_id = %s AND number = 4", talks.pk)
    assert codes() == ["J63"]


def test_台帳で聞いたことを外で消すと名指し束を取り消したなら名指さない(
    office: Town, talks: em.Register
) -> None:
    other = make_register(by=office.planner, key="tours", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    batch = entered(office, other, [draft(1), draft(2), draft(9)])
    assert batch is not None
    assert em.Told.objects.count() == 2
    assert codes() == []
    sql("DELETE FROM evidence_told WHERE subject_id = %s", persons()[0])
    assert [(one.code, one.facts) for one in evidenced.problems()] == [("J60", {"subject": persons()[0]})]  # fmt: skip
    undo(by=office.planner, batch=batch.pk, reason="別の表だった")
    assert not em.Told.objects.exists()
    assert codes() == []


def test_確認を待つ内容を外で消すと名指す(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    assert codes() == []
    sql("DELETE FROM evidence_held")
    assert codes() == ["J65"]

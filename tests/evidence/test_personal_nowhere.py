"""個人情報の在りか. After everything that is done with persons, no table and no log holds a name or contact in the clear."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from bookroom import BODY, Town, town
from evidenceroom import definition, entered
from sosei.evidence import models as em
from sosei.evidence.actions import persons as acts
from sosei.evidence.actions.entries import correct, take_out, undo
from sosei.evidence.actions.private import seal_private
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.private import personal_part
from sosei.evidence.queries.registers import history
from sosei.evidence.refusals_personal import NamesPerson
from sosei.evidence.stored import kind
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.journal.verify import verify

pytestmark = pytest.mark.django_db
#: Words that stand nowhere else: what is found of them was written from a person.
PLANTED = (
    "笹森", "珠緒", "ササモリ", "tamao", "019-555-7788", "見本市桜小路9-8-7", "車いすを使う", "榊原", "梢", "kozue",
)  # fmt: skip
TAMAO = Who(
    kind="person", name="笹森 珠緒", kana="ササモリ タマオ", mail="tamao@example.jp", phone="019-555-7788",
    address="見本市桜小路9-8-7",
)  # fmt: skip
KOZUE = Who(kind="person", name="榊原 梢", mail="kozue@example.jp")


@pytest.fixture
def office() -> Iterator[Town]:
    with at(datetime(2021, 6, 1, 3, tzinfo=UTC)):
        yield town()


@pytest.fixture
def fans(office: Town) -> em.Register:
    said = definition("registrants")
    said["fields"]["needs"] = {"ja": "配慮", "en": "Needs", "type": "text", "personal": True}
    return make_register(
        by=office.planner, key="registrants", definition=said, department=office.it.pk, keep_years=5
    )


def written() -> Iterator[tuple[str, str]]:
    """Every text of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    yield table, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)  # fmt: skip


def found() -> set[tuple[str, str]]:
    return {
        (table, word)
        for table, text in written()
        for word in PLANTED
        if word in text or word.encode("unicode_escape").decode() in text
    }


def everything_done(office: Town, fans: em.Register) -> None:
    """Enter two persons, and do with them whatever can be done."""
    values = {"prefecture": "東京都", "needs": "車いすを使う"}
    drafts = [Draft(who=who, first=date(2021, 5, 1), values=values, at="名簿!A2") for who in (TAMAO, KOZUE)]  # fmt: skip
    entered(office, fans, drafts)
    seal_private(fans, 1, personal_part(values, kind(fans)))
    seal_private(fans, 2, personal_part(values, kind(fans)))
    tamao, kozue = em.Contact.objects.order_by("pk").values_list("pk", flat=True)
    seen = history(BODY, fans.pk, 1)[0].content
    correct(
        by=office.planner, register=fans.pk, number=1, seen=seen, reason="地域の訂正",
        draft=Draft(who=TAMAO, first=date(2021, 5, 1), values={"prefecture": "岩手県", "needs": "車いすを使う"}),
    )  # fmt: skip
    set_attribute(by=office.planner, subject=tamao, name="region", value="県内")
    acts.give_consent(by=office.officer, subject=tamao, register=fans.pk)
    acts.see_contact(by=office.officer, subject=tamao, register=fans.pk)
    acts.export_contacts(by=office.officer, register=fans.pk, purpose="催しの案内")
    acts.withdraw(by=office.officer, subject=tamao, register=fans.pk, reason="本人の申出")
    row = acts.hold_person(by=office.planner, subject=kozue, register=fans.pk, reason="返還の期間")
    acts.release(by=office.planner, consent=row.pk)
    with pytest.raises(NamesPerson):
        acts.erase(by=office.section_head, subject=tamao, reason="笹森様の申出")
    encipher_anew()
    batch = entered(office, fans, [Draft(who=KOZUE, first=date(2021, 5, 2))])
    assert batch is not None
    undo(by=office.planner, batch=batch.pk, reason="二重の登録")
    seen = history(BODY, fans.pk, 2)[0].content
    take_out(by=office.planner, register=fans.pk, number=2, seen=seen, reason="誤り")


def test_人を登録して何をしても氏名や連絡先は平文でどこにもない(
    office: Town, fans: em.Register, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        everything_done(office, fans)
    assert found() == set()
    assert not [word for word in PLANTED if word in caplog.text]
    assert em.Contact.objects.count() == 2
    assert em.Private.objects.count() == 2
    assert Line.objects.count() > 12
    assert not verify(BODY).problems


def test_探し方は平文を見つける(office: Town, fans: em.Register) -> None:
    entered(office, fans, [Draft(who=Who(name="笹森鋳造"), first=date(2021, 5, 1))])
    assert found() == {("evidence_subject", "笹森")}


def test_消去のあとには暗号文も指紋も残らない(office: Town, fans: em.Register) -> None:
    everything_done(office, fans)
    kept = [
        text
        for row in em.Contact.objects.all()
        for text in (row.sealed, row.mail_key, row.name_key)
    ]
    kept += em.Private.objects.values_list("sealed", flat=True)
    tamao, kozue = em.Contact.objects.order_by("pk").values_list("pk", flat=True)
    merge(by=office.planner, subject=kozue, into=tamao, reason="同じ人")
    rows = list(em.Entry.objects.order_by("pk").values())
    acts.erase(by=office.section_head, subject=tamao, reason="本人の申出")
    assert not em.Contact.objects.exists()
    assert not em.Private.objects.exists()
    assert list(em.Entry.objects.order_by("pk").values()) == rows
    everything = [text for _, text in written()]
    assert not [one for one in kept if any(one in text for text in everything)]
    assert not verify(BODY).problems

"""一度に多く. Acts over thousands name no more in one statement than any database takes; what they count stays right."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from bookroom import BODY, Town, town
from evidenceroom import defined, definition, entered, firm, made, member, same, value
from sosei.evidence import models as em
from sosei.evidence.actions import persons as acts
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.entries import undo
from sosei.evidence.actions.measures import redefine_measure
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.queries import privacy
from sosei.house.verifying import whole
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2021, 6, 1, 3, tzinfo=UTC)
#: Far fewer than any database takes; and more of everything than that.
LIMIT, MANY = 1500, 2100
MAKERS = 'count of members where subject.maker = yes at end unit "社"'


@pytest.fixture(autouse=True)
def few_names() -> Iterator[None]:
    """Let a statement name as little as it may anywhere."""
    if connection.vendor != "sqlite":
        pytest.skip("the limit is set in SQLite")
    connection.ensure_connection()
    sort = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    before = connection.connection.setlimit(sort, LIMIT)
    yield
    connection.connection.setlimit(sort, before)


@pytest.fixture
def office() -> Iterator[Town]:
    with at(JUNE):
        yield town()


def test_多くの会社を登録し数え方を変え締めて束ごと取り消す(office: Town) -> None:
    members = made(office, "members")
    row = defined(office, "makers", MAKERS)
    defined(office, "firms", 'distinct subject of members during fiscal unit "社"')
    batch = entered(office, members, [member(f"会社{n}", date(2021, 5, 1)) for n in range(MANY)])
    assert batch is not None
    first = em.Subject.objects.order_by("pk")[0]
    set_attribute(by=office.planner, subject=first.pk, name="maker", value=True)
    entered(office, members, [Draft(entry=n, who=firm(f"会社{n - 1}"), first=date(2021, 5, 2)) for n in range(1, MANY + 1)])  # fmt: skip
    assert (value(BODY, "makers", 2021), value(BODY, "firms", 2021)) == (1, MANY)
    redefine_measure(by=office.planner, row=row.pk, seen=1, name="makers", text=MAKERS.replace(" at end", " during fiscal"), note=None, reason="見直し")  # fmt: skip
    same(BODY, "makers", [2021, 2022])
    survey = made(office, "hires")
    firms = list(em.Subject.objects.values_list("pk", flat=True))
    assert ask(by=office.planner, register=survey.pk, year=2020, subjects=firms, sent=None, due=None) == MANY  # fmt: skip
    close_register(by=office.section_head, register=survey.pk, year=2020)
    undo(by=office.planner, batch=em.Batch.objects.filter(register=members).latest("pk").pk, reason="別の名簿")  # fmt: skip
    undo(by=office.planner, batch=entered(office, members, [member(f"新社{n}", date(2021, 5, 3)) for n in range(MANY)]).pk, reason="別の名簿")  # fmt: skip
    same(BODY, "firms", [2021, 2022])
    assert whole(BODY, []).fine


def test_多くの人を登録し書き出し鍵を替え取り消し消去する(office: Town, settings) -> None:
    said = definition("registrants")
    said["fields"]["needs"] = {"ja": "配慮", "en": "Needs", "type": "text", "personal": True}
    fans, others = (
        make_register(by=office.planner, key=key, definition=said, department=office.it.pk, keep_years=1)
        for key in ("registrants", "registrants2")
    )  # fmt: skip
    people = [Who(kind="person", name=f"人々{n}", mail=f"a{n}@example.jp") for n in range(MANY)]
    drafts = [Draft(who=who, first=date(2021, 5, 1), values={"needs": "配慮"}) for who in people]
    entered(office, fans, drafts)
    again = entered(office, others, drafts)
    assert em.Told.objects.count() == MANY
    assert len(acts.export_contacts(by=office.officer, register=others.pk, purpose="案内").rows) == MANY  # fmt: skip
    settings.SOSEI_PERSONAL_KEYS = settings.SOSEI_PERSONAL_KEYS | {9: b"9" * 32}
    assert encipher_anew() == (4 * MANY, 0)
    assert again is not None
    undo(by=office.planner, batch=again.pk, reason="別の表だった")
    assert not em.Told.objects.exists()
    with at(JUNE + timedelta(days=800)):
        assert len(privacy.due(BODY, date(2023, 8, 1))) == MANY
        assert acts.erase_due(by=office.section_head) == MANY
    assert not em.Contact.objects.exists()
    assert whole(BODY, []).fine

"""検証の法則. What the actions wrote is always found as written; whatever one column of one row then says else is named."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bookroom import BODY, town
from sosei.core.report import Report
from sosei.journal.acts import act
from sosei.journal.models import Fact, Past
from sosei.journal.tables import facts
from sosei.journal.undo import undo
from sosei.journal.verify import verify
from sosei.ledger.actions.record import record_report
from sosei.ledger.refusals import Unrecordable
from sosei.offices.models import Department
from strategies import reports
from yearbook import small_report

pytestmark = pytest.mark.django_db

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@contextmanager
def passing() -> Iterator[None]:
    """Do what is inside in a transaction that leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=40)
@given(report=reports())
def test_どの報告書を登録しても検証に合う(report: Report) -> None:
    with passing():
        made = town()
        with suppress(Unrecordable):
            record_report(by=made.planner, report=report)
        verdict = verify()
        assert verdict.fine, [problem.sentence() for problem in verdict.problems]


@settings(max_examples=60)
@given(
    names=st.lists(words, min_size=1, max_size=5),
    said=st.dictionaries(words, json_values, max_size=4),
)
def test_どんな語と添え書きを書いても検証に合う(names: list[str], said: dict[str, object]) -> None:
    with passing():
        made = town()
        for name in names:
            with act("department.correct", body=BODY, by=None, facts=said) as w:
                w.change(made.it, name=name)
        volume = record_report(by=made.planner, report=small_report())
        with act("test.trace", body=BODY, by=None) as w:
            w.change(volume, trace=said)
        with act("test.trace", body=BODY, by=None) as w:
            w.change(volume, trace={}, bodies=[said])
        verdict = verify()
        assert verdict.fine, [problem.sentence() for problem in verdict.problems]


def other(field: models.Field, value: object, chance: random.Random) -> object:
    """Another value that the column can hold."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return value + timedelta(seconds=chance.randint(1, 9)) if value else None
    if isinstance(field, models.DateField):
        return value + timedelta(days=chance.randint(1, 9)) if value else None
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return value + 1 if value is not None else None
    if isinstance(field, models.JSONField):
        return [value]
    return f"{value or ''}x"[: field.max_length or 99] if value != "x" else "y"


def columns(table: type[Fact]) -> list[models.Field]:
    """What can be changed in a row without the database itself refusing it."""
    kept = (models.ForeignKey, models.AutoField)
    return [f for f in table._meta.concrete_fields if not isinstance(f, kept)]


def tampered(chance: random.Random) -> Fact:
    """Change a column of a row behind the journal's back; another one where the database itself refuses it."""
    while True:
        table = chance.choice([t for t in facts() if t._base_manager.exists()])
        row = chance.choice(list(table._base_manager.order_by("pk")))
        field = chance.choice(columns(table))
        changed = other(field, getattr(row, field.attname), chance)
        with suppress(IntegrityError), transaction.atomic():
            if changed is not None and changed != getattr(row, field.attname):
                table._base_manager.filter(pk=row.pk).update(**{field.attname: changed})
                return row


@pytest.mark.parametrize("seed", range(30))
def test_どの行のどの欄が変えられても名指す(seed: int) -> None:
    chance = random.Random(seed)
    made = town()
    record_report(by=made.planner, report=small_report())
    row = tampered(chance)
    (problem,) = verify().problems
    assert problem.code in ("J10", "J13")
    assert problem.facts["row"] == row.pk
    assert problem.facts["table"].en == row._meta.label_lower


@pytest.mark.parametrize("seed", range(12))
def test_取消と取消の取消を重ねても検証に合う(seed: int) -> None:
    chance = random.Random(seed)
    made = town()
    for n in range(chance.randint(3, 9)):
        with act("test.many", body=BODY, by=None) as w:
            for row in chance.sample([made.it, made.tourism, made.planning], chance.randint(1, 3)):
                w.change(row, name=f"{n}{row.code}")
            w.add(Department(code=f"n{n}", name="新", first_day=made.it.first_day))
        entry = w.entry
        assert entry is not None
        for _ in range(chance.randint(0, 3)):
            entry = undo(entry, None)
        for row in (made.it, made.tourism, made.planning):
            row.refresh_from_db()
    assert verify().fine
    assert Past.objects.exists()

"""乱数の経過の試験. Whatever is done to registers, in whatever order: kept sums are what counting entry by entry gives."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wandering import Wanderer, close_all, differing, final_answers, settle

from bookroom import BODY, town
from sosei.evidence import models as em
from sosei.house import evidenced
from sosei.journal import clock
from sosei.journal.verify import verify
from strategies import examples

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: Elsewhere the same histories are begun with: fewer, but for DEEP.
SQLITE = "SOSEI_DATABASE" not in os.environ
BEGIN = datetime(2024, 6, 3, 3, tzinfo=UTC)
#: What was done, and refused, over all histories.
seen: Counter[str] = Counter()


@pytest.fixture
def office():
    with clock.at(BEGIN):
        made = town()
        settle(made)
        yield made


@settings(
    max_examples=150 if SQLITE else examples(50, deep=150),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**64), steps=st.integers(5, 10))
def test_どんな経過でも控えた合計は数え直したものと同じ(office, seed: int, steps: int) -> None:
    with transaction.atomic():
        _history(Wanderer(seed, office), steps)
        transaction.set_rollback(True)


@settings(
    max_examples=100 if SQLITE else examples(30, deep=100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**64), steps=st.integers(4, 8))
def test_締めた答えは解くか数え方を変えるまで動かない(office, seed: int, steps: int) -> None:
    """Whatever is entered, corrected, told late, merged, erased or undone: a figure that was counted to the end stays so."""
    with transaction.atomic():
        who = Wanderer(seed, office)
        for _ in range(3):
            who.define()
        close_all(office)
        told: list[str] = []
        for n in range(steps):
            before = final_answers()
            with clock.at(BEGIN + timedelta(minutes=n + 1)):
                told.append(who.wander())
            now = final_answers()
            opened = told[-1] == "reopen"
            assert opened or _same(before, now), told
            seen["kept"] += not opened and " " not in told[-1] and len(before) > 0
        seen.update(told)
        assert not differing(), told
        assert not list(evidenced.problems()), told
        transaction.set_rollback(True)


def _same(before, now) -> bool:
    """Of the measures that still stand in the version that they had."""
    standing = set(em.Measure.objects.filter(voided=None).values_list("pk", "stamp"))
    return all(now.get(key) == was for key, was in before.items() if key[:2] in standing)


def _history(who: Wanderer, steps: int) -> None:
    told = []
    for n in range(steps):
        with clock.at(BEGIN + timedelta(minutes=n + 1)):
            told.append(who.define() or "define" if n < 2 else who.wander())
        assert not differing(), told
    seen.update(told)
    seen["sums"] += em.Tally.objects.exclude(n=0, total=0).values("measure").distinct().count()
    seen["measures"] += em.Measure.objects.filter(voided=None).count()
    assert not list(evidenced.problems()), told
    if len(told) % 3 == 0:  # the journal has tests of its own
        assert not verify(BODY).problems, told


def test_どの行いも断りも経過にある() -> None:
    """Of what was drawn: every act went through, and those that can be refused were."""
    if sum(seen.values()) < 1000:
        pytest.skip("not all of the histories were run")
    acts = {name for _, act in Wanderer(0, None).acts for name in [act.__name__]}
    assert acts <= set(seen)
    assert seen["sums"] > 0.6 * seen["measures"], "most measures count something"
    assert seen["kept"] > 60, "much was done while answers were closed"
    assert {"E402", "E743", "E744", "E746", "E749", "E750"} <= {
        name.partition(" ")[2] for name in seen
    }

"""乱数の経過の試験. Whatever is done to registers, in whatever order: kept sums are what counting entry by entry gives."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wandering import Wanderer, differing, settle

from bookroom import BODY, town
from sosei.evidence import models as em
from sosei.house import evidenced
from sosei.journal import clock
from sosei.journal.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
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
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**64), steps=st.integers(5, 10))
def test_どんな経過でも控えた合計は数え直したものと同じ(office, seed: int, steps: int) -> None:
    with transaction.atomic():
        _history(Wanderer(seed, office), steps)
        transaction.set_rollback(True)


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
    if sum(seen.values()) < 500:
        pytest.skip("the histories themselves were not run")
    acts = {name for _, act in Wanderer(0, None).acts for name in [act.__name__]}
    assert acts <= set(seen)
    assert seen["sums"] > 0.6 * seen["measures"], "most measures count something"
    assert {"E402", "E743", "E744", "E746", "E749", "E750"} <= {
        name.partition(" ")[2] for name in seen
    }

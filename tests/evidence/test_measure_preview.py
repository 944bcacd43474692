"""試し: a measure's text counts before it is saved what it counts once it is; nothing is written, and no part is told for the whole."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planting import Planted, describe, plant, registers, subjects

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member, same
from sosei.core.gaps import Gap
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask
from sosei.evidence.drafts import Draft
from sosei.evidence.measures.counting import count
from sosei.evidence.measures.parser import parse
from sosei.evidence.measures.writing import write
from sosei.evidence.queries.answers import counted
from sosei.evidence.queries.preview import ROWS, preview
from sosei.evidence.stored import attributes_of, closed, records_of
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
YEARS = [2018, 2019, 2020, 2021, 2022]


@pytest.fixture
def office() -> Town:
    return town()


@pytest.mark.parametrize("of", ["entry", "subject", "recount"])
def test_試した答えは意味のとおり(office: Town, of: str) -> None:
    there, who = registers(office), subjects()

    @settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
    @given(st.integers(0, 2**64), st.sampled_from([10**6, 6]))
    def every(seed: int, most: int) -> None:
        world = Planted(seed).world(of, 20)
        with transaction.atomic():
            plant(there, who, world.book)
            describe(who, world.history)
            found = preview(BODY, world.measure, YEARS, most=most)
            known = attributes_of(BODY, {"maker", "worth", "seat"})
            flat = [one for own in known.values() for one in own]
            records, states = list(records_of(there.values())), closed(there.values())
            for year, answer in found.answers.items():
                wanted = count(world.measure, year, states, records, flat)
                assert answer.so_far == wanted.so_far, (world.measure, year)
                assert (answer.n, answer.missing) == (len(wanted.records), wanted.missing)
            transaction.set_rollback(True)
        assert set(found.answers) | set(found.left_out) == set(YEARS)
        assert found.left_out == () or most == 6

    every()


def test_試しても何も書かれず保存すると同じ数になる(office: Town) -> None:
    register = made(office, "members")
    entered(
        office, register, [member(f"社{n}", date(2017 + n, 5, 1)) for n in range(4)]
    )  # fmt: skip
    lines, tallies = Line.objects.count(), em.Tally.objects.count()
    tree = parse('count of members at end unit "社"')
    found = preview(BODY, tree, YEARS)
    assert (Line.objects.count(), em.Tally.objects.count()) == (lines, tallies)
    assert em.Measure.objects.count() == 0
    assert [found.answers[year].so_far for year in YEARS] == [2, 3, 4, 4, 4]
    assert found.answers[2021].gap is Gap.COUNTING
    defined(office, "firms", write(tree))
    assert counted(BODY, "firms", YEARS).answers == found.answers
    same(BODY, "firms", YEARS)


def test_最初の十行と未回答を言う(office: Town) -> None:
    register = made(office, "hires")
    drafts = [
        Draft(who=firm(f"社{n}"), year=2021, values={"headcount": Decimal(n), "local_school": True})
        for n in range(1, 13)
    ]
    entered(office, register, drafts)
    asked = list(em.Subject.objects.values_list("pk", flat=True))
    entered(office, register, [
        Draft(who=firm("答えない社"), year=2019, values={"headcount": Decimal(1), "local_school": True})
    ])  # fmt: skip
    asked.append(em.Subject.objects.get(name="答えない社").pk)
    ask(by=office.planner, register=register.pk, year=2021, subjects=asked, sent=None, due=None)
    found = preview(BODY, parse('sum headcount of hires during survey unit "人"'), [2021])
    assert (found.answers[2021].so_far, found.asked[2021]) == (78, 13)
    assert found.answers[2021].silent == {asked[-1]}
    assert len(found.page.rows) == ROWS
    assert found.page.more is not None


def test_多すぎる年は数えずにその年を名指す(office: Town) -> None:
    register = made(office, "events")
    days = [date(2020, 5, 1 + n) for n in range(3)] + [date(2021, 5, 1)]
    entered(office, register, [
        Draft(first=day, values={"title": "催し", "kind": "セミナー"}) for day in days
    ])  # fmt: skip
    found = preview(BODY, parse('count of events unit "回"'), [2020, 2021], most=2)
    assert found.left_out == (2020,)
    assert found.answers[2021].so_far == 1
    assert len(found.page.rows) == 1

"""戻った時計. The machine's clock jumps back: nothing is lost, the chain holds, and it is said."""

from datetime import UTC, datetime, timedelta

import pytest

from bookroom import BODY, town
from sosei.house.checks_book import clock_forward
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry, Past
from sosei.journal.past import as_of
from sosei.journal.verify import verify
from sosei.offices.models import Department

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 6, 1, 3, tzinfo=UTC)


def rename(moment: datetime, name: str) -> None:
    with clock.at(moment), act("department.correct", body=BODY, by=None) as w:
        w.change(Department.objects.get(code="02"), name=name)


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=3), timedelta(days=400)])
def test_戻った時計の下でも行いは残り鎖はつながる(back: timedelta) -> None:
    with clock.at(NOON):
        town()
    rename(NOON + timedelta(minutes=1), "先")
    rename(NOON + timedelta(minutes=1) - back, "後")
    rename(NOON + timedelta(minutes=2), "直った後")
    assert Department.objects.get(code="02").name == "直った後"
    assert [entry.seq for entry in Entry.objects.order_by("seq")] == [1, 2, 3, 4]
    assert Past.objects.count() == 3
    verdict = verify()
    assert verdict.fine
    assert [n.facts["lines"].first for n in verdict.unproven if n.code == "N03"] == [3]


def test_戻る前と直った後の姿は問える() -> None:
    with clock.at(NOON):
        town()
    rename(NOON + timedelta(minutes=1), "先")
    rename(NOON - timedelta(hours=1), "後")
    rename(NOON + timedelta(hours=1), "直った後")
    rows = Department.objects.filter(code="02")
    names = [as_of(rows, NOON + timedelta(hours=h))[0].name for h in (0.5, 2)]
    assert names == ["後", "直った後"]


def test_診断は時計が戻っていると言う() -> None:
    with clock.at(NOON):
        town()
        assert clock_forward().state == "good"
    with clock.at(NOON - timedelta(minutes=5)):
        found = clock_forward()
    assert found.state == "bad"
    assert "2022-06-01 12:00:00" in found.said_ja
    assert "NTP" in found.todo_ja

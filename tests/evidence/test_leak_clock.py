"""漏えいの期限. What must be reported, and by when: the day it became known is the first, a final report never falls on a closed day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.evidence.leaks import KINDS, LeakClock, leak_clock
from sosei.offices.workdays import is_open

JUNE = date(2023, 6, 1)
JAPAN = ZoneInfo("Asia/Tokyo")
DAYS = st.dates(date(2023, 4, 1), date(2035, 12, 31))


def moment(day: date, hour: int = 18) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JAPAN)


def day(clock: LeakClock, code: str) -> date | None:
    return next(step.by for step in clock.steps if step.code == code)


@pytest.mark.parametrize(
    ("kind", "persons", "grounds"),
    [
        ("plain", 100, []),
        ("plain", 101, ["many"]),
        ("plain", 0, []),
        ("plain", None, ["unknown"]),
        ("sensitive", 1, ["sensitive"]),
        ("property", 1, ["property"]),
        ("wrongful", 1, ["wrongful"]),
        ("ordinance", 1, ["ordinance"]),
        ("sensitive", 500, ["sensitive", "many"]),
        (("wrongful", "sensitive"), 1, ["sensitive", "wrongful"]),
    ],
)
def test_報告するかどうかは種類と人数による(kind, persons, grounds) -> None:
    clock = leak_clock(moment(JUNE), kind, persons)
    assert [ground.code for ground in clock.grounds] == grounds
    assert clock.reported is bool(grounds)
    assert [step.code for step in clock.steps] == (
        ["first", "persons", "final"] if grounds else ["record"]
    )


@pytest.mark.parametrize(
    ("found", "kind", "first", "final"),
    [
        # Thursday: the 30th day is a Friday
        (date(2023, 6, 1), "sensitive", date(2023, 6, 5), date(2023, 6, 30)),
        # the 30th day is Saturday 1 July: Monday
        (date(2023, 6, 2), "sensitive", date(2023, 6, 6), date(2023, 7, 3)),
        # the 30th day is Sunday 30 April, then 1 and 2 May are open
        (date(2023, 4, 1), "sensitive", date(2023, 4, 5), date(2023, 5, 1)),
        # the 30th day is 3 May: the holidays end on 7 May
        (date(2023, 4, 4), "sensitive", date(2023, 4, 8), date(2023, 5, 8)),
        # the 30th day is 29 December: the office opens on 4 January
        (date(2023, 11, 30), "sensitive", date(2023, 12, 4), date(2024, 1, 4)),
        # wrongful purpose: 60 days
        (date(2023, 6, 1), "wrongful", date(2023, 6, 5), date(2023, 7, 31)),
        (date(2023, 6, 6), "wrongful", date(2023, 6, 10), date(2023, 8, 4)),
    ],
)
def test_期限は知った日を一日目とし確報だけが閉庁日のあとにずれる(
    found: date, kind, first: date, final: date
) -> None:
    clock = leak_clock(moment(found), kind, 1)
    assert (day(clock, "first"), day(clock, "final")) == (first, final)
    assert day(clock, "persons") is None


def test_知った日は日本の日で数える() -> None:
    assert leak_clock(datetime(2023, 6, 1, 16, tzinfo=UTC), "sensitive", 1).known == date(2023, 6, 2)  # fmt: skip


@given(
    found=DAYS,
    hour=st.integers(0, 23),
    kind=st.sampled_from(KINDS),
    persons=st.none() | st.integers(0, 5000),
)
def test_確報の期限はいつも開庁日で三十日より前にならない(found: date, hour, kind, persons) -> None:
    clock = leak_clock(moment(found, hour), kind, persons)
    if not clock.reported:
        return
    final, first = day(clock, "final"), day(clock, "first")
    assert final is not None
    assert first == found + timedelta(days=4)
    days = 60 if kind == "wrongful" else 30
    due = found + timedelta(days=days - 1)
    assert is_open(final)
    assert due <= final
    assert not any(is_open(due + timedelta(days=n)) for n in range((final - due).days))


def test_文は二つの言葉で同じ日を言い根拠がある() -> None:
    clock = leak_clock(moment(JUNE), ("sensitive", "wrongful"), None)
    final = next(step for step in clock.steps if step.code == "final")
    assert "令和5年7月31日（月）" in final.sentence()
    assert "2023-07-31" in final.sentence("en")
    assert all(step.source and step.sentence() != step.sentence("en") for step in clock.steps)
    assert all(ground.source and ground.ja and ground.en for ground in clock.grounds)


def test_知らない種類は断る() -> None:
    with pytest.raises(ValueError, match="stolen"):
        leak_clock(moment(JUNE), "stolen", 1)

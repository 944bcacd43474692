"""数え直し. The standalone verifier counts from a bundle what the evidence counts from the book, for any measure at all."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from measuring import measures
from passports import passport_of, unpacked

from sosei.evidence.measures.entries import KINDS, Attribute, Record, Register
from sosei.evidence.measures.model import (
    COMPARES,
    OF_A_PATH,
    OPERATIONS,
    ROUNDINGS,
    After,
    All,
    At,
    During,
    Either,
    Having,
    Is,
    Known,
    Measure,
    Not,
    OneOf,
    Over,
    Path,
    Rounded,
    Since,
)
from sosei.evidence.passport import RegisterPart, bundle
from sosei.evidence.passport.verify_passport import verify

YEARS = (2020, 2021, 2022)
KEYS = ("members", "hires")
COLUMNS = ("place", "人数")
STAGES = ("0", "決定")
WORDS = ("青森市", "盛岡市", "3", "2021-05-01", "他")
VALUES = (*WORDS, True, False, Decimal(3), Decimal("-2.5"), Decimal("0.00"), date(2021, 5, 1), date(2021, 5, 2))  # fmt: skip
#: Days at which something may go over: ends of months and of years.
ENDS = tuple(
    date(year, month, day) for year in (2020, 2021, 2022)
    for month, day in ((1, 1), (2, 28), (3, 31), (4, 1), (8, 31), (9, 30), (12, 31))
)  # fmt: skip

# -- measures that ask what the book has -------------------------------------------------------------------------------

SHIFTS = st.sampled_from([0, 0, -1, 1])
DAYS = st.sampled_from(ENDS) | st.dates(date(2020, 1, 1), date(2022, 12, 31))
PATHS = st.builds(Path, st.sampled_from((*COLUMNS, "subject"))) | st.builds(
    Path, st.sampled_from(COLUMNS), st.just(True), st.sampled_from(["entry", "window"])
)
CONSTANTS = st.sampled_from((*VALUES, *(Decimal(n) / 2 for n in range(1, 9))))
WINDOWS = st.one_of(
    st.builds(During, st.sampled_from(["fiscal", "calendar", "survey"]), SHIFTS),
    st.builds(Since, st.none() | DAYS),
    st.builds(At, st.sampled_from(["fiscal", "calendar"]), SHIFTS),
    st.builds(lambda day, shift: At("fiscal", shift, day.month, day.day), DAYS, SHIFTS),
    st.just(At("fiscal", 0, 2, 29)),
)


def conditions() -> st.SearchStrategy:
    single = st.one_of(
        st.builds(Is, PATHS, st.sampled_from(COMPARES), CONSTANTS),
        st.builds(OneOf, PATHS, st.lists(CONSTANTS, min_size=1, max_size=3).map(tuple)),
        st.builds(Known, PATHS),
    )

    def joined(inner: st.SearchStrategy) -> st.SearchStrategy:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(All, several) | st.builds(Either, several)

    return st.recursive(single, joined, max_leaves=3)


@st.composite
def near_measures(draw: st.DrawFn) -> Measure:
    operation = draw(st.sampled_from(OPERATIONS))
    latest = operation == "latest"
    rarely = draw(st.integers(0, 7))
    having = st.builds(Having, st.none() | PATHS, st.sampled_from(COMPARES), st.integers(0, 3))
    after = st.builds(
        After,
        st.sampled_from(KEYS),
        st.sampled_from((None, *STAGES)),
        st.sampled_from((None, 0, 1, 5, 30)),
    )
    places = st.lists(st.sampled_from((*WORDS, "1", "2", "None")), min_size=1, max_size=2).map(
        tuple
    )
    return Measure(
        operation=operation,
        registers=(draw(st.sampled_from(KEYS)),) if latest or rarely % 2 else KEYS,
        unit=draw(st.sampled_from(["人", "件"])),
        path=draw(PATHS) if operation in OF_A_PATH else None,
        stage=draw(st.sampled_from(STAGES)) if not latest and rarely in (3, 4, 5) else None,
        window=draw(WINDOWS),
        where=draw(conditions()) if rarely in (1, 2, 3) else None,
        having=tuple(draw(st.lists(having, max_size=2))) if operation == "distinct" else (),
        after=draw(after) if rarely in (5, 6) else None,
        over=draw(st.builds(Over, PATHS, places, st.booleans())) if operation in ("sum", "latest") and rarely > 5 else None,
        rounded=draw(st.builds(Rounded, st.sampled_from(ROUNDINGS), st.integers(-1, 1))) if rarely == 0 else None,
    )  # fmt: skip


# -- books at random ---------------------------------------------------------------------------------------------------


def a_day(of: Random) -> date:
    if of.random() < 0.4:
        return of.choice(ENDS) + timedelta(of.choice((-1, 0, 0, 1)))
    return date(2019, 6, 1) + timedelta(of.randrange(1500))


def maybe(of: Random, said: object) -> object:
    return None if of.random() < 0.25 else said


def a_register(of: Random, key: str) -> RegisterPart:
    closed = of.choice((date(2030, 1, 1), date(2030, 1, 1), None, a_day(of)))
    register = Register(
        key=key, kind=of.choice(KINDS), closed_until=closed,
        closed_years=frozenset(of.sample(range(2019, 2024), of.choice((3, 5, 5)))),
        expected={2021: frozenset(of.sample(range(1, 9), 3))},
    )  # fmt: skip
    return RegisterPart(
        register=register, ja=key, rows=of.choice(("internal", "confidential")), subject=of.choice(("organisation", "person")),
        free_text=frozenset(of.sample(("subject.place", *COLUMNS), of.randrange(3))),
    )  # fmt: skip


def a_record(of: Random, key: str, n: int) -> Record:
    return Record(
        id=n, register=key, subject=maybe(of, of.randrange(1, 6)), first=maybe(of, a_day(of)), last=maybe(of, a_day(of)),
        year=maybe(of, of.randrange(2019, 2024)), size=of.randrange(1, 9),
        stages={stage: a_day(of) for stage in STAGES if of.random() < 0.7},
        values={name: of.choice(VALUES) for name in COLUMNS if of.random() < 0.8},
    )  # fmt: skip


def a_book(of: Random, keys: Sequence[str]) -> tuple[list[RegisterPart], list[Record], list[Attribute]]:  # fmt: skip
    ids = iter(of.sample(range(1, 10**6), 40))
    records = [a_record(of, key, next(ids)) for key in keys[:4] for _ in range(of.randrange(10))]
    attributes = [
        Attribute(subject=of.randrange(1, 6), name=name, value=of.choice(VALUES), first=maybe(of, a_day(of)))
        for name in COLUMNS for _ in range(6)
    ]  # fmt: skip
    return [a_register(of, key) for key in keys], records, attributes


def assert_recounted(several: Sequence[Measure], seed: int) -> None:
    """Whatever the book: each cell of the bundle is what the evidence counts."""
    # numbers of subjects are no amounts: `binding` refuses to sum them, and those of a bundle are others
    assume(all(m.operation not in ("sum", "latest") or m.path != Path("subject") for m in several))
    keys = {*KEYS, *(key for m in several for key in m.registers)}
    keys |= {m.after.register for m in several if m.after}
    parts, records, attributes = a_book(Random(seed), sorted(keys))
    named = {f"指標{n}": m for n, m in enumerate(several)}
    passport = passport_of(named, parts, records, attributes, YEARS)
    said = list(verify(unpacked(bundle(passport))))
    assert len(said) == 1 + len(YEARS) * len(several)
    assert [line for well, line in said if not well] == []


@settings(max_examples=500)
@given(st.lists(near_measures(), min_size=1, max_size=3), st.integers(0, 10**9))
def test_台帳に問う数え方は束から数え直すと同じ答えになる(several, seed) -> None:
    assert_recounted(several, seed)


@settings(max_examples=100)
@given(st.lists(measures(), min_size=1, max_size=2), st.integers(0, 10**9))
def test_どんな数え方も束から数え直すと同じ答えになる(several, seed) -> None:
    assert_recounted(several, seed)

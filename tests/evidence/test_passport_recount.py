"""数え直し. The standalone verifier counts from a bundle what the evidence counts from the book, for any measure at all."""

from datetime import date
from decimal import Decimal

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
REGISTERS = st.sampled_from(["members", "hires", "place", "subject"])
COLUMNS = ["members", "place", "人数"]
STAGES = st.sampled_from(["0", "決定"])
WORDS = ["青森市", "盛岡市", "3", "2021-05-01", "他"]
VALUES = st.sampled_from(
    [*WORDS, True, False, Decimal(3), Decimal("-2.5"), Decimal("0.00"), date(2021, 5, 1), date(2021, 5, 2)]
)  # fmt: skip
#: Days at which something may go over: ends of months and years, and any other.
DAYS = st.sampled_from([
    date(year, month, day) for year in (2019, 2020, 2021, 2022, 2023)
    for month, day in ((1, 1), (3, 31), (4, 1), (12, 31), (2, 28), (8, 31), (9, 30))
]) | st.dates(date(2019, 1, 1), date(2023, 12, 31))  # fmt: skip

RECORDS = st.builds(
    Record, id=st.integers(1, 10**6), register=REGISTERS, subject=st.none() | st.integers(1, 4),
    first=st.none() | DAYS, last=st.none() | DAYS, year=st.none() | st.integers(2019, 2023), size=st.integers(1, 50),
    stages=st.dictionaries(STAGES, DAYS), values=st.dictionaries(st.sampled_from(COLUMNS), VALUES),
)  # fmt: skip
ATTRIBUTES = st.builds(
    Attribute, subject=st.integers(1, 4), name=st.sampled_from(COLUMNS), value=VALUES, first=st.none() | DAYS
)  # fmt: skip


def paths() -> st.SearchStrategy[Path]:
    of_subjects = st.builds(
        Path, st.sampled_from(COLUMNS), st.just(True), st.sampled_from(["entry", "window"])
    )
    return st.builds(Path, st.sampled_from([*COLUMNS, "subject"])) | of_subjects


def conditions() -> st.SearchStrategy:
    constants = VALUES | st.sampled_from([Decimal(n) / 2 for n in range(1, 9)])
    single = st.one_of(
        st.builds(Is, paths(), st.sampled_from(COMPARES), constants),
        st.builds(OneOf, paths(), st.lists(constants, min_size=1, max_size=3).map(tuple)),
        st.builds(Known, paths()),
    )
    several = lambda inner: st.lists(inner, min_size=2, max_size=3).map(tuple)  # noqa: E731
    return st.recursive(
        single,
        lambda inner: st.one_of(
            st.builds(Not, inner), st.builds(All, several(inner)), st.builds(Either, several(inner))
        ),
        max_leaves=4,
    )


def windows() -> st.SearchStrategy:
    shifts = st.integers(-1, 1)
    return st.one_of(
        st.builds(During, st.sampled_from(["fiscal", "calendar", "survey"]), shifts),
        st.builds(Since, st.none() | DAYS),
        st.builds(At, st.sampled_from(["fiscal", "calendar"]), shifts),
        st.builds(lambda day, shift: At("fiscal", shift, day.month, day.day), DAYS, shifts),
        st.just(At("fiscal", 0, 2, 29)),
    )


@st.composite
def near_measures(draw: st.DrawFn) -> Measure:
    """Measures that ask what the records have."""
    operation = draw(st.sampled_from(OPERATIONS))
    latest = operation == "latest"
    having = st.builds(Having, st.none() | paths(), st.sampled_from(COMPARES), st.integers(0, 3))
    places = st.lists(st.sampled_from([*WORDS, "1", "2"]), min_size=1, max_size=2).map(tuple)
    return Measure(
        operation=operation,
        registers=tuple(draw(st.lists(REGISTERS, min_size=1, max_size=1 if latest else 3))),
        unit=draw(st.sampled_from(["人", "件"])),
        path=draw(paths()) if operation in OF_A_PATH else None,
        stage=None if latest else draw(st.none() | STAGES),
        window=draw(windows()),
        where=draw(st.none() | conditions()),
        having=tuple(draw(st.lists(having, max_size=2))) if operation == "distinct" else (),
        after=draw(st.none() | st.none() | st.builds(After, REGISTERS, st.none() | STAGES, st.none() | st.integers(1, 30))),
        over=draw(st.none() | st.builds(Over, paths(), places, st.booleans())) if operation in ("sum", "latest") else None,
        rounded=draw(st.none() | st.builds(Rounded, st.sampled_from(ROUNDINGS), st.integers(-1, 1))),
    )  # fmt: skip


@st.composite
def parts(draw: st.DrawFn, keys: list[str]) -> list[RegisterPart]:
    done = st.just(date(2030, 1, 1))
    return [
        RegisterPart(
            register=Register(
                key=key, kind=draw(st.sampled_from(KINDS)), closed_until=draw(st.none() | done | DAYS),
                closed_years=draw(st.frozensets(st.integers(2019, 2023))),
                expected=draw(st.dictionaries(st.sampled_from(YEARS), st.frozensets(st.integers(1, 6)), max_size=1)),
            ),
            ja=key, rows=draw(st.sampled_from(["internal", "confidential"])),
            subject=draw(st.sampled_from(["organisation", "person"])),
            free_text=draw(st.frozensets(st.sampled_from([*COLUMNS, "subject.place"]))),
        )
        for key in keys
    ]  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(near_measures() | near_measures() | measures(), min_size=1, max_size=3),
    st.lists(RECORDS, max_size=14, unique_by=lambda record: record.id),
    st.lists(ATTRIBUTES, max_size=8),
    st.data(),
)
def test_どんな数え方も束から数え直すと同じ答えになる(several, records, attributes, data) -> None:
    # numbers of subjects are no amounts: `binding` refuses to sum them, and those of a bundle are others
    assume(all(m.operation not in ("sum", "latest") or m.path != Path("subject") for m in several))
    keys = {
        *(record.register for record in records), *(key for m in several for key in m.registers),
        *(m.after.register for m in several if m.after),
    }  # fmt: skip
    passport = passport_of(
        {f"指標{n}": m for n, m in enumerate(several)}, data.draw(parts(sorted(keys))), records, attributes, YEARS
    )  # fmt: skip
    said = list(verify(unpacked(bundle(passport))))
    assert len(said) == 1 + len(YEARS) * len(several)
    assert [line for well, line in said if not well] == []

"""乱数の数え方. Any measure that goes together."""

from datetime import date

from hypothesis import strategies as st

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

NAMES = st.sampled_from(["members", "hires", "place", "人数", "joined-on", "subject", "_x1"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SHIFTS = st.integers(-20, 20)
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
CONSTANTS = st.one_of(
    TEXTS,
    st.booleans(),
    DAYS,
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False),
)


def paths() -> st.SearchStrategy[Path]:
    return st.one_of(
        st.builds(Path, NAMES),
        st.builds(Path, NAMES, st.just(True), st.sampled_from(["entry", "window"])),
    )


def conditions() -> st.SearchStrategy:
    lists = st.lists(CONSTANTS, min_size=1, max_size=3).map(tuple)
    single = st.one_of(
        st.builds(Is, paths(), st.sampled_from(COMPARES), CONSTANTS),
        st.builds(OneOf, paths(), lists),
        st.builds(Known, paths()),
    )
    return st.recursive(
        single,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def windows() -> st.SearchStrategy:
    month_days = st.dates(date(2023, 1, 1), date(2023, 12, 31))
    return st.one_of(
        st.builds(During, st.sampled_from(["fiscal", "calendar", "survey"]), SHIFTS),
        st.builds(Since, st.none() | DAYS),
        st.builds(At, st.sampled_from(["fiscal", "calendar"]), SHIFTS),
        st.builds(lambda day, shift: At("fiscal", shift, day.month, day.day), month_days, SHIFTS),
    )


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    operation = draw(st.sampled_from(OPERATIONS))
    latest = operation == "latest"
    texts = TEXTS.filter(bool)
    having = st.builds(Having, st.none() | paths(), st.sampled_from(COMPARES), st.integers(0, 99))
    over = st.builds(
        Over, paths(), st.lists(texts, min_size=1, max_size=4).map(tuple), st.booleans()
    )
    return Measure(
        operation=operation,
        registers=tuple(draw(st.lists(NAMES, min_size=1, max_size=1 if latest else 3))),
        unit=draw(texts),
        path=draw(paths()) if operation in OF_A_PATH else None,
        stage=None if latest else draw(st.none() | texts),
        window=draw(windows()),
        where=draw(st.none() | conditions()),
        having=tuple(draw(st.lists(having, max_size=2))) if operation == "distinct" else (),
        after=draw(st.none() | st.builds(After, NAMES, st.none() | texts, st.none() | st.integers(1, 60))),
        over=draw(st.none() | over) if operation in ("sum", "latest") else None,
        rounded=draw(st.none() | st.builds(Rounded, st.sampled_from(ROUNDINGS), st.integers(-6, 6))),
    )  # fmt: skip

"""答えの形. Whoever counts: when a register is closed for a year, which cells are missing, how a number is rounded and written."""

from datetime import date
from decimal import Decimal

import pytest

from sosei.core.gaps import Gap
from sosei.evidence.measures import parse
from sosei.evidence.measures.entries import Kind, Register
from sosei.evidence.measures.model import Over, Path, Rounded
from sosei.evidence.measures.standing import (
    Answer,
    Share,
    asked_year,
    cell_keys,
    rounded,
    stated,
)


def said(text: str, kind: Kind, shares=None, **closed) -> Answer:
    return stated(
        parse(f'{text} unit "件"'),
        2021,
        shares or {},
        {"a": Register(key="a", kind=kind, **closed)},
    )


# -- closed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "last"),
    [
        ("during fiscal", date(2022, 3, 31)), ("during fiscal -1", date(2021, 3, 31)), ("during calendar", date(2021, 12, 31)),
        ("since start", date(2022, 3, 31)), ("at end", date(2022, 3, 31)), ("at end calendar 1", date(2022, 12, 31)), ("at 05-01", date(2021, 5, 1)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["roster", "log", "case", "series"])
def test_窓の終わりの日まで締めてあれば値になる(window: str, last: date, kind: Kind) -> None:
    text = f"count of a {window}"
    closed = said(text, kind, closed_until=last)
    assert (closed.value, closed.gap, closed.so_far, closed.closed) == (0, None, None, True)
    years = frozenset({2020, 2021, 2022})
    for open_ in (
        said(text, kind, closed_until=date.fromordinal(last.toordinal() - 1)),
        said(text, kind, closed_years=years),
    ):
        assert (open_.value, open_.gap, open_.so_far, open_.closed) == (
            None,
            Gap.COUNTING,
            0,
            False,
        )


@pytest.mark.parametrize(
    ("window", "kind", "year"),
    [
        ("during survey", "survey", 2021), ("during survey -1", "survey", 2020), ("during survey", "log", 2021), ("during survey 1", "roster", 2022),
        ("at end", "survey", 2021), ("at end -1", "survey", 2020), ("since start", "survey", 2021), ("during fiscal 2", "survey", 2023),
    ],
)  # fmt: skip
def test_調査は年ごとに締める(window: str, kind: Kind, year: int) -> None:
    text = f"count of a {window}"
    assert asked_year(parse(f'{text} unit "件"'), 2021) == year
    assert said(text, kind, closed_years=frozenset({year})).closed
    others = frozenset({year - 1, year + 1})
    assert not said(text, kind, closed_years=others, closed_until=date(2030, 1, 1)).closed


def test_いくつかの台帳はすべて締めてあれば締まっている() -> None:
    measure = parse('count of a+b+a unit "件"')
    done = {key: Register(key=key, kind="log", closed_until=date(2022, 3, 31)) for key in "ab"}
    assert stated(measure, 2021, {}, done).closed
    assert not stated(measure, 2021, {}, done | {"b": Register(key="b", kind="log")}).closed


@pytest.mark.parametrize(
    ("until", "well"), [(None, False), (date(2022, 3, 30), False), (date(2022, 3, 31), True)]
)
def test_前になければならない台帳も窓の終わりまで締めてあれば締まっている(
    until, well: bool
) -> None:
    """An entry that is still to be made there would let one more count: what is so far is no figure."""
    measure = parse('count of a during fiscal after b within 12 months unit "件"')
    there = {
        "a": Register(key="a", kind="log", closed_until=date(2022, 3, 31)),
        "b": Register(key="b", kind="log", closed_until=until),
    }
    answer = stated(measure, 2021, {"": Share(2, Decimal(2))}, there)
    assert (answer.closed, answer.value, answer.so_far) == (well, *((2, None) if well else (None, 2)))  # fmt: skip


# -- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "first", "last", "months"),
    [
        ("during fiscal", "2021-04", "2022-03", 12), ("during calendar", "2021-01", "2021-12", 12), ("since 2019-11-15", "2019-11", "2022-03", 29),
        ("since start", "2022-03", "2022-03", 1), ("at end", "2022-03", "2022-03", 1), ("at 12-31", "2021-12", "2021-12", 1),
    ],
)  # fmt: skip
def test_揃うべき月は窓の月(window: str, first: str, last: str, months: int) -> None:
    missing = said(
        f'sum n of a {window} over place in ("青森市", "盛岡市") monthly', "series"
    ).missing
    assert len(missing) == len(set(missing)) == 2 * months
    assert [missing[0], missing[months - 1], missing[months]] == [
        ("青森市", first),
        ("青森市", last),
        ("盛岡市", first),
    ]


def test_一件でもある欄は欠けていない() -> None:
    some = {"0": Share(2, Decimal(5)), "1": Share(0, Decimal(0)), "": Share(3, Decimal(1))}
    answer = said(
        'sum n of a over place in ("青森市", "盛岡市", "仙台市")',
        "series",
        some,
        closed_until=date.max,
    )
    assert (answer.missing, answer.gap, answer.so_far, answer.n) == (
        (("盛岡市",), ("仙台市",)),
        Gap.COUNTING,
        6,
        5,
    )
    full = said('sum n of a over place in ("青森市")', "series", some, closed_until=date.max)
    assert (full.missing, full.value, full.n) == ((), 6, 5)


def test_欄の記号は並びと月からできる() -> None:
    plain = cell_keys(Over(Path("place"), ("青森市", "True", "3", "青森市")))
    assert [
        plain(value, None) for value in ("青森市", True, Decimal(3), Decimal("3.0"), None, "盛岡市")
    ] == ["0", "1", "2", "", "", ""]
    monthly = cell_keys(Over(Path("place"), ("青森市", "盛岡市"), monthly=True))
    day = date(2021, 5, 31)
    assert [monthly("青森市", day), monthly("盛岡市", date(986, 1, 1))] == [
        "0 2021-05",
        "1 0986-01",
    ]
    assert [monthly("青森市", None), monthly(None, day), monthly("仙台市", day)] == ["", "", ""]
    assert cell_keys(None)("青森市", day) == ""


def test_最新の値は件数に入らず件のある欄とも別() -> None:
    shares = {"": Share(2, Decimal(0)), "=": Share(1, Decimal("7.50"))}
    answer = said("latest n of a", "series", shares, closed_until=date.max)
    assert (str(answer.value), answer.n) == ("7.5", 2)
    none = said(
        "latest n of a",
        "series",
        {"": Share(2, Decimal(0)), "=": Share(0, Decimal(0))},
        closed_until=date.max,
    )
    assert (none.value, none.gap, none.so_far, none.n) == (None, Gap.NOT_MEASURABLE, None, 2)


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "how", "written"),
    [
        ("3E+2", None, "300"), ("2.50", None, "2.5"), ("-0.00", None, "0"), ("0E+3", None, "0"), ("1234567890123456789012345678901.5", None, "1234567890123456789012345678901.5"),
        ("1.005", Rounded("half-up", 2), "1.01"), ("1", Rounded("down", 2), "1.00"), ("1250", Rounded("half-up", -2), "1300"),
        ("-0.4", Rounded("down"), "0"), ("-0.5", Rounded("half-up"), "-1"), ("-0.1", Rounded("up"), "-1"), ("0.1", Rounded("up"), "1"),
        ("1249.9", Rounded("down", -1), "1240"), ("1E+2", Rounded("up", 1), "100.0"), ("1234567890123456789012345678901.55", Rounded("half-up", 1), "1234567890123456789012345678901.6"),
    ],
)  # fmt: skip
def test_数は一通りに丸め一通りに書く(number: str, how: Rounded | None, written: str) -> None:
    assert str(rounded(Decimal(number), how)) == written

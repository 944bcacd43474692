"""控えた合計の見本. Which measure is put together from what, what single entries give to which years, and the traps in it."""

import re
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import measures

from sosei.core.gaps import Gap
from sosei.evidence.kinds import catalogue
from sosei.evidence.measures import days, parse
from sosei.evidence.measures.counting import count
from sosei.evidence.measures.entries import KINDS, Attribute, Kind, Record, Register
from sosei.evidence.measures.shares import (
    Cell,
    Share,
    answer,
    asked_of_subjects,
    runs_on,
    shares,
    tallies_of_everything,
    way,
)
from sosei.evidence.measures.spans import askable
from sosei.evidence.measures.standing import asked_year, silent

REGISTERS: dict[str, Kind] = {
    "members": "roster", "visits": "log", "consultations": "log", "trials": "case", "hires": "survey", "nights": "series",
}  # fmt: skip
KNOWN = {
    key: Register(
        key=key,
        kind=kind,
        closed_until=date(2030, 3, 31),
        closed_years=frozenset(range(2010, 2030)),
    )
    for key, kind in REGISTERS.items()
}
PAGE = Path(__file__).parents[2] / "docs" / "dev" / "measures.md"
#: Of the indicators of the sample, those that are no sum of what entries give.
OTHERWISE = {"latest": "recount", "distinct subject": "subject", " after ": "subject"}


def given_by(text: str, *records: Record, attributes=()) -> dict[tuple[int, str], tuple[int, str]]:
    """The shares of entries, as plain values."""
    found = shares(parse(f'{text} unit "件"'), KNOWN, records, attributes)
    return {(cell.year, cell.cell): (share.n, str(share.total)) for cell, share in found.items()}


def member(first: date | None, last: date | None = None, subject: int | None = 1) -> Record:
    return Record(id=1, register="members", subject=subject, first=first, last=last)


def visit(number: int, day: date, subject: int | None = 1, **values) -> Record:
    return Record(id=number, register="visits", subject=subject, first=day, values=values)


def maker(value: object, first: date | None = None) -> Attribute:
    return Attribute(subject=1, name="maker", value=value, first=first)


# -- which way --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", re.findall(r"^\|[^|]*\| `([^`]*)` \|", PAGE.read_text("utf-8"), re.M)
)
def test_見本の十四の指標の多くは一件ずつの和である(text: str) -> None:
    otherwise = [of for word, of in OTHERWISE.items() if word in text]
    assert way(parse(text), catalogue()) == (otherwise[0] if otherwise else "entry")


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("count of visits", "entry"),
        ("people of visits since start", "entry"),
        ("sum subject.worth of members at end", "entry"),
        ('sum n of nights over place in ("青森市") monthly', "entry"),
        ("distinct subject of visits+members", "subject"),
        ("distinct subject of visits having count >= 2 and distinct place >= 2", "subject"),
        ("count of visits after consultations within 3 months", "subject"),
        ("sum n of visits after consultations", "subject"),
        ("distinct place of visits", "recount"),
        ("distinct subject.subject of visits", "recount"),
        ("distinct place of visits having count >= 2", "recount"),
        ("distinct place of visits after consultations", "recount"),
        ("latest n of nights at end", "recount"),
        ('latest n of nights over place in ("青森市")', "recount"),
        ("count of nowhere", "recount"),
        ("count of visits after nowhere", "recount"),
    ],
)
def test_一件ずつか相手ごとか全部か(text: str, of: str) -> None:
    assert way(parse(f'{text} unit "件"'), KNOWN) == of


def test_数え方の台帳だけがそろっていればよい() -> None:
    measure = parse('count of visits after members unit "件"')
    assert way(measure, {key: KNOWN[key] for key in ("visits", "members")}) == "subject"
    assert way(measure, {key: KNOWN[key] for key in ("visits", "trials")}) == "recount"


def test_何を相手に問うかが分かる() -> None:
    text = (
        'sum subject.a of visits where not (subject.b = 1 or subject.c in (1, 2)) and d = 1 and subject.e then known'
        ' over subject.f in ("青森市") unit "件"'
    )  # fmt: skip
    assert asked_of_subjects(parse(text)) == {"a", "b", "c", "e", "f"}
    having = 'distinct subject of visits having distinct subject.a >= 2 and count > 1 and distinct b > 1 unit "人"'
    assert asked_of_subjects(parse(having)) == {"a"}
    assert not asked_of_subjects(parse('distinct subject of visits unit "人"'))


# -- years ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "year"),
    [
        ("during fiscal", 2020), ("during calendar", 2021), ("during fiscal -1", 2021), ("during calendar 1", 2020),
        ("since start", 2020), ("since 2021-03-31", 2020), ("at end", 2020), ("at end calendar", 2021), ("at end calendar 2", 2019),
        ("at 03-31", 2020), ("at 03-30", 2021), ("at 04-01", 2021), ("at 12-31 -1", 2022),
    ],
)  # fmt: skip
def test_日から年が一つ決まる(window: str, year: int) -> None:
    assert given_by(f"count of visits {window}", visit(1, date(2021, 3, 31))) == {
        (year, ""): (1, "1")
    }
    assert runs_on(parse(f'count of visits {window} unit "件"')) == (
        not window.startswith("during")
    )


@pytest.mark.parametrize(
    ("window", "years"),
    [
        ("during fiscal", (1, 9998)), ("during fiscal 2", (-1, 9996)), ("during calendar", (1, 9999)), ("during calendar -3", (4, 10002)),
        ("since start", (0, 9998)), ("at end", (0, 9998)), ("at end calendar 1", (0, 9998)), ("at 03-31", (0, 9998)),
        ("at 04-01 1", (0, 9998)), ("at 05-01", (1, 9999)), ("at 01-31 -5", (5, 10003)),
    ],
)  # fmt: skip
def test_尋ねられる年は窓の日が暦にある年(window: str, years: tuple[int, int]) -> None:
    measure = parse(f'count of visits {window} unit "件"')
    assert askable(measure.window) == years
    for year, there in zip(
        (years[0] - 1, years[0], years[1], years[1] + 1), (False, True, True, False), strict=True
    ):
        with nullcontext() if there else pytest.raises(ValueError, match="range"):
            days(measure.window, year)


def test_始まりの日より前のものは数えない() -> None:
    assert not given_by("count of visits since 2021-04-01", visit(1, date(2021, 3, 31)))
    figure = Record(id=1, register="nights", first=date(2021, 4, 1), last=date(2022, 4, 1))
    assert given_by("count of nights since 2021-04-01", figure) == {(2022, ""): (1, "1")}
    assert not given_by("count of nights since 2021-04-02", figure)
    assert not given_by("count of nights during fiscal", figure)


def test_続いている会員は一つの持ち分でやめれば差し引く() -> None:
    assert given_by("count of members at end", member(date(2018, 6, 1))) == {(2018, ""): (1, "1")}
    left = member(date(2018, 6, 1), date(2021, 3, 30))
    assert given_by("count of members at end", left) == {
        (2018, ""): (1, "1"),
        (2020, ""): (-1, "-1"),
    }
    last = member(date(2018, 6, 1), date(2021, 3, 31))
    assert given_by("count of members at end", last) == {
        (2018, ""): (1, "1"),
        (2021, ""): (-1, "-1"),
    }
    assert not given_by("count of members at end", member(date(2018, 6, 1), date(2019, 3, 30)))
    assert given_by("count of members during fiscal", left) == {(2018, ""): (1, "1")}


def test_いつからか分からない会員は暦の初めからいる() -> None:
    ever = given_by("count of members at end", member(None, date(2021, 3, 30)))
    assert ever == {
        (askable(parse('count of members at end unit "社"').window)[0], ""): (1, "1"),
        (2020, ""): (-1, "-1"),
    }
    assert not given_by("count of members during fiscal", member(None))


def test_暦の果ての日は果てのないことと同じ() -> None:
    forever = member(date(2018, 6, 1), date.max)
    assert given_by("count of members at end", forever) == {(2018, ""): (1, "1")}
    assert given_by("count of members at 04-01", member(date(2018, 6, 1), date(9999, 12, 30))) == {
        (2019, ""): (1, "1")
    }
    assert not given_by("count of members at end", member(date.max))
    assert given_by("count of members at end calendar", member(date.max)) == {(9999, ""): (1, "1")}
    assert not given_by("count of visits during fiscal", visit(1, date.min))
    assert not given_by("count of visits during fiscal", visit(1, date(9999, 4, 1)))
    assert not given_by("count of members at end", member(None, date.min))
    assert given_by("count of members at end", member(date(9999, 3, 31))) == {(9998, ""): (1, "1")}
    assert not given_by("count of members at end", member(date(9999, 4, 1)))
    left = given_by("count of members at end", member(date(2018, 6, 1), date(9998, 4, 1)))
    assert left == {(2018, ""): (1, "1"), (9998, ""): (-1, "-1")}


def test_暦の果ての属性は尋ねられない年のもの() -> None:
    changes = [
        Attribute(subject=1, name="worth", value=Decimal(n), first=day)
        for n, day in ((1, date.min), (2, date(9999, 3, 31)), (3, date.max))
    ]
    text = "{} subject.worth of nights at end"
    figure = Record(id=1, register="nights", subject=1, first=date(2021, 5, 1))
    found = given_by(text.format("sum"), figure, attributes=changes)
    assert found == {(2021, ""): (1, "1"), (9998, ""): (0, "1")}
    assert given_by(text.format("latest"), figure, attributes=changes) == {
        (2021, ""): (1, "0"),
        (2021, "="): (1, "1"),
        (9998, "="): (0, "1"),
    }


def test_相手が変わった年に持ち分が変わる() -> None:
    text = "count of members where subject.maker = yes at end"
    changes = [
        maker(False),
        maker(True, date(2019, 5, 1)),
        maker(False, date(2021, 4, 1)),
        maker(True, date(2021, 4, 2)),
    ]
    open_ended = member(date(2018, 6, 1))
    assert given_by(text, open_ended, attributes=changes[:1]) == {}
    assert given_by(text, open_ended, attributes=changes[:2]) == {(2019, ""): (1, "1")}
    assert given_by(text, open_ended, attributes=changes[:3]) == {
        (2019, ""): (1, "1"),
        (2021, ""): (-1, "-1"),
    }
    assert given_by(text, open_ended, attributes=changes) == {(2019, ""): (1, "1")}
    left = member(date(2018, 6, 1), date(2020, 6, 1))
    assert given_by(text, left, attributes=changes) == {
        (2019, ""): (1, "1"),
        (2020, ""): (-1, "-1"),
    }
    assert given_by(f"{text} -1", left, attributes=changes) == {
        (2020, ""): (1, "1"),
        (2021, ""): (-1, "-1"),
    }


def test_相手の値の合計は値の差だけ変わる() -> None:
    worth = [
        Attribute(subject=1, name="worth", value=Decimal(v), first=d)
        for v, d in (("5", None), ("7.5", date(2020, 4, 1)))
    ]
    found = given_by(
        "sum subject.worth of members at end", member(date(2018, 6, 1)), attributes=worth
    )
    assert found == {(2018, ""): (1, "5"), (2020, ""): (0, "2.5")}


def test_調査の答えはある日現在でも答えの年だけに数える() -> None:
    said = Record(id=1, register="hires", subject=1, year=2020, values={"n": Decimal(3)})
    assert given_by("sum n of hires during survey 1", said) == {(2019, ""): (1, "3")}
    assert given_by("sum n of hires at end", said) == {(2020, ""): (1, "3"), (2021, ""): (-1, "-3")}


# -- cells ------------------------------------------------------------------------------------------------------------


def test_欄の記号は並びの番号と月で欄の外は空() -> None:
    night = Record(
        id=1, register="nights", first=date(2021, 5, 1), values={"place": "盛岡市", "n": Decimal(3)}
    )
    grid = 'sum n of nights over place in ("青森市", "盛岡市", "盛岡市")'
    assert given_by(grid, night) == {(2021, "1"): (1, "3")}
    assert given_by(f"{grid} monthly", night) == {(2021, "1 2021-05"): (1, "3")}
    assert given_by('sum n of nights over place in ("青森市")', night) == {(2021, ""): (1, "3")}
    unsaid = Record(id=1, register="nights", first=date(2021, 5, 1), values={"n": Decimal(3)})
    assert given_by('sum n of nights over place in ("None", "")', unsaid) == {(2021, ""): (1, "3")}


def test_欄の外のものも合計に入り欄は埋めない() -> None:
    measure = parse('sum n of nights over place in ("青森市") unit "件"')
    tallies = {
        Cell(2021, ""): Share(1, Decimal(3)),
        Cell(2020, "0"): Share(1, Decimal(5)),
        Cell(2021, "0"): Share(0, Decimal(0)),
    }
    said = answer(measure, 2021, tallies, KNOWN)
    assert (said.value, said.gap, said.so_far, said.missing, said.n) == (
        None,
        Gap.COUNTING,
        3,
        (("青森市",),),
        1,
    )
    assert answer(measure, 2020, tallies, KNOWN).value == 5


# -- whom -------------------------------------------------------------------------------------------------------------


def test_相手のない登録は相手ごとの数には何も与えない() -> None:
    nobody, day = visit(1, date(2021, 5, 1), subject=None), date(2021, 4, 1)
    before = Record(id=2, register="consultations", first=day)
    assert given_by("count of visits", nobody) == {(2021, ""): (1, "1")}
    assert not given_by("distinct subject of visits", nobody)
    assert not given_by("distinct subject of visits having count = 1", nobody)
    assert not given_by("count of visits after consultations", nobody, before)
    assert given_by("sum subject of visits", nobody) == {(2021, ""): (1, "0")}


def test_実数は一人を一度だけ数え件数は何件でもよい() -> None:
    days = [visit(i, date(2021, i, 1)) for i in (5, 6, 7)]
    assert given_by("distinct subject of visits", *days) == {(2021, ""): (3, "1")}
    assert given_by("distinct subject of visits since start having count >= 3", *days[:2]) == {}
    assert given_by("distinct subject of visits since start having count < 3", *days) == {}
    later = [*days[:1], visit(9, date(2023, 5, 1))]
    assert given_by("distinct subject of visits since start", *later) == {
        (2021, ""): (1, "1"),
        (2023, ""): (1, "0"),
    }
    assert given_by("distinct subject of visits since start having count < 2", *later) == {
        (2021, ""): (1, "1"),
        (2023, ""): (-1, "-1"),
    }
    assert given_by("distinct subject of visits since start having count != 1", *later) == {
        (2023, ""): (2, "1")
    }
    assert given_by("distinct subject of visits since start having count >= 2", *later) == {
        (2023, ""): (2, "1")
    }


def test_先の台帳にある人だけを数え先の台帳は数えない() -> None:
    asked = [
        Record(id=i, register="consultations", subject=s, first=date(2020, 6, 1))
        for i, s in ((11, 1), (12, 3))
    ]
    came = [
        visit(1, date(2021, 5, 1)),
        visit(2, date(2021, 6, 2)),
        visit(3, date(2021, 5, 1), subject=2),
    ]
    assert given_by("count of visits after consultations", *asked, *came) == {(2021, ""): (2, "2")}
    assert given_by("count of visits after consultations within 12 months", *asked, *came) == {
        (2021, ""): (1, "1")
    }
    assert given_by("distinct subject of visits after consultations", *asked, *came) == {
        (2021, ""): (2, "1")
    }


def test_同じ日に先の台帳にあれば後である() -> None:
    day = date(2021, 5, 1)
    asked = Record(id=9, register="consultations", subject=1, first=day)
    for counted, came in ((False, date(2021, 4, 30)), (True, day), (True, date(2021, 5, 2))):
        found = given_by("count of visits after consultations", asked, visit(1, came))
        assert bool(found) == counted
    assert given_by(
        "count of visits after consultations within 1 months", asked, visit(1, date(2021, 6, 1))
    )
    assert not given_by(
        "count of visits after consultations within 1 months", asked, visit(1, date(2021, 6, 2))
    )


def test_subjectという名の属性は相手そのものではない() -> None:
    named = [Attribute(subject=1, name="subject", value=Decimal(7))]
    came = visit(1, date(2021, 5, 1))
    assert given_by("sum subject.subject of visits", came, attributes=named) == {
        (2021, ""): (1, "7")
    }
    assert given_by("sum subject of visits", came, attributes=named) == {(2021, ""): (1, "1")}
    measure = parse('sum subject.subject of visits unit "件"')
    assert count(measure, 2021, KNOWN, [came], named).value == 7


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("odd = yes", "yes"), ("odd = 1", "one"), ("odd in (yes)", "yes"), ("odd in (1, no)", "one"), ('odd in ("1", 1, yes)', "yes one"),
        ("odd != 1", "yes"), ("odd != yes", "one"), ("not odd in (1)", "yes none"), ("odd known", "yes one"),
        ("odd >= 1", "one"), ("odd >= yes", "yes"),
    ],
)  # fmt: skip
def test_はいと一は違い書かれていないものはどちらでもない(where: str, kept: str) -> None:
    day = date(2021, 5, 1)
    entries = {
        "yes": visit(1, day, odd=True),
        "one": visit(1, day, odd=Decimal(1)),
        "none": visit(1, day),
    }
    found = [
        name for name, entry in entries.items() if given_by(f"count of visits where {where}", entry)
    ]
    assert found == kept.split()


# -- sums -------------------------------------------------------------------------------------------------------------


def test_打ち消し合う持ち分は残らない() -> None:
    found = given_by("sum n of members at end", member(date(2018, 6, 1)), member(date(2018, 6, 1)))
    assert found == {(2018, ""): (2, "0")}
    both = [member(date(2018, 6, 1), date(2020, 3, 31)), member(date(2020, 4, 1))]
    assert given_by("count of members at end", *both) == {(2018, ""): (1, "1")}


def test_大きな数も桁を失わない() -> None:
    long = Decimal("12345678901234567890123456789012345.6789")
    left = Record(
        id=1, register="members", first=date(2018, 6, 1), last=date(2020, 6, 1), values={"n": long}
    )
    measure = parse('sum n of members at end round half-up 2 unit "円"')
    tallies = shares(
        measure,
        KNOWN,
        [
            left,
            Record(id=2, register="members", first=date(2018, 6, 1), values={"n": Decimal("-1")}),
        ],
    )
    assert (
        str(answer(measure, 2018, tallies, KNOWN).value) == "12345678901234567890123456789012344.68"
    )
    assert str(answer(measure, 2020, tallies, KNOWN).value) == "-1.00"


def test_最新の値は次の値まで続き一つもなければ値がない() -> None:
    def figure(number: int, first: date, n: object) -> Record:
        return Record(id=number, register="nights", first=first, values={"n": n})

    measure = parse('latest n of nights at end unit "人"')
    figures = [
        figure(1, date(2018, 6, 1), Decimal(5)),
        figure(2, date(2020, 6, 1), "－"),
        figure(3, date(2021, 6, 1), Decimal(0)),
    ]
    tallies = shares(measure, KNOWN, figures)
    said = [answer(measure, year, tallies, KNOWN) for year in range(2017, 2023)]
    assert [(one.value, one.gap, one.n) for one in said] == [
        (None, Gap.NOT_MEASURABLE, 0), (5, None, 1), (5, None, 1), (5, None, 2), (0, None, 3), (0, None, 3),
    ]  # fmt: skip
    asked = tallies_of_everything(measure, KNOWN, figures, (), [2021, 2019])
    assert [answer(measure, year, asked, KNOWN).value for year in (2019, 2021)] == [5, 0]


def test_最新の値は終わりの日が後のもの同じ日なら後に書いたもの() -> None:
    def figure(number: int, first: date, last: date | None, n: int) -> Record:
        return Record(
            id=number, register="nights", first=first, last=last, values={"n": Decimal(n)}
        )

    may, june = date(2021, 5, 1), date(2021, 6, 1)
    for several, value in (
        ([figure(1, may, date(2021, 7, 1), 1), figure(2, june, None, 2)], "1"),
        ([figure(1, june, None, 1), figure(2, may, None, 2)], "1"),
        ([figure(1, june, None, 2), figure(2, may, june, 1)], "1"),
        ([figure(1, june, may, 3), figure(2, may, date(2021, 5, 2), 4)], "4"),
    ):
        assert given_by("latest n of nights", *several) == {
            (2021, ""): (2, "0"),
            (2021, "="): (1, value),
        }


# -- any measure ------------------------------------------------------------------------------------------------------

DAYS = st.none() | st.dates(date(2015, 1, 1), date(2028, 12, 31))
RECORDS = st.builds(
    Record, id=st.integers(1, 10**6), register=st.sampled_from(["members", "hires", "place", "subject"]),
    subject=st.none() | st.integers(1, 4), first=DAYS, last=DAYS, year=st.none() | st.integers(2018, 2024),
    size=st.integers(1, 50), stages=st.dictionaries(st.sampled_from(["0", "決定"]), st.dates(date(2018, 1, 1), date(2024, 12, 31))),
    values=st.dictionaries(st.sampled_from(["place", "members"]), st.sampled_from(["青森市", True, Decimal(3), date(2021, 5, 1)])),
)  # fmt: skip
ATTRIBUTES = st.builds(
    Attribute, subject=st.integers(1, 4), name=st.sampled_from(["place", "members", "subject"]),
    value=st.sampled_from(["青森市", True, Decimal(3)]), first=DAYS,
)  # fmt: skip


@settings(max_examples=300)
@given(
    measures(),
    st.lists(RECORDS, max_size=12, unique_by=lambda r: r.id),
    st.lists(ATTRIBUTES, max_size=6),
)
def test_どんな数え方でも控えた合計の答えは数えた答え(measure, records, attributes) -> None:
    names = {
        *measure.registers,
        "members",
        "hires",
        "place",
        "subject",
        *([measure.after.register] if measure.after else []),
    }
    known = {
        name: Register(key=name, kind=KINDS[i % len(KINDS)]) for i, name in enumerate(sorted(names))
    }
    tallies = shares(measure, known, records, attributes)
    for year in (1995, *range(2010, 2035), 2050):
        plain, kept = (
            count(measure, year, known, records, attributes),
            answer(measure, year, tallies, known),
        )
        assert (kept.so_far, kept.n, kept.missing, kept.gap) == (
            plain.so_far,
            plain.n,
            plain.missing,
            plain.gap,
        )


def test_答えていない相手は控えとは別に言う() -> None:
    measure = parse('sum n of hires during survey -1 unit "人"')
    asked = {
        "hires": Register(
            key="hires", kind="survey", expected={2020: frozenset({1, 2, 3}), 2021: frozenset({4})}
        )
    }
    assert asked_year(measure, 2021) == 2020
    assert silent(measure, 2021, asked, {"hires": {1, None}}) == {2, 3}
    assert silent(measure, 2021, asked, {}) == {1, 2, 3}
    assert answer(measure, 2021, {}, asked, frozenset({2, 3})).silent == {2, 3}

"""数え方の意味. Each kind of register, each window, each trap: the answer, what is missing in it, and which entries it rests on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import measures

from sosei.core.gaps import Gap
from sosei.evidence.measures import parse
from sosei.evidence.measures.counting import Answer, count
from sosei.evidence.measures.entries import KINDS, Attribute, Record, Register

END = date(2022, 3, 31)
CITIES = ("青森市", "盛岡市")


def register(key: str, kind, **more) -> dict[str, Register]:
    return {key: Register(key=key, kind=kind, closed_until=more.pop("closed_until", END), **more)}


def counted(text: str, registers, records, attributes=(), year: int = 2021) -> Answer:
    return count(parse(text), year, registers, records, attributes)


def day(month: int, of: int, year: int = 2021) -> date:
    return date(year, month, of)


def logged(key: str, *days: date, **more) -> list[Record]:
    return [Record(id=i, register=key, first=d, **more) for i, d in enumerate(days, 1)]


# -- roster -----------------------------------------------------------------------------------------------------------

MEMBERS = [
    Record(id=1, register="members", subject=1, first=day(4, 1, 2014)),
    Record(id=2, register="members", subject=2, first=day(6, 1)),
    Record(id=3, register="members", subject=3, first=day(4, 1, 2015), last=day(3, 31, 2022)),
    Record(id=4, register="members", subject=4, first=day(4, 1, 2015), last=day(3, 30, 2022)),
    Record(id=5, register="members", subject=5, first=day(4, 1, 2022)),
]
MAKERS = [
    *(Attribute(subject=s, name="maker", value=True) for s in (1, 3, 4, 5)),
    Attribute(subject=2, name="maker", value=False),
    Attribute(subject=2, name="maker", value=True, first=day(4, 1, 2022)),
]


def test_年度末の名簿はその日に属していた会員だけ() -> None:
    found = counted('count of members at end unit "社"', register("members", "roster"), MEMBERS)
    assert (found.value, found.records) == (3, (1, 2, 3))
    joined = counted(
        'count of members during fiscal unit "社"', register("members", "roster"), MEMBERS
    )
    assert joined.records == (2,)


def test_属性は年度末の姿で見る() -> None:
    text = 'count of members where subject.maker = yes at end unit "社"'
    assert counted(text, register("members", "roster"), MEMBERS, MAKERS).records == (1, 3)
    later = counted(
        text, register("members", "roster", closed_until=date(2023, 3, 31)), MEMBERS, MAKERS, 2022
    )
    assert later.records == (1, 2, 5)


def test_属性は記録の日の姿でも見られる() -> None:
    visits = [Record(id=1, register="visits", subject=2, first=day(3, 1, 2022)), Record(id=2, register="visits", subject=2, first=day(5, 1, 2022))]  # fmt: skip
    known = register("visits", "log", closed_until=date(2023, 3, 31))
    then = 'count of visits where subject.maker then = yes since start unit "回"'
    assert counted(then, known, visits, MAKERS, 2022).records == (2,)


# -- log --------------------------------------------------------------------------------------------------------------


def test_年度と暦年では見る日が違う() -> None:
    visits = logged(
        "visits", day(1, 10), day(3, 31), day(4, 1), day(12, 31), day(3, 31, 2022), day(4, 1, 2022)
    )
    known = register("visits", "log")
    assert counted('count of visits during fiscal unit "回"', known, visits).records == (3, 4, 5)
    assert counted('count of visits during calendar unit "回"', known, visits).records == (
        1,
        2,
        3,
        4,
    )
    assert counted('count of visits during fiscal -1 unit "回"', known, visits).records == (1, 2)
    assert counted('count of visits since 2021-04-01 unit "回"', known, visits).records == (3, 4, 5)


def test_延べと実と団体は別の数() -> None:
    visits = [
        Record(id=1, register="visits", subject=1, first=day(5, 1)),
        Record(id=2, register="visits", subject=1, first=day(6, 1)),
        Record(id=3, register="visits", first=day(7, 1), size=30),
    ]
    known = register("visits", "log")
    assert counted('count of visits unit "件"', known, visits).value == 3
    assert counted('people of visits unit "人"', known, visits).value == 32
    assert counted('distinct subject of visits unit "人"', known, visits).value == 1


def test_二つの市で二つ以上の印を得た人だけ() -> None:
    def stamp(i: int, subject: int, place: str) -> Record:
        return Record(
            id=i, register="checkins", subject=subject, first=day(8, i), values={"place": place}
        )

    stamps = [stamp(1, 1, "青森市"), stamp(2, 1, "盛岡市"), stamp(3, 2, "青森市"), stamp(4, 2, "青森市"), stamp(5, 3, "仙台市")]  # fmt: skip
    text = 'distinct subject of checkins having count >= 2 and distinct place >= 2 unit "人"'
    found = counted(text, register("checkins", "log"), stamps)
    assert (found.value, found.records) == (1, (1, 2))


def test_いくつかの台帳を合わせて数える() -> None:
    both = [*logged("a", day(5, 1)), Record(id=9, register="b", first=day(5, 2))]
    known = register("a", "log") | register("b", "log", closed_until=day(5, 31))
    found = counted('count of a+b unit "件"', known, both)
    assert (found.value, found.gap, found.so_far, found.closed) == (None, Gap.COUNTING, 2, False)


# -- case -------------------------------------------------------------------------------------------------------------


def test_案件は至った段階の日で数える() -> None:
    cases = [
        Record(id=1, register="trials", stages={"申請": day(3, 1), "交付決定": day(4, 20)}, values={"amount": Decimal(500)}),
        Record(id=2, register="trials", stages={"申請": day(3, 1), "交付決定": day(3, 20)}, values={"amount": Decimal(300)}),
        Record(id=3, register="trials", stages={"申請": day(5, 1)}, values={"amount": Decimal(900)}),
    ]  # fmt: skip
    known = register("trials", "case")
    assert counted('count of trials reaching "交付決定" unit "件"', known, cases).records == (1,)
    assert counted('sum amount of trials reaching "交付決定" unit "円"', known, cases).value == 500
    assert counted(
        'count of trials reaching "交付決定" at end unit "件"', known, cases
    ).records == (1, 2)


def test_相談の後に移った人だけ() -> None:
    moved = [
        Record(id=i, register="migrations", subject=i, stages={"転入": day(10, 1)}, values={"household": Decimal(i)})
        for i in (1, 2, 3, 4)
    ]  # fmt: skip
    asked = [
        Record(id=11, register="consultations", subject=1, first=day(10, 1, 2018)),
        Record(id=12, register="consultations", subject=2, first=day(9, 30, 2018)),
        Record(id=13, register="consultations", subject=3, first=day(10, 2)),
    ]
    known = register("migrations", "case") | register("consultations", "log")
    text = 'sum household of migrations reaching "転入" after consultations{} unit "人"'
    assert counted(text.format(" within 36 months"), known, [*moved, *asked]).records == (1,)
    assert counted(text.format(""), known, [*moved, *asked]).value == 3


# -- survey -----------------------------------------------------------------------------------------------------------


def test_調査は答えの年で数えだれが答えていないかを言う() -> None:
    answers = [
        Record(id=1, register="hires", subject=1, year=2021, values={"headcount": Decimal(12)}),
        Record(id=2, register="hires", subject=2, year=2020, values={"headcount": Decimal(7)}),
    ]
    asked = {2021: frozenset({1, 2, 3})}
    text = 'sum headcount of hires during survey unit "人"'
    still = counted(text, register("hires", "survey", expected=asked), answers)
    assert (still.value, still.gap, still.so_far, still.silent) == (None, Gap.COUNTING, 12, {2, 3})
    done = register("hires", "survey", expected=asked, closed_years=frozenset({2021}))
    late = [
        *answers,
        Record(id=3, register="hires", subject=3, year=2021, values={"headcount": Decimal(6)}),
    ]
    found = counted(text, done, late)
    assert (found.value, found.gap, found.silent, found.records) == (18, None, {2}, (1, 3))


def test_端数は合計の後に一度だけ落とす() -> None:
    sales = [
        Record(id=i, register="sales", subject=i, year=2021, values={"amount": Decimal(amount)})
        for i, amount in enumerate(("100.6", "200.7"), 1)
    ]
    known = register("sales", "survey", closed_years=frozenset({2021}))
    for how, value in (("down", 301), ("half-up", 301), ("up", 302)):
        assert (
            counted(
                f'sum amount of sales during survey round {how} unit "千円"', known, sales
            ).value
            == value
        )
    assert (
        counted('sum amount of sales during survey round down -2 unit "千円"', known, sales).value
        == 300
    )


def test_負の数の端数は表計算と同じに扱う() -> None:
    loss = [
        Record(id=1, register="sales", subject=1, year=2021, values={"amount": Decimal("-2.5")})
    ]
    known = register("sales", "survey", closed_years=frozenset({2021}))
    for how, value in (("down", -2), ("half-up", -3), ("up", -3)):
        text = f'sum amount of sales during survey round {how} unit "千円"'
        assert counted(text, known, loss).value == value


# -- series -----------------------------------------------------------------------------------------------------------


def nights(city: str, month: int, number: int) -> Record:
    return Record(
        id=month + 100 * CITIES.index(city), register="nights", first=day(month, 1), last=day(month, 28),
        values={"place": city, "quantity": Decimal(number)},
    )  # fmt: skip


def test_市と月がすべてそろうまでは集計中() -> None:
    text = 'sum quantity of nights during calendar over place in ("青森市", "盛岡市") monthly unit "人泊"'
    found = [nights(city, month, 10) for city in CITIES for month in range(1, 13)]
    assert counted(text, register("nights", "series"), found).value == 240
    short = counted(text, register("nights", "series"), found[:-1])
    assert (short.value, short.gap, short.so_far) == (None, Gap.COUNTING, 230)
    assert short.missing == (("盛岡市", "2021-12"),)


def test_最新の値は最後の日のもので無ければ値にならない() -> None:
    text = 'latest quantity of nights where place = "青森市" during calendar unit "人"'
    assert (
        counted(
            text, register("nights", "series"), [nights("青森市", 3, 5), nights("青森市", 8, 9)]
        ).value
        == 9
    )
    none = counted(text, register("nights", "series"), [nights("盛岡市", 3, 5)])
    assert (none.value, none.gap, none.so_far) == (None, Gap.NOT_MEASURABLE, None)


# -- conditions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ('kind = "A"', (1,)), ('kind != "A"', (2,)), ("n >= 2", (2,)), ("n < 2", (1,)), ("n = 2.0", (2,)),
        ('kind in ("A", "B")', (1, 2)), ("kind known", (1, 2)), ("not kind known", (3,)), ('not kind = "A"', (2, 3)),
        ("on > 2021-05-01", (2,)), ('n = "2"', ()), ('kind = "A" or n = 2', (1, 2)), ('kind = "A" and n = 2', ()),
        ("local = no", (2,)),
    ],
)  # fmt: skip
def test_条件に合うものだけを数える(where: str, kept: tuple[int, ...]) -> None:
    events = [
        Record(id=1, register="e", first=day(5, 1), values={"kind": "A", "n": Decimal(1), "on": day(5, 1), "local": True}),
        Record(id=2, register="e", first=day(5, 1), values={"kind": "B", "n": Decimal(2), "on": day(5, 2), "local": False}),
        Record(id=3, register="e", first=day(5, 1)),
    ]  # fmt: skip
    assert (
        counted(f'count of e where {where} unit "件"', register("e", "log"), events).records == kept
    )


# -- any measure ------------------------------------------------------------------------------------------------------

MAYBE_DAYS = st.none() | st.dates(date(2020, 1, 1), date(2023, 12, 31))
RECORDS = st.builds(
    Record, id=st.integers(1, 10**6), register=st.sampled_from(["members", "hires", "place", "subject"]),
    subject=st.none() | st.integers(1, 4), first=MAYBE_DAYS, last=MAYBE_DAYS, year=st.none() | st.integers(2020, 2022),
    size=st.integers(1, 50), stages=st.dictionaries(st.sampled_from(["0", "決定"]), st.dates(date(2021, 1, 1), date(2022, 12, 31))),
    values=st.dictionaries(st.sampled_from(["place", "members"]), st.sampled_from(["青森市", True, Decimal(3), date(2021, 5, 1)])),
)  # fmt: skip


@settings(max_examples=300)
@given(measures(), st.lists(RECORDS, max_size=12, unique_by=lambda r: r.id), st.randoms())
def test_どんな数え方にも値か理由のどちらか一つがあり順序によらない(
    measure, records, random
) -> None:
    names = {
        *measure.registers,
        *(r.register for r in records),
        *([measure.after.register] if measure.after else []),
    }
    known = {
        name: Register(key=name, kind=KINDS[i % len(KINDS)], closed_until=END if i % 2 else None)
        for i, name in enumerate(sorted(names))
    }
    found = count(measure, 2021, known, records)
    assert (found.value is None) != (found.gap is None)
    assert set(found.records) <= {r.id for r in records if r.register in measure.registers}
    mixed = list(records)
    random.shuffle(mixed)
    assert count(measure, 2021, known, mixed) == found

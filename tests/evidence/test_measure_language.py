"""数え方の言葉. A text gives the measure that it says or a refusal with its place; a measure gives its one text."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import measures

from sosei.evidence.measures import days, parse, sentence, write
from sosei.evidence.measures.model import (
    After,
    All,
    At,
    During,
    Either,
    Having,
    Is,
    Measure,
    Not,
    OneOf,
    Over,
    Path,
    Rounded,
    Since,
)
from sosei.evidence.measures.refusals import MeasureOutOfPlace, UnreadableMeasure
from sosei.evidence.measures.windows import Days


@settings(max_examples=300)
@given(measures())
def test_書いた数え方を読むと元の数え方になる(measure: Measure) -> None:
    assert parse(write(measure)) == measure


@settings(max_examples=300)
@given(
    st.text(st.sampled_from('countsumoflatest wheradig"()=<>,.+-0123456789\\\n数え方'), max_size=60)
)
def test_どんな文字列も数え方か断りになる(text: str) -> None:
    with suppress(UnreadableMeasure, MeasureOutOfPlace):
        assert isinstance(parse(text), Measure)


@given(measures(), st.sampled_from(["ja", "en"]))
def test_どんな数え方も文になる(measure: Measure, lang) -> None:
    said = sentence(measure, lambda register, column: column or register, lang)
    assert measure.unit in said


WHOLE = (
    'distinct subject of checkins+visits reaching "完了" where place in ("青森市", "盛岡市") and not subject.home = "市内"'
    ' during fiscal -1 having count >= 2 and distinct place >= 2 after consultations reaching "相談" within 24 months'
    ' round half-up 1 unit "人"'
)


def test_言葉の全部が値になる() -> None:
    assert parse(WHOLE) == Measure(
        operation="distinct", path=Path("subject"), registers=("checkins", "visits"), stage="完了",
        where=All((OneOf(Path("place"), ("青森市", "盛岡市")), Not(Is(Path("home", of_subject=True), "=", "市内")))),
        window=During("fiscal", -1),
        having=(Having(None, ">=", 2), Having(Path("place"), ">=", 2)),
        after=After("consultations", "相談", 24), rounded=Rounded("half-up", 1), unit="人",
    )  # fmt: skip


def test_または_は_かつ_より弱い() -> None:
    where = parse('count of a where x = 1 or y = 2 and z = 3 unit "件"').where
    one, two, three = (Is(Path(n), "=", Decimal(v)) for n, v in (("x", 1), ("y", 2), ("z", 3)))
    assert where == Either((one, All((two, three))))


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (During(), date(2021, 4, 1), date(2022, 3, 31)),
        (During("fiscal", -1), date(2020, 4, 1), date(2021, 3, 31)),
        (During("calendar"), date(2021, 1, 1), date(2021, 12, 31)),
        (During("calendar", 1), date(2022, 1, 1), date(2022, 12, 31)),
        (Since(), None, date(2022, 3, 31)),
        (Since(date(2018, 12, 1)), date(2018, 12, 1), date(2022, 3, 31)),
        (At(), date(2022, 3, 31), date(2022, 3, 31)),
        (At("calendar"), date(2021, 12, 31), date(2021, 12, 31)),
        (At(month=5, day=1), date(2021, 5, 1), date(2021, 5, 1)),
        (At(month=1, day=15), date(2022, 1, 15), date(2022, 1, 15)),
        (At(month=2, day=29), date(2022, 2, 28), date(2022, 2, 28)),
    ],
)
def test_令和3年度に見る日(window, first, last) -> None:
    assert days(window, 2021) == Days(first, last)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", UnreadableMeasure, 1),
        ("count of a " * 300, UnreadableMeasure, 2000),
        ('count of members round down 0.5 unit "社"', UnreadableMeasure, 29),
        ('count of members after x within 3 unit "社"', UnreadableMeasure, 35),
        ('count of members since tomorrow unit "社"', UnreadableMeasure, 24),
        ("数える", UnreadableMeasure, 1),
        ('count members unit "社"', UnreadableMeasure, 15),
        ('count of members unit 社', UnreadableMeasure, 23),
        ('count of members during fiscal during fiscal unit "社"', UnreadableMeasure, None),
        ('count of members at 02-30 unit "日"', UnreadableMeasure, 21),
        ('count of members since 2021-13-01 unit "日"', UnreadableMeasure, 24),
        ('count of members where ((((((((((((((x = 1)))))))))))))) unit "社"', UnreadableMeasure, None),
        ('count of members unit "社" unit "社"', UnreadableMeasure, 27),
        ("count of members; drop table", UnreadableMeasure, 17),
        ('count of unit unit "社"', UnreadableMeasure, 10),
        ('sum of members unit "円"', MeasureOutOfPlace, None),
        ('count headcount of members unit "人"', MeasureOutOfPlace, None),
        ('count of members having count >= 2 unit "人"', MeasureOutOfPlace, None),
        ('count of members over place in ("a") unit "人"', MeasureOutOfPlace, None),
        ('latest quantity of a+b unit "人"', MeasureOutOfPlace, None),
        ('latest quantity of a reaching "決定" unit "人"', MeasureOutOfPlace, None),
        ('count of a round down 13 unit "人"', MeasureOutOfPlace, None),
        ('count of a during calendar -101 unit "人"', MeasureOutOfPlace, None),
        ('count of a at end 101 unit "人"', MeasureOutOfPlace, None),
    ],
)  # fmt: skip
def test_読めない数え方は場所と書き方を言って断る(text, code, at) -> None:
    with pytest.raises(code) as refused:
        parse(text)
    if at is not None:
        assert refused.value.facts["at"] == at
    if "wanted_en" in refused.value.facts:
        assert str(refused.value.facts["wanted_en"]).replace("“", "").replace("”", "").isascii()


def test_日本語と英語の文() -> None:
    names = {
        ("checkins", ""): "スタンプラリー", ("checkins", "subject"): "参加者", ("checkins", "place"): "市",
        ("guests", ""): "宿泊者調査", ("guests", "quantity"): "宿泊者数", ("guests", "place"): "市",
    }  # fmt: skip
    rally = parse(
        'distinct subject of checkins having count >= 2 and distinct place >= 2 unit "人"'
    )
    assert sentence(rally, lambda r, c: names[r, c]) == (
        "「スタンプラリー」の、年度中の、件数が2以上、かつ、異なる市の数が2以上の参加者の実数（人）。"
    )
    stays = Measure(
        operation="sum", path=Path("quantity"), registers=("guests",), window=During("calendar"), unit="人泊",
        over=Over(Path("place"), ("青森市", "盛岡市"), monthly=True),
    )  # fmt: skip
    assert sentence(stays, lambda r, c: names[r, c]) == (
        "「宿泊者調査」の、暦年中の宿泊者数の合計（人泊）（市2か所の各月がすべてそろったとき）。"
    )
    trials = parse('count of trials reaching "交付決定" at end unit "件"')
    assert sentence(trials, lambda r, c: c or r) == (
        "「trials」の、年度末までに「交付決定」に至ったものの数（件）。"
    )
    assert sentence(stays, lambda r, c: c or r, "en") == (
        "Sum of quantity of “guests”, in the calendar year (人泊); only where all 2 of place are there, month by month."
    )

"""The parts that rules stand on: days, arithmetic, words, units, schemes, and how an indicator is read."""

from datetime import date
from decimal import Decimal

import pytest
from byhand import indicator, of, point, value

from sosei.checking import Context
from sosei.checking.days import find_days, fiscal_year_of, last_day
from sosei.checking.measures import base
from sosei.checking.numbers import agrees, printed_rate, rates
from sosei.checking.scene import Scene
from sosei.checking.sense import grade_level, policy, reached, way
from sosei.checking.words import ends, misprints


def _spot(row):
    return Scene(of(row), Context()).indicators[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和4年6月30日", date(2022, 6, 30)),
        ("H29.5", date(2017, 5, 31)),
        ("平成29年5月末", date(2017, 5, 31)),
        ("2023-06-30", date(2023, 6, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("Ｒ４．３．３１", date(2022, 3, 31)),
        ("平成33年3月", date(2021, 3, 31)),
        ("6月30日", None),
        ("未定", None),
        (None, None),
    ],
)
def test_最後の日(text, day):
    assert last_day(text) == day


def test_3月は前の年度():
    assert fiscal_year_of(date(2022, 3, 31)) == 2021
    assert fiscal_year_of(date(2022, 4, 1)) == 2022


def test_日付の位置():
    (found,) = find_days("期限は令和4年6月30日です")
    assert (found.start, found.end, found.text) == (3, 12, "令和4年6月30日")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("137.5%", "137.5"),
        ("1,200％", "1200"),
        ("△5.0%", "-5.0"),
        ("95", "95"),
        ("8割", None),
        ("80～90%", "90"),
        ("達成", None),
        ("50% 60%", None),
    ],
)
def test_印刷された率(text, rate):
    assert printed_rate(text) == (None if rate is None else Decimal(rate))


def test_率は印刷の桁で比べる():
    exact = Decimal(200) * 100 / Decimal(300)
    assert agrees(Decimal("66.7"), exact)
    assert agrees(Decimal("66.6"), exact)
    assert agrees(Decimal(67), exact)
    assert not agrees(Decimal("66.5"), exact)


def test_零で割らない():
    assert list(rates(Decimal(0), Decimal(0), Decimal(0), falling=True)) == []


def test_極端な数でも比べられる():
    (plain, *_) = rates(Decimal(10**15 - 1), Decimal("0.000000000000001"), None, falling=False)
    assert not agrees(Decimal("1.5"), plain)


def test_語の一覧():
    assert ends("output", "会議の開催回数（年間）")
    assert not ends("output", "会議の開催回数に占める割合")
    assert misprints()["重要業務評価指標"] == "重要業績評価指標"
    assert "why" not in misprints()


@pytest.mark.parametrize(
    ("a", "b"), [("千円", "円"), ("万人/年", "人"), ("名", "人"), ("％", "%"), ("人/年", "人")]
)
def test_同じものを数える単位(a, b):
    assert base(a) == base(b)


def test_違うものを数える単位():
    assert len({base(unit) for unit in ("人", "組/年", "人泊", "件", "円", "%", "俵")}) == 7


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (indicator(target=1, direction="keep"), "keep"),
        (indicator("量", "t", point(value(170, op="<="))), "down"),
        (indicator("量", "t", point(value(170, op=">="))), "up"),
        (indicator(target=5, baseline=9), "down"),
        (indicator(target=9, baseline=5), "up"),
        (indicator("火災件数", "件", target=5), "down"),
        (indicator(target=5), None),
        (indicator(target=4, baseline=556, expression="increment"), None),
    ],
)
def test_方向(row, expected):
    assert way(_spot(row)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (indicator(target=5, actual=5), True),
        (indicator(target=5, actual=0), False),
        (indicator("死者数", "人", target=0, actual=0), True),
        (indicator("死者数", "人", target=25, actual=30), False),
        (indicator("量", "t", point(value(5, op=">"), 5)), False),
        (indicator(target=5), None),
        (indicator(target="策定", actual="策定"), None),
        (indicator("数", "人", point(1, 2, year=2020), point(5, 4, year=2021)), False),
    ],
)
def test_達成(row, expected):
    assert reached(_spot(row)) is expected


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("①地方創生に非常に効果的であった", 1),
        ("相当程度効果があった", 2),
        ("地方創生に効果があった", 3),
        ("地方創生に対して効果がなかった", 4),
        ("非常に効果的であったとは言えない", None),
        ("A", None),
        (None, None),
    ],
)
def test_四段階の言葉(text, level):
    assert grade_level(text) == level


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("追加等さらに発展させる", "expand"),
        ("事業内容の見直し（改善）", "revise"),
        ("改善し事業継続", "revise"),
        ("事業の継続", "continue"),
        ("事業中止・廃止", "discontinue"),
        ("予定通り事業終了", "end"),
        ("拡充", "expand"),
        ("継続しない", None),
        ("その他", None),
    ],
)
def test_今後の方針の言葉(text, code):
    assert policy(text) == code

"""図の検査. Charts say what their tables say, for any figures, and always with the same bytes."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Said, Value, YearPoint
from sosei.publishing.charts import bars, bullet, chart_of, series_of, year_line
from sosei.publishing.charts.drawing import WIDTH, cut, plain, width_of, wrapped
from sosei.publishing.charts.scale import scale_of, step_of
from strategies import indicators

SVG = "{http://www.w3.org/2000/svg}"


def indicator(*pairs, name="指標", unit="人", baseline=None, first=2018):
    """An indicator with a (target, actual) for each year; None leaves one out, a Gap is one."""

    def value(figure):
        if figure is None:
            return None
        return Value(gap=figure) if isinstance(figure, Gap) else Value(number=Decimal(figure))

    years = tuple(
        YearPoint(fiscal_year=first + at, target=value(t), actual=value(a))
        for at, (t, a) in enumerate(pairs)
    )
    return Indicator(name=Said(text=name), unit=unit, years=years, baseline=value(baseline))


def words(svg):
    """The words drawn in a chart."""
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def rects(svg, look):
    return [e for e in ET.fromstring(svg).iter(f"{SVG}rect") if e.get("class") == f"chart-{look}"]


def test_名前と説明がある図になる():
    root = ET.fromstring(chart_of(indicator((30, 33)), ident="x"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "x-title x-desc"
    assert root.find(f"{SVG}title").text == "指標"
    assert root.find(f"{SVG}desc").text == "平成30年度: 目標値 30人、実績値 33人"


def test_年の数で図の形が変わる():
    one, two, three = (chart_of(indicator(*[(30, 33)] * n), ident="x") for n in (1, 2, 3))
    assert "chart-mark" in one
    assert "chart-mark" not in two
    assert len(rects(two, "actual")) == 3  # two bars and the legend
    assert "chart-line-actual" in three
    assert "chart-line-actual" not in two


def test_比べるもののない指標は図にしない():
    assert chart_of(indicator((30, None)), ident="x") is None
    assert chart_of(indicator(), ident="x") is None
    assert chart_of(indicator((None, None), baseline=3), ident="x") is None


def test_集計中は棒の代わりに斜線と語になる():
    svg = bars(series_of(indicator((30, 33), (40, Gap.COUNTING))), ident="x")
    assert len(rects(svg, "gap")) == 2  # the stub and the legend
    assert "集計中" in words(svg)
    assert len(rects(svg, "actual")) == 2


def test_零は棒がなくても零と書かれる():
    svg = bars(series_of(indicator((0, 0), (5, 0))), ident="x")
    assert words(svg).count("0") == 3
    assert [r.get("width") for r in rects(svg, "actual")][:2] == ["0", "0"]


def test_負の値は零の左に伸びる():
    svg = bars(series_of(indicator((-50, "-12.5"), (10, 5))), ident="x")
    left, right = rects(svg, "actual")[:2]
    zero = Decimal(left.get("x")) + Decimal(left.get("width"))
    assert abs(zero - Decimal(right.get("x"))) <= Decimal("0.2")
    assert "-12.5" in words(svg)


def test_線は値のない年で切れる():
    svg = year_line(
        series_of(indicator((1, 1), (2, 2), (3, Gap.COUNTING), (4, 4), (5, 5))), ident="x"
    )
    path = next(
        e for e in ET.fromstring(svg).iter(f"{SVG}path") if e.get("class") == "chart-line-actual"
    )
    assert path.get("d").count("M") == 2
    assert path.get("d").count("L") == 2


def test_二十年でも年の字が重ならない():
    series = series_of(indicator(*[(100 + n, 90 + n) for n in range(20)], first=2004))
    svg = year_line(series, ident="x")
    years = [e for e in ET.fromstring(svg).iter(f"{SVG}text") if re.fullmatch(r"[HR]\d+", e.text)]
    spans = [
        (Decimal(e.get("x")) - width_of(e.text) / 2, Decimal(e.get("x")) + width_of(e.text) / 2)
        for e in years
    ]
    assert len(years) >= 5
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_年は順に並び年のないものは当年度に立つ():
    years = (
        YearPoint(fiscal_year=2022, actual=Value(number=Decimal(3))),
        YearPoint(actual=Value(number=Decimal(2))),
        YearPoint(fiscal_year=2020, actual=Value(number=Decimal(1))),
    )
    series = series_of(Indicator(years=years), year=2021)
    assert [p.short for p in series.points] == ["R2", "R3", "R4"]
    assert [p.name for p in series_of(Indicator(years=years)).points][-1] == "当年度"


def test_単位の違う値は描かずに語で示す():
    years = (
        YearPoint(
            fiscal_year=2021,
            target=Value(number=Decimal(30)),
            actual=Value(number=Decimal(2), unit="団体"),
        ),
    )
    one = Indicator(unit="人", years=years, baseline=Value(number=Decimal(10)))
    svg = bullet(series_of(one), ident="x")
    assert any("団体" in text for text in words(svg))
    assert len(rects(svg, "actual")) == 1  # only in the legend


def test_指標と同じ単位の値は単位のない値と同じに描く():
    years = (
        YearPoint(fiscal_year=2020, actual=Value(number=Decimal(1))),
        YearPoint(fiscal_year=2021, actual=Value(number=Decimal(17), unit="人")),
    )
    series = series_of(Indicator(unit="人", years=years))
    assert [point.actual.number for point in series.points] == [1, 17]
    assert series.gaps == []


def test_長い名前は枠に収まり全文は題に残る():
    name = "とても長い指標の名前" * 12
    svg = chart_of(indicator((1, 2), name=name), ident="x")
    assert name in ET.fromstring(svg).find(f"{SVG}title").text
    assert all(width_of(text) <= WIDTH for text in words(svg))
    assert any(text.endswith("…") for text in words(svg))


def test_名前の中の記号は書き換えられない():
    svg = chart_of(indicator((1, 2), name="<b>&\"'"), ident="x")
    assert ET.fromstring(svg).find(f"{SVG}title").text == "<b>&\"'"


@settings(deadline=None, max_examples=60)
@given(indicators(4), st.integers(2013, 2030))
def test_どんな指標でも正しい図か図なしになる(one, year):
    svg = chart_of(one, ident="x", year=year)
    if svg is None:
        return
    root = ET.fromstring(svg)
    _, _, width, height = (Decimal(n) for n in root.get("viewBox").split())
    for element in root.iter():
        for key in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy"):
            if (at := element.get(key)) is not None:
                assert -1 <= Decimal(at) <= max(width, height)
        assert Decimal(element.get("width", "0")) >= 0
    assert svg == chart_of(one, ident="x", year=year)
    assert not re.search(r"\dE[-+]?\d|NaN|style=", re.sub(r">[^<]*<", "><", svg))


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=6))
def test_目盛は零とすべての値を含む(numbers):
    scale = scale_of(numbers, 0, 100)
    assert scale.low <= min([*numbers, 0])
    assert scale.high >= max([*numbers, 0])
    assert all(0 <= scale(number) <= 100 for number in numbers)
    ticks = scale.ticks()
    assert 0 in ticks
    assert 2 <= len(ticks) <= 8


@pytest.mark.parametrize(
    ("span", "step"), [("100", "50"), ("4", "1"), ("0.07", "0.02"), ("1234567", "500000")]
)
def test_目盛の刻みは切りのよい数(span, step):
    assert step_of(Decimal(span)) == Decimal(step)


def test_文字は幅に収めて切る():
    assert cut("短い", 100) == "短い"
    assert width_of(cut("長い名前の指標です", 60)) <= 60
    assert "".join(wrapped("あいうえおかきくけこ", 60)) == "あいうえおかきくけこ"
    assert len(wrapped("あ" * 100, 60)) == 3


@pytest.mark.parametrize(
    ("number", "shown"), [("1E+2", "100"), ("0.05", "0.1"), ("-0.01", "0"), ("12.30", "12.3")]
)
def test_座標は指数を使わない(number, shown):
    assert plain(Decimal(number)) == shown

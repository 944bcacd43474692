"""表記の検査. What is shown of a figure is what is read of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import PeriodSaid, Value
from sosei.core.shown import (
    read_lines,
    read_period,
    read_shown_year,
    read_sum,
    show_number,
    show_value,
    show_year,
    show_yen,
)
from strategies import UNITS, texts, values

LANGS = st.sampled_from(["ja", "en"])


@settings(deadline=None, max_examples=300)
@given(values(), st.none() | st.sampled_from(UNITS) | texts(), LANGS)
def test_示した値は読み戻せる(value, unit, lang):
    again = read_lines(show_value(value, unit=unit, lang=lang), unit=unit)
    assert replace(again, raw=None, place=()) == replace(value, sure=None)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (Value(number=Decimal(1234567)), ("1,234,567",)),
        (Value(number=Decimal("-0.5")), ("-0.5",)),
        (Value(number=Decimal(0)), ("0",)),
        (Value(gap=Gap.COUNTING), ("集計中",)),
        (Value(gap=Gap.BLANK), ("空欄",)),
        (Value(text="設置"), ("設置",)),
        (Value(text="集計中"), ("「集計中」",)),
        (Value(text="5"), ("「5」",)),
        (Value(text="「設置」"), ("「「設置」」",)),
        (Value(gap=Gap.COUNTING, expected="7月末"), ("集計中", "公表予定：7月末")),
    ],
)
def test_語と数と不在は見分けられる(value, lines):
    assert show_value(value) == lines
    assert read_lines(lines) == value


def test_書き足された値も読める():
    assert read_lines(["18人"], unit="人").number == 18
    assert read_lines(["△5"]).number == -5
    assert read_lines(["7月に公表する", "見込み"]).text == "7月に公表する見込み"


@given(
    st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
    st.none() | st.sampled_from(["円", "千円", "万円", "百万円", "億円"]),
)
def test_金額は単位ごと読み戻せる(yen, unit):
    assert read_sum(show_yen(yen, unit)) == (yen, unit)


def test_金額でない語は金額にしない():
    assert read_sum("なし") == (None, None)
    assert read_sum("0.5") == (None, None)


@given(st.integers(1926, 2100), LANGS)
def test_年度は読み戻せる(year, lang):
    assert read_shown_year(show_year(year, lang)) == year


def test_年度でない語は年度にしない():
    assert read_shown_year("当年度") is None
    assert read_shown_year("") is None
    assert read_shown_year("R3") == 2021


@given(st.decimals(-(10**9), 10**9, places=4))
def test_数は指数を使わず余分な零を残さない(number):
    text = show_number(number)
    assert Decimal(text.replace(",", "")) == number
    assert "E" not in text
    assert "." not in text or not text.endswith("0")
    assert text != "-0"


def test_期間の語は年が分からなくても残る():
    assert read_period("R1～R3年度") == PeriodSaid(raw="R1～R3年度", first=2019, last=2021)
    assert read_period("未定") == PeriodSaid(raw="未定")

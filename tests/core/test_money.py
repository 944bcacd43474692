"""金額: whole yen, exactly, in every unit that documents print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.errors import BadInput, UnknownUnit, UnreadableFigure
from sosei.core.money import SCALES, find_yen, money_unit, read_yen, show_yen


@pytest.mark.parametrize(
    ("text", "unit", "yen", "printed"),
    [
        ("259,057千円", None, 259_057_000, "千円"), ("259,057 千円", None, 259_057_000, "千円"), ("１０，０１０千円", None, 10_010_000, "千円"),
        ("200万円", None, 2_000_000, "万円"), ("1億2,345万円", None, 123_450_000, "円"), ("2億396万円", None, 203_960_000, "円"),
        ("1.5億円", None, 150_000_000, "億円"), ("9兆1,400億円", None, 9_140_000_000_000, "円"), ("12兆円", None, 12 * 10**12, "円"),
        ("1,234", "百万円", 1_234_000_000, "百万円"), ("999兆円", None, 999 * 10**12, "円"), ("0", "円", 0, "円"), ("0円", None, 0, "円"), ("￥1,000-", None, 1000, "円"),
        ("金1,000円也", None, 1000, "円"), ("△605", "千円", -605_000, "千円"), ("▲1,234千円", None, -1_234_000, "千円"),
        ("35,691", "千円", 35_691_000, "千円"), ("10千円", "円", 10_000, "千円"), ("1.5千円", None, 1500, "千円"),
        ("120（千円）", None, 120_000, "千円"),
    ],
)  # fmt: skip
def test_金額は1円まで正しい(text: str, unit: str | None, yen: int, printed: str):
    assert read_yen(text, unit=unit) == (yen, printed)


@pytest.mark.parametrize(
    ("text", "unit", "refusal"),
    [
        ("35,691", None, UnknownUnit), ("10人", None, UnknownUnit), ("10人", "千円", UnknownUnit), ("1.5円", None, UnreadableFigure),
        ("0.0001千円", None, UnreadableFigure), ("集計中", "千円", UnreadableFigure), ("", "千円", UnreadableFigure), ("1,200円/kg", None, UnknownUnit),
        ("100ドル", None, UnknownUnit), ("9999兆円", None, UnreadableFigure), ("1000兆円", None, UnreadableFigure),
    ],
)  # fmt: skip
def test_金額でないものは断る(text: str, unit: str | None, refusal: type[BadInput]):
    with pytest.raises(refusal):
        read_yen(text, unit=unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("千円", "千円"), ("（単位：千円）", "千円"), ("(単位:円)", "円"), ("単位：百万円", "百万円"), ("（億円）", "億円"), ("万円", "万円")],
)  # fmt: skip
def test_見出しの単位を読む(text: str, unit: str):
    assert money_unit(text) == unit


@pytest.mark.parametrize("text", ["", "人", "十円", "兆円", "円/人", "千円千円", "ドル"])
def test_金額の単位でないものは断る(text: str):
    with pytest.raises(UnknownUnit) as refusal:
        money_unit(text)
    assert refusal.value.code == "E104"


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(list(SCALES)))
def test_書いた金額は同じ金額に読める(yen: int, unit: str):
    assert read_yen(show_yen(yen, unit)) == (yen, unit)


def test_金額の見せ方():
    assert show_yen(10_010_000, "千円") == "10,010千円"
    assert show_yen(10_010_001, "千円") == "10,010.001千円"
    assert show_yen(0, "億円") == "0億円"
    assert show_yen(1_000_000) == "1,000,000円"


def test_文中の金額を見つける():
    text = "①業務委託 10,010 千円、補助金1,333千円（33社、R3）と2億396万円、1.5円"
    found = find_yen(text)
    assert [(f.yen, f.unit) for f in found] == [
        (10_010_000, "千円"),
        (1_333_000, "千円"),
        (203_960_000, "円"),
    ]
    assert [text[f.start : f.end] for f in found] == ["10,010 千円", "1,333千円", "2億396万円"]


def test_断りは知らない単位か_単位のない文を言う():
    for text, unit, said in [("10人", "千円", "人"), ("35,691", None, "35,691")]:
        with pytest.raises(UnknownUnit) as refusal:
            read_yen(text, unit=unit)
        assert refusal.value.facts == {"text": said}


def test_文中の兆円は円に直し_桁のあふれる額は拾わない():
    found = find_yen("基金1兆円、1000兆円、10人")
    assert [(f.yen, f.unit) for f in found] == [(10**12, "円")]

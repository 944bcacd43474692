"""数量: every written form of figures.tsv is read right or refused, and nothing but figures is found in running text."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hangs import no_hang
from sosei.core.errors import UnreadableFigure
from sosei.core.figures import Figure, find_figures, read_figure, read_value
from sosei.core.fiscal import find_years
from sosei.core.gaps import Gap
from sosei.core.report import Place
from sosei.core.text import is_clean

FORMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "figures.tsv").read_text("utf-8").splitlines()[1:]
]
DECIMALS = st.decimals(-(10**9), 10**9, places=3).map(lambda d: d.normalize() + 0)


def says(figure: Figure) -> str:
    """What a figure says beyond number and unit, as the table writes it."""
    marks = (
        figure.op,
        "約" if figure.approx else None,
        figure.count_kind,
        figure.state,
        figure.lead,
        f"second={figure.second}" if figure.second else None,
        *(f"!{fault}" for fault in figure.faults),
    )
    return " ".join(mark for mark in marks if mark)


def test_表は250を超える書き方を集めている():
    assert len(FORMS) >= 250
    assert len({form[0] for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize(("written", "number", "unit", "said"), FORMS, ids=lambda part: part)
def test_どの書き方も正しく読むか断る(written: str, number: str, unit: str, said: str):
    if number == "×":
        with pytest.raises(UnreadableFigure) as refusal:
            read_figure(written)
        assert f"「{written}」" in refusal.value.sentence()
        return
    figure = read_figure(written)
    assert figure.number == Decimal(number)
    assert (figure.unit or "", says(figure), figure.raw) == (unit, said, written)


@pytest.mark.parametrize(
    ("op", "words"),
    [
        (">=", "以上"), ("<=", "以下 以内"), ("<", "未満 を下回る を下回り"), (">", "超 を超える を超え を上回る を上回り"),
    ],
)  # fmt: skip
def test_以上も超も言葉のとおりに読む(op: str, words: str):
    assert [read_figure(f"5人{word}").op for word in words.split()] == [op] * len(words.split())


@pytest.mark.parametrize(
    ("op", "signs"), [(">=", "≧ ≥ >= ＞＝"), (">", "> ＞"), ("<=", "≦ ≤ <= ＜＝"), ("<", "< ＜")]
)
def test_以上も超も印のとおりに読む(op: str, signs: str):
    assert [read_figure(f"{sign}5人").op for sign in signs.split()] == [op] * len(signs.split())


def test_長すぎる欄は数でない():
    assert read_figure("5人" + " " * 118).number == 5
    with pytest.raises(UnreadableFigure):
        read_figure("5人" + " " * 119)


@pytest.mark.parametrize("nothing", ["", " ", "\u3000", "\n"])
def test_空は数でない(nothing: str):
    with pytest.raises(UnreadableFigure):
        read_figure(nothing)


@given(DECIMALS, st.sampled_from(["", "人", "千円", "万人回", "%", "件/年", "㎡"]))
def test_書いた数は同じ数に読める(number: Decimal, unit: str):
    for written in (f"{number:f}", f"{number:,f}", f"{number:,f}".replace("-", "△")):
        figure = read_figure(written + unit)
        assert (figure.number, figure.unit, figure.faults) == (number, unit or None, ())


@given(st.integers(0, 10**15 - 1))
def test_億と万で書いた数は同じ数に読める(number: int):
    cho, rest = divmod(number, 10**12)
    oku, rest = divmod(rest, 10**8)
    man, ones = divmod(rest, 10**4)
    parts = [(cho, "兆"), (oku, "億"), (man, "万"), (ones, "")]
    written = "".join(f"{part:,}{scale}" for part, scale in parts if part) or "0"
    assert read_figure(written + "円").number in {
        number,
        Decimal(number) / 10**4,
        Decimal(number) / 10**8,
        Decimal(number) / 10**12,
    }
    assert read_figure(written).number == number


@given(st.text(max_size=40) | st.text("0123456789,.-△万億人円（）()約以上/月年〜 ", max_size=16))
def test_どんな文字列も数か断りになる(text: str):
    try:
        figure = read_figure(text)
    except UnreadableFigure:
        return
    assert figure.number.is_finite()
    assert figure.unit is None or is_clean(figure.unit)


@given(st.text(max_size=60) | st.text("0123456789,.-△万億人円（）()約以上/月年〜 ①H", max_size=30))
def test_文中の数は順に並び重ならない(text: str):
    at = 0
    for found in find_figures(text):
        assert at <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]
        at = found.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R3は延べ1,234人（目標1,000人）", ["延べ1,234人", "1,000人"]),
        ("H28.3に5件、平成29年度末で約1億2,345万円（△5％）。", ["5件", "約1億2,345万円", "△5％"]),
        ("①会員33社 ②補助金10,010千円", ["33社", "10,010千円"]),
        ("1. 移住者161人 (2) 53社", ["161人", "53社"]),
        ("目標：4,200,000人泊　実績 集計中", ["4,200,000人泊"]),
        ("電話019-651-4111、〒020-8530、4月1日10:30～", []),
        ("補助率1/2、10分の3、第3回、3年目、2回目", []),
        ("Society5.0の5G導入3件、KPI18人", ["3件", "18人"]),
        ("2022/3/31に12社、2021年度", ["12社"]),
        ("二十名と三十三間堂、一人ひとり", ["二十名"]),
        ("100人から200人へ、前年比▲2.5ポイント", ["100人", "200人", "▲2.5ポイント"]),
        ("R3-5人", ["5人"]),
        ("80%以上を維持", ["80%以上"]),
        ("5%強化", ["5%"]),
        ("", []),
        ("数字なし", []),
    ],
)
def test_文中の数だけを見つける(text: str, expected: list[str]):
    assert [text[f.start : f.end] for f in find_figures(text)] == expected


def test_見つけた数は全体として読んだ数と同じ():
    for written, number, unit, said in FORMS:
        if number == "×" or "second" in said or "!" in said or not re.search(r"\d", written):
            continue
        found = find_figures(written)
        if found and (found[0].start, found[0].end) == (0, len(written)):
            assert found[0].figure.number == Decimal(number), written
            assert (found[0].figure.unit or "") == unit, written


class TestReadValue:
    """A whole cell."""

    def test_数はそのまま書かれていればrawを持たない(self):
        assert read_value("33").raw is None
        assert read_value("1,234").raw == "1,234"
        assert read_value("１２").raw == "１２"

    def test_単位は列の単位と違うときだけ値が持つ(self):
        assert read_value("5人", unit="人").unit is None
        assert read_value("5万人", unit="人").unit == "万人"
        assert read_value("5％", unit="%").unit is None
        assert read_value("5", unit="人").unit is None
        assert read_value("5人").unit == "人"

    def test_ゼロは空欄でなく空欄はゼロでない(self):
        assert read_value("0").number == 0
        assert read_value("").gap is Gap.BLANK
        assert read_value(" \u3000\n").gap is Gap.BLANK

    def test_集計中は公表の予定とともに読む(self):
        value = read_value("集計中（R5.9公表予定）")
        assert (value.gap, value.expected, value.raw) == (
            Gap.COUNTING,
            "R5.9公表予定",
            "集計中（R5.9公表予定）",
        )
        assert read_value("－").expected is None

    def test_時点は値につく(self):
        value = read_value("100人（R5.3.31現在）", unit="人")
        assert (value.number, value.as_of, value.unit) == (100, "R5.3.31現在", None)

    def test_数でない言葉は言葉のまま(self):
        value = read_value("全員取得")
        assert (value.text, value.number, value.gap, value.raw) == ("全員取得", None, None, None)
        assert read_value("現状\n維持").text == "現状 維持"
        assert read_value("現状\n維持").raw == "現状\n維持"

    def test_上限と速報(self):
        value = read_value("延べ約1,000人以上（見込）")
        assert (value.op, value.state, value.number) == (">=", "forecast", 1000)

    def test_場所はそのまま渡る(self):
        place = (Place(start=1, end=2),)
        assert read_value("1", place=place).place == place
        assert read_value("-", place=place).place == place
        assert read_value("設置", place=place).place == place
        assert read_value("1,0", place=place).place == place

    @given(st.text(max_size=80))
    def test_どんな欄も値になる(self, text: str):
        value = read_value(text)
        assert (value.number is not None) + (value.gap is not None) + (value.text is not None) == 1


@pytest.mark.parametrize(
    "piece",
    ["平成30年度に5人、", "1,", "(1) 5人 ", "約-約-", "1億2", "5人（", "①H28.3", "元年度一二三"],
)
def test_長い文も読み終わる(piece: str):
    """So long that work growing with the square of the length would not end within the guard."""
    text = piece * 20_000
    with no_hang():
        assert len(find_figures(text)) <= len(text)
        find_years(text)
        read_value(text)

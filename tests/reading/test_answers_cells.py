"""回答欄の書き方. How offices write one cell, and what is made of it: never in silence, never by guess."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import inquirysample
from sosei.core.gaps import Gap
from sosei.reading.answers.cells import take_figure, take_text
from sosei.reading.answers.expected import counting, last_day
from sosei.reading.answers.jumps import jump_of
from sosei.reading.answers.lines import rest_of
from sosei.reading.answers.rows import Box
from sosei.reading.grid import Words

SHEET = inquirysample.sheet()


def take(key, text, *, unit=None, number=None, formula=None):
    box = Box(0, Words(text), number=None if number is None else Decimal(number), formula=formula)
    return take_figure(SHEET, SHEET.by_key[key], box, unit)


#: Q01 is asked in 人, Q02 in 千円, Q03 in %.
READ = [
    ("Q01", "131", "131"), ("Q01", "131人", "131"), ("Q01", "１３１", "131"), ("Q01", "１３１ 人", "131"), ("Q01", "131名", "131"),
    ("Q01", "1,234", "1234"), ("Q01", "1、234", None), ("Q01", "1万2,345人", "12345"), ("Q01", "百三十一", "131"), ("Q01", "0", "0"),
    ("Q01", "△5", "-5"), ("Q01", "▲5人", "-5"), ("Q01", "-5", "-5"), ("Q01", "延べ131人", "131"), ("Q01", "131人（速報値）", "131"),
    ("Q01", "131人(3月末時点)", "131"), ("Q01", "130以上", "130"), ("Q01", "131\n人", "131"), ("Q01", " 131 ", "131"), ("Q01", "131※", "131"),
    ("Q02", "259,057", "259057"), ("Q02", "259,057千円", "259057"), ("Q02", "259,057,000円", "259057"), ("Q02", "2億5,905万7千円", "259057"),
    ("Q02", "¥259,057,000", "259057"), ("Q02", "259百万円", "259000"), ("Q02", "0.5億円", "50000"), ("Q02", "1,500円", "1.5"),
    ("Q03", "78.5", "78.5"), ("Q03", "78.5%", "78.5"), ("Q03", "７８．５％", "78.5"), ("Q03", "100", "100"),
    ("Q01", "なし", None), ("Q01", "7月31日", None), ("Q01", "2022/7/31", None), ("Q01", "131件", None), ("Q01", "1/2", None),
    ("Q01", "131・135", None), ("Q01", "3～5", None), ("Q01", "O", None), ("Q01", "1 31", None), ("Q01", "#REF!", None), ("Q01", "####", None),
    ("Q01", "別紙のとおり", None), ("Q01", "前年度と同じ", None), ("Q02", "259ドル", None), ("Q03", "3ポイント", None), ("Q01", "集計中（速報131人）", None),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "number"), READ)
def test_数の書き方(key, text, number):
    taken = take(key, text)
    if number is None:
        assert taken.value is None
        assert taken.problem is not None
        assert taken.problem.key == key
        assert taken.problem.ja.endswith("ください。") or "数式" in taken.problem.ja
    else:
        assert taken.problem is None
        assert taken.value.number == Decimal(number)
        assert taken.value.unit is None


@pytest.mark.parametrize(
    ("text", "gap", "expected"),
    [
        ("集計中", Gap.COUNTING, None), ("（集計中）", Gap.COUNTING, None), ("集計中(7月末)", Gap.COUNTING, "7月末"),
        ("集計中　８月頃", Gap.COUNTING, "８月頃"), ("集計中です。7月末にわかる予定です", Gap.COUNTING, "7月末にわかる予定です"),
        ("未公表", Gap.COUNTING, None), ("調査中（R4.9公表予定）", Gap.COUNTING, "R4.9公表予定"), ("8月公表予定", Gap.COUNTING, "8月公表予定"),
        ("集計中（県待ち）", Gap.COUNTING, None), ("－", Gap.DASH, None), ("-", Gap.DASH, None), ("―", Gap.DASH, None), ("未定", Gap.UNDECIDED, None),
        ("該当なし", Gap.NOT_APPLICABLE, None), ("測定不能", Gap.NOT_MEASURABLE, None), ("把握していない", Gap.NOT_MEASURABLE, None),
        ("counting", Gap.COUNTING, None), ("N/A", Gap.NOT_APPLICABLE, None),
    ],
)  # fmt: skip
def test_値のない理由(text, gap, expected):
    value = take("Q01", text).value
    assert (value.gap, value.expected) == (gap, expected)


def test_空欄は未回答でゼロではない():
    assert take("Q01", "").value is None
    assert take("Q01", "　").value is None
    assert take("Q01", "").problem is None
    assert take("Q01", "0").value.number == 0


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("Q02", "259,057,000円", "E630"), ("Q01", "約130", "E632"), ("Q01", "130人程度", "E632"), ("Q01", "131（前年18）", "E632"),
        ("Q01", "累計131人", "E632"), ("Q01", "12,34", "E632"),
    ],
)  # fmt: skip
def test_黙って変えない(key, text, code):
    assert [notice.code for notice in take(key, text).notices] == [code]


@pytest.mark.parametrize(
    ("key", "shown", "number", "want"),
    [
        ("Q01", "131", "131", "131"), ("Q03", "38.5%", "0.385", "38.5"), ("Q01", "131人", "131", "131"), ("Q01", "131", "131.4", "131.4"),
        ("Q02", "259", "259057", "259.057"), ("Q01", "1.3E+02", "131", "131"), ("Q01", "△5", "-5", "-5"), ("Q01", "(5)", "-5", "-5"),
        ("Q01", "####", "131", None), ("Q01", "131", "1e-20", None),
    ],
)  # fmt: skip
def test_表計算の数は書式の見た目も読む(key, shown, number, want):
    taken = take(key, shown, number=number)
    assert (taken.value and taken.value.number) == (want and Decimal(want))


def test_千円で見せている円の値は見た目で読んで知らせる():
    taken = take("Q02", "259,057", number="259057000")
    assert taken.value.number == 259057
    assert [notice.code for notice in taken.notices] == ["E630"]


def test_計算結果のない数式は直し方を言う():
    taken = take("Q01", "", formula="=SUM(A1:A3)")
    assert "Excelで開いて保存し直してください" in taken.problem.ja


def test_行の単位が違えば換算して知らせる():
    taken = take("Q02", "259,057,000", unit="円")
    assert taken.value.number == 259057
    assert [notice.code for notice in taken.notices] == ["E630"]
    assert take("Q01", "131", unit="件").problem.code == "E629"
    assert take("Q01", "131", unit="名").value.number == 131


@pytest.mark.parametrize(
    ("key", "number", "jumps"),
    [
        ("Q02", "243100000", True), ("Q02", "243.1", True), ("Q02", "250000", False), ("Q02", "0", False), ("Q03", "0.785", True),
        ("Q03", "40", False), ("Q01", "900", False), ("Q01", "18000", True), ("Q12", "1300", True), ("Q15", "1", False),
    ],
)  # fmt: skip
def test_千倍や百分の一は知らせる(key, number, jumps):
    from sosei.core.report import Value

    found = jump_of(SHEET, SHEET.by_key[key], Value(number=Decimal(number)))
    assert (found is not None) is jumps


def test_文章は行を保ちつなぎだけを取る():
    text = take_text(Box(0, Words("・拠点を 整備した。 \n\n・講座\t開催")))
    assert text.text == "・拠点を 整備した。\n・講座 開催"
    assert take_text(Box(0, Words("－"))).value.gap is Gap.DASH
    assert take_text(Box(0, Words(" \n "))).text is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("7月末", "2022-07-31"), ("7/15", "2022-07-15"), ("７月１５日", "2022-07-15"), ("9月上旬", "2022-09-10"), ("2月", "2023-02-28"),
        ("5月末", "2022-05-31"), ("R4.7.31", "2022-07-31"), ("令和5年3月", "2023-03-31"), ("2022/8/5", "2022-08-05"), ("2022-08-05", "2022-08-05"),
        ("秋頃", None), ("未定", None), ("国の公表後", None), ("来年度", None),
    ],
)  # fmt: skip
def test_判明予定日(words, day):
    found = last_day(words, date(2022, 6, 24))
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("rest", "answer"),
    [
        ("：61人（目標60人、前年度53人）", "61人"), ("　目標60人　実績61人", "61人"), (" R2実績 53 R3実績 61", "61"), ("は61人でした。", "61人"),
        ("：61人", "61人"), (" 前年度53人、今年度実績61人", "61人"), ("（目標60人）：61人", None), ("", ""), ("　1,234人", "1,234人"),
    ],
)  # fmt: skip
def test_文の中の回答(rest, answer):
    found = rest_of(Words(rest), 2021).text
    if answer is not None:
        assert found == answer


@given(st.text(max_size=40))
def test_どんな文字でも倒れず数か理由か断りになる(text):
    for key in ("Q01", "Q02", "Q03"):
        taken = take(key, text)
        assert (taken.value is None) or (taken.problem is None)
        assert not text.strip() or taken.value is not None or taken.problem is not None
    counting(text)
    last_day(text, date(2022, 6, 24))

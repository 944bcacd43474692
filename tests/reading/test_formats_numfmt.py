"""What a spreadsheet shows for a number. The expected side is what Excel (Japanese) shows on its sheet."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reading.formats import numfmt

SHOWN = [
    ("0.385", "0.0%", "38.5%"),
    ("0.385", "0%", "39%"),
    ("1.005", "0.00", "1.01"),
    ("0.125", "0.00", "0.13"),
    ("-0.001", "0.00", "0.00"),
    ("1234567", "#,##0", "1,234,567"),
    ("999", "#,##0", "999"),
    ("0", "#,##0", "0"),
    ("0", "#,###", ""),
    ("0.5", "#,##0.##", "0.5"),
    ("0.5", "0.##", "0.5"),
    ("5", "0.##", "5."),
    ("-1234", "#,##0;△#,##0", "△1,234"),
    ("-1234", "#,##0;[Red]▲#,##0", "▲1,234"),
    ("-1234", "#,##0_);(#,##0)", "(1,234)"),
    ("-1234", '#,##0_ ;[Red]"△ "#,##0 ', "△ 1,234"),
    ("0", '#,##0;-#,##0;"－"', "－"),
    ("0", "0;0;;@", ""),
    ("1234567", '#,##0,"千円"', "1,235千円"),
    ("123456789", "#,##0.0,,", "123.5"),
    ("18", '0"人"', "18人"),
    ("18", "0人", "18人"),
    ("18", r"0\件", "18件"),
    ("-5", '0"件"', "-5件"),
    ("32018", "000000", "032018"),
    ("0201234567", "00-0000-0000", "02-0123-4567"),
    ("1.5", "?0.0?", "1.5"),
    ("5", '"第"0"回"', "第5回"),
    ("1234", '[>=1000]#,##0,"千";0', "1千"),
    ("12", '[>=1000]#,##0,"千";0', "12"),
    ("-12", '[<0]"△"0;0', "△12"),
    ("12345", "0.00E+00", "1.23E+04"),
    ("0.00012", "0.0E+0", "1.2E-4"),
    ("99999", "0.0E+00", "1.0E+05"),
    ("1.5", "# ?/?", "1 1/2"),
    ("0.25", "# ??/??", "1/4"),
    ("2", "# ?/?", "2"),
    ("1234.5", "General", "1234.5"),
    ("1234.50", "G/標準", "1234.5"),
    ("5", 'General"人"', "5人"),
    ("100000000", "General", "100000000"),
    ("0.1", "@", "0.1"),
    ("1234", "[$¥-411]#,##0", "¥1,234"),
    ("1234", "[$€]#,##0", "€1,234"),
    ("50", "0.0", "50.0"),
    ("44287", "yyyy/m/d", "2021/4/1"),
    ("44287", 'yyyy"年"m"月"d"日"', "2021年4月1日"),
    ("44287", '[$-411]ggge"年"m"月"d"日"', "令和3年4月1日"),
    ("44287", '[$-ja-JP-x-gannen]ggge"年"', "令和3年"),
    ("44287", "[$-411]ge.m.d;@", "R3.4.1"),
    ("44287", "ge.mm", "R3.04"),
    ("43585", "ggge年", "平成31年"),
    ("43586", "ggge年", "令和1年"),
    ("32515", "gge", "昭64"),
    ("32515", "ggge", "昭和64"),
    ("32516", "gee", "H01"),
    ("44287", "yy/mm/dd", "21/04/01"),
    ("44287", "mmm-yy", "Apr-21"),
    ("44287", "aaa", "木"),
    ("44287", "aaaa", "木曜日"),
    ("44287.5", "yyyy/m/d h:mm", "2021/4/1 12:00"),
    ("44287.75", "h:mm AM/PM", "6:00 PM"),
    ("0.5", "h:mm:ss", "12:00:00"),
    ("1.5", "[h]:mm", "36:00"),
    ("0.0104166667", "mm:ss", "15:00"),
    ("44287", "m/d", "4/1"),
]


@pytest.mark.parametrize(("number", "code", "text"), SHOWN)
def test_a_number_is_shown_as_on_the_sheet(number, code, text):
    assert numfmt.shown(Decimal(number), code) == text


def test_workbooks_that_count_from_1904():
    assert numfmt.shown(Decimal(42825), "yyyy/m/d", since_1904=True) == "2021/4/1"


@pytest.mark.parametrize("number", ["60.5", "-1", "2958466", "1e30"])
def test_days_outside_the_calendar_are_shown_as_numbers(number):
    assert numfmt.shown(Decimal(number), "yyyy/m/d") == numfmt.general(Decimal(number))


def test_days_before_march_1900_are_one_off():
    assert numfmt.moment(Decimal(1)) == datetime(1900, 1, 1)  # noqa: DTZ001
    assert numfmt.moment(Decimal(61)) == datetime(1900, 3, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("General", "集計中"),
        ("@", "集計中"),
        ('0;0;0;@"済"', "集計中済"),
        ("0;0;0;", ""),
        ("0", "集計中"),
    ],
)
def test_words_are_changed_only_by_a_section_of_their_own(code, text):
    assert numfmt.text_shown("集計中", code) == text


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy/m/d", True),
        ("[h]:mm", True),
        ("0", False),
        ('0"年"', False),
        ("General", False),
        ('"d"0', False),
    ],
)
def test_a_format_of_days_is_known(code, dated):
    assert numfmt.is_date(code) is dated


@given(
    st.text(st.sampled_from('0#?.,%;@"[]\\_*-ymdhsgeE+/ GaAP>0'), max_size=20),
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value="-1e15", max_value="1e15", places=4
    ),
)
def test_any_format_shows_something_of_any_number(code, number):
    assert isinstance(numfmt.shown(number, code), str)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2
    )
)
def test_two_decimals_with_commas_lose_nothing(number):
    shown = numfmt.shown(number, "#,##0.00")
    assert Decimal(shown.replace(",", "")) == number


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4),
    st.sampled_from(
        [
            "0", "0.00", "#,##0", "#,##0.0", "0%", "0.0%", "#,##0_ ", "#,##0_);(#,##0)", '"¥"#,##0', "#,##0;△#,##0",
            '#,##0"人"', "#,##0.0;[Red]-#,##0.0", "##0", "%0", "0.0 ", "[>=1000]#,##0;0.0",
        ]
    ),
)  # fmt: skip
def test_早い読み方は丁寧な読み方と同じものを見せる(number, code):
    section, rest = numfmt._chosen(numfmt._sections(code), number)
    assert section.plan is not None
    assert numfmt._planned(section.plan, rest) == numfmt._numbered(section, rest)


@given(
    st.from_regex(r"([1-9][0-9]{0,8}|0)(\.[0-9]{0,4}[1-9])?", fullmatch=True),
    st.sampled_from(
        ["General", "0", "0.00", "#,##0", "#,##0.0_ ", '"約"#,##0"人"', "#,##0;△#,##0", "0%"]
    ),
)
def test_文字のまま整えた数は計算して整えた数と同じ(text, code):
    plan = numfmt.plan_of(code)
    found = numfmt.shown_plainly(text, plan)
    assert found in (None, numfmt.shown(Decimal(text), code))

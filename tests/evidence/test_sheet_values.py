"""セルの値. Days, numbers, answers, choices, places and contacts as offices write them; any text is a value or a problem."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sheetroom import corporate_number, value, wrong

from sosei.core.bodies import check_digit
from sosei.core.corporate import is_valid
from sosei.core.text import join_lines
from sosei.evidence.codec import scaled, unscaled
from sosei.evidence.sheets.cells import Cell, Typed, letters
from sosei.evidence.sheets.days import Span, Year
from sosei.evidence.sheets.said import Wrong
from sosei.reading.formats.workbook import column_letters


@pytest.mark.parametrize(
    "text",
    [
        "2021-04-01", "2021/4/1", "2021/04/01", "２０２１／４／１", "2021年4月1日", "令和3年4月1日", "令和３年４月１日", "R3.4.1", "Ｒ３．４．１",
        "R3/4/1", "R3-4-1", "2021.4.1", "20210401", "２０２１０４０１", "2021/4/1(木)", "2021年4月1日（木）", "令和3年4月1日 木曜日", "2021-04-01 10:30",
        "2021/04/01 10:30:00", "2021-04-01T10:30:00+09:00", "2021/4/1 午後 3:00", "令和3年4月1日　13時30分", "R3.4.1 13:00～15:00", " 2021/4/1 ",
    ],
)  # fmt: skip
def test_役所が書く日付をどれも読む(text: str) -> None:
    assert value("date", text) == date(2021, 4, 1)


def test_元年と昭和と閏日を読む() -> None:
    assert value("date", "令和元年5月1日") == date(2019, 5, 1)
    assert value("date", "S64.1.7") == date(1989, 1, 7)
    assert value("date", "平成31年4月30日") == date(2019, 4, 30)
    assert value("date", "R2.2.29") == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [("4/1", date(2021, 4, 1)), ("12月31日", date(2021, 12, 31)), ("1/5", date(2022, 1, 5)), ("３月３１日（木）", date(2022, 3, 31))],
)  # fmt: skip
def test_年のない日付は外から言われた年度の日になる(text: str, day: date) -> None:
    assert value("date", text, fiscal_year=2021) == day
    assert "何年度のものか" in wrong("date", text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3.4.1", "「2021/4/1」"), ("3/4/1", "「2021/4/1」"), ("03/04/2021", "「2021/4/1」"), ("2021/4/31", "暦にない日"), ("令和3年13月1日", "暦にない日"),
        ("20210230", "暦にない日"), ("2021-04", "何日かまで"), ("令和3年4月", "何日かまで"), ("未定です", "「2021/4/1」"), ("44287", "「2021/4/1」"),
        ("1899/12/31", "1926年から2100年"), ("2101/1/1", "1926年から2100年"), ("あ" * 300, "「2021/4/1」"),
    ],
)  # fmt: skip
def test_二つに読める日や暦にない日は直し方を言う(text: str, said: str) -> None:
    assert said in wrong("date", text)


def test_数のセルの日付は通し番号と8桁の数を読む() -> None:
    assert value("date", Typed("44287", number=Decimal(44287))) == date(2021, 4, 1)
    assert value("date", Typed("44287.75", number=Decimal("44287.75"))) == date(2021, 4, 1)
    assert value("date", Typed("20210401", number=Decimal(20210401))) == date(2021, 4, 1)
    assert value("date", Typed("4月1日", day=date(2020, 4, 1)), fiscal_year=2021) == date(
        2020, 4, 1
    )
    assert "2021/4/1" in wrong("date", Typed("2021", number=Decimal(2021)))


@given(st.dates(date(1926, 1, 1), date(2100, 12, 31)))
def test_ISOの日付は書いて読むと同じになる(day: date) -> None:
    assert value("date", day.isoformat()) == day
    assert value("date", f"{day.year}/{day.month}/{day.day}") == day
    assert value("period", day.isoformat()) == Span(day, day)
    assert value("period", day.isoformat()[:7]).first == day.replace(day=1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-04", date(2021, 4, 1), date(2021, 4, 30)), ("2021/4", date(2021, 4, 1), date(2021, 4, 30)), ("令和3年4月", date(2021, 4, 1), date(2021, 4, 30)),
        ("令和３年２月分", date(2021, 2, 1), date(2021, 2, 28)), ("R2.2", date(2020, 2, 1), date(2020, 2, 29)), ("202104", date(2021, 4, 1), date(2021, 4, 30)),
        ("令和3年度", date(2021, 4, 1), date(2022, 3, 31)), ("2021年", date(2021, 1, 1), date(2021, 12, 31)), ("R3.4～R4.3", date(2021, 4, 1), date(2022, 3, 31)),
        ("2021/8/1～2021/8/7", date(2021, 8, 1), date(2021, 8, 7)), ("2021年8月1日", date(2021, 8, 1), date(2021, 8, 1)),
    ],
)  # fmt: skip
def test_統計の期間は日も月も年度も暦年も読む(text: str, first: date, last: date) -> None:
    assert value("period", text)[:2] == (first, last)


def test_年のない月は年度があるときだけ期間になる() -> None:
    assert value("period", "1月", fiscal_year=2021)[:2] == (date(2022, 1, 1), date(2022, 1, 31))
    assert "期間" in wrong("period", "1月")
    assert "期間" in wrong("period", "2021")
    assert "期間" in wrong("period", "R4.3～R3.4")


def test_月だけを示す表示の日は月と読む() -> None:
    month = (date(2021, 4, 1), date(2021, 4, 30))
    assert value("period", Typed("Apr-21", day=date(2021, 4, 1)))[:2] == month
    assert value("period", Typed("2021年4月", day=date(2021, 4, 1)))[:2] == month
    assert value("period", Typed("4月", day=date(2021, 4, 1)), fiscal_year=2019)[:2] == month
    assert value("period", Typed("2021/4/1", day=date(2021, 4, 1)))[:2] == (month[0], month[0])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和3年度", Year(2021, "fiscal")), ("R3", Year(2021, "bare")), ("2021", Year(2021, "bare")), ("２０２１年度", Year(2021, "fiscal")), ("2021年", Year(2021, "calendar")),
        ("令和元年度", Year(2019, "fiscal")), ("平成31年度", Year(2019, "fiscal")), ("令和3年度（2021年度）", Year(2021, "fiscal")), (Typed("2021", number=Decimal(2021)), Year(2021, "bare")),
    ],
)  # fmt: skip
def test_年度の書き方を読む(text: Cell, year: Year) -> None:
    assert value("year", text) == year


def test_年度でないものは断り元号のない年度は外から分かるときだけ読む() -> None:
    assert value("year", "3年度", fiscal_year=2021) == Year(2021, "fiscal")
    assert "令和3年度" in wrong("year", "3年度")
    assert "令和3年度" in wrong("year", "来年")
    assert value("month", "４月分") == 4
    assert "月" in wrong("month", "13月")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", "1234"), ("1,234", "1234"), ("１，２３４", "1234"), ("0", "0"), ("007", "7"), ("12.50", "12.5"), ("△5.6", "-5.6"), ("▲1,000", "-1000"), ("-3", "-3"), ("－３", "-3"),
        ("−7", "-7"), ("120人", "120"), ("120 名", "120"), ("3万人", "30000"), ("1.5千人", "1500"), ("一千二百人", "1200"), ("999,999,999,999", "999999999999"),
    ],
)  # fmt: skip
def test_数は全角も桁区切りも三角も単位も読む(text: str, number: str) -> None:
    assert value("number", text, unit="人") == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", " ", "　", "-", "－", "―", "…", "集計中", "未定", "該当なし", "(集計中)"]
)
def test_横棒や空欄や集計中は数ではなく零でもない(text: str) -> None:
    assert value("number", text, unit="人") is None
    assert value("money", text, unit="円") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12件", "「人」の数"), ("なし", "数として"), ("100人以上", "数として"), ("累計100", "数として"), ("1,23", "数として"), ("(12)", "数として"), ("1/2", "数として"), ("3～5", "数として"),
        ("1000000000000", "1兆より小さい"), ("0.00001", "小数4桁まで"), ("TRUE", "数として"), ("5.6.7", "数として"), ("=1+1", "数として"),
    ],
)  # fmt: skip
def test_一つの正確な数でないものは直し方を言う(text: str, said: str) -> None:
    assert said in wrong("number", text, unit="人")


@pytest.mark.parametrize(
    ("text", "factor", "yen"),
    [
        ("1,234", "1000", 1_234_000), ("1.5", "1000", 1500), ("12千円", "1", 12_000), ("12千円", "1000", 12_000), ("¥1,234", "1", 1234), ("1億2,345万円", "1", 123_450_000),
        ("金1,000円也", "1", 1000), ("500円", "1000", 500), ("△20", "1000", -20_000),
    ],
)  # fmt: skip
def test_金額は見出しの単位を掛けセルの単位があればそれに従う(
    text: str, factor: str, yen: int
) -> None:
    assert value("money", text, factor=factor, unit="円") == yen


def test_金額の円未満や千円の表の円記号は決められないと言う() -> None:
    assert "円未満" in wrong("money", "10.5", unit="円")
    assert "円未満" in wrong("money", "0.0001", unit="円", factor="1000")
    assert "単位" in wrong("money", "¥500", unit="円", factor="1000")
    assert "単位" in wrong("money", "30件", unit="円")


@pytest.mark.parametrize(
    ("cell", "factor", "number"),
    [
        (Typed("12,346", number=Decimal(12345678)), "1000", 12_345_678), (Typed("1,235", number=Decimal("1234.56")), "1", Decimal("1234.56")),
        (Typed("12千円", number=Decimal(12)), "1", 12_000), (Typed("(500)", number=Decimal(-500)), "1", -500), (Typed("-", number=Decimal(0)), "1", 0),
        (Typed("", number=Decimal(0)), "1", 0), (Typed("########", number=Decimal(7)), "1000", 7000), (Typed("1.2E+04", number=Decimal(12000)), "1", 12000),
    ],
)  # fmt: skip
def test_ブックの数は保存された値を表示の桁と単位で読む(
    cell: Cell, factor: str, number: Decimal
) -> None:
    assert value("number", cell, factor=factor, unit="円") == number


def test_ブックの百分率と日付と結合と式の失敗() -> None:
    assert value("number", Typed("38.5%", number=Decimal("0.38512")), unit="%") == Decimal("38.512")
    assert "数として" in wrong("number", Typed("4月1日", day=date(2021, 4, 1)), unit="人")
    assert "結合を解いて" in wrong("number", Typed("5", number=Decimal(5), under=True), unit="人")
    assert "計算し直し" in wrong("number", Typed("", lost=True), unit="人")
    assert "計算し直し" in wrong("text", "#N/A")
    assert value("text", "#1") == "#1"


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=4))
def test_小数4桁までの数は書いて読み台帳にしまっても同じになる(number: Decimal) -> None:
    read = value("number", f"{number:f}")
    assert read == number
    assert unscaled(scaled(read)) == number
    if len(number.as_tuple().digits) <= 15:
        assert value("number", f"{number:,f}") == number


def test_人数は1以上の整数だけ() -> None:
    assert value("size", "12人", unit="人") == 12
    assert isinstance(value("size", "12", unit="人"), int)
    for text in ("0", "-1", "1.5", "1000000000"):
        assert "1以上の整数" in wrong("size", text, unit="人")


@pytest.mark.parametrize(
    "text",
    [
        "○",
        "〇",
        "◯",
        "はい",
        "有",
        "有り",
        "1",
        "１",
        "レ",
        "✓",
        "☑",
        "TRUE",
        "yes",
        "Ｙ",
        "済",
        "（有）",
        "○ ",
    ],
)
def test_はいの書き方(text: str) -> None:
    assert value("yes-no", text) is True


@pytest.mark.parametrize(
    "text", ["×", "✕", "いいえ", "無", "なし", "0", "０", "FALSE", "No", "未", "(無)", "Ｘ"]
)
def test_いいえの書き方(text: str) -> None:
    assert value("yes-no", text) is False


def test_どちらとも言えない答えは断り空欄は答えではない() -> None:
    assert "「○」か「×」" in wrong("yes-no", "△")
    assert value("yes-no", " ") is None
    assert value("yes-no", Typed("1", number=Decimal(1))) is True


def test_選択肢は幅や空白や括弧の違いを許し外れたら選択肢を並べる() -> None:
    choices = ("甲（上）", "乙", "20代")
    assert value("choice", "甲(上)", choices=choices) == "甲（上）"
    assert value("choice", " 乙 ", choices=choices) == "乙"
    assert value("choice", "２０ 代", choices=choices) == "20代"
    assert "甲（上）・乙・20代のどれか" in wrong("choice", "丙", choices=choices)


def test_場所は団体なら一つの名にそろえほかは書かれたまま() -> None:
    for text in (
        "盛岡市",
        "岩手県盛岡市",
        "032018",
        "03201",
        "32018",
        "3201",
        "０３２０１８",
        Typed("32018", number=Decimal(32018)),
    ):
        assert value("place", text) == "盛岡市", text
    assert value("place", "広島県府中市") == "広島県府中市"
    assert value("place", "府中市") == "府中市"
    assert value("place", "見本市民ホール") == "見本市民ホール"
    assert "検査数字" in wrong("place", "032017")
    assert "団体コード" in wrong("place", "99999" + check_digit("99999"))
    assert "200字まで" in wrong("place", "あ" * 201)


def test_法人番号は検査数字を確かめTも空白も許す() -> None:
    good = corporate_number("000020032018")
    assert is_valid(good)
    for text in (
        good,
        f"T{good}",
        f"{good[:1]}-{good[1:5]}-{good[5:9]}-{good[9:]}",
        Typed("6.00002E+12", number=Decimal(good)),
    ):
        assert value("corporate", text) == good
    assert "検査数字" in wrong("corporate", f"{int(good[0]) % 9 + 1}{good[1:]}")
    assert "13桁" in wrong("corporate", "12345")
    assert "桁が失われています" in wrong("corporate", "6.00002E+12")


@given(st.from_regex("[0-9]{12}", fullmatch=True))
def test_法人番号の検査数字はどの番号にも一つだけ(twelve: str) -> None:
    fits = [first for first in "123456789" if is_valid(first + twelve)]
    assert fits == [corporate_number(twelve)[0]]
    assert value("corporate", fits[0] + twelve) == fits[0] + twelve


def test_連絡先を読む() -> None:
    assert value("mail", "ｔａｒｏ＠example.jp") == "taro@example.jp"
    assert "メールアドレス" in wrong("mail", "taro@example.jp、hanako@example.jp")
    assert value("phone", "019-651-4111") == "019-651-4111"
    assert value("phone", Typed("196514111", number=Decimal(196514111))) == "0196514111"
    assert value("phone", Typed("9012345678", number=Decimal(9012345678))) == "09012345678"
    assert value("entry", "1,234") == 1234
    assert "登録番号" in wrong("entry", "No.5")


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-19-651-4111", "-5", "@here", '=cmd|"/c calc"!A0', "-"]
)
def test_式に見える文字も文字のまま(text: str) -> None:
    assert value("text", text) == (None if text == "-" else text)


def test_改行のあるセルは一行になり長すぎるセルは断る() -> None:
    assert value("text", "地域再生\n計画") == "地域再生計画"
    assert value("name", "株式会社　見本") == "株式会社 見本"
    assert "10000字まで" in wrong("text", "あ" * 10_001)


def test_欠かせない欄の空欄は値を求める() -> None:
    assert "空です" in wrong("text", "　", required=True)
    assert "空です" in wrong("number", "集計中", required=True, unit="人")


TYPES = [
    "text",
    "number",
    "money",
    "date",
    "yes-no",
    "choice",
    "place",
    "name",
    "mail",
    "phone",
    "address",
    "corporate",
    "entry",
    "period",
    "year",
    "month",
    "size",
]
ODD = st.text(max_size=30) | st.text(
    alphabet="0123456789０１２３.,-/年月日令和平成元R～千万億円人△▲－() :T%", max_size=20
)


@given(ODD, st.sampled_from(TYPES), st.none() | st.integers(2000, 2030))
@example("2021-13-45", "date", None)
@example("R9999.1.1", "date", 2021)
@example("2100年度", "period", None)
@example("99999999999999999999", "entry", None)
@example("１-W01-1-", "date", None)
@example("2021-W01-1", "date", None)
@example("²", "number", None)
@example("①", "size", None)
@example("2月30", "period", 2100)
def test_どんな文字も値か問題になり落ちない(text: str, type_: str, fiscal_year: int | None) -> None:
    try:
        read = value(type_, text, fiscal_year=fiscal_year, choices=("甲", "乙"), unit="人")
    except Wrong as problem:
        refusal = problem.at("A1", column="欄", column_en="Column")
        assert refusal.sentence().endswith("。")
        assert refusal.sentence("en").endswith(".")
    else:
        assert read is None or not isinstance(read, str) or (read and len(read) <= 10_000)


@given(
    st.text(max_size=20),
    st.decimals(-(10**13), 10**13, places=2),
    st.dates(),
    st.sampled_from(TYPES),
    st.booleans(),
)
def test_ブックのどんなセルも値か問題になり落ちない(text, number, day, type_, dated) -> None:
    cell = Typed(text, day=day) if dated else Typed(text, number=number)
    try:
        value(type_, cell, fiscal_year=2021, choices=("甲",), unit="円")
    except Wrong as problem:
        problem.at("A1", column="欄", column_en="Column").sentence()


@given(st.text(max_size=40))
def test_文字は一行に整えた形で読まれる(text: str) -> None:
    try:
        read = value("text", text)
    except Wrong:
        return
    assert read is None or read == join_lines(text)


@given(st.integers(0, 20_000))
def test_列の名はブックの読み手と同じ(column: int) -> None:
    assert letters(column) == column_letters(column)

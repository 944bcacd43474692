"""会計年度: every spelling is the right year or span, or a refusal with a code."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.errors import UnreadablePeriod, UnreadableYear
from sosei.core.fiscal import FiscalYear, FoundYear, Period, find_years, read_year

YEARS = st.integers(1926, 2100).map(FiscalYear)

SPELLINGS = {
    "R4": 2022, "Ｒ４": 2022, "Ｈ３０": 2018, "R 4": 2022, "R.4": 2022, "H.30": 2018, "S63": 1988,
    "令和4年度": 2022, "令和４年度": 2022, "令和四年度": 2022, "令和元年度": 2019, "令和元年": 2019,
    "平成31年度": 2019, "平成31年": 2019, "H31": 2019, "R1": 2019, "31(元)年度": 2019, "31（元）年度": 2019,
    "平成三十年度": 2018, "平成二十九年度": 2017, "平成十年度": 1998, "平成２９年度": 2017,
    "平成33年度": 2021, "平成35年度": 2023, "H36": 2024, "平成32年度末": 2020, "昭和64年": 1989, "昭和元年度": 1926,
    "2022": 2022, "２０２２": 2022, "2022年": 2022, "2022年度": 2022, "2019（H31）年": 2019, "2019(R1)年度": 2019,
    "平成18（2006）年度": 2006, "令和3(2021)年度": 2021, "令和3年度（2021年度）": 2021, "2021年度（令和3年度）": 2021,
    "平成31年度（令和元年度）": 2019, "平成31年・令和元年度": 2019, "H31/R1": 2019, "平成31（令和元）年度": 2019,
    "H28.3": 2015, "H29.4": 2017, "H29.4～6": 2017, "R3.4": 2021, "R4.3.31": 2021, "H15.9.30": 2003, "R7.3": 2024,
    "平成29年3月": 2016, "平成29年4月": 2017, "平成 29 年 3 月": 2016, "平成29年4月～6月": 2017, "令和5年3月31日": 2022,
    "令和3年3月31日現在": 2020, "2015年3月末": 2014, "2026/04": 2026, "2026/03": 2025, "2026-04-01": 2026, "2026-04": 2026, "2026-03": 2025,
    "2021.3.31": 2020, "2021/3/31": 2020, "平成28年度（1年目）": 2016, "H28(基準年度)": 2016, "H15見込": 2003,
    "令 5.　 1.　 1": 2022, "令5.4.1": 2023, "平30.3.31": 2017, "平成15年末見込": 2003, "令和一二年度": 2030, "平成二九年": 2017,
    "H30実績": 2018, "令和4年度末": 2022, "㋿3年": 2021, "㍻30年度": 2018, "（R3年度）": 2021, "【令和3年度】": 2021,
}  # fmt: skip


@pytest.mark.parametrize(("text", "year"), SPELLINGS.items())
def test_年度のどの書き方も読める(text: str, year: int):
    assert read_year(text).start == year


@pytest.mark.parametrize(
    ("text", "near", "year"),
    [
        ("18年度", 2005, 2006), ("元年度", 2020, 2019), ("元年度", 1991, 1989), ("29年度", 2018, 2017),
        ("22年度", 2013, 2010), ("22年", 2022, 2022), ("22年度", 2022, 2022), ("31年3月", 2018, 2018), ("3年度", 2021, 2021),
        ("31(元)年度", 2005, 2019), ("R3", 1990, 2021), ("63年度", 1990, 1988),
    ],
)  # fmt: skip
def test_元号のない年度は近くの年から決まる(text: str, near: int, year: int):
    assert read_year(text, near=near).start == year


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "年度", "元年度", "18年度", "22年", "3月", "4月1日", "5年間", "3年目", "第3年度", "H", "R0", "H2O", "R3.13", "R3.5.32人",
        "2019(H30)年", "令和3年度と令和5年度", "R1～R3", "abc", "Society5.0", "1,2021", "12021", "平成", "令和万年度", "2021人", "S1A", "1868年",
        "2101年度", "明治元年", "R3年度計画の変更点", "平成28年度（10人）", "2020（令和元）年度", "令和3年度（2022年度）", "2021年間", "2021年ごと",
    ],
)  # fmt: skip
def test_年度でないものは理由をつけて断る(text: str):
    with pytest.raises(UnreadableYear) as refusal:
        read_year(text)
    assert refusal.value.code == "E101"
    assert text.strip() in refusal.value.sentence()


def test_令和元年度は平成31年度と同じ年():
    assert FiscalYear.parse("平成31年度") == FiscalYear.parse("令和元年度") == FiscalYear(2019)


def test_年度は4月に始まる():
    assert FiscalYear.of(date(2020, 3, 31)) == FiscalYear(2019)
    assert FiscalYear.of(date(2020, 4, 1)) == FiscalYear(2020)


@pytest.mark.parametrize(
    ("start", "name", "short"),
    [(1926, "昭和元年度", "S1"), (1988, "昭和63年度", "S63"), (1989, "平成元年度", "H1"), (2018, "平成30年度", "H30"),
     (2019, "令和元年度", "R1"), (2021, "令和3年度", "R3"), (2100, "令和82年度", "R82")],
)  # fmt: skip
def test_年度の名は4月の元号による(start: int, name: str, short: str):
    year = FiscalYear(start)
    assert (str(year), year.short, year.western) == (name, short, f"{start}年度")
    assert year.both == f"{name}（{start}年度）"


@given(YEARS)
def test_書いた年度は同じ年度に読める(year: FiscalYear):
    for written in (str(year), year.short, year.western, year.both, str(year.start)):
        assert FiscalYear.parse(written) == year


@pytest.mark.parametrize("start", [1925, 2101, 0, -1])
def test_範囲の外の年度は作れない(start: int):
    with pytest.raises(UnreadableYear):
        FiscalYear(start)


PERIODS = {
    "R1～R3 年度": (2019, 2021), "R3～7 年度": (2021, 2025), "R3～7年度": (2021, 2025), "H30～R4": (2018, 2022),
    "R4~R6": (2022, 2024), "R4〜R6": (2022, 2024), "R4∼R6": (2022, 2024), "R3-R7": (2021, 2025), "R3－R7": (2021, 2025),
    "平成20年度∼平成22年度": (2008, 2010), "令和３年度～令和７年度": (2021, 2025), "平成22年度 ～ 平成26年度 （5年間）": (2010, 2014),
    "2009～14年": (2009, 2014), "1998～02年": (1998, 2002), "2011~2016年": (2011, 2016), "2019～2023年度": (2019, 2023),
    "2021-2025": (2021, 2025), "2017年~": (2017, None), "令和3年度～": (2021, None), "令和3年度以降": (2021, None),
    "令和3年度から": (2021, None), "～令和7年度": (None, 2025), "令和7年度まで": (None, 2025), "平成32年度末まで": (None, 2020),
    "令和4年度": (2022, 2022), "R4": (2022, 2022), "令和4年度のみ": (2022, 2022), "平成28年4月": (2016, 2016),
    "平成28年4月～平成31年3月": (2016, 2018), "平成27年10月～31年3月": (2015, 2018), "H28.3～H30.3": (2015, 2017),
    "令和3年4月1日～令和8年3月31日": (2021, 2025), "R3.4.1～R8.3.31": (2021, 2025), "H29.4～6": (2017, 2017),
    "平成27～31年度": (2015, 2019), "H27〜31": (2015, 2019), "H30 ～ 34": (2018, 2022), "平成29～元年度": (2017, 2019),
    "平成30～令和4年度": (2018, 2022), "S63～H5": (1988, 1993), "令和4・5年度": (2022, 2023), "R4・R5・R6": (2022, 2024),
    "令和3、4年度": (2021, 2022), "令和3年度及び令和4年度": (2021, 2022), "令和3年度から令和7年度まで": (2021, 2025),
    "令和3年度から令和7年度まで（5か年）": (2021, 2025), "自 平成27年度 至 平成31年度": (2015, 2019),
    "令和4年度から3年間": (2022, 2024), "令和4年度～（3年間）": (2022, 2024), "令和4年度（1年間）": (2022, 2022),
    "2021（R3）年度～2025（R7）年度": (2021, 2025), "令和3(2021)年度～令和7(2025)年度": (2021, 2025), "平成33年度～平成35年度": (2021, 2023),
    "（R3～R7）": (2021, 2025), "R3～R7（予定）": (2021, 2025), "令和３年度 〜 令和７年度": (2021, 2025),
}  # fmt: skip


@pytest.mark.parametrize(("text", "ends"), PERIODS.items())
def test_期間のどの書き方も読める(text: str, ends: tuple[int | None, int | None]):
    period = Period.parse(text)
    assert (period.first and period.first.start, period.last and period.last.start) == ends


@pytest.mark.parametrize(
    "text",
    ["", "～", "R7～R3", "R3,R5", "R3・R5年度", "3年間", "令和3年度の事業", "R1～R3～R5", "3～7年度", "未定", "～令和3年度～", "～令和3年度～令和5年度", "R3 R7", "1900～1910年", "令和3年度～10人"],
)  # fmt: skip
def test_期間でないものは理由をつけて断る(text: str):
    with pytest.raises(UnreadablePeriod) as refusal:
        Period.parse(text)
    assert refusal.value.code == "E103"
    assert refusal.value.facts == {"text": text}


def test_始まりも終わりもない期間は作れない():
    with pytest.raises(UnreadablePeriod) as refusal:
        Period(None, None)
    assert refusal.value.facts == {"text": ""}
    with pytest.raises(UnreadablePeriod):
        Period(FiscalYear(2022), FiscalYear(2021))


@given(YEARS, YEARS)
def test_書いた期間は同じ期間に読める(one: FiscalYear, other: FiscalYear):
    first, last = sorted((one, other))
    for period in (Period(first, last), Period(first, None), Period(None, last)):
        assert Period.parse(str(period)) == period
    assert Period.parse(f"{first.short}～{last.short}") == Period(first, last)
    assert Period.parse(f"{first.start}~{last.start}年度") == Period(first, last)


ANY = st.text(max_size=40) | st.text(
    "RHS令和平成昭元0123456789年度月日()（）～~-./・から末 ", max_size=20
)


@given(ANY, st.none() | st.integers(1926, 2100))
def test_どんな文字列も年度か断りになる(text: str, near: int | None):
    with suppress(UnreadableYear):
        assert read_year(text, near=near).start in range(1926, 2101)
    with suppress(UnreadablePeriod):
        assert isinstance(Period.parse(text), Period)


@given(ANY, st.none() | st.integers(1926, 2100))
def test_文中の年は順に並び重ならない(text: str, near: int | None):
    at = 0
    for found in find_years(text, near=near):
        assert at <= found.start < found.end <= len(text)
        assert (found.month is None) == (found.kind in {"fiscal", "calendar"})
        at = found.end


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("H28.3に策定、平成30年度まで", None, [(2015, "H28.3", "month", True), (2018, "平成30年度", "fiscal", True)]),
        ("平成29年3月31日と2020年", None, [(2016, "平成29年3月31日", "day", True), (2020, "2020年", "calendar", True)]),
        ("R3～7 年度", None, [(2021, "R3", "fiscal", True), (2025, "7 年度", "fiscal", False)]),
        ("2011~2016年、2017年~", None, [(2011, "2011", "fiscal", True), (2016, "2016年", "calendar", True), (2017, "2017年", "calendar", True)]),
        ("29年度当初見込み", 2018, [(2017, "29年度", "fiscal", False)]),
        ("29～31年度の3年間", 2018, [(2017, "29", "fiscal", False), (2019, "31年度", "fiscal", False)]),
        ("29年度当初見込み", None, []),
        ("平成28年度の実績と29年度の目標", None, [(2016, "平成28年度", "fiscal", True), (2017, "29年度", "fiscal", False)]),
        ("2019（H31）年に", None, [(2019, "2019（H31）年", "calendar", True)]),
        ("令和3年度（2021年度）の報告", None, [(2021, "令和3年度（2021年度）", "fiscal", True)]),
        ("Society5.0、2021人、1,2021円、A2020、H2O、第2年度、3年目、5年間", 2021, []),
        ("R3-5人", None, [(2021, "R3", "fiscal", True)]),
        ("H29.4～6、8月", None, [(2017, "H29.4～6", "month", True)]),
        ("H29.4～12、R3～4.5", None, [(2017, "H29.4～12", "month", True), (2021, "R3", "fiscal", True)]),
        ("H29.4～13", None, [(2017, "H29.4", "month", True)]),
        ("H29.12～12", None, [(2017, "H29.12～12", "month", True)]),
        ("R3.4.1～4.3.31", None, [(2021, "R3.4.1", "day", True), (2021, "4.3.31", "day", False)]),
        ("令和3年度（2022年度）", None, [(2021, "令和3年度", "fiscal", True), (2022, "2022年度", "fiscal", True)]),
        ("2021年度ごとに、2021年ごとに", None, [(2021, "2021年度", "fiscal", True)]),
        ("品番2026-04と2026-04-01", None, [(2026, "2026-04-01", "day", True)]),
        ("2000年代の人口", None, []),
    ],
)  # fmt: skip
def test_文中の年だけを見つける(text: str, near: int | None, expected: list[tuple]):
    found = find_years(text, near=near)
    assert [(y.fiscal_year, text[y.start : y.end], y.kind, y.era_given) for y in found] == expected


def test_月と日の月を答える():
    assert find_years("R4.3.31")[0] == FoundYear(2021, 0, 7, 3, "day", True)
    assert find_years("2026/04")[0].month == 4

"""説明書. What the manual says of forms that are read is so."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sheetroom import value, wrong

from sosei.evidence.sheets.days import Year

PAGE = (Path(__file__).resolve().parents[2] / "docs/manual/registers-import.md").read_text("utf-8")


def forms(heading: str, line: str) -> list[str]:
    """The forms in the first line of a section that holds some words."""
    section = PAGE.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    found = next(one for one in section.splitlines() if line in one)
    return re.findall("`([^`]+)`", found)


@pytest.mark.parametrize("line", ["`2021-04-01`", "`令和3年4月1日` `R3.4.1`", "`2021/4/1(木)`"])
def test_日付の書き方はどれも同じ日(line: str) -> None:
    found = forms("日付", line)
    assert len(found) >= 3
    assert [value("date", form) for form in found] == [date(2021, 4, 1)] * len(found)


def test_年のない日付と尋ねる日付() -> None:
    assert [value("date", form, fiscal_year=2021) for form in forms("日付", "年のない")] == [
        date(2021, 4, 1)
    ] * 2
    for form in forms("日付", "二通り"):
        assert "日付として読めません" in wrong("date", form)


def test_月と年度の書き方() -> None:
    first = [value("period", form).first for form in forms("月と年度", "統計の期間")]
    assert first == [date(2021, 4, 1)] * 6 + [date(2021, 1, 1)]
    years = [value("year", form) for form in forms("月と年度", "調査の年度")]
    assert [year.number for year in years] == [2021] * 4
    assert all(isinstance(year, Year) for year in years)


def test_数の書き方() -> None:
    found = [value("number", form, unit="人") for form in forms("数と金額", "`1234`")]
    assert found == [1234] * 4 + [Decimal("-5.6")] * 4
    gaps = forms("数と金額", "空欄と")
    assert [value("number", form, unit="人") for form in gaps] == [None] * 5
    about, *asked = forms("数と金額", "約280万人")
    assert value("number", about, unit="人") == 2_800_000
    for form in asked:
        assert "数として読めません" in wrong("number", form, unit="人")
    assert [value("money", form, unit="円") for form in forms("数と金額", "12千円")] == [12_000]


def test_はいといいえの書き方() -> None:
    row = PAGE.split("| はい / yes | いいえ / no |\n|---|---|\n")[1].splitlines()[0]
    yes, no = (re.findall("`([^`]+)`", cell) for cell in row.strip("|").split("|"))
    assert [value("yes-no", form) for form in yes] == [True] * 10
    assert [value("yes-no", form) for form in no] == [False] * 7


def test_場所の書き方() -> None:
    assert {value("place", form) for form in forms("選択肢", "場所は")} == {"盛岡市"}

"""日. What an office writes for a day is read; what could be two days is not."""

from datetime import date

import pytest

from sosei.core.days import read_day

DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-03", "2026/4/3", "2026.4.3", "2026年4月3日", "２０２６／４／３", "２０２６年４月３日", "R8.4.3", "r8.4.3",
        "Ｒ８．４．３", "R08.04.03", "令和8年4月3日", "令和８年４月３日", "令和 8年 4月 3日", " 令和8年4月3日（金） ", "㋿8年4月3日",
    ],
)  # fmt: skip
def test_役所の書き方の日を読む(text: str) -> None:
    assert read_day(text) == DAY


def test_元年と前の元号も読む() -> None:
    assert read_day("令和元年5月1日") == date(2019, 5, 1)
    assert read_day("H31.4.30") == date(2019, 4, 30)
    assert read_day("昭和64年1月7日") == date(1989, 1, 7)


@pytest.mark.parametrize(
    "text",
    [
        "", "03/04/2026", "04/03/26", "26/04/03", "8.4.3", "2026-02-30", "2026-13-01", "R0.0.0", "2026-4", "令和8年4月",
        "20260403", "0000-01-01", "2026-04/03", "R8.4.3頃", "4月3日",
    ],
)  # fmt: skip
def test_二とおりに読めるものと暦にない日は読まない(text: str) -> None:
    assert read_day(text) is None

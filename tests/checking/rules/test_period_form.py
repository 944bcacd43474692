import pytest
from byhand import found, project, report

from sosei.checking import check
from sosei.checking.fix import apply
from sosei.core.report import PeriodSaid


def _of(raw, first, last):
    return report(project(period=PeriodSaid(raw=raw, first=first, last=last)))


@pytest.mark.parametrize(
    ("raw", "first", "last", "right"),
    [
        ("R3～7 年度", 2021, 2025, "R3～R7年度"),
        ("H30～R4", 2018, 2022, "H30～R4年度"),
        ("R4~R6", 2022, 2024, "R4～R6年度"),
        ("令和3～5年度", 2021, 2023, "令和3年度～令和5年度"),
        ("平成28年度〜令和2年度", 2016, 2020, "平成28年度～令和2年度"),
    ],
)
def test_略した書き方に正しい書き方を示す(raw, first, last, right):
    seen = _of(raw, first, last)
    (finding,) = found("PERIOD-FORM", seen)
    assert finding.severity == "info"
    assert finding.fix.after == right
    assert apply(seen, check(seen)).projects[0].period.raw == right


@pytest.mark.parametrize(
    "raw",
    ["R1～R3 年度", "令和3年度～令和5年度", "平成28年4月～平成29年3月", "2019～2021", "毎年度"],
)
def test_略していない書き方と元号でない書き方は指摘しない(raw):
    assert found("PERIOD-FORM", _of(raw, 2019, 2021)) == []


def test_読み取った年度と合わない補い方はしない():
    assert found("PERIOD-FORM", _of("H30～4", 2018, 2022)) == []

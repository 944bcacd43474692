from datetime import date

import pytest
from byhand import Gap, found, indicator, of, point, value


def _counting(**more):
    return of(indicator("訪問者数", "人", point(150, value(Gap.COUNTING, **more))))


def test_集計中は注意で実績を指す():
    (finding,) = found("KPI-PENDING", _counting(raw="集計中"))
    assert finding.severity == "warning"
    assert finding.path.endswith("/years/0/actual")
    assert finding.raw == "集計中"


@pytest.mark.parametrize(
    ("today", "severity"), [(date(2022, 6, 30), "info"), (date(2022, 7, 1), "warning")]
)
def test_公表予定の日までは参考_過ぎれば注意(today, severity):
    (finding,) = found("KPI-PENDING", _counting(expected="令和4年6月30日"), today=today)
    assert finding.severity == severity


def test_日付を知らなければ注意のまま():
    (finding,) = found("KPI-PENDING", _counting(expected="令和4年6月30日"))
    assert finding.severity == "warning"


def test_空欄や未定や零は集計中ではない():
    rows = [indicator(actual=what) for what in (Gap.BLANK, Gap.UNDECIDED, 0)]
    assert found("KPI-PENDING", of(*rows)) == []

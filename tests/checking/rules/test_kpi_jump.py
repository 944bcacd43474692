import pytest
from byhand import found, indicator, of, point, unexamined


@pytest.mark.parametrize(("target", "actual"), [(950, 9500), (35691, 36012000), ("12.5", 1250)])
def test_桁違いは注意(target, actual):
    (finding,) = found("KPI-JUMP", of(indicator("収入", "千円", target=target, actual=actual)))
    assert finding.severity == "warning"


@pytest.mark.parametrize(("target", "actual"), [(950, 9400), (10, 100), (2, 2000), (950, 950)])
def test_たまたまの大きさは指摘しない(target, actual):
    assert found("KPI-JUMP", of(indicator("収入", "千円", target=target, actual=actual))) == []


def test_単位の違う値と増加分は比べない():
    row = indicator("取扱量", "トン", point(95, 950), expression="increment")
    assert found("KPI-JUMP", of(row)) == []


def test_前年度の報告書と比べる():
    last = of(indicator("収入", "千円", actual=35691))
    (finding,) = found("KPI-JUMP", of(indicator("収入", "千円", actual=36012000)), previous=last)
    assert "前年度" in finding.message_ja


def test_前年度がなければ見ていないと言う():
    assert len(unexamined("KPI-JUMP", of(indicator(actual=1)))) == 1
    assert unexamined("KPI-JUMP", of(indicator(actual=1)), previous=of()) == []

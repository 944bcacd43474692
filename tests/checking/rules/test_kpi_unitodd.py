import pytest
from byhand import found, indicator, of


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("マガキ出荷数量", "区"),
        ("農産物売上額", "人"),
        ("リピート率", "人"),
        ("移住者数", "t"),
        ("参加割合", "円"),
    ],
)
def test_名称からあり得ない単位は注意(name, unit):
    (finding,) = found("KPI-UNITODD", of(indicator(name, unit, target=8)))
    assert finding.raw == unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("行政区数", "区"),
        ("売上高", "千円"),
        ("利用率", "%/年"),
        ("就農者数", "組/年"),
        ("婚姻率", "‰"),
        ("ごみ排出量", "kg"),
        ("量", None),
        ("出荷数量", "俵"),
    ],
)
def test_あり得る単位と知らない単位は指摘しない(name, unit):
    assert found("KPI-UNITODD", of(indicator(name, unit, target=8))) == []

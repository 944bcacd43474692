from decimal import Decimal

import pytest
from byhand import in_document


@pytest.mark.parametrize("cell", ["1,234", "1234人", "△5", "259,057 千円", "38.5%"])
def test_文字を含む数は注意(cell):
    (finding,) = in_document("OD-3", ["事業", "実績"], ["育成", cell])
    assert finding.raw == cell


@pytest.mark.parametrize(
    "cell", ["1234", "-5", "12.5", "2021年度", "育成課", Decimal(1234), "第3号"]
)
def test_数だけのセルと言葉は指摘しない(cell):
    assert in_document("OD-3", ["事業", "実績"], ["育成", cell]) == []


def test_表ごとに一つにまとめる():
    (finding,) = in_document("OD-3", ["実績", "目標"], ["1人", "2人"], ["3人", "4人"])
    assert "4個" in finding.message_ja

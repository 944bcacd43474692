import pytest
from byhand import in_document


@pytest.mark.parametrize("cell", ["R3", "令和3年度", "H28.3", "平成29年3月31日", "H30～R4"])
def test_西暦のない和暦は注意(cell):
    assert len(in_document("OD-11", ["事業", "時期"], ["育成", cell])) == 1


@pytest.mark.parametrize(
    "cell", ["2021", "2021年度", "令和3年度（2021年度）", "2021-03-31", "S3級", "RPA"]
)
def test_西暦があれば指摘しない(cell):
    assert in_document("OD-11", ["事業", "時期"], ["育成", cell]) == []


def test_同じ行に西暦の列があればよい():
    assert in_document("OD-11", ["年度", "時期"], ["2021", "R3"]) == []


def test_文の中の年度はデータではない():
    assert in_document("OD-11", ["事業", "注"], ["育成", "いずれも令和 4 年度計画値"]) == []
    assert len(in_document("OD-11", ["事業", "備考"], ["育成", "実施期間 R4~R6"])) == 1

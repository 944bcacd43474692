import pytest
from byhand import in_document


@pytest.mark.parametrize("cell", ["事　業　名", "育成\n事業", " 育成", "育成　　事業"])
def test_空白や改行で整えたセルは注意(cell):
    assert len(in_document("OD-5", ["事業", "値"], [cell, "1"])) == 1


@pytest.mark.parametrize("cell", ["事業名", "AI 活用", "見本 太郎"])
def test_ふつうの空白は指摘しない(cell):
    assert in_document("OD-5", ["事業", "値"], [cell, "1"]) == []

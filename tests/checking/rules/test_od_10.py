import pytest
from byhand import in_document


@pytest.mark.parametrize("cell", ["①", "㈱見本", "㎡", "Ⅳ", "№1"])
def test_機種依存文字は注意(cell):
    assert len(in_document("OD-10", ["事業", "値"], [cell, "1"])) == 1


@pytest.mark.parametrize("cell", ["1", "（株）見本", "平方メートル", "IV", "○", "～"])
def test_ふつうの文字は指摘しない(cell):
    assert in_document("OD-10", ["事業", "値"], [cell, "1"]) == []

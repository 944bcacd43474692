from dataclasses import replace

import pytest
from byhand import document, found, in_document, report


@pytest.mark.parametrize("cell", ["①", "㈱見本", "㎡", "Ⅳ", "№1"])
def test_機種依存文字は注意(cell):
    assert len(in_document("OD-10", ["事業", "値"], [cell, "1"])) == 1


@pytest.mark.parametrize("cell", ["1", "（株）見本", "平方メートル", "IV", "○", "～"])
def test_ふつうの文字は指摘しない(cell):
    assert in_document("OD-10", ["事業", "値"], [cell, "1"]) == []


def test_読み方の一覧を添えれば参考():
    data = document(["番号", "値"], ["①", "1"])
    listed = document(["文字", "置き換えの例"], ["①", "1"])
    table = replace(listed.grids[0], sheet="機種依存文字")
    both = replace(data, blocks=(*data.blocks, table))
    assert [f.severity for f in found("OD-10", report(), document=both)] == ["info"]

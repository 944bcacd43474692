from byhand import in_document

from sosei.reading.grid import Cell, Words


def test_数式の残るセルは注意():
    formula = Cell(1, 1, Words("300"), formula="SUM(B2:B3)")
    (finding,) = in_document("OD-7", ["事業", "値"], cells=(formula,))
    assert finding.raw == "300"


def test_値だけなら指摘しない():
    assert in_document("OD-7", ["事業", "値"], ["計", "300"]) == []

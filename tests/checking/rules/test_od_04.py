from byhand import in_document

from sosei.reading.grid import Cell, Words


def test_結合されたセルは注意():
    merged = Cell(2, 0, Words("育成"), rowspan=3)
    (finding,) = in_document("OD-4", ["事業", "値"], ["a", "1"], cells=(merged,))
    assert "1個" in finding.message_ja


def test_結合がなければ指摘しない():
    assert in_document("OD-4", ["事業", "値"], ["a", "1"]) == []

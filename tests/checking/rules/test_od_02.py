import pytest
from byhand import in_document


@pytest.mark.parametrize("cell", ["① 18人 ② 33社", "18人\n33社", "54人 → 100人"])
def test_複数のデータのあるセルは注意(cell):
    (finding,) = in_document("OD-2", ["事業", "実績"], ["育成", cell])
    assert finding.severity == "warning"
    assert finding.place[0].range == "B2"


@pytest.mark.parametrize("cell", ["18", "①", "説明の文\n続きの文", "18人"])
def test_一つのデータなら指摘しない(cell):
    assert in_document("OD-2", ["事業", "実績"], ["育成", cell]) == []

from byhand import found, report

from sosei.checking import Ledger
from sosei.checking.context import TableFacts


def _hits(*cells):
    table = TableFacts(name="年代別", of="persons", cells=cells)
    return found("PII-CELL", report(), ledger=Ledger(tables=(table,)))


def test_3未満の内訳は誤り():
    (finding,) = _hits(("20代", 2), ("30代", 12))
    assert finding.severity == "error"
    assert finding.raw == "20代"


def test_一つだけ隠しても合計から分かる():
    (finding,) = _hits(("20代", None), ("30代", 12), ("計", 14))
    assert "合計" in finding.message_ja


def test_零と3以上と二つ隠した表は指摘しない():
    assert _hits(("20代", 0), ("30代", 3)) == []
    assert _hits(("20代", None), ("30代", None), ("計", 14)) == []

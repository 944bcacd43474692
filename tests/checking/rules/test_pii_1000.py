from byhand import found, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import FileFacts


def _hits(persons, published=False):
    file = FileFacts(name="関係人口データベース", persons=persons, published=published)
    return [f.severity for f in found("PII-1000", report(), ledger=Ledger(files=(file,)))]


def test_1000人から誤り_900人から参考():
    assert _hits(1000) == ["error"]
    assert _hits(999) == ["info"]
    assert _hits(899) == []


def test_ファイル簿が公表されていれば指摘しない():
    assert _hits(5000, published=True) == []


def test_台帳がなければ見ていない():
    assert len(unexamined("PII-1000", report())) == 1

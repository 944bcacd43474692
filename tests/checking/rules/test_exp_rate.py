from byhand import found, money, project, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import ProjectFacts

SUISHIN = "地方創生推進交付金"


def _of(granted, settled, unit="円"):
    lines = (
        money("事業費", settled, kind="settled", unit=unit),
        money("交付額", granted, kind="granted", unit=unit),
    )
    return report(project(grant=SUISHIN, spending=lines))


def test_印刷された交付額が補助率を超えれば注意():
    (finding,) = found("EXP-RATE", _of(6_000_000, 10_000_000))
    assert finding.severity == "warning"
    assert "1/2" in finding.message_ja


def test_台帳の国費が対象経費の補助率を超えれば誤り():
    facts = ProjectFacts(name="人材育成事業", eligible=100, national=40, prefectural=11)
    seen = report(project(grant=SUISHIN))
    assert [f.severity for f in found("EXP-RATE", seen, ledger=Ledger(projects=(facts,)))] == [
        "error"
    ]


def test_半分ちょうどと端数は指摘しない():
    assert found("EXP-RATE", _of(5_000_000, 10_000_000)) == []
    assert found("EXP-RATE", _of(5_501_000, 11_000_000, unit="千円")) == []


def test_制度が分からなければ見ていない():
    assert len(unexamined("EXP-RATE", report(project()))) == 1

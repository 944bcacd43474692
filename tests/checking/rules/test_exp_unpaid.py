from datetime import date

from byhand import found, project, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import CaseFacts, ProjectFacts


def _ledger(paid, reported=date(2022, 4, 8)):
    return Ledger(
        projects=(ProjectFacts(name="人材育成事業", reported_on=reported),),
        cases=(CaseFacts(project="人材育成事業", name="第3号", yen=500_000, paid_on=paid),),
    )


def test_報告の後に払ったか払っていなければ誤り():
    for paid in (date(2022, 4, 25), None):
        (finding,) = found("EXP-UNPAID", report(project()), ledger=_ledger(paid))
        assert finding.severity == "error"
        assert "500,000円" in finding.message_ja


def test_報告までに払っていれば指摘しない():
    assert found("EXP-UNPAID", report(project()), ledger=_ledger(date(2022, 4, 8))) == []


def test_台帳がなければ見ていない():
    assert len(unexamined("EXP-UNPAID", report(project()))) == 1

from datetime import date

from byhand import found, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import CaseFacts


def _ledger(due):
    case = CaseFacts(project="事業", name="第1号", yen=1, paid_on=date(2022, 3, 1), tax_due=due)
    return Ledger(cases=(case,))


def test_期限のない支払済みの案件は注意():
    assert [f.severity for f in found("EXP-TAX", report(), ledger=_ledger(None))] == ["warning"]


def test_期限を過ぎれば注意():
    context = {"ledger": _ledger(date(2023, 6, 30)), "today": date(2023, 7, 1)}
    assert len(found("EXP-TAX", report(), **context)) == 1


def test_期限の前なら指摘しない():
    context = {"ledger": _ledger(date(2023, 6, 30)), "today": date(2023, 6, 30)}
    assert found("EXP-TAX", report(), **context) == []
    assert len(unexamined("EXP-TAX", report())) == 1

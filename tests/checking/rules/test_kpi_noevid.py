from decimal import Decimal

from byhand import found, indicator, of, unexamined

from sosei.checking import Ledger
from sosei.checking.context import ValueFacts

ACTUAL = of(indicator("訪問者数", "人", actual=131))


def _ledger(evidence):
    return Ledger(
        values=(
            ValueFacts(
                project="人材育成事業",
                indicator="訪問者数",
                fiscal_year=2021,
                number=Decimal(131),
                evidence=evidence,
            ),
        )
    )


def test_根拠のない実績は注意():
    assert [f.severity for f in found("KPI-NOEVID", ACTUAL, ledger=_ledger(False))] == ["warning"]


def test_記録か出典があれば指摘しない():
    assert found("KPI-NOEVID", ACTUAL, ledger=_ledger(True)) == []
    cited = of(indicator("訪問者数", "人", actual=131, statistic="宿泊旅行統計"))
    assert found("KPI-NOEVID", cited, ledger=_ledger(False)) == []


def test_台帳がなければ見ていない():
    assert found("KPI-NOEVID", ACTUAL) == []
    assert len(unexamined("KPI-NOEVID", ACTUAL)) == 1

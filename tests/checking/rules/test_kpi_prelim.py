from decimal import Decimal

from byhand import found, indicator, of, point, unexamined, value

from sosei.checking import Ledger
from sosei.checking.context import ValueFacts

EARLY = of(indicator("宿泊客数", "人", point(actual=value(1074983, state="preliminary"))))
FINAL = of(indicator("宿泊客数", "人", point(actual=value(1073072, state="final"))))


def test_他の報告書に確定値があれば注意():
    (finding,) = found("KPI-PRELIM", EARLY, others=(FINAL,))
    assert "1,073,072" in finding.message_ja


def test_台帳に確定値があれば注意():
    fact = ValueFacts(
        project="x", indicator="宿泊客数", fiscal_year=2021, number=Decimal(1073072), state="final"
    )
    assert len(found("KPI-PRELIM", EARLY, ledger=Ledger(values=(fact,)))) == 1


def test_確定値がなければ指摘しない():
    assert found("KPI-PRELIM", EARLY, others=(EARLY,)) == []
    assert found("KPI-PRELIM", FINAL, others=(FINAL,)) == []
    assert len(unexamined("KPI-PRELIM", EARLY)) == 1

from datetime import date

from byhand import found, money, project, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import PaymentFacts
from sosei.core.report import PeriodSaid

PERIOD = PeriodSaid(raw="R1～R3年度", first=2019, last=2021)


def _of(year, **more):
    return report(project(period=PERIOD, spending=(money("委託", 100, fiscal_year=year, **more),)))


def test_期間の外の年度の経費は注意():
    assert [f.severity for f in found("EXP-PERIOD", _of(2022))] == ["warning"]
    assert len(found("EXP-PERIOD", _of(2018))) == 1


def test_台帳の支払日が期間の外なら誤り():
    paid = PaymentFacts(project="人材育成事業", label="委託料", yen=1, on=date(2022, 4, 1))
    assert [
        f.severity for f in found("EXP-PERIOD", _of(2021), ledger=Ledger(payments=(paid,)))
    ] == ["error"]


def test_期間の中と予算と零円は指摘しない():
    for seen in (_of(2019), _of(2021), _of(None), _of(2018, kind="budget")):
        assert found("EXP-PERIOD", seen) == []
    last_day = PaymentFacts(project="人材育成事業", label="委託料", yen=1, on=date(2022, 3, 31))
    assert found("EXP-PERIOD", _of(2021), ledger=Ledger(payments=(last_day,))) == []


def test_台帳がなければ支払日は見ていない():
    assert len(unexamined("EXP-PERIOD", _of(2021))) == 1

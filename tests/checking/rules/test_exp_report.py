from datetime import date

import pytest
from byhand import found, project, report, unexamined

from sosei.checking import Ledger
from sosei.checking.context import ProjectFacts

DUE = date(2022, 4, 10)


def _ledger(**facts):
    return Ledger(projects=(ProjectFacts(name="人材育成事業", **facts),))


def test_台帳と報告の額が違えば誤りで_千円の取り違えを言う():
    ledger = _ledger(settled=35_691_000, reported=35_691)
    (finding,) = found("EXP-REPORT", report(project()), ledger=ledger)
    assert finding.severity == "error"
    assert "千円と円" in finding.message_ja


def test_額が合えば指摘しない():
    assert found("EXP-REPORT", report(project()), ledger=_ledger(settled=5, reported=5)) == []


@pytest.mark.parametrize(
    ("today", "severities"),
    [
        (date(2022, 3, 10), []),
        (date(2022, 3, 11), ["info"]),
        (date(2022, 4, 3), ["warning"]),
        (date(2022, 4, 11), ["warning"]),
    ],
)
def test_期限の30日前から知らせる(today, severities):
    hits = found("EXP-REPORT", report(project()), ledger=_ledger(report_due=DUE), today=today)
    assert [f.severity for f in hits] == severities


def test_提出済みなら知らせない():
    ledger = _ledger(report_due=DUE, reported_on=date(2022, 4, 1))
    assert found("EXP-REPORT", report(project()), ledger=ledger, today=date(2022, 4, 9)) == []


def test_台帳か日付がなければ見ていない():
    assert len(unexamined("EXP-REPORT", report(project()))) == 1
    assert len(unexamined("EXP-REPORT", report(project()), ledger=_ledger())) == 1

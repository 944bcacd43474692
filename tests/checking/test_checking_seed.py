"""The seed's oddities are found, at the right places, and nothing is called wrong that is not."""

from collections import Counter

import pytest
from byhand import seed

from sosei.checking import Findings, Severity, check


@pytest.fixture(scope="module")
def findings() -> Findings:
    return check(seed())


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("NUM-DUP", 1),
        ("FY-MISSING", 1),
        ("KPI-NOTARGET", 6),
        ("KPI-NOBASE", 14),
        ("KPI-PENDING", 4),
        ("PLAN-ROWS", 1),
        ("PERIOD-FORM", 3),
        ("KPI-OUTPUT", 2),
        ("KPI-OUTPUT-ONLY", 0),
        ("EXP-NONE", 3),
        ("KPI-NOUNIT", 0),
        ("KPI-COUNT", 0),
        ("PERIOD-LEN", 0),
        ("KPI-YEARTYPE", 4),
    ],
)
def test_指摘の数(findings, code, count):
    assert len(findings.of(code)) == count


def test_誤りは一つもない(findings):
    assert findings.counts()[Severity.ERROR] == 0


def test_番号の重複は3行目の経費にある(findings):
    (finding,) = findings.of("NUM-DUP")
    assert finding.path == "/projects/0/spending/2"
    assert finding.place[0].start == 560
    assert (finding.fix.before, finding.fix.after, finding.fix.safe) == ("②", "③", False)


def test_年度は推定されたと言い_推定の元を指す(findings):
    (finding,) = findings.of("FY-MISSING")
    assert "令和3年度（2021年度）と推定" in finding.message_ja
    assert finding.raw == "令和 4 年度"
    assert finding.severity is Severity.WARNING


def test_目標のない指標は最初の2事業の6つ(findings):
    owners = Counter(f.path.split("/")[2] for f in findings.of("KPI-NOTARGET"))
    assert owners == {"0": 3, "1": 3}


def test_集計中は3番目の事業の実績を指す(findings):
    paths = [f.path for f in findings.of("KPI-PENDING")]
    assert paths == [f"/projects/2/indicators/{n}/years/0/actual" for n in range(4)]


def test_活動量の指標は補助件数と実施回数(findings):
    assert [f.raw for f in findings.of("KPI-OUTPUT")] == [
        "実証実験補助件数",
        "観光物産プロモーション実施回数",
    ]


def test_期間の書き方は略したものだけ(findings):
    assert [(f.raw, f.fix.after) for f in findings.of("PERIOD-FORM")] == [
        ("R3～7 年度", "R3～R7年度"),
        ("H30～R4", "H30～R4年度"),
        ("R4~R6", "R4～R6年度"),
    ]


def test_合計のない経費は見ていないと言う(findings):
    (unseen,) = [each for each in findings.unexamined if each.code == "EXP-TOTAL"]
    assert "4事業" in unseen.reason_ja
    assert "3事業は経費の記載がありません" in unseen.reason_ja
    assert "EXP-TOTAL" not in findings.examined


def test_台帳や前年度のない規則は見ていないと言う(findings):
    unseen = {each.code for each in findings.unexamined}
    assert {"EXP-UNPAID", "EXP-REPORT", "PII-1000", "KPI-NOEVID", "KPI-JUMP", "OD-1"} <= unseen

"""Repairs: shown as a difference, applied only where it cannot be otherwise, and only once."""

from byhand import found, report, seed

from sosei.checking import Finding, Fix, Severity, check
from sosei.checking.fix import apply, difference, proposals


def _finding(fix):
    return Finding(code="X", severity=Severity.INFO, message_ja="。", message_en=".", fix=fix)


def test_差分は何が何になるかと人の判断が要るかを言う():
    text = difference(check(seed()))
    assert "@@ /projects/0/spending/2/number @@ NUM-DUP (人が判断します)\n-②\n+③\n" in text
    assert (
        "@@ /projects/1/period/raw @@ PERIOD-FORM (--apply で直します)\n-R3～7 年度\n+R3～R7年度\n"
        in text
    )
    assert "to be decided by a person" in difference(check(seed()), lang="en")


def test_直すのは疑いのないものだけ():
    fixed = apply(seed(), check(seed()))
    assert [p.period.raw for p in fixed.projects] == [
        "R1～R3 年度",
        "R3～R7年度",
        "H30～R4年度",
        "R4～R6年度",
    ]
    assert [line.number for line in fixed.projects[0].spending] == ["①", "②", "②"]
    assert found("PERIOD-FORM", fixed) == []


def test_元の報告書は変わらず_ほかの部分はそのまま():
    before = seed()
    fixed = apply(before, check(before))
    assert before == seed()
    assert fixed.projects[0] is before.projects[0]
    assert fixed.projects[1].indicators is before.projects[1].indicators


def test_二度直しても同じ():
    findings = check(seed())
    once = apply(seed(), findings)
    assert apply(once, findings) == once
    assert apply(once, check(once)) == once


def test_言葉が変わっていれば直さない():
    stale = _finding(Fix(path="/projects/0/period/raw", before="R9", after="R10", safe=True))
    assert apply(seed(), [stale]) == seed()


def test_道のない提案は何もしない():
    for path in ("/projects/9/period/raw", "/projects/0/nothing/raw", "/title/text"):
        lost = _finding(Fix(path=path, before="a", after="b", safe=True))
        assert apply(report(), [lost]) == report()


def test_同じ提案は一度だけ():
    fix = Fix(path="/title/text", before="a", after="b")
    assert len(proposals([_finding(fix), _finding(fix), _finding(None)])) == 1


def test_直すものがなければ空():
    assert difference(check(report())) == ""

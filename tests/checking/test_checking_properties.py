"""Whatever the report: a check never falls, says the same twice, and repairs only once."""

import pytest
from byhand import document, report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei.checking import Context, Severity, check, rules
from sosei.checking.fix import apply
from sosei.checking.lists import dumps
from sosei.core.codec import encode
from strategies import AWKWARD, reports

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _sound(report):
    context = Context(previous=report, others=(report,))
    findings = check(report, context)
    assert dumps(findings) == dumps(check(report, context))
    known = {rule.code for rule in rules()}
    assert {f.code for f in findings} | {u.code for u in findings.unexamined} <= known
    assert known == set(findings.examined) | {u.code for u in findings.unexamined}
    for finding in findings:
        assert finding.message_ja.endswith("。")
        assert finding.message_en.endswith(".")
        assert _points_somewhere(encode(report), finding.path)


def _points_somewhere(node, path):
    """A path leads to a part of the report, or to one that the report should have had."""
    steps = [step for step in path.split("/") if step]
    for step in steps:
        if isinstance(node, list):
            if int(step) >= len(node):
                return False
            node = node[int(step)]
        elif step in node:
            node = node[step]
        else:
            return step == steps[-1]
    return True


@QUICK
@given(reports(size=3))
def test_どんな報告書でも倒れず同じ答えを返す(report):
    _sound(report)


@pytest.mark.slow
@LONG
@given(reports(size=4))
def test_大きな報告書でも(report):
    _sound(report)


@QUICK
@given(reports(size=3))
def test_直した報告書をもう一度直しても変わらない(report):
    once = apply(report, check(report))
    assert apply(once, check(once)) == once
    before = {(f.code, f.path) for f in check(report) if f.severity is Severity.ERROR}
    after = {(f.code, f.path) for f in check(once) if f.severity is Severity.ERROR}
    assert after == before


CELLS = st.sampled_from(
    [
        *AWKWARD,
        "",
        "全国地方公共団体コード",
        "032019",
        "法人番号",
        "1234567890123",
        "2月30日",
        "１から２へ３増",
    ]
)


@QUICK
@given(
    st.lists(st.lists(CELLS | st.text(max_size=12), min_size=1, max_size=4), max_size=5),
    st.lists(CELLS | st.text(max_size=40), max_size=4),
    st.sampled_from(["csv", "xlsx", "text", "html"]),
)
def test_どんな文書でも倒れず同じ答えを返す(rows, lines, form):
    context = Context(document=document(*rows, lines=tuple(lines), form=form))
    findings = check(report(), context)
    assert dumps(findings) == dumps(check(report(), context))
    assert all("{n}" not in f.message_ja + f.message_en for f in findings)

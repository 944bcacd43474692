"""差分の法則. What holds for any two reports, whatever they say."""

import json

import pytest
from differing import pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.report import Report
from sosei.ledger.difference import difference, errata, from_json, merge, summary, to_json
from strategies import examples, reports

QUICK = settings(max_examples=60)
LONG = settings(max_examples=examples(120, deep=600))


def kinds(found):
    return {kind for kind, count in summary(found).items() if count}


def nothing_differs_from_itself(report):
    for partial in (True, False):
        assert kinds(difference(report, report, partial=partial)) <= {"unchanged"}
    assert errata(report, report) == ()


def accepting_all_leaves_nothing_to_accept(current, incoming):
    found = difference(current, incoming, partial=True)
    assert "removed" not in kinds(found)
    merged = merge(current, incoming, found, found.all_ids())
    again = difference(merged.report, incoming, partial=True)
    assert kinds(again) <= {"unchanged", "unclear", "conflict"}
    assert merge(merged.report, incoming, again, again.proposed()).report == merged.report
    comes_from_one_place(current, merged)


def comes_from_one_place(current, merged):
    assert len(set(merged.origins.values())) == len(merged.origins)
    held = sum(map(parts_of, current.projects)) + len(current.projects)
    assert len(merged.origins) == held


def parts_of(project):
    years = sum(len(indicator.years) for indicator in project.indicators)
    return len(project.spending) + len(project.indicators) + years


def accepting_all_of_an_edition_makes_it(current, incoming):
    found = difference(current, incoming, partial=False)
    assert kinds(found) <= {"added", "changed", "unchanged", "removed"}
    merged = merge(current, incoming, found, found.all_ids())
    assert kinds(difference(merged.report, incoming, partial=False)) <= {"unchanged"}


def accepting_nothing_changes_nothing(current, incoming):
    for partial in (True, False):
        found = difference(current, incoming, partial=partial)
        merged = merge(current, incoming, found, ())
        assert merged.report == current
        assert merged.origins == {path: path for path in merged.origins}


def is_kept_as_json(current, incoming):
    found = difference(current, incoming, partial=True)
    assert len({change.id for change in found.changes}) == len(found.changes)
    assert from_json(json.loads(json.dumps(to_json(found), sort_keys=True))) == found


def every_change_can_be_shown(current, incoming):
    for change in difference(current, incoming, partial=False).changes:
        assert change.subject_ja
        assert change.subject_en
        assert change.before_ja or change.after_ja
        assert change.before_en or change.after_en
        assert change.note_ja is not None


LAWS = [
    accepting_all_leaves_nothing_to_accept,
    accepting_all_of_an_edition_makes_it,
    accepting_nothing_changes_nothing,
    is_kept_as_json,
    every_change_can_be_shown,
]


@QUICK
@given(reports(2))
def test_同じ報告書に違いはない(report):
    nothing_differs_from_itself(report)


@pytest.mark.slow
@LONG
@given(reports(3))
def test_大きな報告書でも同じものに違いはない(report):
    nothing_differs_from_itself(report)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@QUICK
@given(both=pairs())
def test_差分の法則(law, both):
    law(*both)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@LONG
@given(both=pairs(3))
def test_差分の法則を多くの例で(law, both):
    law(*both)


@QUICK
@given(both=pairs(), data=st.data())
def test_選んだものだけが反映される(both, data):
    current, incoming = both
    found = difference(current, incoming, partial=True)
    ids = sorted(found.all_ids())
    accepted = data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))
    merged = merge(current, incoming, found, accepted)
    assert set(merged.taken.values()) <= accepted
    if not accepted:
        assert merged.report == current
    new = [c for c in found.of("added") if c.part == "project" and c.id.count("/") == 2]
    refused = [c for c in new if c.id not in accepted]
    added = len(merged.report.projects) - len(current.projects)
    assert added == len(new) - len(refused)


@QUICK
@given(reports(2))
def test_空の台帳には全部が入る(report):
    found = difference(Report(), report, partial=True)
    merged = merge(Report(), report, found, found.all_ids())
    assert kinds(difference(merged.report, report, partial=True)) <= {"unchanged"}
    assert merged.origins == {}
    assert merged.report.projects == report.projects

"""The four levels: which rule of which generation fires for one indicator and for all of a project."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sosei.core.report import Project, Said, YearPoint
from sosei.judging.criteria import (
    Proposal,
    criteria_of,
    generations,
    level_name,
    propose_for_indicator,
    propose_for_project,
)
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS, Figures
from sosei.judging.outcome import Outcome, Reached, Refusal

FIRST, SECOND = generations()


def case(
    target: int, actual: object, baseline: int | None = None, *, falling: bool = False
) -> Case:
    figures = Figures(
        target=Decimal(target),
        actual=Decimal(str(actual)),
        baseline=None if baseline is None else Decimal(baseline),
        falling=falling,
    )
    return told(METHODS["decrease" if falling else "plain"].judge(figures), figures)


def told(outcome: Outcome, figures: Figures | None = None) -> Case:
    return Case(
        point=YearPoint(),
        fiscal_year=2021,
        role="actual",
        method=None,
        figures=figures,
        outcome=outcome,
    )


def rule(proposal: Proposal | Refusal) -> str:
    """The rule that fired, or why none did."""
    return proposal.rule if isinstance(proposal, Proposal) else proposal.code


@pytest.mark.parametrize(
    ("given", "fires"),
    [
        (case(10, 11), "G1-1-exceeded"),
        (case(10, 10), "G1-1-reached"),
        (told(Reached(True, "RATING_WORD")), "G1-1-exceeded"),
        (case(10, 7), "G1-2-considerable"),
        (case(10, 9, 5), "G1-2-considerable"),
        (case(10, "6.99", 5), "G1-3-improved"),
        (case(10, 5, 5), "UNDEFINED"),
        (case(10, "4.9", 5), "G1-4-worse"),
        (case(10, 6), "NO_BASELINE"),
        (told(Reached(False, "RATING_WORD")), "NO_BASELINE"),
        (case(10, 20, 30, falling=True), "G1-3-improved"),
        (case(10, 40, 30, falling=True), "G1-4-worse"),
        (case(10, "30.5", 30, falling=True), "G1-4-worse"),
        (told(Refusal("COUNTING")), "COUNTING"),
    ],
)
def test_先行型の段階は指標一つで決まる(given: Case, fires: str) -> None:
    assert rule(propose_for_indicator(FIRST, given)) == fires


def test_七割の線がない基準は改善か悪化で決まる() -> None:
    bare = replace(FIRST, code="X", enough=None)
    assert propose_for_indicator(bare, case(10, 9, 5)) == Proposal(
        level=3, criteria="X", rule="X-3-improved"
    )


UP, SAME, DOWN, DONE = case(10, 8, 6), case(10, 6, 6), case(10, 5, 6), case(10, 10, 6)
NO_BASE = case(10, 8)


@pytest.mark.parametrize(
    ("given", "fires"),
    [
        ([DONE], "G2-1-all"),
        ([DONE, told(Reached(True, "RATING_WORD"))], "G2-1-all"),
        ([DONE, UP], "G2-2-some"),
        ([DONE, SAME], "G2-2-some"),
        ([DONE, NO_BASE], "G2-2-some"),
        ([DONE, DOWN], "G2-4-worse"),
        ([UP, DOWN], "G2-4-worse"),
        ([NO_BASE, DOWN], "G2-4-worse"),
        ([case(10, "5.5", 6)], "G2-4-worse"),
        ([UP], "G2-3-improved"),
        ([case(10, "6.5", 6)], "G2-3-improved"),
        ([SAME, UP], "G2-3-improved"),
        ([SAME, SAME], "UNDEFINED"),
        ([UP, NO_BASE], "NO_BASELINE"),
        ([], "NO_INDICATOR"),
    ],
)
def test_推進交付金の段階は全ての指標で決まる(given: list[Case], fires: str) -> None:
    assert rule(propose_for_project(SECOND, given)) == fires


def test_判定できない指標の数を言う() -> None:
    waiting = told(Refusal("COUNTING"))
    assert propose_for_project(SECOND, [waiting, DONE, waiting]) == Refusal(
        "NOT_ALL_EVALUABLE", {"left": "2", "total": "3"}
    )


def test_段階の名は日英にある() -> None:
    proposal = propose_for_project(SECOND, [DONE, UP])
    assert isinstance(proposal, Proposal)
    assert proposal.name() == proposal.name("ja") == "地方創生に相当程度効果があった"
    assert proposal.name("en") == level_name(2, "en") == "considerably effective"


def test_世代は名も期間も線も出典どおり() -> None:
    assert (FIRST.per, FIRST.first, FIRST.last, FIRST.enough) == (
        "indicator",
        2014,
        2015,
        Decimal("0.7"),
    )
    assert (SECOND.per, SECOND.first, SECOND.last, SECOND.enough) == ("project", 2016, 2022, None)
    assert (FIRST.ja, FIRST.en) == (
        "先行型の様式（平成27年度の事業）",
        "form of the first grant (fiscal 2015)",
    )


@pytest.mark.parametrize(
    ("grant", "year", "expected"),
    [
        ("地方創生 推進交付金", 2021, SECOND),
        ("地方創生先行型", 2014, FIRST),
        ("地方創生先行型", 2013, Refusal("NO_CRITERIA")),
        ("地方創生推進交付金", 2015, Refusal("NO_CRITERIA")),
        ("地方創生推進交付金", None, Refusal("NO_YEAR")),
        ("知らない交付金", None, Refusal("NO_CRITERIA")),
        (None, 2021, Refusal("NO_GRANT")),
    ],
)
def test_基準は交付金の名と年度で選ぶ(
    grant: str | None, year: int | None, expected: object
) -> None:
    project = Project(grant=Said(text=grant) if grant else None)
    assert criteria_of(project, year) == expected

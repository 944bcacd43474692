"""四段階の提案. A proposal of the Cabinet Office's four levels, with the rule that fired; a person decides.

Two generations are known and kept apart as data with validity; for other grants nothing is proposed (DOMAIN §3.1,
§10b). The first judges each indicator, the second the project over all its indicators. Both need the baseline to tell
level 3 from level 4.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sosei.core.fields import Lang
from sosei.core.report import Project
from sosei.core.schemes import known_schemes, scheme_named
from sosei.judging.figures import Case
from sosei.judging.outcome import Rate, Reached, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """基準の世代. Valid in fiscal years `first` to `last`, for the schemes that name its `code` (core/schemes.toml)."""

    code: str
    ja: str
    en: str
    source: str
    per: Literal["indicator", "project"]
    first: int
    last: int
    enough: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """提案. Level 1 (best) to 4, the criteria it comes from and the rule that fired (docs/judging/criteria.md)."""

    level: int
    criteria: str
    rule: str

    def name(self, lang: Lang = "ja") -> str:
        """Return the level's name."""
        return level_name(self.level, lang)

    def because(self, lang: Lang = "ja") -> str:
        """Return in words why the rule fired."""
        sentence: str = _table()["rule"][self.rule][0 if lang == "ja" else 1]
        return sentence


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("sosei.judging") / "data/criteria.toml").read_text("utf-8"))


def level_name(level: int, lang: Lang = "ja") -> str:
    """Return the name of a level, 1 to 4."""
    name: str = _table()["level"][str(level)][0 if lang == "ja" else 1]
    return name


@cache
def generations() -> tuple[Criteria, ...]:
    """Return the generations that are known."""
    return tuple(
        Criteria(
            code=code,
            ja=row["name"][0],
            en=row["name"][1],
            source=row["source"],
            per=row["per"],
            first=row["first"],
            last=row["last"],
            enough=Decimal(row["enough"]) if "enough" in row else None,
        )
        for code, row in _table().items()
        if code not in ("level", "rule")
    )


def criteria_of(project: Project, year: int | None) -> Criteria | Refusal:
    """Return the criteria in force for a project's grant in a fiscal year, or why none are known."""
    said = [one.text for one in (project.grant, project.grant_type) if one]
    if not said:
        return Refusal("NO_GRANT")
    scheme = scheme_named(" ".join(said), known_schemes())
    named = [c for c in generations() if scheme is not None and c.code == scheme.criteria]
    if not named:
        return Refusal("NO_CRITERIA")
    if year is None:
        return Refusal("NO_YEAR")
    return next((c for c in named if c.first <= year <= c.last), Refusal("NO_CRITERIA"))


def propose_for_indicator(criteria: Criteria, case: Case) -> Proposal | Refusal:
    """Propose a level for one indicator by the first generation (目標値を上回った、7割～8割、開始前より改善、悪化)."""
    if isinstance(case.outcome, Refusal):
        return case.outcome
    if case.under_way:
        return Refusal("NOT_YET_DUE", {"year": f"{case.due}年度"})
    if case.outcome.reached:
        exact = case.figures is not None and case.figures.actual == case.figures.target
        return _level(criteria, 1, "1-reached" if exact else "1-exceeded")
    enough = criteria.enough
    if enough is not None and isinstance(case.outcome, Rate) and case.outcome.value >= enough:
        return _level(criteria, 2, "2-considerable")
    change = _change(case)
    if isinstance(change, Refusal):
        return change
    if change == 0:
        return Refusal("UNDEFINED")
    return _level(criteria, 3, "3-improved") if change > 0 else _level(criteria, 4, "4-worse")


def propose_for_project(criteria: Criteria, found: Sequence[Case]) -> Proposal | Refusal:
    """Propose a level for a project by the second generation (全てのKPI、一部のKPI、前進・改善、悪化)."""
    if not found:
        return Refusal("NO_INDICATOR")
    waiting = sum(isinstance(case.outcome, Refusal) or case.under_way for case in found)
    if waiting:
        return Refusal("NOT_ALL_EVALUABLE", {"left": str(waiting), "total": str(len(found))})
    reached = sum(
        isinstance(case.outcome, (Rate, Reached)) and case.outcome.reached for case in found
    )
    if reached == len(found):
        return _level(criteria, 1, "1-all")
    changes = [_change(case) for case in found]
    if any(isinstance(change, Decimal) and change < 0 for change in changes):
        return _level(criteria, 4, "4-worse")
    if reached:
        return _level(criteria, 2, "2-some")
    missing = next((change for change in changes if isinstance(change, Refusal)), None)
    if missing is not None:
        return missing
    if any(isinstance(change, Decimal) and change > 0 for change in changes):
        return _level(criteria, 3, "3-improved")
    return Refusal("UNDEFINED")


def _level(criteria: Criteria, level: int, rule: str) -> Proposal:
    return Proposal(level=level, criteria=criteria.code, rule=f"{criteria.code}-{rule}")


def _change(case: Case) -> Decimal | Refusal:
    """Return the change against the time before the project, positive when better."""
    if case.figures is None or case.figures.baseline is None:
        return Refusal("NO_BASELINE")
    change = case.figures.actual - case.figures.baseline
    return -change if case.figures.falling else change

"""有識者意見. What the experts are shown of each project, and what they say of it: shared by the paper's writer and reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from sosei.core.inquiry import MARK, Certainty, How, Notice
from sosei.core.report import Places

Judgement = Literal["effective", "not_effective"]

#: The two-valued scale of the national form (様式2 ⑥), in its own words.
JUDGEMENTS: Final[dict[Judgement, str]] = {
    "effective": "総合戦略のKPI達成に有効であった",
    "not_effective": "総合戦略のKPI達成に有効とは言えない",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIndicator:
    """示す指標. An indicator's figures as an expert reads them, each already as shown; None where there is none."""

    name: str
    number: str | None = None
    unit: str | None = None
    target: str | None = None
    actual: str | None = None
    rate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedProject:
    """意見を求める事業. A project with its facts. `key` is short and unique in the sheet.

    `proposed`, `decided`: 事業効果 as the program proposes it and as the office decided, in words. `assessment`: what
    the office says itself, as pairs of a label and its words (阻害要因, 対応策, 今後の方針).
    """

    key: str
    name: str
    number: str | None = None
    grant: str | None = None
    departments: tuple[str, ...] = ()
    spent: str | None = None
    activities: tuple[str, ...] = ()
    indicators: tuple[ShownIndicator, ...] = ()
    proposed: str | None = None
    decided: str | None = None
    assessment: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a key that would not survive, and a project without a name: defects of the caller."""
        if not MARK.fullmatch(self.key) or not self.name.strip():
            raise ValueError(f"JudgedProject without a fit key or a name: {self.key!r}")


@dataclass(frozen=True, kw_only=True)
class OpinionSheet:
    """意見書. What one expert (None: whoever writes a name on it) is asked to judge, by when, and whom to ask back."""

    mark: str
    body: str
    office: str
    fiscal_year: int
    title: str
    due_on: date
    contact: str
    projects: tuple[JudgedProject, ...]
    base: str = ""
    expert: str | None = None
    sector: str | None = None

    def __post_init__(self) -> None:
        """Refuse an unfit mark and a key that stands twice: defects of the caller."""
        keys = [project.key for project in self.projects]
        if not MARK.fullmatch(self.mark) or len(set(keys)) < len(keys):
            raise ValueError(f"OpinionSheet with an unfit mark or a key twice: {self.mark!r}")

    @cached_property
    def by_key(self) -> Mapping[str, JudgedProject]:
        """The projects by their key."""
        return {project.key: project for project in self.projects}


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOpinion:
    """示された意見. What the expert says of one project (`key` None: of the whole); at least one of the two is there."""

    key: str | None
    judgement: Judgement | None = None
    text: str | None = None
    raw: str
    place: Places = ()
    how: How = "id"
    certainty: Certainty = "sure"


@dataclass(frozen=True, kw_only=True)
class Opinions:
    """意見の全体. All that one expert's file says; `expert`: the name written on it."""

    mark: str
    base: str | None = None
    expert: str | None = None
    opinions: tuple[GivenOpinion, ...] = ()
    unanswered: tuple[JudgedProject, ...] = ()
    not_understood: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str | None, GivenOpinion]:
        """The opinions by the key of their project."""
        return {opinion.key: opinion for opinion in self.opinions}

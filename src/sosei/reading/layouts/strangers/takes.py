"""事業の受け取り. What a cell or the value of a label says of a project, put where it belongs."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Year
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import ProjectDraft
from sosei.reading.layouts.strangers.names import (
    departments,
    said,
)
from sosei.reading.layouts.strangers.periods import period_of
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.ticks import ticked

#: The scale by which an office judges its own project, and who else may judge it.
_OWN: Final = re.compile(r"地方創生に.{0,8}効果(?:が|的で)(?:あった|なかった)")
_OTHERS: Final = re.compile(r"外部|有識者|会議|委員|審議|機関|議会|市民")
_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


_JUDGED: Final = (
    "grade",
    "expert_judgement",
    "expert_opinion",
    "next_policy",
    "next_policy_reason",
    "obstacle",
    "countermeasure",
)


TAKES: Final = frozenset(
    {
        *_JUDGED,
        "scale",
        "department",
        "period",
        "period_first",
        "period_last",
        "activities",
        "grant",
        "grant_type",
        "year",
    }
)


_POLICY: Final = re.compile(
    r"拡大|拡充|継続|縮小|廃止|維持|見直し|改善|終了|完了|統合|統廃合|休止|中止|発展|強化|重点化|民営化|現行どおり|現状どおり|現行通り|現状通り"
)


def is_policy(words: Words) -> bool:
    """Tell whether words are a policy for the coming year (拡大, 継続, 廃止 …), not which way a figure is to go."""
    text = fold(words.text)
    return bool(_POLICY.search(text)) and "を目指す" not in text


def take(
    project: ProjectDraft, role: str | None, words: Words, scene: Scene, *, name: str = ""
) -> bool:
    """Give a project what a cell or the value of a label says in a role; False where the role is none of a project's."""
    if role not in TAKES:
        return False
    chosen = ticked(words)
    words = words if chosen is None else chosen
    found = words.said()
    if found is None:
        return chosen is not None
    if _MARK.fullmatch(found.text):
        return True
    if role in _JUDGED:
        project.judge(_judged_as(role, found.text, name), found)
    elif role == "scale":
        project.scales.setdefault(join_lines(name) or "評価", found)
    elif role == "department":
        _add_offices(project, words)
    elif role in {"period", "period_first", "period_last"}:
        project.period = period_of(role, words, project.period, scene.near) or project.period
    elif role == "activities":
        project.activities += [s for line in words.lines() if (s := line.said()) is not None]
    elif role == "year":
        _take_year(project, words, scene)
    else:
        _take_grant(project, role, words)
    return True


def _judged_as(role: str, text: str, name: str) -> str:
    """Return what a judgement is: under a label that names nobody, on the scale of offices, the office's own."""
    own = role == "expert_judgement" and _OWN.search(text) and not _OTHERS.search(name)
    return "grade" if own else role


def _add_offices(project: ProjectDraft, words: Words) -> None:
    known = {fold(office.text) for office in project.departments}
    project.departments += [
        office for office in departments(words) if fold(office.text) not in known
    ]


def _take_grant(project: ProjectDraft, role: str | None, words: Words) -> None:
    if role == "grant":
        project.grant = said(words)
    else:
        project.grant_type = said(words)


def _take_year(project: ProjectDraft, words: Words, scene: Scene) -> None:
    found = find_years(words.text, near=scene.near)
    if len(found) == 1:
        project.year = Year(year=found[0].fiscal_year, raw=words.text.strip(), place=words.places)

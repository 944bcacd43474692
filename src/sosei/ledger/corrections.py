"""訂正の箇所. What a later report corrects in an earlier one, each line with the project that it stands in."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from sosei.core.codec import decode
from sosei.core.fields import Lang
from sosei.core.report import Project, Report
from sosei.ledger.difference.comparing import difference
from sosei.ledger.difference.errata import errata

P = TypeVar("P")

_PROJECT: Final = re.compile(r"/projects/([0-9]+)(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """訂正の一行. Where, wrong, right, as published and in English; `project`: its index in the later report, None where it stands in none there."""

    subject: str
    wrong: str
    right: str
    english: tuple[str, str, str]
    project: int | None = None

    def said(self, lang: Lang = "ja") -> tuple[str, str, str]:
        """Return where, wrong and right in a language."""
        return self.english if lang == "en" else (self.subject, self.wrong, self.right)


def corrections_of(before: Report, after: Report) -> tuple[Correction, ...]:
    """Return what the later report corrects in the earlier, in the order of the report; nothing where both print the same."""
    then, now = differing(before.projects, after.projects, _named)
    return corrections_among(_only(before, then), _only(after, now), now)


def corrections_between(before: str, after: str) -> tuple[Correction, ...]:
    """Return the same of two kept JSON texts; only the projects that differ are made into a report. Raises NotAReport."""
    one, other = json.loads(before), json.loads(after)
    then, now = differing(one["projects"], other["projects"], _labelled)
    return corrections_among(_part(one, then), _part(other, now), now)


def corrections_among(
    before: Report, after: Report, places: Sequence[int]
) -> tuple[Correction, ...]:
    """Return the corrections in some projects alone; `places`: where those of `after` stand in the whole report."""
    lines = errata(before, after)
    changes = difference(before, after, partial=False).by_id if lines else {}
    return tuple(
        Correction(
            subject=line.where_ja,
            wrong=line.wrong_ja,
            right=line.right_ja,
            english=(line.where_en, line.wrong_en, line.right_en),
            project=_project(changes[line.id].there, places),
        )
        for line in lines
        if line.wrong_ja != line.right_ja
    )


def differing(
    before: Sequence[P], after: Sequence[P], name: Callable[[P], Hashable]
) -> tuple[list[int], list[int]]:
    """Return which things have no equal on the other side; comparing them alone finds all that differs.

    `name`: what equal things have in common, so that not each is held against each. Where one is without (None), all
    are returned: sentences call it by where it stands.
    """
    if any(name(thing) is None for thing in (*before, *after)):
        return list(range(len(before))), list(range(len(after)))
    known: dict[Hashable, list[int]] = defaultdict(list)
    for i, thing in enumerate(before):
        known[name(thing)].append(i)
    apart = []
    for i, thing in enumerate(after):
        twins = known[name(thing)]
        same = next((j for j in twins if before[j] == thing), None)
        if same is None:
            apart.append(i)
        else:
            twins.remove(same)
    return sorted(i for several in known.values() for i in several), apart


def _named(project: Project) -> Hashable:
    return (project.number, project.name.text) if project.name else None


def _labelled(project: dict[str, Any]) -> Hashable:
    return (project.get("number"), project["name"]["text"]) if project.get("name") else None


def _only(report: Report, places: Sequence[int]) -> Report:
    return replace(report, projects=tuple(report.projects[i] for i in places))


def _part(data: dict[str, Any], places: Sequence[int]) -> Report:
    return decode({**data, "projects": [data["projects"][i] for i in places]})


def _project(path: str | None, places: Sequence[int]) -> int | None:
    found = _PROJECT.match(path or "")
    return places[int(found[1])] if found else None

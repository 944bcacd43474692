"""証跡の言葉. Words for the codes and facts of journal lines that only the rooms above the journal know, and rows in groups."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sosei.core.fields import label, labels
from sosei.core.fiscal import RANGE
from sosei.core.formats import FORMATS, format_shown
from sosei.core.schemes import known_schemes
from sosei.journal.history import Changed, Step
from sosei.journal.queries import Line
from sosei.journal.verbs import fact, fact_word
from sosei.journal.wording import Codes
from sosei.judging.criteria import level_name
from sosei.ledger.flow import stage_name, stages
from sosei.ledger.frozen import form_name, form_names
from sosei.offices.permissions import roles
from sosei.web.desk.saying import lang, say, tongue
from sosei.web.desk.templatetags.desk import show_fiscal

#: Facts that are the number of a person.
_PEOPLE: Final = ("person", "deputy", "successor")
#: Facts that only machines compare, or that the rows written say better.
_TECHNICAL: Final = frozenset({"sha256", "head", "pdf", "report", "old", "new", "proofs"})
#: So many columns fit beside one another; rows that say more stand one under another.
_COLUMNS: Final = 4


def codes() -> Codes:
    """Return words for the codes of columns that are the book's own, in the page's language."""
    code = lang()
    words: dict[tuple[str, str], str] = {
        (column, stage): stage_name(stage, code)
        for column in ("stage", "came_from", "went_to")
        for kind in ("entry", "volume")
        for stage in stages(kind)
    }
    words |= {("role", held.code): tongue(held) for held in roles().values()}
    for field in ("target", "actual", "cumulative_actual"):
        words["role", field] = label(f"YearPoint.{field}", code)
    for field in ("baseline", "increase_total"):
        words["role", field] = label(f"Indicator.{field}", code)
    words |= {("scheme", one.id): tongue(one) for one in known_schemes()}
    words |= {("format", one): format_shown(one, code) for one in FORMATS}
    words |= {("form", one): form_name(one, code) for one in form_names()}
    words |= {("field", field): label(field, code) for field in labels()}
    for column in ("proposed", "decided"):
        words |= {(column, str(level)): level_name(level, code) for level in range(1, 5)}
    return words


def people_in(found: Line) -> list[int]:
    """Return the people whose numbers stand beside an act."""
    return [n for name in _PEOPLE if isinstance(n := found.facts.get(name), int)]


def facts_of(found: Line, people: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return the facts beside an act, with their names; what only machines compare stands in the raw form."""
    return [
        (fact(name, lang()), _fact(name, value, people))
        for name, value in sorted(found.facts.items())
        if name not in _TECHNICAL
    ]


def _fact(name: str, value: Any, people: Mapping[int, str]) -> str:
    """Return a fact in words: who, which year, which line, which of the known words."""
    if isinstance(value, list):
        return say("、", ", ").join(_fact(name, one, people) for one in value)
    if isinstance(value, bool):
        return say("はい", "yes") if value else say("いいえ", "no")
    if name in _PEOPLE and isinstance(value, int):
        return people.get(value, str(value))
    if name == "year" and isinstance(value, int) and value in RANGE:
        return show_fiscal(value, "both")
    if name in ("seq", "undoes"):
        return say("第{n}行", "line {n}").format(n=value)
    if name in ("level", "proposed") and value in range(1, 5):
        return level_name(value, lang())
    if name == "form":
        return format_shown(str(value), lang())
    return fact_word(name, str(value), lang())


def raw_of(found: Line) -> str:
    """Return the facts beside an act as they were sealed."""
    return json.dumps(found.facts, ensure_ascii=False, indent=1) if found.facts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """組. Rows of one table, one after another: in one table where they are many and say little each (`columns`)."""

    kind: str
    steps: tuple[Step, ...]
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[Step, tuple[str, ...]], ...] = ()


def groups_of(steps: Iterable[Step]) -> list[Group]:
    """Return the rows that a line wrote in groups."""
    found = []
    for (table, added), part in groupby(steps, key=lambda step: (step.table, step.added)):
        rows = tuple(part)
        columns = tuple(dict.fromkeys(c.column for row in rows for c in row.changes if c.new))
        if table and added and len(rows) > 1 and len(columns) <= _COLUMNS:
            cells = tuple((row, _cells(row.changes, columns)) for row in rows)
            found.append(Group(kind=rows[0].kind, steps=rows, columns=columns, cells=cells))
        else:
            found += [Group(kind=row.kind, steps=(row,)) for row in rows]
    return found


def _cells(changes: Iterable[Changed], columns: Iterable[str]) -> tuple[str, ...]:
    said = {change.column: change.new for change in changes}
    return tuple(said.get(column, "") for column in columns)

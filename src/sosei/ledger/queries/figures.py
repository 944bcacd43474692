"""値の見え方. A figure of the book with all that is known of it: plan or actual, how sure, why, from which file, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sosei.core.fields import word
from sosei.core.report import Places
from sosei.core.report import Value as CoreValue
from sosei.ledger import models as m
from sosei.ledger.queries.recorded import Recorded
from sosei.ledger.queries.view import value_of
from sosei.ledger.traces import place_of, raw_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """根拠の文書. The file that a value came from."""

    document: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """値. `current`: in force, else what was there before. `plan`: of a target, first or changed. `origin`: how it came in."""

    value: int
    core: CoreValue
    role: str
    current: bool
    plan: str | None = None
    state: str | None = None
    reason: str | None = None
    origin: str = "typed"
    raw: str | None = None
    places: Places = ()
    backing: Backing | None = None
    expected_on: date | None = None
    owed_by: str | None = None
    recorded: Recorded | None = None


def figure_shown(
    row: m.Value,
    *,
    documents: Mapping[int, m.Document] | None = None,
    departments: Mapping[int, str] | None = None,
    recorded: Mapping[int, Recorded] | None = None,
) -> FigureShown:
    """Return a value's row as it is shown."""
    core = value_of(row)
    assert core is not None
    document = (documents or {}).get(row.document_id or 0)
    return FigureShown(
        value=row.pk,
        core=core,
        role=row.role,
        current=row.until is None,
        plan=row.plan,
        state=row.state,
        reason=row.reason,
        origin=row.origin,
        raw=raw_of(row.trace, ""),
        places=place_of(row.trace, ""),
        backing=Backing(document=document.pk, name=document.name) if document else None,
        expected_on=row.expected_on,
        owed_by=(departments or {}).get(row.owed_by_id or 0),
        recorded=(recorded or {}).get(row.pk),
    )


def newest(figures: Iterable[FigureShown], role: str) -> FigureShown | None:
    """Return the figure in force in a role."""
    return next((each for each in figures if each.role == role and each.current), None)


def in_words(row: m.Value) -> str:
    """Return a figure in a few words, for sentences."""
    if row.number is not None:
        return f"{row.number.normalize():,f}{row.unit or ''}"
    return row.text or (word("Value.gap", row.gap) if row.gap else "")

"""一覧で入力する. Many figures typed at once: all are looked at, then all that changed are written in one act, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from sosei.core.errors import NoReason, Stale
from sosei.core.gaps import read_gap
from sosei.core.text import clean
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.answered import note_entered
from sosei.ledger.actions.drafts import value_columns
from sosei.ledger.actions.lines import line_to_come
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.typed import Read, TypedRow, check_notes, check_totals, read_typed
from sosei.ledger.actions.values import revise
from sosei.ledger.objections import CellProblem, GridRefused
from sosei.ledger.queries.grid import Grid, GridRow, grid_of
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.offices.permissions import require

__all__ = ["Saved", "TypedRow", "save_grid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """保存の結果. How many cells were written, and the batch by which they can be undone as one (None: nothing changed)."""

    changed: int
    batch: int | None = None


def save_grid(*, by: Person, volume: int, typed: Sequence[TypedRow], reason: str = "") -> Saved:
    """Write the cells that a person changed, all in one act.

    Raises GridRefused (every cell that is wrong, odd or was changed by somebody else), NotAllowed, Locked, NoSuchThing.
    """
    grid = grid_of(by, volume)
    changed = [one for one in typed if one.figure_changed or one.note_changed]
    if not changed:
        return Saved(changed=0)
    rows = grid.by_key
    if unknown := [one.key for one in changed if one.key not in rows]:
        raise NoSuchThing(what=f"一覧の行 {unknown[0]}")
    _require(by, grid, [rows[one.key] for one in changed])
    reads = _looked_at(grid, changed, reason)
    book = volume_in(by.body, volume)
    with act("grid.save", body=by.body, by=by.pk, subject=f"ledger.volume:{book.pk}") as w:
        _unlocked(by, reads)
        book_rows = _Rows(reads)
        cells = [_write(w, book_rows, read, reason) for read in reads]
        if not w.rows:
            return Saved(changed=0)
        asked = {read.row.entry for read in reads}
        require_own_years(w, by, besides=asked, reason=reason, what="値の変更")
        batch = _batch(w, by, book, reads, [cell for cell in cells if cell])
    return Saved(changed=len(reads), batch=batch.pk)


def _require(by: Person, grid: Grid, rows: Iterable[GridRow]) -> None:
    """Ask for the right to write each entry: its departments', or of the one that owes the figure."""
    charge = {group.entry: group.departments for group in grid.groups}
    owed: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in rows:
        verb = "value.record" if row.kind == "figure" else "money.record"
        own = {row.owed_by} if row.owed_by else set()
        owed[row.entry, verb] |= charge[row.entry] | own
    for (_, verb), departments in owed.items():
        require(by, verb, departments)


def _looked_at(grid: Grid, changed: Sequence[TypedRow], reason: str) -> list[Read]:
    """Return what every changed row says. Raises GridRefused."""
    rows, groups = grid.by_key, {group.entry: group for group in grid.groups}
    problems: dict[str, list[CellProblem]] = defaultdict(list)
    reads = []
    for one in changed:
        row = rows[one.key]
        read, wrong = read_typed(grid, groups[row.entry], row, one, today())
        problems[one.key] += [*_conflicts(row, one), *wrong, *_unreasoned(row, read, reason)]
        reads.append(read)
    for more in (check_notes(reads), check_totals(grid, reads)):
        for key, wrong in more.items():
            problems[key] += wrong
    found = {key: wrong for key, wrong in problems.items() if wrong}
    if found:
        raise GridRefused(found)
    return reads


def _conflicts(row: GridRow, one: TypedRow) -> list[CellProblem]:
    """Return whether somebody else wrote another content into a row since the page was made."""
    now, was = replace(row.cell, note=""), replace(one.was, note="")
    other = (
        one.figure_changed and row.seen != one.seen and now not in (was, replace(one.cell, note=""))
    )
    noted = one.note_changed and row.note_seen != one.note_seen and row.cell.note not in (one.was.note, one.cell.note)  # fmt: skip
    if not other and not noted:
        return []
    content = row.cell.typed if other else row.cell.note
    return [_changed_meanwhile(row, content)]


def _unreasoned(row: GridRow, read: Read, reason: str) -> list[CellProblem]:
    """Return whether a final figure is changed, or a figure taken away, without a reason: as on the indicator's own page."""
    value, before = read.value, row.cell
    if row.kind != "figure" or value is None or reason.strip() or not before.typed:
        return []
    lost = value.number is None and read_gap(before.typed) is None
    other = before.typed != read.typed.cell.typed or before.state != read.typed.cell.state
    if not (lost or (before.state == "final" and other)):
        return []
    return [
        CellProblem(
            code=NoReason.code,
            ja="確定値を直すとき、値をなくすときは、下の「理由」に書いてから保存してください。",
            en="To change a final figure, or to take one away, write the reason below and save again.",
        )
    ]


def _changed_meanwhile(row: GridRow, content: str) -> CellProblem:
    when = timezone.localtime(row.since) if row.since else None
    ja = f"{when.month}月{when.day}日{when.hour}時{when.minute:02}分に" if when else ""
    en = f" at {when:%Y-%m-%d %H:%M}" if when else ""
    return CellProblem(
        code=Stale.code,
        ja=f"開いている間に、ほかの人が{ja}「{content or '空欄'}」に変えました。入力した値にするときは、そのまま保存してください。",
        en=f"Somebody else changed this to “{content or 'blank'}”{en}. Save again to put yours in its place.",
        kind="conflict",
    )


def _unlocked(by: Person, reads: Sequence[Read]) -> None:
    for group, kinds in (("value", ("figure",)), ("money", ("money", "total"))):
        entries = {read.row.entry for read in reads if read.row.kind in kinds}
        if entries:
            require_unlocked(by, entries, group)  # type: ignore[arg-type]


class _Rows:
    """書く行. The rows of the book that cells are written into, each table loaded at once."""

    def __init__(self, reads: Sequence[Read]) -> None:
        keys = [read.row for read in reads]
        self.lines = m.Line.objects.in_bulk({key.line for key in keys if key.line})
        self.points = m.Point.objects.in_bulk({key.point for key in keys if key.point})
        self.spending = m.Spending.objects.in_bulk({key.spending for key in keys if key.spending})
        values = m.Value.objects.filter(
            point__in=self.points, until__isnull=True, voided__isnull=True
        )
        self.values = {(value.point_id, value.role): value for value in values}
        self.noted: set[int | None] = set()


def _write(w: Act, rows: _Rows, read: Read, reason: str) -> dict[str, Any] | None:
    """Write one row; return what is kept of the change, or None where the book already says so."""
    before = len(w.rows)
    if read.row.kind == "figure":
        _write_figure(w, rows, read, reason)
    else:
        _write_amount(w, rows, read)
    if len(w.rows) == before:
        return None
    return {
        "key": read.row.key,
        "entry": read.row.entry,
        "name": read.row.name,
        "before": read.row.cell.typed,
        "after": read.typed.cell.typed,
    }


def _write_figure(w: Act, rows: _Rows, read: Read, reason: str) -> None:
    row, typed = read.row, read.typed
    if typed.note_changed and row.line not in rows.noted:
        # The rows of the year and of the sum over the years show one note of their indicator's line.
        rows.noted.add(row.line)
        w.change(rows.lines[row.line or 0], seen=row.note_seen, note=clean(typed.cell.note) or None)
    if read.value is None:
        return
    point = rows.points[row.point or 0]
    more: dict[str, Any] = {"origin": "typed", "expected_on": read.expected_on}
    if read.value.gap is not None:
        more["owed_by_id"] = row.owed_by
    if reason.strip():
        more["reason"] = reason.strip()
    revise(
        w, point, row.role, value_columns(read.value),
        before=rows.values.get((point.pk, row.role)), seen=row.seen, **more,
    )  # fmt: skip


def _write_amount(w: Act, rows: _Rows, read: Read) -> None:
    columns: dict[str, Any] = {}
    if read.yen is not None:
        columns["yen"] = read.yen
    if read.typed.note_changed:
        columns["note"] = clean(read.typed.cell.note) or None
    row = rows.spending[read.row.spending or 0]
    if "yen" in columns and row.yen != columns["yen"]:
        columns["trace"] = {k: v for k, v in row.trace.items() if k != ""}
    w.change(row, seen=read.row.note_seen, **columns)


def _batch(
    w: Act, by: Person, volume: m.Volume, reads: Sequence[Read], cells: list[dict[str, Any]]
) -> m.Batch:
    """Keep what was typed as a batch of its own, so that it can be undone as one."""
    part = note_entered(w, volume, {read.row.entry for read in reads})
    added = sum(not cell["before"] for cell in cells)
    counts = {"added": added, "changed": len(cells) - added}
    return w.add(
        m.Batch(
            volume=volume, part=part, kind="grid", state="applied", proposed_by=by,
            difference={"counts": counts, "cells": cells}, applied_seq=line_to_come(w),
        )
    )  # fmt: skip

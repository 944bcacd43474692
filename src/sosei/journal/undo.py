"""取消. Undo an act as one: what it added is voided, what it changed gets its earlier content back.

Only where nobody touched one of its rows since; otherwise every row that stands in the way is named and nothing is
written. An undoing is an act like any other, with its own line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError

from sosei.journal.acts import Act, act
from sosei.journal.models import Entry, Fact, Past
from sosei.journal.refusals import CannotUndo, NothingToUndo
from sosei.journal.tables import kind_of

VERB: Final = "journal.undo"


@dataclass(frozen=True, slots=True)
class _Touched:
    """A row that the line wrote: its versions before and after it (before 0: it was added)."""

    table: str
    number: int
    before: int
    after: int


def undo(entry: Entry, by: int | None, reason: str = "") -> Entry:
    """Undo everything a line of the journal wrote, and return the line of the undoing.

    Raises NothingToUndo, CannotUndo (naming each row that was touched since).
    """
    with act(
        VERB,
        body=entry.body,
        by=by,
        subject=f"journal.entry:{entry.seq}",
        facts={"undoes": entry.seq, "verb": entry.verb},
    ) as w:
        revert(w, entry, reason=reason)
    assert w.entry is not None  # revert wrote, or refused
    return w.entry


def revert(
    w: Act, entry: Entry, *, reason: str = "", leave: Collection[tuple[str, int]] = ()
) -> int:
    """Undo a line inside an act of one's own; `leave`: rows (table, number) that the caller sees to himself.

    Returns how many rows were written. Raises NothingToUndo, CannotUndo.
    """
    touched = [t for t in _touched(entry) if (t.table, t.number) not in leave]
    if not touched:
        raise NothingToUndo(seq=entry.seq, what=entry.verb)
    rows = _rows(touched)
    problems = _in_the_way(entry, touched, rows, leave)
    if problems:
        raise CannotUndo(entry.seq, problems)
    before = _contents(entry)
    for one in touched:
        row = rows[one.table, one.number]
        if one.before:
            _restore(w, entry, row, before[one.table, one.number, one.before])
        else:
            w.void(row, reason=reason.strip() or f"証跡第{entry.seq}行の取消")
    return len(touched)


def _restore(w: Act, entry: Entry, row: Fact, content: dict[str, Any]) -> None:
    """Write an earlier content back, where nothing else took its place meanwhile. Raises CannotUndo."""
    where = named(row)
    try:
        w.restore(row, content)
    except IntegrityError:
        why = "同じものがあとから加えられています"
        raise CannotUndo(entry.seq, [(where, why)]) from None


def _touched(entry: Entry) -> list[_Touched]:
    """Return what the line wrote, the last written first: so every step back was a valid state before."""
    first: dict[tuple[str, int], int] = {}
    last: dict[tuple[str, int], int] = {}
    for table, number, stamp, _ in entry.rows:
        first.setdefault((table, number), stamp)
        last.pop((table, number), None)  # its place is that of its last writing
        last[table, number] = stamp
    return [
        _Touched(table, number, first[table, number] - 1, stamp)
        for (table, number), stamp in reversed(last.items())
    ]


def _rows(touched: Iterable[_Touched]) -> dict[tuple[str, int], Fact]:
    numbers: dict[str, list[int]] = {}
    for one in touched:
        numbers.setdefault(one.table, []).append(one.number)
    return {
        (table, number): row
        for table, wanted in numbers.items()
        for number, row in _model(table)._base_manager.in_bulk(wanted).items()
    }


def _model(table: str) -> type[Fact]:
    kind = kind_of(table)
    if kind is None:
        raise LookupError(table)
    return kind


def _contents(entry: Entry) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Return what the line put an end to: table, row, version → content."""
    ended = Past.objects.filter(body=entry.body, seq=entry.seq)
    return {(past.table, past.row, past.stamp): past.content for past in ended}


def _in_the_way(
    entry: Entry,
    touched: list[_Touched],
    rows: dict[tuple[str, int], Fact],
    leave: Collection[tuple[str, int]],
) -> list[tuple[str, str]]:
    """Return every row that was changed, removed or used since, with what happened to it."""
    own = {(one.table, one.number) for one in touched} | set(leave)
    problems = []
    for one in touched:
        row = rows.get((one.table, one.number))
        if row is None:
            problems.append((f"{one.table}（番号{one.number}）", "表にありません"))
        elif row.stamp != one.after:
            problems.append((named(row), _changed_by(one)))
    added = [rows[one.table, one.number] for one in touched if not one.before and _there(one, rows)]
    return problems + _users(added, own)


def _there(one: _Touched, rows: dict[tuple[str, int], Fact]) -> bool:
    return (one.table, one.number) in rows


def named(row: Fact) -> str:
    """Return how a sentence calls a row: its kind, its name, its number."""
    return f"{row._meta.verbose_name}「{row.called()}」（番号{row.pk}）"


def _changed_by(one: _Touched) -> str:
    past = Past.objects.filter(table=one.table, row=one.number, stamp=one.after).first()
    return f"証跡の第{past.seq}行で変えられています" if past else "そのあとで変えられています"


def _users(added: list[Fact], own: set[tuple[str, int]]) -> list[tuple[str, str]]:
    """Return the rows that refer to what would be voided, and are still in force."""
    by_kind: dict[type[Fact], list[Fact]] = {}
    for row in added:
        by_kind.setdefault(type(row), []).append(row)
    return [
        (named(target), f"あとから{named(user)}がこれを使っています")
        for kind, targets in by_kind.items()
        for user, target in _referring(kind, {row.pk: row for row in targets})
        if (user.table(), user.pk) not in own
    ]


def _referring(kind: type[Fact], targets: dict[int, Fact]) -> list[tuple[Fact, Fact]]:
    found = []
    for relation in kind._meta.related_objects:
        other = relation.related_model
        if relation.many_to_many:
            continue  # its table between is among the relations itself
        if isinstance(other, type) and issubclass(other, Fact):
            column = relation.field.attname
            users = other._base_manager.filter(
                **{f"{column}__in": list(targets)}, voided__isnull=True
            )
            found += [(user, targets[getattr(user, column)]) for user in users]
    return found

"""根拠の点検. Is every content of a register what its batch says was entered, does each follow the one before it?

A batch is a row of the book, proven by the journal; it proves its contents by digests of pieces (`evidence.proof`). How long
a content holds is proven by the one that took its place. All of it is read as the database keeps it, days as texts where
they are: so what no program could have written is named as well, and stops nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef

from sosei.evidence import models as m
from sosei.evidence import proof
from sosei.evidence.codec import CONTENT, REACHED
from sosei.house import contacted, recounted
from sosei.house.evidencewords import batch_facts, entries_called, register_called
from sosei.journal.reading import Broken, in_order, snapshot
from sosei.journal.verdict import Named, Problem

#: As many batches as are looked at together, and rows as are read.
_MANY: Final = 200
_ROWS: Final = 1000
_HEAD: Final = ("batch_id", "body", "register_id", "since")
_MORE: Final = CONTENT.index("more")
_GONE: Final = CONTENT.index("gone")
#: Columns that the driver of SQLite would take for something else than they hold.
_CONVERTED: Final = frozenset({"since", "until", "first", "last", "gone", *REACHED})
_STILL: Final = Named("いま", "now")


@dataclass(frozen=True, slots=True)
class _Row:
    """A content as it stands: of which batch, what else the batch proves of it, and what it says."""

    batch: int
    head: tuple[Any, ...]
    content: tuple[Any, ...]

    @property
    def number(self) -> int:
        """Return the entry's number."""
        return self.content[0] if isinstance(self.content[0], int) else 0


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield everything of the registers that is not as it was entered, every sum that is not theirs, every loss of persons.

    Others may go on entering: everything is seen as it was at one moment. Memory does not grow with the registers.
    """
    with snapshot():
        yield from _contents(body)
        yield from _strays(body)
        yield from _orders(body)
        yield from recounted.problems(body)
        yield from contacted.problems(body)


def examined(body: str | None = None) -> int:
    """Return how many contents of registers there are."""
    rows = m.Entry.objects.all()
    return (rows if body is None else rows.filter(body=body)).count()


# -- what was entered --------------------------------------------------------------------------------------------------


def _contents(body: str | None) -> Iterator[Problem]:
    batches = m.Batch._base_manager.all()
    source = in_order(batches if body is None else batches.filter(body=body))
    while part := list(islice(source, _MANY)):
        known = [batch for batch in part if not isinstance(batch, Broken)]
        here = groupby(_rows([batch.pk for batch in known]), key=lambda row: row.batch)
        number, rows = next(here, _NO_ROWS)
        for batch in known:
            if batch.pk != number:
                yield from _of_batch(batch, ())
                continue
            yield from _of_batch(batch, rows)
            number, rows = next(here, _NO_ROWS)


_NO_ROWS: Final[tuple[int, Iterator[_Row]]] = (0, iter(()))


def _of_batch(batch: m.Batch, rows: Iterable[_Row]) -> Iterator[Problem]:
    """Compare the contents of a batch with its marks, a piece at a time."""
    source = _InOrder(rows)
    head = (batch.body, batch.register_id, connection.ops.adapt_datetimefield_value(batch.since))
    first = 1
    for piece in proof.pieces(batch.marks, batch.rows):
        yield from _of_piece(batch, head, first, piece, *source.up_to(piece.last))
        first = piece.last + 1
    beyond, n = source.up_to(None)
    if n:
        yield _added(batch, [row.number for row in beyond], n)


class _InOrder:
    """Contents of a batch, taken up to a number; of more than any piece has, only how many there are."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def up_to(self, last: int | None) -> tuple[list[_Row], int]:
        """Return the contents up to a number (None: all), and how many they are."""
        found: list[_Row] = []
        n = 0
        while self._next is not None and (last is None or self._next.number <= last):
            n += 1
            if n <= proof.PIECE:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found, n


def _of_piece(
    batch: m.Batch, head: tuple[Any, ...], first: int, piece: proof.Piece, rows: Sequence[_Row], n: int
) -> Iterator[Problem]:  # fmt: skip
    moved = [row.number for row in rows if row.head != head]
    if moved:
        yield Problem("J50", {"entries": entries_called(moved), **batch_facts(batch)})
    if n < piece.rows:
        yield _lost(batch, first, piece, [row.number for row in rows])
    elif n > piece.rows:
        numbers = sorted({piece.last, *(row.number for row in rows)})
        yield _added(batch, numbers, n - piece.rows)
    elif proof.mark([row.content for row in rows]) != piece.digest:
        numbers = [row.number for row in rows]
        yield Problem("J50", {"entries": entries_called(numbers), **batch_facts(batch)})


def _lost(batch: m.Batch, first: int, piece: proof.Piece, there: Sequence[int]) -> Problem:
    """Name the contents that are gone; where the piece had every number from one to another, each of them."""
    begin = min([max(first, piece.last - piece.rows + 1), *there])
    whole = range(begin, piece.last + 1)
    numbers: Sequence[int] = whole
    if len(whole) == piece.rows:
        left = set(whole).difference(there)
        numbers = sorted(left) or whole
    facts = {"entries": entries_called(numbers), "n": piece.rows - len(there)}
    return Problem("J51", {**facts, **batch_facts(batch)})


def _added(batch: m.Batch, numbers: Sequence[int], n: int) -> Problem:
    return Problem("J52", {"entries": entries_called(numbers), "n": n, **batch_facts(batch)})


def _rows(batches: Sequence[int]) -> Iterator[_Row]:
    """Yield the contents of some batches, each batch in the order of its numbers."""
    if not batches:
        return
    holes = ", ".join(["%s"] * len(batches))
    columns = ", ".join(map(_plain, (*_HEAD, *CONTENT)))
    statement = f"SELECT {columns} FROM evidence_entry WHERE batch_id IN ({holes}) ORDER BY batch_id, number, id"  # noqa: S608  our own names
    for row in _read(statement, batches):
        content = list(row[len(_HEAD) :])
        content[_MORE], content[_GONE] = _said(content[_MORE]), bool(content[_GONE])
        yield _Row(batch=row[0], head=tuple(row[1 : len(_HEAD)]), content=tuple(content))


def _plain(column: str) -> str:
    """Return what gives a column as it is kept: days as texts in SQLite, which keeps no others, whatever they say."""
    quoted = connection.ops.quote_name(column)
    if connection.vendor == "sqlite" and column in _CONVERTED:
        return f"{quoted} + 0" if column == "gone" else f"{quoted} || ''"
    return quoted


def _said(text: Any) -> Any:
    """Return what a JSON text says, or the text where it is none."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return str(text)


def _read(statement: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield what a statement finds, a few rows at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while part := cursor.fetchmany(_ROWS):
            yield from part


# -- what follows what -------------------------------------------------------------------------------------------------


def _strays(body: str | None) -> Iterator[Problem]:
    """Yield contents of batches that are not there."""
    rows = m.Entry.objects.exclude(Exists(m.Batch._base_manager.filter(pk=OuterRef("batch_id"))))
    own = rows if body is None else rows.filter(body=body)
    found = own.order_by("pk").values_list("register_id", "number").iterator(chunk_size=_ROWS)
    for register, number in found:
        facts = {"register": register_called(register), "entries": entries_called([number])}
        yield Problem("J53", facts)


def _orders(body: str | None) -> Iterator[Problem]:
    """Yield contents that are said to hold until something else than what took their place, or stand in another order."""
    statement = _ORDERS.format(
        own="" if body is None else _OF_BODY, since=_plain("since"), until=_plain("until")
    )
    found = _read(statement, [] if body is None else [body])
    for register, number, since, until, following, ordered in found:
        facts = {
            "register": register_called(register), "entries": entries_called([number]), "since": _moment(since),
            "until": _moment(until), "following": _moment(following),
        }  # fmt: skip
        yield Problem("J54" if ordered else "J55", facts)


_OF_BODY: Final = "WHERE register_id IN (SELECT id FROM evidence_register WHERE body = %s)"
_ORDERS: Final = """
SELECT register_id, number, since, until, following, following IS NULL OR later > batch_id
FROM (
    SELECT
        register_id, number, {since} AS since, {until} AS until, batch_id,
        LEAD(since) OVER w AS following, LEAD(batch_id) OVER w AS later
    FROM evidence_entry {own}
    WINDOW w AS (PARTITION BY register_id, number ORDER BY id)
) AS entries
WHERE (until IS NULL) <> (following IS NULL) OR until <> following OR later <= batch_id
"""


def _moment(said: Any) -> datetime | str | Named:
    """Return a moment as the database gave it back."""
    if said is None:
        return _STILL
    if isinstance(said, datetime):
        return said
    try:
        return datetime.fromisoformat(said).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return str(said)

"""数えた行. From a count back to the entries it rests on: exactly those that `measures.counting` keeps, a page at a time.

The database gives at least what is counted (`narrowing`), in the order of the page; each part of it is held against the
meaning, with what its subjects were and did before. A page is asked for by the last row of the page before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.queries.asking import Asked
from sosei.evidence.queries.drillparts import Found, Source, parts
from sosei.evidence.queries.registers import PAGE, EntryRow, rows_shown
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import keys_of, kind, measure, registers_of

#: In what order rows stand where nobody asks for another: by the day that counts.
USUAL: Final = Asked(sort="day")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOf:
    """数えた台帳. A register that a measure counts from; `hidden`: its single entries are confidential."""

    pk: int
    kind: RegisterKind
    department: int
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounted:
    """数えた一件. `register`: its number; `day`: the day by which it was counted."""

    register: int
    row: EntryRow
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounted:
    """数えた行の頁. `more`: what asks for the next page; `registers`: all that the measure counts from."""

    rows: tuple[RowCounted, ...]
    more: str | None
    registers: tuple[RegisterOf, ...] = ()


def rows(
    body: str, number: int, year: int, asked: Asked = USUAL, *, open_to: Collection[int] = ()
) -> PageCounted:
    """Return a page of the entries that a measure (its `number`) counts for a fiscal year.

    `asked`: in which order (day, number, place, sort, amount, quantity), narrowed further by words, days, fields.
    `open_to`: confidential registers whose rows are shown all the same. Raises NoSuchRow.
    """
    row = m.Measure.objects.filter(body=body, pk=number, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="数え方", number=number)
    return page(body, measure(row.text), year, asked, open_to=open_to)


def page(
    body: str, tree: Measure, year: int, asked: Asked = USUAL, *,
    open_to: Collection[int] = (), size: int = PAGE,
) -> PageCounted:  # fmt: skip
    """Return a page of the entries that a tree counts for a year."""
    source = source_of(body, tree, year)
    asked = replace(asked, stage=tree.stage or asked.stage)
    hidden = {key for key, one in source.registers.items() if _hidden(one, open_to)}
    found: list[Found] = []
    for part in parts(source, asked, skip=hidden):
        found += [one for one in part.kept(source) if one.register.key not in hidden]
        if len(found) > size:
            break
    here = found[:size]
    return PageCounted(
        rows=tuple(_rows(source, here)),
        more=here[-1].place.mark if len(found) > size else None,
        registers=tuple(_register(one, one.key in hidden) for one in source.counted),
    )


def everything(source: Source) -> Iterator[Found]:
    """Yield every entry that is counted, of confidential registers too: for sums alone, never for a page of rows."""
    for part in parts(source, USUAL):
        yield from part.kept(source)


def source_of(body: str, tree: Measure, year: int) -> Source:
    """Return what a count of a year looks into."""
    there = registers_of(body, keys_of(tree))
    return Source(body, tree, year, there, {key: kind(row) for key, row in there.items()})


def _hidden(register: m.Register, open_to: Collection[int]) -> bool:
    return kind(register).rows == "confidential" and register.pk not in open_to


def _register(row: m.Register, hidden: bool) -> RegisterOf:
    return RegisterOf(pk=row.pk, kind=kind(row), department=row.department_id, hidden=hidden)


def _rows(source: Source, here: Sequence[Found]) -> Iterator[RowCounted]:
    shown: dict[int, EntryRow] = {}
    for register in {one.register.pk: one.register for one in here}.values():
        contents = [one.place.content for one in here if one.register == register]
        own = rows_shown(register, m.Entry.objects.filter(pk__in=contents))
        shown |= {one.content: one for one in own}
    for one in here:
        day = source.day(one.register.key, one.record)
        yield RowCounted(register=one.register.pk, row=shown[one.place.content], day=day)


__all__ = ["USUAL", "Asked", "PageCounted", "RegisterOf", "RowCounted", "everything", "page", "rows", "source_of"]  # fmt: skip

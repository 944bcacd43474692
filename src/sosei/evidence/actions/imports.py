"""表を取り込む. Rows of a sheet become entries, all or none: read, checked, entered, the mapping remembered for next time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps

from sosei.core.errors import Stale
from sosei.evidence import models as m
from sosei.evidence.actions.entries import entered, register_of
from sosei.evidence.drafts import Draft
from sosei.evidence.nameless import nameless_columns
from sosei.evidence.parts import parts
from sosei.evidence.refusals import RowsWrong
from sosei.evidence.sheets.cells import Cell
from sosei.evidence.sheets.mapping import SheetMapping
from sosei.evidence.sheets.rows import SheetRead, read_rows
from sosei.evidence.sheets.words import bare
from sosei.evidence.stored import kind
from sosei.journal.acts import Act, act
from sosei.offices.models import Person
from sosei.offices.permissions import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """取り込む表. `rows`: below the head; `start`: the number of the first one; `name`, `sha256`: of the file; `sheet`: which of it.

    `fiscal_year`: of days without a year.
    """

    rows: Iterable[Sequence[Cell]]
    start: int = 2
    name: str | None = None
    sha256: str | None = None
    sheet: str = ""
    fiscal_year: int | None = None


def read_sheet(*, by: Person, register: int, sheet: Sheet, mapping: SheetMapping) -> SheetRead:
    """表を読む. What would be entered, and everything that is wrong; nothing is written. Raises NotAllowed, NoSuchRow."""
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    return read_rows(
        kind(row),
        mapping,
        sheet.rows,
        fiscal_year=sheet.fiscal_year,
        start_row=sheet.start,
        sheet=sheet.sheet,
    )


def import_sheet(
    *, by: Person, register: int, sheet: Sheet, mapping: SheetMapping, way: str = "file", seen: str | None = None
) -> m.Batch | None:  # fmt: skip
    """表を取り込む. Enter every row, or none where one is wrong; rows with an entry's number replace its content.

    `seen`: the mark of what a person looked at (`mark_of`). None where everything is as it stands. Raises NotAllowed,
    NoSuchRow, RowsWrong, PeriodClosed, Stale.
    """
    found = read_sheet(by=by, register=register, sheet=sheet, mapping=mapping)
    return enter_read(by=by, register=register, sheet=sheet, mapping=mapping, found=found, way=way, seen=seen)  # fmt: skip


def enter_read(
    *, by: Person, register: int, sheet: Sheet, mapping: SheetMapping, found: SheetRead,
    way: str = "file", seen: str | None = None,
) -> m.Batch | None:  # fmt: skip
    """読んだ表を登録する. As `import_sheet`, with what `read_sheet` gave."""
    if found.problems:
        raise RowsWrong(found.problems)
    with act(
        "register.enter", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = register_of(by, register)
        require(by, "register.write", [row.department_id])
        if seen is not None and seen != mark_of(row, sheet, mapping, found):
            raise Stale(what=row.called())
        _remember(w, row, mapping)
        made = entered(
            w, row, _of_whom(row, found.drafts), way=way, source=sheet.name, sha256=sheet.sha256, mapping=mapping.remember()
        )  # fmt: skip
        w.facts["count"] = made.rows if made else 0
    return made


def mark_of(register: m.Register, sheet: Sheet, mapping: SheetMapping, found: SheetRead) -> str:
    """Return the mark of an import as it stands: the file, how it is read, the register's definition, what is overwritten."""
    taken = sorted((key, one.index, str(one.factor)) for key, one in mapping.taken.items())
    said = [
        register.pk, register.stamp, sheet.sha256, sheet.sheet, sheet.start, sheet.fiscal_year, mapping.header, taken,
        _contents(register, replaced(found)),
    ]  # fmt: skip
    return sha256(dumps(said, ensure_ascii=False).encode()).hexdigest()


def replaced(found: SheetRead) -> list[int]:
    """Return the numbers of the entries that a sheet overwrites."""
    return [draft.entry for draft in found.drafts if draft.entry is not None]


def _contents(register: m.Register, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return which contents of some entries are in force."""
    standing = m.Entry.objects.filter(m.entries.CURRENT, register=register)
    found: list[tuple[int, int]] = []
    for part in parts(sorted(set(numbers))):
        found += standing.filter(number__in=part).order_by("number").values_list("number", "pk")
    return found


def _of_whom(register: m.Register, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts; where one overwrites an entry and does not say of whom it is, that stays as it is."""
    silent = [draft.entry for draft in drafts if draft.entry is not None and _is_silent(draft)]
    if not silent:
        return drafts
    standing = m.Entry.objects.filter(m.entries.CURRENT, register=register)
    whose: dict[int, int | None] = {}
    for part in parts(silent):
        whose |= dict(standing.filter(number__in=part).values_list("number", "subject_id"))
    return [
        replace(draft, subject=whose.get(draft.entry)) if draft.entry is not None and _is_silent(draft) else draft
        for draft in drafts
    ]  # fmt: skip


def _is_silent(draft: Draft) -> bool:
    return draft.who is None and draft.subject is None


def head_key(header: Sequence[str]) -> str:
    """Return by what a sheet's head is known again: its words, whatever their width, order and units."""
    words = sorted(bare(name) for name in header if name.strip())
    return sha256(dumps(words, ensure_ascii=False).encode()).hexdigest()


def remembered(register: m.Register, header: Sequence[str]) -> dict[str, str] | None:
    """Return how a sheet with such a head was read the last time."""
    rows = m.Mapping.objects.filter(register=register, head=head_key(header), voided__isnull=True)
    return rows.values_list("columns", flat=True).first()


def _remember(w: Act, register: m.Register, mapping: SheetMapping) -> None:
    head, said = head_key(mapping.header), mapping.remember()
    if kind(register).holds_persons:
        said = nameless_columns(said)
    stands = m.Mapping.objects.filter(register=register, head=head, voided__isnull=True).first()
    if stands is None:
        w.add(m.Mapping(register=register, head=head, columns=said))
    else:
        w.change(stands, columns=said)

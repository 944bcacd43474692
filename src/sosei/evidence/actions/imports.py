"""表を取り込む. Rows of a sheet become entries, all or none: read, checked, entered, the mapping remembered for next time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from sosei.evidence import models as m
from sosei.evidence.actions.entries import entered, register_of
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
        kind(row), mapping, sheet.rows, fiscal_year=sheet.fiscal_year, start_row=sheet.start, sheet=sheet.sheet
    )


def import_sheet(
    *, by: Person, register: int, sheet: Sheet, mapping: SheetMapping, way: str = "file"
) -> m.Batch | None:
    """表を取り込む. Enter every row, or none where one is wrong; rows with an entry's number replace its content.

    None where everything is as it stands. Raises NotAllowed, NoSuchRow, RowsWrong, PeriodClosed.
    """
    found = read_sheet(by=by, register=register, sheet=sheet, mapping=mapping)
    if found.problems:
        raise RowsWrong(found.problems)
    row = register_of(by, register)
    with act("register.enter", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        row = register_of(by, register)
        _remember(w, row, mapping)
        made = entered(
            w, row, found.drafts, way=way, source=sheet.name, sha256=sheet.sha256, mapping=mapping.remember()
        )
        w.facts["entries"] = made.rows if made else 0
    return made


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
    stands = m.Mapping.objects.filter(register=register, head=head, voided__isnull=True).first()
    if stands is None:
        w.add(m.Mapping(register=register, head=head, columns=said))
    else:
        w.change(stands, columns=said)

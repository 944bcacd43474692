"""取込みを確かめる. What an import would do, told before it is done: done within a transaction, of which nothing stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from sosei.core.errors import NotAllowed, SoseiError
from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.actions.imports import Sheet, enter_read, mark_of, read_sheet, replaced
from sosei.evidence.sheets.matched import SheetMapping
from sosei.evidence.sheets.rows import SheetRead
from sosei.offices.models import Person

#: From so many rows on it takes a while: new entries alone are then counted without being tried.
LONG: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """取込みの見込み. `new`: entries that come; `changed`: numbers of those that say something else then; `same`: how many say it already.

    `refusal`: why it would be refused as a whole (a closed period); `mark`: of all this, for the form that confirms it.
    """

    read: SheetRead
    new: int = 0
    changed: tuple[int, ...] = ()
    same: int = 0
    refusal: SoseiError | None = None
    mark: str = ""

    @property
    def can_go(self) -> bool:
        """Whether there is something to enter, and nothing against it."""
        return not self.read.problems and self.refusal is None and bool(self.new or self.changed)

    @property
    def long(self) -> bool:
        """Whether entering takes a while."""
        return len(self.read.drafts) > LONG


class _Back(Exception):
    """Takes everything back."""


def foresee(*, by: Person, register: int, sheet: Sheet, mapping: SheetMapping) -> Foreseen:
    """取込みを確かめる. What `import_sheet` would do. Raises NotAllowed, NoSuchRow."""
    found = read_sheet(by=by, register=register, sheet=sheet, mapping=mapping)
    if found.problems:
        return Foreseen(read=found)
    row, numbers = register_of(by, register), replaced(found)
    mark = mark_of(row, sheet, mapping, found)
    new = len(found.drafts) - len(numbers)
    if not numbers and (not new or len(found.drafts) > LONG):
        return Foreseen(read=found, new=new, mark=mark)
    tried = _tried(by, register, sheet, mapping, found)
    if isinstance(tried, SoseiError):
        return Foreseen(read=found, new=new, refusal=tried, mark=mark)
    changed = tuple(sorted(tried.intersection(numbers)))
    return Foreseen(read=found, new=new, changed=changed, same=len(numbers) - len(changed), mark=mark)  # fmt: skip


def _tried(
    by: Person, register: int, sheet: Sheet, mapping: SheetMapping, found: SheetRead
) -> set[int] | SoseiError:
    """Return the numbers of the entries that would be written, or why none would be."""
    written: set[int] = set()
    try:
        with transaction.atomic():
            made = enter_read(by=by, register=register, sheet=sheet, mapping=mapping, found=found)
            if made is not None:
                written |= set(m.Entry.objects.filter(batch=made).values_list("number", flat=True))
            raise _Back
    except _Back:
        return written
    except NotAllowed:
        raise
    except SoseiError as refusal:
        return refusal

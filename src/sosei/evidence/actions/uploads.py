"""表を預かる. A file or a pasted block between its upload and its import: kept enciphered, for its person alone, for a day.

A sheet with Individual Numbers is refused before anything of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.refusals import NumbersFound, UploadGone
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged
from sosei.evidence.sealedbytes import opened_bytes, sealed_bytes
from sosei.evidence.sheets.cells import letters
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.heads import head_of
from sosei.evidence.sheets.mynumber import Guard
from sosei.evidence.sheets.sources import Sheet, open_sheets, pasted
from sosei.evidence.stored import kind
from sosei.journal.clock import now
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: How long a file is kept that nobody goes on with.
KEPT: Final = timedelta(hours=24)
#: Places that a refusal names.
_NAMED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """預かった表. `way`: file or pasted; `sha256`: of its bytes."""

    pk: UUID
    name: str
    way: str
    data: bytes
    sha256: str

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its sheets, in their order. Raises the refusals of files."""
        return _sheets(self.name, self.data, self.way)


def keep_upload(*, by: Person, register: int, name: str, data: bytes, way: str = "file") -> UUID:
    """表を預かる. Keep a sheet until it is entered. Raises NotAllowed, NoSuchRow, NumbersFound, the refusals of files."""
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    clear_uploads()
    sheets = _sheets(name, data, way)
    require_no_numbers(at for one in sheets for at in _numbers(kind(row), one, len(sheets) > 1))
    made = m.Upload(body=by.body, person=by, register=row, way=way, made=now())
    made.sealed = sealed_bytes(made.place, name.encode() + b"\0" + data)
    made.save(force_insert=True)
    return made.pk


def kept_upload(*, by: Person, register: int, upload: UUID) -> File:
    """預かった表. What its own person handed in for a register. Raises NotAllowed, NoSuchRow, UploadGone."""
    row = _own(by, register, upload)
    try:
        name, _, data = opened_bytes(row.place, bytes(row.sealed)).partition(b"\0")
    except (PersonalKeyLacking, PersonalTextChanged):
        row.delete()
        raise UploadGone from None
    return File(pk=row.pk, name=name.decode(), way=row.way, data=data, sha256=sha256(data).hexdigest())  # fmt: skip


def drop_upload(*, by: Person, register: int, upload: UUID) -> None:
    """預かった表を捨てる. Raises as `kept_upload`."""
    _own(by, register, upload).delete()


def clear_uploads() -> None:
    """Throw away what nobody went on with for a day."""
    m.Upload.objects.filter(made__lt=now() - KEPT).delete()


def _own(by: Person, register: int, upload: UUID) -> m.Upload:
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    clear_uploads()
    found = m.Upload.objects.filter(pk=upload, body=by.body, person=by, register=row).first()
    if found is None:
        raise UploadGone
    return found


def _sheets(name: str, data: bytes, way: str) -> tuple[Sheet, ...]:
    return (pasted(data.decode()),) if way == "pasted" else open_sheets(data, name)


def require_no_numbers(found: Iterable[str]) -> None:
    """Raise NumbersFound where Individual Numbers were found, by their places."""
    places = list(found)
    if places:
        raise NumbersFound(places=places[:_NAMED], count=len(places))


def _numbers(of: RegisterKind, sheet: Sheet, named: bool) -> Iterator[str]:
    head = head_of(sheet.top(), columns_of(of))
    guard = Guard(head.names if head else (), persons=of.subject in ("person", "any"))
    if not guard.watches:
        return
    front = f"{sheet.name[:60]}!" if named else ""
    for number, row in enumerate(
        sheet.rows(head.data if head else 0), (head.data if head else 0) + 1
    ):
        for column in guard.found(row):
            yield f"{front}{letters(column)}{number}"

"""返った調査票を登録する. Sheets that came back are kept for a day, looked at, and entered as one batch that can be taken back.

What is not our sheet is not kept at all: its name and why it was refused are. Files are read before the act begins; what
they would do is judged again within it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sosei.core.errors import SoseiError, Stale
from sosei.evidence import models as m
from sosei.evidence.actions.entries import entered, register_of
from sosei.evidence.actions.sheetsback import Back, Trouble, judged, mark_of
from sosei.evidence.actions.store import require_open
from sosei.evidence.actions.uploads import (
    clear_uploads,
    drop_upload,
    kept_upload,
    require_no_numbers,
)
from sosei.evidence.refusals import NoSuchRow, PeriodClosed, UploadGone
from sosei.evidence.sealedbytes import sealed_bytes
from sosei.evidence.sheets.surveysheet_bundle import File, Unpacking, bundled
from sosei.evidence.sheets.surveysheet_reading import Returned, numbers_in, returned
from sosei.evidence.stored import closed, kind
from sosei.journal.acts import Act, act
from sosei.journal.clock import now
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: How a batch of them says where it came from; each entry says its file and cell.
SOURCE: Final = "回答票"
_WAY: Final = "returned"
_MANIFEST: Final = "manifest.json"
#: Places of Individual Numbers that a refusal names.


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """確かめた調査票. `sheets`: ours, each with what it would do; `strange`: what is none; `silent`: who is silent then.

    `refusal`: why nothing could be entered; `mark`: of all this, for the form that confirms it.
    """

    sheets: tuple[Back, ...]
    strange: tuple[Trouble, ...]
    silent: tuple[tuple[int, str], ...]
    refusal: SoseiError | None
    mark: str

    @property
    def good(self) -> int:
        """Return how many would be entered."""
        return sum(one.state in ("new", "changed") for one in self.sheets)

    @property
    def can_go(self) -> bool:
        """Whether there is something to enter, and nothing against it."""
        return self.refusal is None and self.good > 0

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that is wrong, file by file."""
        return (*self.strange, *(trouble for one in self.sheets for trouble in one.troubles))


def hand_in(*, by: Person, register: int, files: Sequence[File]) -> UUID:
    """調査票を預かる. Keep what came back until it is entered, for a day. Raises NotAllowed, NoSuchRow, NumbersFound, TooManySheets, Broken."""
    row = _survey(by, register)
    clear_uploads()
    ours: list[File] = []
    strange: list[dict[str, str]] = []
    room = Unpacking()
    for name, data in bundled(files):
        try:
            room.take(data, name)
            returned(data, name)
            ours.append((name, data))
        except SoseiError as refusal:
            strange.append({"file": name, "ja": refusal.sentence("ja"), "en": refusal.sentence("en"), "code": refusal.code})  # fmt: skip
    require_no_numbers(at for name, data in ours for at in numbers_in(data, name))
    made = m.Upload(body=by.body, person=by, register=row, way=_WAY, made=now())
    made.sealed = sealed_bytes(made.place, f"{SOURCE}.zip\0".encode() + _packed(ours, strange))
    made.save(force_insert=True)
    return made.pk


def check_returned(*, by: Person, register: int, year: int, upload: UUID) -> Checked:
    """調査票を確かめる. What entering would do; nothing is written. Raises NotAllowed, NoSuchRow, UploadGone."""
    row = _survey(by, register)
    reads, strange = _opened(by, row, upload)
    asked = _asked(row, year)
    sheets = judged(row, year, reads, asked)
    return Checked(
        sheets=sheets, strange=strange, silent=_silent(row, year, sheets, asked), refusal=_refusal(row, sheets),
        mark=mark_of(row, year, sheets),
    )  # fmt: skip


def enter_returned(
    *, by: Person, register: int, year: int, upload: UUID, seen: str
) -> m.Batch | None:
    """調査票を登録する. All that nothing is wrong with, as one batch; None where everything stands already.

    Raises NotAllowed, NoSuchRow, UploadGone, PeriodClosed, Stale where something is not as it was looked at.
    """
    reads, _ = _opened(by, _survey(by, register), upload)
    with act(
        "register.enter", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = _survey(by, register)
        sheets = judged(row, year, reads, _asked(row, year))
        if mark_of(row, year, sheets) != seen:
            raise Stale(what=row.called())
        made = _entered(w, row, sheets)
        w.facts["count"] = made.rows if made else 0
    drop_upload(by=by, register=register, upload=upload)
    return made


def _survey(by: Person, register: int) -> m.Register:
    """Return a survey's register into which a person may enter. Raises NotAllowed, NoSuchRow."""
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    if kind(row).kind != "survey":
        raise NoSuchRow(what="調査", number=register)
    return row


def _entered(w: Act, row: m.Register, sheets: Sequence[Back]) -> m.Batch | None:
    good = [one for one in sheets if one.draft is not None and one.state in ("new", "changed")]
    told = {one.draft.at: one.told() for one in good if one.draft is not None}
    drafts = [one.draft for one in good if one.draft is not None]
    digest = good[0].sha256 if len(good) == 1 else None
    return entered(w, row, drafts, way="answer", source=SOURCE, sha256=digest, mapping={"answers": told})  # fmt: skip


def _refusal(row: m.Register, sheets: Sequence[Back]) -> PeriodClosed | None:
    """Return why none could be entered: the period is closed."""
    good = [one for one in sheets if one.state in ("new", "changed")]
    was, now = ([one.was for one in good if one.was], [one.now for one in good if one.now])
    try:
        require_open(row, was, now, whose=True)
    except PeriodClosed as refusal:
        return refusal
    return None


def _asked(row: m.Register, year: int) -> frozenset[int]:
    return closed([row])[row.key].expected.get(year, frozenset())


def _silent(
    row: m.Register, year: int, sheets: Sequence[Back], asked: frozenset[int]
) -> tuple[tuple[int, str], ...]:
    """Return who has answered neither before nor by these sheets."""
    answered = m.Entry.objects.filter(m.entries.CURRENT, register=row, year=year)
    left = asked - set(answered.values_list("subject", flat=True))
    left -= {one.subject for one in sheets if one.state != "wrong" and one.subject is not None}
    rows = m.Subject.objects.filter(pk__in=left).order_by("name", "pk") if left else ()
    return tuple((one.pk, one.called()) for one in rows)


# -- what is kept -----------------------------------------------------------------------------------------------------


def _packed(ours: Sequence[File], strange: Sequence[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        said = {"ours": [name for name, _ in ours], "strange": list(strange)}
        archive.writestr(_MANIFEST, json.dumps(said, ensure_ascii=False))
        for number, (_, data) in enumerate(ours):
            archive.writestr(str(number), data)
    return out.getvalue()


def _opened(
    by: Person, row: m.Register, upload: UUID
) -> tuple[list[tuple[Returned, str]], tuple[Trouble, ...]]:
    """Return the sheets that are kept, read, with the digests of their bytes, and what was refused at once."""
    kept = kept_upload(by=by, register=row.pk, upload=upload)
    if kept.way != _WAY:
        raise UploadGone
    with zipfile.ZipFile(io.BytesIO(kept.data)) as archive:
        said: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        reads = list(_reads(archive, said["ours"]))
    return reads, tuple(Trouble(**one) for one in said["strange"])


def _reads(archive: zipfile.ZipFile, names: Sequence[str]) -> Iterator[tuple[Returned, str]]:
    for number, name in enumerate(names):
        data = archive.read(str(number))
        yield returned(data, name), sha256(data).hexdigest()

"""返った調査票を残す. Sheets that came back are entered, and each file is kept as a document of the answer that it gave.

The answers stand first: a file that cannot be kept, for whatever reason, is named, and takes no answer back.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from sosei.core.errors import SoseiError
from sosei.evidence import models as m
from sosei.evidence.actions.documents import Of, Said, attach
from sosei.evidence.actions.returned import check_returned, enter_returned
from sosei.evidence.actions.uploads import kept_upload
from sosei.evidence.papers.words import level_of
from sosei.evidence.refusals_documents import DocumentTwice
from sosei.evidence.sheets.surveysheet_bundle import File
from sosei.evidence.stored import kind
from sosei.offices.models import Person

#: What names the files of an upload, as `returned` packs it.
_MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """残した回答票. `batch`: of the answers, None where all stood already; `files`: how many are kept; `lost`: which not, and why."""

    batch: m.Batch | None
    files: int = 0
    lost: tuple[tuple[str, SoseiError], ...] = ()


def enter_and_keep(*, by: Person, register: int, year: int, upload: UUID, seen: str) -> Kept:
    """調査票を登録し、ファイルを残す. As `enter_returned`; then each file is attached to its answer."""
    files = _files(by, register, upload)
    found = check_returned(by=by, register=register, year=year, upload=upload)
    whose = {one.subject: files[one.sha256] for one in found.sheets if one.draft is not None}
    made = enter_returned(by=by, register=register, year=year, upload=upload, seen=seen)
    return Kept(batch=None) if made is None else _kept(by, made, year, whose)


def _files(by: Person, register: int, upload: UUID) -> dict[str, File]:
    """Return the sheets of an upload by the digests of their bytes."""
    kept = kept_upload(by=by, register=register, upload=upload)
    with zipfile.ZipFile(io.BytesIO(kept.data)) as archive:
        names: list[str] = json.loads(archive.read(_MANIFEST))["ours"]
        packed = [(name, archive.read(str(n))) for n, name in enumerate(names)]
    return {sha256(data).hexdigest(): (name, data) for name, data in packed}


def _kept(by: Person, batch: m.Batch, year: int, whose: Mapping[int | None, File]) -> Kept:
    own = kind(batch.register)
    personal = bool(own.personal)
    said = Said(sort="answer", level=level_of(own, personal), year=year, personal=personal)
    rows = m.Entry.objects.filter(batch=batch).order_by("number").values_list("number", "subject")
    lost = []
    for number, subject in rows:
        file = whose[subject]
        try:
            attach(by=by, of=Of(register=batch.register_id, number=number), files=[file], said=said)
        except DocumentTwice:
            continue  # it is kept there already
        except SoseiError as refusal:
            lost.append((file[0], refusal))
    return Kept(batch=batch, files=len(rows) - len(lost), lost=tuple(lost))

"""証拠書類の点検. Are the bytes and names of documents there, and are the bytes what was attached, by their hash?

What a document is (hash, size, class, until when it is kept) is a row of the book, which the journal proves. Here its bytes
are deciphered and hashed anew, one at a time; each content once, however many documents have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from sosei.evidence import models as m
from sosei.evidence.models.documents import KEPT
from sosei.evidence.papers.sealed import opened_document, opened_name
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged
from sosei.house.evidencewords import entries_called, register_called
from sosei.journal.reading import Broken, in_order, snapshot
from sosei.journal.verdict import Named, Problem

_BYTES: Final = Named("中身", "bytes")
_NAME: Final = Named("名前", "name")
_GONE, _CHANGED, _UNREAD = "J58", "J59", "N06"


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield every document whose bytes or name are missing or are not what was attached, and (N06) those nobody can open."""
    rows = m.Document._base_manager.filter(KEPT)
    seen: dict[tuple[str, str], str | None] = {}
    with snapshot():
        for row in in_order(rows if body is None else rows.filter(body=body)):
            if isinstance(row, Broken):
                continue  # the journal names it
            content = row.body, row.sha256
            if content not in seen:
                seen[content] = _bytes_wrong(row)
            for code, part in ((seen[content], _BYTES), (_name_wrong(row), _NAME)):
                if code is not None:
                    yield Problem(code, {"part": part, **_facts(row)})


def _bytes_wrong(row: m.Document) -> str | None:
    kept = m.DocumentBytes.objects.filter(body=row.body, sha256=row.sha256).first()
    if kept is None:
        return _GONE
    try:
        data = opened_document(row.body, row.sha256, kept.sealed, bytes(kept.data))
    except PersonalKeyLacking:
        return _UNREAD
    except PersonalTextChanged:
        return _CHANGED
    same = sha256(data).hexdigest() == row.sha256 and len(data) == row.size
    return None if same else _CHANGED


def _name_wrong(row: m.Document) -> str | None:
    sealed = m.DocumentName.objects.filter(document=row.pk).values_list("sealed", flat=True).first()
    if sealed is None:
        return _GONE
    try:
        opened_name(row.body, row.pk, sealed)
    except PersonalKeyLacking:
        return _UNREAD
    except (PersonalTextChanged, TypeError):
        return _CHANGED
    return None


def _facts(row: m.Document) -> dict[str, Any]:
    return {"number": row.pk, "register": register_called(row.register_id), "of": _of(row)}


def _of(row: m.Document) -> Named:
    if row.number is not None:
        return entries_called([row.number])
    if row.closing_id is not None:
        return Named(f"締め{row.closing_id}番", f"closing {row.closing_id}")
    return Named(f"登録の束{row.batch_id}番", f"batch {row.batch_id}")

"""錨を集める. What editions in the book, and files that people kept, say of where the journal ended."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sosei.house import archive
from sosei.house.reasons import why
from sosei.house.refusals import NoAnchor, NotABackup
from sosei.journal.verdict import Anchor
from sosei.ledger.models import Edition

_HEAD: Final = re.compile(r"[0-9a-f]{64}")
_BODY: Final = re.compile(r"[0-9]{6}")
#: A JSON file of an edition is no larger; more is not read.
_MOST: Final = 200 * 1024 * 1024


def of_editions() -> list[Anchor]:
    """Return what the book's own editions say."""
    editions = Edition.objects.filter(voided__isnull=True).exclude(head="").select_related("volume")
    return [
        Anchor(body=edition.body, seq=edition.seq, head=edition.head, label=_label(edition))
        for edition in editions.defer("report")
    ]


def _label(edition: Edition) -> str:
    return f"{edition.volume.fiscal_year}年度の第{edition.number}版（{edition.published_on}公表）"


def of_file(path: Path) -> list[Anchor]:
    """Return what a backup, its manifest or an edition's JSON says. Raises NoAnchor."""
    try:
        said = _read(path)
    except OSError as fault:
        raise NoAnchor(name=path.name, **why(fault)) from None
    except NotABackup as refusal:
        raise NoAnchor(**refusal.facts) from None
    except ValueError:
        raise NoAnchor(name=path.name, why="JSONではありません", why_en="no JSON") from None
    found = [
        Anchor(body=body, seq=seq, head=head, label=path.name) for body, seq, head in _anchors(said)
    ]
    if not found:
        raise NoAnchor(name=path.name, why="先端がありません", why_en="no end of a journal in it")
    return found


def _read(path: Path) -> Any:
    if zipfile.is_zipfile(path):
        return list(archive.read_manifest(path).anchors)
    if path.stat().st_size > _MOST:
        raise ValueError("too large")
    return json.loads(path.read_text("utf-8-sig"))


def _anchors(said: Any, body: str = "") -> Iterator[tuple[str, int, str]]:
    """Yield every (body, seq, head) that stands together anywhere in what was said; a body counts for what is inside."""
    if isinstance(said, list):
        for part in said:
            yield from _anchors(part, body)
    if isinstance(said, dict):
        own = said.get("body")
        body = own if isinstance(own, str) and _BODY.fullmatch(own) else body
        seq, head = said.get("seq"), said.get("head")
        if body and isinstance(seq, int) and isinstance(head, str) and _HEAD.fullmatch(head):
            yield body, seq, head
        for part in said.values():
            yield from _anchors(part, body)

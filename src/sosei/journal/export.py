"""証跡の書き出し. The journal as CSV for Excel (UTF-8 with BOM) and as JSON lines, which hold all that was sealed.

Whoever has the key can verify the JSON lines alone: the seal of each line is HMAC-SHA256 over its canonical JSON
(docs/manual/operation.md). Both are written line by line, so that a long journal needs no memory.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.utils import timezone

from sosei.core.fields import Lang
from sosei.journal.queries import Line, Wanted, lines, sealed_lines
from sosei.journal.seal import canonical
from sosei.publishing.entrysheet import harmless

FORMATS: Final = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
_HEADS: Final = {
    "ja": "番号 日時 利用者番号 氏名 行い 行いの名 対象 書いた行の数 内容 前の封印 封印",
    "en": "number time person name verb act subject rows facts before seal",
}
BOM: Final = "\ufeff"


def as_csv(
    body: str, wanted: Wanted | None, people: Mapping[int, str], lang: Lang = "ja"
) -> Iterator[bytes]:
    """Yield the wanted lines as CSV (RFC 4180); `people`: names by their numbers."""
    yield (BOM + _row(_HEADS[lang].split())).encode()
    for line in lines(body, wanted):
        yield _row(_cells(line, people, lang)).encode()


def as_jsonl(body: str, wanted: Wanted | None = None) -> Iterator[bytes]:
    """Yield the wanted lines as JSON, one a line, with everything that was sealed and the seal."""
    for entry in sealed_lines(body, wanted):
        yield (canonical({**entry.line(), "seal": entry.seal}) + "\n").encode()


def _cells(line: Line, people: Mapping[int, str], lang: Lang) -> Iterable[object]:
    return (
        line.seq,
        timezone.localtime(line.at).isoformat(timespec="seconds"),
        "" if line.by is None else line.by,
        "" if line.by is None else harmless(people.get(line.by, "")),
        line.verb,
        harmless(line.called(lang)),
        harmless(line.subject),
        line.rows,
        canonical(line.facts) if line.facts else "",
        line.before,
        line.seal,
    )


def _row(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()

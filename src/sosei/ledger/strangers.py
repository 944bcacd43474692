"""よその報告書. A report from elsewhere: read, checked and judged from its bytes alone, without the book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import sosei
from sosei.checking import Context, check
from sosei.checking.finding import Findings
from sosei.core.report import Report
from sosei.judging.verdict import Verdicts, judge
from sosei.reading import open_document, report_of
from sosei.reading.grid import Document
from sosei.reading.lines import in_lines

#: Why such a document is kept (`Document.purpose`).
PURPOSE: Final = "stranger"
#: A report that comes with the program, as an example: its name, and where it lies in the package.
_EXAMPLE: Final = ("morioka-r3.txt", "house/sample/morioka.txt")


@dataclass(frozen=True, slots=True)
class Looked:
    """見た結果. What a file says, what the checks find in it, and how its figures are judged."""

    report: Report
    findings: Findings
    verdicts: Verdicts


def look(data: bytes, name: str) -> Looked:
    """Read, check and judge a file. Raises Unreadable (E2xx), NotAReport."""
    opened = open_document(data, name)
    document = opened if isinstance(opened, Document) else None
    read = opened if isinstance(opened, Report) else report_of(opened)
    report = in_lines(read, [(name, data)])
    findings = in_lines(check(report, Context(document=document)), [(name, data)])
    return Looked(report, findings, judge(report))


def looked_at(sha256: str, name: str, data: bytes) -> Looked:
    """Return `look` of a file, remembered by its content: the same bytes always say the same."""
    return _remembered(sha256, name, _Bytes(data))


class _Bytes:
    """The bytes of a file, which do not count when looks are compared: their hash does."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _remembered(sha256: str, name: str, data: _Bytes) -> Looked:  # the hash is the key
    return look(data.data, name)


def example() -> tuple[str, bytes] | None:
    """Return the report that comes with the program, None where it was left out."""
    name, path = _EXAMPLE
    file = Path(sosei.__file__).parent / path
    return (name, file.read_bytes()) if file.is_file() else None

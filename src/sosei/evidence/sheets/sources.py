"""表を開く. Files and pasted blocks as sheets of rows: CSV in the encodings of offices, tabs from a spreadsheet, workbooks.

Rows are given one by one, so that a file of two million of them needs no more room than its own bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import Final

from sosei.evidence.sheets.books import BookSheet, sheets_of
from sosei.evidence.sheets.cells import Cell
from sosei.evidence.sheets.heads import SEEN
from sosei.evidence.sheets.said import Note
from sosei.reading.formats import coding, file_name, office, sniff
from sosei.reading.formats.limits import MAX_BYTES, MAX_COLUMNS
from sosei.reading.formats.refusal import (
    Broken,
    Empty,
    LongLine,
    NotSheet,
    OtherFormat,
    TooLarge,
    TooManyColumns,
    TooManyLines,
    UnknownEncoding,
)

#: Rows of a sheet, the largest register of a year many times over.
MAX_ROWS: Final = 2_000_000
#: Bytes of a CSV file: so many rows of a hundred characters.
MAX_CSV: Final = 256 * 1024**2
#: So much of a file shows its encoding and what stands between its cells.
_HEAD: Final = 65_536
_CHUNK: Final = 1024**2
_DELIMITERS: Final = (",", "\t", ";")
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*+"')
_LINES: Final = 50
_PASTED: Final = "貼り付け"
_MB: Final = 1024**2


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """表. `name`: the sheet's, or the file's; `hidden`: not shown in its workbook; `notes`: what was found while opening it."""

    name: str
    hidden: bool = False
    notes: tuple[Note, ...] = ()
    _rows: Callable[[], Iterator[Sequence[Cell]]] = field(repr=False)

    def rows(self, start: int = 0) -> Iterator[Sequence[Cell]]:
        """Yield the rows from one on (counted from 0), each time anew. Raises the refusals of damage and size."""
        return islice(self._rows(), start, None)

    def top(self, count: int = SEEN) -> list[Sequence[Cell]]:
        """Return the first rows, in which the header is looked for."""
        return list(islice(self._rows(), count))


def open_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Open a file: one sheet of a CSV, all those of a workbook, in their order.

    Raises the refusals of files as a whole (E2xx; E729 where a workbook is too large), whose sentences say what to do.
    """
    name = file_name(name)
    if not data:
        raise Empty(name=name)
    kind = sniff.kind_of(data, name)
    if kind == "ole":
        raise office.ole_refusal(data, name)
    if kind == "pdf":
        raise NotSheet(name=name)
    if kind == "office":
        _require_size(data, name, MAX_BYTES)
        return tuple(map(_of_book, sheets_of(data, name)))
    _require_size(data, name, MAX_CSV)
    return (_of_csv(data, name),)


def pasted(text: str) -> Sheet:
    """Return the sheet of a block that was pasted: tabs between cells, as spreadsheets give it; commas where there are none."""
    text = text.removeprefix("\ufeff")
    if not text.strip("\r\n\t \u3000"):
        raise Empty(name=_PASTED)
    delimiter = "\t" if "\t" in text else _delimiter(text[:_HEAD])
    quoted = _quotes_close(text, delimiter)
    notes = () if quoted else (_OPEN_QUOTES,)

    def rows() -> Iterator[Sequence[Cell]]:
        return _read(io.StringIO(text, newline=""), _PASTED, delimiter, quoted=quoted)

    return Sheet(name=_PASTED, notes=notes, _rows=rows)


_OPEN_QUOTES: Final = Note(
    kind="quotes", ja="対にならない引用符「\"」があるので、引用符も文字として読みました。",
    en='Some quotes (") do not come in pairs, so that quotes were read as characters.',
)  # fmt: skip


def _quotes_close(text: str, delimiter: str) -> bool:
    """Tell whether quotes are those of a spreadsheet, not just characters of a cell."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _require_size(data: bytes, name: str, most: int) -> None:
    if len(data) > most:
        raise TooLarge(name=name, size=len(data) // _MB, limit=most // _MB)


def _of_book(sheet: BookSheet) -> Sheet:
    return Sheet(name=sheet.name, hidden=sheet.hidden, notes=sheet.notes, _rows=sheet.rows)


# -- CSV ------------------------------------------------------------------------------------------------------


def _of_csv(data: bytes, name: str) -> Sheet:
    encoding = _encoding(data, name)
    head = codecs.getincrementaldecoder(encoding)().decode(data[:_HEAD])
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0,;"):
        raise Empty(name=name)
    _refuse_others(head, name)
    delimiter = _delimiter(head)

    def rows() -> Iterator[Sequence[Cell]]:
        file = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
        return _read(file, name, delimiter)

    return Sheet(name=PurePath(name).stem or name, _rows=rows)


def _refuse_others(head: str, name: str) -> None:
    """Refuse text that is a page, a drawing or data of another kind, whatever its name says."""
    sniff.refuse_markup(head, name)
    advice, advice_en = (
        "表計算のソフトで開き、CSVかXLSXで保存し直してください。",
        "Open it in a spreadsheet and save it as CSV or XLSX.",
    )
    if sniff.is_html(head):
        raise OtherFormat(
            name=name, kind="HTML", kind_en="HTML", advice=advice, advice_en=advice_en
        )
    if name.lower().endswith((".json", ".jsonl")):
        raise OtherFormat(
            name=name, kind="JSON", kind_en="JSON", advice=advice, advice_en=advice_en
        )


def _encoding(data: bytes, name: str) -> str:
    """Return the encoding that fits every byte, guessed from the first lines. Raises UnknownEncoding."""
    head = data[:_HEAD]
    if len(data) > _HEAD:
        head = head[: (head.rfind(b"\n") + 1) // 2 * 2] or head
    try:
        encoding = coding.decode(head, name)[1]
        for _ in _decoded(data, encoding):
            pass
    except (UnknownEncoding, UnicodeError):
        return coding.decode(data, name)[1]
    return encoding


def _delimiter(head: str) -> str:
    """Return what stands between the cells: the sign that most of the first lines have, of two the more frequent one."""
    lines = _QUOTED.sub("", head).splitlines()[:_LINES]
    return max(
        _DELIMITERS,
        key=lambda sign: (sum(sign in line for line in lines), "".join(lines).count(sign)),
    )


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    """Yield a file's text in pieces. Raises UnicodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for at in range(0, len(data), _CHUNK):
        yield decoder.decode(bytes(view[at : at + _CHUNK]), final=at + _CHUNK >= len(data))


def _read(
    lines: Iterable[str], name: str, delimiter: str, *, quoted: bool = True
) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a text. Raises where it has too many, too wide ones, or quotes that do not close."""
    reader = csv.reader(
        lines,
        delimiter=delimiter,
        strict=quoted,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    count = 0
    try:
        for row in reader:
            count += 1
            if len(row) > MAX_COLUMNS:
                raise TooManyColumns(name=name, where=f"{count}行目", limit=MAX_COLUMNS)
            if count > MAX_ROWS:
                raise TooManyLines(name=name, limit=MAX_ROWS)
            yield row
    except csv.Error as fault:
        raise _refusal(fault, name, count + 1) from None


def _refusal(fault: csv.Error, name: str, row: int) -> Broken | LongLine:
    if "field larger" in str(fault):
        return LongLine(name=name, limit=csv.field_size_limit(), head=f"{row}行目")
    return Broken(
        name=name,
        where=f"{row}行目から",
        fault='引用符「"」が対になっていません',
        fault_en='the quotes (") do not come in pairs',
    )

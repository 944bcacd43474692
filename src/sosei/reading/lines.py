"""行と列. Where a place in text stands as a person counts: the line, and in a table the column.

Readers know a place in text by its characters, which nobody counts. Whoever shows it to people has the file still at
hand and asks here; the characters stay beside the line.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from sosei.core.report import Place
from sosei.reading.formats import file_name, text_of
from sosei.reading.formats.csv import delimiter_of

T = TypeVar("T")
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*+("|\Z)')


def in_lines(what: T, files: Sequence[tuple[str, bytes]]) -> T:
    """Return what was read from files with the line (`row`) of each place in text, and the column where cells stand there.

    `what`: a report, findings, answers, of any depth. A set of files is named in the order of their names, as
    `read_files` reads them. What is not text (a workbook, HTML) says its places otherwise and stays as it is.
    """
    many = len(files) > 1
    texts = {
        f"s{number}" if many else None: Lines.of(*text)
        for number, (name, data) in enumerate(sorted(files), start=1)
        if (text := text_of(data, file_name(name))) is not None
    }
    return cast(T, _walk(what, texts)) if texts else what


@dataclass(frozen=True, slots=True)
class Lines:
    """行. A text by its lines. `starts`: where each begins; `inside`: those that begin within a cell in quotes."""

    text: str
    delimiter: str
    starts: tuple[int, ...]
    inside: frozenset[int]

    @classmethod
    def of(cls, text: str, kind: str) -> Lines:
        """Take in a text; `kind`: text, tsv or csv."""
        delimiter = delimiter_of(text) if kind == "csv" else "\t"
        starts = (0, *(found.end() for found in _BREAK.finditer(text)))
        within, inside = False, set()
        for number in range(1, len(starts)):
            within ^= text.count('"', starts[number - 1], starts[number]) % 2 == 1
            if within:
                inside.add(number)
        return cls(text, delimiter, starts, frozenset(inside))

    def put(self, place: Place) -> Place:
        """Return a place with its line, and its column where the line has several cells."""
        if place.start is None or place.row is not None or place.start > len(self.text):
            return place
        number = bisect_right(self.starts, place.start) - 1
        return dataclasses.replace(place, row=number + 1, column=self._column(number, place.start))

    def _column(self, number: int, at: int) -> int | None:
        begin = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        if number in self.inside or self.delimiter not in self.text[begin:end]:
            return None
        return _QUOTED.sub("", self.text[begin:at]).count(self.delimiter) + 1


def _walk(what: Any, texts: Mapping[str | None, Lines]) -> Any:
    """Return the same with every place put; what holds none is the same object."""
    if isinstance(what, Place):
        lines = texts.get(what.source)
        return lines.put(what) if lines else what
    if isinstance(what, tuple):
        parts = tuple(_walk(part, texts) for part in what)
        return what if all(a is b for a, b in zip(what, parts, strict=True)) else parts
    if isinstance(what, dict):
        held = {key: _walk(part, texts) for key, part in what.items()}
        return held if any(held[key] is not what[key] for key in held) else what
    if dataclasses.is_dataclass(what) and not isinstance(what, type):
        return _fields(what, texts)
    return what


def _fields(what: Any, texts: Mapping[str | None, Lines]) -> Any:
    held = {field.name: getattr(what, field.name) for field in dataclasses.fields(what)}
    put = {name: _walk(part, texts) for name, part in held.items()}
    changed = {name: part for name, part in put.items() if part is not held[name]}
    return dataclasses.replace(what, **changed) if changed else what

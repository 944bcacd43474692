"""関連表のセル. From the cells of a record to the parts of a report, each with its place.

The column decides what a cell is: words in a column of words are words, whatever they look like. Only where a stranger
wrote words into a column of numbers are they read as a figure or a gap.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from sosei.core import fields
from sosei.core.errors import BadInput
from sosei.core.figures import read_value
from sosei.core.fiscal import FiscalYear, Period, read_year
from sosei.core.gaps import Gap
from sosei.core.linked import Column
from sosei.core.report import DIGITS, PeriodSaid, Said, Unread, Value, Year
from sosei.core.text import join_lines
from sosei.reading.grid import Cell
from sosei.reading.layouts.linkedrows import Record

_PLAIN: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_YEARS: Final = range(1926, 2101)


class Reading:
    """Reads records; what a cell holds and its column cannot take is kept in `unread`."""

    def __init__(self) -> None:
        """Begin with nothing unread."""
        self.unread: list[Unread] = []

    def parts(self, record: Record, cls: str) -> dict[str, Any]:
        """Return what a record says of the fields of a class ("Indicator"), by attribute; absent ones left out."""
        own = (column for column, _ in record.cells if column.field.startswith(f"{cls}."))
        found = {}
        for field in dict.fromkeys(column.field for column in own):
            value = self._field(record, field)
            if value is not None:
                found[field.partition(".")[2]] = value
        return found

    def _field(self, record: Record, field: str) -> Any:
        columns = {c.of: c for c, _ in record.cells if c.field == field and c.kind != "wareki"}
        spec = {c.of for c in record.table.table.columns if c.field == field}
        if "Value.number" in spec:
            return self.value(record, columns)
        if "Year.basis" in spec:
            return self._year_said(record, field, columns)
        if "PeriodSaid.raw" in spec:
            return self._period(record, columns)
        column = columns.get(None)
        if column is None:
            return self._from_era(record, field)
        if column.many:
            return tuple(self.entries(record, column))
        cell = record.cell(column)
        return None if cell is None else self._scalar(column, cell)

    def entries(self, record: Record, column: Column) -> Iterator[Said]:
        """Return the words of a list's columns, in the order of their numbers."""
        last = max((entry for known, entry in record.cells if known == column), default=0)
        for entry in range(1, last + 1):
            cell = record.cell(column, entry)
            if cell is not None and (said := cell.words.said()):
                yield said

    def _scalar(self, column: Column, cell: Cell) -> Any:
        if column.kind == "said":
            return cell.words.said()
        if column.kind in {"text", "key"}:
            return join_lines(cell.text) or None
        if column.kind == "code":
            return self.code(column, cell)
        if column.kind == "json":
            return self._json(cell)
        return self._year(cell) if column.kind == "year" else self._whole(cell)

    def refuse(self, code: str, cell: Cell) -> None:
        """Keep a cell that its column cannot take."""
        self.unread.append(Unread(code=code, raw=cell.text, place=cell.words.places))

    def code(self, column: Column, cell: Cell) -> str | None:
        """Return the code that a word stands for."""
        known = fields.code(column.coded, join_lines(cell.text))
        if known is None:
            self.refuse("unknown-code", cell)
        return known

    def _json(self, cell: Cell) -> dict[str, Any] | None:
        try:
            ext = json.loads(cell.text)
        except (ValueError, RecursionError):
            ext = None
        if not isinstance(ext, dict):
            self.refuse("not-json", cell)
            return None
        return ext

    def _whole(self, cell: Cell) -> int | None:
        number = plain_number(cell)
        if number is None or number != number.to_integral_value() or abs(number) >= 10**DIGITS:
            self.refuse("not-whole", cell)
            return None
        return int(number)

    def _year(self, cell: Cell) -> int | None:
        number = plain_number(cell)
        if number is not None and number in _YEARS:
            return int(number)
        try:
            return read_year(cell.text).start
        except BadInput:
            self.refuse("not-a-year", cell)
            return None

    def _from_era(self, record: Record, field: str) -> int | None:
        """The year of a column of 和暦, where the western one is missing or blank."""
        era = next((c for c, _ in record.cells if c.field == field and c.kind == "wareki"), None)
        cell = record.cell(era) if era else None
        return None if cell is None else self._year(cell)

    def _year_said(
        self, record: Record, field: str, columns: dict[str | None, Column]
    ) -> Year | None:
        cell = record.cell(columns[None]) if None in columns else None
        year = self._year(cell) if cell else self._from_era(record, field)
        if year is None:
            return None
        stated = record.cell(columns["Year.basis"]) if "Year.basis" in columns else None
        basis = self.code(columns["Year.basis"], stated) if stated else None
        place = cell.words.places if cell else record.places
        return Year(year=year, basis="inferred" if basis == "inferred" else "printed", place=place)

    def _period(self, record: Record, columns: dict[str | None, Column]) -> PeriodSaid | None:
        """A period by its words; its years by their columns, or by the words where there are no such columns."""
        ends = [
            self._end(record, columns.get(of)) for of in ("PeriodSaid.first", "PeriodSaid.last")
        ]
        cell = record.cell(columns["PeriodSaid.raw"]) if "PeriodSaid.raw" in columns else None
        if cell is None:
            raw = "～".join(str(FiscalYear(end)) if end else "" for end in ends)
            return PeriodSaid(raw=raw, first=ends[0], last=ends[1], place=record.places)
        raw = join_lines(cell.text)
        if not any(spot.column.of == "PeriodSaid.first" for spot in record.table.spots):
            ends = _ends(raw)
        return PeriodSaid(raw=raw, first=ends[0], last=ends[1], place=cell.words.places)

    def _end(self, record: Record, column: Column | None) -> int | None:
        cell = record.cell(column) if column else None
        return None if cell is None else self._year(cell)

    def value(self, record: Record, columns: dict[str | None, Column]) -> Value | None:
        """Return the figure of a group of columns, or None where all are blank."""
        cells = {of: record.cell(column) for of, column in columns.items()}
        read = self._main(columns, cells)
        if read is None:
            return None
        for of in ("op", "unit", "state", "as_of", "expected", "sure"):
            column, cell = columns.get(f"Value.{of}"), cells.get(f"Value.{of}")
            if column is None or cell is None:
                continue
            said = self._scalar(column, cell)
            if said is not None:
                read[of] = said == "true" if of == "sure" else said
        return Value(**read)

    def _main(
        self, columns: dict[str | None, Column], cells: dict[str | None, Cell | None]
    ) -> dict[str, Any] | None:
        """The number, the gap or the words of a group; a second one of them is left unread."""
        given = [(of, cell) for of in _MAIN if (cell := cells.get(of)) is not None]
        if not given:
            return None
        of, cell = given[0]
        for _, more in given[1:]:
            self.refuse("second-value", more)
        place = {"place": cell.words.places}
        if of == "Value.gap":
            code = self.code(columns[of], cell)
            return None if code is None else {"gap": Gap(code), **place}
        if of == "Value.text":
            return {"text": join_lines(cell.text), **place}
        return _figure(cell)


_MAIN: Final = ("Value.number", "Value.gap", "Value.text")


def _figure(cell: Cell) -> dict[str, Any]:
    """A number as it stands; words in its place as anyone would read them."""
    number = plain_number(cell)
    if number is None or len(number.as_tuple().digits) > DIGITS:
        read = read_value(cell.text, place=cell.words.places)
        return {name: value for name in _SAID if (value := getattr(read, name)) is not None}
    shown = cell.text.strip()
    raw = None if shown == format(number, "f") else shown
    return {"number": number, "raw": raw, "place": cell.words.places}


_SAID: Final = (
    "number", "gap", "text", "op", "unit", "state", "as_of", "expected", "sure", "raw", "place",
)  # fmt: skip


def plain_number(cell: Cell) -> Decimal | None:
    """Return the number of a typed cell, or of digits with or without commas."""
    if cell.number is not None:
        return cell.number
    text = unicodedata.normalize("NFKC", cell.text).strip().replace(",", "")
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def _ends(raw: str) -> list[int | None]:
    try:
        period = Period.parse(raw)
    except BadInput:
        return [None, None]
    return [year.start if year else None for year in (period.first, period.last)]

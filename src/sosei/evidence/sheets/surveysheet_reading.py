"""返った調査票を読む. A returned sheet by its identity and its labels: what is answered in which cell, and all that is wrong.

Nothing depends on where a row stands: a sheet whose rows were moved or copied into another workbook is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sosei.core.text import fold
from sosei.evidence.measures.model import Literal_
from sosei.evidence.sheets.cells import Cell, is_blank, letters, shown
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.mynumber import holds
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.said import Problem, Wrong
from sosei.evidence.sheets.sources import Sheet, open_sheets
from sosei.evidence.sheets.surveysheet import (
    ENTRY,
    ITEM,
    NOTE,
    SHORTEST,
    UNIT,
    WHOM,
    Identity,
    identity_in,
)
from sosei.evidence.sheets.surveysheet_refusals import ItemGone, NotOurSheet, PdfSheet
from sosei.evidence.sheets.values import reader_of

#: Rows of a sheet that are looked through: a survey sheet has some dozens.
_ROWS: Final = 400
_SHOWN: Final = 500
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """記入欄. A question's cell as it came back: where it stands, its unit, what it holds."""

    at: str
    unit: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """返った調査票. `at`: where its identity stands; `whom`: the name on it; `filled`: by the folded label; `note`: what is written to the office."""

    file: str
    sheet: str
    identity: Identity
    at: str
    whom: str
    filled: Mapping[str, Filled]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """回答. `values` by the field, `cells`: where each stands; `lacking`: fields that the sheet does not ask for."""

    values: Mapping[str, Literal_]
    cells: Mapping[str, str]
    problems: tuple[Problem, ...]
    lacking: tuple[str, ...]


def returned(data: bytes, name: str) -> Returned:
    """Return a file as the survey sheet that it is. Raises NotOurSheet, PdfSheet, the refusals of files."""
    if b"%PDF-" in data[:1024]:
        raise PdfSheet(name=name)
    for sheet in open_sheets(data, name):
        rows = sheet.top(_ROWS)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                identity = identity_in(text) if len(text := shown(cell)) >= SHORTEST else None
                if identity is not None:
                    return _read(name, sheet, rows, identity, f"{letters(column)}{number}")
    raise NotOurSheet(name=name)


def numbers_in(data: bytes, name: str) -> Iterator[str]:
    """Yield where texts of a file hold Individual Numbers, also below what is read of it. Raises the refusals of files."""
    for sheet in open_sheets(data, name):
        for number, row in enumerate(sheet.rows(), 1):
            for column, cell in enumerate(row):
                if holds(shown(cell)):
                    yield f"{name} {sheet.name}!{letters(column)}{number}"


def _read(name: str, sheet: Sheet, rows: Rows, identity: Identity, at: str) -> Returned:
    return Returned(
        file=name, sheet=sheet.name, identity=identity, at=f"{sheet.name}!{at}", whom=_beside(rows, WHOM),
        filled=_filled(rows, sheet.name), note=_below(rows, NOTE)[:_SHOWN],
    )  # fmt: skip


def _beside(rows: Rows, label: str) -> str:
    """Return the words to the right of a label."""
    for row in rows:
        for n, cell in enumerate(row):
            if fold(shown(cell)) == fold(label) and not _is_covered(cell):
                return next((shown(one).strip() for one in row[n + 1 :] if not is_blank(one)), "")
    return ""


def _below(rows: Rows, label: str) -> str:
    """Return the words below a label."""
    for row, under in pairwise(rows):
        for n, cell in enumerate(row):
            if fold(shown(cell)).startswith(fold(label)) and not _is_covered(cell):
                return shown(under[n]).strip() if n < len(under) else ""
    return ""


def _is_covered(cell: Cell) -> bool:
    return not isinstance(cell, str) and cell.under


def _filled(rows: Rows, sheet: str) -> dict[str, Filled]:
    """Return the cells to be filled, by the folded labels of their rows; nothing where no row heads them."""
    found: dict[str, Filled] = {}
    heads: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        words = {fold(shown(cell)): n for n, cell in enumerate(row)}
        if {ITEM, ENTRY, UNIT} <= words.keys():
            heads = words
        elif heads and (label := fold(_at(row, heads[ITEM]))):
            cell = row[heads[ENTRY]] if heads[ENTRY] < len(row) else ""
            at = f"{sheet}!{letters(heads[ENTRY])}{number}"
            found.setdefault(label, Filled(at=at, unit=_at(row, heads[UNIT]), cell=cell))
    return found


def _at(row: Sequence[Cell], column: int) -> str:
    return shown(row[column]).strip() if column < len(row) else ""


def answer(found: Returned, items: Sequence[Column]) -> Answer:
    """Return what a sheet answers to the questions that are asked now; every wrong cell at once.

    A question that came later and need not be answered is `lacking`; one that must be is a problem.
    """
    values: dict[str, Literal_] = {}
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    lacking: list[str] = []
    for item in items:
        assert item.field is not None
        filled = found.filled.get(fold(item.ja))
        if filled is None or not _same_unit(filled, item):
            lacking.append(item.field)
            if item.required or filled is not None:
                problems.append(_gone(found, item, filled))
            continue
        try:
            value = reader_of(item, heard=Heard())(filled.cell)
        except Wrong as wrong:
            problems.append(_wrong(wrong, filled, item))
            continue
        if value is not None:
            values[item.field], cells[item.field] = value, filled.at  # type: ignore[assignment]
    return Answer(values=values, cells=cells, problems=tuple(problems), lacking=tuple(lacking))


def _same_unit(filled: Filled, item: Column) -> bool:
    """Whether a number is asked for in what it is asked for now: thousands of yen are no yen."""
    return item.type not in ("number", "money") or fold(filled.unit) == fold(item.unit or "")


def _gone(found: Returned, item: Column, filled: Filled | None) -> Problem:
    refusal = ItemGone(name=found.file, column=item.ja, column_en=item.en, unit=item.unit or "－")
    at = filled.at if filled else found.sheet
    return Problem(row=0, at=at, refusal=refusal, column=item.key)


def _wrong(wrong: Wrong, filled: Filled, item: Column) -> Problem:
    """Return a problem at its cell; what is personal is not repeated."""
    text = str(wrong.facts.get("text", ""))
    if text and (item.personal or holds(text)):
        wrong.facts["text"] = "…"
    refusal = wrong.at(filled.at, column=item.ja, column_en=item.en)
    return Problem(row=0, at=filled.at, refusal=refusal, column=item.key)

"""行を読む. From the rows of a stranger's sheet to drafts: all problems at once, none lost, and nothing guessed.

`read_rows` reads a whole sheet; `RowReader` gives the drafts of a large one as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.sheets import mynumber
from sosei.evidence.sheets.asides import Asides
from sosei.evidence.sheets.assembly import Assembly
from sosei.evidence.sheets.cells import Cell, is_blank, letters
from sosei.evidence.sheets.columns import Column, columns_of, lacking
from sosei.evidence.sheets.days import YearKind
from sosei.evidence.sheets.dues import due
from sosei.evidence.sheets.matched import SheetMapping
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.refusals import ColumnMissing, MyNumberFound, RowContradicts
from sosei.evidence.sheets.said import Note, NoteKind, Problem, Wrong
from sosei.evidence.sheets.values import reader_of
from sosei.evidence.sheets.words import whole

#: Characters of a sheet's name in the place of an entry.
_NAME: Final = 60
_BLANK: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """読んだ表. `rows`: how many there were; `skipped`: of these, blank ones, sums and notes.

    `refused`: Individual Numbers were found, so that nothing of the sheet may be kept; there are no drafts then.
    """

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    skipped: int
    rows: int
    refused: bool = False


def read_rows(
    kind: RegisterKind, mapping: SheetMapping, rows: Iterable[Sequence[Cell]], *,
    fiscal_year: int | None = None, start_row: int = 2, sheet: str = "",
) -> SheetRead:  # fmt: skip
    """Read the rows below a header into drafts; a row with a problem gives none.

    `fiscal_year`: of days without a year (4/1), and of answers whose sheet has no column of years. `start_row`: the number
    of the first row on its sheet. `sheet`: the sheet's name, for places such as 名簿!A12.
    """
    reader = RowReader(kind, mapping, fiscal_year=fiscal_year, start_row=start_row, sheet=sheet)
    drafts = tuple(reader.drafts(rows))
    return SheetRead(
        drafts=() if reader.refused else drafts, problems=tuple(reader.problems),
        notes=reader.notes(), skipped=reader.skipped, rows=reader.rows, refused=reader.refused,
    )  # fmt: skip


class RowReader:
    """行の読み手. Gives drafts one by one; what was wrong is known when all rows are read.

    A caller that writes as it reads must take everything back where `refused` or `problems` say so in the end.
    """

    def __init__(
        self, kind: RegisterKind, mapping: SheetMapping, *,
        fiscal_year: int | None = None, start_row: int = 2, sheet: str = "",
    ) -> None:  # fmt: skip
        """Make the readers of all columns that were chosen."""
        self._kind = kind
        self.problems: list[Problem] = []
        self.skipped = self.rows = 0
        self.refused = False
        self._notes: list[Note] = []
        self._heard = Heard()
        self._start = start_row
        self._sheet = f"{sheet[:_NAME]}!" if sheet else ""
        self._columns = {c.key: c for c in columns_of(kind) if c.key in mapping.taken}
        self._indexes = {key: mapping.taken[key].index for key in self._columns}
        self._plan = [
            (self._indexes[key], reader_of(column, fiscal_year=fiscal_year, factor=mapping.taken[key].factor, heard=self._heard))
            for key, column in self._columns.items()
        ]  # fmt: skip
        self._nothing = [None] * len(self._plan)
        self._width = max(self._indexes.values(), default=-1) + 1
        columns = tuple(self._columns.values())
        self._assembly = Assembly(kind, columns, fiscal_year, _bare_year(mapping))
        self._asides = Asides(mapping.header, tuple(self._indexes.values()))
        self._guard = mynumber.Guard(mapping.header, persons=kind.subject in ("person", "any"))
        self._seen: dict[tuple[Any, ...], int] = {}
        self._entries: dict[int, int] = {}
        self._dayless: int | None = (
            0 if kind.kind == "roster" and "first" in self._columns else None
        )
        for column in lacking(kind, mapping.taken, fiscal_year=fiscal_year):
            self._say_missing(column, sheet[:_NAME] or "-")
        self._incomplete = bool(self.problems)

    def drafts(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Draft]:
        """Yield the draft of each row that has no problem."""
        number = self._start - 1
        for row in rows:
            number += 1
            if self._guard.watches and self._is_refused(row, number):
                continue
            values = self._values(row, number)
            draft = None if values is None else self._draft(values, number)
            if draft is not None:
                yield draft
        self.rows = number - self._start + 1

    def _values(self, row: Sequence[Cell], number: int) -> list[Any] | None:
        """Return what the chosen columns of a row say, and None behind it; None alone where it is no entry."""
        if not any(row):
            self.skipped += 1
            return None
        note = self._asides.note(row, number)
        if note is not None:
            self._notes.append(note)
            self.skipped += 1
            return None
        if len(row) < self._width:
            row = [*row, *[_BLANK] * (self._width - len(row))]
        try:
            values = [read(row[index]) for index, read in self._plan]
        except Wrong:
            self._explain(row, number)
            return None
        if values == self._nothing:
            self.skipped += 1
            return None
        values.append(None)
        return values

    def _explain(self, row: Sequence[Cell], number: int) -> None:
        """Say all that is wrong in a row; a row that says nothing in any column is skipped."""
        if all(is_blank(row[index]) for index, _ in self._plan):
            self.skipped += 1
            return
        for key, (index, read) in zip(self._columns, self._plan, strict=True):
            try:
                read(row[index])
            except Wrong as wrong:
                self._say(wrong, number, key)

    def _draft(self, values: list[Any], number: int) -> Draft | None:
        """Return the draft of a row, None where it contradicts itself, or where nothing of the sheet can be entered."""
        draft = self._assembly.draft(values, f"{self._sheet}A{number}")
        wrongs = self._assembly.wrongs(values, draft)
        if draft.entry is not None:
            wrongs += self._second(draft.entry, number)
        for key, wrong in wrongs:
            self._say(wrong, number, key)
        if wrongs:
            return None
        self._compare(values, number)
        if self._kind.subsidy is not None:
            self._notes += due(self._kind, draft, number)
        if self._dayless is not None and draft.first is None:
            self._dayless += 1
        return None if self._incomplete or self.refused else draft

    # -- what is said ---------------------------------------------------------------------------------------------

    def _is_refused(self, row: Sequence[Cell], number: int) -> bool:
        """Tell whether a row holds Individual Numbers; then the whole sheet is refused, and nothing else of the row is said."""
        found = self._guard.found(row)
        for n in found:
            at = f"{self._sheet}{letters(n)}{number}"
            self.problems.append(Problem(row=number, at=at, refusal=MyNumberFound(at=at)))
        self.refused = self.refused or bool(found)
        return bool(found)

    def _say_missing(self, column: Column, sheet: str) -> None:
        refusal = ColumnMissing(sheet=sheet, column=column.ja, column_en=column.en)
        self.problems.append(Problem(row=0, at=sheet, refusal=refusal, column=column.key))

    def _say(self, wrong: Wrong, number: int, key: str | None) -> None:
        """Keep a problem at its cell, or at the row where it is about no one column. What is personal is not repeated."""
        column = self._columns[key] if key is not None else None
        facts: dict[str, object] = {}
        if column is not None:
            facts = {"column": column.ja, "column_en": column.en}
        text = str(wrong.facts.get("text", ""))
        if text and (column is None or column.personal or mynumber.holds(text)):
            wrong.facts["text"] = "…"
        at = f"{self._sheet}{letters(self._indexes[key] if key is not None else 0)}{number}"
        refusal = wrong.at(at, **facts)
        self.problems.append(Problem(row=number, at=at, refusal=refusal, column=key))

    def _second(self, entry: int, number: int) -> list[tuple[str | None, Wrong]]:
        first = self._entries.setdefault(entry, number)
        if first == number:
            return []
        wrong = Wrong(
            RowContradicts, what=f"登録番号{entry}は{first}行目にもあります", what_en=f"Entry number {entry} stands in row {first} too",
            how="どちらか一方だけにしてください", how_en="Keep only one of them",
        )  # fmt: skip
        return [("entry", wrong)]

    def _compare(self, values: list[Any], number: int) -> None:
        """Note a row that says the same as one before it, whatever entry it is to overwrite."""
        said = tuple(values[:-2]) if "entry" in self._columns else tuple(values)
        first = self._seen.setdefault(said, number)
        if first != number:
            self._notes.append(
                Note(
                    kind="duplicate", row=number, ja=f"{number}行目は{first}行目と同じ内容です。両方とも読みました。",
                    en=f"Row {number} says the same as row {first}. Both were read.",
                )
            )  # fmt: skip

    def notes(self) -> tuple[Note, ...]:
        """Return what was left out or understood: of rows, then of the whole sheet."""
        general = []
        if self._heard.words:
            general.append(
                _listed(
                    "words",
                    self._heard.words,
                    "は、付いた言葉を除いて数だけを読みました",
                    "Of these the numbers alone were read:",
                )
            )
        if self._heard.gaps:
            general.append(
                _listed(
                    "gap",
                    self._heard.gaps,
                    "は、まだ書かれていないものとして読みました",
                    "These were read as not said yet:",
                )
            )
        if self._dayless:
            general.append(
                Note(
                    kind="day", ja=f"加入日のない行が{self._dayless}行あります。前からの会員として数えます。",
                    en=f"{self._dayless} rows have no day of joining. They count as members from before.",
                )
            )  # fmt: skip
        return (*self._notes, *general)


def _bare_year(mapping: SheetMapping) -> YearKind | None:
    """Return what the header says of years that are but numbers."""
    taken = mapping.taken.get("year")
    name = whole(mapping.header[taken.index]) if taken and taken.index < len(mapping.header) else ""
    if "年度" in name:
        return "fiscal"
    return "calendar" if any(word in name for word in ("年", "西暦", "暦")) else None


def _listed(kind: NoteKind, texts: Iterable[str], ja: str, en: str) -> Note:
    some = list(texts)[:5]
    more = "など" if len(list(texts)) > 5 else ""
    named, named_en = "".join(f"「{text}」" for text in some), ", ".join(some)
    return Note(kind=kind, ja=f"{named}{more}{ja}。", en=f"{en} {named_en}.")

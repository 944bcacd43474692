"""値. From a cell to the typed value of its column: one reader per column, made once, that remembers what it has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from sosei.core.bodies import Municipality, by_code, by_name
from sosei.core.errors import BadCheckDigit, UnknownBody
from sosei.core.text import fold, narrow
from sosei.evidence.sheets import days, texts
from sosei.evidence.sheets.cells import Cell, is_blank
from sosei.evidence.sheets.columns import Column, ColumnType
from sosei.evidence.sheets.numbers import Heard, Numbers, reader
from sosei.evidence.sheets.refusals import NoSuchChoice, NothingSaid
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.words import answers

Value = str | Decimal | date | bool | int | days.Span | days.Year
Reader = Callable[[Cell], Value | None]
#: As many different cells of a column as are remembered.
_MOST: Final = 4096
#: Read as quickly as remembered, and mostly different in every row.
_QUICK: Final = frozenset(("text", "name", "kana", "mail", "phone", "address", "entry"))


class Remembered(dict[Cell, Any]):
    """読んだもの. What each cell of a column meant; asked for another one, it reads it. Raises Wrong."""

    __slots__ = ("read",)

    def __init__(self, read: Reader) -> None:
        """Remember nothing yet."""
        super().__init__()
        self.read = read

    def __missing__(self, cell: Cell) -> Value | None:
        """Read a cell that was not met before."""
        value = self.read(cell)
        if len(self) < _MOST:
            self[cell] = value
        return value


def reader_of(
    column: Column, *, fiscal_year: int | None = None, factor: Decimal = Decimal(1), heard: Heard
) -> Reader:
    """Return what reads the cells of a column, and raises Wrong for what it cannot hold.

    `factor`: what the header's unit makes of a bare number; `heard`: is told what was read past.
    """
    read = _reader(column, fiscal_year, factor, heard)
    if column.required:
        read = partial(_required, read)
    return read if column.type in _QUICK else Remembered(read).__getitem__


def _required(read: Reader, cell: Cell) -> Value:
    value = read(cell)
    if value is None:
        raise Wrong(NothingSaid)
    return value


def _reader(column: Column, fiscal_year: int | None, factor: Decimal, heard: Heard) -> Reader:
    if column.type in ("number", "money", "size"):
        people, money = column.type == "size", column.type == "money"
        return reader(
            Numbers(unit=column.unit, factor=factor, heard=heard, money=money, people=people)
        )
    if column.type == "choice":
        return partial(choice_in, {_alike(choice): choice for choice in column.choices}, heard)
    if column.type in _DATED:
        return partial(_DATED[column.type], fiscal_year=fiscal_year)
    return _PLAIN[column.type]


def choice_in(choices: Mapping[str, str], heard: Heard, cell: Cell) -> str | None:
    """Return the choice that a cell names. Raises Wrong with all choices."""
    text = texts.text_in(cell)
    if text is None:
        return None
    found = choices.get(_alike(text))
    if found is None:
        named = list(choices.values())
        raise Wrong(NoSuchChoice, text=text, choices="・".join(named), named=named)
    return found


def _alike(text: str) -> str:
    return fold(text).strip("()「」【】[]・、。")


def yes_no_in(cell: Cell) -> bool | None:
    """Return whether a cell says yes (○, 有, はい, 1, レ, ✓) or no (×, 無, いいえ, 0). Raises Wrong."""
    if isinstance(cell, str) and is_blank(cell):
        return None
    text = texts.text_in(cell)
    if text is None:
        return None
    found = answers().get(fold(text).strip("()「」[]"))
    if found is None:
        how = (
            "「○」か「×」、「はい」か「いいえ」、「有」か「無」で書いてください",
            "Write ○ or ×, はい or いいえ, 有 or 無",
        )
        raise texts.unreadable(text, ("はい・いいえ", "yes or no"), how)
    return found


def place_in(cell: Cell) -> str | None:
    """Return a place: of municipalities one name each, however they are written; of all others their words. Raises Wrong."""
    text = texts.short_in(cell)
    if text is None:
        return None
    plain = narrow(text).strip()
    if plain.isascii() and plain.isdigit() and 4 <= len(plain) <= 6:
        return _named(_of_code(plain, text))
    found = by_name(text)
    return _named(found[0]) if len(found) == 1 else text


def _of_code(plain: str, text: str) -> Municipality:
    """Return the body of a code, from which a spreadsheet may have taken the 0 at its front."""
    how = (
        "団体の名前か6桁の団体コードで書いてください",
        "Write the body's name or its six-digit code",
    )
    found: set[Municipality] = set()
    for code in (plain, f"0{plain}"):
        try:
            found.add(by_code(code))
        except UnknownBody:
            continue
        except BadCheckDigit:
            how = ("検査数字が合いません。数字の写し間違いを確かめてください", "Its check digit is wrong. Look for a copying slip")  # fmt: skip
    if len(found) != 1:
        raise texts.unreadable(text, ("場所", "a place"), how)
    return found.pop()


def _named(body: Municipality) -> str:
    """Return 盛岡市, and 広島県府中市 where another prefecture has one of that name."""
    return body.name if len(by_name(body.name)) == 1 else body.full_name


_DATED: Final[Mapping[ColumnType, Callable[..., Value | None]]] = {
    "date": days.day_in, "period": days.span_in, "year": days.year_in,
}  # fmt: skip
_PLAIN: Final[Mapping[ColumnType, Reader]] = {
    "text": texts.text_in, "place": place_in, "yes-no": yes_no_in, "name": texts.short_in, "kana": texts.short_in,
    "mail": texts.mail_in, "phone": texts.phone_in, "address": texts.text_in, "corporate": texts.corporate_in,
    "entry": texts.entry_in, "month": days.month_in,
}  # fmt: skip

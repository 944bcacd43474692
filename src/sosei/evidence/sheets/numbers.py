"""数のセル. Numbers of cells as exact decimals in the column's own unit; －, 集計中 and blanks are not said, and never zero."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from sosei.core.errors import UnreadableFigure
from sosei.core.figures import Figure, read_figure
from sosei.core.gaps import Gap, read_gap
from sosei.core.text import narrow
from sosei.core.units import Unit, unit_of
from sosei.evidence.codec import DIGITS, LARGEST
from sosei.evidence.sheets.cells import Cell, Typed
from sosei.evidence.sheets.refusals import OutOfBounds
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.texts import text_in, unreadable

_WHAT: Final = ("数", "a number")
_PLAIN: Final = (
    "「1,234」「△5.6」のように数だけを書いてください",
    "Write the number alone, like 1,234 or △5.6",
)
#: As programs write numbers: of more digits than a spreadsheet holds, too.
_EXACT: Final = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,4})?")
#: 人 and 名 count the same.
_BASES: Final = {"名": "人"}
#: The largest group of people; beyond it, it is no group.
_MOST_PEOPLE: Final = 10**9
#: What a number format may leave out of what is stored: #,##0, shows thousands.
_SHOWN_IN: Final = (Decimal(1), Decimal(1000), Decimal(1_000_000))


@dataclass(slots=True)
class Heard:
    """聞き流したもの. Words beside numbers that were read past, and reasons for missing ones: they are said in notes."""

    words: dict[str, None] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """数の読み方. `unit`: the column's; `factor`: what the header's unit makes of a bare number; `money`, `people`: whole ones."""

    unit: str | None
    factor: Decimal
    heard: Heard
    money: bool = False
    people: bool = False

    @property
    def plain(self) -> bool:
        """Whether digits alone are the number as it stands."""
        return self.factor == 1 and not self.people

    def read(self, cell: Cell) -> Decimal | None:
        """Return a cell's number, None where it says nothing. Raises Wrong."""
        if isinstance(cell, str):
            if cell.isdigit() and cell.isascii() and len(cell) < 12:
                if self.plain:
                    return Decimal(cell)
                return self._bounded(Decimal(cell) * self.factor, cell)
            if _EXACT.fullmatch(cell):
                return self._bounded(_exact(cell) * self.factor, cell)
            text = text_in(cell)
            return None if text is None else self._of_text(text)
        if cell.under:
            how = ("結合されたセルは、どの行の数か分かりません。結合を解いて行ごとに書いてください", "Whose row a merged cell counts for is not known. Unmerge it and write one number a row")  # fmt: skip
            raise unreadable(cell.shown, _WHAT, how)
        if cell.number is not None:
            return self._of_stored(cell, cell.number)
        if cell.day is not None:
            raise unreadable(cell.shown, _WHAT, _PLAIN)
        text = text_in(cell)
        return None if text is None else self._of_text(text)

    def count(self, cell: Cell) -> int | None:
        """Return a cell's number of people. Raises Wrong."""
        number = self.read(cell)
        return None if number is None else int(number)

    def _of_text(self, text: str) -> Decimal | None:
        if read_gap(text) is not None:
            if read_gap(text) not in (Gap.BLANK, Gap.DASH):
                self.heard.gaps[text] = None
            return None
        number, factor = self._figure(text)
        return self._bounded(number * factor, text)

    def _of_stored(self, cell: Typed, stored: Decimal) -> Decimal:
        """Return what a workbook stores, in the unit and scale in which it is shown."""
        try:
            number, factor = self._figure(cell.shown)
        except Wrong as wrong:
            if wrong.facts.get("unit"):
                raise
            return self._bounded(stored * self.factor, cell.shown)
        if "%" in narrow(cell.shown):
            return self._bounded(stored * 100 * factor, cell.shown)
        scale = next((s for s in _SHOWN_IN if abs(number * s - stored) * 2 <= s), Decimal(1))
        return self._bounded(stored / scale * factor, cell.shown)

    def _figure(self, text: str) -> tuple[Decimal, Decimal]:
        """Return the number that is written, and what one of it is in the column's unit. Raises Wrong."""
        plain = narrow(text).strip()
        if _EXACT.fullmatch(plain):
            return _exact(plain), self.factor
        bare = plain.removesuffix(self.unit).rstrip() if self.unit else plain
        figure = _figure(plain)
        if bare not in ("", plain) and (figure is None or self._one_of(figure, plain) is None):
            figure = _figure(bare)  # a unit of the city's own, which only its register knows
            if figure is not None and figure.unit is None:
                self._look(figure, text)
                return figure.number, Decimal(1)
        if figure is None:
            raise unreadable(text, _WHAT, _PLAIN)
        self._look(figure, text)
        factor = self._one_of(figure, plain)
        if factor is None:
            raise self._other_unit(text, figure.unit or "")
        return figure.number, factor

    def _one_of(self, figure: Figure, plain: str) -> Decimal | None:
        """Return what one of what is written is in the column's unit; None where they count different things."""
        if figure.unit is None:
            return self.factor
        unit = None if self._only_sign(figure.unit, plain) else unit_of(figure.unit)
        return factor_of(unit, self.unit) if unit else None

    def _only_sign(self, unit: str, plain: str) -> bool:
        """Tell whether a ¥ stands where the header says thousands: which of the two is meant is not known."""
        return unit == "円" and self.factor != 1 and "円" not in plain

    def _look(self, figure: Figure, text: str) -> None:
        """Refuse what is not one exact number; note the words that an entry cannot hold. Raises Wrong."""
        if figure.op or figure.second or figure.lead or figure.faults:
            raise unreadable(text, _WHAT, _PLAIN)
        if figure.approx or figure.state or figure.count_kind:
            self.heard.words[text] = None

    def _other_unit(self, text: str, unit: str) -> Wrong:
        own = self.unit or "-"
        wrong = unreadable(
            text, (f"「{own}」の数", f"a number of “{own}”"),
            ("単位を確かめて、数だけを書いてください", "Check the unit and write the number alone"),
        )  # fmt: skip
        wrong.facts["unit"] = unit
        return wrong

    def _bounded(self, number: Decimal, text: str) -> Decimal:
        whole = number == number.to_integral_value()
        if abs(number) >= LARGEST:
            raise _beyond(text, "絶対値が1兆より小さい数", "a number below 10^12")
        if self.people and not (whole and 1 <= number < _MOST_PEOPLE):
            raise _beyond(text, "1以上の整数", "a whole number from 1")
        if whole:
            return Decimal(int(number))
        if self.money:
            raise _beyond(text, "円未満の端数のない金額", "an amount without fractions of a yen")
        if number.scaleb(DIGITS) != number.scaleb(DIGITS).to_integral_value():
            raise _beyond(text, f"小数{DIGITS}桁までの数", f"a number of at most {DIGITS} decimals")
        return number.normalize()


def _exact(plain: str) -> Decimal:
    return Decimal(plain.replace(",", ""))


def _figure(plain: str) -> Figure | None:
    try:
        return read_figure(plain)
    except UnreadableFigure:
        return None


def _beyond(text: str, ja: str, en: str) -> Wrong:
    return Wrong(OutOfBounds, text=text, bounds=ja, bounds_en=en)


def factor_of(unit: Unit, own: str | None) -> Decimal | None:
    """Return what one of a unit is in the column's own, None where they do not count the same.

    >>> factor_of(unit_of("百万円"), "千円"), factor_of(unit_of("名"), "人"), factor_of(unit_of("件"), "人")
    (Decimal('1000'), Decimal('1'), None)
    """
    if own is None:
        return Decimal(unit.scale)
    known = unit_of(own)
    if known is None or _base(known) != _base(unit):
        return None
    return Decimal(unit.scale) / known.scale


def _base(unit: Unit) -> str:
    return _BASES.get(unit.base, unit.base)


def reader(numbers: Numbers) -> Callable[[Cell], Decimal | int | None]:
    """Return what reads the column's cells."""
    return numbers.count if numbers.people else numbers.read

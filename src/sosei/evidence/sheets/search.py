"""列の探し方. The search for the columns of a sheet: what fits one to one is taken, what may be several is left in doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from sosei.core.corporate import is_valid
from sosei.evidence.sheets.cells import Cell, is_blank, letters, shown
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.days import day_in
from sosei.evidence.sheets.matched import UNIT, By, Doubt, SheetMapping, Taken
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.texts import mail_in
from sosei.evidence.sheets.words import bare, synonyms, whole

_Names = Callable[[Column], Collection[str]]
_Form = Callable[[str], str]
_Fits = Callable[[Cell], bool]


class Search:
    """探し方. What of a sheet and a register is still free, what was taken, what is in doubt."""

    def __init__(
        self, header: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str]
    ) -> None:
        """Begin with nothing taken."""
        self.header = tuple(header)
        self.columns = {column.key: column for column in columns}
        self.remembered = remembered
        self.taken: dict[str, Taken] = {}
        self.doubts: list[Doubt] = []
        self.free = dict.fromkeys(n for n, name in enumerate(header))

    def mapping(self) -> SheetMapping:
        """Return what was found."""
        return SheetMapping(header=self.header, taken=self.taken, doubts=tuple(self.doubts))

    def by_memory(self) -> None:
        """Take what was taken before; what was left out stays so."""
        edges: dict[str, list[int]] = {}
        units: dict[str, str] = {}
        for n, name in enumerate(self.header):
            said = self.remembered.get(whole(name)) if whole(name) else None
            key, _, unit = (said or "").partition(UNIT)
            if said == "":
                del self.free[n]
            elif key in self.columns:
                edges.setdefault(key, []).append(n)
                units[key] = unit
        self._settle("remembered", edges)
        for key, unit in units.items():
            if unit and key in self.taken:
                self.taken[key] = replace(self.taken[key], unit=unit)

    def take(self, by: By, names: _Names, form: _Form) -> None:
        """Take the free columns whose name is one that a free column of the register goes by."""
        forms: dict[str, list[int]] = {}
        for n in self.free:
            if form(self.header[n]):
                forms.setdefault(form(self.header[n]), []).append(n)
        self._settle(
            by,
            {
                key: [n for name in sorted(names(self.columns[key])) for n in forms.get(name, ())]
                for key in self._open()
            },
        )

    def synonyms(self, column: Column) -> Collection[str]:
        """Return other words for a column: those of its type only where no other column of the register has it."""
        return synonyms(column) if self._alone(column) else ()

    def _alone(self, column: Column) -> bool:
        like = [
            c
            for c in self.columns.values()
            if c.field and (c.type, c.unit) == (column.type, column.unit)
        ]
        return not column.field or len(like) == 1

    def doubt_vague(self, form: _Form) -> None:
        """Ask where a word (金額) may mean several columns of the register, even if but one of them is left."""
        edges = {
            key: [n for n in self.free if form(self.header[n]) in synonyms(self.columns[key])]
            for key in self._open()
            if not self._alone(self.columns[key])
        }
        self._settle("word", edges, sure=False)

    def _open(self) -> list[str]:
        doubted = {key for doubt in self.doubts for key in doubt.keys}
        return [key for key in self.columns if key not in self.taken and key not in doubted]

    def by_values(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Take what the cells show alone: corporate numbers, e-mail, choices; days where only one column is missing."""
        for key, fits in _TELLING.items():
            if key in self._open():
                self._settle("values", {key: [n for n in self.free if _all(rows, n, fits)]})
        edges = {
            key: [n for n in self.free if _all(rows, n, partial(_is_choice, self.columns[key]))]
            for key in self._open()
            if self.columns[key].choices
        }
        self._settle("values", edges)
        if "first" in self._open() and self.columns["first"].type == "date":
            self._settle("values", {"first": [n for n in self.free if _all(rows, n, _is_day)]})

    def _settle(self, by: By, edges: Mapping[str, Sequence[int]], *, sure: bool = True) -> None:
        """Take what fits one to one (if that makes it `sure`); of the rest, say what fits what."""
        for keys, indexes in _groups(edges):
            if sure and len(keys) == len(indexes) == 1:
                self.taken[keys[0]] = Taken(index=indexes[0], by=by)
            else:
                self.doubts.append(self._doubt(keys, indexes))
            for n in indexes:
                self.free.pop(n, None)

    def _doubt(self, keys: tuple[str, ...], indexes: tuple[int, ...]) -> Doubt:
        which = "、".join(f"{letters(n)}列「{self.header[n]}」" for n in indexes)
        which_en = ", ".join(f"{letters(n)} “{self.header[n]}”" for n in indexes)
        wanted = "、".join(f"「{self.columns[key].ja}」" for key in keys)
        wanted_en = ", ".join(f"“{self.columns[key].en}”" for key in keys)
        if len(keys) == len(indexes) == 1:
            ja = f"{which}が{wanted}かどうか、決められません。確かめて選んでください。"
            en = f"Whether {which_en} is {wanted_en} is not certain. Please check and choose."
        elif len(keys) == 1:
            ja = f"{wanted}に当たるのは{which}のどれか、決められません。選んでください。"
            en = f"Which column is {wanted_en} is not certain: {which_en}. Please choose."
        else:
            ja = f"{which}は{wanted}のどれに当たるか、決められません。選んでください。"
            en = f"What {which_en} holds is not certain: {wanted_en}. Please choose."
        return Doubt(keys=keys, indexes=indexes, ja=ja, en=en)


def _groups(
    edges: Mapping[str, Sequence[int]],
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield the keys and columns that hang together, apart from all others."""
    left = {key: dict.fromkeys(found) for key, found in edges.items() if found}
    while left:
        first = next(iter(left))
        keys, indexes = [first], left.pop(first)
        while more := [key for key, found in left.items() if found.keys() & indexes.keys()]:
            for key in more:
                keys.append(key)
                indexes |= left.pop(key)
        yield tuple(keys), tuple(sorted(indexes))


# -- what cells show ------------------------------------------------------------------------------------------


def _all(rows: Sequence[Sequence[Cell]], n: int, fits: _Fits) -> bool:
    """Tell whether a column's cells, as far as they say anything, are all of a kind."""
    cells = [row[n] for row in rows if n < len(row) and not is_blank(row[n])]
    return bool(cells) and all(map(fits, cells))


def _is_corporate(cell: Cell) -> bool:
    if isinstance(cell, str) or cell.number is None:
        return is_valid(shown(cell))
    return is_valid(f"{cell.number:f}")


def _is_mail(cell: Cell) -> bool:
    try:
        return mail_in(cell) is not None
    except Wrong:
        return False


def _is_day(cell: Cell) -> bool:
    if not isinstance(cell, str) and cell.number is not None:
        return False  # 44287 is a day only where something else says that the column holds days
    try:
        return day_in(cell, 2021) is not None
    except Wrong:
        return False


def _is_choice(column: Column, cell: Cell) -> bool:
    return bare(shown(cell)) in map(bare, column.choices)


#: What is known by its cells alone.
_TELLING: Final[Mapping[str, _Fits]] = {"number": _is_corporate, "mail": _is_mail}

"""列の対応. Which column of a sheet is which of the register: proposed from what is known, and asked where it is not certain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sosei.core.units import unit_of
from sosei.evidence.sheets.cells import Cell, letters
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.matched import Doubt, SheetMapping, Taken
from sosei.evidence.sheets.numbers import factor_of
from sosei.evidence.sheets.search import Search
from sosei.evidence.sheets.words import BELOW, bare, unit_in, whole

__all__ = ["Doubt", "SheetMapping", "Taken", "choose", "propose"]


def propose(
    header: Sequence[str], sample_rows: Sequence[Sequence[Cell]], columns: Sequence[Column],
    remembered: Mapping[str, str] | None = None, *, unit: str | None = None,
) -> SheetMapping:  # fmt: skip
    """Return what each column of a sheet seems to be; of what may be several, a doubt instead of a guess.

    `remembered`: as `SheetMapping.remember` gave it; `unit`: of all amounts, from a line above the table.
    """
    search = Search(header, columns, remembered or {})
    search.by_memory()
    search.take("name", _full_names, whole)
    for form in (bare, _lower):
        search.take("name", _labels, form)
        search.take("word", search.synonyms, form)
        search.doubt_vague(form)
    search.by_values(sample_rows)
    return _measured(search.mapping(), columns, unit)


def choose(
    header: Sequence[str], columns: Sequence[Column], chosen: Mapping[str, int],
    units: Mapping[str, str] | None = None,
) -> SheetMapping:  # fmt: skip
    """Return the mapping that a person chose: the register's keys to the sheet's columns; `units`: of bare numbers, by key."""
    known = {column.key for column in columns}
    taken = {
        key: Taken(index=index, by="chosen", unit=(units or {}).get(key))
        for key, index in chosen.items()
        if key in known and index >= 0
    }
    return _measured(SheetMapping(header=tuple(header), taken=taken), columns, None)


def _full_names(column: Column) -> Collection[str]:
    """Return what a column is called in full; a number to overwrite by is never taken for less."""
    own = {column.ja, column.en} if column.key == "entry" else {column.ja, column.en, column.key}
    return set(map(whole, own))


def _labels(column: Column) -> Collection[str]:
    return {bare(column.ja), bare(column.en)} if column.key != "entry" else ()


def _lower(header: str) -> str:
    """Return the lower of two lines alone: 期間›加入日 is 加入日."""
    return bare(header.rpartition(BELOW)[2])


# -- units ----------------------------------------------------------------------------------------------------


def _measured(mapping: SheetMapping, columns: Sequence[Column], unit: str | None) -> SheetMapping:
    """Return the mapping with what the numbers of each column are in; a unit that counts something else is a doubt."""
    doubts: list[Doubt] = []
    taken = {
        column.key: _in_unit(mapping, column, unit, doubts)
        for column in columns
        if column.key in mapping.taken
    }
    return replace(mapping, taken=taken, doubts=(*mapping.doubts, *doubts))


def _in_unit(
    mapping: SheetMapping, column: Column, above: str | None, doubts: list[Doubt]
) -> Taken:
    one = mapping.taken[column.key]
    if column.type not in ("number", "money", "size"):
        return one
    name = mapping.header[one.index] if one.index < len(mapping.header) else ""
    said = [
        one.unit if one.by == "chosen" else None,
        name,
        above if column.type == "money" else None,
        one.unit,
    ]
    found = next((unit for text in said if text and (unit := unit_of(text) or unit_in(text))), None)
    if found is None:
        return replace(one, unit=None)
    factor = factor_of(found, column.unit)
    if factor is not None:
        return replace(one, unit=found.name, factor=factor)
    doubts.append(
        Doubt(
            keys=(column.key,), indexes=(one.index,),
            ja=f"{letters(one.index)}列の単位「{found.name}」は、「{column.ja}」の単位「{column.unit}」と合いません。列と単位を確かめてください。",
            en=f"The unit “{found.name}” of column {letters(one.index)} does not fit “{column.en}” ({column.unit}). Check both.",
        )
    )  # fmt: skip
    return one

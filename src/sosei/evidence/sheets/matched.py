"""対応した列. Which column of a sheet is taken for which of the register, and where that is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from sosei.evidence.sheets.words import unit_in, whole

#: How a column of the sheet was known: as before; by its name; by another word for it; by its cells; by a person.
By = Literal["remembered", "name", "word", "values", "chosen"]
#: Between the key and the unit of what is remembered: "amount|千円".
UNIT: Final = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """対応する列. `index` from 0 in the sheet; `unit`: what its bare numbers are in, `factor`: what one of it is in the register's."""

    index: int
    by: By
    unit: str | None = None
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """迷い. Columns of the register (`keys`) and of the sheet (`indexes`) of which it is not certain which is which."""

    keys: tuple[str, ...]
    indexes: tuple[int, ...]
    ja: str
    en: str

    def sentence(self, lang: str = "ja") -> str:
        """Return what a person is to decide."""
        return self.en if lang == "en" else self.ja


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """列の対応. `header`: the sheet's names; `taken`: by the keys of the register's columns."""

    header: tuple[str, ...]
    taken: Mapping[str, Taken] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    def remember(self) -> dict[str, str]:
        """Return what to know next time: names of the sheet's columns to the register's keys, "" for what is left out."""
        keys = {one.index: key + self._chosen_unit(one) for key, one in self.taken.items()}
        return {whole(name): keys.get(n, "") for n, name in enumerate(self.header) if whole(name)}

    def _chosen_unit(self, one: Taken) -> str:
        """Return the unit that a person chose where the sheet does not name it."""
        named = one.index < len(self.header) and unit_in(self.header[one.index]) is not None
        return f"{UNIT}{one.unit}" if one.by == "chosen" and one.unit and not named else ""

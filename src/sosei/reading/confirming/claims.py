"""読みの主張. What the reader says of one figure, and what a text must say to bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from sosei.core.figures import Figure, find_figures, read_value
from sosei.core.report import Said, Value
from sosei.core.text import fold
from sosei.core.units import unit_of

#: What is odd about the writing of a figure, so that it may be meant otherwise.
_ODD: Final = frozenset({"comma", "space"})
#: What stands in brackets behind a figure: its year, another figure.
_ASIDE: Final = re.compile(r"(?<=\S)\s*[（(][^（()）]*[)）]")
#: What is counted in nothing.
_BARE: Final = re.compile(r"(?:指数|係数|倍率|出生率|順位|スコア|偏差値|点数|比)(?:$|[（(])")


#: Words in place of a figure that may be no value at all: nothing was done, so that nothing was counted.
_UNDONE: Final = frozenset(
    {
        "未実施",
        "実施なし",
        "中止",
        "開催中止",
        "事業中止",
        "延期",
        "未開催",
        "開催なし",
        "休止",
        "休館",
        "廃止",
    }
)


class Claim(NamedTuple):
    """主張. `year`: the fiscal year the figure is said to be of; `home`: the report's; `near`: for years without an era.

    `proved`: a rate or total that the document prints already bears out the number and its role. `printed`: the document
    says the report's year; else the reader concluded it. `results`: it says what was reached. `label`: what its point is called
    where it is of no year.
    """

    value: Value
    role: str
    year: int | None
    home: int | None
    unit: str | None
    name: Said | None
    near: int | None
    proved: bool = False
    printed: bool = True
    results: bool = False
    label: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it can be so at all: no result is of a year after the report's."""
        if self.value.gap is not None or self.value.state == "forecast":
            return True
        late = self.home is not None and self.year is not None and self.year > self.home
        return not late or self.role not in {"actual", "cumulative"}

    @property
    def is_pure(self) -> bool:
        """Whether what it counts has no unit: an index, a rank."""
        return self.name is not None and _BARE.search(self.name.text) is not None

    @property
    def has_unit(self) -> bool:
        """Whether it is a number, of which a unit is asked."""
        return self.value.number is not None

    @property
    def meant(self) -> int | None:
        """The year it is of: what is said, else the report's."""
        return self.home if self.year is None else self.year

    @property
    def is_undated(self) -> bool:
        """Whether it is of no year but the report's, as printed; or a baseline, or a figure of a report, without any."""
        if self.year is None and (self.role == "baseline" or self.home is None):
            return True
        return self.printed and self.year in (None, self.home)

    def says_number(self, text: str, typed: Decimal | None = None) -> bool:
        """Whether a text is this figure and no other, this gap, or these words; `typed`: what a spreadsheet's cell stores."""
        if self.value.text is not None:
            same = fold(text) == fold(self.value.text) and fold(text) not in _UNDONE
            return same and self.name is not None and not re.search(r"\d", text)
        if self.value.gap is not None:
            return read_value(text).gap == self.value.gap
        found = _figures(text, self.unit)
        if any(set(one.faults) & _ODD for one in found):
            return False
        numbers = {self._scaled(one.number, one.unit) for one in found}
        return numbers == {self.value.number} or (
            typed is not None and len(found) == 1 and typed == self.value.number
        )

    def _scaled(self, number: Decimal, unit: str | None) -> Decimal:
        """Return a number in the unit that is claimed, where the text prints 万人 and the claim counts 人."""
        theirs, ours = unit_of(unit) if unit else None, unit_of(self.unit) if self.unit else None
        if theirs is None or ours is None or theirs.base != ours.base or theirs.scale == ours.scale:
            return number
        return number * theirs.scale / ours.scale

    def is_unit(self, said: str | None) -> bool:
        """Whether a unit somebody says is the one claimed, scale left out: that is the number's."""
        if said is None or self.unit is None:
            return said == self.unit
        theirs, ours = unit_of(said), unit_of(self.unit)
        if theirs is None or ours is None:
            return fold(said) == fold(self.unit)
        return theirs.base == ours.base

    def found_in(self, text: str) -> list[tuple[int, int, str | None]]:
        """Return where the figure or gap stands in running text, and its unit; behind the indicator's name, where that does."""
        found = list(self._all_in(text))
        if self.name is not None and text.count(self.name.text) == 1:
            behind = text.find(self.name.text) + len(self.name.text)
            found = [one for one in found if one[0] >= behind]
        return found

    def _all_in(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        if self.value.gap is not None:
            raw = re.escape((self.value.raw or "").strip())
            yield from ((one.start(), one.end(), None) for one in re.finditer(raw, text) if raw)
            return
        for one in find_figures(text):
            odd = set(one.figure.faults) & _ODD
            if not odd and self._scaled(one.figure.number, one.figure.unit) == self.value.number:
                yield one.start, one.end, one.figure.unit


#: Of what a figure tells how long something took; beside another figure it is no rival of it.
_TIMES: Final = frozenset({"年間", "年", "か年", "カ年", "ヶ年", "か月", "ヶ月", "日間", "週間"})


def _figures(text: str, unit: str | None = None) -> list[Figure]:
    """Return the figures of a cell but for what stands in brackets behind one, and lengths of time beside it."""
    found = [one.figure for one in find_figures(_ASIDE.sub("", text))]
    others = [one for one in found if one.unit not in _TIMES]
    return others if others and unit not in _TIMES else found


def units_behind(text: str) -> list[str]:
    """Return the units behind the figures of a cell."""
    return [one.unit for one in _figures(text) if one.unit]

"""問われること. What the measures of an edition ask of entries and attributes: nothing else needs to be published.

A measure sees a day only by comparing it with the ends of its window, so any other day between the same two ends gives the
same count (`Cuts`). It sees a value only by comparing it with constants, so any other value to which every comparison
answers the same gives the same count (`Column`). Days of which the latest is wanted, and values that are summed or told
apart, are asked exactly; days that are compared with those of another register (`Pair`): `ordering`.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sosei.evidence.measures.entries import Kind
from sosei.evidence.measures.model import (
    After,
    All,
    At,
    Condition,
    During,
    Either,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
)
from sosei.evidence.measures.windows import Days, days
from sosei.evidence.passport.contents import Passport, RegisterPart

_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Cuts:
    """日の切れ目. Days on which something begins to be so: a day is asked only between which of them it lies, or exactly.

    `paired`: it is also compared with days of another register.
    """

    exact: bool = False
    paired: bool = False
    at: list[date] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        """Whether any measure looks at such a day."""
        return self.exact or self.paired or bool(self.at)

    def add(self, *cuts: date | None) -> None:
        """Note days from which on something is so."""
        for cut in cuts:
            if cut is not None and cut not in self.at:
                insort(self.at, cut)

    def coarse(self, day: date) -> date:
        """Return the first day of the stretch in which a day lies; of those before all cuts, the last day."""
        if self.exact:
            return day
        begun = self.begun(day)
        if begun is not None:
            return begun
        return self.at[0] - _DAY if self.at else day.replace(month=1, day=1)

    def begun(self, day: date) -> date | None:
        """Return the last cut up to a day."""
        n = bisect_right(self.at, day)
        return self.at[n - 1] if n else None


@dataclass(slots=True)
class OfRegister:
    """台帳に問われること. Which parts of a register's entries any measure looks at.

    `ordered`: whether the order in which entries were written matters (of two latest figures for one day, the later).
    """

    first: Cuts = field(default_factory=Cuts)
    last: Cuts = field(default_factory=Cuts)
    stages: dict[str, Cuts] = field(default_factory=lambda: defaultdict(Cuts))
    years: set[int] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    subject: bool = False
    size: bool = False
    ordered: bool = False

    def day(self, stage: str | None) -> Cuts:
        """Return what is asked of the entry's own day, or of the day on which it reached a stage."""
        return self.first if stage is None else self.stages[stage]


@dataclass(slots=True)
class Column:
    """項目に問われること. What is asked of a column, or of an attribute (`subject.maker`), whatever the register.

    `constants`: what it is compared with; `larger`: also by size; `summed`; `apart`: whether different values are told
    apart; `coarse`: whether some register that has it is to be published as coarse as can be.
    """

    constants: set[Literal_] = field(default_factory=set)
    larger: bool = False
    summed: bool = False
    apart: bool = False
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """先後. Days of one register (`stage`: on which a case reached it) that are compared with those of another."""

    register: str
    stage: str | None
    after: After


@dataclass(slots=True)
class Asked:
    """問われること. Of registers, of columns, and of attributes: from which days, and by entries of which registers."""

    registers: dict[str, OfRegister] = field(default_factory=lambda: defaultdict(OfRegister))
    columns: dict[str, Column] = field(default_factory=lambda: defaultdict(Column))
    attributes: dict[str, Cuts] = field(default_factory=lambda: defaultdict(Cuts))
    askers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pairs: set[Pair] = field(default_factory=set)


def asked(passport: Passport) -> Asked:
    """Return all that the measures of the edition's figures ask."""
    found = Asked()
    parts = {part.register.key: part for part in passport.registers}
    for kpi in passport.kpis:
        measure = passport.measure_of(kpi)
        for key in dict.fromkeys(measure.registers):
            _Asking(found, measure, kpi.year, parts[key]).note()
    for pair in found.pairs:
        for key, stage in ((pair.register, pair.stage), (pair.after.register, pair.after.stage)):
            of = found.registers[key]
            of.subject = True
            of.day(stage).paired = True
            of.day(stage).exact |= parts[key].shown == "kept"
    return found


class _Asking:
    """What one measure asks of one register for one year."""

    def __init__(self, found: Asked, measure: Measure, year: int, part: RegisterPart) -> None:
        self.found, self.m, self.year, self.part = found, measure, year, part
        self.of = found.registers[part.register.key]
        self.days = days(measure.window, year)

    def note(self) -> None:
        """Note all of it."""
        self._window(self.part.register.kind)
        self.of.size |= self.m.operation == "people"
        if self.m.operation == "latest":
            self.of.ordered = self.of.first.exact = self.of.last.exact = True
        if self.m.after is not None:
            self.found.pairs.add(Pair(self.part.register.key, self.m.stage, self.m.after))
        self._paths()

    def _window(self, kind: Kind) -> None:
        window, stage = self.m.window, self.m.stage
        after = self.days.last + _DAY
        moment = isinstance(window, At)
        if stage is None and (kind == "survey" or window == During("survey", _shift(self.m))):
            self.of.years.add(self.year + _shift(self.m))
        elif stage is None and kind == "roster" and moment:
            self.of.first.add(after)
            self.of.last.add(self.days.last)
        else:
            begin = None if moment else self.days.first
            self.of.day(stage).add(begin, after)
            if stage is None and kind == "series" and not moment:
                self.of.last.add(begin, after)

    def _paths(self) -> None:
        if self.m.path is not None:
            column = self._column(self.m.path)
            column.summed |= self.m.operation in ("sum", "latest")
            column.apart |= self.m.operation == "distinct"
        for having in self.m.having:
            if having.path is not None:
                self._column(having.path).apart = True
        if self.m.over is not None:
            column = self._column(self.m.over.path)
            column.apart = True
            column.constants.update(self.m.over.values)
            if self.m.over.monthly:
                self.of.first.add(*_month_starts(self.days))
        for path, constants, larger in _tests(self.m.where):
            column = self._column(path)
            column.constants.update(constants)
            column.larger |= larger

    def _column(self, path: Path) -> Column:
        name = f"subject.{path.name}" if path.of_subject else path.name
        if path.of_subject or name == "subject":
            self.of.subject = True
        else:
            self.of.columns.add(name)
        if path.of_subject:
            self.found.askers[name].add(self.part.register.key)
            self.found.attributes[name].add(self.days.last + _DAY)
            if path.asof == "entry":
                self.found.attributes[name].exact = self.of.first.exact = True
        column = self.found.columns[name]
        column.coarse |= self.part.shown != "kept" or name in self.part.free_text
        return column


def _shift(measure: Measure) -> int:
    return measure.window.shift if isinstance(measure.window, (During, At)) else 0


def _tests(of: Condition | None) -> Iterator[tuple[Path, tuple[Literal_, ...], bool]]:
    """Yield every comparison: of what, with which constants, and whether by size."""
    match of:
        case Is(path, compare, value):
            yield path, (value,), compare not in ("=", "!=")
        case OneOf(path, values):
            yield path, values, False
        case Known(path):
            yield path, (), False
        case Not(one):
            yield from _tests(one)
        case All(several) | Either(several):
            for one in several:
                yield from _tests(one)


def _month_starts(of: Days) -> Iterator[date]:
    """Yield the first days of the months of a window, and of the one after."""
    day = (of.first or of.last).replace(day=1)
    while day <= of.last:
        yield day
        day = (day + 31 * _DAY).replace(day=1)
    yield day

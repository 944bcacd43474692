"""粗くする. Entries and attributes as a bundle shows them: nothing that no measure asks, and no finer than it asks.

Of registers that are kept, columns that no measure asks are left out. Of registers of persons, also the subject, the days
and the size where no measure asks them; days become the beginning of their stretch and values others of which every
comparison says the same (`asking`). Of confidential registers, entries that are then alike become one line that says how
many they are (`n`), with their sizes and the numbers that are only summed added up. The recount holds, because a count adds
`n`, a sum adds sums, and different values are counted once however often they stand there.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.model import Literal_
from sosei.evidence.measures.standing import EXACT
from sosei.evidence.passport.asking import Column, Cuts, OfRegister, asked
from sosei.evidence.passport.contents import Passport, RegisterPart
from sosei.evidence.passport.numbers import keyed, numbers
from sosei.evidence.passport.ordering import Ordering
from sosei.evidence.passport.tree import plain

#: Stands for words that no measure names.
OTHER: Final = "他"
#: Any number and any day, where only is asked whether there is one.
_SOME: Final = (Decimal(1), date(2000, 1, 1))


@dataclass(slots=True)
class Line:
    """一行. What is said of one entry, or of several that are alike, and which they are in the book."""

    said: dict[str, Any]
    records: tuple[int, ...]


class Coarse:
    """束に載る姿. The lines of every register, and of the attributes, of one passport."""

    def __init__(self, passport: Passport) -> None:
        self.passport, self.asked = passport, asked(passport)
        self.by: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(passport.records, key=lambda record: record.id):
            self.by[record.register].append(record)
        self.ordering = Ordering(self.asked, self.by)
        self.numbers = numbers(passport, self._subjects(), self.asked.columns["subject"].constants)
        self.values = {
            name: _Values(passport, name, column) for name, column in self.asked.columns.items()
        }

    def _subjects(self) -> Iterator[tuple[str, int]]:
        for part in self.passport.registers:
            if self.shows_subjects(part):
                key = part.register.key
                yield from ((key, r.subject) for r in self.by[key] if r.subject is not None)
                yield from ((key, one) for many in part.register.expected.values() for one in many)

    def shows_subjects(self, part: RegisterPart) -> bool:
        """Whether a register's lines carry the numbers of subjects."""
        return part.shown == "kept" or self.asked.registers[part.register.key].subject

    # -- entries -------------------------------------------------------------------------------------------------------

    def lines(self, part: RegisterPart) -> list[Line]:
        """Return a register's lines; their order says no more than the lines do, unless a measure asks it."""
        of = self.asked.registers[part.register.key]
        found = [
            Line(self._said(record, part, of), (record.id,))
            for record in self.by[part.register.key]
        ]
        if part.shown == "kept" or of.ordered:
            return found
        if part.shown == "summed":
            found = _pooled(found, {n for n in of.columns if _only_summed(self.asked.columns[n])})
        return sorted(found, key=lambda line: _text(line.said))

    def _said(self, record: Record, part: RegisterPart, of: OfRegister) -> dict[str, Any]:
        kept = part.shown == "kept"
        said: dict[str, Any] = {}
        if record.subject is not None and self.shows_subjects(part):
            said["subject"] = self.numbers.of(part.register.key, record.subject)
        for name, day, cuts in (("first", record.first, of.first), ("last", record.last, of.last)):
            if day is not None and (kept or cuts.asked):
                said[name] = day if kept else self.ordering.coarse(record.subject, cuts, day)
        if record.year is not None and (kept or record.year in of.years):
            said["year"] = record.year
        if (kept and record.size != 1) or of.size:
            said["size"] = record.size
        stages = {
            name: day if kept else self.ordering.coarse(record.subject, cuts, day)
            for name, day in record.stages.items()
            if (cuts := of.stages.get(name, Cuts())).asked or kept
        }
        values = {
            name: self.values[name].shown(value)
            for name, value in sorted(record.values.items())
            if name in of.columns
        }
        return (
            said | ({"stages": stages} if stages else {}) | ({"values": values} if values else {})
        )

    # -- attributes ----------------------------------------------------------------------------------------------------

    def attributes(self) -> list[dict[str, Any]]:
        """Return what the subjects of the entries were, as far as it is asked."""
        by: dict[tuple[int, str], list[Attribute]] = defaultdict(list)
        seen = {name: self._seen(name) for name in self.asked.attributes}
        for one in sorted(self.passport.attributes, key=lambda one: one.first or date.min):
            for number in seen.get(f"subject.{one.name}", {}).get(one.subject, ()):
                by[number, one.name].append(one)
        return [
            {"subject": subject, "name": name, "was": was}
            for (subject, name), several in sorted(by.items())
            if (was := self._was(f"subject.{name}", several))
        ]

    def _seen(self, name: str) -> dict[int, set[int]]:
        """Return the subjects of which an attribute is asked, with the numbers under which they are shown."""
        found: dict[int, set[int]] = defaultdict(set)
        for key in self.asked.askers[name]:
            for record in self.by[key]:
                if record.subject is not None:
                    found[record.subject].add(self.numbers.of(key, record.subject))
        return found

    def _was(self, name: str, several: Sequence[Attribute]) -> list[list[Any]]:
        """Return from when on it was what; of changes between which no measure looks, the last."""
        cuts, values = self.asked.attributes[name], self.values[name]
        if cuts.exact or not self.asked.columns[name].coarse:
            return [[one.first or "", values.shown(one.value)] for one in several]
        was: dict[date | str, Literal_] = {}
        for one in several:
            n = bisect_right(cuts.at, one.first) if one.first is not None else 0
            if n < len(cuts.at):
                was[cuts.at[n - 1] if n else ""] = values.shown(one.value)
        return [list(one) for one in was.items()]


class _Values:
    """The values of one column as they are shown."""

    def __init__(self, passport: Passport, name: str, column: Column) -> None:
        self.passport, self.name, self.column = passport, name, column
        self.numbers = sorted(one for one in column.constants if isinstance(one, Decimal))
        self.days = sorted(one for one in column.constants if isinstance(one, date))
        self.words = any(isinstance(one, str) for one in column.constants) and column.larger
        self.other = OTHER
        while self.other in column.constants:
            self.other += OTHER

    def shown(self, value: Literal_) -> Literal_:
        """Return a value, or one of which every comparison says the same."""
        column = self.column
        if not column.coarse or isinstance(value, bool) or value in column.constants:
            return value
        if isinstance(value, str):
            return value if self.words else self._word(value)
        if column.apart or (column.summed and isinstance(value, Decimal)):
            return value
        return self._number(value) if isinstance(value, Decimal) else self._day(value)

    def _word(self, word: str) -> str:
        if not self.column.apart:
            return self.other
        return f"{OTHER}-{keyed(self.passport, self.name, word)[:16]}"

    def _number(self, value: Decimal) -> Decimal:
        n = bisect_right(self.numbers, value)
        below, above = self.numbers[max(0, n - 1) : n], self.numbers[n : n + 1]
        if below and above:
            return EXACT.divide(EXACT.add(below[0], above[0]), Decimal(2))
        if below or above:
            return below[0] + 1 if below else above[0] - 1
        return _SOME[0]

    def _day(self, value: date) -> date:
        n = bisect_right(self.days, value)
        if not self.days:
            return _SOME[1]
        return self.days[n - 1] + timedelta(1) if n else self.days[0] - timedelta(1)


def _only_summed(column: Column) -> bool:
    return column.summed and not column.constants and not column.apart


def _pooled(lines: Sequence[Line], summed: set[str]) -> list[Line]:
    """Return lines of which those that are alike but for what is summed are one."""
    pools: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        values = {
            name: None if name in summed and isinstance(value, Decimal) else value
            for name, value in line.said.get("values", {}).items()
        }
        pools[_text(line.said | {"size": 0, "values": values})].append(line)
    return [_one(pool, summed) for pool in pools.values()]


def _one(pool: Sequence[Line], summed: set[str]) -> Line:
    said = {"n": len(pool)} | pool[0].said
    if "size" in said:
        said["size"] = sum(line.said["size"] for line in pool)
    for name, value in said.get("values", {}).items():
        if name in summed and isinstance(value, Decimal):
            numbers = [line.said["values"][name] for line in pool]
            said["values"] = said["values"] | {name: _sum(numbers)}
    return Line(said, tuple(one for line in pool for one in line.records))


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def _text(said: Mapping[str, Any]) -> str:
    return json.dumps(jsonable(said), ensure_ascii=False, sort_keys=True)


def jsonable(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of an entry as JSON: days of the entry as texts, values marked (`tree.plain`)."""
    found: dict[str, Any] = {
        name: one.isoformat() if isinstance(one, date) else one for name, one in said.items()
    }
    if "stages" in said:
        found["stages"] = {name: day.isoformat() for name, day in sorted(said["stages"].items())}
    if "values" in said:
        found["values"] = {
            name: None if one is None else plain(one) for name, one in said["values"].items()
        }
    return found

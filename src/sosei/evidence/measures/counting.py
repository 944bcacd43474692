"""数える. The meaning of a measure: from entries to an answer that says what is missing in it.

This is the plain reading, entry by entry. Whatever counts faster must give the same answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, localcontext

from sosei.evidence.measures.comparing import COMPARED, compared, months_before
from sosei.evidence.measures.entries import Attribute, Kinded, Record, Register
from sosei.evidence.measures.model import (
    After,
    All,
    At,
    Condition,
    Either,
    Having,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
)
from sosei.evidence.measures.standing import (
    EXACT,
    LATEST,
    OUTSIDE,
    Answer,
    Share,
    asked_year,
    by_answer,
    cell_keys,
    silent,
    stated,
)
from sosei.evidence.measures.windows import days

__all__ = ["Answer", "Book", "Count", "Traced", "comes_after", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced(Answer):
    """答えと、数えた件. `records`: the ids that were counted, in order."""

    records: tuple[int, ...] = ()


def count(
    measure: Measure,
    year: int,
    registers: Mapping[str, Register],
    records: Iterable[Record],
    attributes: Iterable[Attribute] = (),
) -> Traced:
    """Return the answer of a measure for a fiscal year."""
    book = Book(records, attributes)
    counting = Count(measure, year, registers, book)
    kept = counting.kept()
    mute = silent(measure, year, registers, book.answered(asked_year(measure, year)))
    found = stated(measure, year, counting.shares(kept), registers, mute)
    return Traced(
        **{one.name: getattr(found, one.name) for one in fields(found)},
        records=tuple(sorted(record.id for record in kept)),
    )


class Book:
    """帳面. Entries by register, and what is looked up beside them; in order once, for whichever year is asked."""

    def __init__(self, records: Iterable[Record], attributes: Iterable[Attribute] = ()) -> None:
        self.by: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(records, key=lambda r: r.id):
            self.by[record.register].append(record)
        self._attributes: dict[tuple[int, str], list[Attribute]] = defaultdict(list)
        for one in sorted(attributes, key=lambda a: a.first or date.min):
            self._attributes[one.subject, one.name].append(one)
        self._before: dict[After, Mapping[int, list[date]]] = {}

    def attribute(self, subject: int, name: str, day: date) -> Literal_ | None:
        """Return what a subject was on a day; None where nobody said."""
        known = self._attributes.get((subject, name), ())
        was = [one for one in known if one.first is None or one.first <= day]
        return was[-1].value if was else None

    def before(self, after: After) -> Mapping[int, list[date]]:
        """Return the days on which each subject stands in the register that must come first, in order."""
        if after not in self._before:
            found: dict[int, list[date]] = defaultdict(list)
            for record in self.by.get(after.register, ()):
                day = record.first if after.stage is None else record.stages.get(after.stage)
                if record.subject is not None and day is not None:
                    found[record.subject].append(day)
            self._before[after] = {subject: sorted(several) for subject, several in found.items()}
        return self._before[after]

    def answered(self, year: int) -> Mapping[str, set[int | None]]:
        """Return who has an entry for a year, by register."""
        return {
            key: {record.subject for record in records if record.year == year}
            for key, records in self.by.items()
        }


def comes_after(measure: Measure, record: Record, before: Mapping[int, list[date]]) -> bool:
    """Whether the subject of an entry stands in the register that must come first (`before`: its days), early enough."""
    day = record.first if measure.stage is None else record.stages.get(measure.stage)
    if day is None or record.subject is None or measure.after is None:
        return False
    within = measure.after.within
    earliest = date.min if within is None else months_before(day, within)
    known = before.get(record.subject, [])
    at = bisect_left(known, earliest)
    return at < len(known) and known[at] <= day


class Count:
    """One count: a measure, a year's days, and the entries."""

    def __init__(
        self, measure: Measure, year: int, kinds: Mapping[str, Kinded], book: Book
    ) -> None:
        self.m, self.kinds, self.book = measure, kinds, book
        self.days = days(measure.window, year)
        self.asked = asked_year(measure, year)
        self.key = cell_keys(measure.over)

    # -- which entries -------------------------------------------------------------------------------------------------

    def kept(self, among: Iterable[Record] | None = None) -> list[Record]:
        """Return the entries that count; `among`: of these only."""
        if among is None:
            keys = dict.fromkeys(self.m.registers)
            among = [record for key in keys for record in self.book.by.get(key, ())]
        found = [
            record
            for record in among
            if self.in_window(record)
            and (self.m.where is None or self.holds(self.m.where, record))
            and self._after(record)
        ]
        return self._known(found) if self.m.having or self.m.operation == "distinct" else found

    def _known(self, found: Sequence[Record]) -> list[Record]:
        """Keep the entries that say what is counted once, and of these the ones that come up to what is asked."""
        assert self.m.path is not None
        groups: dict[Literal_ | None, list[Record]] = defaultdict(list)
        for record in found:
            groups[self.value(self.m.path, record)].append(record)
        return [
            record
            for value, group in groups.items()
            if value is not None and all(self._up_to(one, group) for one in self.m.having)
            for record in group
        ]

    def in_window(self, record: Record) -> bool:
        """Whether an entry belongs to the year that is asked."""
        kind = self.kinds[record.register].kind
        if self.m.stage is not None:
            return self._reached(record.stages.get(self.m.stage))
        if kind == "survey" or by_answer(self.m):
            return record.year == self.asked
        if isinstance(self.m.window, At) and kind == "roster":
            return _member(record, self.days.last)
        if record.first is None:
            return False
        if kind == "series" and not isinstance(self.m.window, At):
            return record.first in self.days and (record.last or record.first) in self.days
        return self._reached(record.first)

    def _reached(self, day: date | None) -> bool:
        if day is None:
            return False
        return day <= self.days.last if isinstance(self.m.window, At) else day in self.days

    def _after(self, record: Record) -> bool:
        after = self.m.after
        return after is None or comes_after(self.m, record, self.book.before(after))

    def _up_to(self, having: Having, group: Sequence[Record]) -> bool:
        if having.path is None:
            reached = len(group)
        else:
            reached = len({self.value(having.path, r) for r in group} - {None})
        return COMPARED[having.compare](reached, having.number)

    # -- values and conditions -----------------------------------------------------------------------------------------

    def value(self, path: Path, record: Record) -> Literal_ | None:
        """Return a value of an entry or of its subject; None where it is not known."""
        if path.name == "subject" and not path.of_subject:
            return Decimal(record.subject) if record.subject is not None else None
        if not path.of_subject:
            return record.values.get(path.name)
        if record.subject is None:
            return None
        day = record.first if path.asof == "entry" else self.days.last
        return self.book.attribute(record.subject, path.name, day or self.days.last)

    def holds(self, condition: Condition, record: Record) -> bool:
        """Whether a condition holds; what is not known is neither this nor that."""
        match condition:
            case Is(path, compare, wanted):
                value = self.value(path, record)
                return value is not None and compared(value, compare, wanted)
            case OneOf(path, several):
                value = self.value(path, record)
                return value is not None and any(compared(value, "=", one) for one in several)
            case Known(path):
                return self.value(path, record) is not None
            case Not(one):
                return not self.holds(one, record)
            case All(conditions):
                return all(self.holds(one, record) for one in conditions)
            case Either(conditions):
                return any(self.holds(one, record) for one in conditions)

    # -- what they come to ---------------------------------------------------------------------------------------------

    def shares(self, kept: Sequence[Record]) -> dict[str, Share]:
        """Return, by cell, how many entries are kept and what they add up to; what is no sum of entries stands by itself."""
        found: dict[str, Share] = {}
        with localcontext(EXACT):
            for record in kept:
                cell = self._cell(record)
                n, total = found.get(cell, _NONE)
                found[cell] = Share(n + 1, total + self._amount(record))
        if self.m.operation == "distinct":
            found[OUTSIDE] = Share(found.get(OUTSIDE, _NONE).n, self._distinct(kept))
        if self.m.operation == "latest":
            found |= self._latest(kept)
        return found

    def _cell(self, record: Record) -> str:
        if self.m.over is None:
            return OUTSIDE
        return self.key(self.value(self.m.over.path, record), record.first)

    def _amount(self, record: Record) -> Decimal:
        if self.m.operation == "count":
            return Decimal(1)
        if self.m.operation == "people":
            return Decimal(record.size)
        if self.m.operation != "sum":
            return Decimal(0)
        assert self.m.path is not None
        value = self.value(self.m.path, record)
        return value if isinstance(value, Decimal) else Decimal(0)

    def _distinct(self, kept: Sequence[Record]) -> Decimal:
        assert self.m.path is not None
        return Decimal(len({self.value(self.m.path, record) for record in kept}))

    def _latest(self, kept: Sequence[Record]) -> dict[str, Share]:
        """Return the value of the last day, of two for one day the one that was written later."""
        assert self.m.path is not None
        known = [
            (record.last or record.first or date.min, record.id, value)
            for record in kept
            if isinstance(value := self.value(self.m.path, record), Decimal)
        ]
        return {LATEST: Share(1, max(known)[2])} if known else {}


_NONE = Share(0, Decimal(0))


def _member(record: Record, day: date) -> bool:
    return (record.first is None or record.first <= day) and (
        record.last is None or record.last >= day
    )

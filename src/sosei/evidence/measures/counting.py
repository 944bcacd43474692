"""数える. The meaning of a measure: from entries to an answer that says what is missing in it.

This is the plain reading, entry by entry. Whatever counts faster must give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Final

from sosei.core.gaps import Gap
from sosei.evidence.measures.entries import Attribute, Record, Register
from sosei.evidence.measures.model import (
    All,
    At,
    Compare,
    Condition,
    During,
    Either,
    Having,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
    Rounding,
)
from sosei.evidence.measures.windows import Days, days


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """答え. Never a bare number.

    `value` and `gap`: one of them. `so_far`: what is counted up to now where the value is still a gap. `closed`: whether
    the owners of all registers said that nothing is missing. `missing`: cells of a required grid that are not there.
    `silent`: subjects that were asked and did not answer. `records`: the ids that were counted, in order.
    """

    value: Decimal | None
    gap: Gap | None
    so_far: Decimal | None
    closed: bool
    missing: tuple[tuple[str, ...], ...] = ()
    silent: frozenset[int] = frozenset()
    records: tuple[int, ...] = ()


def count(
    measure: Measure,
    year: int,
    registers: Mapping[str, Register],
    records: Iterable[Record],
    attributes: Iterable[Attribute] = (),
) -> Answer:
    """Return the answer of a measure for a fiscal year."""
    counting = _Count(measure, year, registers, records, attributes)
    return counting.answer()


class _Count:
    """One count: the measure, its days, and the entries by register."""

    def __init__(
        self,
        measure: Measure,
        year: int,
        registers: Mapping[str, Register],
        records: Iterable[Record],
        attributes: Iterable[Attribute],
    ) -> None:
        self.m, self.year, self.registers = measure, year, registers
        self.days = days(measure.window, year)
        self.by: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(records, key=lambda r: r.id):
            self.by[record.register].append(record)
        self.attributes: dict[tuple[int, str], list[Attribute]] = defaultdict(list)
        for one in sorted(attributes, key=lambda a: a.first or date.min):
            self.attributes[one.subject, one.name].append(one)

    # -- which entries -------------------------------------------------------------------------------------------------

    def kept(self) -> list[Record]:
        """Return the entries that count."""
        found = [
            record
            for key in dict.fromkeys(self.m.registers)
            for record in self.by[key]
            if self._in_window(record)
            and (self.m.where is None or self.holds(self.m.where, record))
            and self._after(record)
        ]
        return self._having(found) if self.m.having else found

    def _in_window(self, record: Record) -> bool:
        kind = self.registers[record.register].kind
        if self.m.stage is not None:
            return self._reached(record.stages.get(self.m.stage))
        if kind == "survey" or self._by_answer:
            return record.year == self.year + self._shift
        if isinstance(self.m.window, At) and kind == "roster":
            return _member(record, self.days.last)
        if record.first is None:
            return False
        if kind == "series" and not isinstance(self.m.window, At):
            return record.first in self.days and (record.last or record.first) in self.days
        return (
            record.first <= self.days.last
            if isinstance(self.m.window, At)
            else record.first in self.days
        )

    def _reached(self, day: date | None) -> bool:
        if day is None:
            return False
        return day <= self.days.last if isinstance(self.m.window, At) else day in self.days

    @property
    def _by_answer(self) -> bool:
        return isinstance(self.m.window, During) and self.m.window.year == "survey"

    @property
    def _shift(self) -> int:
        return self.m.window.shift if isinstance(self.m.window, (During, At)) else 0

    def _after(self, record: Record) -> bool:
        after = self.m.after
        if after is None:
            return True
        day = record.stages.get(self.m.stage) if self.m.stage is not None else record.first
        if day is None or record.subject is None:
            return False
        earliest = _months_before(day, after.within) if after.within is not None else date.min
        return any(
            other.subject == record.subject and before is not None and earliest <= before <= day
            for other in self.by[after.register]
            for before in [other.stages.get(after.stage) if after.stage else other.first]
        )

    def _having(self, found: list[Record]) -> list[Record]:
        """Keep the entries of those subjects that come up to what is asked."""
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

    def _up_to(self, having: Having, group: Sequence[Record]) -> bool:
        if having.path is None:
            reached = len(group)
        else:
            reached = len({self.value(having.path, r) for r in group} - {None})
        return _COMPARED[having.compare](reached, having.number)

    # -- values and conditions -----------------------------------------------------------------------------------------

    def value(self, path: Path, record: Record) -> Literal_ | None:
        """Return a value of an entry or of its subject; None where it is not known."""
        if path.name == "subject" and not path.of_subject and record.subject is not None:
            return Decimal(record.subject)
        if not path.of_subject:
            return record.values.get(path.name)
        if record.subject is None:
            return None
        day = record.first if path.asof == "entry" else self.days.last
        return self._attribute(record.subject, path.name, day or self.days.last)

    def _attribute(self, subject: int, name: str, day: date) -> Literal_ | None:
        was = [a for a in self.attributes[subject, name] if a.first is None or a.first <= day]
        return was[-1].value if was else None

    def holds(self, condition: Condition, record: Record) -> bool:
        """Whether a condition holds; what is not known is neither this nor that."""
        match condition:
            case Is(path, compare, wanted):
                value = self.value(path, record)
                return value is not None and _compared(value, compare, wanted)
            case OneOf(path, several):
                value = self.value(path, record)
                return value is not None and any(_compared(value, "=", one) for one in several)
            case Known(path):
                return self.value(path, record) is not None
            case Not(one):
                return not self.holds(one, record)
            case All(conditions):
                return all(self.holds(one, record) for one in conditions)
            case Either(conditions):
                return any(self.holds(one, record) for one in conditions)

    # -- the answer ----------------------------------------------------------------------------------------------------

    def answer(self) -> Answer:
        """Count, and say what is missing."""
        kept = self.kept()
        total = self._total(kept)
        missing = self._missing(kept)
        closed = all(map(self._closed, dict.fromkeys(self.m.registers)))
        final = closed and not missing and total is not None
        so_far = None if total is None else self._rounded(total)
        gap = None if final else (Gap.COUNTING if not closed or missing else Gap.NOT_MEASURABLE)
        return Answer(
            value=so_far if final else None,
            gap=gap,
            so_far=None if final else so_far,
            closed=closed,
            missing=missing,
            silent=self._silent(),
            records=tuple(sorted(record.id for record in kept)),
        )

    def _total(self, kept: Sequence[Record]) -> Decimal | None:
        match self.m.operation:
            case "count":
                return Decimal(len(kept))
            case "people":
                return Decimal(sum(record.size for record in kept))
            case "latest":
                return self._latest(kept)
        assert self.m.path is not None
        values = [self.value(self.m.path, record) for record in kept]
        if self.m.operation == "distinct":
            return Decimal(len({value for value in values if value is not None}))
        return sum((v for v in values if isinstance(v, Decimal)), Decimal(0))

    def _latest(self, kept: Sequence[Record]) -> Decimal | None:
        """Return the value of the last day, of two for one day the one that was written later."""
        assert self.m.path is not None
        known = [
            (record.last or record.first or date.min, record.id, value)
            for record in kept
            if isinstance(value := self.value(self.m.path, record), Decimal)
        ]
        return max(known)[2] if known else None

    def _missing(self, kept: Sequence[Record]) -> tuple[tuple[str, ...], ...]:
        over = self.m.over
        if over is None:
            return ()
        there = {
            (str(self.value(over.path, r)), _month(r.first) if over.monthly else "") for r in kept
        }
        months = list(_months(self.days)) if over.monthly else [""]
        return tuple(
            (value, month) if month else (value,)
            for value in over.values
            for month in months
            if (value, month) not in there
        )

    def _closed(self, key: str) -> bool:
        register = self.registers[key]
        if register.kind == "survey" or self._by_answer:
            return self.year + self._shift in register.closed_years
        return register.closed_until is not None and register.closed_until >= self.days.last

    def _silent(self) -> frozenset[int]:
        year = self.year + self._shift
        silent: set[int] = set()
        for key in self.m.registers:
            answered = {record.subject for record in self.by[key] if record.year == year}
            silent |= self.registers[key].expected.get(year, frozenset()) - answered
        return frozenset(silent)

    def _rounded(self, total: Decimal) -> Decimal:
        if self.m.rounded is None:
            return total
        step = Decimal(1).scaleb(-self.m.rounded.digits)
        whole = (total / step).to_integral_value(_ROUNDING[self.m.rounded.how])
        return whole * step


_COMPARED: Final[Mapping[Compare, Callable[[int, int], bool]]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
#: As the sheets round that offices count in (ROUNDDOWN, ROUND, ROUNDUP): down is towards zero, the others away from it.
_ROUNDING: Final[Mapping[Rounding, str]] = {
    "down": ROUND_DOWN,
    "half-up": ROUND_HALF_UP,
    "up": ROUND_UP,
}


def _compared(value: Literal_, compare: Compare, wanted: Literal_) -> bool:
    """Compare two constants of one kind; of two kinds, only what is not the same holds."""
    if type(value) is not type(wanted):
        return compare == "!="
    if compare in ("=", "!="):
        return (value == wanted) == (compare == "=")
    order = -1 if value < wanted else int(value > wanted)  # type: ignore[operator]
    return _COMPARED[compare](order, 0)


def _member(record: Record, day: date) -> bool:
    return (record.first is None or record.first <= day) and (
        record.last is None or record.last >= day
    )


def _months_before(day: date, months: int) -> date:
    """Return the first day from which on something is at most so many months before a day."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    if year < 1:
        return date.min
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _months(of: Days) -> Iterable[str]:
    first = of.first or of.last
    at = first.year * 12 + first.month - 1
    while at <= of.last.year * 12 + of.last.month - 1:
        yield f"{at // 12:04}-{at % 12 + 1:02}"
        at += 1

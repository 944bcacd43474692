"""日の先後. How coarse days may become that are compared with days of another register: for each subject as coarse as can be.

A measure with `after` asks whether the same subject stood there before, by so many months at most. So of each subject all
such days together become the beginnings of their stretches, or of their months, if that leaves every one of these answers
as it was; else they stay. Days of a subject that stands in one of the registers alone are compared with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from sosei.evidence.measures.comparing import months_before
from sosei.evidence.measures.entries import Record
from sosei.evidence.passport.asking import Asked, Cuts, Pair

#: A day as it is shown: of which cuts, which day.
_Shown = Callable[[Cuts, date], date]
#: Of one subject, the days of both registers, with how many months may lie between.
_Compared = tuple[Sequence[tuple[Cuts, date]], Sequence[tuple[Cuts, date]], int | None]


class Ordering:
    """先後. The days of one passport's entries as they may be shown."""

    def __init__(self, asked: Asked, by: Mapping[str, Sequence[Record]]) -> None:
        self._compared: dict[int, list[_Compared]] = defaultdict(list)
        for pair in asked.pairs:
            later = _days(by.get(pair.register, ()), pair.stage)
            before = _days(by.get(pair.after.register, ()), pair.after.stage)
            for subject in later.keys() & before.keys():
                self._compared[subject].append(_of(asked, pair, later[subject], before[subject]))
        self._levels: dict[int | None, _Shown] = {}

    def coarse(self, subject: int | None, cuts: Cuts, day: date) -> date:
        """Return a day as it is shown of a subject's entry."""
        if not cuts.paired:
            return cuts.coarse(day)
        if subject not in self._levels:
            compared = self._compared.get(subject, []) if subject is not None else []
            self._levels[subject] = next(level for level in _LEVELS if _same(level, compared))
        return self._levels[subject](cuts, day)


def _days(records: Sequence[Record], stage: str | None) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for record in records:
        day = record.first if stage is None else record.stages.get(stage)
        if record.subject is not None and day is not None:
            found[record.subject].append(day)
    return found


def _of(asked: Asked, pair: Pair, later: Sequence[date], before: Sequence[date]) -> _Compared:
    cuts = asked.registers[pair.register].day(pair.stage)
    first = asked.registers[pair.after.register].day(pair.after.stage)
    return [(cuts, day) for day in later], [(first, day) for day in before], pair.after.within


def _same(level: _Shown, compared: Sequence[_Compared]) -> bool:
    return all(now == then for one in compared for now, then in _answers(level, one))


def _answers(level: _Shown, compared: _Compared) -> Iterator[tuple[bool, bool]]:
    """Yield whether one day follows another, as they would be shown and as they are."""
    later, before, within = compared
    for cuts, day in later:
        for first, earlier in before:
            shown = _follows(level(cuts, day), level(first, earlier), within)
            yield shown, _follows(day, earlier, within)


def _follows(day: date, before: date, within: int | None) -> bool:
    return before <= day and (within is None or months_before(day, within) <= before)


def _stretch(cuts: Cuts, day: date) -> date:
    return cuts.coarse(day)


def _month(cuts: Cuts, day: date) -> date:
    """Return the first of the month, but nothing before the stretch begins."""
    first = day.replace(day=1)
    return day if cuts.exact else max(first, cuts.begun(day) or first)


def _as_it_is(_cuts: Cuts, day: date) -> date:
    return day


_LEVELS: Final[Sequence[_Shown]] = (_stretch, _month, _as_it_is)

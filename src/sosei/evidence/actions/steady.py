"""締めた答えを守る. What was counted to the end stays so, whatever is said later of those it counts.

An entry's own part in a closed period is held by the register's closing (`closed.within`). What subjects were when, and
who is whom, is asked by measures of many registers' periods: so the answers themselves are held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from sosei.core.fiscal import FiscalYear
from sosei.evidence import models as m
from sosei.evidence.kept import Kept, kept_of
from sosei.evidence.queries.answers import counted_all
from sosei.evidence.refusals import PeriodClosed
from sosei.evidence.stored import closed
from sosei.journal.clock import today

#: As far back as a closed answer is looked for: reports of earlier years are long published.
_YEARS = 30
#: By measure and year, the figure and how many entries it rests on.
Final_ = dict[tuple[int, int], tuple[Decimal, int]]


@contextmanager
def steady(
    body: str, attributes: Collection[str], registers: Collection[str] = ()
) -> Iterator[None]:
    """Within an act: see that no answer of a closed period becomes another by attributes of subjects. Raises PeriodClosed.

    `registers`: also the answers that are counted from these, whatever they ask.
    """
    asking = [
        one
        for one in kept_of(body)
        if (one.attributes.intersection(attributes) or one.registers.keys() & set(registers))
        and _is_closed(one)
    ]
    before = _final(asking)
    yield
    after = _final(asking)
    for one in asking:
        for year in _years():
            if before.get((one.row.pk, year)) != after.get((one.row.pk, year)):
                raise PeriodClosed(register=_called(one), years=[year])


def _is_closed(one: Kept) -> bool:
    states = closed(one.registers.values(), asked=False).values()
    return all(state.closed_until is not None or state.closed_years for state in states)


def _years() -> range:
    this = FiscalYear.of(today()).start
    return range(this - _YEARS, this + 1)


def _final(asking: Sequence[Kept]) -> Final_:
    """Return the answers that are counted to the end."""
    rows: dict[m.Measure, list[int]] = {one.row: list(_years()) for one in asking}
    found = counted_all(rows, silent=False) if rows else {}
    return {
        (pk, year): (answer.value, answer.n)
        for pk, counted in found.items()
        for year, answer in counted.answers.items()
        if answer.value is not None
    }


def _called(one: Kept) -> str:
    return "・".join(register.called() for register in one.registers.values())

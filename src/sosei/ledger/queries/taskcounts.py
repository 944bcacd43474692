"""数えの用件. Figures that say something else than what is counted to the end, or that wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.core.shown import show_number
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.counted import CountShown, counted_differs
from sosei.ledger.queries.taskdesk import MOST, Desk, Found


def counts(desk: Desk) -> Iterator[Found]:
    """数えと記載: one row a figure; whoever may write it sees it first."""
    found = counted_differs(desk.body)[:MOST]
    charge = in_charge({one.entry for one in found}) if found else {}
    for one in found:
        departments = charge[one.entry]
        if desk.sees(set(departments)):
            yield _found(one, departments, desk)


def _found(one: CountShown, departments: frozenset[int], desk: Desk) -> Found:
    ja, en = told(one)
    return Found(
        kind="counted",
        ja=f"「{one.name}」の{ja}",
        en=f"“{one.name}”: {en}",
        page="indicator",
        numbers=(one.line,),
        names=tuple(sorted(map(desk.name, departments))),
        mine=not departments.isdisjoint(desk.writes) or (desk.planning and not departments),
    )


def told(one: CountShown) -> tuple[str, str]:
    """Say what is counted and what is recorded, in both languages."""
    count = (
        f"{show_number(one.answer.value)}{one.unit or ''}" if one.answer.value is not None else ""
    )
    recorded = one.recorded.shown if one.recorded is not None else ""
    if one.waits:
        return f"数えは{count}に決まりました。記載にしてください", f"{count} counted: record it"
    return f"数えは{count}、記載は{recorded}", f"{count} counted, {recorded} recorded"

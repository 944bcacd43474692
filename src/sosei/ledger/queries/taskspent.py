"""数えた経費の用件. Lines of money that say something else than their registers count to the end, or that wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.spent import SpentShown, spent_differs
from sosei.ledger.queries.taskdesk import MOST, Desk, Found


def spent(desk: Desk) -> Iterator[Found]:
    """数えと経費: one row a line; whoever may write it sees it first."""
    found = spent_differs(desk.body)[:MOST]
    charge = in_charge({one.entry for one in found}) if found else {}
    for one in found:
        departments = charge[one.entry]
        if desk.sees(set(departments)):
            yield _found(one, departments, desk)


def _found(one: SpentShown, departments: frozenset[int], desk: Desk) -> Found:
    """Return a task; whoever only looks on is led to the project's page, which everybody sees."""
    ja, en = told(one)
    mine = not departments.isdisjoint(desk.writes) or (desk.planning and not departments)
    return Found(
        kind="counted",
        ja=f"経費「{one.label}」の{ja}",
        en=f"“{one.label}”: {en}",
        page="money" if mine or desk.planning else "entry",
        numbers=(one.entry,),
        names=tuple(sorted(map(desk.name, departments))),
        mine=mine,
    )


def told(one: SpentShown) -> tuple[str, str]:
    """Say what is counted and what is recorded, in both languages."""
    count = one.shown(one.value)
    if one.waits:
        return f"数えは{count}に決まりました。記載にしてください", f"{count} counted: record it"
    recorded = one.shown(one.recorded)
    if one.slip:
        return (
            f"数えは{count}、記載は{recorded}（約{one.slip:,}倍。単位の取り違えかもしれません）",
            f"{count} counted, {recorded} recorded (about {one.slip:,} times: the units may be confused)",
        )
    return f"数えは{count}、記載は{recorded}", f"{count} counted, {recorded} recorded"

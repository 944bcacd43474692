"""数えの用件. Figures and lines of money that say something else than what is counted to the end, or that wait for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sosei.core.shown import show_number
from sosei.evidence.models import Measure
from sosei.evidence.queries.answers import counted_all
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.counted import CountShown, differing_counts, open_counts
from sosei.ledger.queries.spent import differing_spent, open_spent
from sosei.ledger.queries.taskdesk import MOST, Desk, Found
from sosei.ledger.queries.taskspent import spent_found


def counts(desk: Desk) -> Iterator[Found]:
    """数えと記載: one row a figure, one a line of money; whoever may write it sees it first. At most 9 queries."""
    figures, money = open_counts(desk.body), open_spent(desk.body)
    counted = counted_all(_both(figures.wanted, money.wanted), silent=False)
    found = differing_counts(figures, counted)[:MOST]
    spent = differing_spent(money, counted)[:MOST]
    charge = in_charge({one.entry for one in found} | {one.entry for one in spent})
    yield from (made for one in spent for made in spent_found(one, charge[one.entry], desk))
    for one in found:
        departments = charge[one.entry]
        if desk.sees(set(departments)):
            yield _found(one, departments, desk)


def _both(*wanted: Mapping[Measure, list[int]]) -> dict[Measure, set[int]]:
    """Return of which years measures are asked by any of these."""
    years: dict[Measure, set[int]] = defaultdict(set)
    for own in wanted:
        for row, said in own.items():
            years[row].update(said)
    return years


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

"""数えた経費の用件. Lines of money that say something else than their registers count to the end, or that wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.ledger.queries.spent import SpentShown
from sosei.ledger.queries.taskdesk import Desk, Found


def spent_found(one: SpentShown, departments: frozenset[int], desk: Desk) -> Iterator[Found]:
    """数えと経費: a line of money on the desks of those who see it; who cannot write it is led to its project."""
    if not desk.sees(set(departments)):
        return
    ja, en = told(one)
    mine = not departments.isdisjoint(desk.writes) or (desk.planning and not departments)
    yield Found(
        kind="counted", ja=f"経費「{one.label}」の{ja}", en=f"“{one.label}”: {en}",
        page="money" if mine or desk.planning else "entry",
        numbers=(one.entry,), names=tuple(sorted(map(desk.name, departments))), mine=mine,
    )  # fmt: skip


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

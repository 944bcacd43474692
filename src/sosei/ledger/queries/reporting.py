"""報告額を見る. What looks odd about an amount for the State, before it is filed: a thousandfold, a sum that does not agree, a cap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sosei.core.money import show_yen
from sosei.core.schemes import Cap, Scheme, holder_of
from sosei.ledger import models as m
from sosei.ledger.doubts import AmountJump, SumDiffers
from sosei.ledger.queries.facts import home_year, lines_of_money
from sosei.ledger.refusals import LedgerRefusal

_JUMP: Final = 1000
#: How far two amounts may be from a thousandfold and still look like 千円 for 円 (rounding to thousands).
_NEAR: Final = 0.001


def cap_of(entry: m.ProjectYear, scheme: Scheme) -> Cap | None:
    """Return the cap per project that is known and confirmed for an entry, or None."""
    words = " ".join(filter(None, (entry.grant, entry.grant_type)))
    caps = scheme.caps_for(
        holder_of(entry.body), entry.volume.fiscal_year, scheme.type_named(words)
    )
    return next((cap for cap in caps if cap.per == "project" and cap.confirmed), None)


def odd_about(
    decision: m.GrantDecision, yen: int, settled: int | None, total: int | None
) -> Iterator[LedgerRefusal]:
    """Yield what is odd about an amount that is to be reported: jumps first, then what does not add up.

    `total`: what the lines of money add up to.
    """
    others = (
        ("交付決定額", "the decided amount", decision.yen),
        ("対象経費", "the eligible cost", decision.eligible_yen),
        ("決算額", "the settled amount", settled if settled is not None else decision.settled_yen),
        ("経費の合計", "the sum of the lines", total),
    )
    for what, what_en, other in others:
        if other and (factor := _jump(yen, other)):
            yield AmountJump(
                typed=show_yen(yen), what=what, what_en=what_en, other=show_yen(other),
                factor=factor[0], factor_en=factor[1],
            )  # fmt: skip
    for what, what_en, other in others[2:]:
        if other is not None and other != yen:
            yield SumDiffers(
                typed=show_yen(yen), what=what, what_en=what_en, sum=show_yen(other),
                gap=show_yen(yen - other),
            )  # fmt: skip


def _jump(yen: int, other: int) -> tuple[str, str] | None:
    if abs(yen / other / _JUMP - 1) <= _NEAR:
        return "1,000倍", "a thousand times"
    if yen and abs(other / yen / _JUMP - 1) <= _NEAR:
        return "1,000分の1", "a thousandth of"
    return None


def spent(entry: m.ProjectYear) -> int | None:
    """Return what the lines of money add up to for the entry's year (`spent_of`). One query."""
    return spent_of(entry, m.Spending.objects.filter(entry=entry, voided__isnull=True))


def spent_of(entry: m.ProjectYear, spending: Iterable[m.Spending]) -> int | None:
    """Return what the lines of money add up to, ineligible ones left out; None without lines."""
    home = home_year(entry)
    lines = [each for each in lines_of_money(spending, home, home) if each.eligible is not False]
    return sum(line.yen or 0 for line in lines) if lines else None

"""確かさ. Which figures are sure though no printed rate confirms them: each of the four claims is said twice, or plainly.

number: the cell is one figure and nothing else; unit: known, and none that the name gainsays; year: printed with the
figure or its column, or the report's own as printed; role: a wording of its own. And the indicator's figures agree with
each other: one a role and year, of one order of magnitude.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sosei.core.errors import UnreadableFigure
from sosei.core.figures import read_figure
from sosei.core.units import unit_of
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft

#: Figures of one indicator that differ by more are of two units, or of two things.
_WIDEST: Final = 1000
#: A unit in one word, known or not.
_NAMED: Final = re.compile(r"[^\s\d（）()【】「」、。:：]{1,10}")
_POINTS: Final = frozenset({"target", "actual", "cumulative", "baseline"})
#: What a name's ending says of the unit: words in it, and bases of units that it may be counted in.
_KINDS: Final[tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = (
    (re.compile(r"(?:率|割合|比率|シェア)$"), frozenset({"%", "‰", "倍", "ポイント", "割", "人", "件"})),
    (re.compile(r"(?:額|売上高?|費|単価|収入)$"), frozenset({"円", "ドル", "米ドル", "ユーロ", "%", "件"})),
    (re.compile(r"(?:人数|人口|客数)$"), frozenset({"人", "名", "人泊", "人回", "人日", "延人", "延べ人", "組", "世帯", "事業者", "社", "団体", "%"})),
)  # fmt: skip


def trust(draft: IndicatorDraft, unit: str | None, *, dated: bool) -> None:
    """Mark as sure the figures of an indicator that say plainly what they are. `dated`: the report's year is printed."""
    facts = [f for f in draft.facts if f.role in _POINTS and _number(f) is not None]
    if unit is None or not _NAMED.fullmatch(unit) or draft.name is None:
        return
    if not _fits(draft.name.text, unit):
        return
    if not _agrees(facts):
        return
    for fact in facts:
        alone = sum(_key(fact) == _key(other) for other in facts) == 1
        if fact.firm and alone and _is_dated(fact, facts, dated=dated) and _is_plain(fact):
            fact.value = dataclasses.replace(fact.value, sure=True) if fact.value else None


def _number(fact: Fact) -> Decimal | None:
    return fact.value.number if fact.value is not None else None


def _key(fact: Fact) -> tuple[str, int | None, str | None]:
    return fact.role, fact.year, fact.label


def _fits(name: str, unit: str) -> bool:
    """Tell whether a name's ending does not gainsay the unit."""
    plain = re.sub(r"[（(][^（()）]*[)）]\s*", "", name)
    allowed = next((kinds for ending, kinds in _KINDS if ending.search(plain)), None)
    found = unit_of(unit)
    base = found.base if found is not None else unit
    return allowed is None or base.split("/")[0] in allowed


def _agrees(facts: Sequence[Fact]) -> bool:
    """Tell whether an indicator's figures are of one order of magnitude, noughts aside."""
    sizes = [abs(number) for f in facts if (number := _number(f))]
    return not sizes or max(sizes) <= _WIDEST * min(sizes)


def _is_dated(fact: Fact, facts: Sequence[Fact], *, dated: bool) -> bool:
    """Tell whether a figure's year is printed; a base or target claims none, a bare result the report's own, as printed."""
    if fact.year is not None or fact.role in {"baseline", "target"}:
        return not fact.shift
    return dated and fact.label is None and not fact.shift


def _is_plain(fact: Fact) -> bool:
    """Tell whether the cell held one figure and nothing else, and its unit is the indicator's."""
    value = fact.value
    if value is None or value.unit is not None:
        return False
    if value.raw is None:
        return True
    try:
        figure = read_figure(value.raw)
    except UnreadableFigure:
        return False
    return not figure.faults and figure.second is None

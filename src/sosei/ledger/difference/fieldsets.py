"""欄の表. The plain fields of each part of a report, in the order they are shown in: how each is compared, what it weighs.

Figures, sums, lists and free keys are walked by hand (`walking`, `figures`); what is not here is not compared: IDs, raw
spellings, places, whether something is printed or inferred.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sosei.ledger.difference.verdicts import (
    same,
    same_due,
    same_name,
    same_period,
    same_text,
    same_words,
    same_year,
)


@dataclass(frozen=True, slots=True)
class Plain:
    """欄. A field: its name in its class and in the contract, how two of it compare, its weight in telling twins apart."""

    attribute: str
    field: str
    same: Callable[[Any, Any, bool], bool]
    weight: int = 1


def _of(
    name: str, *entries: tuple[str, Callable[[Any, Any, bool], bool], int]
) -> tuple[Plain, ...]:
    return tuple(
        Plain(attribute, f"{name}.{attribute}", how, weight) for attribute, how, weight in entries
    )


REPORT: Final = _of("Report", ("title", same_words, 1), ("chapter", same_words, 1))
PROJECT: Final = _of(
    "Project",
    ("name", same_name, 3),
    ("number", same_text, 3),
    ("kind", same, 1),
    ("grant", same_name, 3),
    ("grant_type", same_name, 2),
    ("period", same_period, 2),
    ("fiscal_year", same_year, 1),
)
INDICATOR: Final = _of(
    "Indicator",
    ("name", same_name, 3),
    ("number", same_text, 3),
    ("parent", same_name, 3),
    ("definition", same_words, 2),
    ("statistic", same_words, 1),
    ("type", same, 1),
    ("direction", same, 1),
    ("year_type", same, 1),
    ("count_kind", same, 2),
    ("baseline_year", same, 1),
)
INDICATOR_END: Final = _of("Indicator", ("rating", same_words, 1), ("note", same_words, 1))
POINT: Final = _of("YearPoint", ("label", same_text, 2), ("due", same_due, 2))
SPENDING: Final = _of(
    "Spending",
    ("label", same_name, 3),
    ("number", same_text, 2),
    ("kind", same, 2),
    ("role", same, 2),
    ("fund", same_name, 2),
    ("shared_by", same, 1),
    ("note", same_words, 1),
)
VERIFICATION: Final = _of(
    "Verification",
    ("body", same_words, 1),
    ("date", same_text, 1),
    ("grade", same_words, 1),
    ("expert_judgement", same_words, 1),
    ("expert_opinion", same_words, 1),
    ("obstacle", same_words, 1),
    ("countermeasure", same_words, 1),
    ("next_policy", same_words, 1),
    ("next_policy_reason", same_words, 1),
)
BODY: Final = _of("Body", ("name", same_text, 1), ("code", same, 1))

"""指標の属性. The columns of a definition that a person writes, what each may hold, and which of them say what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sosei.core.fields import label

#: Columns of a definition that a person writes; those of `MEANING` say what is measured.
WORDS: Final = ("name", "unit", "definition", "statistic", "area", "released")
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "type": ("input", "output", "outcome"),
    "direction": ("up", "down", "keep"),
    "expression": ("level", "increment", "single_year", "cumulative", "point_in_time"),
    "year_type": ("fiscal", "calendar"),
    "count_kind": ("gross", "unique"),
}
MEANING: Final = frozenset(
    {"definition", "statistic", "area", "expression", "year_type", "count_kind", "unit"}
)
COLUMNS: Final = (*WORDS, *CODES, "baseline_year", "adds_over_bodies", "adds_over_years")
_OWN_LABELS: Final = {
    "area": ("対象地域", "area"),
    "released": ("公表時期", "time of release"),
}


def column_name(name: str) -> tuple[str, str]:
    """Return what a column of a definition is called, in Japanese and English."""
    if name in _OWN_LABELS:
        return _OWN_LABELS[name]
    return label(f"Indicator.{name}"), label(f"Indicator.{name}", "en")

"""年度の照合. Which year of one indicator is which of another's: fiscal year, the column's words, the due month.

A year without a number of its own is its project's (`home`); where nobody says the project's, it stays unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sosei.core.report import YearPoint
from sosei.ledger.difference.keys import due_key, name_key
from sosei.ledger.difference.matching import Alignment, How, Row, Traits, Unclear, align, ordered

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Slot:
    """欄の位置. What tells one year of an indicator from another."""

    year: int | None
    label: str | None
    due: Hashable

    @property
    def when(self) -> tuple[int | None, str | None]:
        """Year and words."""
        return self.year, self.label


def slots_of(points: Sequence[YearPoint], home: int | None) -> list[Slot]:
    """Return where each year of an indicator stands."""
    return [
        Slot(
            year_of(point, home),
            None if point.label is None else name_key(point.label),
            None if point.due is None else due_key(point.due),
        )
        for point in points
    ]


def year_of(point: YearPoint, home: int | None) -> int | None:
    """Return the fiscal year that a point belongs to; words of their own (5年目) belong to none that is known."""
    if point.fiscal_year is not None:
        return point.fiscal_year
    return None if point.label else home


@dataclass(frozen=True, slots=True)
class Years:
    """年度の対応. `pairs`: incoming → current. `joins`: a further statement of a year → the first one. `unclear` as usual."""

    pairs: Mapping[int, int]
    unclear: Mapping[int, Unclear] = field(default_factory=dict)
    joins: Mapping[int, int] = field(default_factory=dict)


def in_order(here: Sequence[Slot], there: Sequence[Slot], pairs: Mapping[int, int]) -> list[Row]:
    """Return the years in the order of the merged indicator: a new one at its place in time where the years are in order.

    >>> here, there = [Slot(2021, None, None)], [Slot(2020, None, None), Slot(2022, None, None)]
    >>> in_order(here, there, {})
    [(None, 0), (0, None), (None, 1)]
    """
    rows = ordered(len(here), len(there), pairs)
    years = [slot.year for slot in here if slot.year is not None]
    if years != sorted(years):
        return rows
    new = [row for row in rows if row[0] is None and there[row[1] or 0].year is not None]
    rows = [row for row in rows if row not in new]
    for row in new:
        year = there[row[1] or 0].year or 0
        before = [
            k for k, (i, j) in enumerate(rows) if (_year(here, there, i, j) or year + 1) <= year
        ]
        rows.insert(before[-1] + 1 if before else 0, row)
    return rows


def _year(here: Sequence[Slot], there: Sequence[Slot], i: int | None, j: int | None) -> int | None:
    return here[i].year if i is not None else there[j or 0].year


def align_years(
    here: Sequence[Slot],
    there: Sequence[Slot],
    *,
    partial: bool,
    score: Callable[[int, int], float],
    tired: Callable[[], bool] = lambda: False,
) -> Years:
    """Match the years of two indicators."""
    if len(set(here)) == len(here) == len(there) and list(here) == list(there):
        return Years({n: n for n in range(len(here))})
    joins = _joins(here, there) if partial else {}
    rows = [j for j in range(len(there)) if j not in joins]
    pairs, unclear = dict[int, int](), dict[int, Unclear]()
    for columns, candidates in _groups(here, there, rows):
        found = _one_group(columns, candidates, partial, score, tired)
        pairs |= {candidates[j]: columns[i] for j, i in found.pairs.items()}
        unclear |= {
            candidates[j]: Unclear(one.doubt, tuple(columns[i] for i in one.candidates))
            for j, one in found.unclear.items()
        }
    return Years(pairs, unclear, joins)


def _joins(here: Sequence[Slot], there: Sequence[Slot]) -> dict[int, int]:
    """Return the further statements of a year that the current indicator has at most once."""
    counts = Counter(here)
    first: dict[Slot, int] = {}
    joins = {}
    for j, slot in enumerate(there):
        if slot in first and counts[slot] <= 1:
            joins[j] = first[slot]
        first.setdefault(slot, j)
    return joins


def _groups(
    here: Sequence[Slot], there: Sequence[Slot], rows: Sequence[int]
) -> list[tuple[list[int], list[int]]]:
    """Return the points that may be one another: the only ones of a year, of a year and its words, else of all three."""
    years = _by([s.year for s in here], range(len(here))), _by([s.year for s in there], rows)
    groups = []
    for year, candidates in years[1].items():
        columns = years[0].get(year, [])
        if _only_ones(here, there, columns, candidates):
            groups.append((columns, candidates))
            continue
        whens = _by([s.when for s in here], columns), _by([s.when for s in there], candidates)
        for when, narrower in whens[1].items():
            groups += _same_words(here, there, whens[0].get(when, []), narrower)
    return groups


def _only_ones(
    here: Sequence[Slot], there: Sequence[Slot], columns: list[int], rows: list[int]
) -> bool:
    """Tell whether a year stands once on each side, and not under words that tell the two apart."""
    if not len(columns) == len(rows) == 1:
        return False
    one, other = here[columns[0]], there[rows[0]]
    return one.label == other.label or (
        one.year is not None and (one.label is None or other.label is None)
    )


def _same_words(
    here: Sequence[Slot], there: Sequence[Slot], columns: list[int], rows: list[int]
) -> list[tuple[list[int], list[int]]]:
    if len(columns) == len(rows) == 1:
        return [(columns, rows)]
    dues = _by(list(here), columns), _by(list(there), rows)
    return [(dues[0].get(slot, []), narrower) for slot, narrower in dues[1].items()]


def _one_group(
    columns: Sequence[int],
    rows: Sequence[int],
    partial: bool,
    score: Callable[[int, int], float],
    tired: Callable[[], bool],
) -> Alignment:
    """Match points that nothing but their figures and their order tells apart."""
    twin = Traits(None, "")
    how = How(
        partial=partial,
        score=lambda i, j: score(columns[i], rows[j]),
        allowed=lambda i, j: True,
        apart=lambda i, j: False,
        strict=False,
        alike="no",
        tired=tired,
    )
    return align([twin] * len(columns), [twin] * len(rows), how)


def _by(keys: Sequence[K], among: Iterable[int]) -> dict[K, list[int]]:
    found: dict[K, list[int]] = {}
    for index in among:
        found.setdefault(keys[index], []).append(index)
    return found

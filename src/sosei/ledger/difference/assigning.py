"""割り当て. The best one-to-one assignment of rows to columns, and which of its pairs leave no doubt.

The Hungarian method (Kuhn 1955, in the form with potentials): O(n³) for the larger side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Weight of each pair of a row and a column; None where the two may not be paired. Weights are above zero.
Weights = Sequence[Sequence[float | None]]
#: By how much the best assignment must beat the best one without a pair, for the pair to be beyond doubt.
MARGIN: Final = 0.05
#: Among equals the order decides, by less than any likeness differs.
_ORDER: Final = 1e-9


def assigned(weights: Weights) -> dict[int, int]:
    """Return the pairs (row → column) of greatest total weight; rows and columns without an allowed partner stay out.

    >>> assigned([[0.9, 0.85], [0.88, 0.3]])
    {0: 1, 1: 0}
    >>> assigned([[0.5, 0.5], [0.5, 0.5]])
    {0: 0, 1: 1}
    """
    width = max(map(len, weights), default=0)
    if len(weights) > width:
        turned = [[row[j] for row in weights] for j in range(width)]
        return {i: j for j, i in sorted(assigned(turned).items(), key=lambda pair: pair[1])}
    stays_out = [0.0] * len(weights)
    costs = [
        [0.0 if w is None else _ORDER * (i - j) ** 2 - w for j, w in enumerate(row)] + stays_out
        for i, row in enumerate(weights)
    ]
    chosen = _least(costs)
    return {i: j for i, j in enumerate(chosen) if j < width and weights[i][j] is not None}


def _least(costs: list[list[float]]) -> list[int]:
    """Return the column of each row in the assignment of least cost; there are at least as many columns as rows."""
    height, width = len(costs), len(costs[0]) if costs else 0
    rows, columns = [0.0] * (height + 1), [0.0] * (width + 1)
    owner = [height] * (width + 1)  # of each column; a search begins at the one past the last
    for row in range(height):
        owner[width] = row
        _settle(costs, rows, columns, owner)
    chosen = [0] * height
    for column, row in enumerate(owner[:width]):
        if row < height:
            chosen[row] = column
    return chosen


def _settle(
    costs: list[list[float]], rows: list[float], columns: list[float], owner: list[int]
) -> None:
    """Give the row that owns the extra column a real one, moving others along the cheapest path."""
    height, width = len(costs), len(costs[0])
    least, came = [float("inf")] * width, [width] * width
    done = [False] * (width + 1)
    at = width
    while owner[at] != height:
        done[at] = True
        row, step, following = owner[at], float("inf"), width
        for column in range(width):
            if done[column]:
                continue
            slack = costs[row][column] - rows[row] - columns[column]
            if slack < least[column]:
                least[column], came[column] = slack, at
            if least[column] < step:
                step, following = least[column], column
        _shift(step, rows, columns, owner, done, least)
        at = following
    while at != width:
        owner[at] = owner[came[at]]
        at = came[at]


def _shift(
    step: float,
    rows: list[float],
    columns: list[float],
    owner: list[int],
    done: list[bool],
    least: list[float],
) -> None:
    """Move the potentials by a step, so that one more column can be reached at no cost."""
    for column, reached in enumerate(done):
        if reached:
            rows[owner[column]] += step
            columns[column] -= step
        elif column < len(least):
            least[column] -= step


def certain(weights: Weights, pairs: dict[int, int]) -> set[int]:
    """Return the rows of an assignment whose pair the best assignment cannot do without.

    >>> weights = [[0.9, 0.89]]
    >>> certain(weights, assigned(weights))
    set()
    """
    total = _total(weights, pairs)
    return {i for i, j in pairs.items() if _loss(weights, i, j, total) > MARGIN}


def _loss(weights: Weights, i: int, j: int, total: float) -> float:
    """Return what the best assignment loses without one pair."""
    if _alone(weights, i, j):
        return float("inf")
    without = [list(row) for row in weights]
    without[i][j] = None
    return total - _total(without, assigned(without))


def _alone(weights: Weights, i: int, j: int) -> bool:
    """Tell whether neither the row nor the column of a pair has another partner."""
    return all(w is None for k, w in enumerate(weights[i]) if k != j) and all(
        row[j] is None for k, row in enumerate(weights) if k != i
    )


def _total(weights: Weights, pairs: dict[int, int]) -> float:
    return sum(weights[i][j] or 0.0 for i, j in pairs.items())

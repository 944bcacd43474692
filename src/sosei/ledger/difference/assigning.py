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
    size = max(len(weights), max(map(len, weights), default=0))
    costs = [[0.0] * size for _ in range(size)]
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            if weight is not None:
                costs[i][j] = _ORDER * (i - j) ** 2 - weight
    chosen = _least(costs)
    return {
        i: j
        for i, j in enumerate(chosen[: len(weights)])
        if j < len(weights[i]) and weights[i][j] is not None
    }


def _least(costs: list[list[float]]) -> list[int]:
    """Return the column of each row in the square assignment of least cost."""
    size = len(costs)
    rows, columns = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [size] * (
        size + 1
    )  # of each column: the row; the column past the last is the start of each search
    for row in range(size):
        owner[size] = row
        _settle(costs, rows, columns, owner)
    chosen = [0] * size
    for column, row in enumerate(owner[:size]):
        chosen[row] = column
    return chosen


def _settle(
    costs: list[list[float]], rows: list[float], columns: list[float], owner: list[int]
) -> None:
    """Give the row that owns the extra column a real one, moving others along the cheapest path."""
    size = len(costs)
    least, came = [float("inf")] * size, [size] * size
    done = [False] * (size + 1)
    at = size
    while owner[at] != size:
        done[at] = True
        row, step, following = owner[at], float("inf"), size
        for column in range(size):
            if done[column]:
                continue
            slack = costs[row][column] - rows[row] - columns[column]
            if slack < least[column]:
                least[column], came[column] = slack, at
            if least[column] < step:
                step, following = least[column], column
        _shift(step, rows, columns, owner, done, least)
        at = following
    while at != size:
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

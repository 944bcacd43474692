"""小さい欄を伏せる. Small cells of a breakdown of persons are hidden, and as many more as keep them from being reckoned.

A breakdown is a flow: from a source through the rows, through the columns, to a sink; cells and margins are what flows.
A hidden number is safe when a unit of it can take another way through hidden numbers alone, none falling below zero: then
at least two tables fit all that is published. The cheapest such way is looked for, cell by cell: it hides the smallest
numbers it can, zeros and margins last. The grand total is never hidden: it is the indicator's own (DOMAIN §10b).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import product
from typing import Final

#: Numbers of persons below it are small, zero excepted.
LEAST: Final = 3
#: Of a cell what it is of; of a margin, None where it is the sum over all.
Where = tuple[str | None, ...]
_Node = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """公表する表. Numbers by place, None: hidden. `margins`: of two-way tables, with None for "all"; empty of one-way ones."""

    cells: Mapping[tuple[str, ...], int | None]
    margins: Mapping[Where, int | None]
    total: int

    @property
    def hidden(self) -> frozenset[Where]:
        """Return the places of what is hidden; nobody is told which of them are small."""
        both = (*self.cells.items(), *self.margins.items())
        return frozenset(where for where, number in both if number is None)


@dataclass(frozen=True, slots=True)
class _Arc:
    """流れ. A number between two nodes; `fixed`: it can never be hidden, for it is the total."""

    start: _Node
    end: _Node
    number: int
    fixed: bool = False


def suppressed(table: Mapping[tuple[str, ...], int], least: int = LEAST) -> Published:
    """Return what of a table may be published: one-way {("20代",): 4, …} or two-way {("20代", "東京都"): 4, …}.

    What is not in a two-way table is zero. A table of a single cell is its total, and stays. Raises ValueError where the
    places have more parts, or not equally many, or a number is negative.

    >>> suppressed({("a",): 1, ("b",): 4, ("c",): 9}).cells
    {('a',): None, ('b',): None, ('c',): 9}
    """
    ways = {len(where) for where in table} or {1}
    if not ways <= {1, 2} or len(ways) > 1:
        raise ValueError("one-way and two-way tables")
    if any(number < 0 for number in table.values()):
        raise ValueError("numbers of persons")
    whole = dict(table) if ways == {1} else _completed(table)
    total = sum(whole.values())
    arcs = _one_way(whole) if ways == {1} else _two_way(whole, total)
    hidden = _hidden(arcs, least, total)
    shown = {where: None if where in hidden else arc.number for where, arc in arcs.items()}
    return Published(
        cells={where: shown[where] for where in whole},
        margins={where: number for where, number in shown.items() if None in where},
        total=total,
    )


def _completed(table: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    rows, columns = (dict.fromkeys(where[n] for where in table) for n in (0, 1))
    return {where: table.get(where, 0) for where in product(rows, columns)}


def _one_way(table: Mapping[tuple[str, ...], int]) -> dict[Where, _Arc]:
    source, sink = ("source", ""), ("sink", "")
    return {where: _Arc(source, sink, number) for where, number in table.items()}


def _two_way(table: Mapping[tuple[str, ...], int], total: int) -> dict[Where, _Arc]:
    rows: dict[str, int] = defaultdict(int)
    columns: dict[str, int] = defaultdict(int)
    arcs: dict[Where, _Arc] = {}
    for (row, column), number in table.items():
        rows[row] += number
        columns[column] += number
        arcs[row, column] = _Arc(("row", row), ("column", column), number)
    for row, number in rows.items():
        arcs[row, None] = _Arc(("source", ""), ("row", row), number, fixed=len(rows) == 1)
    for column, number in columns.items():
        arcs[None, column] = _Arc(("column", column), ("sink", ""), number, fixed=len(columns) == 1)
    return arcs


def _hidden(arcs: Mapping[Where, _Arc], least: int, total: int) -> set[Where]:
    """Return the small numbers and those by which they are kept safe."""
    small = [where for where, arc in arcs.items() if 0 < arc.number < least and not arc.fixed]
    small.sort(key=lambda where: (-arcs[where].number, [part or "" for part in where]))
    hidden, safe = set(small), set[Where]()
    for where in small:
        if where not in safe:
            way = _cheapest(arcs, where, hidden, total)
            hidden.update(way)
            safe.update(way)
            if not way:  # the only cell of the table: the total says it
                hidden.discard(where)
    return hidden


def _cheapest(
    arcs: Mapping[Where, _Arc], where: Where, hidden: set[Where], total: int
) -> frozenset[Where]:
    """Return the numbers that take or give a unit of one, itself among them; empty: there are none."""
    steps = _steps(arcs, where, hidden, total)
    arc = arcs[where]
    both = (_way(steps, arc.start, arc.end), _way(steps, arc.end, arc.start))
    found = [way for way in both if way is not None]
    return frozenset({where, *min(found, key=lambda way: way[0])[1]}) if found else frozenset()


_Step = tuple[_Node, int, Where]


def _steps(
    arcs: Mapping[Where, _Arc], left_out: Where, hidden: set[Where], total: int
) -> dict[_Node, list[_Step]]:
    """Return where a unit can go from each node, at what cost: along a number, or back where it is not zero."""
    found: dict[_Node, list[_Step]] = defaultdict(list)
    for where, arc in arcs.items():
        if where == left_out or arc.fixed:
            continue
        cost = 0 if where in hidden else _cost(where, arc.number, total)
        found[arc.start].append((arc.end, cost, where))
        if arc.number:
            found[arc.end].append((arc.start, cost, where))
    return found


def _cost(where: Where, number: int, total: int) -> int:
    """Return what hiding a number costs: itself; a zero more than any number, a margin more than any zero."""
    if None in where:
        return 3 * (total + 1) + number
    return number if number else total + 1


def _way(
    steps: Mapping[_Node, Iterable[_Step]], start: _Node, end: _Node
) -> tuple[int, list[Where]] | None:
    """Return the cheapest way between two nodes, with what it costs."""
    queue: list[tuple[int, _Node]] = [(0, start)]
    best: dict[_Node, int] = {start: 0}
    came: dict[_Node, tuple[_Node, Where]] = {}
    while queue:
        cost, node = heappop(queue)
        if node == end:
            return cost, list(_back(came, start, end))
        if cost > best[node]:
            continue
        for following, more, where in steps.get(node, ()):
            if cost + more < best.get(following, cost + more + 1):
                best[following], came[following] = cost + more, (node, where)
                heappush(queue, (cost + more, following))
    return None


def _back(came: Mapping[_Node, tuple[_Node, Where]], start: _Node, end: _Node) -> Iterator[Where]:
    node = end
    while node != start:
        node, where = came[node]
        yield where

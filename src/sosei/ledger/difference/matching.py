"""照合. Which entry of one list is which of another: by decision, by ID, by name, by a name that is nearly the same.

Never one to two, and never a guess: where same-named entries cannot be told apart, they are left "unclear" and a person
decides. Each step looks at the entries that the step before left, and at nothing that accepting a change could alter, so
that the same file brought in twice is matched the same way twice (docs/adr/0011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sosei.ledger.difference.assigning import assigned, certain
from sosei.ledger.difference.keys import LIKELY, REWORDED, SURE, likeness, same_numbers

Doubt = Literal["twins", "ids", "alike", "many"]
Row = tuple[int | None, int | None]
#: Groups of more pairs than this are not weighed one by one.
MOST: Final = 400
#: Weight of any pair over none, so that likeness decides between pairs only.
_PAIRED: Final = 2.0


@dataclass(frozen=True, slots=True)
class Traits:
    """特徴. What of an entry counts for matching: its ID, its name's key; None where it has none."""

    id: str | None
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """照合の仕方. `score`: what two entries agree in, 1 where the incoming says nothing else. `allowed`: may be one thing.

    `apart`: two entries say for themselves that they are two things. `strict`: a second incoming entry of a name that
    the current list has once is new only if it is `apart`. `decided`: what a person decided (None: a new one).
    `alike`: how names that are not the same are compared: not at all, as names, as passages. `tired`: twins are no
    longer weighed.
    """

    partial: bool
    score: Callable[[int, int], float]
    allowed: Callable[[int, int], bool]
    apart: Callable[[int, int], bool]
    strict: bool = True
    alike: Literal["no", "names", "passages"] = "names"
    decided: Mapping[int, int | None] = field(default_factory=dict)
    tired: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Unclear:
    """決められないもの. Why an incoming entry was not matched, and the entries of the current list it may be."""

    doubt: Doubt
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """対応. `pairs`: incoming → current. `unclear`: by incoming entry. The rest of the incoming entries is new."""

    pairs: Mapping[int, int]
    unclear: Mapping[int, Unclear]

    def rows(self, current: int, incoming: int) -> list[Row]:
        """Return (current, incoming) in the order to show and to merge in, whatever is missing on a side as None."""
        return ordered(current, incoming, self.pairs)


def ordered(current: int, incoming: int, pairs: Mapping[int, int]) -> list[Row]:
    """Keep the current order; put what is new behind its neighbour, at the end where it has none.

    >>> ordered(2, 3, {0: 0, 2: 1})
    [(0, 0), (None, 1), (1, 2)]
    >>> ordered(2, 2, {1: 1})
    [(0, None), (None, 0), (1, 1)]
    """
    first = next((pairs[j] for j in range(incoming) if j in pairs), None)
    behind: dict[int | None, list[int]] = {}
    anchor: int | None = None
    for j in range(incoming):
        if j in pairs:
            anchor = pairs[j]
        else:
            behind.setdefault(anchor, []).append(j)
    back = {i: j for j, i in pairs.items()}
    rows: list[Row] = []
    for i in range(current):
        if i == first:
            rows.extend((None, j) for j in behind.pop(None, ()))
        rows.append((i, back.get(i)))
        rows.extend((None, j) for j in behind.get(i, ()))
    rows.extend((None, j) for j in behind.get(None, ()))
    return rows


class _Matching:
    """One list on its way to being matched: the pairs found so far, and what is left on each side."""

    def __init__(self, current: Sequence[Traits], incoming: Sequence[Traits], how: How) -> None:
        self.current, self.incoming, self.how = current, incoming, how
        self.pairs: dict[int, int] = {}
        self.unclear: dict[int, Unclear] = {}
        self.left = set(range(len(current)))
        self.open = set(range(len(incoming)))
        self.names: tuple[set[str | None], set[str | None]] = (set(), set())

    def pair(self, pairs: Iterable[tuple[int, int]]) -> None:
        for j, i in pairs:
            self.pairs[j] = i
            self.left.discard(i)
            self.open.discard(j)

    def doubt(self, doubt: Doubt, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Leave entries to a person; where two editions are compared nobody decides, and they are two."""
        columns = tuple(sorted(columns))
        for j in rows:
            self.open.discard(j)
            if self.how.partial:
                self.unclear[j] = Unclear(doubt, columns)
        self.left -= set(columns)

    def by_decision(self) -> None:
        decided = self.how.decided
        self.pair((j, i) for j, i in decided.items() if i is not None and i in self.left)
        self.open -= set(decided)

    def by_id(self) -> None:
        """Pair what has the same ID; an ID that stands twice in a list is none."""
        ids = _known_ids(self.current, self.incoming)
        here = {self.current[i].id: i for i in self.left if self.current[i].id in ids}
        self.pair(
            [(j, here[self.incoming[j].id]) for j in self.open if self.incoming[j].id in here]
        )

    def by_name(self) -> None:
        """Pair what has the same name, each name for itself."""
        here, there = _by_key(self.current, self.left), _by_key(self.incoming, self.open)
        self.names = set(here), set(there)
        for key, rows in there.items():
            if columns := here.get(key):
                self._same_name(columns, rows)

    def _same_name(self, columns: list[int], rows: list[int]) -> None:
        if self._in_order(columns, rows):
            self.pair(zip(rows, columns, strict=True))
        elif len(rows) * len(columns) > MOST or self.how.tired():
            self._many(columns, rows)
        else:
            self._weighed(columns, rows)

    def _in_order(self, columns: list[int], rows: list[int]) -> bool:
        """Tell whether as many on each side agree one by one: one and one, or twins of which none changed."""
        how, pairs = self.how, list(zip(columns, rows, strict=False))
        if len(columns) != len(rows) or not all(how.allowed(i, j) for i, j in pairs):
            return False
        return len(rows) == 1 or all(how.score(i, j) == 1 for i, j in pairs)

    def _many(self, columns: list[int], rows: list[int]) -> None:
        fits = all(self.how.allowed(i, j) for i, j in zip(columns, rows, strict=False))
        if fits and (len(columns) == len(rows) or not self.how.partial):
            self.pair(zip(rows, columns, strict=False))
        else:
            self.doubt("many", rows, columns)

    def _weighed(self, columns: list[int], rows: list[int]) -> None:
        """Pair twins by what they say: as many on each side as they agree best, else only where no doubt is left."""
        how = self.how
        scores = [[how.score(i, j) if how.allowed(i, j) else None for i in columns] for j in rows]
        weights = [[None if s is None else _PAIRED + s for s in row] for row in scores]
        found = assigned(weights)
        missing = [k for k in range(len(rows)) if k not in found]
        if missing and len(found) < len(columns):
            self._apart(columns, rows, found)
        elif self._beyond_doubt(scores, weights, found, missing, columns, rows):
            self.pair((rows[k], columns[n]) for k, n in found.items())
            self.open -= {rows[k] for k in missing}  # a further one of its name: new
        else:
            self.doubt("twins", rows, columns)

    def _apart(self, columns: list[int], rows: list[int], found: Mapping[int, int]) -> None:
        """Leave a name to a person of which both sides hold entries that may not be one thing."""
        if not self.how.partial:
            self.pair((rows[k], columns[n]) for k, n in found.items())
        self.doubt(
            "ids", [j for j in rows if j in self.open], [i for i in columns if i in self.left]
        )

    def _beyond_doubt(
        self,
        scores: Sequence[Sequence[float | None]],
        weights: Sequence[Sequence[float | None]],
        found: dict[int, int],
        missing: Sequence[int],
        columns: Sequence[int],
        rows: Sequence[int],
    ) -> bool:
        how = self.how
        if not how.partial or len(rows) == len(columns):
            return True
        if how.strict and not all(how.apart(i, rows[k]) for k in missing for i in columns):
            return False
        same = all(scores[k][n] == 1 for k, n in found.items())
        return same or certain(weights, found) == set(found)

    def by_likeness(self) -> None:
        """Pair what has nearly the same name, where neither name stands on the other side."""
        here, there = self.names
        columns = [i for i in sorted(self.left) if self.current[i].key not in there]
        rows = [j for j in sorted(self.open) if self.incoming[j].key not in here]
        edges = {(j, i): s for j in rows for i in columns if (s := self._likeness(i, j))}
        while edges:
            new = self._clear_pairs(edges)
            if not new:
                break
            self.pair(new)
            gone, taken = {j for j, _ in new}, {i for _, i in new}
            edges = {e: s for e, s in edges.items() if e[0] not in gone and e[1] not in taken}
        if self.how.alike == "names":
            for j in sorted({j for j, _ in edges}):
                self.doubt("alike", [j], [i for k, i in edges if k == j])

    def _likeness(self, i: int, j: int) -> float:
        """Return how alike two names are; 0 where that is too little for what else is said."""
        one, other = self.current[i].key, self.incoming[j].key
        if one is None or other is None or not self.how.allowed(i, j):
            return 0.0
        found = likeness(one, other)
        if self.how.alike == "passages":
            return found if found >= REWORDED else 0.0
        if not same_numbers(one, other):
            return 0.0
        if found >= SURE or (found >= LIKELY and self.how.score(i, j) > 0.5):
            return found
        return 0.0

    def _clear_pairs(self, edges: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
        """Return the pairs of the best assignment that leave no doubt, group of linked names by group."""
        new: list[tuple[int, int]] = []
        for rows, columns in _linked(edges):
            if len(rows) * len(columns) > MOST:
                continue
            weights = [[edges.get((j, i)) for i in columns] for j in rows]
            found = assigned(weights)
            new += [(rows[k], columns[found[k]]) for k in sorted(certain(weights, found))]
        return new


def align(current: Sequence[Traits], incoming: Sequence[Traits], how: How) -> Alignment:
    """Match two lists."""
    matching = _Matching(current, incoming, how)
    matching.by_decision()
    matching.by_id()
    matching.by_name()
    if how.alike != "no":
        matching.by_likeness()
    return Alignment(matching.pairs, matching.unclear)


def _known_ids(current: Sequence[Traits], incoming: Sequence[Traits]) -> set[str]:
    """Return the IDs that stand at most once in each list."""
    counts = (Counter(t.id for t in side if t.id is not None) for side in (current, incoming))
    one, other = counts
    return {id for id in one.keys() | other.keys() if one[id] <= 1 and other[id] <= 1}


def known(current: Sequence[Traits], incoming: Sequence[Traits]) -> Callable[[int, int], bool]:
    """Return the question whether two entries have IDs that tell them apart."""
    ids = _known_ids(current, incoming)

    def apart(i: int, j: int) -> bool:
        one, other = current[i].id, incoming[j].id
        return one in ids and other in ids and one != other

    return apart


def _by_key(traits: Sequence[Traits], among: Iterable[int]) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for index in sorted(among):
        found.setdefault(traits[index].key, []).append(index)
    return found


def _linked(edges: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Return rows and columns of the edges, group by group of those that hang together."""
    columns_of: dict[int, set[int]] = {}
    rows_of: dict[int, set[int]] = {}
    for j, i in edges:
        columns_of.setdefault(j, set()).add(i)
        rows_of.setdefault(i, set()).add(j)
    groups = []
    while columns_of:
        rows, columns, new = set[int](), set[int](), {next(iter(columns_of))}
        while new:
            rows |= new
            reached = {i for j in new for i in columns_of.pop(j)} - columns
            columns |= reached
            new = {j for i in reached for j in rows_of[i]} - rows
        groups.append((sorted(rows), sorted(columns)))
    return groups

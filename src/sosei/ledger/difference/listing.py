"""一覧の突き合わせ. How the entries of two lists are matched and walked, and what only one side has is noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Self

from sosei.ledger.difference.figures import IndicatorWalk
from sosei.ledger.difference.matching import How, align, known
from sosei.ledger.difference.model import Part
from sosei.ledger.difference.recording import Scope, Tally
from sosei.ledger.difference.sides import Names

Visit = Callable[[Any, Any, Any, Scope], None]


class ListWalk(IndicatorWalk):
    """The part of a walk that looks at lists."""

    def parts(
        self,
        step: str,
        part: Part,
        both: tuple[Sequence[Any], Sequence[Any]],
        scope: Scope,
        names: Names,
        visit: Visit,
    ) -> None:
        """Match two lists of parts and walk what was matched; what only one side has is one change."""
        one, other = both
        if not one and not other:
            return
        how = self._how(step, both, scope, names, visit)
        found = align([names.traits(p) for p in one], [names.traits(p) for p in other], how)
        for i, j in found.rows(len(one), len(other)):
            if i is None and j is not None:
                at = scope.step(None, f"{step}/{j}", **names.called(other[j]))
                if doubt := found.unclear.get(j):
                    places = tuple(f"{scope.here}/{step}/{k}" for k in doubt.candidates)
                    self.unclear(at, part, other[j], doubt.doubt, places)
                else:
                    self.record(at, names.field, part, names.new, (None, other[j]), weight=3)
            elif i is not None and j is not None:
                at = scope.step(f"{step}/{i}", f"{step}/{j}", **names.called(one[i]))
                self.paired(at)
                visit(self, one[i], other[j], at)
            elif i is not None and not self.partial:
                at = scope.step(f"{step}/{i}", None, **names.called(one[i]))
                self.record(at, names.field, part, ("removed", ()), (one[i], None), weight=3)

    def _how(
        self,
        step: str,
        both: tuple[Sequence[Any], Sequence[Any]],
        scope: Scope,
        names: Names,
        visit: Visit,
    ) -> How:
        one, other = both
        strangers = known([names.traits(p) for p in one], [names.traits(p) for p in other])

        @cache
        def score(i: int, j: int) -> float:
            if self.budget.spent:
                return 0.0
            probe = self.probe()
            visit(probe, one[i], other[j], scope.step(f"{step}/{i}", f"{step}/{j}"))
            assert probe.tally is not None
            return probe.tally.score

        return How(
            partial=self.partial,
            score=score,
            allowed=lambda i, j: (
                not (self.partial and strangers(i, j)) and not names.differ(one[i], other[j])
            ),
            apart=lambda i, j: strangers(i, j) or names.apart(one[i], other[j]),
            strict=names.strict,
            alike=names.alike,
            decided=self._decided(step, scope),
            tired=lambda: self.budget.spent,
        )

    def _decided(self, step: str, scope: Scope) -> dict[int, int | None]:
        """Return what a person decided about the entries of a list."""
        here, there = f"{scope.here}/{step}/", f"{scope.there}/{step}/"
        found: dict[int, int | None] = {}
        for path, ours in self.options.decided.items():
            entry = path.removeprefix(there)
            if entry != path and entry.isdigit():
                found[int(entry)] = None if ours is None else int(ours.removeprefix(here))
        return found

    def probe(self) -> Self:
        """Return a walk that only counts."""
        walk = type(self)(self.options, Tally(), self.budget)
        walk.homes = self.homes
        return walk

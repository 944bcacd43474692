"""記録. Where a walk over two reports writes what it finds: as changes, or only counted, to tell how far two parts agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sosei.core.report import Places, Said, Value
from sosei.ledger.difference.model import Change, Part
from sosei.ledger.difference.verdicts import Units, Verdict, is_result
from sosei.ledger.difference.words import NOBODY, About

#: Reasons of a change that leaves the figure as it is.
_DETAILS: Final = frozenset({"finalised", "state", "detail"})


@dataclass(frozen=True, slots=True)
class Options:
    """条件. How two reports are compared; see `difference`."""

    partial: bool
    settled: Callable[[str], bool] | None = None
    decided: Mapping[str, str | None] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """範囲. The part that is looked at: its path on either side (None where it has none), its names, its place."""

    here: str | None
    there: str | None
    about: About = NOBODY
    place: Places = ()

    def step(self, here: str | None, there: str | None, **names: Any) -> Scope:
        """Return the scope one step further in; a step that is None leads nowhere on its side."""
        return Scope(
            None if here is None or self.here is None else f"{self.here}/{here}",
            None if there is None or self.there is None else f"{self.there}/{there}",
            replace(self.about, **names) if names else self.about,
        )


@dataclass(slots=True)
class Found:
    """見つけたもの. The changes in order, and what was matched with what."""

    changes: list[Change] = field(default_factory=list)
    pairs: dict[str, str] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """集計. How much of what the incoming part says stands already. What is new weighs half of what contradicts."""

    agreed: float = 0
    said: float = 0

    def count(self, kind: str, weight: int) -> None:
        """Count one field."""
        self.said += weight / 2 if kind in {"added", "removed"} else weight
        self.agreed += weight if kind == "unchanged" else 0

    @property
    def score(self) -> float:
        """From 0 to 1; 1 exactly where nothing is added, changed or removed."""
        return self.agreed / self.said if self.said else 1.0


@dataclass(slots=True)
class Budget:
    """手間の上限. How many fields may be looked at to tell twins apart; thousands of twins in one file are for a person."""

    left: int = 200_000

    @property
    def spent(self) -> bool:
        """Tell whether no more is to be looked at."""
        return self.left <= 0


class Recorder:
    """記録係. What every part of a walk shares: the options, and where what is found goes."""

    def __init__(
        self, options: Options, tally: Tally | None = None, budget: Budget | None = None
    ) -> None:
        """Count into `tally` where one is given, else keep the changes."""
        self.options, self.tally, self.found = options, tally, Found()
        self.budget = budget or Budget()
        self.partial = options.partial

    def record(
        self,
        scope: Scope,
        field: str,
        part: Part,
        verdict: Verdict | None,
        both: tuple[Any, Any],
        *,
        units: Units = (None, None),
        weight: int = 1,
    ) -> None:
        """Note what was found of a field (or, without a field, of a part) whose path on either side is the scope's."""
        if verdict is None:
            return
        kind, reasons = verdict
        if self.tally is not None:
            self.tally.count(kind, weight)
            self.budget.left -= 1
            return
        before, after = both
        if kind == "changed" and not _DETAILS & set(reasons) and self._settled(scope, before):
            kind, reasons = "conflict", ("settled", *reasons)
        there = None if after is None else scope.there
        self.found.changes.append(
            Change(
                id=there if there is not None and kind != "removed" else f"-{scope.here}",
                kind=kind,
                part=part,
                field=field,
                about=scope.about,
                here=scope.here,
                there=there,
                before=before,
                after=after,
                units=units,
                place=getattr(after, "place", ()) or scope.place,
                reasons=reasons,
            )
        )

    def _settled(self, scope: Scope, before: Any) -> bool:
        """Tell whether somebody confirmed what stands; a gap is there to be filled."""
        settled = self.options.settled
        if not self.partial or settled is None or scope.here is None:
            return False
        return (not isinstance(before, Value) or is_result(before)) and settled(scope.here)

    def unclear(
        self, scope: Scope, part: Part, after: Any, doubt: str, candidates: tuple[str, ...]
    ) -> None:
        """Note a part that was not matched because a person has to say which one it is."""
        if self.tally is not None:
            self.tally.count("unclear", 1)
            return
        self.found.changes.append(
            Change(
                id=scope.there or "",
                kind="unclear",
                part=part,
                about=scope.about,
                there=scope.there,
                after=after,
                place=getattr(after, "place", ()),
                reasons=(doubt,),
                candidates=candidates,
            )
        )

    def paired(self, scope: Scope) -> None:
        """Note that the two sides of a scope are one thing."""
        if self.tally is None and scope.here is not None and scope.there is not None:
            self.found.pairs[scope.there] = scope.here

    def joined(self, scope: Scope, first: Scope) -> None:
        """Note that a part is a further statement of another incoming one."""
        if self.tally is None and scope.there is not None and first.there is not None:
            self.found.joins[scope.there] = first.there


def text_of(said: Said | None) -> str | None:
    """Return words that may be absent."""
    return None if said is None else said.text

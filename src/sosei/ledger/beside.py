"""並べて見る. What a file proposes beside the book as it is now: the difference, and what of it needs a second look."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sosei.core.report import Said, Value
from sosei.ledger import models as m
from sosei.ledger.difference import Change, Difference, difference
from sosei.ledger.incoming import Incoming, current_paths
from sosei.ledger.queries.questions import in_unit, shown
from sosei.ledger.queries.view import View, view_of

#: Stages at which a planning officer has looked at an entry: another figure is a conflict.
_CONFIRMED: Final = frozenset({"planning", "accepted"})
#: Ways in which a figure came from a person of the office, not from a file that anybody could publish.
_OWN: Final = ("typed", "inquiry")


@dataclass(frozen=True)
class Beside:
    """並べたもの. The book's report, what comes, and their difference. `changed_since`: ids whose figure in the book is not what was asked about."""

    view: View
    incoming: Incoming
    difference: Difference
    changed_since: frozenset[str] = frozenset()

    @cached_property
    def base(self) -> str:
        """The hash of what differs: the same as long as a person would see the same."""
        loud = sorted(digest(c) for c in self.difference.changes if c.kind != "unchanged")
        return hashlib.sha256("".join(loud).encode()).hexdigest()

    def entry_of(self, change: Change) -> int | None:
        """Return the number of the entry that a change is about; None: a new one, or the report as a whole."""
        parts = (change.here or "").split("/")
        if len(parts) > 2 and parts[1] == "projects":
            return self.view.entries[int(parts[2])].entry
        return self._entry_there((change.there or "").split("/"))

    def _entry_there(self, parts: list[str]) -> int | None:
        """Return the entry of what is new within a project that was matched."""
        if len(parts) < 4 or parts[1] != "projects":
            return None
        here = self.difference.pairs.get(f"/projects/{parts[2]}")
        return None if here is None else self.view.entries[int(here.split("/")[2])].entry


def digest(change: Change) -> str:
    """Return what tells whether a change still is what a person saw."""
    said = "\x1f".join((change.kind, change.before_ja, change.after_ja, *change.reasons))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def beside(
    volume: m.Volume, incoming: Incoming, kind: str, *, entries: tuple[int, ...] | None = None
) -> Beside:
    """Set what a file proposes beside a volume as it is now; 13 queries.

    `entries`: those that the file can be about, where that is known: to look at, never to apply.
    """
    view = view_of(volume, entries=entries)
    decided = current_paths(view, incoming.decided)
    compare = _Compare(view, incoming, decided, volume.fiscal_year)
    if kind == "answer":
        plain = compare.with_settled(None)
        since = frozenset(change.id for change in plain.changes if _moved_on(change, incoming))
        paths = {c.here for c in plain.changes if c.id in since}
        return Beside(view, incoming, compare.with_settled(paths.__contains__), since)
    confirmed = _confirmed(view)
    return Beside(view, incoming, compare.with_settled(confirmed))


@dataclass(frozen=True)
class _Compare:
    view: View
    incoming: Incoming
    decided: dict[str, str | None]
    year: int

    def with_settled(self, settled: Callable[[str], bool] | None) -> Difference:
        return difference(
            self.view.report, self.incoming.report, partial=True, settled=settled,
            decided=self.decided, year=self.year,
        )  # fmt: skip


def _moved_on(change: Change, incoming: Incoming) -> bool:
    """Whether the book holds something else than when the department was asked."""
    was = incoming.was.get(change.id)
    if was is None or change.field == "Project.activities":
        return False
    return stands(change) != was


def stands(change: Change) -> str:
    """Return what stands in the book, in the words of a question (`Question.now`)."""
    before = change.before
    if isinstance(before, Value):
        blank = before.gap is not None and before.gap.value == "blank"
        return "" if blank else shown(before, change.units[0]) or ""
    if isinstance(before, Said):
        return before.text
    if isinstance(before, int) and change.field == "Spending.yen":
        return in_unit(before, change.units[0]) or ""
    return ""


def _confirmed(view: View) -> Callable[[str], bool]:
    """Return whether what stands at a path was confirmed: looked at by planning, or entered by a person."""
    prefixes = tuple(
        f"/projects/{i}/" for i, entry in enumerate(view.entries) if entry.stage in _CONFIRMED
    )
    own = frozenset(_own_paths(view))
    return lambda path: path.startswith(prefixes) or path in own


def _own_paths(view: View) -> Iterator[str]:
    points = {p for entry in view.entries for line in entry.lines for p in line.points}
    rows = m.Value.objects.filter(
        point__in=points, origin__in=_OWN, until__isnull=True, voided__isnull=True
    ).values_list("point", "role")
    typed: dict[int, set[str]] = {}
    for point, role in rows:
        typed.setdefault(point or 0, set()).add(role)
    for i, entry in enumerate(view.entries):
        for k, line in enumerate(entry.lines):
            for n, point in enumerate(line.points):
                yield from (
                    f"/projects/{i}/indicators/{k}/years/{n}/{role}"
                    for role in typed.get(point, ())
                )

"""組織と年度の変わり目にしたこと. Departments that came, ended or passed on, and roll-overs: who did them, whether they were taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sosei.core.fields import Lang
from sosei.journal.clock import now
from sosei.journal.models import Entry
from sosei.journal.undo import VERB as UNDO
from sosei.journal.verbs import called
from sosei.ledger.models import Volume
from sosei.offices.models import Department, Person

#: What can be taken back as one → the verb that whoever does so must be allowed.
TURNS: Final = {
    "department.add": "office.arrange",
    "department.correct": "office.arrange",
    "department.close": "office.arrange",
    "department.reopen": "office.arrange",
    "department.succeed": "office.arrange",
    "department.reassign": "office.arrange",
    "year.roll": "year.roll",
    "year.settle": "year.roll",
    "scheme.rename": "year.roll",
}
_MOST: Final = 30
#: Older things are built on by then: a year and what comes after its end.
_RECENT: Final = timedelta(days=400)
#: So many of the departments that a line wrote are named.
_NAMED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """一つの行い. `about`: the departments or years it wrote; `needs`: the permission to take it back; `undone`: by which line it was."""

    seq: int
    at: datetime
    verb: str
    who: str
    rows: int
    needs: str
    undone: int | None
    about: tuple[str, ...] = ()

    def called(self, lang: Lang = "ja") -> str:
        """Return what was done."""
        return called(self.verb, lang)


def turns_of(body: str) -> tuple[Turn, ...]:
    """Return the newest ones first; 5 queries."""
    recent = Entry.objects.filter(body=body, verb__in=TURNS, at__gte=now() - _RECENT)
    lines = list(recent.order_by("-seq")[:_MOST])
    undone = {
        line.facts.get("undoes"): line.seq
        for line in Entry.objects.filter(
            body=body, verb=UNDO, seq__gt=lines[-1].seq if lines else 0
        ).defer("rows")
    }
    names = dict(
        Person.objects.filter(body=body, pk__in={line.by for line in lines if line.by}).values_list(
            "pk", "name"
        )
    )
    about = _about(lines)
    return tuple(
        Turn(
            seq=line.seq, at=line.at, verb=line.verb, who=names.get(line.by or 0, ""),
            rows=len(line.rows), needs=TURNS[line.verb], undone=undone.get(line.seq),
            about=about[line.seq],
        )
        for line in lines
    )  # fmt: skip


def _about(lines: Sequence[Entry]) -> dict[int, tuple[str, ...]]:
    """Return which departments and volumes each line wrote, by name."""
    called: dict[tuple[str, int], str] = {}
    for kind in (Department, Volume):
        wanted = {row[1] for line in lines for row in line.rows if row[0] == kind.table()}
        found = kind._default_manager.in_bulk(wanted)
        called |= {(kind.table(), pk): row.called() for pk, row in found.items()}
    return {
        line.seq: tuple(
            dict.fromkeys(called[row[0], row[1]] for row in line.rows if (row[0], row[1]) in called)
        )[:_NAMED]
        for line in lines
    }

"""年度の変わり目にしたこと. Successions and roll-overs of late, with who did them and whether they were taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sosei.core.fields import Lang
from sosei.journal.models import Entry
from sosei.journal.undo import VERB as UNDO
from sosei.journal.verbs import called
from sosei.offices.models import Person

#: What can be taken back as one → the verb that whoever does so must be allowed.
TURNS: Final = {
    "department.succeed": "office.arrange",
    "department.reassign": "office.arrange",
    "year.roll": "year.roll",
    "year.settle": "year.roll",
    "scheme.rename": "year.roll",
}
_MOST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """一つの行い. `needs`: the permission to take it back; `undone`: by which line it was."""

    seq: int
    at: datetime
    verb: str
    who: str
    rows: int
    needs: str
    undone: int | None

    def called(self, lang: Lang = "ja") -> str:
        """Return what was done."""
        return called(self.verb, lang)


def turns_of(body: str) -> tuple[Turn, ...]:
    """Return the newest ones first; 3 queries."""
    lines = list(Entry.objects.filter(body=body, verb__in=TURNS).order_by("-seq")[:_MOST])
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
    return tuple(
        Turn(
            seq=line.seq, at=line.at, verb=line.verb, who=names.get(line.by or 0, ""),
            rows=len(line.rows), needs=TURNS[line.verb], undone=undone.get(line.seq),
        )
        for line in lines
    )  # fmt: skip

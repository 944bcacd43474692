"""証跡の持ち出し. Writing the journal out is itself in the journal: by whom, in which form, how narrowed."""

from __future__ import annotations

from dataclasses import asdict

from sosei.journal.acts import act
from sosei.journal.queries import Wanted
from sosei.offices.models import Person
from sosei.offices.permissions import require


def note_export(*, by: Person, form: str, wanted: Wanted) -> None:
    """証跡の書き出しを記録する. `form`: csv, jsonl; `wanted`: which lines.  Raises NotAllowed."""
    require(by, "journal.see")
    asked = {name: str(said) for name, said in asdict(wanted).items() if said not in (None, "")}
    facts = {"form": form, **asked}
    with act("journal.export", body=by.body, by=by.pk, facts=facts, always=True):
        pass

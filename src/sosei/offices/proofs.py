"""人の証明. Keyed digests of who a person is, kept in the journal's lines: a name changed behind the program's back is found.

No name stands in the journal. A digest is made with a salt of the person's own, which goes when his name is erased:
from then on nobody can try names out on the old lines, not even who has the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sosei.journal.acts import Act
from sosei.offices.models import Person

#: What of a person is proven: all that says who he is and when he serves. A password proves itself.
PROVEN: Final = ("body", "login", "name", "reading", "email", "joins_on", "leaves_on", "is_active")
#: Under which name the digests stand among the facts of a line: person → column → digest.
FACT: Final = "proofs"

Proofs = dict[str, str]


def proofs_of(
    person: Person, columns: Iterable[str], digest: Callable[[Mapping[str, Any]], str]
) -> Proofs:
    """Return the digests of a person's columns."""
    return {
        column: digest(
            {
                "salt": person.salt,
                "person": person.pk,
                "column": column,
                "value": _plain(person, column),
            }
        )
        for column in columns
        if column in PROVEN
    }


def _plain(person: Person, column: str) -> Any:
    """Return a value as its column gives it back."""
    field = person._meta.get_field(column)
    value = getattr(person, column)
    return field.to_python(value) if value is not None else None  # type: ignore[union-attr]


def prove(w: Act, person: Person, columns: Iterable[str] = PROVEN) -> None:
    """Keep in the line of an act what a person's columns now hold; those that the act wrote, and no others."""
    made = proofs_of(person, columns, w.proof)
    if made:
        w.facts.setdefault(FACT, {}).setdefault(str(person.pk), {}).update(made)

"""行い. What was done to entries of the book: found by the rows that were written, whatever a line says it is about.

A grid is saved about a volume, a file is applied about itself, many entries are moved at once: the line's subject is not
the entry, but the line names every row it wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import TextField, Value

from sosei.journal.models import Entry, Fact
from sosei.journal.verbs import called
from sosei.ledger import models as m
from sosei.ledger.queries.touched import OF_ENTRY
from sosei.offices.models import Person

#: Rows beside those of the report that belong to an entry, and the way from each to it.
_BESIDE: Final[tuple[tuple[type[Fact], str], ...]] = (
    (m.Step, "entry"),
    (m.Waiver, "entry"),
    (m.Opinion, "entry"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """行い. One line of the journal: when, who, what."""

    seq: int
    at: datetime
    by: str
    ja: str
    en: str


def deeds_of(
    body: str, entries: Collection[int], *, after: int, before: datetime, without: Collection[str]
) -> dict[int, list[Deed]]:
    """Return what was done to entries after a line and before a moment, by entry, the first first; 3 queries.

    `without`: verbs that are left out.
    """
    owners = _owners(entries)
    about = {f"ledger.projectyear:{pk}": {pk} for pk in entries}
    about |= {f"ledger.line:{pk}": found for (table, pk), found in owners.items() if table == "ledger.line"}  # fmt: skip
    lines = Entry.objects.filter(body=body, seq__gt=after, at__lt=before).exclude(verb__in=without)
    touching: list[tuple[Entry, set[int]]] = []
    for line in lines.order_by("seq").iterator(chunk_size=100):
        touched = about.get(line.subject, set()).union(
            *(owners.get((row[0], row[1]), ()) for row in line.rows)
        )
        line.rows = []  # they can be many, and have said what they had to say
        if touched:
            touching.append((line, touched))
    found: dict[int, list[Deed]] = defaultdict(list)
    said = as_deeds([line for line, _ in touching])
    for (_, touched), deed in zip(touching, said, strict=True):
        for entry in touched:
            found[entry].append(deed)
    return found


def _owners(entries: Collection[int]) -> Mapping[tuple[str, int], set[int]]:
    """Return the entries that each row belongs to, by table and number; a year's figure may belong to several."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for pk in entries:
        found[m.ProjectYear.table(), pk].add(pk)
    first, *rest = (
        kind._default_manager.filter(**{f"{way}__in": list(entries)})
        .order_by()
        .values_list("pk", way, Value(kind.table(), output_field=TextField()))
        for kind, way in (*OF_ENTRY, *_BESIDE)
    )
    for pk, entry, table in first.union(*rest):
        found[table, pk].add(entry)
    return found


def as_deeds(lines: Iterable[Entry]) -> Iterator[Deed]:
    """Yield lines of the journal as deeds; 1 query."""
    said = list(lines)
    people = {line.by for line in said if line.by is not None}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    for line in said:
        yield Deed(
            seq=line.seq, at=line.at, by=names.get(line.by or 0, ""),
            ja=called(line.verb), en=called(line.verb, "en"),
        )  # fmt: skip

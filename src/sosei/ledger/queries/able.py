"""誰が変えられたか. Who could have written a part of an entry at a moment: by the roles, deputies, stages and exemptions as they were then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from sosei.journal.past import as_of
from sosei.ledger import models as m
from sosei.ledger.flow import Group, lock, writes_as_planning
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Assignment, Department, Deputy, Person
from sosei.offices.permissions import Held, covers, roles

#: The right that each group of an entry's fields asks for.
VERBS: Final[dict[Group, str]] = {
    "entry": "entry.write", "value": "value.record", "money": "money.record",
    "verification": "verification.write", "definition": "definition.change",
    "experts": "verification.write",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Able:
    """変えられた人. By which role, in which department, in whose stead."""

    person: str
    ja: str
    en: str
    department: str | None
    instead: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """そのときの記載. `departments`: in charge; `opened`, `exempt`: by a correction, for a time."""

    name: str
    stage: str
    volume_stage: str
    departments: frozenset[int]
    opened: bool
    exempt: bool


def able_to_write(body: str, entry: int, at: datetime, group: Group = "value") -> tuple[Able, ...]:
    """Return who could have written a group of an entry's fields at a moment; 10 queries. Raises NoSuchThing."""
    then = entry_then(body, entry, at)
    names = dict(Department.objects.filter(body=body).values_list("pk", "name"))
    found = {
        (who, held): Able(
            person=who, ja=roles()[held.role].ja, en=roles()[held.role].en,
            department=names.get(held.department or 0), instead=instead,
        )
        for who, held, instead in _holders(body, at)
        if held.role in roles() and _could(held, then, group)
    }  # fmt: skip
    return tuple(sorted(found.values(), key=lambda one: (one.person, one.ja)))


def _could(held: Held, then: Then, group: Group) -> bool:
    free = lock(
        volume=then.volume_stage, entry=then.stage, planning=writes_as_planning({held.role}),
        group=group, opened=then.opened, exempt=then.exempt,
    ) is None  # fmt: skip
    return free and covers(held, VERBS[group], then.departments)


def entry_then(body: str, entry: int, at: datetime) -> Then:
    """Return how far an entry was at a moment, and who was in charge. Raises NoSuchThing."""
    rows = as_of(m.ProjectYear.objects.filter(body=body, pk=entry), at)
    if not rows:
        raise NoSuchThing(what="その時点の事業の記載")
    (volume,) = as_of(m.Volume.objects.filter(pk=rows[0].volume_id), at)
    charges = as_of(m.Charge.objects.filter(entry=entry), at)
    exempt = as_of(m.Exemption.objects.filter(entry=entry), at)
    return Then(
        name=rows[0].called(),
        stage=rows[0].stage,
        volume_stage=volume.stage,
        departments=frozenset(c.department_id for c in charges if c.department_id is not None),
        opened=_opened(volume, entry, at),
        exempt=any(one.until > at for one in exempt),
    )


def _opened(volume: m.Volume, entry: int, at: datetime) -> bool:
    """Whether the correction that was under way then had opened the entry."""
    if volume.stage != "correcting":
        return False
    steps = m.Step.objects.filter(
        volume=volume, since__lte=at, verb__in=["entry.open", "volume.publish", "volume.drop_correction"]
    ).order_by("pk")  # fmt: skip
    opened = False
    for verb, which in steps.values_list("verb", "entry"):
        opened = (opened or which == entry) if verb == "entry.open" else False
    return opened


def _holders(body: str, at: datetime) -> Iterator[tuple[str, Held, str | None]]:
    """Yield who held a role at a moment (name, role, for whom), as it was registered then."""
    day = timezone.localtime(at).date()
    people = {p.pk: p for p in Person.objects.filter(body=body)}

    def there(pk: int) -> bool:
        person = people[pk]
        return person.joins_on <= day and (person.leaves_on is None or person.leaves_on >= day)

    held = [
        row
        for row in as_of(Assignment.objects.filter(body=body), at)
        if row.first_day <= day and (row.last_day is None or row.last_day >= day)
    ]
    for row in held:
        if there(row.person_id):
            yield people[row.person_id].name, Held(role=row.role, department=row.department_id), None  # fmt: skip
    for stand in as_of(Deputy.objects.filter(body=body), at):
        if stand.first_day <= day <= stand.last_day and there(stand.deputy_id):
            for row in held:
                if row.person_id == stand.person_id:
                    role = Held(role=row.role, department=row.department_id, instead=row.person_id)
                    yield people[stand.deputy_id].name, role, people[stand.person_id].name

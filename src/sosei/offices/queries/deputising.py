"""代理を決める権限. What naming somebody's deputy needs: a deputyship hands on no more than its namer may give."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sosei.journal.clock import today
from sosei.offices.models import Assignment, Person
from sosei.offices.permissions import ADMIN, Need, roles


def naming(whose: Person, first: date, last: date) -> list[Need]:
    """Return what naming a person's deputy over some days needs; any role held on any of them counts; 1 query."""
    rows = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first),
        person=whose, first_day__lte=last, voided__isnull=True,
    )  # fmt: skip
    held = set(rows.values_list("role", "department"))
    if any(role == ADMIN for role, _ in held):
        return [Need("person.arrange")]
    own = {place for role, place in held if place and roles()[role].scope == "own"}
    needs = [Need("deputy.name", frozenset({place})) for place in sorted(own)]
    if not held or any(roles()[role].scope == "all" for role, _ in held):
        needs.insert(0, Need("deputy.name", frozenset()))
    return needs


def may_name_deputy(by: Person, person: int) -> bool:
    """Whether a person may name somebody's deputy today."""
    whose = Person.objects.filter(pk=person, body=by.body).first()
    if whose is None:
        return False
    return all(need.met(by) for need in naming(whose, today(), today()))

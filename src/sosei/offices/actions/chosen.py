"""選ばれたもの. Rows of the person's own body by their numbers; what belongs to another body is not found."""

from __future__ import annotations

from datetime import date

from sosei.offices.models import Assignment, Department, Deputy, Person
from sosei.offices.refusals import Forgotten, NoSuchDepartment, NoSuchPerson, WrongDays


def department_of(by: Person, number: int) -> Department:
    """Return a department. Raises NoSuchDepartment."""
    found = Department.objects.filter(pk=number, body=by.body, voided__isnull=True).first()
    if found is None:
        raise NoSuchDepartment
    return found


def person_of(by: Person, number: int) -> Person:
    """Return a person. Raises NoSuchPerson."""
    found = Person.objects.filter(pk=number, body=by.body).first()
    if found is None:
        raise NoSuchPerson
    return found


def named_person_of(by: Person, number: int) -> Person:
    """Return a person whose name was not erased, so that what is written of him is proven with his salt. Raises NoSuchPerson, Forgotten."""
    found = person_of(by, number)
    if not found.salt:
        raise Forgotten
    return found


def assignment_of(by: Person, number: int) -> Assignment:
    """Return an assignment with its person. Raises NoSuchPerson."""
    found = (
        Assignment.objects.select_related("person", "department")
        .filter(pk=number, body=by.body, voided__isnull=True)
        .first()
    )
    if found is None:
        raise NoSuchPerson
    return found


def deputy_of(by: Person, number: int) -> Deputy:
    """Return a deputyship with its people. Raises NoSuchPerson."""
    found = (
        Deputy.objects.select_related("person", "deputy")
        .filter(pk=number, body=by.body, voided__isnull=True)
        .first()
    )
    if found is None:
        raise NoSuchPerson
    return found


def in_order(what: str, first: date, last: date | None) -> None:
    """Refuse a span that ends before it begins. Raises WrongDays."""
    if last is not None and last < first:
        raise WrongDays(what=what, first=first, last=last)

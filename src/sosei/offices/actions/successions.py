"""承継の行い. Whose work goes to whom from a day on: one to one, one to many, many to one.

Only the offices' own tables are written here; entries, inquiries and values follow in `ledger.actions.reassign`, in
the same act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sosei.journal.acts import Act
from sosei.offices.actions.chosen import department_of
from sosei.offices.actions.departments import new_department
from sosei.offices.models import Department, Person, Succession
from sosei.offices.refusals import NothingNamed, NotStanding, SucceededAlready
from sosei.offices.succession import NewDepartment, eve


@dataclass(frozen=True, slots=True)
class Succeeded:
    """承継. The rows of one succession: who ends (or stays, where `stays`), who follows."""

    old: tuple[Department, ...]
    new: tuple[Department, ...]
    on: date


def succeed_departments(
    w: Act,
    *,
    by: Person,
    old: Sequence[int],
    new: Sequence[int | NewDepartment],
    on: date,
    stays: bool = False,
) -> Succeeded:
    """Write who succeeds whom within an act; the old end on the day before, unless they stay beside the new.

    Raises NothingNamed, NoSuchDepartment, NotStanding, SucceededAlready, CodeTaken.
    """
    if not old or not new:
        raise NothingNamed
    ending = tuple(department_of(by, number) for number in dict.fromkeys(old))
    _standing(ending, eve(on))
    if not stays:
        for row in ending:
            w.change(row, last_day=eve(on))
    following = tuple(_new(w, by, one, on, ending) for one in dict.fromkeys(new))
    _standing(following, on)
    for before in ending:
        for after in following:
            _succeed(w, before, after, on)
    return Succeeded(ending, following, on)


def _standing(rows: tuple[Department, ...], day: date) -> None:
    for row in rows:
        if not row.stands_on(day):
            raise NotStanding(name=row.name, day=day)


def _new(
    w: Act, by: Person, one: int | NewDepartment, on: date, ending: tuple[Department, ...]
) -> Department:
    """Return a department that follows; one set up now is a planning department where it follows one."""
    if isinstance(one, int):
        return department_of(by, one)
    planning = any(row.planning for row in ending)
    return new_department(w, code=one.code, name=one.name, first_day=on, planning=planning)


def _succeed(w: Act, before: Department, after: Department, on: date) -> None:
    if Succession.objects.filter(old=before, new=after, voided__isnull=True).exists():
        raise SucceededAlready(old=before.name, new=after.name)
    w.add(Succession(old=before, new=after, on=on))

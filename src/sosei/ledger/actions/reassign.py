"""仕事の引継ぎ. When departments pass on, what they hold and have not finished goes to who follows: all at once, one act.

Words of published years stay as they were printed; in a volume that is still collected, the printed name of a
department that ended becomes that of its successor, where it named that department alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sosei.core.errors import Stale
from sosei.core.text import fold
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.april import April, april_of, due_of, work_key
from sosei.ledger.queries.holdings import Holdings, holdings_of, unnamed_charges
from sosei.ledger.turnings import NothingToMove
from sosei.offices.actions.assignments import new_assignment
from sosei.offices.actions.departments import end_with
from sosei.offices.actions.personal import keep_an_admin
from sosei.offices.actions.successions import Succeeded, succeed_departments
from sosei.offices.models import Assignment, Department, Person
from sosei.offices.permissions import require
from sosei.offices.succession import NewDepartment, eve

#: In this stage of a volume, printed names may still change without a paper that says otherwise.
_COLLECTING: Final = "collecting"


def succeed(
    *,
    by: Person,
    old: Sequence[int],
    new: Sequence[int | NewDepartment],
    on: date,
    stays: bool = False,
    choices: Mapping[str, str] | None = None,
    seen: str | None = None,
) -> Succeeded:
    """課を承継する. The old end, the new begin, their people and their unfinished work go over; one act.

    Before the day, only departments and people are written, with their days; the work follows by `reassign` from the
    day on. `seen`: the stamp of the preview. Raises NotAllowed, Stale, OwnAdmin, LastAdmin, and what `succeed_departments` raises.
    """
    require(by, "office.arrange")
    plan = april_of(by.body, old=old, new=new, on=on, stays=stays, choices=choices)
    if seen is not None and seen != plan.stamp:
        raise Stale(what="引き継ぐ仕事")
    with act("department.succeed", body=by.body, by=by.pk, subject="offices.succession") as w:
        held = holdings_of(by.body, old)
        done = succeed_departments(w, by=by, old=old, new=new, on=on, stays=stays)
        places = _places(new, done)
        if not stays:
            _move_people(w, by, plan, places, on)
        if on <= today():
            w.facts["moved"] = _Mover(w, plan, places).move(held)
        w.facts |= {"old": [row.pk for row in done.old], "new": [row.pk for row in done.new]}
    return done


def reassign(
    *, by: Person, choices: Mapping[str, str] | None = None, seen: str | None = None
) -> int:
    """残っている仕事を引き継ぐ. What lies with departments that are gone goes to who follows; return how many rows.

    Raises NotAllowed, Stale, NothingToMove.
    """
    require(by, "office.arrange")
    plan = due_of(by.body, on=today(), choices=choices)
    if seen is not None and seen != plan.stamp:
        raise Stale(what="引き継ぐ仕事")
    gone = Department.objects.filter(body=by.body, last_day__lt=today(), voided__isnull=True)
    places = {f"d{row.pk}": row for row in Department.objects.filter(body=by.body)}
    with act("department.reassign", body=by.body, by=by.pk, subject="offices.succession") as w:
        mover = _Mover(w, plan, places)
        moved = mover.move(holdings_of(by.body, list(gone.values_list("pk", flat=True))))
        moved += mover.name(unnamed_charges(by.body))
        w.facts["moved"] = moved
        if not moved:
            raise NothingToMove
    return moved


def _places(new: Sequence[int | NewDepartment], done: Succeeded) -> dict[str, Department]:
    """Return the departments by the tokens of the preview."""
    tokens = (
        f"d{one}" if isinstance(one, int) else f"n{i}" for i, one in enumerate(dict.fromkeys(new))
    )
    return dict(zip(tokens, done.new, strict=True))


def _move_people(
    w: Act, by: Person, plan: April, places: Mapping[str, Department], on: date
) -> None:
    """Let people go where their work goes; the last administrator's role does not end on the way."""
    for posting in plan.postings:
        number = int(posting.key.partition(":")[2])
        row = Assignment.objects.select_related("person").get(pk=number)
        place, last = places.get(posting.chosen), row.last_day
        if place is None:
            keep_an_admin(by, row.person, frozenset({row.pk}), eve(on))
        end_with(w, row, eve(on))
        if place is not None:
            new_assignment(w, row.person, row.role, place, max(on, row.first_day), last)


class _Mover:
    """Writes where everything goes. Rows whose work nobody takes over stay where they are."""

    def __init__(self, w: Act, plan: April, places: Mapping[str, Department]) -> None:
        self.w, self.places, self.choice = w, places, plan.choice()
        self.names = {row.pk: row.name for row in Department.objects.filter(body=w.body)}

    def move(self, held: Holdings) -> int:
        before = len(self.w.rows)
        self._charges(held.charges)
        for line in held.lines:
            place = self._work(line.entry.project_id, line.owed_by_id)
            if place is not None:
                self.w.change(line, owed_by_id=place.pk)
        for value in held.values:
            assert value.point is not None
            place = self._work(value.point.indicator.project_id, value.owed_by_id)
            if place is not None:
                self.w.change(value, owed_by_id=place.pk)
        for opinion in held.promises:
            project = opinion.entry.project_id if opinion.entry else 0
            place = self._work(project, opinion.department_id)
            if place is not None:
                self.w.change(opinion, department_id=place.pk)
        self._parts(held.parts)
        return len(self.w.rows) - before

    def name(self, charges: Sequence[m.Charge]) -> int:
        """Name departments for charges whose words name none; the words stay."""
        before = len(self.w.rows)
        for charge in charges:
            place = self.places.get(self.choice.get(f"charge:{charge.pk}", ""))
            if place is not None:
                self.w.change(charge, department_id=place.pk)
        return len(self.w.rows) - before

    def _work(self, project: int, old: int | None) -> Department | None:
        key = work_key(project, old) if old is not None else ""
        return self.places.get(self.choice.get(key, ""))

    def _charges(self, charges: Sequence[m.Charge]) -> None:
        """Hand over entries; two departments of an entry that merge become one name there."""
        there = _in_charge(charges)
        for charge in charges:
            place = self._work(charge.entry.project_id, charge.department_id)
            if place is None:
                continue
            collecting = charge.entry.volume.stage == _COLLECTING
            if collecting and place.pk in there.setdefault(charge.entry_id, set()):
                self.w.void(charge, reason=f"「{charge.text}」は「{place.name}」に承継したため")
                continue
            old = self.names.get(charge.department_id or 0, "")
            alone = collecting and fold(charge.text) == fold(old)
            words: dict[str, Any] = {"text": place.name, "trace": {}} if alone else {}
            self.w.change(charge, department_id=place.pk, **words)
            there.setdefault(charge.entry_id, set()).add(place.pk)

    def _parts(self, parts: Sequence[m.InquiryPart]) -> None:
        """Hand over inquiries; the file that was sent still comes back by its own mark."""
        for part in parts:
            place = self.places.get(self.choice.get(f"part:{part.pk}", ""))
            if place is not None:
                first = part.asked_as_id or part.department_id
                self.w.change(part, department_id=place.pk, asked_as_id=first)


def _in_charge(charges: Sequence[m.Charge]) -> dict[int, set[int]]:
    """Return the departments that entries have besides the ones that are handed over."""
    moving = {charge.pk for charge in charges}
    found: dict[int, set[int]] = {}
    rows = m.Charge.objects.filter(
        entry__in={charge.entry_id for charge in charges}, department__isnull=False,
        voided__isnull=True,
    ).values_list("pk", "entry", "department")  # fmt: skip
    for pk, entry, department in rows:
        if pk not in moving and department is not None:
            found.setdefault(entry, set()).add(department)
    return found

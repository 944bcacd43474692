"""調査票を送ったことの記録. To whom a survey's sheets went, on which day, and until when an answer is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.refusals import PeriodClosed
from sosei.evidence.stored import closed
from sosei.journal.acts import act
from sosei.offices.models import Person
from sosei.offices.permissions import require


def record_sent(
    *, by: Person, register: int, year: int, subjects: Collection[int], sent: date, due: date | None
) -> int:
    """送付を記録する. Of those asked for a year; the latest sending counts. Returns of how many something changed.

    `due`: None leaves the day as it stands. Raises NotAllowed, NoSuchRow, PeriodClosed.
    """
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    with act("survey.send", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        if year in closed([row])[row.key].closed_years:
            raise PeriodClosed(register=row.called(), years=[year])
        asked = m.Asked.objects.filter(
            register=row, year=year, voided__isnull=True, subject__in=subjects
        )
        changed = 0
        for one in asked.order_by("pk"):
            until = due or one.due_on
            if (one.sent_on, one.due_on) != (sent, until):
                w.change(one, sent_on=sent, due_on=until)
                changed += 1
        w.facts["count"] = changed
    return changed

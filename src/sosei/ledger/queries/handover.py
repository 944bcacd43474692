"""引継書のもと. Everything that whoever takes over a department, or from a person, must know; at most 19 queries.

What is in its charge, what is open with its day, why definitions were changed and grades decided otherwise, which locks
are lifted, what was promised to experts, whom to ask, and where things are.
"""

from __future__ import annotations

from sosei.core.fields import Lang
from sosei.ledger.queries.handload import Load, load_of
from sosei.ledger.queries.handparts import parts_of
from sosei.offices.models import Department, Person
from sosei.offices.permissions import covers, roles
from sosei.offices.queries.standing import held_last, office_of
from sosei.publishing.handover import HandOver
from sosei.publishing.inquiry.days import day_shown


def handover_of_department(
    body: str, department: int, lang: Lang = "ja", *, looked: bool = False
) -> HandOver | None:
    """Return the paper of a department; of a planning division, of the whole body. None where there is no such one.

    `looked`: with the findings that are open, which are looked for anew where something changed.
    """
    row = Department.objects.filter(pk=department, body=body, voided__isnull=True).first()
    if row is None:
        return None
    load = load_of(body, [row], whole=row.planning, lang=lang, looked=looked)
    return _paper(body, row.name, load)


def handover_of_person(
    body: str, person: int, lang: Lang = "ja", *, looked: bool = False
) -> HandOver | None:
    """Return the paper of a person: of the departments where he holds a role, or held one on his last day in service.

    None where there is no such person.
    Who does not see the book (an expert, an administrator) has nothing of it to hand over. `looked`: with the findings
    that are open, which are looked for anew where something changed.
    """
    row = Person.objects.filter(pk=person, body=body).first()
    if row is None:
        return None
    held = held_last(row)
    sees = any(covers(one, "book.see", None) for one in held)
    where = {one.department for one in held if one.department is not None} if sees else set()
    rows = list(Department.objects.filter(pk__in=where, voided__isnull=True))
    whole = sees and any(roles()[one.role].scope == "all" for one in held)
    load = load_of(body, rows, whole=whole, lang=lang, looked=looked)
    return _paper(body, row.name, load)


def _paper(body: str, whose: str, load: Load) -> HandOver:
    office = office_of(body)
    return HandOver(
        office=office.name if office else "",
        whose=whose,
        day=load.day,
        lang=load.lang,
        intro=_intro(load),
        parts=tuple(parts_of(load)),
        fictional=office.fictional if office else False,
    )


def _intro(load: Load) -> tuple[str, ...]:
    scope = [d.name for d in load.departments]
    if load.lang == "en":
        about = "the whole body" if load.whole else ", ".join(scope)
        return (f"Made from the book as of {day_shown(load.day, 'en')}, for {about}.",)
    about = "全庁" if load.whole else "・".join(scope) or "配属のない人"
    return (
        f"台帳の{day_shown(load.day)}現在の内容から作りました。対象は{about}です。"
        "期限のあるものは期日の早い順に並んでいます。",
    )

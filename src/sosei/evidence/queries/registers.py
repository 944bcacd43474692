"""台帳の一覧と登録の頁. What a body's registers are, and their entries a page at a time: filtered, sorted, searched.

A page is asked for by the last row of the page before (`after`), so that the thousandth page costs what the first does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from django.db.models import (
    Case,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record, Register
from sosei.evidence.queries.asking import Asked, equal, where
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import closed, kind

#: Entries of a page.
PAGE: Final = 50
#: Counting goes no further: beyond it a page says "or more".
MOST_COUNTED: Final = 10_000
Sort = Literal["number", "first", "place", "sort"]
_COLUMNS: Final[Mapping[Sort, tuple[str, ...]]] = {
    "number": ("number",), "first": ("first", "number"), "place": ("place", "first", "number"),
    "sort": ("sort", "first", "number"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterShown:
    """台帳. `stamp`: of its definition; `entries`: how many are in force, up to `MOST_COUNTED` and one."""

    pk: int
    stamp: int
    kind: RegisterKind
    department: int
    department_name: str
    keep_years: int | None
    entries: int
    state: Register
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """登録. `content`: id of the content in force, which a form says it saw. `who`: the organisation's name; of a person, none.

    `person`: it is about one. `corporate`: the organisation's corporate number.
    """

    content: int
    record: Record
    who: str | None
    since: datetime
    source: str | None
    at: str
    gone: bool = False
    reason: str = ""
    until: datetime | None = None
    batch: int = 0
    person: bool = False
    corporate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """登録の頁. `more`: what asks for the next page; `total`: up to `MOST_COUNTED` and one."""

    rows: tuple[EntryRow, ...]
    more: str | None
    total: int


def registers(body: str) -> tuple[RegisterShown, ...]:
    """Return the registers of a body, by name."""
    rows = list(_rows(body))
    states = closed(rows)
    found = [_shown(row, states[row.key]) for row in rows]
    return tuple(sorted(found, key=lambda one: one.kind.ja))


def register(body: str, pk: int, *, ended: bool = False) -> RegisterShown:
    """Return a register; `ended`: also one that is no longer kept. Raises NoSuchRow."""
    row = _one(_rows(body, ended=ended), pk)
    return _shown(row, closed([row])[row.key])


def _row(body: str, pk: int) -> m.Register:
    return _one(m.Register.objects.filter(body=body, voided__isnull=True), pk)


def _one(rows: QuerySet[m.Register], pk: int) -> m.Register:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NoSuchRow(what="台帳", number=pk)
    return row


def _rows(body: str, *, ended: bool = False) -> QuerySet[m.Register]:
    """Return a body's registers in use, each with how many entries it has (`counted`); `ended`: all."""
    own = m.Entry.objects.filter(m.entries.CURRENT, register=OuterRef("pk")).order_by()
    found = m.Register.objects.filter(body=body).select_related("department")
    found = found if ended else found.filter(voided__isnull=True)
    return found.annotate(counted=_HowMany(own.values("pk")[: MOST_COUNTED + 1]))


class _HowMany(Subquery):
    """How many rows another question gives, asked within one: a list of registers is one question."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def _shown(row: m.Register, state: Register) -> RegisterShown:
    counted: int = row.counted  # type: ignore[attr-defined]  # annotated in `_rows`
    return RegisterShown(
        pk=row.pk, stamp=row.stamp, kind=kind(row), department=row.department_id,
        department_name=row.department.name, keep_years=row.keep_years, entries=counted, state=state,
        ended=row.voided,
    )  # fmt: skip


def _counted(rows: QuerySet[m.Entry]) -> int:
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def entries(body: str, pk: int, asked: Asked | None = None) -> EntryPage:
    """Return a page of a register's entries; sorted by a column, only those that say it. Raises NoSuchRow."""
    said, row = asked or Asked(), _row(body, pk)
    found = m.Entry.objects.filter(m.entries.CURRENT, register=row).filter(where(row, said))
    columns, back = _order(said.sort)
    ordered = found.filter(**{f"{c}__isnull": False for c in columns}).order_by(
        *(f"-{c}" if back else c for c in columns)
    )
    marks = list(
        ordered.filter(_beyond(columns, back, said.after)).values_list("pk", *columns)[: PAGE + 1]
    )
    # By their keys alone: asked for all the rest again, SQLite reads the whole register to find fifty.
    chosen = m.Entry.objects.filter(pk__in=[pk for pk, *_ in marks[:PAGE]])
    here = {one.content: one for one in rows_shown(row, chosen)}
    return EntryPage(
        rows=tuple(here[pk] for pk, *_ in marks[:PAGE]),
        more=_mark(marks[PAGE - 1][1:]) if len(marks) > PAGE else None,
        total=_counted(found),
    )


def _order(sort: str) -> tuple[tuple[str, ...], bool]:
    name = sort.removeprefix("-")
    return _COLUMNS.get(name, _COLUMNS["number"]), sort.startswith("-")  # type: ignore[call-overload]


def _beyond(columns: Sequence[str], back: bool, after: str) -> Q:
    """Return the question for what comes after a row, in the order of its columns."""
    values = after.split(_BETWEEN)
    if len(values) != len(columns) or not all(map(_fits, columns, values)):
        return Q()
    found, same = Q(), Q()
    for column, text in zip(columns, values, strict=True):
        found |= same & Q(**{f"{column}__{'lt' if back else 'gt'}": text})
        same &= Q(**{column: text})
    return found


def _fits(column: str, text: str) -> bool:
    """Whether a column could hold what an address says."""
    if column == "number":
        return text.isdecimal() and len(text) < _DIGITS
    return column != "first" or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


#: As many as a number of an entry has at most.
_DIGITS: Final = 19
#: No text of a place or a sort holds it.
_BETWEEN: Final = "\x1f"


def _mark(row: tuple[Any, ...]) -> str:
    return _BETWEEN.join(map(str, row))


def rows_shown(register: m.Register, rows: Any) -> list[EntryRow]:
    """Return contents as a page shows them; of persons no name, which stands enciphered elsewhere."""
    read = recorder(kind(register))
    found = rows.annotate(about_person=_PERSON).values_list(*CONTENT, *_BESIDE)
    gone, reason, at = (CONTENT.index(name) for name in ("gone", "reason", "at"))
    return [
        EntryRow(
            record=read(row), at=row[at], gone=row[gone], reason=row[reason],
            **dict(zip(_BESIDE.values(), row[len(CONTENT) :], strict=True)),
        )
        for row in found
    ]  # fmt: skip


_PERSON: Final = Case(When(subject__kind="person", then=Value(True)), default=Value(False))
#: What stands beside a content: column, and what it is called here.
_BESIDE: Final[Mapping[str, str]] = {
    "pk": "content", "since": "since", "subject__name": "who", "batch__source": "source", "until": "until",
    "batch": "batch", "about_person": "person", "subject__number": "corporate",
}  # fmt: skip


def history(body: str, pk: int, number: int) -> tuple[EntryRow, ...]:
    """Return every content an entry had, the newest first. Raises NoSuchRow."""
    row = _row(body, pk)
    found = rows_shown(row, m.Entry.objects.filter(register=row, number=number).order_by("-pk"))
    if not found:
        raise NoSuchRow(what=row.called(), number=number)
    return tuple(found)


__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "Asked",
    "EntryPage",
    "EntryRow",
    "RegisterShown",
    "Sort",
    "entries",
    "equal",
    "history",
    "register",
    "registers",
    "rows_shown",
]

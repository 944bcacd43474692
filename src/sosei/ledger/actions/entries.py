"""事業を書く. Volumes, projects, the words of an entry, its departments, its bodies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sosei.core.bodies import by_code
from sosei.core.errors import NoReason, Stale
from sosei.core.fiscal import FiscalYear, Period
from sosei.core.schemes import known_schemes, scheme_named
from sosei.core.text import clean, fold, join_lines, narrow
from sosei.journal.acts import Act, act
from sosei.journal.models import Fact
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns
from sosei.ledger.actions.locks import refusal, require_unlocked
from sosei.ledger.actions.reach import charge_of, entry_of, held_volume, owned
from sosei.ledger.doubts import AlreadyThere, EmptyProject, TwoLeads
from sosei.ledger.flow import lock, writes_as_planning
from sosei.ledger.queries.weights import weight
from sosei.ledger.refusals import NoSuchThing, VolumeExists
from sosei.offices.models import Department, Person
from sosei.offices.permissions import held_by, require

#: Words of an entry that are one line each, and those that are a list of paragraphs, by the part they are.
WORDS: Final = ("name", "number", "grant", "grant_type", "period")
PARTS: Final = {"group": "group", "activities": "activity", "remarks": "remark"}
_WHY: Final = "記載の変更"


def open_volume(
    *, by: Person, year: int, title: str = "", series: str = "", publish_due: date | None = None
) -> m.Volume:
    """報告年度を開く. Begin the report of a fiscal year. Raises NotAllowed, VolumeExists."""
    require(by, "volume.open")
    with act("volume.open", body=by.body, by=by.pk, subject=f"volume:{year}:{series}") as w:
        not_begun(by.body, year, series)
        return w.add(
            m.Volume(
                fiscal_year=year, series=series, title=clean(title) or None, said_year=year,
                said_basis="printed", publish_due=publish_due,
            )
        )  # fmt: skip


def not_begun(body: str, year: int, series: str) -> None:
    """Refuse where the book holds a year's report already; asked inside the act. Raises VolumeExists."""
    if m.Volume.objects.filter(body=body, fiscal_year=year, series=series, voided=None).exists():
        raise VolumeExists(year=str(FiscalYear(year)))


def describe_volume(
    *, by: Person, volume: int, title: str, publish_due: date | None, seen: int | None
) -> m.Volume:
    """年度版の題名と公表の期限を書く. Raises NotAllowed, Stale, Locked."""
    require(by, "volume.open")
    with act("volume.describe", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        open_for(by, row)
        return w.change(row, seen=seen, title=clean(title) or None, publish_due=publish_due)


def add_project(
    *,
    by: Person,
    volume: int,
    words: Mapping[str, Any],
    departments: Sequence[int] = (),
    project: int | None = None,
    kind: str = "result",
) -> m.ProjectYear:
    """事業を加える. Add a project to a volume: a new one, or one of the book (`project`) that has no entry there yet.

    `words` as for `write_entry`. Raises NotAllowed, NoSuchThing, Locked, EmptyProject, AlreadyThere.
    """
    require(by, "entry.write", departments)
    columns = _columns(words)
    if not columns.get("name"):
        raise EmptyProject(what="事業の名称")
    with act("project.add", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        book = held_volume(by, volume)
        open_for(by, book)
        _not_there(book, columns["name"], project)
        whole = owned(m.Project, by, project, "事業") if project else w.add(_project(by.body))
        entry = w.add(
            m.ProjectYear(
                volume=book, project=whole, kind=kind, position=_next(book), **columns
            )
        )  # fmt: skip
        _write_lists(w, entry, words, departments)
    return entry


def _project(body: str) -> m.Project:
    return m.Project(key=f"P{m.Project.objects.filter(body=body).count() + 1:03}")


def _next(volume: m.Volume) -> int:
    return m.ProjectYear.objects.filter(volume=volume).count()


def _not_there(volume: m.Volume, name: str, project: int | None) -> None:
    rows = m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
    for entry in rows:
        if entry.project_id == project or fold(entry.name or "") == fold(name):
            raise AlreadyThere(what=name)


def open_for(by: Person, volume: m.Volume) -> None:
    """Refuse new entries where a new one could not be written. Raises Locked."""
    planning = writes_as_planning({held.role for held in held_by(by)})
    why = lock(volume=volume.stage, entry="draft", planning=planning, opened=True)
    if why:
        raise refusal(volume.called(), why)


def write_entry(
    *,
    by: Person,
    entry: int,
    words: Mapping[str, Any],
    seen: int | None,
    departments: Sequence[int] | None = None,
    drop: Collection[int] = (),
) -> m.ProjectYear:
    """事業の記載を書く. `words`: name, number, grant, grant_type, period as typed; group, activities, remarks as lists.

    What is not named stays. `seen`: `queries.weights.weight` of the entry. `departments`: those in charge (None: they stay); who stays keeps
    place and words, new ones come last. `drop`: charges that name no department and are to go; the others stay. Only
    planning hands a project to other departments. Raises NotAllowed, Locked, Stale, UnreadablePeriod, EmptyProject.
    """
    row = entry_of(by, entry)
    require(by, "entry.write", charge_of(row))
    if drop or (departments is not None and set(departments) != charge_of(row)):
        require(by, "office.arrange")
    columns = _columns(words, row)
    if "name" in columns and columns["name"] is None:
        raise EmptyProject(what="事業の名称")
    with act("entry.write", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        (now,) = require_unlocked(by, [row], "entry")
        still(now, seen, weight(now.pk))
        w.change(now, trace=_trace(now, columns), **columns)
        _write_lists(w, now, words, departments, drop)
    return now


def still(entry: m.ProjectYear, seen: int | None, now: int) -> None:
    """Refuse where an entry or a list of it was changed since it was seen. Raises Stale."""
    if seen is not None and seen != now:
        raise Stale(what=entry.called())


def _columns(words: Mapping[str, Any], entry: m.ProjectYear | None = None) -> Columns:
    """Return the one-line words as columns, with the scheme that they name. Raises UnreadablePeriod."""
    columns: Columns = {
        name: clean(str(words[name] or "")) or None
        for name in WORDS
        if name in words and name != "period"
    }
    if "grant" in columns or "grant_type" in columns:
        said = (columns.get(n, getattr(entry, n, None)) for n in ("grant", "grant_type"))
        found = scheme_named(" ".join(filter(None, said)), known_schemes())
        columns["scheme"] = found.id if found else None
    return columns | (_period(str(words["period"] or "")) if "period" in words else {})


def _trace(entry: m.ProjectYear, columns: Columns) -> dict[str, Any]:
    """Return where the words of an entry stand, without those that are written anew."""
    anew = {name for name, value in columns.items() if getattr(entry, name) != value}
    if "period_raw" in anew:
        anew.add("period")
    return {name: kept for name, kept in entry.trace.items() if name not in anew}


def _period(text: str) -> Columns:
    """Return a period as typed, with its years. Raises UnreadablePeriod."""
    raw = clean(text)
    if not raw:
        return {"period_raw": None, "period_first": None, "period_last": None}
    period = Period.parse(raw)
    return {
        "period_raw": raw,
        "period_first": period.first.start if period.first else None,
        "period_last": period.last.start if period.last else None,
    }


def _write_lists(
    w: Act,
    entry: m.ProjectYear,
    words: Mapping[str, Any],
    departments: Sequence[int] | None,
    drop: Collection[int] = (),
) -> None:
    """Bring an entry's lists to what they are to be."""
    for name, part in PARTS.items():
        if name in words:
            texts = [t for t in (join_lines(str(each)) for each in words[name]) if t]
            rows = m.Passage.objects.filter(entry=entry, part=part, voided__isnull=True)
            bring(
                w, list(rows.order_by("position", "pk")), [{"text": text} for text in texts],
                _passage(entry, part),
            )  # fmt: skip
    unnamed = m.Charge.objects.filter(entry=entry, department__isnull=True, voided__isnull=True)
    for row in unnamed.filter(pk__in=drop).order_by("pk"):
        w.void(row, reason=_WHY)
    if departments is not None:
        _charges(w, entry, departments)


def _passage(entry: m.ProjectYear, part: str) -> Callable[[int, Columns], Fact]:
    return lambda i, columns: m.Passage(entry=entry, part=part, position=i, **columns)


def _charges(w: Act, entry: m.ProjectYear, departments: Sequence[int]) -> None:
    """Take departments out and add others; of those that stay nothing is touched: the first of them is who is asked."""
    rows = list(m.Charge.objects.filter(entry=entry, voided__isnull=True).order_by("position"))
    now = {row.department_id for row in rows}
    new = [pk for pk in dict.fromkeys(departments) if pk not in now]
    known = Department.objects.filter(body=w.body, voided__isnull=True).in_bulk(new)
    if len(known) < len(new):
        raise NoSuchThing(what="課")
    for row in rows:
        if row.department_id is not None and row.department_id not in departments:
            w.void(row, reason=_WHY)
    for i, pk in enumerate(new, max((row.position for row in rows), default=-1) + 1):
        w.add(m.Charge(entry=entry, position=i, department=known[pk], text=known[pk].name))


def bring(
    w: Act,
    before: Sequence[Any],
    after: Sequence[Columns],
    make: Callable[[int, Columns], Fact],
    why: str = _WHY,
) -> None:
    """Bring a list of rows to what it is to be: item by item, further ones added, the rest voided.

    Where words stand in a source is told no longer of what was rewritten.
    """
    for i, columns in enumerate(after):
        if i >= len(before):
            w.add(make(i, columns))
        elif any(getattr(before[i], name) != value for name, value in columns.items()):
            w.change(before[i], trace={}, **columns)
    for row in before[len(after) :]:
        w.void(row, reason=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """構成団体. `code`: its 全国地方公共団体コード, five or six digits; `yen`: what it pays itself."""

    name: str = ""
    code: str = ""
    lead: bool = False
    yen: int | None = None


def set_members(
    *, by: Person, entry: int, bodies: Sequence[Body], seen: int | None
) -> m.ProjectYear:
    """構成団体を書く. The bodies of a joint project, written in the order of their codes; one of them leads.

    `seen`: `queries.weights.weight` of the entry.
    Raises NotAllowed, Locked, Stale, UnknownBody, BadCheckDigit, TwoLeads.
    """
    row = entry_of(by, entry)
    require(by, "entry.write", charge_of(row))
    columns = _bodies(bodies, by.body)
    with act("members.write", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        (now,) = require_unlocked(by, [row], "entry")
        still(now, seen, weight(now.pk))
        rows = m.Member.objects.filter(entry=now, voided__isnull=True).order_by("position", "pk")
        bring(w, list(rows), columns, lambda i, each: m.Member(entry=now, position=i, **each))
    return now


def _bodies(bodies: Sequence[Body], own: str) -> list[Columns]:
    """Return bodies as columns, in code order, those without a code last. Raises UnknownBody, BadCheckDigit, TwoLeads.

    `own`: the code of whose book it is, which may be a fictional body's.
    """
    found: list[Columns] = []
    for body in bodies:
        typed = narrow(body.code).strip()
        known = by_code(typed) if typed and typed != own else None
        name = clean(body.name) or (known.name if known else "")
        if name:
            code = known.code if known else typed or None
            found.append({"name": name, "member_code": code, "lead": body.lead, "yen": body.yen})
    _once(found)
    return sorted(found, key=lambda each: (each["member_code"] is None, each["member_code"] or ""))


def _once(found: Sequence[Columns]) -> None:
    seen: set[str] = set()
    lead = False
    for each in found:
        key = each["member_code"] or fold(each["name"])
        if key in seen or (each["lead"] and lead):
            raise TwoLeads(name=each["name"])
        seen.add(key)
        lead = lead or each["lead"]


def rest_project(
    *, by: Person, entry: int, year: int | None, reason: str, seen: int | None = None
) -> m.Project:
    """事業を休止する. Nothing is owed for it from a year on; None: it goes on again. Raises NotAllowed, NoReason."""
    row = entry_of(by, entry)
    require(by, "definition.change", charge_of(row))
    if not reason.strip():
        raise NoReason(what=f"{row.called()}の休止・再開")
    verb = "project.wake" if year is None else "project.rest"
    with act(verb, body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        return w.change(row.project, seen=seen, rests_since=year, rest_reason=reason.strip())

"""四月一日. What moves where when departments pass their work on: shown before anything is written, and then done.

Two questions, one answer: what a planned succession would move (`april_of`), and what still lies with departments that
are gone already (`due_of`). A project with one possible successor goes there; with several, a person chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q

from sosei.ledger import models as m
from sosei.ledger.queries.holdings import Holdings, holdings_of, unnamed_charges
from sosei.offices.models import Assignment, Department
from sosei.offices.permissions import roles
from sosei.offices.queries.successors import successors_of
from sosei.offices.succession import NewDepartment, eve


@dataclass(frozen=True, slots=True)
class Target:
    """引継先. `token`: d12 for a department there is, n0 for the first of those that are to be set up."""

    token: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goes:
    """引き継ぐもの. From whom, to whom it may go; `chosen`: token of where it goes ("": nobody yet)."""

    key: str
    old: str
    targets: tuple[Target, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Goes):
    """一つの事業の仕事. What a department holds of one project: entries, indicators, figures being counted, promises."""

    name: str
    years: tuple[int, ...] = ()
    entries: int = 0
    lines: int = 0
    values: int = 0
    promises: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThere(Goes):
    """引き継ぐ照会. An inquiry that is not closed, sent to a department that ends."""

    title: str
    due_on: date
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting(Goes):
    """引き継ぐ配属. A person's role in a department that ends; he may go on in one that follows."""

    person: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """終わる配属. A role that ends on the day before, for a reason of its own."""

    person: str
    ja: str
    en: str
    department: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class April:
    """四月一日. What moves where. `stamp`: of everything shown, so that who presses the button has seen what is done."""

    on: date
    works: tuple[Work, ...] = ()
    asked: tuple[AskedThere, ...] = ()
    postings: tuple[Posting, ...] = ()
    ending: tuple[Ending, ...] = ()
    empty: tuple[str, ...] = ()
    stamp: str = ""

    @property
    def left(self) -> tuple[Goes, ...]:
        """What nobody takes over yet."""
        work: tuple[Goes, ...] = (*self.works, *self.asked)
        return tuple(one for one in work if not one.chosen)

    def choice(self) -> dict[str, str]:
        """Return where everything goes, by key."""
        everything: tuple[Goes, ...] = (*self.works, *self.asked, *self.postings)
        return {one.key: one.chosen for one in everything}


@dataclass(slots=True)
class _Lot:
    """What a department holds of one project, while it is counted."""

    name: str = ""
    years: set[int] = field(default_factory=set)
    counts: dict[str, Any] = field(default_factory=lambda: defaultdict(int))


Options = Mapping[int | None, tuple[Target, ...]]


def april_of(
    body: str,
    *,
    old: Collection[int],
    new: Sequence[int | NewDepartment],
    on: date,
    stays: bool = False,
    choices: Mapping[str, str] | None = None,
) -> April:
    """Return what a succession would move; some 14 queries. `stays`: the old go on beside the new."""
    names = _names(body)
    targets = tuple(_target(one, i, names) for i, one in enumerate(dict.fromkeys(new)))
    options: Options = {pk: targets for pk in old if pk in names}
    return _Found(body, on, options, names, choices or {}, stays=stays).all(people=not stays)


def due_of(body: str, *, on: date, choices: Mapping[str, str] | None = None) -> April:
    """Return what still lies with departments that are gone, or with words that name none; some 16 queries."""
    rows = list(Department.objects.filter(body=body, voided__isnull=True))
    names = {row.pk: row.name for row in rows}
    following = successors_of(body, on)
    anybody = tuple(Target(f"d{row.pk}", row.name) for row in rows if row.stands_on(on))
    options: dict[int | None, tuple[Target, ...]] = {
        row.pk: tuple(Target(f"d{pk}", names[pk]) for pk in following.get(row.pk, ())) or anybody
        for row in rows
        if row.last_day is not None and row.last_day < on
    }
    options[None] = anybody
    return _Found(body, on, options, names, choices or {}).all(people=False)


def _names(body: str) -> dict[int, str]:
    return dict(Department.objects.filter(body=body, voided__isnull=True).values_list("pk", "name"))


def _target(one: int | NewDepartment, place: int, names: Mapping[int, str]) -> Target:
    if isinstance(one, NewDepartment):
        return Target(f"n{place}", one.name)
    return Target(f"d{one}", names.get(one, ""))


def work_key(project: int, department: int) -> str:
    """Return by what a choice names a department's work on a project."""
    return f"project:{project}:{department}"


class _Found:
    """What was found, being put together."""

    def __init__(
        self,
        body: str,
        on: date,
        options: Options,
        names: Mapping[int, str],
        choices: Mapping[str, str],
        *,
        stays: bool = False,
    ) -> None:
        self.body, self.on, self.stays = body, on, stays
        self.options, self.names, self.choices = options, names, choices
        self.old = [pk for pk in options if pk is not None]

    def all(self, *, people: bool) -> April:
        held = holdings_of(self.body, self.old)
        unnamed = unnamed_charges(self.body) if None in self.options else ()
        works = (*self._works(held), *self._unnamed(unnamed))
        asked = tuple(self._asked(part) for part in held.parts)
        postings = tuple(self._postings()) if people else ()
        return April(
            on=self.on,
            works=works,
            asked=asked,
            postings=postings,
            ending=tuple(self._ending()),
            empty=self._empty(postings),
            stamp=_stamp([*held_rows(held), *unnamed]),
        )

    def _to(self, key: str, old: int | None) -> dict[str, Any]:
        targets = self.options[old]
        only = targets[0].token if len(targets) == 1 and not self.stays else ""
        chosen = self.choices.get(key, only)
        known = {target.token for target in targets}
        return {"key": key, "targets": targets, "chosen": chosen if chosen in known else ""}

    def _works(self, held: Holdings) -> Iterable[Work]:
        lots: dict[tuple[int, int], _Lot] = defaultdict(_Lot)
        for project, department, kind, name, year in _pieces(held):
            lot = lots[project, department]
            lot.name = lot.name or name
            lot.years |= {year} if year else set()
            lot.counts[kind] += 1
        called = _project_names(project for (project, _), lot in lots.items() if not lot.name)
        for (project, department), lot in lots.items():
            yield Work(
                name=lot.name or called.get(project, ""),
                old=self.names[department],
                years=tuple(sorted(lot.years)),
                **lot.counts,
                **self._to(work_key(project, department), department),
            )

    def _unnamed(self, charges: Iterable[m.Charge]) -> Iterable[Work]:
        for charge in charges:
            yield Work(
                name=charge.entry.called(),
                old=charge.text,
                years=(charge.entry.volume.fiscal_year,),
                entries=1,
                **self._to(f"charge:{charge.pk}", None),
            )

    def _asked(self, part: m.InquiryPart) -> AskedThere:
        return AskedThere(
            title=part.inquiry.title,
            due_on=part.due_on or part.inquiry.due_on,
            answered=part.answered_on is not None,
            old=self.names[part.department_id],
            **self._to(f"part:{part.pk}", part.department_id),
        )

    def _postings(self) -> Iterable[Posting]:
        rows = Assignment.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=self.on),
            department__in=self.old, voided__isnull=True, person__is_active=True,
        ).select_related("person").order_by("department__code", "person__login")  # fmt: skip
        for row in rows:
            if row.person.leaves_on is None or row.person.leaves_on >= self.on:
                yield Posting(
                    person=row.person.name,
                    old=self.names[row.department_id or 0],
                    **_role(row.role),
                    **self._to(f"assignment:{row.pk}", row.department_id),
                )

    def _ending(self) -> Iterable[Ending]:
        rows = Assignment.objects.filter(
            body=self.body, last_day=eve(self.on), voided__isnull=True
        ).select_related("person", "department").order_by("person__login")  # fmt: skip
        for row in rows:
            place = row.department.name if row.department else None
            yield Ending(person=row.person.name, department=place, **_role(row.role))

    def _empty(self, postings: tuple[Posting, ...]) -> tuple[str, ...]:
        """Return the departments that stand on the day and in which nobody would hold a role."""
        staffed = set(
            Assignment.objects.filter(
                Q(last_day__isnull=True) | Q(last_day__gte=self.on),
                body=self.body, first_day__lte=self.on, voided__isnull=True,
                department__isnull=False, person__is_active=True,
            ).values_list("department__name", flat=True)
        )  # fmt: skip
        coming = {t.token: t.name for targets in self.options.values() for t in targets}
        staffed |= {coming[posting.chosen] for posting in postings if posting.chosen}
        standing = Department.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=self.on),
            body=self.body, first_day__lte=self.on, voided__isnull=True,
        ).exclude(pk__in=self.old)  # fmt: skip
        names = [*standing.values_list("name", flat=True), *coming.values()]
        return tuple(name for name in dict.fromkeys(names) if name not in staffed)


def held_rows(held: Holdings) -> list[Any]:
    """Return every row of what is held."""
    return [*held.charges, *held.lines, *held.values, *held.promises, *held.parts]


def _pieces(held: Holdings) -> Iterable[tuple[int, int, str, str, int | None]]:
    """Yield project, department, kind, name and year of everything held; the newest names first."""
    for c in held.charges:
        assert c.department_id is not None
        yield (
            c.entry.project_id,
            c.department_id,
            "entries",
            c.entry.called(),
            c.entry.volume.fiscal_year,
        )
    for line in held.lines:
        assert line.owed_by_id is not None
        yield line.entry.project_id, line.owed_by_id, "lines", "", None
    for value in held.values:
        assert value.point is not None
        assert value.owed_by_id is not None
        yield value.point.indicator.project_id, value.owed_by_id, "values", "", None
    for opinion in held.promises:
        assert opinion.department_id is not None
        project = opinion.entry.project_id if opinion.entry else 0
        yield project, opinion.department_id, "promises", "", None


def _project_names(projects: Iterable[int]) -> dict[int, str]:
    """Return what projects are called in their newest volume; the whole report is what no project is."""
    wanted = set(projects)
    found = {0: "報告書の全体"}
    if wanted - {0}:
        rows = m.ProjectYear.objects.filter(project__in=wanted, voided__isnull=True)
        for project, name in rows.order_by("volume__fiscal_year").values_list("project", "name"):
            found[project] = name or found.get(project, "名称のない事業")
    return found


def _role(code: str) -> dict[str, Any]:
    known = roles().get(code)
    return {"ja": known.ja, "en": known.en} if known else {"ja": code, "en": code}


def _stamp(rows: Iterable[Any]) -> str:
    said = sorted(f"{row._meta.label_lower}:{row.pk}:{row.stamp}" for row in rows)
    return sha256("\n".join(said).encode()).hexdigest()[:16]

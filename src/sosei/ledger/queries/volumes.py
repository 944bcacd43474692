"""報告書の一覧と年度版. The years of a body's book, and the table of one year's projects: how far each is, what is found, what is owed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from sosei.checking import check
from sosei.checking.context import Context
from sosei.checking.finding import Finding, Severity
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.looks import Looked, all_counts, looks_of
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.scene import report_with


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeShown:
    """年度版. `edition`: number of the newest edition, None where none is published."""

    volume: int
    fiscal_year: int
    series: str
    title: str | None
    stage: str
    stamp: int
    publish_due: date | None = None
    entries: int = 0
    edition: int | None = None
    published_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it should have been published already."""
        return self.edition is None and self.publish_due is not None and self.publish_due < today()


def volumes_of(body: str) -> tuple[VolumeShown, ...]:
    """Return the volumes of a body, the newest year first. One query."""
    rows = (
        m.Volume.objects.filter(body=body, voided__isnull=True)
        .annotate(
            count=Count("entries", filter=Q(entries__voided__isnull=True), distinct=True),
            edition=Max("editions__number", filter=Q(editions__voided__isnull=True)),
            published=Max("editions__published_on", filter=Q(editions__voided__isnull=True)),
        )
        .order_by("-fiscal_year", "series")
    )
    return tuple(
        shown_of(row, entries=row.count, edition=row.edition, published_on=row.published)
        for row in rows
    )


def volume_shown(body: str, volume: int) -> VolumeShown:
    """Return one volume. Raises NoSuchThing. One query."""
    return shown_of(volume_in(body, volume))


def shown_of(
    row: m.Volume,
    *,
    entries: int = 0,
    edition: int | None = None,
    published_on: date | None = None,
) -> VolumeShown:
    """Return a volume as it is shown."""
    return VolumeShown(
        volume=row.pk,
        fiscal_year=row.fiscal_year,
        series=row.series,
        title=row.title,
        stage=row.stage,
        stamp=row.stamp,
        publish_due=row.publish_due,
        entries=entries,
        edition=edition,
        published_on=published_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """事業の一行. `departments`: (number, name as the report words it); the number is None where it names none of the office's."""

    entry: int
    position: int
    number: str | None
    name: str | None
    grant: str | None
    kind: str
    stage: str
    departments: tuple[tuple[int | None, str], ...]
    looked: Looked
    counts: dict[Severity, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """絞り込み. Which projects are shown; None: all. `finding`: a severity, or the code of a rule; `owed`: only what owes."""

    department: int | None = None
    stage: str | None = None
    finding: str | None = None
    owed: bool = False

    def takes(self, row: EntryRow) -> bool:
        """Whether a project is to be shown."""
        return (
            (self.department is None or self.department in {d for d, _ in row.departments})
            and (self.stage is None or row.stage == self.stage)
            and (not self.owed or len(row.looked.owing) > 0)
            and (self.finding is None or _has(row, self.finding))
        )

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return self != Wanted()


def _has(row: EntryRow, finding: str) -> bool:
    codes = {each.finding.code for each in row.looked.open}
    return finding in codes or any(each.severity == finding for each in row.looked.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumePage:
    """年度版の頁. `rows`: what is wanted; the sums are over all of them. `general`: findings about the report as a whole."""

    volume: VolumeShown
    rows: tuple[EntryRow, ...]
    all: int
    counts: dict[Severity, int]
    evaluable: int
    reached: int
    total: int
    owed: int
    late: int
    departments: tuple[tuple[int, str], ...]
    stages: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int], ...]
    general: tuple[Finding, ...]


def volume_page(body: str, volume: int, wanted: Wanted | None = None) -> VolumePage:
    """Return a volume with its projects. Raises NoSuchThing. 10 queries, 22 where something changed."""
    row = volume_in(body, volume)
    entries = list(
        m.ProjectYear.objects.filter(volume=row, voided__isnull=True)
        .order_by("position", "pk")
        .values_list("pk", "position", "number", "name", "grant", "kind", "stage")
    )
    looks = looks_of(row, [pk for pk, *_ in entries])
    charges = _charges(row)
    rows = [
        EntryRow(
            entry=pk, position=position, number=number, name=name, grant=grant, kind=kind,
            stage="published" if (kind, row.stage) == ("plan", "published") else stage,
            departments=tuple(charges[pk]), looked=looks[pk],
            counts=looks[pk].counts(),
        )
        for pk, position, number, name, grant, kind, stage in entries
        if pk in looks
    ]  # fmt: skip
    return _page(shown_of(row, entries=len(rows)), rows, wanted or Wanted(), general_of(row))


def _charges(volume: m.Volume) -> dict[int, list[tuple[int | None, str]]]:
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    rows = m.Charge.objects.filter(entry__volume=volume, voided__isnull=True)
    for entry, department, text in rows.order_by("position", "pk").values_list(
        "entry", "department", "text"
    ):
        found[entry].append((department, text))
    return found


def _page(
    shown: VolumeShown, rows: list[EntryRow], wanted: Wanted, general: tuple[Finding, ...]
) -> VolumePage:
    looked = [row.looked for row in rows]
    return VolumePage(
        volume=shown,
        rows=tuple(row for row in rows if wanted.takes(row)),
        all=len(rows),
        counts=all_counts(looked),
        evaluable=sum(each.evaluable for each in looked),
        reached=sum(each.reached for each in looked),
        total=sum(each.total for each in looked),
        owed=sum(len(each.owing) for each in looked),
        late=sum(each.owing.late for each in looked),
        departments=_departments(rows),
        stages=tuple(sorted(Counter(row.stage for row in rows).items())),
        rules=_rules(looked),
        general=general,
    )


def _departments(rows: Iterable[EntryRow]) -> tuple[tuple[int, str], ...]:
    found = {pk: text for row in rows for pk, text in row.departments if pk is not None}
    return tuple(sorted(found.items()))


def _rules(looked: Iterable[Looked]) -> tuple[tuple[str, int], ...]:
    """Return in how many projects each rule found something that is open."""
    found = Counter(code for each in looked for code in {f.finding.code for f in each.open})
    return tuple(sorted(found.items()))


def general_of(volume: m.Volume) -> tuple[Finding, ...]:
    """Return the findings about a volume as a whole: its year, its title."""
    found = check(report_with(volume, ()), Context(today=today()))
    return tuple(each for each in found if not each.path.startswith("/projects"))

"""場面. Each entry as the checks and the judgement see it: its own report, last year's, the same figures elsewhere, the book's facts.

Checking and judging look at one entry at a time, so that a page of one entry costs what one entry costs, and what they
found can be kept by entry (`queries.looks`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from sosei.checking import Context, check
from sosei.checking.finding import Finding, Findings, Unexamined
from sosei.checking.settings import Settings
from sosei.core.report import Indicator, Project, Report, Said, Year
from sosei.journal.clock import today
from sosei.judging.verdict import Context as JudgingContext
from sosei.judging.verdict import ProjectVerdict, judge
from sosei.ledger import models as m
from sosei.ledger.queries.around import Around, around_of
from sosei.ledger.queries.facts import Days, ledger_of
from sosei.ledger.queries.present import present
from sosei.ledger.queries.rows import Rows
from sosei.ledger.queries.view import EntryKeys, keys_of, project_of
from sosei.ledger.traces import body_of, said

_DISAGREE: Final = "KPI-DISAGREE"
_EXPERT: Final = "EFF-EXPERT"
_GRADE: Final = "EFF-RULE"
#: Rules about registers of cases and persons, of which the book has none: not looked at, which is not the same as fine.
_NO_REGISTER: Final = ("EXP-TAX", "EXP-UNPAID", "PII-1000", "PII-CELL")
_WHY: Final = {
    _EXPERT: (
        "有識者の検証の前なので、まだ見ていません。",
        "Not looked at before the experts have had their say.",
    ),
    **dict.fromkeys(
        _NO_REGISTER,
        (
            "補助案件や個人情報の登録簿が台帳にないので、見ていません。",
            "Not looked at: the book has no register of cases or persons.",
        ),
    ),
}
#: Stages of a volume in which the experts have had their say.
JUDGED: Final = frozenset({"assembly", "published", "correcting"})


@dataclass(frozen=True, kw_only=True)
class Scene:
    """場面. `report`: the entry alone. `twins`: entries of the same volume with an indicator of the same name.

    `rows`: what everything was loaded into; shared by the scenes that were asked for together.
    """

    entry: int
    volume: int
    keys: EntryKeys
    report: Report
    context: Context
    twins: tuple[Project, ...]
    judged: bool
    rows: Rows
    decisions: tuple[m.GrantDecision, ...] = ()

    @property
    def row(self) -> m.ProjectYear:
        """The entry's own row, with its volume loaded."""
        return next(entry for entry in self.rows.entries if entry.pk == self.entry)

    @property
    def project(self) -> Project:
        """The entry as a project."""
        return self.report.projects[0]

    def findings(self) -> Findings:
        """Return what the checks say of the entry; paths begin with /projects/0."""
        return self._findings

    @cached_property
    def _findings(self) -> Findings:
        found = self._all_findings()
        if not self._grade_is_reasoned():
            return found
        return replace(found, findings=tuple(f for f in found if f.code != _GRADE))

    def _grade_is_reasoned(self) -> bool:
        """Whether the book holds the reason that `_GRADE` asks for: no report prints it."""
        return any(row.decided_reason for row in self.rows.verifications.get(self.entry, ()))

    def _all_findings(self) -> Findings:
        ignored = _NO_REGISTER if self.judged else (_EXPERT, *_NO_REGISTER)
        if not self.twins and not self.context.others:
            return _with_skip(check(self.report, self.context, Settings(ignore=ignored)), ignored)
        found = check(self.report, self.context, Settings(ignore=(*ignored, _DISAGREE)))
        other = self._disagreeing()
        return _with_skip(
            Findings(
                findings=tuple(sorted((*found, *other), key=lambda f: f.path.split("/"))),
                unexamined=found.unexamined,
                examined=(*found.examined, _DISAGREE),
            ),
            ignored,
        )

    def _disagreeing(self) -> list[Finding]:
        """Look for the same figure with another value, with the entry behind its twins."""
        together = replace(self.report, projects=(*self.twins, self.project))
        own = f"/projects/{len(self.twins)}/"
        found = check(together, self.context, Settings(select=(_DISAGREE,)))
        return [
            replace(one, path=f"/projects/0/{one.path.removeprefix(own)}")
            for one in found
            if one.path.startswith(own)
        ]

    def verdict(self) -> ProjectVerdict:
        """Return the judgement of the entry."""
        return self._verdict

    @cached_property
    def _verdict(self) -> ProjectVerdict:
        return judge(self.report, JudgingContext()).projects[0]


def _with_skip(found: Findings, ignored: Collection[str]) -> Findings:
    """Say of what is not looked at that it is not."""
    later = tuple(
        Unexamined(code=code, reason_ja=_WHY[code][0], reason_en=_WHY[code][1]) for code in ignored
    )
    return replace(found, unexamined=(*found.unexamined, *later))


def scene_of(entry: int) -> Scene | None:
    """Return the scene of one entry, or None where it is not in the book; 13 queries."""
    return scenes_of([entry]).get(entry)


def scenes_of(entries: Collection[int], around: Around | None = None) -> dict[int, Scene]:
    """Return the scenes of entries of one volume; 13 queries, however many entries. `around`: where it is known."""
    near = around or around_of(entries)
    rows = present(near.all())
    by_id = {entry.pk: entry for entry in rows.entries}
    made = _Making(rows, by_id, near)
    return {pk: made.scene(by_id[pk]) for pk in entries if pk in by_id}


class _Making:
    """Puts the scenes together from what was loaded for all of them."""

    def __init__(
        self,
        rows: Rows,
        entries: Mapping[int, m.ProjectYear],
        around: Around,
    ) -> None:
        self.rows, self.entries, self.around = rows, entries, around
        self.projects: dict[int, Project] = {}
        self.decisions = _decisions(entries.values())
        self.days = _days({entry.volume_id: entry.volume for entry in entries.values()})

    def scene(self, entry: m.ProjectYear) -> Scene:
        volume = entry.volume
        days = self.days[volume.pk]
        decisions = self.decisions.get((entry.project_id, volume.fiscal_year), [])
        others = [self.entries[t] for t in self.around.twins.get(entry.pk, ()) if t in self.entries]
        late = days.publish_due is not None and days.publish_due < today()
        return Scene(
            entry=entry.pk,
            volume=volume.pk,
            keys=keys_of(self.rows, entry),
            report=self._report(entry),
            context=Context(
                previous=self._previous(entry),
                others=self._others(entry, others),
                ledger=ledger_of(self.rows, entry, decisions, days),
                today=today(),
            ),
            twins=tuple(self._project(o) for o in others if o.volume_id == entry.volume_id),
            judged=volume.stage in JUDGED or late,
            rows=self.rows,
            decisions=tuple(decisions),
        )

    def _project(self, entry: m.ProjectYear) -> Project:
        if entry.pk not in self.projects:
            self.projects[entry.pk] = project_of(self.rows, entry)
        return self.projects[entry.pk]

    def _report(self, *entries: m.ProjectYear) -> Report:
        return report_with(entries[0].volume, tuple(self._project(entry) for entry in entries))

    def _previous(self, entry: m.ProjectYear) -> Report | None:
        """Return last year's entry as a report, its indicators under the names that they have now."""
        before = self.entries.get(self.around.before.get(entry.pk, 0))
        if before is None:
            return None
        report = self._report(before)
        return replace(report, projects=(self._renamed(report.projects[0], before, entry),))

    def _renamed(self, project: Project, before: m.ProjectYear, entry: m.ProjectYear) -> Project:
        names = {
            line.indicator_id: self.rows.definitions[line.definition_id].name
            for line in self.rows.lines.get(entry.pk, [])
        }
        lines = self.rows.lines.get(before.pk, [])
        return replace(
            project,
            indicators=tuple(
                _named(indicator, names.get(line.indicator_id))
                for line, indicator in zip(lines, project.indicators, strict=True)
            ),
        )

    def _others(self, entry: m.ProjectYear, twins: list[m.ProjectYear]) -> tuple[Report, ...]:
        """Return the same figures in the year's other books, book by book."""
        books: dict[int, list[m.ProjectYear]] = defaultdict(list)
        for twin in twins:
            if twin.volume_id != entry.volume_id:
                books[twin.volume_id].append(twin)
        return tuple(self._report(*of_one) for of_one in books.values())


def _named(indicator: Indicator, name: str | None) -> Indicator:
    return indicator if name is None else replace(indicator, name=Said(text=name))


def report_with(volume: m.Volume, projects: tuple[Project, ...]) -> Report:
    """Return a volume's report with some of its projects; its year is the book's where the report prints none."""
    printed = volume.said_year is not None
    return Report(
        title=said(volume, "title"),
        chapter=said(volume, "chapter"),
        bodies=tuple(body_of(kept) for kept in volume.bodies),
        fiscal_year=Year(
            year=volume.said_year if volume.said_year is not None else volume.fiscal_year,
            basis=volume.said_basis if printed else "inferred",
        ),
        projects=projects,
    )


def _decisions(
    entries: Iterable[m.ProjectYear],
) -> dict[tuple[int, int], list[m.GrantDecision]]:
    found: dict[tuple[int, int], list[m.GrantDecision]] = defaultdict(list)
    rows = m.GrantDecision.objects.filter(
        project__in={entry.project_id for entry in entries}, voided__isnull=True
    )
    for decision in rows.order_by("decided_on", "pk"):
        found[decision.project_id, decision.fiscal_year].append(decision)
    return found


def _days(volumes: Mapping[int, m.Volume]) -> dict[int, Days]:
    """Return when each volume went to the assembly and was first published; nothing is asked of those that did not."""
    gone = [pk for pk, volume in volumes.items() if volume.stage in JUDGED]
    first = m.Edition.objects.filter(volume=OuterRef("pk"), voided__isnull=True, number=1)
    reported = m.Step.objects.filter(
        volume=OuterRef("pk"), entry__isnull=True, went_to="assembly"
    ).order_by("-since")
    rows = m.Volume.objects.filter(pk__in=gone).annotate(
        published_on=Subquery(first.values("published_on")[:1]),
        reported_at=Subquery(reported.values("since")[:1]),
    )
    days = {row.pk: row for row in rows}
    return {
        pk: Days(
            assembly_on=_day(days[pk].reported_at) if pk in days else None,
            published_on=days[pk].published_on if pk in days else None,
            publish_due=volume.publish_due,
        )
        for pk, volume in volumes.items()
    }


def _day(moment: object) -> date | None:
    return timezone.localtime(moment).date() if moment is not None else None  # type: ignore[arg-type]

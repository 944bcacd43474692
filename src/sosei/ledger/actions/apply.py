"""変更を台帳に書く. A merged report (what stands in the book, with the accepted changes) goes into its volume, row by row.

Only what differs is written. Nothing disappears by being left out: `ledger.difference` never takes anything away, and a
figure that is absent in the merged report leaves the one in the book alone. Lists of words are compared item by item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sosei.core.report import Indicator, Project, Report, Said, Value, YearPoint
from sosei.journal.acts import Act
from sosei.ledger import models as m
from sosei.ledger.actions import drafts
from sosei.ledger.actions.recorder import OF_DEFINITION, ROLES, Fits, Recorder, Slots, mended_words
from sosei.ledger.actions.values import revise
from sosei.ledger.actions.verified import put_verification
from sosei.ledger.queries.rows import Rows, rows_of
from sosei.ledger.queries.view import EntryKeys, LineKeys, View
from sosei.ledger.traces import columns_of
from sosei.offices.models import Department


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """添えること. Why and whence a change comes: columns of every value it writes; `plan`: of targets.

    `by_hand`: values that a person corrected after they were read; each says so.
    """

    why: str
    origin: str
    document: m.Document | None = None
    plan: str = "changed"
    columns: Mapping[str, Any] = field(default_factory=dict)
    by_hand: frozenset[Value] = frozenset()


def apply_report(
    w: Act, volume: m.Volume, view: View, report: Report, origins: Mapping[str, str], given: Given
) -> None:
    """Write a merged report into a volume. `view`: the volume as it is; `origins`: path in `report` → path in the view.

    The caller has checked the person's right and the locks, and holds the act. Raises Stale where a row changed since
    the view was taken.
    """
    _Applied(w, volume, view, origins, given).write(report)


class _Applied:
    """One merged report on its way into the book."""

    def __init__(
        self, w: Act, volume: m.Volume, view: View, origins: Mapping[str, str], given: Given
    ) -> None:
        self.w, self.volume, self.view, self.origins, self.given = w, volume, view, origins, given
        self.rows: Rows = rows_of(volume)
        self.entries = {entry.pk: entry for entry in self.rows.entries}
        self.new = Recorder(
            w, volume, origin=given.origin, document=given.document, reason=given.why,
            **given.columns,
        )  # fmt: skip
        self.new.by_hand = given.by_hand

    def write(self, report: Report) -> None:
        self.w.change(self.volume, **self._kept_trace(self.volume, drafts.volume_columns(report)))
        for i, project in enumerate(report.projects):
            came = self.origins.get(f"/projects/{i}")
            if came is None:
                self.new.project(project, i, None)
            else:
                self._project(project, i, self.view.entries[_last(came)])
        self.new.write()

    def _kept_trace(self, row: Any, columns: drafts.Columns) -> drafts.Columns:
        """Leave where words stand as it is when the words are the same and the newer has no place."""
        same = all(getattr(row, k) == v for k, v in columns.items() if k != "trace")
        return {**columns, "trace": row.trace} if same and not columns["trace"] else columns

    def _project(self, project: Project, i: int, keys: EntryKeys) -> None:
        entry = self.entries[keys.entry]
        self.w.change(entry, position=i, **self._kept_trace(entry, drafts.entry_columns(project)))
        self._words(entry, project)
        self._members(entry, project)
        self._spending(entry, project, f"/projects/{i}")
        self._verification(entry, project)
        for k, indicator in enumerate(project.indicators):
            path = f"/projects/{i}/indicators/{k}"
            came = self.origins.get(path)
            if came is None:
                self._new_indicator(entry, project, indicator, k, keys)
            else:
                self._indicator(entry, project, indicator, k, path, keys.lines[_last(came)])

    def _new_indicator(
        self, entry: m.ProjectYear, project: Project, indicator: Indicator, k: int, keys: EntryKeys
    ) -> None:
        first = Department.objects.filter(pk__in=keys.departments).first()
        self.new.indicator(
            entry, indicator, k, owed_by=first, key=0,
            fits=Fits(entry.project, self.volume.fiscal_year), home=self.new.home(project),
        )  # fmt: skip

    def _words(self, entry: m.ProjectYear, project: Project) -> None:
        charges = self.rows.charges.get(entry.pk, [])
        self._list(
            charges,
            [drafts.words_columns(said) for said in project.departments],
            lambda i, columns: m.Charge(
                entry=entry, position=i, department=self.new.department(columns["text"]), **columns
            ),
        )
        for part, words in (
            ("group", project.group),
            ("activity", project.activities),
            ("remark", project.remarks),
        ):
            self._passages(entry, part, words)

    def _passages(self, entry: m.ProjectYear, part: str, words: Sequence[Said]) -> None:
        before = [p for p in self.rows.passages.get(entry.pk, []) if p.part == part]
        self._list(
            before,
            [drafts.words_columns(said) for said in words],
            lambda i, columns: m.Passage(entry=entry, part=part, position=i, **columns),
        )

    def _members(self, entry: m.ProjectYear, project: Project) -> None:
        self._list(
            self.rows.members.get(entry.pk, []),
            [drafts.member_columns(body) for body in project.bodies],
            lambda i, columns: m.Member(entry=entry, position=i, **columns),
        )

    def _list(self, before: Sequence[Any], after: list[drafts.Columns], make: Any) -> None:
        """Bring a list of words to what it is to be: item by item, further ones added, the rest voided."""
        for i, columns in enumerate(after):
            if i < len(before):
                self.w.change(before[i], **self._kept_trace(before[i], columns))
            else:
                self.new.gather(make(i, columns))
        for row in before[len(after) :]:
            self.w.void(row, reason=self.given.why)

    def _spending(self, entry: m.ProjectYear, project: Project, path: str) -> None:
        before = self.rows.spending.get(entry.pk, [])
        for i, line in enumerate(project.spending):
            columns = drafts.spending_columns(line)
            came = self.origins.get(f"{path}/spending/{i}")
            if came is None:
                self.new.gather(m.Spending(entry=entry, position=i, **columns))
            else:
                row = before[_last(came)]
                self.w.change(row, position=i, **self._kept_trace(row, columns))

    def _verification(self, entry: m.ProjectYear, project: Project) -> None:
        if project.verification is None:
            return
        columns = drafts.verification_columns(project.verification)
        before = self.rows.verifications.get(entry.pk, [])
        kept = self._kept_trace(before[0], columns) if before else columns
        put_verification(self.w, entry, kept)

    def _indicator(
        self,
        entry: m.ProjectYear,
        project: Project,
        indicator: Indicator,
        k: int,
        path: str,
        keys: LineKeys,
    ) -> None:
        line = next(row for row in self.rows.lines[entry.pk] if row.pk == keys.line)
        definition = self._definition(line, indicator)
        columns = drafts.line_columns(indicator)
        self.w.change(line, position=k, definition=definition, **self._kept_trace(line, columns))
        slots: Slots | None = None
        for n, year in enumerate(indicator.years):
            came = self.origins.get(f"{path}/years/{n}")
            if came is None:
                slots = slots or Slots(line.indicator, taken=keys.points)
                self.new.year(line, year, n, slots, self.new.home(project))
            else:
                self._year(year, n, keys, _last(came))

    def _definition(self, line: m.Line, indicator: Indicator) -> m.Definition:
        """Bring the definition to what it is to be: in place where only this volume uses it, else as a new version."""
        before = self.rows.definitions[line.definition_id]
        columns = self._kept_trace(before, drafts.definition_columns(indicator))
        if any(getattr(before, name) != value for name, value in columns.items()):
            elsewhere = m.Line.objects.filter(definition=before, voided__isnull=True).exclude(
                entry__volume=self.volume
            )
            if elsewhere.exists():
                before = self._new_version(before, columns)
            else:
                self.w.change(before, **columns)
        for role in OF_DEFINITION:
            self._figure(before, role, getattr(indicator, role))
        return before

    def _new_version(self, before: m.Definition, columns: drafts.Columns) -> m.Definition:
        last = m.Definition.objects.filter(indicator=before.indicator_id).order_by("-version")[0]
        kept = ("area", "adds_over_bodies", "adds_over_years", "released")
        return self.w.add(
            m.Definition(
                indicator_id=before.indicator_id, version=last.version + 1,
                from_year=self.volume.fiscal_year, why=self.given.why,
                **{name: getattr(before, name) for name in kept}, **columns,
            )
        )  # fmt: skip

    def _year(self, year: YearPoint, n: int, keys: LineKeys, at: int) -> None:
        shown = next(s for s in self.rows.shown[keys.line] if s.pk == keys.shown[at])
        trace: dict[str, Any] = {}
        columns = {**columns_of(trace, rate=year.rate, rating=year.rating), "trace": trace}
        self.w.change(shown, position=n, **self._kept_trace(shown, columns))
        for role in ROLES:
            self._figure(self.rows.points[keys.points[at]], role, getattr(year, role))

    def _figure(self, owner: m.Point | m.Definition, role: str, value: Any) -> None:
        if value is None:
            return
        kept = self.rows.values if isinstance(owner, m.Point) else self.rows.of_definitions
        before = kept.get((owner.pk, role))
        more, why = dict(self.given.columns), self.given.why
        if value in self.given.by_hand:
            why = f"{why}：{mended_words(value)}"
        if role == "target":
            more["plan"] = self.given.plan if before else "first"
        revise(
            self.w, owner, role, drafts.value_columns(value), before=before,
            origin=self.given.origin, document=self.given.document, reason=why, **more,
        )  # fmt: skip


def _last(path: str) -> int:
    """Return the index that a path ends with."""
    return int(path.rsplit("/", 1)[1])

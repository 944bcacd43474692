"""次の年度へ. Entries of one volume written anew into the next: the same project, indicators and definitions, a new year's place.

A point of a year belongs to its indicator, so last year's figures and targets planned ahead stand beside the new year
without being copied. What belongs to the year alone (activities, spending, verification, places) stays behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sosei.core.fiscal import FiscalYear
from sosei.core.text import fold
from sosei.journal.acts import Act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.ahead import Ahead
from sosei.ledger.actions.recorder import Recorder
from sosei.ledger.actions.values import revise
from sosei.ledger.queries.rollover import Coming
from sosei.ledger.queries.rows import rows_of
from sosei.offices.models import Department
from sosei.offices.queries.successors import successors_of

#: Words of an entry that the next year's begins with.
_SAID: Final = ("number", "grant", "scheme", "grant_type", "name")
_PERIOD: Final = ("period_raw", "period_first", "period_last")
#: What a figure says, apart from where it stands.
_FIGURE: Final = ("number", "gap", "text", "op", "unit", "state", "as_of", "expected", "sure")
_DEFINED: Final = (
    "name", "unit", "definition", "statistic", "type", "direction", "expression", "year_type",
    "count_kind", "baseline_year", "area", "adds_over_bodies", "adds_over_years", "released",
)  # fmt: skip


class Along:
    """Brings entries of `before` into `after`."""

    def __init__(self, w: Act, before: m.Volume, after: m.Volume) -> None:
        """Remember the volumes."""
        self.w, self.before, self.after = w, before, after
        self.year = after.fiscal_year
        self.new = Recorder(w, after, origin="roll")
        self.replaced: list[tuple[m.Point, m.Value, m.Value | None]] = []

    def bring(self, coming: Sequence[Coming]) -> list[m.ProjectYear]:
        """Write the entries, in the order of the book they come from, after those that are there."""
        wanted = {pk for each in coming for pk in (each.entry, each.plan) if pk is not None}
        self.rows = rows_of(self.before, entries=wanted)
        self.entries = {entry.pk: entry for entry in self.rows.entries}
        self.ahead = Ahead(self.rows, self.year)
        self.successors = successors_of(self.w.body, max(today(), date(self.year, 4, 1)))
        self.departments = self._departments()
        self.renamed = self._renamed()
        start = m.ProjectYear.objects.filter(volume=self.after, voided__isnull=True).count()
        made = [self._entry(each, start + i) for i, each in enumerate(coming)]
        self.new.write()
        self._revise()
        return made

    def _departments(self) -> dict[int, Department]:
        """Return the departments that follow alone upon one that is gone."""
        alone = {found[0] for found in self.successors.values() if len(found) == 1}
        return Department.objects.in_bulk(alone)

    def _renamed(self) -> dict[str, Department]:
        """Return who follows alone, by the name of the department that is gone: work handed over keeps the old words."""
        names = Department.objects.filter(pk__in=self.successors).values_list("pk", "name")
        return {fold(name): after for pk, name in names if (after := self._after(pk))}

    def _entry(self, each: Coming, position: int) -> m.ProjectYear:
        old = self.entries[each.entry]
        plan = self.entries[each.plan] if each.plan is not None else None
        entry: m.ProjectYear = self.new.gather(
            m.ProjectYear(
                volume=self.after, project=old.project, position=position,
                kind="plan" if each.fate == "later" else "goal" if old.kind == "goal" else "result",
                **self._said(old, plan, each),
            )
        )  # fmt: skip
        self._lists(entry, old)
        lines = self.rows.lines.get(old.pk, [])
        by_name = {self._called(line): line for line in lines}
        planned = {self._called(line): line for line in self._lines(plan)}
        place = 0
        for line in lines:
            if not self.ahead.rests(line.indicator_id):
                self._line(
                    entry,
                    line,
                    place,
                    later=each.fate == "later",
                    plan=planned.get(self._called(line)),
                )
                place += 1
        for called, line in planned.items():
            if called not in by_name:
                self._new_line(entry, line, place)
                place += 1
        return entry

    def _lines(self, entry: m.ProjectYear | None) -> list[m.Line]:
        return self.rows.lines.get(entry.pk, []) if entry else []

    def _called(self, line: m.Line) -> tuple[str, str]:
        definition = self.rows.definitions[line.definition_id]
        return fold(definition.name or f"#{line.pk}"), fold(definition.unit or "")

    def _said(self, old: m.ProjectYear, plan: m.ProjectYear | None, each: Coming) -> dict[str, Any]:
        """Return the words the new entry begins with: the plan's where it has them."""
        found = {name: getattr(plan, name, None) or getattr(old, name) for name in _SAID}
        period = plan if plan is not None and plan.period_raw is not None else old
        found |= {name: getattr(period, name) for name in _PERIOD}
        if each.fate == "later":
            return {**found, "said_year": old.said_year, "said_basis": old.said_basis}
        if old.kind != "plan" and old.said_year == self.year - 1:
            return {**found, "said_year": self.year, "said_basis": old.said_basis}
        return found

    def _lists(self, entry: m.ProjectYear, old: m.ProjectYear) -> None:
        for row in self.rows.charges.get(old.pk, []):
            after = self._after(row.department_id) or self._same(row)
            self.new.gather(
                m.Charge(
                    entry=entry, position=row.position, department_id=after.pk if after else row.department_id,
                    text=after.name if after else row.text,
                )
            )  # fmt: skip
        for passage in self.rows.passages.get(old.pk, []):
            if passage.part == "group":
                self.new.gather(
                    m.Passage(
                        entry=entry, part="group", position=passage.position, text=passage.text
                    )
                )
        for member in self.rows.members.get(old.pk, []):
            self.new.gather(
                m.Member(
                    entry=entry, position=member.position, name=member.name,
                    member_code=member.member_code, basis=member.basis, lead=member.lead,
                )
            )  # fmt: skip

    def _after(self, department: int | None) -> Department | None:
        """Return the department that follows alone upon one that is gone by the year's first day."""
        found = self.successors.get(department or 0, ())
        return self.departments.get(found[0]) if len(found) == 1 else None

    def _same(self, row: m.Charge) -> Department | None:
        """Return the department in charge where its words still name the one it took over from."""
        after = self.renamed.get(fold(row.text))
        return after if after is not None and after.pk == row.department_id else None

    def _line(
        self, entry: m.ProjectYear, old: m.Line, position: int, *, later: bool, plan: m.Line | None
    ) -> None:
        line = self._same_line(entry, old, position)
        shown = self.rows.shown.get(old.pk, [])
        if later:
            for i, one in enumerate(shown):
                self._shown(line, self.rows.points[one.point_id], i, implied=one.implied)
            return
        target = self._planned(plan or old)
        point = self._point(old, target)
        for i, (place, implied) in enumerate(self._layout(shown, point)):
            self._shown(line, place, i, implied=implied)

    def _same_line(self, entry: m.ProjectYear, old: m.Line, position: int) -> m.Line:
        after = self._after(old.owed_by_id)
        made: m.Line = self.new.gather(
            m.Line(
                entry=entry, indicator_id=old.indicator_id,
                definition_id=self.ahead.definition(old).pk, position=position,
                owed_by_id=after.pk if after else old.owed_by_id, number=old.number, parent=old.parent,
            )
        )  # fmt: skip
        return made

    def _layout(self, shown: Sequence[m.Shown], point: m.Point) -> list[tuple[m.Point, bool]]:
        """Return the points that the new line shows: a single year gives way to the next, columns of years stay."""
        dated = [one for one in shown if self.rows.points[one.point_id].fiscal_year is not None]
        single = len(dated) == 1
        found: list[tuple[m.Point, bool]] = []
        there = False
        for one in shown:
            old = self.rows.points[one.point_id]
            gives_way = one in dated and (single or one.implied)
            if gives_way or old.pk == point.pk:
                if not there:
                    found.append((point, one.implied))
                there = True
            else:
                found.append((old, one.implied))
        return found if there else [*found, (point, not shown)]

    def _shown(self, line: m.Line, point: m.Point, position: int, *, implied: bool) -> None:
        self.new.gather(m.Shown(line=line, point=point, position=position, implied=implied))

    def _planned(self, line: m.Line) -> m.Value | None:
        """Return the target that a line plans for the year: of its own column, or of the one that names no year."""
        for one in self.rows.shown.get(line.pk, []):
            point = self.rows.points[one.point_id]
            undated = one.implied and self.entries[line.entry_id].kind == "plan"
            if point.fiscal_year == self.year or undated:
                return self.rows.values.get((point.pk, "target"))
        return None

    def _point(self, old: m.Line, target: m.Value | None) -> m.Point:
        """Return the indicator's place for the year, its target in it."""
        shown = (self.rows.points[one.point_id] for one in self.rows.shown.get(old.pk, []))
        own = next((one for one in shown if one.fiscal_year == self.year), None)
        point = own or self.ahead.points.get(old.indicator_id)
        if point is None:
            made: m.Point = self.new.gather(
                m.Point(indicator_id=old.indicator_id, fiscal_year=self.year)
            )
            if target is not None:
                self._target(made, target)
            return made
        if point.voided is not None:  # of a roll-over that was undone
            self.w.change(point, voided=None, void_reason="")
        if target is not None and target.point_id != point.pk:
            self.replaced.append((point, target, self.ahead.targets.get(point.pk)))
        return point

    def _target(self, point: m.Point, value: m.Value) -> None:
        self.new.gather(
            m.Value(point=point, role="target", plan="first", origin="roll", **figure_of(value))
        )

    def _new_line(self, entry: m.ProjectYear, plan: m.Line, position: int) -> None:
        """Bring an indicator that only the plan names: the project's own from now on."""
        definition = self.rows.definitions[plan.definition_id]
        indicator = self.new.gather(
            m.Indicator(project=entry.project, key=f"K{self.ahead.next_key(entry.project_id)}")
        )
        described = self.new.gather(
            m.Definition(
                indicator=indicator, version=1, from_year=self.year,
                **{name: getattr(definition, name) for name in _DEFINED},
            )
        )  # fmt: skip
        line = self.new.gather(
            m.Line(
                entry=entry, indicator=indicator, definition=described, position=position,
                owed_by_id=plan.owed_by_id, number=plan.number, parent=plan.parent,
            )
        )  # fmt: skip
        for role in ("baseline", "increase_total"):
            value = self.rows.of_definitions.get((definition.pk, role))
            if value is not None:
                self.new.gather(
                    m.Value(of_definition=described, role=role, origin="roll", **figure_of(value))
                )
        point = self.new.gather(m.Point(indicator=indicator, fiscal_year=self.year))
        target = self._planned(plan)
        if target is not None:
            self._target(point, target)
        self._shown(line, point, 0, implied=True)

    def _revise(self) -> None:
        """Let planned targets take the place of what stood there: after everything new is written."""
        why = f"{FiscalYear(self.year)}の計画の記載による"
        for point, value, before in self.replaced:
            more: dict[str, Any] = (
                {"plan": "changed", "reason": why} if before else {"plan": "first"}
            )
            columns = figure_of(value)
            revise(self.w, point, "target", columns, before=before, origin="roll", **more)


def figure_of(value: m.Value) -> dict[str, Any]:
    """Return what a figure says, without its place: that stays with the document it was read in."""
    return {name: getattr(value, name) for name in _FIGURE}

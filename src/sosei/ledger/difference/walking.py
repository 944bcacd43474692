"""突き合わせ. A walk over two reports, side by side: every field that either side says is weighed and noted.

The order is that of the merged report. A part that only one side has is one change; twins are told apart by walking
them and counting (`score`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sosei.core.money import SCALES
from sosei.core.report import Body, Indicator, Project, Report, Said, Spending, Verification
from sosei.ledger.difference import fieldsets
from sosei.ledger.difference.fieldwalk import field_of, key_of
from sosei.ledger.difference.keys import key_of as name_key_of
from sosei.ledger.difference.keys import name_key
from sosei.ledger.difference.listing import ListWalk
from sosei.ledger.difference.matching import Traits
from sosei.ledger.difference.model import Part
from sosei.ledger.difference.recording import Scope, text_of
from sosei.ledger.difference.sides import Names, contradicts, indicators_differ, spending_differ
from sosei.ledger.difference.verdicts import (
    Verdict,
    is_jump,
    is_rounded_yen,
    same_name,
    same_words,
    same_year,
)


class Walk(ListWalk):
    """A walk over two reports; `homes` are the fiscal years that undated figures of the two projects belong to."""

    def report(self, current: Report, incoming: Report) -> None:
        """Walk two whole reports."""
        scope = Scope("", "")
        self.plain(fieldsets.REPORT, current, incoming, scope, "report")
        self._report_year(current, incoming, scope)
        self.bodies(current.bodies, incoming.bodies, scope, "report")
        self.free(current.ext, incoming.ext, scope, "Report.ext", "report")
        self._projects(current, incoming, scope)

    def _report_year(self, current: Report, incoming: Report, scope: Scope) -> None:
        one, other = current.fiscal_year, incoming.fiscal_year
        verdict = self.weighed(one, other, same_year)
        if verdict and verdict[0] == "changed" and self.partial:
            verdict = "conflict", ("other_year",)
        self.record(
            scope.step("fiscal_year", "fiscal_year"), "Report.fiscal_year", "report", verdict, (one, other)
        )  # fmt: skip

    def _projects(self, current: Report, incoming: Report, scope: Scope) -> None:
        def visit(walk: Walk, one: Project, other: Project, at: Scope) -> None:
            ours = current.year_of(one) or walk.options.year
            theirs = incoming.year_of(other)
            walk.homes = (ours or theirs, theirs or ours)
            walk.project(one, other, at)

        def home(project: Project) -> int | None:
            return incoming.year_of(project) or current.year_of(project) or self.options.year

        self.parts(
            "projects",
            "project",
            (current.projects, incoming.projects),
            scope,
            Names(
                traits=lambda p: Traits(p.id, name_key_of(p.name)),
                called=lambda p: {"project": text_of(p.name), "year": home(p)},
                differ=lambda a, b: a.kind != b.kind or (a.name is None and contradicts(a, b)),
                apart=contradicts,
            ),
            visit,
        )

    def project(self, one: Project, other: Project, scope: Scope) -> None:
        """Walk two projects."""
        self.plain(fieldsets.PROJECT, one, other, scope, "project")
        self.words("group", one.group, other.group, scope, "passage")
        self.words("departments", one.departments, other.departments, scope, "department")
        self.bodies(one.bodies, other.bodies, scope, "project")
        self.words("activities", one.activities, other.activities, scope, "passage")
        self._indicators(one, other, scope)
        self._spending(one, other, scope)
        self._verification(one.verification, other.verification, scope)
        self.words("remarks", one.remarks, other.remarks, scope, "passage")
        self.free(one.ext, other.ext, scope, "Project.ext", "project")

    def _indicators(self, one: Project, other: Project, scope: Scope) -> None:
        self.parts(
            "indicators",
            "indicator",
            (one.indicators, other.indicators),
            scope,
            Names(
                traits=lambda k: Traits(k.id, name_key_of(k.name)),
                called=lambda k: {"item": text_of(k.name), "year": self.homes[1]},
                differ=lambda a, b: indicators_differ(a, b, named=a.name is not None),
                apart=contradicts,
            ),
            Walk._indicator,
        )

    def _indicator(self, one: Indicator, other: Indicator, scope: Scope) -> None:
        self.indicator(one, other, scope)
        self.free(one.ext, other.ext, scope, "Indicator.ext", "indicator")

    def _spending(self, one: Project, other: Project, scope: Scope) -> None:
        homes = self.homes
        self.parts(
            "spending",
            "spending",
            (one.spending, other.spending),
            scope,
            Names(
                traits=lambda line: Traits(None, name_key_of(line.label)),
                called=lambda line: {"item": text_of(line.label)},
                differ=lambda a, b: spending_differ(a, b, homes),
                apart=lambda a, b: spending_differ(a, b, homes),
                strict=False,
            ),
            Walk.line,
        )

    def line(self, one: Spending, other: Spending, scope: Scope) -> None:
        """Walk two lines of money."""
        scope = Scope(scope.here, scope.there, scope.about, other.place)
        self.plain(fieldsets.SPENDING[:2], one, other, scope, "spending")
        self._yen(one, other, scope)
        self.plain(fieldsets.SPENDING[2:], one, other, scope, "spending")
        self._line_year(one, other, scope)

    def _yen(self, one: Spending, other: Spending, scope: Scope) -> None:
        verdict = self.weighed(one.yen, other.yen)
        if verdict == ("changed", ()):
            verdict = self._of_yen(one.yen or 0, other.yen or 0, SCALES[other.unit or "円"])
        self.record(
            field_of(scope, "yen"), "Spending.yen", "spending", verdict, (one.yen, other.yen),
            units=(one.unit, other.unit), weight=3,
        )  # fmt: skip

    def _of_yen(self, before: int, after: int, scale: int) -> Verdict:
        """Weigh two sums that are not the same."""
        if self.partial and is_rounded_yen(before, after, scale):
            return "unchanged", ("rounded",)
        return "changed", ("jump",) if is_jump(before, after) else ()

    def _line_year(self, one: Spending, other: Spending, scope: Scope) -> None:
        """Weigh the year of a line: a line without one is its project's."""
        ours, theirs = one.fiscal_year, other.fiscal_year
        if (ours or self.homes[0]) == (theirs or self.homes[1]):
            ours = theirs
        self.record(
            field_of(scope, "fiscal_year"), "Spending.fiscal_year", "spending",
            self.weighed(ours, theirs), (one.fiscal_year, theirs),
        )  # fmt: skip

    def _verification(
        self, one: Verification | None, other: Verification | None, scope: Scope
    ) -> None:
        if one is None and other is None:
            return
        one, other = one or Verification(), other or Verification()
        at = scope.step("verification", "verification")
        self.plain(fieldsets.VERIFICATION, one, other, at, "verification")
        self._scales(one.scales, other.scales, at)

    def _scales(self, one: Mapping[str, Said], other: Mapping[str, Said], scope: Scope) -> None:
        scope = scope.step("scales", "scales")
        twins = _same_scales(one, other)
        for name, said in other.items():
            ours = twins.get(name)
            at = key_of(scope, ours, name)
            before = None if ours is None else one[ours]
            verdict = self.weighed(before, said, same_words)
            self.record(at, "Verification.scales", "verification", verdict, (before, said))
            if ours is not None:
                self.paired(at)
        if not self.partial:
            for name in one.keys() - set(twins.values()):
                self.record(
                    key_of(scope, name, None), "Verification.scales", "verification",
                    ("removed", ()), (one[name], None),
                )  # fmt: skip

    def words(
        self, step: str, one: Sequence[Said], other: Sequence[Said], scope: Scope, part: Part
    ) -> None:
        """Walk two lists of words."""
        field = f"Project.{step}"
        names = Names(
            traits=lambda said: Traits(None, name_key(said.text)),
            strict=False,
            alike="passages",
            field=field,
        )

        def visit(walk: Walk, before: Said, after: Said, at: Scope) -> None:
            verdict = walk.weighed(before, after, same_name)
            walk.record(at, field, part, verdict, (before, after))

        self.parts(step, part, (one, other), scope, names, visit)

    def bodies(self, one: Sequence[Body], other: Sequence[Body], scope: Scope, part: Part) -> None:
        """Walk two lists of municipalities; the code tells them apart where both have it."""
        strangers = part == "report" and bool(one) and self.partial
        names = Names(
            traits=lambda body: Traits(body.code, name_key(body.name)),
            strict=False,
            alike="no",
            field="Report.bodies" if part == "report" else "Project.bodies",
            new=("conflict", ("other_body",)) if strangers else ("added", ()),
        )

        def visit(walk: Walk, before: Body, after: Body, at: Scope) -> None:
            walk.plain(fieldsets.BODY, before, after, at, part)

        self.parts("bodies", part, (one, other), scope, names, visit)


def _same_scales(one: Mapping[str, Said], other: Mapping[str, Said]) -> dict[str, str]:
    """Return which scale is which (incoming → current): by its name, else by the only name that is nearly the same."""
    found = {name: name for name in other if name in one}
    ours, theirs = _by_key(one), _by_key(other)
    for key, names in theirs.items():
        same = ours.get(key, [])
        if len(names) == len(same) == 1:
            found[names[0]] = same[0]
    return found


def _by_key(names: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name_key(name), []).append(name)
    return found

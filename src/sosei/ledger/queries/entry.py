"""事業の頁. Everything of one project in one year: figures, judgement, money, words, what is found, and who may write what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sosei.core.fields import Lang
from sosei.core.schemes import Scheme, known_schemes
from sosei.judging.verdict import ProjectVerdict
from sosei.ledger import models as m
from sosei.ledger.flow import GROUPS, Group, Lock
from sosei.ledger.queries.entryshown import (
    DecisionShown,
    EntryPage,
    GradeShown,
    LineShown,
    MemberShown,
    PointShown,
)
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.figures import FigureShown, figure_shown
from sosei.ledger.queries.locks import locks_in
from sosei.ledger.queries.looks import Found, Looked, looked_at, waivers_of
from sosei.ledger.queries.money import money_of
from sosei.ledger.queries.scene import Scene, scene_of
from sosei.offices.models import Department, Person
from sosei.offices.permissions import may
from sosei.publishing.charts import chart_of

#: What a person may do to an entry, by the verb of permissions.toml, and the lock that it is under.
ACTS: Final[Mapping[str, tuple[str, Group]]] = {
    "value": ("value.record", "value"),
    "target": ("target.change", "value"),
    "definition": ("definition.change", "definition"),
    "words": ("entry.write", "entry"),
    "money": ("money.record", "money"),
    "verification": ("verification.write", "verification"),
    "grade": ("grade.decide", "verification"),
    "waive": ("finding.waive", "entry"),
    "decision": ("decision.record", "money"),
}
#: Acts that no stage locks.
_FREE: Final = frozenset({"waive", "decision"})


def entry_page(by: Person, entry: int, lang: Lang = "ja") -> EntryPage:
    """Return the page of an entry. Raises ProjectYear.DoesNotExist. 16 queries."""
    scene = scene_in(by.body, entry)
    row = scene.row
    verdict = scene.verdict()
    locks = locks_in(row.volume, by, entries=[row])
    shut = {group: why for group in GROUPS if (why := locks.of(entry, group)) is not None}
    looked = looked_at(scene, waivers_of(row.volume))
    return EntryPage(
        entry=entry,
        volume=row.volume_id,
        fiscal_year=row.volume.fiscal_year,
        home=home_year(row),
        stage=row.stage,
        volume_stage=row.volume.stage,
        kind=row.kind,
        departments=frozenset(scene.keys.departments),
        project=scene.project,
        lines=_lines(scene, verdict, looked, lang),
        verdict=verdict,
        grade=_grade(scene, verdict),
        members=_members(scene),
        money=money_of(scene.rows.spending.get(entry, []), home_year(row), scene.decisions),
        decisions=decisions_shown(scene.decisions),
        looked=looked,
        elsewhere=_elsewhere(looked),
        unexamined=scene.findings().unexamined,
        may=allowed(by, scene.keys.departments, shut),
        locks=shut,
        before=_before(scene),
        rests_since=row.project.rests_since,
        scheme=(scheme := scheme_of(row)),
        scheme_type=scheme.type_named(_granted(row)) if scheme else None,
    )


def scene_in(body: str, entry: int) -> Scene:
    """Return the scene of an entry of a body. Raises ProjectYear.DoesNotExist."""
    scene = scene_of(entry)
    if scene is None or scene.row.body != body:
        raise m.ProjectYear.DoesNotExist
    return scene


def allowed(
    by: Person, departments: Iterable[int], shut: Mapping[Group, Lock]
) -> frozenset[str]:  # fmt: skip
    """Return what a person may do to an entry now."""
    charge = list(departments)
    return frozenset(
        name
        for name, (verb, group) in ACTS.items()
        if may(by, verb, charge) is not None and (name in _FREE or group not in shut)
    )


def scheme_of(row: m.ProjectYear) -> Scheme | None:
    """Return the scheme that an entry's grant is of, where it is known."""
    return next((s for s in known_schemes() if s.id == row.scheme), None)


def _granted(row: m.ProjectYear) -> str:
    return " ".join(filter(None, (row.grant, row.grant_type)))


def _before(scene: Scene) -> int | None:
    """Return last year's entry of the project, where it was loaded beside."""
    row = scene.row
    earlier = [
        other
        for other in scene.rows.entries
        if other.project_id == row.project_id and other.volume.fiscal_year < row.volume.fiscal_year
    ]
    return max(earlier, key=lambda each: each.volume.fiscal_year).pk if earlier else None


def _lines(
    scene: Scene, verdict: ProjectVerdict, looked: Looked, lang: Lang
) -> tuple[LineShown, ...]:
    rows = scene.rows.lines.get(scene.entry, [])
    home = home_year(scene.row)
    return tuple(
        LineShown(
            line=row.pk,
            indicator=row.indicator_id,
            definition=row.definition_id,
            position=i,
            core=core,
            verdict=verdict.indicators[i],
            version=row.definition.version,
            owed_by=row.owed_by.name if row.owed_by else None,
            rests_since=row.indicator.rests_since,
            baseline=_figure(scene.rows.of_definitions.get((row.definition_id, "baseline"))),
            points=_points(scene, row.pk, home),
            chart=chart_of(core, ident=f"k{row.pk}", year=home, lang=lang),
            found=_under(looked, f"/projects/0/indicators/{i}"),
        )
        for i, (row, core) in enumerate(zip(rows, scene.project.indicators, strict=True))
    )


def department_names(numbers: Iterable[int | None]) -> dict[int, str]:
    """Return the names of departments. One query."""
    wanted = {each for each in numbers if each is not None}
    return dict(Department.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _figure(row: m.Value | None) -> FigureShown | None:
    return figure_shown(row) if row is not None else None


def _points(scene: Scene, line: int, home: int) -> tuple[PointShown, ...]:
    found = []
    for shown in scene.rows.shown.get(line, []):
        point = scene.rows.points[shown.point_id]
        of = {
            role: _figure(scene.rows.values.get((point.pk, role)))
            for role in ("target", "actual", "cumulative_actual")
        }
        found.append(
            PointShown(
                point=point.pk,
                year=point.fiscal_year,
                label=point.label,
                target=of["target"],
                actual=of["actual"],
                cumulative=of["cumulative_actual"],
                own=point.fiscal_year == home and point.label is None,
            )
        )
    return tuple(found)


def _under(looked: Looked, path: str) -> tuple[Found, ...]:
    return tuple(
        each
        for each in looked.found
        if each.finding.path == path or each.finding.path.startswith(f"{path}/")
    )


_PARTS: Final = ("spending", "verification", "activities", "period", "departments")


def _elsewhere(looked: Looked) -> dict[str, tuple[Found, ...]]:
    """Return the findings that belong to no indicator, by the part of the page that they stand at."""
    found: dict[str, tuple[Found, ...]] = dict.fromkeys((*_PARTS, "rest"), ())
    for each in looked.found:
        part = each.finding.path.removeprefix("/projects/0").strip("/").split("/")[0]
        if part != "indicators":
            key = part if part in _PARTS else "rest"
            found[key] = (*found[key], each)
    return found


def _grade(scene: Scene, verdict: ProjectVerdict) -> GradeShown:
    rows = scene.rows.verifications.get(scene.entry, [])
    if not rows:
        return GradeShown(proposal=verdict.proposal)
    row = rows[0]
    return GradeShown(
        proposal=verdict.proposal,
        decided=row.decided,
        reason=row.decided_reason,
        then=row.proposed,
        rule=row.proposed_by,
        stamp=row.stamp,
    )


def _members(scene: Scene) -> tuple[MemberShown, ...]:
    return tuple(
        MemberShown(name=row.name, code=row.member_code, lead=row.lead, yen=row.yen)
        for row in scene.rows.members.get(scene.entry, [])
    )


def decisions_shown(decisions: Iterable[m.GrantDecision]) -> tuple[DecisionShown, ...]:
    """Return grant decisions as they are shown."""
    return tuple(
        DecisionShown(
            decision=row.pk,
            stamp=row.stamp,
            number=row.number,
            scheme=row.scheme,
            decided_on=row.decided_on,
            yen=row.yen,
            eligible=row.eligible_yen,
            report_due=row.report_due,
            reported_on=row.reported_on,
            reported=row.reported_yen,
            settled=row.settled_yen,
            decided_reason=row.decided_reason,
            reported_reason=row.reported_reason,
        )
        for row in decisions
    )

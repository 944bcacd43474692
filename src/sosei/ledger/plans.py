"""計画の取込み. A plan's baseline and yearly increases as targets that can stand in the book, with the arithmetic beside each."""

from __future__ import annotations

from sosei.core.inquiry import Notice
from sosei.core.report import Expression, Report
from sosei.ledger.difference import InLevels, in_levels
from sosei.ledger.incoming import Aside, Incoming
from sosei.ledger.objections import NoLevels


def incoming_plan(report: Report, name: str, expression: Expression | None) -> Incoming:
    """Return a plan as what it proposes: targets in levels. `expression`: what its figures are where it does not say so.

    Raises NoLevels where no target follows from it.
    """
    stated = {
        f"/projects/{p}/indicators/{k}": expression
        for p, project in enumerate(report.projects)
        for k, indicator in enumerate(project.indicators)
        if expression is not None and indicator.expression is None
    }
    found = in_levels(report, stated=stated, kind="result")
    if not any(plan.levels for plan in found.levels.values()):
        raise NoLevels(name=name)
    return Incoming(
        report=found.report,
        asides={
            f"{path}/years/{level.index}/target": Aside(how=level.how_ja, how_en=level.how_en)
            for path, plan in found.levels.items()
            for level in plan.levels
        },
        notices=tuple(_totals(found)),
        not_understood=tuple(_refused(found, report)),
    )


def _totals(found: InLevels) -> list[tuple[str, Notice]]:
    """Return where a printed total is not what the increases add up to."""
    return [
        (f"{path}/increase_total", Notice(code=NoLevels.code, ja=plan.total.ja, en=plan.total.en))
        for path, plan in found.levels.items()
        if plan.total is not None and not plan.total.agrees
    ]


def _refused(found: InLevels, report: Report) -> list[Notice]:
    notices = []
    for path, refused in found.refusals:
        _, _, p, _, k = path.split("/")
        indicator = report.projects[int(p)].indicators[int(k)]
        name = indicator.name.text if indicator.name else f"{int(k) + 1}"
        notices.append(
            Notice(
                code=NoLevels.code, ja=f"「{name}」：{refused.ja}", en=f"“{name}”: {refused.en}",
                place=indicator.place,
            )
        )  # fmt: skip
    return notices

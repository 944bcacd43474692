"""点検. A report goes in, findings come out: every rule is either looked at or said not to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sosei.checking.context import Context
from sosei.checking.finding import Finding, Findings, Unexamined
from sosei.checking.registry import rules
from sosei.checking.rule import Hit, Need, Rule
from sosei.checking.scene import Scene
from sosei.checking.settings import Settings
from sosei.core.report import Report

_HAVE: Final[dict[Need, Callable[[Context], bool]]] = {
    Need.DOCUMENT: lambda context: context.document is not None,
    Need.PREVIOUS: lambda context: context.previous is not None,
    Need.OTHERS: lambda context: bool(context.others),
    Need.LEDGER: lambda context: context.ledger is not None,
    Need.TODAY: lambda context: context.today is not None,
}


def check(
    report: Report, context: Context | None = None, settings: Settings | None = None
) -> Findings:
    """Look at a report with every rule that the settings select.

    Findings stand in the order of the report, then of the codes. A rule whose input is missing is listed as not
    examined, with the input that it lacks.
    """
    scene = Scene(report, context or Context())
    settings = settings or Settings()
    findings: list[Finding] = []
    unexamined: list[Unexamined] = []
    examined: list[str] = []
    for rule in rules():
        if not settings.wants(rule.code):
            continue
        missing = [need for need in sorted(rule.needs) if not _HAVE[need](scene.context)]
        if missing:
            unexamined.append(_lacking(rule, missing))
            continue
        hits, skips = _looked(rule, scene, settings)
        findings += hits
        unexamined += skips
        if hits or not skips:
            examined.append(rule.code)
    findings.sort(key=_order)
    return Findings(
        findings=tuple(findings), unexamined=tuple(unexamined), examined=tuple(examined)
    )


def _looked(rule: Rule, scene: Scene, settings: Settings) -> tuple[list[Finding], list[Unexamined]]:
    findings, skips = [], []
    for seen in rule.look(scene):
        if isinstance(seen, Hit):
            findings.append(_finding(rule, seen, settings))
        else:
            skip = Unexamined(code=rule.code, reason_ja=seen.ja, reason_en=seen.en, path=seen.path)
            skips.append(skip)
    return findings, skips


def _finding(rule: Rule, hit: Hit, settings: Settings) -> Finding:
    return Finding(
        code=rule.code,
        severity=settings.weigh(rule.code, hit.severity or rule.severity),
        message_ja=hit.ja,
        message_en=hit.en,
        place=hit.place,
        raw=hit.raw,
        source=rule.source,
        fix=hit.fix,
        path=hit.path,
    )


def _lacking(rule: Rule, missing: list[Need]) -> Unexamined:
    ja = "と".join(need.ja for need in missing)
    en = " and ".join(need.en for need in missing)
    return Unexamined(
        code=rule.code,
        reason_ja=f"{ja}がないので、見ていません。",
        reason_en=f"Not looked at for want of {en}.",
    )


def _order(finding: Finding) -> tuple[bool, tuple[tuple[int, str], ...], str, str]:
    """Put findings in the order of the report; those on the document as a whole come last."""
    steps = re.findall(r"[^/]+", finding.path)
    parts = tuple((int(step), "") if step.isdecimal() else (-1, step) for step in steps)
    return not steps, parts, finding.code, finding.message_ja

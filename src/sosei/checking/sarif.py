"""SARIF の出力. Findings in the static analysis format 2.1.0, for tools that show them beside the file."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from sosei.checking.finding import Finding, Findings, Severity
from sosei.checking.plain import shown_place
from sosei.checking.registry import rules
from sosei.checking.rule import Rule
from sosei.core.report import Place, Report

VERSION: Final = "2.1.0"
_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def log(
    findings: Findings, report: Report, *, version: str = "", lang: str = "ja"
) -> dict[str, Any]:
    """Return the log: one run with all rules, a result for each finding, a notification for each rule not examined.

    A place in text gives its characters; any other place and the path into the report are logical locations.
    """
    known = rules()
    index = {rule.code: at for at, rule in enumerate(known)}
    driver = {"name": "sosei", "rules": [_rule(rule, lang) for rule in known]}
    if version:
        driver["version"] = version
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "note",
                        "message": {"text": each.reason(lang)},
                        "associatedRule": {"id": each.code, "index": index[each.code]},
                    }
                    for each in findings.unexamined
                ],
            }
        ],
        "artifacts": [{"location": {"uri": quote(s.name)}} for s in report.sources],
        "results": [_result(each, report, index, lang) for each in findings],
    }
    return {"version": VERSION, "runs": [run]}


def dumps(findings: Findings, report: Report, *, version: str = "", lang: str = "ja") -> str:
    """Return the log as JSON text."""
    made = log(findings, report, version=version, lang=lang)
    return json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    title, why = (rule.title_en, rule.why_en) if lang == "en" else (rule.title_ja, rule.why_ja)
    return {
        "id": rule.code,
        "name": rule.title_en,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": f"{rule.wrong} → {rule.right}\n{rule.source}"},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(finding: Finding, report: Report, index: dict[str, int], lang: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.message(lang)},
        "locations": _locations(finding, report),
    }
    if finding.fix:
        fix = finding.fix
        result["properties"] = {
            "fix": {"path": fix.path, "before": fix.before, "after": fix.after, "safe": fix.safe}
        }
    return result


def _locations(finding: Finding, report: Report) -> list[dict[str, Any]]:
    found = [_physical(place, finding, report) for place in finding.place]
    return found or [{"logicalLocations": [_logical(finding.path or "/")]}]


def _physical(place: Place, finding: Finding, report: Report) -> dict[str, Any]:
    """Return a place with the file it is in and, in text, its characters."""
    logical = [_logical(finding.path)] if finding.path else []
    physical: dict[str, Any] = {}
    artifact = _artifact(place, report)
    if artifact is not None:
        physical["artifactLocation"] = artifact
    if place.start is not None and place.end is not None:
        physical["region"] = {"charOffset": place.start, "charLength": place.end - place.start}
    else:
        logical.append(_logical(shown_place(place)))
    location: dict[str, Any] = {}
    # SARIF wants a file with every region; a report without sources has none to name.
    if artifact is not None:
        location["physicalLocation"] = physical
    if logical or artifact is None:
        location["logicalLocations"] = logical or [_logical(shown_place(place))]
    return location


def _artifact(place: Place, report: Report) -> dict[str, Any] | None:
    for index, source in enumerate(report.sources):
        if place.source in {None, source.id}:
            return {"uri": quote(source.name), "index": index}
    return None


def _logical(name: str) -> dict[str, Any]:
    return {"fullyQualifiedName": name}

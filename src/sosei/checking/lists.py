"""JSON の出力. Findings as a list of plain objects; what was not examined stands at its end and says so."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Final

from sosei.checking.finding import Finding, Findings, Unexamined
from sosei.checking.fix import as_json
from sosei.core.report import Places

#: Stands where a finding has its severity: the rule was not looked at.
NOT_EXAMINED: Final = "not_examined"


def items(findings: Findings) -> list[dict[str, Any]]:
    """Return one object for each finding and for each rule (or part) not examined."""
    return [
        *(_finding(each) for each in findings.findings),
        *(_unexamined(each) for each in findings.unexamined),
    ]


def dumps(findings: Findings) -> str:
    """Return the JSON text: UTF-8 characters as they are, two spaces, one final line break."""
    return json.dumps(items(findings), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message_ja": finding.message_ja,
        "message_en": finding.message_en,
        "path": finding.path,
        "place": places(finding.place),
        "raw": finding.raw,
        "source": finding.source,
        "fix": as_json(finding.fix) if finding.fix else None,
    }


def _unexamined(each: Unexamined) -> dict[str, Any]:
    return {
        "code": each.code,
        "severity": NOT_EXAMINED,
        "message_ja": f"見ていません。{each.reason_ja}",
        "message_en": f"Not examined. {each.reason_en}",
        "path": each.path,
        "place": None,
        "raw": None,
        "source": None,
        "fix": None,
    }


def places(where: Places) -> list[dict[str, Any]] | None:
    """Return places as the contract writes them, or None where there are none."""
    return [
        {
            f.name: getattr(p, f.name)
            for f in dataclasses.fields(p)
            if getattr(p, f.name) is not None
        }
        for p in where
    ] or None

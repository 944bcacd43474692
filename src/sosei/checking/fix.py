"""修正. What becomes what, where: shown as a difference, applied only when asked, and only where it cannot be otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sosei.checking.finding import Finding, Fix
from sosei.core.report import Report


def proposals(findings: Iterable[Finding]) -> tuple[tuple[Finding, Fix], ...]:
    """Return the findings that propose a change, with it, in their order; each change once."""
    seen: set[Fix] = set()
    pairs = []
    for finding in findings:
        if finding.fix is not None and finding.fix not in seen:
            seen.add(finding.fix)
            pairs.append((finding, finding.fix))
    return tuple(pairs)


def difference(findings: Iterable[Finding], *, lang: str = "ja") -> str:
    """Return the proposals as text in the manner of a unified difference; empty where there are none.

    A change that needs a person's judgement says so and is not applied by `apply`.
    """
    return "".join(line + "\n" for pair in proposals(findings) for line in _hunk(*pair, lang))


def _hunk(finding: Finding, fix: Fix, lang: str) -> Iterator[str]:
    if lang == "en":
        note = "applied by --apply" if fix.safe else "to be decided by a person"
    else:
        note = "--apply で直します" if fix.safe else "人が判断します"
    yield f"@@ {fix.path} @@ {finding.code} ({note})"
    yield f"-{fix.before}"
    yield f"+{fix.after}"


def as_json(fix: Fix) -> dict[str, object]:
    """Return a proposal as plain values."""
    return dataclasses.asdict(fix)


def apply(report: Report, findings: Iterable[Finding]) -> Report:
    """Return the report with the safe proposals in it; doing so twice changes nothing more.

    Where the words are no longer those that a proposal speaks of, they are left alone.
    """
    for _, fix in proposals(findings):
        if fix.safe:
            report = _replaced(report, fix.path.strip("/").split("/"), fix)
    return report


def _replaced(part: Any, steps: list[str], fix: Fix) -> Any:
    """Return a part with the words at a path replaced, rebuilding only what stands above them."""
    step, *rest = steps
    old = _child(part, step)
    new = _replaced(old, rest, fix) if rest and old is not None else _words(old, fix)
    if new is old:
        return part
    if isinstance(part, tuple):
        at = int(step)
        return (*part[:at], new, *part[at + 1 :])
    if isinstance(part, Mapping):
        return {**part, step: new}
    return dataclasses.replace(part, **{step: new})


def _child(part: Any, step: str) -> Any:
    if isinstance(part, tuple):
        return part[int(step)] if step.isdecimal() and int(step) < len(part) else None
    if isinstance(part, Mapping):
        return part.get(step)
    return getattr(part, step, None)


def _words(old: Any, fix: Fix) -> Any:
    return fix.after if old == fix.before else old

"""訂正の箇所. What a later report corrects in an earlier one, each line with the project that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sosei.core.report import Report
from sosei.ledger.difference.comparing import difference
from sosei.ledger.difference.errata import errata

_PROJECT: Final = re.compile(r"/projects/([0-9]+)(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """訂正の一行. Where, wrong, right; `project`: its index in the later report, None where it stands in none there."""

    subject: str
    wrong: str
    right: str
    project: int | None = None


def corrections_of(before: Report, after: Report) -> tuple[Correction, ...]:
    """Return what the later report corrects in the earlier, in the order of the report; nothing where both print the same."""
    lines = errata(before, after)
    changes = difference(before, after, partial=False).by_id if lines else {}
    return tuple(
        Correction(
            subject=line.where_ja,
            wrong=line.wrong_ja,
            right=line.right_ja,
            project=_project(changes[line.id].there),
        )
        for line in lines
        if line.wrong_ja != line.right_ja
    )


def _project(path: str | None) -> int | None:
    found = _PROJECT.match(path or "")
    return int(found[1]) if found else None

"""届いたもの. What a file proposes for a volume: a report beside the book's, and what it says that no report can hold.

Kept in a batch as JSON until a person has looked at it, and set beside the book anew each time it is shown: the book may
have moved on. What belongs together is kept by the numbers of rows, never by places in a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sosei.core.codec import dumps, loads
from sosei.core.inquiry import Notice
from sosei.core.report import Report
from sosei.ledger.queries.view import View
from sosei.ledger.traces import placed, places


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """添え書き. What comes with a figure and has no place in a report.

    `note`: 備考 of the answer; `expected_on`: the last day of 判明予定; `how`: how a plan's target was reckoned.
    """

    note: str | None = None
    expected_on: date | None = None
    how: str | None = None
    how_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """届いた内容. `decided`: incoming path → row ("entry:5", "line:7", "spending:3") or current path, None: new.

    `asides` and `was` (what stood when it was asked): by the incoming path of the figure. `notices`: what a person has
    to look at, by the incoming path it is about ("": the whole file). `unanswered`: names of what was left blank.
    """

    report: Report
    decided: Mapping[str, str | None] = field(default_factory=dict)
    asides: Mapping[str, Aside] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[tuple[str, Notice], ...] = ()
    not_understood: tuple[Notice, ...] = ()
    unanswered: tuple[str, ...] = ()
    respondent: str | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "report": dumps(self.report),
            "decided": dict(self.decided),
            "asides": {path: _aside(aside) for path, aside in self.asides.items()},
            "was": dict(self.was),
            "notices": [[path, _notice(notice)] for path, notice in self.notices],
            "not_understood": [_notice(notice) for notice in self.not_understood],
            "unanswered": list(self.unanswered),
            "respondent": self.respondent,
        }


def incoming_of(kept: Mapping[str, Any]) -> Incoming:
    """Return what `Incoming.kept` kept."""
    return Incoming(
        report=loads(kept["report"]),
        decided=kept.get("decided", {}),
        asides={path: _aside_of(said) for path, said in kept.get("asides", {}).items()},
        was=kept.get("was", {}),
        notices=tuple((path, _notice_of(said)) for path, said in kept.get("notices", [])),
        not_understood=tuple(map(_notice_of, kept.get("not_understood", []))),
        unanswered=tuple(kept.get("unanswered", [])),
        respondent=kept.get("respondent"),
    )


def _aside(aside: Aside) -> dict[str, Any]:
    day = aside.expected_on
    said = asdict(aside) | {"expected_on": day.isoformat() if day else None}
    return {name: value for name, value in said.items() if value}


def _aside_of(said: Mapping[str, Any]) -> Aside:
    day = said.get("expected_on")
    return Aside(**{**said, "expected_on": date.fromisoformat(day) if day else None})


def _notice(notice: Notice) -> dict[str, Any]:
    said = asdict(notice) | {"place": placed(notice.place)}
    return {name: value for name, value in said.items() if value}


def _notice_of(said: Mapping[str, Any]) -> Notice:
    return Notice(**{**said, "place": places(said.get("place"))})


def current_paths(view: View, decided: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return decisions by the paths of the book as it is now; what is no longer there is left out."""
    now = row_paths(view)
    found: dict[str, str | None] = {}
    for path, row in decided.items():
        if row is None:
            found[path] = None
        elif row.startswith("/"):
            found[path] = row
        elif row in now:
            found[path] = now[row]
    return found


def row_paths(view: View) -> dict[str, str]:
    """Return where each entry, line and spending of the book stands in its report."""
    found: dict[str, str] = {}
    for i, entry in enumerate(view.entries):
        found[f"entry:{entry.entry}"] = f"/projects/{i}"
        for k, line in enumerate(entry.lines):
            found[f"line:{line.line}"] = f"/projects/{i}/indicators/{k}"
        for k, spending in enumerate(entry.spending):
            found[f"spending:{spending}"] = f"/projects/{i}/spending/{k}"
    return found


def path_rows(view: View) -> dict[str, str]:
    """Return which row stands at each path of the book's report."""
    return {path: row for row, path in row_paths(view).items()}

"""断る理由. Everything in a report that the book cannot hold, found before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from sosei.core.report import Report, Spending
from sosei.core.years import RANGE
from sosei.ledger.refusals import Unrecordable

_YEARS: Final = frozenset({"year", "fiscal_year", "baseline_year", "first", "last"})
_MOST_BODIES: Final = 100_000
Problem = tuple[str, str, str]


def refuse(report: Report, year: int | None) -> None:
    """Refuse what the book cannot hold. Raises Unrecordable with every problem and where it stands."""
    found = [*_year(report, year), *_walk(report, "")]
    if found:
        raise Unrecordable(found)


def year_of(report: Report, year: int | None) -> int | None:
    """Return the fiscal year whose book a report is: given by a person, its own, or the last of its projects'."""
    if year is not None:
        return year
    if report.fiscal_year is not None:
        return report.fiscal_year.year
    said = [p.fiscal_year.year for p in report.projects if p.fiscal_year and p.kind != "plan"]
    return max(said, default=None)


def _year(report: Report, year: int | None) -> Iterator[Problem]:
    if year_of(report, year) is None:
        yield (
            "/fiscal_year",
            "どの年度の報告書か書かれていません。年度を選んでください。",
            "It does not say of which fiscal year it is. Choose the year.",
        )


def _walk(part: Any, path: str) -> Iterator[Problem]:
    """Look at every string, year and count, wherever it stands."""
    if isinstance(part, str):
        if "\0" in part:
            yield (
                path,
                "空文字（NUL）が混ざっています。取り除いてください。",
                "A NUL character. Take it out.",
            )
    elif isinstance(part, Mapping):
        for name, item in part.items():
            yield from _walk(name, f"{path}/{name}")
            yield from _walk(item, f"{path}/{name}")
    elif isinstance(part, (tuple, list)):
        for i, item in enumerate(part):
            yield from _walk(item, f"{path}/{i}")
    elif is_dataclass(part) and not isinstance(part, type):
        yield from _dated(part, path)
        for f in fields(part):
            yield from _walk(getattr(part, f.name), f"{path}/{f.name}")
    elif isinstance(part, Enum):
        return


def _dated(part: Any, path: str) -> Iterator[Problem]:
    for f in fields(part):
        value = getattr(part, f.name)
        if f.name in _YEARS and isinstance(value, int) and value not in RANGE:
            yield (
                f"{path}/{f.name}",
                f"年度「{value}」は{RANGE.start}年度から{RANGE.stop - 1}年度までの外です。",
                f"The year {value} is outside {RANGE.start} to {RANGE.stop - 1}.",
            )
    shared = getattr(part, "shared_by", None) if isinstance(part, Spending) else None
    if shared is not None and not 1 <= shared <= _MOST_BODIES:
        yield f"{path}/shared_by", f"団体の数「{shared}」は正しくありません。", f"{shared} bodies?"

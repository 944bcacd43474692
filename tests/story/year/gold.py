"""正解. The report that the year must end with, built from `gold.toml` alone: values of the contract, nothing of the ledger."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)


@cache
def gold() -> dict[str, Any]:
    """The gold's data."""
    return tomllib.loads((Path(__file__).parent / "gold.toml").read_text("utf-8"))


def second_edition() -> Report:
    """What the book says at the end."""
    data = gold()
    return Report(
        title=Said(text=data["title"]),
        bodies=(Body(name=data["body"], basis="printed"),),
        fiscal_year=Year(year=data["fiscal_year"]),
        projects=tuple(_project(each, data) for each in data["project"]),
    )


def first_edition() -> Report:
    """What was published first: the same, but for what was found to be wrong."""
    later = second_edition()
    (i,) = (i for i, p in enumerate(later.projects) if str(p.name).startswith("子育て世代"))
    project = later.projects[i]
    (k,) = (k for k, one in enumerate(project.indicators) if str(one.name).startswith("一時預かり"))
    indicator = project.indicators[k]
    wrong = replace(indicator, years=(replace(indicator.years[0], actual=Value(number=Decimal(1262))),))  # fmt: skip
    spending = (*project.spending[:2], replace(project.spending[2], yen=330_000))
    indicators = (*project.indicators[:k], wrong, *project.indicators[k + 1 :])
    before = replace(project, indicators=indicators, spending=spending)
    return replace(later, projects=(*later.projects[:i], before, *later.projects[i + 1 :]))


def errata() -> list[tuple[str, str, str]]:
    """The lines of the 正誤表."""
    return [(one["subject"], one["wrong"], one["right"]) for one in gold()["erratum"]]


def _project(data: dict[str, Any], whole: dict[str, Any]) -> Project:
    raw, first, last = data["period"]
    return Project(
        kind="result",
        grant=Said(text=whole["grant"]),
        name=Said(text=data["name"]),
        departments=tuple(Said(text=name) for name in data["departments"]),
        bodies=tuple(Body(name=name) for name in data.get("bodies", ())),
        period=PeriodSaid(raw=raw, first=first, last=last),
        activities=tuple(Said(text=words) for words in data["activities"]),
        spending=tuple(
            Spending(label=Said(text=label), yen=yen, kind=kind, role="line", unit="千円")
            for label, yen, kind in data["spending"]
        ),
        verification=Verification(
            **{name: Said(text=words) for name, words in data["verification"].items()}
        ),
        indicators=tuple(_indicator(one, whole) for one in data["indicator"]),
    )


_OWN = frozenset({"name", "definition", "baseline", "target", "actual", "state", "as_of"})  # fmt: skip


def _indicator(data: dict[str, Any], whole: dict[str, Any]) -> Indicator:
    actual = Value(
        number=Decimal(str(data["actual"])), state=data.get("state"), as_of=data.get("as_of")
    )
    target = Value(number=Decimal(str(data["target"])))
    base = Value(number=Decimal(str(data["baseline"])))
    return Indicator(
        name=Said(text=data["name"]),
        definition=Said(text=data["definition"]) if "definition" in data else None,
        baseline=base,
        baseline_year=whole["baseline_year"],
        years=(YearPoint(fiscal_year=whole["fiscal_year"], target=target, actual=actual),),
        **{name: value for name, value in data.items() if name not in _OWN},
    )

"""見本市の報告書. The sample city's reports as values, from `mihon.toml`: two years published, one half done."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from sosei.core.fiscal import FiscalYear
from sosei.core.gaps import Gap
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

TITLE = "地方創生関連交付金等を活用した事業の実施結果（架空の見本）"
#: By which grant such projects ran in a fiscal year: the same project outlives the names (DOMAIN §1).
_GRANTS = (
    (2026, "地域未来交付金"),
    (2025, "新しい地方経済・生活環境創生交付金"),
    (2023, "デジタル田園都市国家構想交付金（地方創生推進タイプ）"),
    (2016, "地方創生推進交付金"),
)


@cache
def city() -> dict[str, Any]:
    """Return the sample city's data."""
    return tomllib.loads((files("sosei.house.sample") / "mihon.toml").read_text("utf-8"))


def report(year: int, back: int) -> Report:
    """Return the report on the year `back` years before `year` (2, 1 or 0): what is known of it, plans of the next."""
    told = year - back
    results = [p for p in city()["project"] if p["first"] <= -back <= p["last"]]
    plans = [_plan(p, year) for p in city().get("plan", [])] if back == 0 else []
    return Report(
        title=Said(text=TITLE),
        bodies=(Body(name=city()["city"]["name"], basis="printed"),),
        fiscal_year=Year(year=told),
        projects=(*(_result(p, year, back) for p in results), *plans),
    )


def _result(data: dict[str, Any], year: int, back: int) -> Project:
    at = 2 - back
    return Project(
        kind="result",
        grant=Said(text=grant_of(year - back)),
        name=Said(text=data["name"]),
        departments=tuple(Said(text=name) for name in data["departments"]),
        bodies=tuple(Body(name=name) for name in data.get("joint", [])),
        period=_period(data, year),
        activities=tuple(Said(text=words) for words in data["activities"]),
        spending=tuple(_spending(line, at) for line in data["spending"] if line["yen"][at] != ""),
        verification=_verification(data, at) if back else None,
        indicators=tuple(_indicator(k, year, back) for k in data["indicator"]),
    )


def _plan(data: dict[str, Any], year: int) -> Project:
    return Project(
        kind="plan",
        grant=Said(text=grant_of(year + 1)),
        name=Said(text=data["name"]),
        departments=tuple(Said(text=name) for name in data["departments"]),
        period=_period(data, year),
        fiscal_year=Year(year=year + 1),
        activities=tuple(Said(text=words) for words in data["activities"]),
        indicators=tuple(
            Indicator(
                name=Said(text=k["name"]),
                unit=k["unit"],
                years=(YearPoint(fiscal_year=year + 1, target=_value(k["target"])),),
            )
            for k in data["indicator"]
        ),
    )


def grant_of(year: int) -> str:
    """Return the name of the grant by which such a project ran in a fiscal year."""
    return next(name for first, name in _GRANTS if year >= first)


def _period(data: dict[str, Any], year: int) -> PeriodSaid:
    first, last = year + data["first"], year + data["last"]
    return PeriodSaid(
        raw=f"{FiscalYear(first).short}～{FiscalYear(last).short}年度", first=first, last=last
    )


def _spending(line: dict[str, Any], at: int) -> Spending:
    return Spending(
        label=Said(text=line["label"]),
        yen=line["yen"][at],
        kind=line["kind"],
        role="line",
        unit="千円",
    )


def _indicator(data: dict[str, Any], year: int, back: int) -> Indicator:
    at = 2 - back
    return Indicator(
        name=Said(text=data["name"]),
        unit=data["unit"],
        type=data["type"],
        direction=data["direction"],
        expression=data["expression"],
        year_type=data.get("year_type", "fiscal"),
        count_kind=data.get("count_kind"),
        baseline=_value(data["baseline"]),
        baseline_year=year - 3,
        years=(
            YearPoint(
                fiscal_year=year - back,
                target=_value(data["target"][at]),
                actual=_actual(data["actual"][at], data.get("expected")),
            ),
        ),
    )


def _value(figure: Any) -> Value | None:
    return None if figure == "" else Value(number=Decimal(str(figure)))


def _actual(figure: Any, expected: str | None) -> Value | None:
    if figure == "集計中":
        return Value(gap=Gap.COUNTING, expected=expected)
    value = _value(figure)
    return replace(value, state="final") if value else None


def _verification(data: dict[str, Any], at: int) -> Verification:
    """Say honestly what the figures of that year allow: reached or not."""
    missed = [k["name"] for k in data["indicator"] if _missed(k, at)]
    reached = not missed
    return Verification(
        grade=Said(
            text="地方創生に非常に効果的であった" if reached else "地方創生に相当程度効果があった"
        ),
        expert_judgement=Said(text="総合戦略のKPI達成に有効であった"),
        expert_opinion=Said(
            text="成果を広く知らせることを望む。"
            if reached
            else "目標に届かない指標の要因を引き続き確かめること。"
        ),
        obstacle=None
        if reached
        else Said(text=f"「{missed[0]}」は参加の呼びかけが届く範囲に限りがあった。"),
        countermeasure=None
        if reached
        else Said(text="呼びかける先を広げ、年度の早い時期から実施する。"),
        next_policy=Said(text="事業の継続" if reached else "事業内容の見直し（改善）"),
    )


def _missed(data: dict[str, Any], at: int) -> bool:
    target, actual = data["target"][at], data["actual"][at]
    if not isinstance(target, (int, float)) or not isinstance(actual, (int, float)):
        return False
    return actual > target if data["direction"] == "down" else actual < target

"""正解. The words in which a layout says what its files state: the gold conventions of the reference cases.

A layout's module holds GOLD, made of these, and draws its files from the same figures, so that the two cannot part.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

#: Units with a scale in them, and the unit and factor that remain without it.
SCALED = {
    "千円": ("円", 1_000),
    "万円": ("円", 10_000),
    "百万円": ("円", 1_000_000),
    "億円": ("円", 100_000_000),
    "千人": ("人", 1_000),
    "万人": ("人", 10_000),
    "千人泊": ("人泊", 1_000),
    "万トン": ("トン", 10_000),
}
ROLES = ("baseline", "target", "actual")


def gold(case: str, body: str | None, grant: str | None, year: str, projects: list) -> dict:
    """A report: `year` in short wareki (R4), as every year here."""
    return {
        "case": case,
        "split": "own",
        "municipality": body,
        "grant": grant,
        "fiscal_year": year,
        "projects": projects,
    }


def project(name, kpis, *, departments=(), period=None, spending=(), **more) -> dict:
    """A project; `spending`: label, amount and unit of every amount printed for it."""
    costs = [
        {"label": label, "amount": amount, "unit": unit, **dict(*rest)}
        for label, amount, unit, *rest in spending
    ]
    return {
        "name": name,
        "departments": list(departments),
        "period": period,
        "expenditures": costs,
        "kpis": kpis,
        **more,
    }


def goal(name, kpis, **more) -> dict:
    """A goal or measure that is no project of its own."""
    return project(name, kpis, kind="goal", **more)


def kpi(name, unit, year, status="actual", *, rate=None, series=None, **more: Any) -> dict:
    """An indicator; `series` by year: {"R3": {"target": 5, "actual": 4}}. Bases of scaled units are worked out here."""
    row = {"name": name, "unit": unit, "fiscal_year": year, "status": status, **more}
    if rate is not None:
        row["achievement_rate"] = rate
    if series:
        row["series"] = [{"fiscal_year": y, **values} for y, values in series.items() if values]
    if unit in SCALED:
        row["base_unit"], factor = SCALED[unit]
        for role in ROLES:
            if isinstance(row.get(role), int | float):
                row[f"{role}_base"] = _plain(Decimal(str(row[role])) * factor)
    return row


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def percent(actual: float, target: float, places: int = 1) -> str:
    """A printed rate, half up: 62.5%."""
    step = Decimal(1).scaleb(-places)
    share = Decimal(str(actual)) * 100 / Decimal(str(target))
    return f"{share.quantize(step, 'ROUND_HALF_UP')}%"


def comma(number: float | str | None) -> str:
    """A figure as tables print it: 1,234; words as they are, nothing for None."""
    if number is None or isinstance(number, str):
        return number or ""
    return f"{number:,}"


def minus(number: float, sign: str = "▲") -> str:
    """A figure with the sign that offices put before what is below zero."""
    return f"{sign}{-number:,}" if number < 0 else f"{number:,}"


def wide(text: object) -> str:
    """Digits, commas and points in full width: １，２３４．５."""
    return str(text).translate(str.maketrans("0123456789,.%-", "０１２３４５６７８９，．％－"))

"""目標年月. A target whose time lies before the report's year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.days import fiscal_year_of, last_day
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, PointSpot, Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for indicators whose last target is of a year before the report's."""
    for spot in scene.indicators:
        report_year = spot.owner.year
        dated = [(year, p) for p in spot.points() if (year := _target_year(p)) is not None]
        if report_year is None or not dated or _undated_target(spot):
            continue
        year, point = max(dated, key=lambda pair: pair[0])
        if year < report_year:
            yield _hit(spot, point, year, report_year)


def _target_year(point: PointSpot) -> int | None:
    target = point.point.target
    if target is None or target.gap is not None:
        return None
    due = last_day(point.point.due)
    return fiscal_year_of(due) if due else point.point.fiscal_year


def _undated_target(spot: IndicatorSpot) -> bool:
    """Tell whether some target stands without a year: it may be the one that counts."""
    said = [p for p in spot.points() if p.point.target and p.point.target.gap is None]
    return any(_target_year(point) is None for point in said)


def _hit(spot: IndicatorSpot, point: PointSpot, year: int, report_year: int) -> Hit:
    target = point.point.target
    when = point.point.due or f"{year}年度"
    return Hit(
        ja=f"{spot.ja}の目標は{when}までのもので、報告の年度（{report_year}年度）より前です。目標年月か報告の年度を確かめてください。",
        en=f"The target of the {spot.en} is for FY{year}, before the report's FY{report_year}. Check its date or the report's year.",
        path=point.path,
        place=(target.place if target else ()) or spot.place,
        raw=point.point.due or spot.raw,
    )


RULE: Final = Rule(
    code="KPI-DUE",
    title_ja="報告年度より前の目標",
    title_en="A target before the report's year",
    severity=Severity.WARNING,
    source="目標年月（様式2）が報告の年度より前の公表例",
    why_ja="目標の年が過ぎた指標は、新しい目標がないまま実績だけが続いているおそれがあります。",
    why_en="Where the year of the target has passed, results may go on without a target that counts.",
    wrong="平成28年度報告 目標年月 H27.3",
    right="平成28年度報告 目標年月 H29.3",
    look=look,
)

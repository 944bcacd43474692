"""年度なし. A value that belongs to no year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, PointSpot, Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for actuals and targets that neither column nor project nor report gives a year to."""
    for spot in scene.indicators:
        undated = next((point for point in spot.points() if _undated(point)), None)
        if undated is not None:
            yield _hit(spot, undated)


def _undated(point: PointSpot) -> bool:
    said = point.point
    holds = any(v is not None and v.gap is None for v in (said.target, said.actual))
    return holds and point.year is None and said.label is None and said.due is None


def _hit(spot: IndicatorSpot, point: PointSpot) -> Hit:
    value = point.point.actual or point.point.target
    return Hit(
        ja=f"{spot.ja}の値が何年度のものか書かれていません。値の見出しか報告書の表題に年度を書いてください。",
        en=f"Nothing says which year the values of the {spot.en} belong to. Print the year over the value or in the title.",
        path=point.path,
        place=(value.place if value else ()) or spot.place,
        raw=spot.raw,
    )


RULE: Final = Rule(
    code="KPI-NOFY",
    title_ja="値の年度なし",
    title_en="No year for a value",
    severity=Severity.WARNING,
    source="公表資料の値に年度がない例（記載の義務を確認できていないため注意）",
    why_ja="年度の分からない値は、前年度や目標年度と比べられません。",
    why_en="A value without its year cannot be compared with last year's or with the year of the target.",
    wrong="実績 161人",
    right="令和3年度実績 161人",
    look=look,
)

"""根拠のない実績. An actual that no row or document of the ledger stands behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, value_raw
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for actuals that the ledger has no evidence for."""
    ledger = scene.context.ledger
    assert ledger is not None
    proven = {(fold(v.indicator), v.fiscal_year) for v in ledger.values if v.evidence}
    for spot in scene.indicators:
        if spot.indicator.statistic is None:
            yield from _unproven(spot, proven)


def _unproven(spot: IndicatorSpot, proven: set[tuple[str, int]]) -> Iterator[Hit]:
    for point in spot.points():
        actual = point.point.actual
        if actual is None or actual.number is None or point.year is None:
            continue
        if (fold(spot.name), point.year) not in proven:
            yield Hit(
                ja=f"{spot.ja}の実績「{value_raw(actual)}」には、台帳に根拠となる記録も出典もありません。根拠資料を登録してください。",
                en=f"No record and no source stands behind the actual “{value_raw(actual)}” of the {spot.en}. Register its evidence.",
                path=f"{point.path}/actual",
                place=actual.place or spot.place,
                raw=value_raw(actual),
            )


RULE: Final = Rule(
    code="KPI-NOEVID",
    title_ja="根拠のない実績値",
    title_en="An actual without evidence",
    severity=Severity.WARNING,
    source="証拠書類は完了年度の翌年度から5年保存",
    why_ja="手で打ち込まれただけの実績値は、監査や訂正のときに遡れません。",
    why_en="An actual that was only typed in cannot be traced when it is audited or corrected.",
    wrong="実績 131人（根拠の登録なし）",
    right="実績 131人（訪問記録131件）",
    needs=frozenset({Need.LEDGER}),
    look=look,
)

"""基準値なし. An indicator without the figure before the project began."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for indicators without a baseline."""
    for spot in scene.indicators:
        baseline = spot.indicator.baseline
        if baseline is not None and baseline.gap is None:
            continue
        yield Hit(
            ja=f"{spot.ja}に基準値（事業開始前の値）がありません。改善か悪化かを言えないため、併記してください。",
            en=f"The {spot.en} has no baseline (the value before the project). Print it: without it nobody can say better or worse.",
            path=spot.path,
            place=(baseline.place if baseline else ()) or spot.place,
            raw=spot.raw,
        )


RULE: Final = Rule(
    code="KPI-NOBASE",
    title_ja="基準値なし",
    title_en="No baseline",
    severity=Severity.WARNING,
    source="四段階評価の3・4は事業開始前との比較（記載の義務を確認できていないため注意）",
    why_ja="「開始前より改善」と「開始前より悪化」は、事業開始前の値がなければ区別できません。",
    why_en="“Better than before” and “worse than before” cannot be told apart without the value before the project.",
    wrong="目標 150人 実績 131人",
    right="事業開始前 80人 目標 150人 実績 131人",
    look=look,
)

"""目標値なし. An indicator that no year gives a target to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Indicator, Value


def _says(value: Value | None) -> bool:
    """Tell whether a target is there; words (策定, 現状維持) are one."""
    return value is not None and value.gap is None


def _has_target(indicator: Indicator) -> bool:
    return _says(indicator.increase_total) or any(_says(p.target) for p in indicator.years)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for indicators without any target."""
    for spot in scene.indicators:
        if _has_target(spot.indicator):
            continue
        yield Hit(
            ja=f"{spot.ja}に目標値がありません。実績を評価できないため、実施計画の目標値を併記してください。",
            en=f"The {spot.en} has no target, so its result cannot be judged. Print the target of the plan beside it.",
            path=spot.path,
            place=spot.place,
            raw=spot.raw,
        )


RULE: Final = Rule(
    code="KPI-NOTARGET",
    title_ja="目標値なし",
    title_en="No target",
    severity=Severity.WARNING,
    source="盛岡市 令和3年度の報告（記載の義務を確認できていないため注意）",
    why_ja="目標値のない実績は、達成したかどうかを誰も言えません。市町村の公表に目標値を載せる義務を確認できていないため、注意とします。",
    why_en="A result without a target cannot be called reached or missed. No rule is known that obliges a municipal page to print it, hence a warning.",
    wrong="参加企業数 53社",
    right="参加企業数 目標 50社 実績 53社",
    look=look,
)

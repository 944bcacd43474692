"""活動量の指標だけ. All indicators of a project count what was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.checking.sense import is_output


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for projects whose every indicator is an output."""
    for spot in scene.projects:
        indicators = list(spot.indicators())
        if spot.project.kind != "goal" and indicators and all(map(is_output, indicators)):
            yield Hit(
                ja=f"{spot.ja}の指標{len(indicators)}個はすべて活動の回数や件数です。成果（アウトカム）の指標を1つ以上設けてください。",
                en=f"All {len(indicators)} indicators of {spot.en} are outputs. Set at least one that measures an outcome.",
                path=spot.path,
                place=spot.place,
                raw=spot.raw,
            )


RULE: Final = Rule(
    code="KPI-OUTPUT-ONLY",
    title_ja="活動量の指標だけ",
    title_en="Outputs only",
    severity=Severity.WARNING,
    source="会計検査院 平成27年度（2,828計画のうち635）; 先行型の様式「原則として成果（アウトカム）」",
    why_ja="すべての指標が活動量だと、事業が地域を変えたかどうかを検証できません。会計検査院が指摘した形です。",
    why_en="Where every indicator is an output nobody can verify whether the project changed anything: the Board of Audit's finding.",
    wrong="会議の開催回数 3回、パンフレット配布部数 5,000部",
    right="会議の開催回数 3回、観光消費額 2,600億円",
    look=look,
)

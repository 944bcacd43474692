"""未達成の要因. A target was missed and nothing is said of why, or of what is done about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, ProjectSpot, Scene, shown
from sosei.checking.sense import reached


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for projects with missed targets and no word on obstacle or countermeasure."""
    for spot in scene.projects:
        missed = [each for each in spot.indicators() if reached(each) is False]
        if spot.project.kind == "result" and missed and not _explained(spot):
            yield _hit(spot, "、".join(_called(each) for each in missed[:3]), len(missed))


def _called(spot: IndicatorSpot) -> str:
    return f"「{shown(spot.name)}」" if spot.name else f"{spot.index + 1}番目"


def _explained(spot: ProjectSpot) -> bool:
    check = spot.project.verification
    return bool(check and (check.obstacle or check.countermeasure or check.next_policy_reason))


def _hit(spot: ProjectSpot, names: str, number: int) -> Hit:
    scheme = spot.scheme
    duty = bool(scheme and scheme.publication == "duty" and scheme.in_force(spot.year))
    return Hit(
        ja=f"{spot.ja}は、指標{number}件（{names}）が目標に届いていませんが、要因も対応策も書かれていません。両方を書いてください。",
        en=f"The {spot.en} missed {number} targets and gives neither obstacle nor countermeasure. Print both.",
        path=f"{spot.path}/verification",
        place=spot.place,
        raw=spot.raw,
        severity=Severity.ERROR if duty and spot.year_printed else None,
    )


RULE: Final = Rule(
    code="EFF-CAUSE",
    title_ja="未達成の要因と対応策",
    title_en="No cause for a missed target",
    severity=Severity.WARNING,
    source="内閣府 2024年12月（KPI 6,174のうち目標到達は47%）; 令和7年度から改善策の公表が義務",
    why_ja="検証が結果の記述にとどまり、要因の分析と改善策がないことが繰り返し指摘されています。第2世代交付金では改善策の公表が義務です。",
    why_en="Verification that only describes results has been criticised again and again. From FY2025 publishing improvement measures is a duty.",
    wrong="目標 2,600億円 実績 1,349億円（説明なし）",
    right="目標 2,600億円 実績 1,349億円。要因：来訪者の減。対応策：近隣客向けの商品に改める",
    look=look,
)

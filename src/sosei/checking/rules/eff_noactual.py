"""実績のない評価. A mark or grade although no figure is there that it could rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, ProjectSpot, Scene, said_raw
from sosei.core.report import Places, Said, Value

#: Marks that say "nothing to judge".
_NONE: Final = frozenset({"-", "－", "ー", "―", "—", "–", "評価不能", "評価できない", "未評価", "Z", "対象外", "集計中", "未定"})  # fmt: skip


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for ratings of indicators, and grades of projects, that have no actual behind them."""
    for project in scene.projects:
        for spot in project.indicators():
            rating = _rating(spot)
            if rating is not None and not _has_actual(spot):
                yield _hit(spot.ja, spot.en, rating, spot.path, spot.place)
        grade = project.project.verification.grade if project.project.verification else None
        if grade and grade.text not in _NONE and _nothing_known(project):
            path = f"{project.path}/verification/grade"
            yield _hit(project.ja, project.en, grade, path, project.place)


def _rating(spot: IndicatorSpot) -> Said | None:
    said = [spot.indicator.rating, *(point.rating for point in spot.indicator.years)]
    return next((each for each in said if each and each.text not in _NONE), None)


def _known(value: Value | None) -> bool:
    return value is not None and value.gap is None


def _has_actual(spot: IndicatorSpot) -> bool:
    years = spot.indicator.years
    return any(_known(p.actual) or _known(p.cumulative_actual) or p.rate for p in years)


def _nothing_known(project: ProjectSpot) -> bool:
    spots = list(project.indicators())
    return bool(spots) and not any(_has_actual(spot) for spot in spots)


def _hit(ja: str, en: str, said: Said, path: str, place: Places) -> Hit:
    return Hit(
        ja=f"{ja}は「{said.text}」と評価されていますが、実績値がありません。何によって評価したかを書くか、実績値を載せてください。",
        en=f"The {en} is rated “{said.text}” without an actual value. Say what the rating rests on, or print the value.",
        path=path,
        place=said.place or place,
        raw=said_raw(said),
    )


RULE: Final = Rule(
    code="EFF-NOACTUAL",
    title_ja="実績のない評価",
    title_en="A rating without an actual",
    severity=Severity.WARNING,
    source="実績値が空欄のまま「◎」とする公表例; 「n個のうちm個が評価可能」",
    why_ja="実績値のない指標は評価できません。評価だけがあると、読み手は根拠を確かめられません。",
    why_en="An indicator without an actual cannot be judged; a mark alone leaves nothing to check.",
    wrong="目標 150人 実績 － 評価 ◎",
    right="目標 150人 実績 集計中 評価 －",
    look=look,
)

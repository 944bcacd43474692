"""事業効果と実績. A grade that the indicators of the project do not bear out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.checking.sense import grade_level, reached
from sosei.core.report import Said


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each four-level grade with how many indicators reached their targets."""
    unknown = []
    for spot in scene.projects:
        grade = spot.project.verification.grade if spot.project.verification else None
        level = grade_level(grade.text) if grade else None
        if grade is None or level is None:
            continue
        if spot.scheme is None or spot.scheme.criteria is None:
            unknown.append(spot)
        fault = _fault(spot, level)
        if fault is not None:
            yield _hit(spot, grade, *fault)
    if unknown:
        yield Skip(
            ja=f"{len(unknown)}事業は交付金制度が分からないか、四段階評価の基準が知られていません。全指標の達成・未達成との食い違いだけを見ました。",
            en=f"For {len(unknown)} projects the scheme or its criteria are not known; grades were compared with all-reached and all-missed only.",
            path=f"{unknown[0].path}/verification/grade",
        )


def _fault(spot: ProjectSpot, level: int) -> tuple[str, str] | None:
    """Return what contradicts the grade: all missed but high, some missed but highest, all reached but lowest."""
    known = [r for r in map(reached, spot.indicators()) if r is not None]
    if not known:
        return None
    met, of = sum(known), len(known)
    counts_ja, counts_en = (
        f"評価できる指標{of}個のうち達成は{met}個",
        f"{met} of {of} targets were reached",
    )
    criteria = spot.scheme.criteria if spot.scheme else None
    high = level == 1 or (level == 2 and criteria != "G1")
    if met == 0 and high:
        return counts_ja, counts_en
    if level == 1 and met < of and criteria == "G2":
        return counts_ja, counts_en
    if level == 4 and met == of and of == len(spot.project.indicators):
        return counts_ja, counts_en
    return None


def _hit(spot: ProjectSpot, grade: Said, counts_ja: str, counts_en: str) -> Hit:
    known = bool(spot.scheme and spot.scheme.criteria)
    return Hit(
        ja=f"{spot.ja}の事業効果は「{grade.text}」ですが、{counts_ja}です。そう判断した理由を書くか、評価を見直してください。",
        en=f"The {spot.en} is graded “{grade.text}”, but {counts_en}. Give the reason or reconsider the grade.",
        path=f"{spot.path}/verification/grade",
        place=grade.place or spot.place,
        raw=said_raw(grade),
        severity=None if known else Severity.INFO,
    )


RULE: Final = Rule(
    code="EFF-RULE",
    title_ja="事業効果と実績の食い違い",
    title_en="A grade the figures do not bear out",
    severity=Severity.WARNING,
    source="四段階評価の基準（先行型、加速化・推進交付金）; 全指標未達成で「相当程度」とした公表例",
    why_ja="四段階評価は率から機械的に決まるものではありませんが、指標の達成状況と食い違うときは理由が要ります。基準を確認できていない制度では参考にとどめます。",
    why_en="The four-level grade is a judgement, not a function of the rates; where it contradicts them it needs a reason. For schemes without known criteria it is a note.",
    wrong="指標4個すべて未達成、事業効果「相当程度効果があった」（理由なし）",
    right="指標4個すべて未達成、事業効果「効果があった」（開始前より改善したため）",
    look=look,
)

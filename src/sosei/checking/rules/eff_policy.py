"""評価と今後の方針. A next policy that does not follow from the grade or the period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.checking.sense import grade_level, policy
from sosei.core.report import Said


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each next policy with the grade and with the years that are left."""
    for spot in scene.projects:
        check = spot.project.verification
        said = check.next_policy if check else None
        if check is None or said is None or check.next_policy_reason is not None:
            continue
        fault = _by_grade(check.grade, policy(said.text)) or _by_years(spot, policy(said.text))
        if fault is not None:
            yield _hit(spot, said, *fault)


def _by_grade(grade: Said | None, code: str | None) -> tuple[str, str] | None:
    level = grade_level(grade.text) if grade else None
    if level == 1 and code == "discontinue":
        return "最も高い評価なのに中止とされています", "is stopped in spite of the highest grade"
    if level == 4 and code == "expand":
        return "最も低い評価なのに発展とされています", "is extended in spite of the lowest grade"
    return None


def _by_years(spot: ProjectSpot, code: str | None) -> tuple[str, str] | None:
    period = spot.project.period
    if period is None or period.last is None or spot.year is None or not spot.year_printed:
        return None
    if code == "end" and spot.year < period.last:
        return (
            "実施期間が残っているのに終了とされています",
            "ends although years of its period are left",
        )
    if code == "continue" and spot.year >= period.last:
        return (
            "実施期間の最終年度なのに継続とされています",
            "goes on although this is the last year of its period",
        )
    return None


def _hit(spot: ProjectSpot, said: Said, ja: str, en: str) -> Hit:
    return Hit(
        ja=f"{spot.ja}は{ja}（今後の方針「{said.text}」）。今後の方針の理由を書いてください。",
        en=f"The {spot.en} {en} (“{said.text}”). Give the reason for the next policy.",
        path=f"{spot.path}/verification/next_policy",
        place=said.place or spot.place,
        raw=said_raw(said),
    )


RULE: Final = Rule(
    code="EFF-POLICY",
    title_ja="評価と今後の方針の不整合",
    title_en="Next policy against grade or period",
    severity=Severity.WARNING,
    source="事業実施結果報告（様式2）の記入区分",
    why_ja="「効果がなかった」のに「発展」、期間が残るのに「終了」などは、理由がなければ説明がつきません。理由が書かれていれば指摘しません。番号は様式により違うため、文言で見分けます。",
    why_en="“No effect” followed by “extend”, or “ended” with years left, needs a reason; with one given nothing is reported. Matched by wording, as the printed numbers differ between forms.",
    wrong="効果がなかった ／ 追加等更に発展させる",
    right="効果がなかった ／ 事業内容の見直し（改善）",
    look=look,
)

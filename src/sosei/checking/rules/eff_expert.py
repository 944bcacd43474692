"""外部有識者の意見. Results that no outside expert has judged, or that were not published in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.context import ProjectFacts
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for experts' opinions in the report, and for assembly and publication in the ledger."""
    results = [spot for spot in scene.projects if spot.project.kind == "result"]
    verified = any(spot.project.verification for spot in results)
    for spot in results:
        if (verified or _duty(spot)) and not _judged(spot):
            yield _unjudged(spot)
    if results and not verified:
        yield Skip(
            ja="この報告書には効果検証の欄がないため、外部有識者の意見の有無を見ていません。",
            en="The report has no verification part: experts' opinions were not looked for.",
        )
    if scene.context.ledger is None:
        yield Skip(
            ja="台帳の記録が与えられていないため、議会への報告と公表の期限を見ていません。",
            en="The ledger was not given: assembly and publication dates were not looked at.",
        )
        return
    facts = {fold(each.name): each for each in scene.context.ledger.projects}
    for spot in results:
        known = facts.get(fold(spot.project.name.text)) if spot.project.name else None
        if known is not None:
            yield from _late(scene, spot, known)


def _duty(spot: ProjectSpot) -> bool:
    scheme = spot.scheme
    return bool(scheme and scheme.publication == "duty" and scheme.in_force(spot.year))


def _judged(spot: ProjectSpot) -> bool:
    check = spot.project.verification
    return bool(check and (check.expert_opinion or check.expert_judgement or check.body))


def _unjudged(spot: ProjectSpot) -> Hit:
    duty = _duty(spot) and spot.year_printed
    request = bool(spot.scheme and spot.scheme.publication == "request")
    light = Severity.INFO if request else Severity.WARNING
    return Hit(
        ja=f"{spot.ja}に外部有識者（産官学金労言）の評価も意見もありません。検証を受け、その結果を載せてください。",
        en=f"No outside expert's judgement or opinion is given for {spot.en}. Have it verified and print the result.",
        path=f"{spot.path}/verification",
        place=spot.place,
        raw=spot.raw,
        severity=Severity.ERROR if duty else light,
    )


def _late(scene: Scene, spot: ProjectSpot, known: ProjectFacts) -> Iterator[Hit]:
    if known.assembly_on is None:
        yield _missing(
            spot, "議会への報告の日が台帳にありません", "has no date of its report to the assembly"
        )
    today = scene.context.today
    late = known.publish_due is not None and today is not None and today > known.publish_due
    if known.published_on is None and late:
        ja = f"公表の期限（{known.publish_due}）を過ぎましたが公表されていません"
        yield _missing(spot, ja, f"was due to be published by {known.publish_due} and is not")


def _missing(spot: ProjectSpot, ja: str, en: str) -> Hit:
    return Hit(
        ja=f"{spot.ja}は{ja}。済んでいれば日付を記録してください。",
        en=f"The {spot.en} {en}. Record the date where it is done.",
        path=spot.path,
        place=spot.place,
        raw=spot.raw,
    )


RULE: Final = Rule(
    code="EFF-EXPERT",
    title_ja="外部有識者・議会・公表",
    title_en="Experts, assembly, publication",
    severity=Severity.WARNING,
    source="会計検査院 令和4年10月（989団体の約8割が未公表、5割超が未検証）; 令和7年度から公表と改善策が義務",
    why_ja="外部有識者の関与と公表は制度と年度により重さが違います。令和7年度以降の第2世代交付金では義務（誤り）、推進交付金などでは要件（注意）、臨時交付金では要請（参考）です。",
    why_en="How much experts and publication weigh depends on scheme and year: a duty from FY2025 (error), a condition before (warning), a request for the COVID grant (note).",
    wrong="事業効果のみ記載、外部有識者の欄は空",
    right="外部有識者からの意見「対象を絞ったことで成果が出た」",
    look=look,
)

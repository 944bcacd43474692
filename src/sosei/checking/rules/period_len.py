"""実施期間の長さ. A period longer than the scheme allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene
from sosei.core.report import Places


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare the length of each project's period with its scheme's longest."""
    unknown = []
    for spot in scene.projects:
        period = spot.project.period
        if period is None or period.first is None or period.last is None:
            continue
        if period.last < period.first:
            yield _backward(spot, period.raw)
        elif spot.scheme is None or spot.scheme.max_years is None:
            unknown.append(spot)
        else:
            years = period.last - period.first + 1
            if years > spot.scheme.max_years:
                yield _long(spot, period.raw, years, spot.scheme.max_years)
    if unknown:
        yield Skip(
            ja=f"{len(unknown)}事業は交付金制度が分からないか、期間の上限が知られていません。",
            en=f"For {len(unknown)} projects the scheme or its longest period is not known.",
            path=f"{unknown[0].path}/period",
        )


def _long(spot: ProjectSpot, raw: str, years: int, most: int) -> Hit:
    scheme = spot.scheme.ja if spot.scheme else ""
    scheme_en = spot.scheme.en if spot.scheme else ""
    return Hit(
        ja=f"{spot.ja}の実施期間「{raw}」は{years}年度に及び、{scheme}の上限{most}年度を超えます。期間か交付金名称を確かめてください。",
        en=f"The period “{raw}” of {spot.en} spans {years} years, more than the {most} of the {scheme_en}. Check period and grant.",
        path=f"{spot.path}/period",
        place=_place(spot),
        raw=raw,
    )


def _backward(spot: ProjectSpot, raw: str) -> Hit:
    return Hit(
        ja=f"{spot.ja}の実施期間「{raw}」は終わりが始まりより前です。年度を確かめてください。",
        en=f"The period “{raw}” of {spot.en} ends before it begins. Check its years.",
        path=f"{spot.path}/period",
        place=_place(spot),
        raw=raw,
        severity=Severity.ERROR,
    )


def _place(spot: ProjectSpot) -> Places:
    period = spot.project.period
    return (period.place if period else ()) or spot.place


RULE: Final = Rule(
    code="PERIOD-LEN",
    title_ja="実施期間の長さ",
    title_en="Length of the period",
    severity=Severity.WARNING,
    source="地域再生計画は5年度まで（推進交付金）、第2世代交付金は5～7年",
    why_ja="制度ごとに事業期間の上限があります。超えるときは、計画の変更か別の交付金への移行が報告書から読み取れるようにします。終わりが始まりより前の期間は誤りです。",
    why_en="Each scheme has a longest period. Where a project runs longer, the report should show the change of plan or of grant.",
    wrong="R1～R7年度（地方創生推進交付金）",
    right="R1～R5年度（地方創生推進交付金）",
    look=look,
)

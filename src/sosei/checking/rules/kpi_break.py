"""定義の変更. The way of counting changed between the values that are compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene
from sosei.core.report import Said
from sosei.core.text import fold

_CHANGED: Final = (
    "定義を変更", "定義変更", "算出方法を変更", "算出方法の変更", "算定方法の変更", "算定方法を変更", "集計方法の変更", "集計方法を変更",
    "計測方法の変更", "計測方法を変更", "調査方法の変更", "調査方法を変更", "AIによる計測", "AI計測", "連続しない", "接続しない", "単純に比較でき",
)  # fmt: skip


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at what the report says of its definitions, and compare them with last year's where it is given."""
    before = _last_year(scene)
    for spot in scene.indicators:
        note = _says_so(spot)
        old = before.get(fold(spot.name)) if spot.name else None
        if note is not None:
            yield _hit(spot, f"「{note.text}」とあります", f"its note says “{note.text}”", note)
        elif old is not None and _differs(spot, old):
            yield _hit(
                spot,
                "前年度の報告書と定義か出典が違います",
                "definition or source differ from last year's report",
                spot.indicator.definition or spot.indicator.statistic,
            )
    if scene.context.previous is None:
        yield Skip(
            ja="前年度の報告書が与えられていないため、定義の変更を比べていません。",
            en="Last year's report was not given: definitions were not compared.",
        )


def _says_so(spot: IndicatorSpot) -> Said | None:
    own = (spot.indicator.note, spot.indicator.definition)
    return next((s for s in own if s and any(fold(w) in fold(s.text) for w in _CHANGED)), None)


def _last_year(scene: Scene) -> dict[str, IndicatorSpot]:
    if scene.context.previous is None:
        return {}
    return {fold(s.name): s for s in Scene(scene.context.previous, scene.context).indicators}


def _differs(spot: IndicatorSpot, old: IndicatorSpot) -> bool:
    pairs = (
        (spot.indicator.definition, old.indicator.definition),
        (spot.indicator.statistic, old.indicator.statistic),
    )
    return any(a and b and fold(a.text) != fold(b.text) for a, b in pairs)


def _hit(spot: IndicatorSpot, ja: str, en: str, said: Said | None) -> Hit:
    return Hit(
        ja=f"{spot.ja}は{ja}。基準値・目標値と実績を比べてよいかを確かめ、変更の時期を注記してください。",
        en=f"For the {spot.en}, {en}. Check whether its values may be compared, and note when the count changed.",
        path=spot.path,
        place=(said.place if said else ()) or spot.place,
        raw=(said.raw or said.text) if said else spot.raw,
    )


RULE: Final = Rule(
    code="KPI-BREAK",
    title_ja="定義・集計方法の変更",
    title_en="A break in the definition",
    severity=Severity.WARNING,
    source="青森ねぶた祭の人出 285万人（2019）→ AI計測で101万人（2023）",
    why_ja="数え方が変わると、増減は実態を示しません。変更をまたぐ達成率には注記が要ります。",
    why_en="Where the way of counting changed, rise and fall say nothing about the matter. A rate across the change needs a note.",
    wrong="基準値 285万人（従来の集計） 実績 101万人（AI計測）",
    right="実績 101万人（AI計測。従来の集計とは接続しない）",
    look=look,
)

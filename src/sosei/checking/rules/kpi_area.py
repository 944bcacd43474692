"""区域の広さ. A figure of the whole prefecture under a municipality's project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Body


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for words of a wider area in the indicators of a report by municipalities."""
    wide = [spot for spot in scene.indicators if words.has("area", spot.name)]
    if not wide:
        return
    if not scene.report.bodies:
        yield Skip(
            ja="報告書の団体が分からないため、区域が広すぎるかどうかを見ていません。",
            en="The report does not name its municipality, so areas cannot be compared.",
            path=wide[0].path,
        )
        return
    if any(_is_prefecture(body) for body in scene.report.bodies):
        return
    for spot in wide:
        yield Hit(
            ja=f"{spot.ja}は市区町村より広い区域の値です。事業との直接の関わりと、自団体分の値を併記してください。",
            en=f"The {spot.en} is of a wider area than the municipality. Say how the project bears on it, and print the own share.",
            path=spot.path,
            place=spot.place,
            raw=spot.raw,
        )


def _is_prefecture(body: Body) -> bool:
    if body.code:
        return body.code[2:5] == "000"
    return body.name.endswith(("都", "道", "府", "県", "省", "庁", "内閣府"))


RULE: Final = Rule(
    code="KPI-AREA",
    title_ja="区域の広い指標",
    title_en="An indicator of a wider area",
    severity=Severity.INFO,
    source="内閣府の手引「事業との直接性」; 「高度IT人材の県内就職者数」",
    why_ja="県全体の統計を市のKPIに使うと、事業の効果かどうかを言えません。",
    why_en="A figure of the whole prefecture does not show what a city's project brought about.",
    wrong="県内就職者数 161人（市の事業のKPI）",
    right="参加企業への就職者数 12人（参考：県内就職者数 161人）",
    look=look,
)

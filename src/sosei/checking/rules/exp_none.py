"""経費の記載なし. A project without a single amount of money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for projects whose spending is not printed."""
    for spot in scene.projects:
        if spot.project.kind == "goal" or any(s.yen is not None for s in spot.project.spending):
            continue
        yield Hit(
            ja=f"{spot.ja}に経費（事業費・交付額）が書かれていません。費用対効果を見るため、金額を併記してください。",
            en=f"No spending is printed for {spot.en}. Print the amounts, so that cost and effect can be compared.",
            path=f"{spot.path}/spending",
            place=spot.place,
            raw=spot.raw,
        )


RULE: Final = Rule(
    code="EXP-NONE",
    title_ja="経費の記載なし",
    title_en="No spending",
    severity=Severity.INFO,
    source="盛岡市 令和3年度の報告は4事業のうち1事業のみ金額を記載; 財務省 予算執行調査「経費内訳の見える化」",
    why_ja="金額がなければ費用対効果を検証できません。経費内訳の公表が要件なのは一部の制度だけなので、参考とします。",
    why_en="Without amounts cost and effect cannot be compared. Only some schemes require the breakdown, hence a note.",
    wrong="事業の名称・実施内容・実績のみ",
    right="経費 29,005千円（委託 10,010、負担金 1,333、補助金 17,662）",
    look=look,
)

"""計画の行. Rows of a coming year's plan stand in a report of results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for projects that are plans beside ones that are results."""
    plans = [spot for spot in scene.projects if spot.project.kind == "plan"]
    if not plans or all(spot.project.kind == "plan" for spot in scene.projects):
        return
    names = "、".join(spot.ja for spot in plans[:3])
    yield Hit(
        ja=f"実績の報告に翌年度以降の計画が{len(plans)}件あります（{names}）。計画値を実績として集計しないでください。",
        en=f"{len(plans)} plan of a coming year stands among the results ({plans[0].en}). Do not count its figures as results.",
        path=plans[0].path,
        place=tuple(place for spot in plans for place in spot.place),
        raw=plans[0].raw,
    )


RULE: Final = Rule(
    code="PLAN-ROWS",
    title_ja="実績の報告にある計画",
    title_en="Plans in a report of results",
    severity=Severity.INFO,
    source="盛岡市 令和3年度の報告「(参考) 令和4年度活用事業」",
    why_ja="同じ形の表に翌年度の計画値が載ると、実績と取り違えられます。翌年度にはその計画値が目標値になります。",
    why_en="Plans in a table of the same shape are mistaken for results. Next year they become its targets.",
    wrong="実績の表に計画の事業を区分なく並べる",
    right="「（参考）令和4年度活用事業」と見出しを分け、計画値と明記する",
    look=look,
)

"""単位なし. A figure whose unit nobody says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for indicators whose numbers have no unit."""
    for spot in scene.indicators:
        if spot.indicator.unit is None and _bare_number(spot) and not words.has("bare", spot.name):
            yield Hit(
                ja=f"{spot.ja}の数値に単位がありません。「人」「件」「%」などの単位を書いてください。",
                en=f"The figures of the {spot.en} have no unit. Print it (人, 件, % …).",
                path=spot.path,
                place=spot.place,
                raw=spot.raw,
            )


def _bare_number(spot: IndicatorSpot) -> bool:
    return any(v.value.number is not None and v.value.unit is None for v in spot.values())


RULE: Final = Rule(
    code="KPI-NOUNIT",
    title_ja="単位なし",
    title_en="No unit",
    severity=Severity.WARNING,
    source="総務省「機械判読可能なデータの表記方法の統一ルール」1-9",
    why_ja="単位のない数は、人か世帯か、円か千円かを取り違えられます。",
    why_en="A number without its unit may be taken for persons or households, yen or thousand yen.",
    wrong="交通事故死傷者数 357",
    right="交通事故死傷者数 357人",
    look=look,
)

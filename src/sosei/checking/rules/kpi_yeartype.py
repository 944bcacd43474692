"""暦年か年度か. A statistic that comes by calendar year and by fiscal year, and the report does not say which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene
from sosei.core.text import fold

_SAID: Final = ("暦年", "年度", "1月～12月", "1～12月", "4月～3月")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for tourism, migration and donation indicators without their kind of year."""
    for spot in scene.indicators:
        if spot.indicator.year_type is None and words.has("year", spot.name) and not _said(spot):
            yield Hit(
                ja=f"{spot.ja}は、暦年で数える統計と会計年度で数える統計とがあります。どちらの値かを名称か注に書いてください。",
                en=f"The {spot.en} is counted by calendar year or by fiscal year. Say in its name or a note which it is.",
                path=spot.path,
                place=spot.place,
                raw=spot.raw,
            )


def _said(spot: IndicatorSpot) -> bool:
    words_of = (spot.indicator.name, spot.indicator.definition)
    text = fold(" ".join(said.text for said in words_of if said))
    return any(fold(word) in text for word in _SAID)


RULE: Final = Rule(
    code="KPI-YEARTYPE",
    title_ja="暦年か会計年度か",
    title_en="Calendar or fiscal year",
    severity=Severity.WARNING,
    source="宿泊旅行統計は暦年、ふるさと納税の国の調査は年度",
    why_ja="観光・移住・寄附の統計は暦年と会計年度の両方があり、混ぜると3か月ずれた値を比べることになります。",
    why_en="Statistics of tourism, migration and donations exist by calendar and by fiscal year; mixing them compares spans three months apart.",
    wrong="延べ宿泊者数 4,200,000人泊",
    right="延べ宿泊者数（令和4年1～12月） 4,200,000人泊",
    look=look,
)

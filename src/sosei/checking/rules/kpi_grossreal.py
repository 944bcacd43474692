"""延べと実. Persons, person-nights and visits mixed, or 延べ and 実 contradicting each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.measures import VISITS, base
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the units of each indicator's values, and at its name beside its way of counting."""
    for spot in scene.indicators:
        mixed = _units(spot)
        if len(mixed) > 1:
            units = "・".join(mixed)
            yield _hit(
                spot,
                f"の値に単位{units}が混ざっています",
                f"mixes the units {units}",
                "同じ数え方の値だけを並べてください",
            )
        elif _contradicts(spot):
            yield _hit(
                spot,
                "は名称と数え方（延べ・実）が食い違っています",
                "is named gross but counted once, or the other way round",
                "どちらかに統一してください",
            )
        elif _nights(spot):
            yield _hit(
                spot,
                "は延べ宿泊者数ですが単位が「人」です",
                "counts guest nights in persons",
                "「人泊」と書くか、実人数であれば名称を改めてください",
            )


def _units(spot: IndicatorSpot) -> list[str]:
    found = (spot.unit_of(v.value) for v in spot.values() if v.value.number is not None)
    bases = dict.fromkeys(base(unit) for unit in found if unit)
    return [name for name in bases if name in VISITS]


def _contradicts(spot: IndicatorSpot) -> bool:
    kind, name = spot.indicator.count_kind, fold(spot.name)
    return (kind == "unique" and "延べ" in name) or (
        kind == "gross" and ("実人数" in name or "実数" in name)
    )


def _nights(spot: IndicatorSpot) -> bool:
    name, unit = fold(spot.name), spot.indicator.unit
    return bool(unit) and "延べ宿泊" in name and base(unit or "") == "人"


def _hit(spot: IndicatorSpot, ja: str, en: str, do_ja: str) -> Hit:
    return Hit(
        ja=f"{spot.ja}{ja}。{do_ja}。",
        en=f"The {spot.en} {en}. Put side by side only what is counted in one way.",
        path=spot.path,
        place=spot.place,
        raw=spot.raw,
    )


RULE: Final = Rule(
    code="KPI-GROSSREAL",
    title_ja="延べと実の混在",
    title_en="Gross and unique counts mixed",
    severity=Severity.WARNING,
    source="岩手県 2012年7～9月: 延べ9,697,146人回に対し実3,400千人回（2.85倍）",
    why_ja="延べ人数は実人数の数倍になります。観光のKPIで最も多い取り違えです。",
    why_en="Gross counts are several times the unique ones: the commonest slip of tourism indicators.",
    wrong="基準値 3,400千人 実績 9,697千人回",
    right="基準値 9,500千人回 実績 9,697千人回",
    look=look,
)

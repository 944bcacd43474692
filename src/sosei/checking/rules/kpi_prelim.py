"""速報値. A preliminary value although the final one is known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, ValueSpot, value_raw
from sosei.core.text import fold

_Key = tuple[str, int | None]


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare preliminary values with the final ones of other reports and of the ledger."""
    final = _finals(scene)
    for spot in scene.indicators:
        for seen in spot.values():
            if seen.value.state != "preliminary" or seen.value.number is None:
                continue
            known = final.get(_key(spot, seen))
            if known is not None:
                yield _hit(spot, seen, known)
    if not scene.context.others and scene.context.ledger is None:
        yield Skip(
            ja="他の報告書も台帳の記録も与えられていないため、確定値が出ているかを見ていません。",
            en="Neither other reports nor the ledger were given: final values were not looked for.",
        )


def _key(spot: IndicatorSpot, seen: ValueSpot) -> _Key:
    return fold(spot.name), seen.point.year if seen.point else None


def _finals(scene: Scene) -> dict[_Key, Decimal]:
    found: dict[_Key, Decimal] = {}
    ledger = scene.context.ledger
    for value in ledger.values if ledger else ():
        if value.state == "final":
            found[fold(value.indicator), value.fiscal_year] = value.number
    for report in scene.context.others:
        for spot, seen in Scene(report, scene.context).values():
            if seen.value.state == "final" and seen.value.number is not None:
                found[_key(spot, seen)] = seen.value.number
    return found


def _hit(spot: IndicatorSpot, seen: ValueSpot, known: Decimal) -> Hit:
    return Hit(
        ja=f"{spot.ja}の「{value_raw(seen.value)}」は速報値ですが、確定値{known:,f}が出ています。確定値に差し替えてください。",
        en=f"“{value_raw(seen.value)}” of the {spot.en} is preliminary, but the final value {known:,f} is known. Replace it.",
        path=seen.path,
        place=seen.value.place or spot.place,
        raw=value_raw(seen.value),
    )


RULE: Final = Rule(
    code="KPI-PRELIM",
    title_ja="確定後の速報値",
    title_en="Preliminary after final",
    severity=Severity.WARNING,
    source="盛岡市の2023年宿泊客 1,074,983（速報）→1,073,072（確定）; 宿泊旅行統計の確定値は翌年6月30日",
    why_ja="確定値が公表された後に速報値を載せると、他の資料と食い違います。",
    why_en="A preliminary value printed after the final one is out disagrees with every other paper.",
    wrong="1,074,983人（速報）",
    right="1,073,072人（確定）",
    look=look,
)

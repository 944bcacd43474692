"""桁違い. A value ten, a hundred or a thousand times another one of its row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.numbers import plainly
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, ValueSpot, value_raw
from sosei.core.text import fold

#: How near to the power of ten a ratio must come: a factor of ten is common, a thousand (円 and 千円) is not.
_NEAR: Final = ((10, Decimal(0)), (100, Decimal("0.02")), (1000, Decimal("0.5")))
_COMPARED: Final = ("target", "actual", "cumulative_actual")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare the values of each indicator with one another, and with last year's report where it is given."""
    before = _last_year(scene)
    for spot in scene.indicators:
        values = [v for v in spot.values() if v.role in _COMPARED and v.value.number]
        if spot.indicator.expression != "increment":
            yield from _within(spot, values)
        old = before.get(fold(spot.name), [])
        for seen in values:
            other = next((o for o in old if _power(seen, o)), None) if old else None
            if seen.role == "actual" and other is not None:
                yield _hit(spot, seen, other, "前年度の報告書の値", "last year's value")
                break
    if scene.context.previous is None:
        yield Skip(
            ja="前年度の報告書が与えられていないため、前年度との桁違いは見ていません。",
            en="Last year's report was not given: jumps from last year were not looked for.",
        )


def _last_year(scene: Scene) -> dict[str, list[ValueSpot]]:
    found: dict[str, list[ValueSpot]] = {}
    if scene.context.previous is not None:
        for spot in Scene(scene.context.previous, scene.context).indicators:
            actuals = [v for v in spot.values() if v.role == "actual" and v.value.number]
            if spot.name:
                found.setdefault(fold(spot.name), []).extend(actuals)
    return found


def _within(spot: IndicatorSpot, values: list[ValueSpot]) -> Iterator[Hit]:
    for index, seen in enumerate(values):
        for other in values[:index]:
            if _power(seen, other):
                ja, en = f"同じ指標の値「{value_raw(other.value)}」", "another value of its row"
                yield _hit(spot, seen, other, ja, en)
                return


def _power(seen: ValueSpot, other: ValueSpot) -> int | None:
    """Return the power of ten by which two values differ, if they do and their unit is one."""
    a, b = seen.value.number, other.value.number
    if not a or not b or seen.value.unit != other.value.unit:
        return None
    ratio = abs(a / b) if abs(a) > abs(b) else abs(b / a)
    power = next((p for p, near in _NEAR if abs(ratio / p - 1) <= near), None)
    # One significant digit (1 and 10, 2 and 2000) is too little to speak of the same figure.
    if power is None or min(_digits(a), _digits(b)) < 2:
        return None
    return power


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _hit(spot: IndicatorSpot, seen: ValueSpot, other: ValueSpot, ja: str, en: str) -> Hit:
    a, b = seen.value.number or Decimal(1), other.value.number or Decimal(1)
    power = _power(seen, other) or 1
    grown = "倍" if abs(a) > abs(b) else "分の1"
    verb = f"約{power}{grown}"
    return Hit(
        ja=f"{spot.ja}の値「{value_raw(seen.value)}」は、{ja}（{plainly(b, 6)}）の{verb}です。単位（円・千円）や桁の写し間違いがないか確かめてください。",
        en=f"“{value_raw(seen.value)}” of the {spot.en} differs by a power of ten ({power}) from {en} ({plainly(b, 6)}). Check unit and digits.",
        path=seen.path,
        place=seen.value.place or spot.place,
        raw=value_raw(seen.value),
    )


RULE: Final = Rule(
    code="KPI-JUMP",
    title_ja="桁違い",
    title_en="A jump by a power of ten",
    severity=Severity.WARNING,
    source="島根県が35,691千円を35,691円と報告し約1,780万円を失った例、累計9500と950の例",
    why_ja="同じ指標の値がちょうど10倍・100倍、または約1000倍違うとき、単位か桁の写し間違いが疑われます。算術の矛盾ではないため注意です。",
    why_en="Values of one row that differ by exactly 10, nearly 100 or about 1000 suggest a slip of unit or digit. Suspicious, not contradictory: a warning.",
    wrong="目標 950人 実績 9,500人",
    right="目標 950人 実績 950人",
    look=look,
)

"""増加分の累計. Yearly increases that do not add up to their total, or a total that is not target less baseline."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.numbers import decimals, plainly
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, value_raw
from sosei.checking.sense import number, targets


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each printed total increase with the years' increases and with target less baseline."""
    for spot in scene.indicators:
        total = number(spot.indicator.increase_total)
        if total is None or not _all_numbers(spot):
            continue
        ways = list(_ways(spot))
        if ways and all(abs(exact - total) > slack for _, exact, slack in ways):
            yield _hit(spot, ways)


def _all_numbers(spot: IndicatorSpot) -> bool:
    """Leave a row alone whose years are not all known: the missing ones may make up the difference."""
    said = [point.target for point in spot.indicator.years if point.target]
    return bool(said) and all(target.number is not None for target in said)


def _ways(spot: IndicatorSpot) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield what the total can be: the sum of increases, or the last target less the baseline."""
    wanted = list(targets(spot))
    baseline = number(spot.indicator.baseline)
    expression = spot.indicator.expression
    if expression in {None, "increment", "single_year"}:
        yield "増加分の合計", sum(wanted, Decimal(0)), _slack(wanted)
    if baseline is not None and expression in {None, "level", "cumulative", "point_in_time"}:
        yield "目標値と基準値の差", wanted[-1] - baseline, _slack([wanted[-1], baseline])


def _slack(numbers: list[Decimal]) -> Decimal:
    """Return how far rounding may take a sum: half of the last digit for each number; whole numbers are exact."""
    digits = max(map(decimals, numbers))
    return Decimal(0) if digits == 0 else len(numbers) * Decimal(5).scaleb(-digits - 1)


def _hit(spot: IndicatorSpot, ways: list[tuple[str, Decimal, Decimal]]) -> Hit:
    total = spot.indicator.increase_total
    assert total is not None
    what, exact, _ = ways[-1]
    printed = value_raw(total)
    return Hit(
        ja=f"{spot.ja}の増加分の累計「{printed}」は、{what}{plainly(exact, 6)}と合いません。どちらかの数値を正してください。",
        en=f"The total increase “{printed}” of the {spot.en} differs from what its figures give ({plainly(exact, 6)}). Correct one of them.",
        path=f"{spot.path}/increase_total",
        place=total.place or spot.place,
        raw=printed,
        fix=Fix(
            path=f"{spot.path}/increase_total/number",
            before=format(total.number or 0, "f"),
            after=format(exact, "f"),
        ),
    )


RULE: Final = Rule(
    code="KPI-INC-SUM",
    title_ja="増加分の累計",
    title_en="Sum of increases",
    severity=Severity.ERROR,
    source="11,861人→13,220人を「1,339人」増とする公表例（正しくは1,359人）",
    why_ja="地域再生計画のKPIは「基準値＋各年の増加分＝目標」で書かれます。累計が合わなければ、基準値・増加分・累計のどれかが誤りです。",
    why_en="Plans write a KPI as baseline plus yearly increases. Where the total does not fit, baseline, increases or total is wrong.",
    wrong="11,861人 → 13,220人（増加分の累計 1,339人）",
    right="11,861人 → 13,220人（増加分の累計 1,359人）",
    look=look,
)

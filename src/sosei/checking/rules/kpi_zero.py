"""目標0. A target of zero: a rate over it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.numbers import printed_rate
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import PointSpot, Scene
from sosei.checking.sense import number


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for targets of zero, with and without a printed rate."""
    for spot in scene.indicators:
        zeros = [point for point in spot.points() if _zero(point, spot.indicator.expression)]
        rated = next((point for point in zeros if _rated(point)), None)
        if rated is not None:
            yield _hit(rated, rated=True)
        elif zeros:
            yield _hit(zeros[0], rated=False)


def _zero(point: PointSpot, expression: str | None) -> bool:
    return number(point.point.target) == 0 and expression != "increment"


def _rated(point: PointSpot) -> bool:
    """Tell whether a rate over zero is printed; 100 % may stand for "reached"."""
    rate = printed_rate(point.point.rate.text) if point.point.rate else None
    return rate is not None and rate not in {0, 100}


def _hit(point: PointSpot, *, rated: bool) -> Hit:
    spot, target, rate = point.owner, point.point.target, point.point.rate
    assert target is not None
    if rated and rate is not None:
        ja = f"{spot.ja}は目標が0なのに達成率「{rate.text}」が書かれています。0では割れないため「達成」か「未達成」と書いてください。"
        en = f"The {spot.en} has a target of 0 and yet a rate “{rate.text}”. Nothing can be divided by 0: write reached or missed."
    else:
        ja = f"{spot.ja}は目標が0です。達成率は計算できないため、「達成」か「未達成」で示してください。"
        en = f"The {spot.en} has a target of 0: no rate can be reckoned. Say reached or missed."
    said = rate if rated and rate is not None else target
    return Hit(
        ja=ja,
        en=en,
        path=point.path,
        place=said.place or spot.place,
        raw=said.raw or said.text or "0",
        severity=Severity.ERROR if rated else None,
    )


RULE: Final = Rule(
    code="KPI-ZERO",
    title_ja="目標が0",
    title_en="A target of zero",
    severity=Severity.INFO,
    source="待機児童0人などの目標は達成・未達成でのみ示せる",
    why_ja="0で割った達成率は存在しません。印刷されていれば誤り、目標が0であることだけなら、達成率を使わないための参考です。",
    why_en="There is no rate over zero. A printed one is an error; the target alone is a note not to reckon one.",
    wrong="不法投棄件数 目標0件 実績3件 達成率70%",
    right="不法投棄件数 目標0件 実績3件 未達成",
    look=look,
)

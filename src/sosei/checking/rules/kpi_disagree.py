"""値の食い違い. The same indicator and year with another value elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, ValueSpot, value_raw
from sosei.core.text import fold

#: In another project the same name may be of another place or event; only a near miss is the same figure.
_NEAR: Final = Decimal("0.05")
_MANY: Final = 20
_Key = tuple[str, str, int | None, str]


@dataclass(frozen=True)
class _Seen:
    spot: IndicatorSpot
    value: ValueSpot


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare the values of indicators of one name, within the report and with other reports."""
    known: dict[_Key, list[_Seen]] = {}
    for spot, value in scene.values():
        key = _key(spot, value)
        if key is None:
            continue
        seen, others = _Seen(spot, value), known.setdefault(key, [])
        other = next((o for o in others if _disagree(seen, o)), None)
        if other is not None:
            yield _within(seen, other)
        # A name with many values is a common word (参加者数), not one figure; equal values need one look.
        if len(others) < _MANY and not any(_same(seen, o) for o in others):
            others.append(seen)
    yield from _elsewhere(scene, known)


def _key(spot: IndicatorSpot, value: ValueSpot) -> _Key | None:
    """Return what makes two values the same claim: name, unit, year and role. None where a part is missing."""
    year = value.point.year if value.point else spot.indicator.baseline_year
    label = value.point.point.label if value.point else None
    if not spot.name or value.value.number is None or year is None or label:
        return None
    return fold(spot.name), fold(spot.unit_of(value.value) or ""), year, value.role


def _disagree(a: _Seen, b: _Seen) -> bool:
    x, y = a.value.value.number, b.value.value.number
    if x is None or y is None or x == y or a.spot is b.spot or a.spot.path == b.spot.path:
        return False
    if _parents(a) != _parents(b):
        return False
    if a.spot.owner.path == b.spot.owner.path:
        return True
    return abs(x - y) <= max(abs(x), abs(y)) * _NEAR


def _same(a: _Seen, b: _Seen) -> bool:
    """Tell whether two values are equal and of one project, so that one of them stands for both."""
    return a.value.value.number == b.value.value.number and a.spot.owner.path == b.spot.owner.path


def _parents(seen: _Seen) -> str | None:
    parent = seen.spot.indicator.parent
    return fold(parent.text) if parent else None


def _within(seen: _Seen, other: _Seen) -> Hit:
    return _hit(
        seen, value_raw(other.value.value), "同じ報告書の別の箇所", "elsewhere in this report"
    )


def _elsewhere(scene: Scene, known: dict[_Key, list[_Seen]]) -> Iterator[Hit | Skip]:
    if not scene.context.others:
        yield Skip(
            ja="他の報告書が与えられていないため、文書をまたぐ食い違いは見ていません。",
            en="No other report was given: values were not compared across documents.",
        )
        return
    for report in scene.context.others:
        for spot, value in Scene(report, scene.context).values():
            key = _key(spot, value)
            for seen in known.get(key, []) if key else []:
                if seen.value.value.number != value.value.number:
                    title = report.title.text if report.title else "別の報告書"
                    yield _hit(seen, value_raw(value.value), f"「{title}」", f"in “{title}”")


def _hit(seen: _Seen, other: str, where_ja: str, where_en: str) -> Hit:
    raw = value_raw(seen.value.value)
    return Hit(
        ja=f"{seen.spot.ja}の「{raw}」は、{where_ja}では「{other}」です。どちらが正しいか確かめ、そろえてください。",
        en=f"“{raw}” of the {seen.spot.en} is “{other}” {where_en}. Find out which is right and use it in both.",
        path=seen.value.path,
        place=seen.value.value.place or seen.spot.place,
        raw=raw,
    )


RULE: Final = Rule(
    code="KPI-DISAGREE",
    title_ja="値の食い違い",
    title_en="Values that disagree",
    severity=Severity.WARNING,
    source="同じKPIが交付金報告・戦略評価・行政評価に載る; 事後評価書の67.7と67.8",
    why_ja="同じ指標・同じ年度の値が場所によって違うと、どちらも信用されません。時点の違いもあり得るため、注意とします。",
    why_en="Where one indicator has two values for one year, neither is believed. They may be of different dates, hence a warning.",
    wrong="目標の文 67.7%、表 67.8%",
    right="目標の文 67.8%、表 67.8%",
    look=look,
)

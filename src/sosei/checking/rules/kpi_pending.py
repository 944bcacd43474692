"""集計中. A value that is still being counted, and whether its time is up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.days import last_day
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, ValueSpot
from sosei.core.gaps import Gap


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for actuals that are being counted; one finding an indicator."""
    for spot in scene.indicators:
        pending = [v for v in spot.values() if v.value.gap is Gap.COUNTING]
        if pending:
            yield _hit(scene, spot, pending[0])


def _hit(scene: Scene, spot: IndicatorSpot, seen: ValueSpot) -> Hit:
    value = seen.value
    due = last_day(value.expected)
    today = scene.context.today
    in_time = due is not None and today is not None and today <= due
    expected_ja = f"（公表予定 {value.expected}）" if value.expected else ""
    expected_en = f" (expected {value.expected})" if value.expected else ""
    if in_time:
        do_ja, do_en = "予定の日までに確定値へ差し替えてください", "Replace it by then"
    elif due is not None and today is not None:
        do_ja, do_en = (
            "予定の日を過ぎています。確定値に差し替えてください",
            "That day is past: replace it",
        )
    elif value.expected:
        do_ja, do_en = "確定したら差し替えてください", "Replace it once it is known"
    else:
        do_ja = "いつ分かるかを併記し、確定したら差し替えてください"
        do_en = "Say when it will be known, and replace it then"
    return Hit(
        ja=f"{spot.ja}の値は集計中です{expected_ja}。{do_ja}。",
        en=f"A value of the {spot.en} is still being counted{expected_en}. {do_en}.",
        path=seen.path,
        place=value.place or spot.place,
        raw=value.raw or "集計中",
        severity=Severity.INFO if in_time else None,
    )


RULE: Final = Rule(
    code="KPI-PENDING",
    title_ja="集計中のまま",
    title_en="Still being counted",
    severity=Severity.WARNING,
    source="盛岡市 令和3年度の報告、山形県 推進交付金80指標のうち12が未公表",
    why_ja="「集計中」のまま公表が終わると、実績は誰にも伝わりません。公表予定日があり、まだ先であれば参考にとどめます。",
    why_en="What stays “being counted” in the published report is never told. While the day it is expected on lies ahead, it is only a note.",
    wrong="目標 150人 実績 集計中",
    right="目標 150人 実績 集計中（令和4年8月公表予定）",
    look=look,
)

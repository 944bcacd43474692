"""記入のしかた. How a question of a survey sheet is to be answered, in words; how its cell shows what is typed."""

from __future__ import annotations

from typing import Final

from sosei.core.units import Unit, unit_of
from sosei.evidence.sheets.columns import Column

_DAY: Final = 'yyyy"年"m"月"d"日"'
_BASE: Final = "円"
#: Choices that are named beside their cell have no more characters together.
_SHORT: Final = 60


def guide(item: Column) -> str:
    """Return how a question is answered."""
    if item.type in ("number", "money"):
        return _figure(item)
    if item.type == "choice":
        return _choice(item)
    return {
        "date": "日付を「2021/4/1」のように入れてください。",
        "yes-no": "「はい」か「いいえ」を選んでください。",
        "place": "市町村や会場の名前を書いてください。",
    }.get(item.type, "言葉で書いてください。")


def _choice(item: Column) -> str:
    listed = "・".join(f"「{one}」" for one in item.choices)
    few = len(listed) <= _SHORT
    return f"{listed}から一つ選んでください。" if few else "一覧から一つ選んでください。"


def _figure(item: Column) -> str:
    scale, unit = yen(item), item.unit or ""
    if scale is not None:
        return f"{unit}単位で、数だけを入れてください（{2_400 * scale:,}円なら 2400）。"
    if unit == _BASE:
        return "円単位で、数だけを入れてください（240万円なら 2400000）。千円単位ではありません。"
    if is_ratio(item):
        return f"{unit}の数だけを入れてください（38.5{unit}なら 38.5）。"
    return f"数だけを入れてください（単位は{unit}）。" if unit else "数だけを入れてください。"


def yen(item: Column) -> int | None:
    """Return how many yen one of a question's unit is; None where it is not thousands or more of them."""
    unit = _unit(item)
    return unit.scale if unit is not None and unit.base == _BASE and unit.scale > 1 else None


def is_ratio(item: Column) -> bool:
    """Whether a question asks for a share of something: its sign would change the number in a spreadsheet."""
    unit = _unit(item)
    return unit is not None and unit.kind == "ratio"


def shape(item: Column, *, decimals: bool = False) -> str:
    """Return how the cell shows what is typed: 1,234 千円."""
    if item.type == "date":
        return _DAY
    if item.type not in ("number", "money"):
        return "@"
    if is_ratio(item):
        return "General"
    unit = (item.unit or "").replace('"', "")
    digits = "#,##0.0###" if decimals else "#,##0"
    return f'{digits}" {unit}"' if unit else digits


def _unit(item: Column) -> Unit | None:
    return unit_of(item.unit) if item.unit else None

"""計画の読み替えの結果. A level and how it came about, the check of the total, and why a target was refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sosei.core.report import Expression, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """水準. A year's target as a level: `index` in the indicator's years, `step` from the year before, the arithmetic."""

    index: int
    fiscal_year: int | None
    label: str | None
    step: Decimal | None
    value: Value
    how_ja: str
    how_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """累計の検算. The printed 増加分の累計 beside what the figures give."""

    stated: Decimal
    reckoned: Decimal
    agrees: bool
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """換算できない理由. A code and a sentence; `index`: the year it is about (None: the whole indicator).

    `suggest`: where nobody says what the figures are, what their arithmetic points to. A person decides.
    """

    code: str
    ja: str
    en: str
    index: int | None = None
    suggest: Expression | None = None


@dataclass(frozen=True, slots=True)
class PlanLevels:
    """計画の目標. `expression`: what the targets are after conversion."""

    expression: Expression | None
    levels: tuple[Level, ...] = ()
    total: Total | None = None
    refusals: tuple[Refusal, ...] = ()


_REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "EXPRESSION": (
        "目標値が増加分か水準か書かれていません。どちらかを選んでください。",
        "Nobody says whether the targets are increments or levels. Choose one.",
    ),
    "NO_BASELINE": (
        "基準値（事業開始前の値）が数値でないため、増加分を水準に換算できません。基準値を入力してください。",
        "Without a baseline in figures, increments cannot become levels. Enter the baseline.",
    ),
    "BOUND": (
        "基準値か増加分に「以上」「以下」などが混じり、足し合わせられません。数値を確かめてください。",
        "Bounds of several kinds cannot be added up. Check the figures.",
    ),
    "UNIT": (
        "増加分の単位が基準値の単位と違い、足し合わせられません。単位を確かめてください。",
        "The increments are in another unit than the baseline. Check the units.",
    ),
    "ORDER": (
        "年度の書かれた欄と書かれていない欄が混じり、順序が分かりません。年度を入力してください。",
        "Some columns have a year and some have none, so their order is unknown. Enter the years.",
    ),
    "TWICE": (
        "同じ年度の増加分が二つあります。正しい方だけを残してください。",
        "One year has two increments. Keep the right one.",
    ),
    "NO_STEP": (
        "この年の増加分が数値でないため、この年から先の水準を計算できません。増加分を入力してください。",
        "This year's increment is no figure: levels from this year on cannot be reckoned. Enter it.",
    ),
    "YEAR_MISSING": (
        "前の年度の増加分がないため、この年から先の水準を計算できません。増加分を入力してください。",
        "The year before has no increment: levels from this year on cannot be reckoned. Enter it.",
    ),
    "DIGITS": (
        "桁数が多すぎて表せません。単位を大きくしてください。",
        "Too many digits. Use a larger unit.",
    ),
    "NO_TARGET": (
        "この年の目標が数値でないため、取り込みません。",
        "This year's target is no figure; it is left out.",
    ),
}  # fmt: skip


def refusal(code: str, index: int | None = None, **more: Any) -> Refusal:
    """Return a refusal with its sentences."""
    ja, en = _REFUSALS[code]
    return Refusal(code=code, ja=ja, en=en, index=index, **more)

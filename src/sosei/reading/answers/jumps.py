"""桁違い. A figure some thousand times what stands beside it: thousands of yen typed as yen, a percentage as a share."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sosei.core.errors import SoseiError
from sosei.core.figures import read_value
from sosei.core.inquiry import AnswerSheet, Question
from sosei.core.report import Value
from sosei.core.shown import read_lines, show_number
from sosei.core.units import unit_of
from sosei.reading.answers.refusals import UnitJump

#: From which ratio on two figures are not of one unit; percentages never reach it, so that a hundredth is odd already.
_JUMP: Final = 300
_SHARE: Final = 50
_HUNDRED: Final = 100


def jump_of(sheet: AnswerSheet, question: Question, value: Value) -> SoseiError | None:
    """Return the warning that a figure calls for, or None.

    It jumps only where it is far from all that is known of it: the target, and last year's value.
    """
    if not value.number:
        return None
    unit = unit_of(question.unit or "")
    least = _SHARE if unit is not None and unit.kind == "ratio" else _JUMP
    known = {
        "前年度": _number(question.last_year, question), "目標": _number(question.target, question),
    }  # fmt: skip
    beside = {name: number for name, number in known.items() if number}
    if not beside or not all(_far(value.number, number, least) for number in beside.values()):
        return None
    name, number = next(iter(beside.items()))
    return _warning(sheet, question, value.number, name, number)


def _warning(
    sheet: AnswerSheet, question: Question, number: Decimal, name: str, other: Decimal
) -> UnitJump:
    times, share = _times(number, other)
    name_en = "last year's value" if name == "前年度" else "the target"
    shown = show_number(other)
    return UnitJump(
        where=sheet.where(question), where_en=sheet.where(question, "en"), number=show_number(number),
        beside=f"{name}の{shown}", beside_en=f"{name_en} ({shown})",
        times=f"{times}分の1" if share else f"{times}倍", times_en=f"1/{times} of" if share else f"{times} times",
    )  # fmt: skip


def _number(shown: str | None, question: Question) -> Decimal | None:
    """Return the number of a shown figure that is in the question's unit."""
    if not shown:
        return None
    lines = shown.split("\n")
    value = read_lines(lines, unit=question.unit) if len(lines) > 1 else read_value(shown, unit=question.unit)  # fmt: skip
    return value.number if value.unit is None else None


def _far(number: Decimal, other: Decimal, least: int) -> bool:
    ratio = abs(number / other)
    return ratio >= least or ratio * least <= 1


def _times(number: Decimal, other: Decimal) -> tuple[str, bool]:
    """Return how many times the greater is of the smaller, in round figures, and whether it is the other."""
    ratio = abs(number / other)
    share = ratio < 1
    times = 1 / ratio if share else ratio
    return show_number(round(times, -1) if times >= _HUNDRED else round(times)), share

"""直しの言葉. What a role, a remembered correction and what was corrected are called on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.core.fields import label
from sosei.ledger.mending import Habit
from sosei.web.desk.saying import lang, say

_ROLES: Final = {
    "target": "YearPoint.target", "actual": "YearPoint.actual", "cumulative_actual": "YearPoint.cumulative_actual",
    "baseline": "Indicator.baseline", "increase_total": "Indicator.increase_total", "spending": "Project.spending",
}  # fmt: skip


def role_name(role: str) -> str:
    """Return what a role is called; "loose": a figure that nothing was made of."""
    if role == "loose":
        return say("読み取っていない数", "not taken")
    return label(_ROLES[role], lang())


def habit_words(habit: Habit) -> str:
    """Return what was learned, in a sentence."""
    if habit.is_row:
        if habit.is_.get("leave"):
            return say("「{head}」の行は、指標ではない（取り込まない）", "The row “{head}” is no indicator: left out", head=habit.head)  # fmt: skip
        return say("「{head}」の指標は、事業「{project}」のもの", "The indicator “{head}” belongs to “{project}”", head=habit.head, project=habit.is_["project"])  # fmt: skip
    said = "、".join(_steps(habit))
    return say("「{head}」の列：{said}", "Column “{head}”: {said}", head=habit.head, said=said)


def _steps(habit: Habit) -> Iterator[str]:
    if "role" in habit.is_:
        yield f"{role_name(habit.was['role'])}→{role_words(habit.is_['role'])}"
    if "shift" in habit.is_:
        yield _shift(habit.is_["shift"])
    if "unit" in habit.is_:
        before = habit.was["unit"] or say("なし", "none")
        yield say("単位 {before}→{after}", "unit {before}→{after}", before=before, after=habit.is_["unit"])  # fmt: skip


def _shift(years: int) -> str:
    if years == 0:
        return say("報告書と同じ年度の値", "of the report’s own year")
    if years > 0:
        return say("報告書の{n}年後の年度の値", "of {n} years after the report’s", n=years)
    return say("報告書の{n}年前の年度の値", "of {n} years before the report’s", n=-years)


def role_words(role: str) -> str:
    """Return what a role is called; "none": no figure."""
    return say("取り込まない", "left out") if role == "none" else role_name(role)

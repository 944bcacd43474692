"""不在の理由. Why a figure is not there: a typed state, never an empty string and never a zero."""

from __future__ import annotations

from enum import StrEnum


class Gap(StrEnum):
    """The reason a value is absent (contract: value.gap)."""

    COUNTING = "counting"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURABLE = "not_measurable"
    DASH = "dash"
    BLANK = "blank"

"""不在の理由. Why a figure is not there: a typed state, never an empty string and never a zero."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from sosei.core.text import narrow
from sosei.core.units import is_unit


class Gap(StrEnum):
    """The reason a value is absent (contract: value.gap)."""

    COUNTING = "counting"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURABLE = "not_measurable"
    DASH = "dash"
    BLANK = "blank"


_WORDS: Final = {
    Gap.COUNTING: (
        "集計中 集計中です 集計中のため 現在集計中 未集計 未公表 未公表等 公表前 公表待ち 公表待 未発表 発表前 調査中 現在調査中 未調査 "
        "算出中 算定中 集約中 精査中 確認中 照会中 未確定 確定前 未判明 実績未確定 counting beingcounted"
    ),
    Gap.UNDECIDED: "未定 検討中 現在検討中 調整中 協議中 未設定 設定中 設定予定 策定中 検討予定 要検討 今後設定 今後検討 tbd undecided",
    Gap.NOT_APPLICABLE: "該当なし 該当無し 該当無 該当せず 非該当 対象外 対象なし 設定なし 目標なし 目標設定なし n/a na notapplicable",
    Gap.NOT_MEASURABLE: (
        "測定不能 測定不可 測定不可能 測定できない 測定困難 計測不能 計測不可 計測できない 把握不能 把握不可 把握できない 把握できず 把握困難 "
        "把握していない 未把握 評価不能 評価不可 評価できない 評価困難 算出不能 算出不可 算出できない 算定不能 不明 データなし データ無し "
        "データ無 統計なし 調査なし notmeasurable"
    ),
}
_GAPS: Final = {word: gap for gap, words in _WORDS.items() for word in words.split()}
_DASH: Final = re.compile("[-~～ー/]{1,4}|[…‥]{1,2}|・{3}|\\.{3}|\\\\")
_FRAME: Final = re.compile(r"^[※*(<【〈]+|[)>】〉※*。]+$")
_MARK: Final = re.compile(r"[※*](?:[0-9]{1,2})?$")
_ASIDE: Final = re.compile(r"\([^()]*\)$")


def read_gap(text: str) -> Gap | None:
    """Return why a cell holds no figure, or None where it holds a figure or words (なし, 設置).

    Width, spaces, brackets and note marks around do not count, nor does what follows in brackets.

    >>> read_gap("（集 計 中）"), read_gap("－"), read_gap(""), read_gap("0"), read_gap("なし")
    (<Gap.COUNTING: 'counting'>, <Gap.DASH: 'dash'>, <Gap.BLANK: 'blank'>, None, None)
    """
    return None if len(text) > 60 else _read_gap(text)


@lru_cache(maxsize=4096)
def _read_gap(text: str) -> Gap | None:
    plain = "".join(narrow(text).split()).replace("\u200b", "").replace("\ufeff", "")
    if not plain:
        return Gap.BLANK
    if _is_dash(plain.strip("()")):
        return Gap.DASH
    plain = plain.casefold()
    for form in (plain, _FRAME.sub("", plain), _MARK.sub("", plain), _ASIDE.sub("", plain)):
        if form in _GAPS:
            return _GAPS[form]
    return None


def _is_dash(plain: str) -> bool:
    """Tell whether a mark stands alone or before a unit (― 件/年); -a and -t are words."""
    dash = _DASH.match(plain)
    if dash is None:
        return False
    rest = plain[dash.end() :]
    return not rest or (not (rest.isascii() and rest.isalpha()) and is_unit(rest))

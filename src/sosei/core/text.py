"""文字. How Japanese offices write, and the one table of look-alike characters.

Nothing here changes what a document said: callers keep the raw spelling beside what these functions return.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Characters that stand for a range (～). NFKC joins none of them: 〜 and ～ and ~ stay apart.
WAVES: Final = "~〜～∼˜〰"
#: Characters that stand for a dash, a minus or "nothing". ー (long vowel) is one only where no kana precedes it.
DASHES: Final = "-‐‑‒–—―−－─━ｰ"
#: Marks that mean a negative figure when they stand before a digit.
MINUS: Final = "-−－‐–△▲"

_SPACE: Final = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Kana, kanji, full-width signs: between two of these a space or a line break is an accident of layout.
_WIDE: Final = "\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uff66-\uff9f\U00020000-\U0003ffff"
_BREAK: Final = re.compile(
    rf"(?<=[{_WIDE}])[ \t\u3000]*[\r\n]+[ \t\u3000]*|[ \t\u3000]*[\r\n]+[ \t\u3000]*(?=[{_WIDE}])"
)
#: What `clean` would change; hardly any text of a table holds any of it.
_UNCLEAN: Final = re.compile(rf"{_CONTROL.pattern}|[^\S ]|[\u200b\ufeff]|  |^ | \Z")
_STRAY: Final = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}])")


def clean(text: str) -> str:
    r"""Return text as a report holds it: one line, single spaces, nothing that XML cannot carry.

    >>> clean(" 成長分野\n拠点 ")
    '成長分野 拠点'
    """
    if _UNCLEAN.search(text) is None:
        return text
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def is_clean(text: str) -> bool:
    """Tell whether text may stand in a report: not empty, and its own cleaned form."""
    return bool(text) and _UNCLEAN.search(text) is None


def join_lines(text: str) -> str:
    r"""Join the lines of a cell the Japanese way: no space where one side is a wide character.

    >>> join_lines("地域再生\n計画 AI\nIoT")
    '地域再生計画 AI IoT'
    """
    return clean(_BREAK.sub("", text) if "\n" in text or "\r" in text else text)


def mend(text: str) -> str:
    """Join lines and take out the spaces that line breaks of a PDF left between wide characters.

    >>> mend("成長分野拠点 形成支援事業")
    '成長分野拠点形成支援事業'
    """
    return _STRAY.sub("", join_lines(text))


#: One character for one, so that offsets stay: full-width signs, every wave, every dash; ー and kana as they are.
_NARROW: Final = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord(wave): "～" for wave in WAVES}
    | {ord(dash): "-" for dash in DASHES}
    | {ord(ch): " " for ch in "\u3000\u00a0\t\r\n"}
    | {ord("￥"): "¥", ord("〔"): "(", ord("〕"): ")", ord("［"): "(", ord("］"): ")"}
)


def narrow(text: str) -> str:
    """Return text with half-width signs, one wave (～) and one dash (-): as many characters as before.

    >>> narrow("Ｒ３〜Ｒ７（５年間）")
    'R3～R7(5年間)'
    """
    return text.translate(_NARROW)


def fold(text: str) -> str:
    """Return a key for comparing words: width, spaces, waves and dashes do not count.

    For keys only, never for display: NFKC turns ① into 1 and ㈱ into (株).
    """
    return _folded(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return plain.translate(_SIGNS).casefold()


#: Texts up to this length are asked for again and again: headers, names, units.
_SHORT: Final = 100
_SIGNS: Final = {ord(wave): "～" for wave in WAVES} | {ord(dash): "-" for dash in DASHES}
_folded: Final = lru_cache(maxsize=32768)(_fold)

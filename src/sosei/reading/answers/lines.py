"""文の回答. What of a line of text is the answer: 「移住者数：61人（目標60人、前年度53人）」, 「目標60人　実績61人」."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.text import narrow
from sosei.reading.grid import Words

_LABEL: Final = re.compile(
    r"(?P<when>前年度?|昨年度?|前回|今年度|本年度|(?:令和|平成|[RH])[0-9元]{1,2}(?:年度)?)?の?(?P<what>実績|決算|回答|目標|計画|予算)(?:値|額)?[ :=はが]*"
    r"|(?P<last>前年度?|昨年度?)[ :=はが]*"
)
_AROUND: Final = " 　、，,。:：=＝/／\t→はが"
_LEADING: Final = " 　、，,:：=＝/／\t→"
_POLITE: Final = re.compile(
    "(?:でした|です|となりました|となっています|になりました|であった)[。 ]*$"
)


def rest_of(words: Words, year: int) -> Words:
    """Return the part of what follows a name that is the answer for a fiscal year."""
    words = _plain(words)
    plain = narrow(words.text)
    labels = list(_LABEL.finditer(plain))
    if not labels:
        return words.strip(_AROUND)
    for at, label in enumerate(labels):
        if _is_answer(label, year):
            end = labels[at + 1].start() if at + 1 < len(labels) else len(plain)
            return _unframed(words[label.end() : end])
    return _unframed(words[: labels[0].start()])


def text_of(words: Words) -> Words:
    """Return what follows a name without the signs between."""
    cut = len(words.text) - len(words.text.lstrip(_LEADING))
    return words[cut:].strip()


def _plain(words: Words) -> Words:
    """Take off 「でした」 at the end."""
    found = _POLITE.search(words.text)
    return words[: found.start()] if found else words


def _is_answer(label: re.Match[str], year: int) -> bool:
    if label["what"] not in ("実績", "決算", "回答"):
        return False
    when = label["when"] or ""
    if when.startswith(("前", "昨")):
        return False
    years = {found.fiscal_year for found in find_years(when)}
    return not years or year in years


def _unframed(words: Words) -> Words:
    """Take off what stands around a part, and a bracket of which only one half is left."""
    words = words.strip(_AROUND)
    text = narrow(words.text)
    while text.count("(") > text.count(")") and text[-1:] == "(":
        words = words[: len(text) - 1].strip(_AROUND)
        text = narrow(words.text)
    if text.count(")") > text.count("(") and text.endswith(")"):
        words = words[: len(text) - 1].strip(_AROUND)
    return words

"""言い回し. Which of the known judgements a printed wording means (`data/wording.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from sosei.core.fields import Lang
from sosei.core.text import fold

_MARKS: Final = re.compile(r"[()（）「」、。・:：,【】\[\]]")


def _key(text: str) -> str:
    return _MARKS.sub("", fold(text))


@cache
def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((files("sosei.judging") / "data/wording.toml").read_text("utf-8"))


@cache
def _wordings(family: str) -> tuple[tuple[str, str], ...]:
    pairs = [
        (_key(word), code)
        for code, entry in _table()[family].items()
        for word in [*entry["words"], entry["name"][0]]
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def meaning(family: str, text: str) -> str | None:
    """Return the code of what a wording means in a family (next_policy, expert_judgement, grade, reached), or None.

    >>> meaning("next_policy", "④ 予定どおり事業終了")
    'end'
    >>> meaning("expert_judgement", "総合戦略のKPI達成に有効とは言えない")
    'not_effective'
    """
    key = _key(text)
    return next((code for word, code in _wordings(family) if word in key), None)


def name(family: str, code: str, lang: Lang = "ja") -> str:
    """Return the usual name of a code."""
    return _table()[family][code]["name"][0 if lang == "ja" else 1]

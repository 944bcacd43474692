"""言い回し. Which of the known judgements a printed wording means (`wording.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from sosei.core.fields import Lang
from sosei.core.text import fold

_MARKS: Final = re.compile(r"[()（）「」、。・:：,【】\[\]]")
#: What behind a wording turns it round (有効|ではない, 達成|できなかった), and what before it does (未|完了).
_DENIED: Final = re.compile(
    "(?:性)?[とでにはがもを]{0,2}(?:な[いかくしら]|無[いかくし]|できな|できず|出来な|出来ず|していな|しな|せず|ならな|"
    "いえな|言えな|言い難|いい難|いいがた|認められな|至らな|至らず|至っていな|及ばな|及ばず)"
)
_NOT_YET: Final = re.compile("[未非不]$")
#: The code of wordings that look like a judgement and are none (達成率, おおむね達成).
_OPEN: Final = "open"


def _key(text: str) -> str:
    return _MARKS.sub("", fold(text))


@cache
def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((files("sosei.core") / "wording.toml").read_text("utf-8"))


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

    A known wording that is denied (達成できなかった, 未完了) means nothing that is known: a person reads it.

    >>> meaning("next_policy", "④ 予定どおり事業終了")
    'end'
    >>> meaning("expert_judgement", "総合戦略のKPI達成に有効とは言えない")
    'not_effective'
    """
    key = _key(text)
    found = next(
        ((at, word, code) for word, code in _wordings(family) if (at := key.find(word)) >= 0), None
    )
    if found is None or found[2] == _OPEN:
        return None
    at, word, code = found
    turned = _DENIED.match(key, at + len(word)) or _NOT_YET.search(key, 0, at)
    return None if turned else code


def name(family: str, code: str, lang: Lang = "ja") -> str:
    """Return the usual name of a code."""
    return _table()[family][code]["name"][0 if lang == "ja" else 1]

"""語. The word lists of `words.toml`, and what they say about the name of an indicator."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sosei.core.text import fold


@cache
def _lists() -> dict[str, dict[str, Any]]:
    data = tomllib.loads((files("sosei.checking") / "words.toml").read_text("utf-8"))
    return {
        section: {
            key: tuple(fold(word) for word in value) if isinstance(value, list) else value
            for key, value in table.items()
        }
        for section, table in data.items()
    }


@cache
def listed(section: str, key: str) -> tuple[str, ...]:
    """Return a list of folded words."""
    return tuple(_lists()[section][key])


def misprints() -> dict[str, str]:
    """Return the misprinted headings with the term that is meant."""
    return {wrong: right for wrong, right in _lists()["misprint"].items() if wrong != "why"}


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=1 << 14)
def _core(name: str) -> str:
    """Fold a name and take off what stands in brackets at its end."""
    key = fold(name)
    while key.endswith(")") and "(" in key:
        key = key[: key.rindex("(")]
    return key


def has(section: str, name: str, key: str = "parts") -> bool:
    """Tell whether a name holds a word of a list, and none of the list's exceptions."""
    text = _key(name)
    if any(word in text for word in _lists()[section].get("except", ())):
        return False
    return any(word in text for word in listed(section, key))


def ends(section: str, name: str, key: str = "ends") -> bool:
    """Tell whether a name ends in a word of a list, brackets left aside.

    >>> ends("output", "観光物産プロモーション実施回数（年間）")
    True
    """
    return _core(name).endswith(listed(section, key))

"""行いの名. Every verb of the journal, and the names of the facts beside it, in Japanese and English (`verbs.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sosei.core.fields import Lang


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("sosei.journal") / "verbs.toml").read_text("utf-8"))


@cache
def verbs() -> dict[str, tuple[str, str]]:
    """Return every verb with what it is called in Japanese and English."""
    return {code: (ja, en) for code, (ja, en) in _table()["verbs"].items()}


def called(verb: str, lang: Lang = "ja") -> str:
    """Return what a verb is called; one of an older program, its code."""
    pair = verbs().get(verb)
    return verb if pair is None else pair[0 if lang == "ja" else 1]


def fact_word(name: str, said: str, lang: Lang = "ja") -> str:
    """Return the word for what a fact says; one that nobody named, as it is."""
    pair = _table()["said"].get(name, {}).get(said)
    return said if pair is None else pair[0 if lang == "ja" else 1]


def fact(name: str, lang: Lang = "ja") -> str:
    """Return what a fact of a line is called; one that nobody named, its code."""
    pair = _table()["facts"].get(name)
    return name if pair is None else pair[0 if lang == "ja" else 1]

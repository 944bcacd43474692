"""行いの名. Every verb of the journal in Japanese and English (`verbs.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from sosei.core.fields import Lang


@cache
def verbs() -> dict[str, tuple[str, str]]:
    """Return every verb with what it is called in Japanese and English."""
    table = tomllib.loads((files("sosei.journal") / "verbs.toml").read_text("utf-8"))
    return {code: (ja, en) for code, (ja, en) in table["verbs"].items()}


def called(verb: str, lang: Lang = "ja") -> str:
    """Return what a verb is called; one of an older program, its code."""
    pair = verbs().get(verb)
    return verb if pair is None else pair[0 if lang == "ja" else 1]

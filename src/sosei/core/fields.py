"""項目名. The name of every field and the word for every code, in Japanese and English (`fields.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Lang = Literal["ja", "en"]
_COLUMN: Final = {"ja": 0, "en": 1}


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    data = tomllib.loads((files("sosei.core") / "fields.toml").read_text("utf-8"))
    return {"": data["field"], **data["code"]}


def label(field: str, lang: Lang = "ja") -> str:
    """Return the name of a field given as "Class.field".

    >>> label("YearPoint.target")
    '目標値'
    """
    return _table()[""][field][_COLUMN[lang]]


def labels() -> dict[str, tuple[str, str]]:
    """Return every field with its Japanese and English name."""
    return {field: (ja, en) for field, (ja, en) in _table()[""].items()}


def word(field: str, code: str, lang: Lang = "ja") -> str:
    """Return the word for a code of a field.

    >>> word("Value.gap", "counting")
    '集計中'
    """
    return _table()[field][code][_COLUMN[lang]]


def words(field: str, lang: Lang = "ja") -> dict[str, str]:
    """Return the words for all codes of a field, in order."""
    return {code: pair[_COLUMN[lang]] for code, pair in _table()[field].items()}


def coded() -> tuple[str, ...]:
    """Return every field that holds a code."""
    return tuple(field for field in _table() if field)


def code(field: str, text: str) -> str | None:
    """Return the code that a word in either language stands for, or None.

    >>> code("Project.kind", "計画")
    'plan'
    """
    return next((key for key, pair in _table()[field].items() if text in pair), None)

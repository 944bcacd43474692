"""項目の名. What tables, columns and codes are called, and how values are shown, in both languages (`columns.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from sosei.core.fields import Lang

Manner = Literal["year", "yen", "bytes", "line", "verb"]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("sosei.journal") / "columns.toml").read_text("utf-8"))


def table_name(table: str, lang: Lang = "ja") -> str | None:
    """Return what the rows of a table ("ledger.line") are called, None where nobody named them."""
    return _said(_table()["tables"].get(table), lang)


def column_name(table: str, column: str, lang: Lang = "ja") -> str | None:
    """Return what a column is called, None where only the table itself says it."""
    return _said(_of("columns", table, column), lang)


def code_word(table: str, column: str, code: str, lang: Lang = "ja") -> str | None:
    """Return the word for a code of a column, None where it is none of ours."""
    return _said((_of("codes", table, column) or {}).get(code), lang)


def technical(table: str, column: str) -> bool:
    """Whether a column is for engineers alone."""
    hidden = _table()["technical"]
    return column in hidden["columns"] or column in hidden.get(table, ())


def manner(column: str) -> Manner | None:
    """Return how the values of a column are shown, None as their kind is."""
    for how, named in _table()["shown"].items():
        if column in named:
            return cast(Manner, how)
    return None


def _of(part: str, table: str, column: str) -> Any:
    named = _table()[part]
    return named.get(f"{table}.{column}") or named.get(column)


def _said(pair: list[str] | None, lang: Lang) -> str | None:
    return (pair[lang == "en"] or None) if pair else None

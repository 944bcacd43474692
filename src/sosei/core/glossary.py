"""用語集. The words of the field (`glossary.toml`): how they are read, what code calls them, what they are in English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Term:
    """用語. `ja` holds the variants of a word, `identifiers` what code calls them; `note` is "" where there is none."""

    ja: tuple[str, ...]
    reading: tuple[str, ...]
    identifiers: tuple[str, ...]
    en: str
    note: str

    def __str__(self) -> str:
        """The word, its first variant."""
        return self.ja[0]


@cache
def terms() -> tuple[Term, ...]:
    """Return every term, in the order of the file (by subject)."""
    table = tomllib.loads((files("sosei.core") / "glossary.toml").read_text("utf-8"))
    return tuple(
        Term(tuple(ja.split("/")), tuple(reading.split("/")), tuple(ids.split(" / ")), en, note)
        for ja, reading, ids, en, note in table["terms"]
    )


@cache
def _by_word() -> dict[str, Term]:
    return {word: item for item in reversed(terms()) for word in (*item.ja, *item.identifiers)}


def term(word: str) -> Term | None:
    """Return the term of a Japanese word or an identifier, or None.

    >>> str(term("kpi")), term("所管課").identifiers
    ('重要業績評価指標', ('department_in_charge',))
    """
    return _by_word().get(word)

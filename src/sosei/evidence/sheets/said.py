"""知らせ. What is said of a sheet's rows: problems, which keep a row out, and notes, which do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sosei.core.errors import SoseiError


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """問題. One wrong cell, row or column. `row` counts from 1 as the sheet does (0: the sheet); `column`: the register's column's key."""

    row: int
    at: str
    refusal: SoseiError
    column: str | None = None

    @property
    def code(self) -> str:
        """Return the code."""
        return self.refusal.code

    def sentence(self, lang: str = "ja") -> str:
        """Return what is wrong, where, and what to do."""
        return self.refusal.sentence(lang)


NoteKind = Literal[
    "total", "footnote", "header", "duplicate", "empty", "words", "gap", "day", "hidden", "merged", "quotes", "due"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """注記. What was left out or understood, and may be looked at."""

    kind: NoteKind
    ja: str
    en: str
    row: int = 0

    def sentence(self, lang: str = "ja") -> str:
        """Return it in Japanese (`ja`) or English (`en`)."""
        return self.en if lang == "en" else self.ja


class Wrong(Exception):
    """What is wrong with a value, before it is known where it stands; `facts` as of the refusal's sentence."""

    def __init__(self, refusal: type[SoseiError], **facts: object) -> None:
        """Keep which refusal it will be, and its facts but the place."""
        super().__init__()
        self.refusal = refusal
        self.facts = facts

    def at(self, at: str, **facts: object) -> SoseiError:
        """Return the refusal at a place."""
        return self.refusal(at=at, **{**facts, **self.facts})

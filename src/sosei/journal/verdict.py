"""検証の結果. What verifying found: problems and what is not proven, each with a code and a sentence in two languages."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.utils import timezone

#: Problems of one code that are named one by one; beyond it they are only counted.
NAMED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """錨. What something outside the database says the journal was: an edition, a backup. `label`: how people call it."""

    body: str
    seq: int
    head: str
    label: str


@dataclass(frozen=True, slots=True)
class Lines:
    """何行目. A line of the journal, or several in a row, as a fact of a sentence."""

    first: int
    last: int

    def said(self, lang: str) -> str:
        """Return the words for it."""
        if self.first == self.last:
            return f"第{self.first}行" if lang == "ja" else f"line {self.first}"
        if lang == "ja":
            return f"第{self.first}行から第{self.last}行まで"
        return f"lines {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Named:
    """呼び名. What something is called in each language, as a fact of a sentence."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """見つかったこと. One problem (J…), or one thing that is not proven (N…)."""

    code: str
    facts: Mapping[str, Any]

    def sentence(self, lang: str = "ja") -> str:
        """Return what was found, where, in Japanese (`ja`) or English (`en`)."""
        template: str = _sentences()[self.code]["en" if lang == "en" else "ja"]
        text = template.format(**{k: _said(v, lang) for k, v in self.facts.items()})
        return text[0].upper() + text[1:]


def _said(fact: object, lang: str) -> str:
    if isinstance(fact, Lines):
        return fact.said(lang)
    if isinstance(fact, Named):
        return fact.ja if lang == "ja" else fact.en
    if isinstance(fact, datetime):
        return timezone.localtime(fact).strftime("%Y-%m-%d %H:%M:%S")
    text = "".join(ch if ch.isprintable() else "�" for ch in str(fact))
    return text if len(text) <= 80 else f"{text[:79]}…"


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("sosei.journal") / "problems.toml").read_text("utf-8"))


def codes() -> tuple[str, ...]:
    """Return every code that verifying may name."""
    return tuple(_sentences())


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """検証の結果. `heads`: the end of each body's journal. `counts`: how many problems of each code, all of them.

    `problems` names at most `NAMED` of each code. `unproven`: what is not wrong, but not proven either. `contents`: of registers.
    """

    problems: tuple[Problem, ...]
    unproven: tuple[Problem, ...]
    counts: Mapping[str, int]
    heads: tuple[Anchor, ...]
    lines: int
    rows: int
    pasts: int
    contents: int = 0

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong; what is unproven is told apart."""
        return not self.problems


@dataclass(slots=True)
class Found:
    """集めているもの. Everything found so far; what is beyond `NAMED` is counted, so that memory stays flat."""

    problems: list[Problem] = field(default_factory=list)
    unproven: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    heads: list[Anchor] = field(default_factory=list)
    lines: int = 0
    rows: int = 0
    pasts: int = 0

    def note(self, code: str, **facts: Any) -> None:
        """Add a problem, or something unproven."""
        self.counts[code] += 1
        if self.counts[code] <= NAMED:
            kind = self.unproven if code.startswith("N") else self.problems
            kind.append(Problem(code, facts))

    def verdict(self) -> Verdict:
        """Return what was found."""
        return Verdict(
            problems=tuple(self.problems), unproven=tuple(self.unproven), counts=dict(self.counts),
            heads=tuple(self.heads), lines=self.lines, rows=self.rows, pasts=self.pasts,
        )  # fmt: skip

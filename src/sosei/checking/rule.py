"""規則. The one shape of a rule: what it looks for, why, since when, on what ground, and what it needs to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.scene import Scene
from sosei.core.report import Places


class Need(StrEnum):
    """必要な入力. An input beside the report; without it a rule answers "not examined"."""

    DOCUMENT = "document"
    PREVIOUS = "previous"
    OTHERS = "others"
    LEDGER = "ledger"
    TODAY = "today"

    @property
    def ja(self) -> str:
        """What it is, in Japanese."""
        return _NEEDS[self][0]

    @property
    def en(self) -> str:
        """What it is, in English."""
        return _NEEDS[self][1]


_NEEDS: Final = {
    Need.DOCUMENT: ("元の文書の表", "the tables of the document"),
    Need.PREVIOUS: ("前年度の報告書", "last year's report"),
    Need.OTHERS: ("同じ指標を載せる他の報告書", "other reports with the same indicators"),
    Need.LEDGER: (
        "台帳の記録",
        "facts of the ledger",
    ),
    Need.TODAY: ("点検する日付", "the date of the check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """当たり. What a rule saw at one spot; `severity` None means the rule's own."""

    ja: str
    en: str
    path: str = ""
    place: Places = ()
    raw: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """見送り. A part that a rule could not look at, and why."""

    ja: str
    en: str
    path: str = ""


Look = Callable[[Scene], Iterator[Hit | Skip]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """規則. `since` and `until` are fiscal years, `schemes` ids of schemes.toml; empty means all."""

    code: str
    title_ja: str
    title_en: str
    severity: Severity
    source: str
    why_ja: str
    why_en: str
    wrong: str
    right: str
    look: Look
    needs: frozenset[Need] = frozenset()
    since: int | None = None
    until: int | None = None
    schemes: tuple[str, ...] = ()

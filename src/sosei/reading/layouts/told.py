"""判断の控え. What a reading decided and why, noted where it is decided, for whoever asks how a document was read.

A `Told` is passed through a reading that is to be explained; a reading that nobody asks about has none and notes
nothing. What is noted is the decision itself, never a second guess at it. `explained` puts it into sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sosei.core.report import Places

Kind = Literal["table", "form", "text", "card", "sheet", "linked"]
Check = Literal["rate", "sum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """見出し一つの判断. What a header, label or row title was taken for.

    `field`: a role of the vocabulary or a field of the contract ("Class.field"); None: for nothing. `known`: the wording
    that decided, `whole`: it is the header as it stands. `turns`: what stands beside it and made it another role, by the
    name of the step. `year`, `unit`: what the header itself says. `count`: cells with words below or beside it.
    """

    words: str
    field: str | None
    known: str = ""
    whole: bool = False
    turns: tuple[str, ...] = ()
    year: int | None = None
    unit: str | None = None
    count: int = 0
    across: bool = False
    place: Places = ()


@dataclass(slots=True, kw_only=True)
class Block:
    """表や書式一つの判断. `skipped`: the table as a whole was taken for none of a report; `above`: the words over it."""

    kind: Kind
    name: str = ""
    above: str = ""
    skipped: bool = False
    turned: bool = False
    taken: list[Taken] = field(default_factory=list)
    place: Places = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """合った計算. Figures of one indicator that confirm each other, as they are written."""

    check: Check
    indicator: str
    figures: tuple[str, ...]
    place: Places = ()


@dataclass(slots=True)
class Told:
    """控え. Everything noted of one reading. `scores`: how well each family explains the document, as far as asked."""

    layout: str = ""
    scores: list[tuple[str, float]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    units: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)

    def begin(self, kind: Kind, **facts: object) -> Block:
        """Begin a table, form or stretch of text."""
        block = Block(kind=kind, **facts)  # type: ignore[arg-type]
        self.blocks.append(block)
        return block

    def within(self, *kinds: Kind) -> Block:
        """Return the block at hand where it is of one of these kinds, else a new one of the first."""
        if self.blocks and self.blocks[-1].kind in kinds:
            return self.blocks[-1]
        return self.begin(kinds[0])

    def agree(self, check: Check, indicator: str, figures: Iterable[str], place: Places) -> None:
        """Note figures that confirm each other."""
        self.agreements.append(
            Agreement(check=check, indicator=indicator, figures=tuple(figures), place=place)
        )

"""照会の値. What queries about inquiries give: a line of the list, a department on the board, one department's part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sosei.core.inquiry import AnswerSheet, Question
from sosei.core.standing import Standing
from sosei.journal.clock import today

State = Literal["out", "late", "received", "conflict", "partly", "answered", "closed"]
#: States in the order of what to look at first.
STATES: Final[tuple[State, ...]] = (
    "conflict", "received", "late", "partly", "out", "answered", "closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRow:
    """照会の一行. An inquiry in the list, with how many departments answered."""

    pk: int
    title: str
    volume: int
    fiscal_year: int
    series: str
    sent_on: date
    due_on: date
    closed_on: date | None
    asked: int
    answered: int

    @property
    def waiting(self) -> int:
        """How many departments have not answered."""
        return self.asked - self.answered

    @property
    def late_by(self) -> int:
        """How many days the due date is past while somebody has not answered; 0 where it is not."""
        late = self.closed_on is None and self.waiting
        return max((today() - self.due_on).days, 0) if late else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """照会先の一行. A department on the board. `items`: how many of what it owes are in which state, by the book as it is."""

    pk: int
    stamp: int
    department: int
    code: str
    name: str
    contact: str
    mark: str
    state: State
    due_on: date
    late_by: int
    reminded_on: date | None
    answered_on: date | None
    items: Counter[Standing]
    batches: tuple[int, ...] = ()
    extended: bool = False
    workbook: int | None = None

    @property
    def asked(self) -> int:
        """How many things are asked."""
        return sum(self.items.values())

    @property
    def filled(self) -> int:
        """How many of them the book has for good."""
        return self.items["filled"]

    @property
    def awaited(self) -> int:
        """How many the book has as 集計中 or 速報: an answer, but not the last."""
        return self.items["counting"] + self.items["preliminary"]

    @property
    def owes(self) -> bool:
        """Whether it is to be reminded: it has not answered, or left out what is not even being counted."""
        return self.state in ("late", "out") or (self.state == "partly" and self.items["open"] > 0)


@dataclass(frozen=True, kw_only=True)
class Board:
    """照会の状況表. An inquiry and its departments, what needs looking at first."""

    pk: int
    stamp: int
    title: str
    number: str | None
    letter: str
    contact: str
    volume: int
    fiscal_year: int
    series: str
    sent_on: date
    due_on: date
    closed_on: date | None
    parts: tuple[PartRow, ...]

    @property
    def states(self) -> list[tuple[State, int]]:
        """How many departments are in which state, what needs looking at first."""
        counts = Counter(part.state for part in self.parts)
        return [(state, counts[state]) for state in STATES if counts[state]]

    @property
    def owing(self) -> list[PartRow]:
        """The departments that are to be reminded."""
        return [part for part in self.parts if part.owes]

    @property
    def arrived(self) -> list[int]:
        """The answers that came in and wait for somebody to look at them."""
        return [batch for part in self.parts for batch in part.batches]

    @property
    def items(self) -> Counter[Standing]:
        """How many things are in which state, all departments together."""
        return sum((part.items for part in self.parts), Counter[Standing]())


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """照会項目の一行. One question by its name, with how it stands in the book now."""

    question: Question
    name: str
    state: Standing
    entry: int


@dataclass(frozen=True, kw_only=True)
class PartSeen:
    """照会先の詳細. One department's part with its sheet as sent and every item as it stands now."""

    row: PartRow
    inquiry: int
    title: str
    volume: int
    fiscal_year: int
    closed_on: date | None
    sheet: AnswerSheet
    items: tuple[ItemRow, ...]
    batches: tuple[BatchBrief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchBrief:
    """取込みの一行. A file that answered a part. `counts`: of changes by kind."""

    pk: int
    state: str
    name: str
    came: date
    by: str
    counts: dict[str, int]

"""行の手掛かり. A row that may be an answer, with all that is known of it before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.core.inquiry import Question
from sosei.reading.answers.heads import Parts
from sosei.reading.answers.names import Named
from sosei.reading.answers.rows import Box, Row, is_id


@dataclass(eq=False)
class Match:
    """行の手掛かり. A row, its words that name something, and the columns in force.

    `rest`: what follows its name on a line of text, `figure`: the part of it that is this year's.
    """

    row: Row
    parts: Parts
    text_parts: Parts
    context: frozenset[str]
    key: str | None = None
    name: Box | None = None
    named: Named | None = None
    number: str | None = None
    unit: str | None = None
    rest: Box | None = None
    figure: Box | None = None
    question: Question | None = None
    more: list[Box] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The words that name it, or else all words of the row."""
        if self.name is not None:
            return self.name.text
        return "　".join(box.text for box in self.row.filled if not is_id(box.text))[:60]

    def of(self, question: Question | None) -> Parts:
        """Return the columns in force for a question."""
        text = question is not None and question.is_text
        return (self.text_parts or self.parts) if text else self.parts

    def at(self, part: str, question: Question | None = None) -> Box | None:
        """Return the box of a part, other than the one that names the row."""
        columns = self.of(question or self.question).get(part, ())  # type: ignore[call-overload]
        boxes = (self.row.at(column) for column in columns)
        return next((box for box in boxes if box is not None and box is not self.name), None)


@dataclass
class Walked:
    """What a walk found: rows that may answer, totals, and who filled in."""

    matches: list[Match] = field(default_factory=list)
    totals: list[Match] = field(default_factory=list)
    unnamed: list[Match] = field(default_factory=list)
    respondent: str | None = None
    strangers: int = 0
    projects: int = 0

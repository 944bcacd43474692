"""様式の枠. What the parts of the answer form share: its columns, colours, and the sheet that is being written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sosei.core.fields import Lang
from sosei.core.inquiry import AnswerSheet, AskedProject, Question
from sosei.publishing.book import Book, put
from sosei.publishing.inquiry.words import word

#: The columns; ID and STAMP are hidden.
ID, STAMP, NUMBER, NAME, UNIT, TARGET, LAST, ENTRY, EXPECTED, NOTE = range(10)
WIDTHS: Final = (4, 4, 6, 36, 8, 15, 17, 19, 16, 28)
HEAD_ROW: Final = 5
FILLS: Final = {
    "band": "#1A2B5F", "part": "#E6ECF8", "head": "#DBE5F6", "entry": "#FFF6BF", "odd": "#F9C9A8", "fixed": "#F5F6F8",
}  # fmt: skip
INK: Final = "#1A2B5F"
SOFT: Final = "#4A5160"
EDGE: Final = "#5F6773"
NUMBERS: Final = "#,##0"
_LINE: Final = "#B8BEC7"


@dataclass
class Form:
    """The sheet being written; `row` is the next free one."""

    book: Book
    sheet: AnswerSheet
    lang: Lang
    row: int = 0
    page: Worksheet = field(init=False)

    def __post_init__(self) -> None:
        """Begin the page."""
        self.page = self.book.sheet(self.word("sheet"))

    def word(self, name: str, before: int = 0) -> str:
        """Return a word of the form."""
        return word(name, self.sheet, self.lang, before=before)

    def style(self, **properties: Any) -> Format:
        """Return a framed format."""
        return self.book.format(**{"border": 1, "border_color": _LINE, **properties})

    def entry(self, **properties: Any) -> Format:
        """Return the format of a cell to be filled with words."""
        known = {"bg_color": FILLS["entry"], "locked": False, "num_format": "@", "text_wrap": True}
        return self.style(**{**known, **properties})

    def text(self, column: int, text: str | None, **properties: Any) -> None:
        """Write a framed cell of words in the current row."""
        put(self.page, self.row, column, text or None, self.style(text_wrap=True, **properties))

    def merged(self, first: int, last: int, text: str | None, style: Format) -> None:
        """Write words over several columns of the current row."""
        self.page.merge_range(self.row, first, self.row, last, "", style)
        put(self.page, self.row, first, text or None, style)

    def mark(self, key: str, stamp: str | None = None) -> None:
        """Write the hidden id of the current row."""
        plain = self.book.format(font_color="#808080", font_size=8)
        self.page.write_string(self.row, ID, f"{self.sheet.mark}:{key}", plain)
        if stamp:
            self.page.write_string(self.row, STAMP, stamp, plain)


def kind_of(question: Question) -> str:
    """Return which part of its project a question stands in."""
    if question.is_text:
        return "texts"
    return "money" if question.role == "spending" else "figures"


def total_unit(asked: tuple[Question, ...]) -> str | None:
    """Return the unit of a project's lines of money where their total means something."""
    money = [question for question in asked if question.role == "spending"]
    kinds = {(question.unit, question.fiscal_year) for question in money}
    return money[0].unit if len(money) > 1 and len(kinds) == 1 else None


def rows_of(sheet: AnswerSheet, project: AskedProject) -> int:
    """Return how many rows a project takes: its band, its parts' headings, its questions, its total."""
    asked = sheet.of(project)
    parts = {kind_of(question) for question in asked}
    return 1 + len(parts) + len(asked) + (total_unit(asked) is not None)

"""個人情報ファイル簿の表. The draft of the book of personal data files as a workbook: a sheet for each file, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.core.fields import Lang
from sosei.publishing.book import Book, lines, print_titles, put

_NAMES: Final = 30
_WORDS: Final = 70
_LINE: Final = 15
#: What a sheet's name cannot hold, and how long it is.
_UNSAYABLE: Final = frozenset("[]:*?/\\'")
_LONGEST: Final = 27
_BLANK: Final = {"ja": "（課で記入）", "en": "(to be filled in)"}


def filebook(
    title: str, files: Sequence[tuple[str, Sequence[tuple[str, str]]]], lang: Lang
) -> bytes:
    """Return files, each with its items and what they say, as a workbook; what is blank is marked as to be filled in."""
    book = Book(lang)
    head = book.format(bold=True, font_size=14)
    name = book.format(bold=True, text_wrap=True, border=1, bg_color="#EEEEEE")
    said, open_ = book.format(text_wrap=True, border=1), book.format(text_wrap=True, border=1, bg_color="#FFF6D6")  # fmt: skip
    for number, (called, rows) in enumerate(files, 1):
        sheet = book.sheet(_sheet_name(number, called))
        sheet.set_portrait()
        sheet.set_column(0, 0, _NAMES)
        sheet.set_column(1, 1, _WORDS)
        put(sheet, 0, 0, title, head)
        for at, (item, words) in enumerate(rows, 1):
            put(sheet, at, 0, item, name)
            put(sheet, at, 1, words or _BLANK[lang], said if words else open_)
            sheet.set_row(at, _LINE * max(lines(words, _WORDS), lines(item, _NAMES)) + 6)
        print_titles(sheet, title, called, lang)
    return book.finish()


def _sheet_name(number: int, called: str) -> str:
    plain = "".join(ch for ch in called if ch not in _UNSAYABLE)[:_LONGEST]
    return f"{number} {plain}".strip()

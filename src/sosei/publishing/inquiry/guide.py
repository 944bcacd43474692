"""記入のしかた. The second sheet of the answer form: the steps, and how each case is written. For the eye only."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from sosei.core.fields import Lang
from sosei.core.inquiry import AnswerSheet
from sosei.publishing.book import Book, lines
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.inquiry.frame import FILLS, INK
from sosei.publishing.inquiry.words import CASE_HEADS, CASES, STEPS, WORDS

_WIDTHS = (4, 34, 26, 66)
_LINE = "#B8BEC7"


def write_guide(book: Book, sheet: AnswerSheet, lang: Lang) -> None:
    """Write the sheet."""
    page = book.sheet(WORDS[lang]["guide"])
    page.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.set_row(0, 30)
    big = book.format(font_size=16, bold=True, font_color=INK)
    page.write_string(0, 0, WORDS[lang]["guide"], big)
    row = _write_steps(book, page, sheet, lang)
    row = _write_cases(book, page, row + 1, lang)
    row = _write_contact(book, page, row + 1, sheet, lang)
    page.print_area(0, 0, row, len(_WIDTHS) - 1)
    page.set_footer("&C&9&P / &N")


def _write_steps(book: Book, page: Worksheet, sheet: AnswerSheet, lang: Lang) -> int:
    number = book.format(bold=True, align="center", font_color=INK, valign="top")
    words = book.format(text_wrap=True, valign="top", font_size=11)
    facts = {"due": day_shown(sheet.due_on, lang), "office": sheet.office}
    row = 2
    for row, step in enumerate(STEPS[lang], 2):
        text = step.format(**facts)
        page.write_number(row, 0, row - 1, number)
        page.merge_range(row, 1, row, 3, text, words)
        page.set_row(row, 8 + 14 * lines(text, sum(_WIDTHS[1:])))
    return row + 1


def _write_cases(book: Book, page: Worksheet, row: int, lang: Lang) -> int:
    frame = {"border": 1, "border_color": _LINE, "text_wrap": True, "indent": 1}
    head = book.format(bold=True, bg_color=FILLS["head"], font_color=INK, **frame)
    entry = book.format(bold=True, bg_color=FILLS["entry"], align="right", num_format="@", **frame)
    for column, text in enumerate(CASE_HEADS[lang], 1):
        page.write_string(row, column, text, head)
    page.set_row(row, 22)
    for number, case in enumerate(CASES[lang], row + 1):
        for column, text in enumerate(case, 1):
            page.write_string(number, column, text, entry if column == 2 else book.format(**frame))
        page.set_row(number, 22)
    return row + len(CASES[lang]) + 1


def _write_contact(book: Book, page: Worksheet, row: int, sheet: AnswerSheet, lang: Lang) -> int:
    label = "問合せ先" if lang == "ja" else "Questions to"
    page.write_string(row, 1, label, book.format(bold=True, font_color=INK))
    for line in (f"{sheet.body} {sheet.office}", *filter(None, sheet.contact.split("\n"))):
        row += 1
        page.write_string(row, 1, line, book.format())
    return row

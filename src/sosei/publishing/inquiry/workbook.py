"""回答様式. The workbook that a department fills in: its own projects, what is owed, last year's beside it.

One row, one question. The first two columns are hidden: each question's id and what it was made from; they help the
reader and are not needed. Only the cells to be filled are unlocked, and the sheet may be unlocked without a password.
"""

from __future__ import annotations

from typing import Final

from sosei.core.fields import Lang
from sosei.core.inquiry import AnswerSheet
from sosei.publishing.book import Book
from sosei.publishing.inquiry.asked import write_project
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.inquiry.frame import (
    EDGE,
    ENTRY,
    EXPECTED,
    FILLS,
    HEAD_ROW,
    ID,
    INK,
    LAST,
    NAME,
    NOTE,
    NUMBER,
    SOFT,
    STAMP,
    TARGET,
    UNIT,
    WIDTHS,
    Form,
)
from sosei.publishing.inquiry.guide import write_guide
from sosei.publishing.inquiry.progress import write_progress
from sosei.publishing.inquiry.words import stamp_shown

#: What may be done while the sheet is protected: everything that does not change what is asked.
_ALLOWED: Final = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
    "insert_rows": True, "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


def workbook(sheet: AnswerSheet, lang: Lang = "ja") -> bytes:
    """Return the workbook, the same bytes for the same sheet. Raises CellTooLong."""
    book = Book(lang)
    form = Form(book, sheet, lang)
    _write_head(form)
    form.row = HEAD_ROW + 1
    for project in sheet.projects:
        write_project(form, project)
    _finish(form)
    write_guide(book, sheet, lang)
    return book.finish()


def _write_head(form: Form) -> None:
    page, sheet, book = form.page, form.sheet, form.book
    page.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        hidden = {"hidden": True} if column in (ID, STAMP) else {}
        page.set_column(column, column, width, book.format(), hidden)
    base = f"sosei-inquiry mark={sheet.mark} base={sheet.base}"
    page.write_string(0, ID, base, book.format(font_color="#808080", font_size=8))
    _write_title(form)
    _write_facts(form)
    form.row = 3
    page.set_row(3, 32)
    form.merged(NUMBER, NOTE, form.word("rule"), book.format(text_wrap=True, font_color="#333A45"))
    _write_legend(form)
    _write_heads(form)


def _write_title(form: Form) -> None:
    form.page.set_row(0, 30)
    style = form.book.format(font_size=16, bold=True, font_color=INK)
    title = form.sheet.title
    if form.word("form") not in title:
        title += "　" + form.word("form")
    form.page.write_string(0, NUMBER, title, style)
    small = form.book.format(font_size=8, font_color=SOFT, align="right")
    form.page.write_string(0, NOTE, stamp_shown(form.sheet, form.lang), small)


def _write_facts(form: Form) -> None:
    """Who is asked by whom until when, who fills in, and how far it is."""
    page, sheet, book = form.page, form.sheet, form.book
    page.set_row(1, 22)
    page.set_row(2, 24)
    label, strong = book.format(font_color=SOFT), book.format(bold=True, font_size=12)
    due = book.format(bold=True, font_size=12, font_color="#A3160E")
    between = "：" if form.lang == "ja" else ": "
    page.write_rich_string(1, NUMBER, label, form.word("asked") + between, strong, sheet.department)
    day = day_shown(sheet.due_on, form.lang)
    page.write_rich_string(1, UNIT, label, form.word("due") + between, due, day)
    asking = f"{form.word('asking')}{between}{sheet.body} {sheet.office}"
    page.write_string(1, NOTE, asking, book.format(align="right", font_color=SOFT))
    page.write_string(2, NUMBER, form.word("by") + between, label)
    form.row = 2
    form.mark("@by")
    form.merged(UNIT, LAST, None, form.entry(text_wrap=False))
    write_progress(form)


def _write_legend(form: Form) -> None:
    form.row = 4
    form.page.set_row(4, 18)
    small = form.book.format(font_size=9, font_color=SOFT)
    for column, fill, said in ((NUMBER, "entry", "legend_entry"), (UNIT, "odd", "legend_odd")):
        form.text(column, None, bg_color=FILLS[fill])
        form.page.write_string(4, column + 1, form.word(said), small)


def _write_heads(form: Form) -> None:
    form.row = HEAD_ROW
    form.page.set_row(HEAD_ROW, 34)
    names = {
        NUMBER: form.word("number"), NAME: form.word("name"), UNIT: form.word("unit"), TARGET: form.word("target"),
        LAST: form.word("last", 1), ENTRY: form.word("entry"), EXPECTED: form.word("expected"), NOTE: form.word("note"),
    }  # fmt: skip
    for column, name in names.items():
        fill = FILLS["entry" if column == ENTRY else "head"]
        form.text(
            column, name, bold=True, align="center", bg_color=fill, bottom_color=EDGE, font_color=INK
        )  # fmt: skip


def _finish(form: Form) -> None:
    """Freeze, print and protect."""
    page, sheet = form.page, form.sheet
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, max(form.row - 1, HEAD_ROW), NOTE)
    stamp, department = (_escaped(t) for t in (stamp_shown(sheet, form.lang), sheet.department))
    page.set_footer(f"&L&8{stamp}&C&9&P / &N&R&8{department[:80]}")
    page.ignore_errors({"number_stored_as_text": f"A1:J{form.row + 200}"})
    page.protect("", _ALLOWED)
    page.set_selection(HEAD_ROW + 3, ENTRY, HEAD_ROW + 3, ENTRY)
    page.activate()


def _escaped(text: str) -> str:
    """& begins a code in a footer; a digit after a size would join it."""
    return " " + text.replace("&", "&&") if text[:1].isdigit() else text.replace("&", "&&")

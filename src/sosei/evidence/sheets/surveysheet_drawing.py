"""調査票を書く. The workbook that a firm fills in: one page of A4, one yellow cell for each question, everything else held.

The protection has no password: whoever has a reason can take it off, and the seal of the identity shows what matters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.surveysheet import (
    ENTRY,
    IDENTITY,
    ITEM,
    NOTE,
    SHEET,
    TITLE,
    UNIT,
    WHOM,
    SurveySheet,
)
from sosei.evidence.sheets.surveysheet_words import guide, is_ratio, shape, yen
from sosei.publishing.book import Book, lines, put
from sosei.publishing.inquiry.days import day_shown

#: The columns: margin, number, what is asked, whether it is needed, the cell to be filled, its unit, how to write it.
NUMBER, NAME, MUST, CELL, OF, HOW = range(1, 7)
WIDTHS: Final = (1.5, 5, 29, 7, 27, 9, 40)
_INK: Final = "#1A2B5F"
_SOFT: Final = "#4A5160"
_EDGE: Final = "#9AA2AE"
_FILL: Final = "#FFF6BF"
_HEAD: Final = "#DBE5F6"
_BAND: Final = "#F5F6F8"
_ODD: Final = "#F9C9A8"
_CHOICES: Final = "選択肢"
#: The most characters that a list within a cell's validation holds.
_LISTED: Final = 200
_LARGEST: Final = 999_999_999_999
_NOTE_LINES: Final = 6
#: What may be done while the sheet is protected: everything that changes nothing of what is asked.
_ALLOWED: Final = {
    "format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


@dataclass
class _Form:
    """The page being written; `row` is the next free one, `first` that of the first question; `listed`: choices with a list of their own."""

    book: Book
    sheet: SurveySheet
    page: Worksheet
    row: int = 0
    first: int = 0
    listed: list[tuple[str, ...]] = field(default_factory=list)

    def style(self, **more: Any) -> Format:
        """Return a framed format."""
        return self.book.format(**{"border": 1, "border_color": _EDGE, "text_wrap": True, **more})

    def across(self, first: int, last: int, text: str | None, style: Format) -> None:
        """Write words over several columns of the row."""
        self.page.merge_range(self.row, first, self.row, last, "", style)
        put(self.page, self.row, first, text or None, style)


def drawn(sheet: SurveySheet) -> bytes:
    """Return the workbook, the same bytes for the same sheet. Raises CellTooLong."""
    book = Book("ja")
    page = book.sheet(SHEET)
    page.set_portrait()
    page.center_horizontally()
    page.hide_gridlines(2)
    form = _Form(book, sheet, page)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width, book.format())
    _head(form)
    _facts(form)
    _questions(form)
    _note(form)
    _foot(form)
    _finish(form)
    return book.finish()


def _head(form: _Form) -> None:
    sheet, book, page = form.sheet, form.book, form.page
    page.set_row(0, 17)
    small = book.format(font_color=_SOFT, font_size=9)
    fictional = "（架空の市の見本です）" if sheet.fictional else ""
    put(
        page, 0, HOW, f"{sheet.office}　{sheet.department}{fictional}", book.format(font_color=_SOFT, font_size=9, align="right"),
    )  # fmt: skip
    put(page, 0, NUMBER, TITLE, small)
    form.row = 1
    page.set_row(1, 34)
    form.across(NUMBER, HOW, f"{sheet.year}　{sheet.title}", book.format(font_size=18, bold=True, font_color=_INK, text_wrap=True))  # fmt: skip
    form.row = 2
    page.set_row(2, 30)
    form.across(NUMBER, HOW, f"{sheet.whom}　御中", book.format(font_size=13, bottom=2, bottom_color=_INK, text_wrap=True))  # fmt: skip
    form.row = 3
    tall = sum(lines(line, sum(WIDTHS[NUMBER:])) for line in sheet.purpose.split("\n"))
    page.set_row(3, 20 + 14 * tall)
    form.across(NUMBER, HOW, sheet.purpose, book.format(text_wrap=True, valign="vcenter"))
    form.row = 4


def _facts(form: _Form) -> None:
    """Write to whom it is sent, until when, and whom to ask; each is a label and its words."""
    sheet = form.sheet
    label = form.style(bg_color=_BAND, font_color=_SOFT, bold=True, indent=1)
    plain = form.style(indent=1)
    strong = form.style(indent=1, bold=True, font_size=11)
    due = (
        [("回答期限", f"{day_shown(sheet.due)}までに返送してください", strong)] if sheet.due else []
    )
    for name, words, style in (
        (WHOM, sheet.whom, strong),
        ("対象年度", sheet.year, plain),
        *due,
        ("返送先・問い合わせ先", sheet.contact, plain),
    ):
        tall = sum(lines(line, sum(WIDTHS[MUST:])) for line in words.split("\n"))
        form.page.set_row(form.row, 12 + 14 * tall)
        form.across(NUMBER, NAME, name, label)
        form.across(MUST, HOW, words, style)
        form.row += 1
    form.page.set_row(form.row, 48)
    hint = "黄色の欄だけに記入してください（ほかの欄には書き込めません）。\n数は右の単位で書いてください。分からないところは空けて、下の連絡欄に事情を書いてください。"
    form.across(NUMBER, HOW, hint, form.book.format(text_wrap=True, font_color=_INK, bold=True))
    form.row += 1


def _questions(form: _Form) -> None:
    head = form.style(bold=True, bg_color=_HEAD, font_color=_INK, align="center")
    form.page.set_row(form.row, 26)
    for column, word in (
        (NUMBER, "番号"), (NAME, ITEM), (MUST, "必須"), (CELL, ENTRY), (OF, UNIT), (HOW, "書き方"),
    ):  # fmt: skip
        put(form.page, form.row, column, word, head)
    form.row += 1
    form.first = form.row
    for number, item in enumerate(form.sheet.items, 1):
        _question(form, number, item)
        form.row += 1


def _question(form: _Form, number: int, item: Column) -> None:
    page, row = form.page, form.row
    put(page, row, NUMBER, str(number), form.style(align="center", font_color=_SOFT))
    put(page, row, NAME, item.ja, form.style(bold=True, indent=1, font_size=11))
    must = form.style(align="center", font_color="#B3261E" if item.required else _SOFT, bold=item.required, font_size=9)  # fmt: skip
    put(page, row, MUST, "必須" if item.required else "任意", must)
    _entry(form, item)
    figure = item.type in ("number", "money")
    put(page, row, OF, item.unit if figure else None, form.style(align="center", bold=True, font_size=12))  # fmt: skip
    told = guide(item)
    _how(form, item, told)
    scaled = yen(item) is not None
    tall = max(lines(told, WIDTHS[HOW]) + scaled, lines(item.ja, WIDTHS[NAME] - 2))
    page.set_row(row, max(38, 12 + 13 * tall))


def _how(form: _Form, item: Column, told: str) -> None:
    """Write how it is written; of thousands of yen also how many yen that are, as it is typed."""
    style = form.style(font_size=9, font_color=_SOFT, indent=1)
    scale = yen(item)
    if scale is None:
        put(form.page, form.row, HOW, told, style)
        return
    cell = xl_rowcol_to_cell(form.row, CELL)
    echo = (
        f'IF(ISNUMBER({cell}),CHAR(10)&"いまの記入は "&TEXT({cell}*{scale},"#,##0")&" 円です","")'
    )
    form.page.write_formula(form.row, HOW, f'="{told}"&{echo}', style, told)


def _entry(form: _Form, item: Column) -> None:
    """Write the cell to be filled, and what it takes."""
    figure = item.type in ("number", "money", "date")
    look = {"bg_color": _FILL, "locked": False, "indent": 1, "border": 2, "border_color": _INK, "font_size": 12}  # fmt: skip
    look |= {"align": "right" if figure else "left", "bold": figure, "num_format": shape(item)}
    put(form.page, form.row, CELL, None, form.style(**look))
    taken = _taken(form, item)
    told = {"input_title": item.ja[:32], "input_message": guide(item)[:255], "ignore_blank": True}
    form.page.data_validation(form.row, CELL, form.row, CELL, {**taken, **told})
    if item.type == "number" and not is_ratio(item):
        _show_decimals(form, item)


def _taken(form: _Form, item: Column) -> dict[str, Any]:
    """Return what the cell takes: numbers in their bounds, days, one of the choices; else anything."""
    wrong = {"error_title": "記入のしかた", "error_message": guide(item)[:255]}
    if item.type in ("number", "money"):
        kind = "integer" if item.type == "money" else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST, **wrong}  # fmt: skip
    if item.type == "date":
        first, last = "=DATE(1900,1,1)", "=DATE(2199,12,31)"
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last, **wrong}  # fmt: skip
    choices = ("はい", "いいえ") if item.type == "yes-no" else item.choices
    if not choices:
        return {"validate": "any"}
    return {"validate": "list", "source": _source(form, choices), **wrong}


def _source(form: _Form, choices: tuple[str, ...]) -> list[str] | str:
    """Return a list of choices as a validation takes it: long ones, and those with commas, stand on a sheet of their own."""
    if "," not in "".join(choices) and sum(len(one) + 1 for one in choices) <= _LISTED:
        return list(choices)
    form.listed.append(choices)
    column = len(form.listed) - 1
    first, last = (
        xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (0, len(choices) - 1)
    )
    return f"={_CHOICES}!{first}:{last}"


def _show_decimals(form: _Form, item: Column) -> None:
    """Show the digits behind the point of a number that has any."""
    cell = xl_rowcol_to_cell(form.row, CELL)
    style = form.book.file.add_format({"num_format": shape(item, decimals=True)})
    criteria = f"=IF(ISNUMBER({cell}),{cell}<>INT({cell}),FALSE)"
    rule = {"type": "formula", "criteria": criteria, "format": style}
    form.page.conditional_format(form.row, CELL, form.row, CELL, rule)


def _note(form: _Form) -> None:
    form.page.set_row(form.row, 12)
    form.row += 1
    form.page.set_row(form.row, 24)
    label = form.style(bg_color=_BAND, font_color=_SOFT, bold=True, indent=1)
    form.across(NUMBER, HOW, f"{NOTE}（分からないところ、数え方など。台帳には登録しません。個人番号は書かないでください）", label)  # fmt: skip
    form.row += 1
    form.page.set_row(form.row, 14 * (_NOTE_LINES + 1))
    look = {"bg_color": _FILL, "locked": False, "valign": "top", "num_format": "@", "indent": 1}
    form.across(NUMBER, HOW, None, form.style(**look))
    form.row += 1


def _foot(form: _Form) -> None:
    """Write the identity: small and grey, for whoever reads it again."""
    form.page.set_row(form.row, 24)
    words = f"{IDENTITY} {form.sheet.identity.text()}　どなたの回答かを見分ける番号です。消したり、ほかの団体の調査票に写したりしないでください。"
    grey = form.book.format(font_size=7.5, font_color="#6B7280", text_wrap=True, align="right")
    form.across(NUMBER, HOW, words, grey)
    form.row += 1


def _finish(form: _Form) -> None:
    page = form.page
    page.protect("", _ALLOWED)
    page.print_area(0, 0, form.row - 1, HOW)
    page.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.5)
    page.set_footer("&C&8&P / &N ページ")
    page.set_selection(form.first, CELL, form.first, CELL)
    if form.listed:
        _choices(form)


def _choices(form: _Form) -> None:
    """Write the sheet of long choices; nobody needs to see it."""
    listed = form.book.sheet(_CHOICES)
    for column, choices in enumerate(form.listed):
        for row, choice in enumerate(choices):
            put(listed, row, column, choice, form.book.format())
    listed.protect("", _ALLOWED)
    listed.hide()

"""意見書のブック. The experts' sheet as a workbook: one row, one project; the judgement is chosen from a list."""

from __future__ import annotations

from typing import Final

from xlsxwriter.worksheet import Worksheet

from sosei.core.fields import Lang
from sosei.core.opinions import JudgedProject, OpinionSheet
from sosei.publishing.book import TALLEST, Book, lines, put
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.inquiry.frame import FILLS, INK, SOFT
from sosei.publishing.inquiry.opinion import CHOICES, SAID, effect_of, facts_of, heading
from sosei.publishing.inquiry.words import stamp_shown

ID, NUMBER, PROJECT, RESULTS, EFFECT, ASSESSMENT, JUDGEMENT, OPINION = range(8)
_WIDTHS: Final = (4, 6, 24, 34, 20, 26, 20, 36)
_HEAD_ROW: Final = 5
_LEAST: Final = 6
_LINE: Final = "#B8BEC7"


def opinion_workbook(sheet: OpinionSheet, lang: Lang = "ja") -> bytes:
    """Return the workbook, the same bytes for the same sheet. Raises CellTooLong."""
    book = Book(lang)
    page = book.sheet(SAID[lang]["sheet"])
    _write_head(book, page, sheet, lang)
    row = _HEAD_ROW
    for row, project in enumerate(sheet.projects, _HEAD_ROW + 1):
        _write_project(book, page, (sheet, project), row, lang)
    _write_whole(book, page, sheet, row + 1, lang)
    page.freeze_panes(_HEAD_ROW + 1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.print_area(0, 0, row + 1, OPINION)
    page.set_footer(f"&L&8{stamp_shown(sheet, lang)}&C&9&P / &N")
    page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    return book.finish()


def _write_head(book: Book, page: Worksheet, sheet: OpinionSheet, lang: Lang) -> None:
    said = SAID[lang]
    page.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width, None, {"hidden": True} if column == ID else {})
    stamp = f"sosei-opinion mark={sheet.mark} base={sheet.base}"
    page.write_string(0, ID, stamp, book.format(font_size=8, font_color="#808080"))
    page.set_row(0, 30)
    big = book.format(font_size=16, bold=True, font_color=INK)
    page.write_string(0, NUMBER, f"{said['title']}　{heading(sheet, lang)}"[:200], big)
    small = book.format(font_size=8, font_color=SOFT, align="right")
    page.write_string(0, OPINION, stamp_shown(sheet, lang), small)
    _write_facts(book, page, sheet, lang)
    page.write_string(3, NUMBER, said["rule"], book.format(font_color="#333A45"))
    _write_heads(book, page, lang)


def _write_facts(book: Book, page: Worksheet, sheet: OpinionSheet, lang: Lang) -> None:
    """Who judges, until when, and where the sheet goes back to."""
    said = SAID[lang]
    page.set_row(1, 24)
    page.set_row(2, 22)
    label = book.format(font_color=SOFT)
    entry = book.format(
        bg_color=FILLS["entry"], border=1, border_color=_LINE, locked=False, indent=1
    )
    page.write_string(1, NUMBER, said["expert"], label)
    put(page, 1, PROJECT, sheet.expert, entry)
    due = book.format(bold=True, font_size=12, font_color="#A3160E")
    between = "：" if lang == "ja" else ": "
    if sheet.sector:
        page.write_string(1, RESULTS, f"{said['sector']}{between}{sheet.sector}", label)
    day = day_shown(sheet.due_on, lang)
    page.write_rich_string(2, NUMBER, label, said["due"] + between, due, day)
    contact = "　".join(filter(None, (f"{sheet.body} {sheet.office}", *sheet.contact.split("\n"))))
    to = book.format(font_color=SOFT, align="right")
    page.write_string(2, OPINION, f"{said['to']}{between}{contact}", to)


def _write_heads(book: Book, page: Worksheet, lang: Lang) -> None:
    said = SAID[lang]
    page.set_row(_HEAD_ROW, 28)
    names = ("number", "project", "results", "effect", "assessment", "judgement", "opinion")
    for column, name in enumerate(names, NUMBER):
        fill = FILLS["entry" if column >= JUDGEMENT else "head"]
        style = book.format(
            bold=True, align="center", text_wrap=True, border=1, border_color=_LINE, bg_color=fill, font_color=INK
        )  # fmt: skip
        page.write_string(_HEAD_ROW, column, said[name], style)


def _write_project(
    book: Book, page: Worksheet, given: tuple[OpinionSheet, JudgedProject], row: int, lang: Lang
) -> None:
    sheet, project = given
    said = SAID[lang]
    page.write_string(row, ID, f"{sheet.mark}:{project.key}", book.format(font_size=8))
    frame = {"text_wrap": True, "border": 1, "border_color": _LINE, "valign": "top"}
    texts = {
        NUMBER: project.number, PROJECT: "\n".join(filter(None, (project.name, facts_of(project, said)))),
        RESULTS: _results(project, said), EFFECT: effect_of(project, said),
        ASSESSMENT: "\n".join(f"【{label}】{text}" for label, text in project.assessment),
    }  # fmt: skip
    for column, text in texts.items():
        put(page, row, column, text or None, book.format(**frame))
    entry = book.format(**{**frame, "bg_color": FILLS["entry"], "locked": False, "num_format": "@"})
    page.write_blank(row, JUDGEMENT, None, entry)
    page.write_blank(row, OPINION, None, entry)
    choices = {
        "validate": "list", "source": list(CHOICES[lang]), "show_error": False,
        "input_title": said["judgement"], "input_message": said["choose"],
    }  # fmt: skip
    page.data_validation(row, JUDGEMENT, row, JUDGEMENT, choices)
    tall = max(_tall(text or "", _WIDTHS[column]) for column, text in texts.items())
    page.set_row(row, min(10 + 13 * max(tall, _LEAST), TALLEST))


def _results(project: JudgedProject, said: dict[str, str]) -> str:
    """Return a project's indicators, two lines each: the name, then target, actual and rate."""
    out = []
    for one in project.indicators:
        target, actual = _with_unit(one.target, one.unit), _with_unit(one.actual, one.unit)
        rate = f"　{said['rate']} {one.rate}" if one.rate else ""
        out.append(f"{one.number or ''}{one.name}")
        out.append(f"　{said['target']} {target}　{said['actual']} {actual}{rate}")
    return "\n".join(out)


def _with_unit(shown: str | None, unit: str | None) -> str:
    """Return a figure with its unit, a reason why there is none as it is."""
    if not shown:
        return "－"
    return shown + (unit or "") if shown[-1].isdigit() else shown


def _tall(text: str, width: float) -> int:
    return sum(lines(line, width) for line in text.split("\n"))


def _write_whole(book: Book, page: Worksheet, sheet: OpinionSheet, row: int, lang: Lang) -> None:
    """The opinion on the whole, below all projects."""
    page.write_string(row, ID, f"{sheet.mark}:@whole", book.format(font_size=8))
    frame = {"text_wrap": True, "border": 1, "border_color": _LINE, "valign": "top"}
    label = book.format(**{**frame, "bold": True, "bg_color": FILLS["part"], "font_color": INK})
    page.merge_range(row, NUMBER, row, PROJECT, SAID[lang]["whole"], label)
    entry = book.format(**{**frame, "bg_color": FILLS["entry"], "locked": False, "num_format": "@"})
    page.merge_range(row, RESULTS, row, OPINION, "", entry)
    page.set_row(row, 70)

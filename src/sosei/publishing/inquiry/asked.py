"""照会する行. The rows of one project on the answer form: its band, its figures, its money, its texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from sosei.core.inquiry import AskedProject, Question
from sosei.core.report import Value
from sosei.core.shown import read_lines, show_value
from sosei.core.units import unit_of
from sosei.publishing.book import NO_TEXT, TALLEST, lines, number_format, put
from sosei.publishing.inquiry.frame import (
    ENTRY,
    EXPECTED,
    FILLS,
    INK,
    LAST,
    NAME,
    NOTE,
    NUMBER,
    NUMBERS,
    TARGET,
    UNIT,
    WIDTHS,
    Form,
    kind_of,
    total_unit,
)
from sosei.publishing.inquiry.words import GAPS

#: Lines of room that a text to be written gets at least.
_TEXT_LINES: Final = 4
#: The most characters that a list of choices in a cell's validation holds.
_CHOICES: Final = 255


def write_project(form: Form, project: AskedProject) -> None:
    """Write the project's band, then its figures, its money and its texts, each under a heading of its own."""
    band = {"font_color": "#FFFFFF", "bg_color": FILLS["band"]}
    name = "　".join(filter(None, (project.number, project.name)))
    form.page.set_row(form.row, 10 + 14 * lines(name, sum(WIDTHS[NUMBER:NOTE])))
    form.mark(f"@{project.key}")
    wide = form.book.format(bold=True, font_size=11, text_wrap=True, indent=1, **band)
    form.merged(NUMBER, EXPECTED, name, wide)
    small = form.book.format(font_size=8, align="right", indent=1, text_wrap=True, **band)
    put(form.page, form.row, NOTE, project.grant, small)
    form.row += 1
    asked = form.sheet.of(project)
    for kind in ("figures", "money", "texts"):
        part = tuple(question for question in asked if kind_of(question) == kind)
        if part:
            _write_part(form, kind, part)


def _write_part(form: Form, kind: str, asked: tuple[Question, ...]) -> None:
    style = form.style(bold=True, bg_color=FILLS["part"], font_color=INK, font_size=9, indent=1)
    if kind == "texts":
        form.merged(NUMBER, NAME, form.word("texts"), style)
        form.merged(UNIT, LAST, form.word("last_text", 1), style)
        form.merged(ENTRY, NOTE, form.word("entry_text"), style)
    else:
        form.merged(NUMBER, NOTE, form.word(kind), style)
    form.row += 1
    for question in asked:
        (_write_text if question.is_text else _write_figure)(form, question)
        form.row += 1
    if (unit := total_unit(asked)) is not None:
        _write_total(form, asked, unit)


def value_of(shown: str | None, question: Question) -> Value | None:
    """Return what a shown figure says."""
    return read_lines(shown.split("\n"), unit=question.unit) if shown else None


# -- figures --------------------------------------------------------------------------------------------------


def _write_figure(form: Form, question: Question) -> None:
    name = form.sheet.called(question, form.lang)
    form.mark(question.key, question.stamp)
    form.text(NUMBER, question.number, align="center")
    form.text(NAME, name, indent=1)
    form.text(UNIT, question.unit, align="center")
    _write_shown(form, TARGET, question.target, question)
    _write_shown(form, LAST, question.last_year, question)
    now = value_of(question.now, question)
    _write_entry(form, question, now)
    put(form.page, form.row, EXPECTED, now.expected if now else None, form.entry(indent=1))
    put(form.page, form.row, NOTE, None, form.entry(indent=1))
    if question.note:
        form.page.write_comment(form.row, NAME, question.note, {"x_scale": 2, "author": ""})
    shown = ((name, NAME), (question.target or "", TARGET), (question.last_year or "", LAST))
    tall = max(_tall(text, WIDTHS[column]) for text, column in shown)
    form.page.set_row(form.row, min(11 + 13 * tall, TALLEST))


def _write_shown(form: Form, column: int, shown: str | None, question: Question) -> None:
    """Write what is given: a plain figure as a number, everything else in its own words."""
    value = value_of(shown, question)
    style = {"align": "right", "indent": 1, "bg_color": FILLS["fixed"]}
    if (number := _plain(value)) is not None:
        shape = form.style(num_format=number_format(number, grouped=True), **style)
        put(form.page, form.row, column, number, shape)
    else:
        put(form.page, form.row, column, shown, form.style(num_format="@", text_wrap=True, **style))


def _plain(value: Value | None) -> Decimal | None:
    """Return the number of a value that is nothing but a number."""
    if value is None or (value.op, value.unit, value.state, value.as_of, value.expected) != (None,) * 5:  # fmt: skip
        return None
    return value.number


def _write_entry(form: Form, question: Question, now: Value | None) -> None:
    """Write the cell to be filled, with what is known already in it."""
    unit = unit_of(question.unit or "")
    ratio = unit is not None and unit.kind == "ratio"
    # In a cell of another format Excel would store 38.5% as 0.385 and show 0.
    numbers = "General" if ratio else NUMBERS
    style = form.entry(align="right", indent=1, bold=True, font_size=11, num_format=numbers)
    if now is None or (number := _plain(now)) is not None:
        put(form.page, form.row, ENTRY, number if now else None, style)
    else:
        words = show_value(now, unit=question.unit, lang=form.lang)
        put(form.page, form.row, ENTRY, "\n".join(words[:1] if now.gap else words), style)
    _advise(form, decimals=not ratio)


def _advise(form: Form, *, decimals: bool) -> None:
    """Offer the words that excuse a missing figure; mark what is neither a figure nor such a word."""
    choices = GAPS[form.lang]
    options = {
        "validate": "list", "source": list(choices), "show_error": False,
        "input_title": form.word("hint_title"), "input_message": form.word("hint"),
    }  # fmt: skip
    form.page.data_validation(form.row, ENTRY, form.row, ENTRY, options)
    odd = form.book.file.add_format({"bg_color": FILLS["odd"]})
    cell, when = (xl_rowcol_to_cell(form.row, column) for column in (ENTRY, EXPECTED))
    known = ",".join(f'{cell}="{choice}"' for choice in choices)
    _mark(form, ENTRY, f"=AND(ISTEXT({cell}),NOT(OR({known})),ISERROR(VALUE({cell})))", odd)
    _mark(form, EXPECTED, f'=AND({cell}="{choices[0]}",ISBLANK({when}))', odd)
    if decimals:
        _show_decimals(form, ENTRY)


def _show_decimals(form: Form, column: int) -> None:
    """Show the digits behind the point of a number that has any."""
    cell = xl_rowcol_to_cell(form.row, column)
    style = form.book.file.add_format({"num_format": "#,##0.0#####"})
    _mark(form, column, f"=IF(ISNUMBER({cell}),{cell}<>INT({cell}),FALSE)", style)


def _mark(form: Form, column: int, criteria: str, style: Any) -> None:
    rule = {"type": "formula", "criteria": criteria, "format": style}
    form.page.conditional_format(form.row, column, form.row, column, rule)


def _write_total(form: Form, asked: tuple[Question, ...], unit: str) -> None:
    """Write the total of the lines above, calculated; the reader compares it and takes nothing from it."""
    form.mark("@total")
    plain = {"bg_color": FILLS["fixed"], "bold": True}
    for column, text in ((NUMBER, None), (NAME, form.word("total")), (EXPECTED, None), (NOTE, None)):  # fmt: skip
        form.text(column, text, indent=1, **plain)
    form.text(UNIT, unit, align="center", **plain)
    shown = {TARGET: [q.target for q in asked], LAST: [q.last_year for q in asked], ENTRY: [q.now for q in asked]}  # fmt: skip
    for column, texts in shown.items():
        first = xl_rowcol_to_cell(form.row - len(asked), column)
        span = f"{first}:{xl_rowcol_to_cell(form.row - 1, column)}"
        numbers = [_plain(value_of(t, q)) for t, q in zip(texts, asked, strict=True)]
        known = [number for number in numbers if number is not None]
        value = float(sum(known)) if known else NO_TEXT
        style = form.style(**plain, align="right", indent=1, num_format=NUMBERS)
        form.page.write_formula(
            form.row, column, f'=IF(COUNT({span})=0,"",SUM({span}))', style, value
        )
        _show_decimals(form, column)
    form.page.set_row(form.row, 24)
    form.row += 1


# -- texts ----------------------------------------------------------------------------------------------------


def _write_text(form: Form, question: Question) -> None:
    form.mark(question.key, question.stamp)
    name = form.sheet.called(question, form.lang)
    form.text(NUMBER, question.number, align="center")
    form.text(NAME, name, indent=1)
    top = "vcenter" if question.choices else "top"
    given = form.style(
        text_wrap=True, indent=1, align="left", valign=top, bg_color=FILLS["fixed"], num_format="@"
    )
    form.merged(UNIT, LAST, question.last_year or form.word("none"), given)
    form.merged(ENTRY, NOTE, question.now, form.entry(align="left", valign=top, indent=1))
    if question.choices and sum(len(choice) + 1 for choice in question.choices) <= _CHOICES:
        options = {"validate": "list", "source": list(question.choices), "show_error": False}
        form.page.data_validation(form.row, ENTRY, form.row, ENTRY, options)
    least = 1 if question.choices else _TEXT_LINES
    beside = _tall(question.last_year or "", sum(WIDTHS[UNIT:ENTRY]))
    written = _tall(question.now or "", sum(WIDTHS[ENTRY:]))
    form.page.set_row(form.row, min(10 + 13 * max(least, beside, written), TALLEST))


def _tall(text: str, width: float) -> int:
    """Return how many lines words take in a column of a width."""
    return sum(lines(line, width) for line in text.split("\n"))

"""表紙. The first sheet of the workbook: what it holds, where, and how it is filled. For the eye only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.core.report import Report
from sosei.publishing.book import Book, print_titles
from sosei.publishing.imprint import Imprint
from sosei.publishing.tables import Filled

FILLS: Final = {
    "head": "#DBE5F6",
    "input": "#FFFDE9",
    "fixed": "#F0F2F5",
    "missing": "#FBD9C3",
}
_LINE: Final = "#C9CDD3"
NAMES: Final[dict[Lang, str]] = {"ja": "はじめに", "en": "Read me"}
_CONTENTS: Final[dict[Lang, tuple[str, str, str]]] = {
    "ja": ("シート", "内容", "行数"),
    "en": ("Sheet", "What it holds", "Rows"),
}
_HOLDS: Final = {
    "report": ("報告書の題名と対象年度", "title and year of the report"),
    "bodies": ("報告する団体と、事業の連携団体", "the municipality and its partners"),
    "projects": ("1行に1事業", "one row for each project"),
    "indicators": ("1行に1指標（KPI）", "one row for each indicator (KPI)"),
    "years": ("1行に1指標の1年度：目標値と実績値", "one row for each indicator and year"),
    "spending": ("1行に1件の経費（円）", "one row for each line of money (yen)"),
    "activities": ("実施内容を1行に1項目", "one row for each activity"),
    "verification": ("事業効果、外部有識者の評価、今後の方針", "effect, experts' judgement, next policy"),
    "scales": ("その他の評価（有効性など）", "other scales"),
    "remarks": ("備考を1行に1項目", "one row for each remark"),
}  # fmt: skip
_LEGEND: Final = (
    ("input", "入力するセル", "cells to fill"),
    ("missing", "実績値も理由もまだないセル", "no actual value and no reason yet"),
    ("fixed", "番号、和暦、計算値（入力しない）", "numbers, eras, calculated: not to be filled"),
)
_ADVICE: Final[dict[Lang, tuple[str, ...]]] = {
    "ja": (
        "数値のセルには数だけを入れます。単位は「単位」の列、「集計中」などの理由は「状態」の列で選びます。",
        "0は「結果が0だった」、空欄は「記載なし」として扱います。",
        "表どうしは「事業の行番号」「指標の行番号」でつながります。並べ替えや列の移動をしても読み戻せます。",
        "行を増やすときは、これらの番号も書いてください。",
        "達成率（計算値）は実績値÷目標値です。減らす目標、単位の違う値、0の目標では計算しません。",
    ),
    "en": (
        "Type numbers only. The unit has its column; why a number is missing is chosen in “State”.",
        "0 means that the result was nought; a blank cell says nothing.",
        "The tables are linked by “Project row” and “Indicator row”. Sorting and moving columns does no harm.",
        "When you add a row, write these numbers too.",
        "The calculated rate is actual ÷ target; none for decreasing indicators, unlike units or a target of 0.",
    ),
}


def write_cover(
    book: Book, report: Report, tables: Sequence[Filled], imprint: Imprint | None = None
) -> None:
    """Write the first sheet; the imprint stands at its end."""
    sheet = book.sheet(NAMES[book.lang])
    sheet.hide_gridlines(2)
    for column, wide in enumerate((2, 20, 62, 10)):
        sheet.set_column(column, column, wide)
    row = _write_title(book, sheet, report)
    row = _write_contents(book, sheet, row + 1, tables)
    row = _write_legend(book, sheet, row + 1)
    grey = book.format(font_color="#333A45")
    for line in _ADVICE[book.lang]:
        row += 1
        sheet.write_string(row, 1, "・" + line, grey)
    for line in imprint.lines if imprint else ():
        row += 1
        sheet.write_string(row, 1, line, grey)
    print_titles(sheet, _title(report), NAMES[book.lang], book.lang)
    sheet.print_area(0, 0, row, 3)


def _title(report: Report) -> str:
    return report.title.text if report.title else ""


def _write_title(book: Book, sheet: Worksheet, report: Report) -> int:
    """Title, municipality and year; returns the row below."""
    untitled = "（題名なし）" if book.lang == "ja" else "(untitled)"
    sheet.set_row(0, 8)
    sheet.set_row(1, 30)
    big = book.format(font_size=16, bold=True, font_color="#1A2B5F", valign="vcenter")
    sheet.write_string(1, 1, (_title(report) or untitled)[:200], big)
    year = FiscalYear(report.fiscal_year.year).both if report.fiscal_year else None
    line = "　".join(filter(None, (*(body.name for body in report.bodies[:3]), year)))
    sheet.write_string(2, 1, line[:200], book.format(font_color="#333A45", font_size=11))
    sheet.write_string(3, 1, _summary(report, book.lang), book.format(font_color="#333A45"))
    return 4


def _summary(report: Report, lang: Lang) -> str:
    """How many of the values are there: always n of m."""
    indicators = [one for project in report.projects for one in project.indicators]
    actuals = [p.actual for one in indicators for p in one.years if p.target or p.actual]
    known = sum(value is not None and value.gap is None for value in actuals)
    if lang == "ja":
        return f"事業 {len(report.projects)}件、指標 {len(indicators)}件、実績値 {len(actuals)}件中{known}件記入済み"
    return f"{len(report.projects)} projects, {len(indicators)} indicators, {known} of {len(actuals)} actual values given"


def _write_contents(book: Book, sheet: Worksheet, row: int, tables: Sequence[Filled]) -> int:
    head = book.format(bold=True, bg_color=FILLS["head"], border=1, border_color=_LINE, font_color="#1A2B5F")  # fmt: skip
    cell = book.format(border=1, border_color=_LINE)
    link = book.format(border=1, border_color=_LINE, font_color="#0B57C4", underline=1)
    for column, label in enumerate(_CONTENTS[book.lang], 1):
        sheet.write_string(row, column, label, head)
    for table in tables:
        row += 1
        name = table.table.label(book.lang)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 2, _HOLDS[table.table.name][0 if book.lang == "ja" else 1], cell)
        sheet.write_number(row, 3, len(table.rows), cell)
    return row + 1


def _write_legend(book: Book, sheet: Worksheet, row: int) -> int:
    for kind, ja, en in _LEGEND:
        style = book.format(bg_color=FILLS[kind], border=1, border_color=_LINE)
        sheet.write_blank(row, 1, None, style)
        sheet.write_string(row, 2, ja if book.lang == "ja" else en, book.format())
        row += 1
    return row

"""CSV一式. The report as open data: one CSV for each table, the definitions of their columns, and a note.

UTF-8 with BOM, CRLF, RFC 4180, in the manner of the 自治体標準オープンデータセット (DOMAIN §6.4, §6.7): every table but
団体 begins with 全国地方公共団体コード, ID, 地方公共団体名; years are western with 和暦 beside them. Text stands as it is,
also where it looks like a formula: data are not changed for the sake of one program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.core.report import Report, all_fields
from sosei.publishing.columns import HEADINGS, definitions
from sosei.publishing.imprint import Imprint
from sosei.publishing.tables import Cell, Filled, prefixed, tables_of

NAME: Final = "csv"
SUFFIX: Final = ".csv"
MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
CARRIES: Final = all_fields()
_STEM: Final = "chihososei_kofukin"
_SLUGS: Final = {"indicators": "kpi", "years": "kpi_values"}
_BOM: Final = "\ufeff"
_NOTES: Final[dict[Lang, tuple[str, ...]]] = {
    "ja": (
        "項目定義書",
        "文字コードはUTF-8（BOM付き）、改行はCRLF、区切りはコンマです（RFC 4180）。",
        "表は「事業の行番号」「指標の行番号」でつながります。",
        "空欄は記載がないこと、0は結果としての零です。集計中などの理由は「_状態」の列にあります。",
        "年度は西暦（年度の始まる年）で、和暦を右の列に添えています。金額は円です。",
        "先頭の0や「=」で始まる文字も、文字のまま収録しています。",
    ),
    "en": (
        "definitions of the columns",
        "UTF-8 with BOM, CRLF, comma-separated (RFC 4180).",
        "The tables are linked by “Project row” and “Indicator row”.",
        "Blank: nothing is said. 0 is a result. Why a number is missing stands in the columns “_State”.",
        "Years are western (the year in which the fiscal year begins); amounts are yen.",
        "Leading zeros and text that begins with “=” stand as they are.",
    ),
}


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> dict[str, bytes]:
    """Return the files by name, the note last."""
    tables = [prefixed(table, report) for table in tables_of(report, lang)]
    stem = _stem(report)
    files = {f"{stem}_{_slug(table)}.csv": _table_file(table, lang) for table in tables}
    lines = (definition.line() for definition in definitions(tables, lang))
    files[f"{stem}_columns.csv"] = _csv([HEADINGS[lang], *lines])
    files["README.txt"] = _note(report, stem, tables, lang, imprint)
    return files


def _stem(report: Report) -> str:
    """032018_chihososei_kofukin; without a code, the rest."""
    code = report.bodies[0].code if report.bodies else None
    return f"{code}_{_STEM}" if code else _STEM


def _slug(table: Filled) -> str:
    return _SLUGS.get(table.table.name, table.table.name)


def _table_file(table: Filled, lang: Lang) -> bytes:
    return _csv([[head.label(lang) for head in table.heads], *table.cells])


def _csv(lines: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(
        [_shown(cell) for cell in line] for line in lines
    )
    return (_BOM + out.getvalue()).encode("utf-8")


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _note(
    report: Report, stem: str, tables: Iterable[Filled], lang: Lang, imprint: Imprint | None
) -> bytes:
    """What a stranger must know before opening the files."""
    title = (
        report.title.text if report.title else ("（題名なし）" if lang == "ja" else "(untitled)")
    )
    body = report.bodies[0].name if report.bodies else None
    year = FiscalYear(report.fiscal_year.year).both if report.fiscal_year else None
    said = _NOTES[lang]
    files = [f"{stem}_{_slug(table)}.csv  {table.table.label(lang)}" for table in tables]
    lines = [
        title,
        *filter(None, (body, year)),
        "",
        *files,
        f"{stem}_columns.csv  {said[0]}",
        "",
        *said[1:],
        *(("", *imprint.lines) if imprint else ()),
    ]
    return (_BOM + "\r\n".join(lines) + "\r\n").encode("utf-8")

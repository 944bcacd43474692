"""公開用ブック. The report as a workbook that machines read: the Ministry's rules for tables (DOMAIN §6.3) to the letter.

One sheet one table from A1, one row of full headings, one cell one datum; numbers as numbers, without marks of
thousands; units in a column or a heading; western years with 和暦 beside them; the municipality's code before every
row; no merged cells, formulas, objects, colours that mean something, or blanks and breaks for looks.

Rule 1-10 (no 機種依存文字 such as ①) against truth: what Sosei itself writes (headings, codes, numbers) has none. Text of
the report that has some is kept to the letter, because a name changed on the way out is another name on the way
back, and because these characters (JIS X 0213, Unicode) no longer depend on a machine. The sheet 項目定義 lists those that
occur, so that a reader who cannot show them knows where to look.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from sosei.core.fields import Lang
from sosei.core.report import Report, all_fields
from sosei.publishing.book import EPOCH, TALLEST, XLSX, Book, number_format, put, width
from sosei.publishing.book import lines as lines_of
from sosei.publishing.columns import HEADINGS, definitions
from sosei.publishing.imprint import Imprint
from sosei.publishing.tables import Cell, Filled, prefixed, tables_of

NAME: Final = "opendata"
SUFFIX: Final = ".xlsx"
MEDIA_TYPE: Final = XLSX
CARRIES: Final = all_fields()
_SHEETS: Final[dict[Lang, tuple[str, str]]] = {
    "ja": ("項目定義", "機種依存文字"),
    "en": ("Definitions", "Unusual characters"),
}
_UNUSUAL: Final[dict[Lang, tuple[str, str, str]]] = {
    "ja": ("文字", "符号位置", "置き換えの例"),
    "en": ("Character", "Code point", "Could be written"),
}


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the workbook. Raises CellTooLong.

    The imprint is a property of the file: the sheets are tables and nothing else.
    """
    book = Book(lang)
    tables = [prefixed(table, report) for table in tables_of(report, lang)]
    for table in tables:
        _write_sheet(
            book, table.table.label(lang), [h.label(lang) for h in table.heads], table.cells
        )
    lines = [definition.line() for definition in definitions(tables, lang)]
    _write_sheet(
        book, _SHEETS[lang][0], HEADINGS[lang], [[x or None for x in one] for one in lines]
    )
    if unusual := list(_unusual(tables)):
        _write_sheet(book, _SHEETS[lang][1], _UNUSUAL[lang], unusual)
    book.file.set_properties(
        {"created": EPOCH, "comments": " ".join(imprint.lines) if imprint else ""}
    )
    return book.finish()


def _write_sheet(
    book: Book, name: str, heads: Iterable[str], lines: Iterable[Iterable[Cell]]
) -> None:
    """Write one table from A1: headings, then rows."""
    sheet = book.sheet(name)
    columns = [[head] for head in heads]
    style = book.format(bold=True, bottom=1, text_wrap=True)
    for place, (head,) in enumerate(columns):
        sheet.write_string(0, place, head, style)
    rows = [list(line) for line in lines]
    for number, line in enumerate(rows, 1):
        for place, cell in enumerate(line):
            if cell is not None:
                put(sheet, number, place, cell, book.format(**_style(cell)))
                columns[place].append(str(cell))
    wide = [width(texts) for texts in columns]
    for place, each in enumerate(wide):
        sheet.set_column(place, place, each)
    for number, line in enumerate(rows, 1):
        tall = max((lines_of(str(c or ""), w) for c, w in zip(line, wide, strict=True)), default=1)
        if tall > 1:
            sheet.set_row(number, min(3 + 13 * tall, TALLEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _style(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, (int, Decimal)):
        return {"num_format": number_format(cell, grouped=False)}
    return {"num_format": "@", "text_wrap": True, "indent": 1}


def _unusual(tables: Iterable[Filled]) -> Iterator[tuple[str, str, str | None]]:
    """The 機種依存文字 in the tables, each once, with what they fold to."""
    texts = (
        cell for table in tables for line in table.cells for cell in line if isinstance(cell, str)
    )
    found = {char for text in texts for char in text if is_unusual(char)}
    for char in sorted(found):
        folded = unicodedata.normalize("NFKC", char)
        yield char, f"U+{ord(char):04X}", folded if folded != char else None


def is_unusual(char: str) -> bool:
    """Tell whether a character is outside JIS X 0208, the set that every machine of the rule's day could show.

    >>> [is_unusual(char) for char in "人①㈱A"]
    [False, True, True, False]
    """
    try:
        char.encode("iso2022_jp")
    except UnicodeEncodeError:
        return char not in _WINDOWS
    return False


#: JIS X 0208 characters whose usual code point in Windows differs from the standard's table.
_WINDOWS: Final = "～－∥￠￡￢"

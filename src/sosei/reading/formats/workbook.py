"""ブック. What all sheets of a workbook (XLSX) share, and what one cell of its XML holds.

Read by `xlsx`, which makes grids with places, and by whoever only wants the rows of a large sheet.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sosei.core.report import DIGITS
from sosei.reading.formats import numfmt, plainrows
from sosei.reading.formats.limits import MAX_COLUMNS, MAX_STRINGS
from sosei.reading.formats.office import Package
from sosei.reading.formats.parts import ON, whole
from sosei.reading.formats.refusal import TooManyCells

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: A decimal without zeros at its end and of so few digits that the double nearest to it has no shorter spelling.
_DECIMAL: Final = re.compile(r"-?(?:[1-9][0-9]*|0(?=\.))(?:\.[0-9]*[1-9])?|0")
_SHORT: Final = 15
_PRECISE: Final = Context(prec=DIGITS)
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style says about its content. `keeps_words`: words are shown as they are.

    `counts`: how Python formats whole numbers above zero as it does, "" or ","; None where it takes more.
    """

    code: str = "General"
    bold: bool = False
    is_date: bool = False
    plan: numfmt.Plan | None = None
    keeps_words: bool = True
    counts: str | None = None


_PLAIN: Final = Style(plan=numfmt.plan_of("General"), counts="")


class Content(NamedTuple):
    """What a cell holds: `text` as shown, and beside it the stored number, or the day where its format shows one."""

    text: str
    number: Decimal | None = None
    formula: str | None = None
    bold: bool = False
    unread: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook before it is read. `part`: its XML; None where it is a chart or the like."""

    title: str
    hidden: bool
    part: str | None


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share. `known`, `plain`: what kind, value and style mean, as they were met; `looks`: styles by their numbers as written."""

    package: Package
    strings: list[str]
    styles: list[Style]
    since_1904: bool
    sheets: tuple[SheetPart, ...]
    known: dict[tuple[str, str, int], Content | None] = field(default_factory=dict)
    plain: dict[str, Content] = field(default_factory=dict)
    looks: dict[str | None, Style] = field(default_factory=dict)

    def style(self, at: int) -> Style:
        """Return a style by its number; the plain one where the workbook has none."""
        return self.styles[at] if at < len(self.styles) else _PLAIN

    def look(self, said: str | None) -> Style:
        """Return a style by its number as written, and remember it; the first where none is said."""
        look = self.looks[said] = self.style(int(said) if said else 0)
        return look


def open_book(package: Package) -> Book:
    """Open a workbook. Raises the refusals of damage and size."""
    workbook = package.tree(package.main)
    related = package.related(package.main)
    parts = dict(related.values())
    sheets = []
    for element in workbook.iter("{*}sheet"):
        kind, part = related.get(element.get(_RELATIONS) or element.get(_STRICT) or "", ("", ""))
        hidden = element.get("state") in ("hidden", "veryHidden")
        sheets.append(
            SheetPart(element.get("name") or "?", hidden, part if kind == "worksheet" else None)
        )
    if not sheets:
        raise package.broken(package.main, "シートがありません", "there is no sheet")
    return Book(
        package,
        _strings(package, parts.get("sharedStrings")),
        _styles(package, parts.get("styles")),
        flag(next((e for e in workbook.iter("{*}workbookPr")), None), "date1904"),
        tuple(sheets),
    )


def _strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package:
        return []
    data = package.safe(part)
    if data.count(b"<si") <= MAX_STRINGS and (plain := plainrows.strings(data)) is not None:
        return [unescaped(one) if one.__class__ is str else _rich(one) for one in plain]
    found: list[str] = []
    for element in package.within(data, part, "si"):
        if len(found) >= MAX_STRINGS:
            raise TooManyCells(name=package.name, limit=MAX_STRINGS)
        found.append(_rich(element))
    return found


def _rich(element: Any) -> str:
    """Return the text of a string in runs, without the readings (furigana) that a sheet keeps beside it."""
    out = []
    for child in element:
        name = local(child)
        if name == "t":
            out.append(child.text or "")
        elif name == "r":
            out.extend(t.text or "" for t in child if local(t) == "t")
    return unescaped("".join(out))


def unescaped(text: str) -> str:
    """Resolve _x000D_, in which sheets write what XML cannot; half of a surrogate pair is no character."""
    if "_x" not in text:
        return text
    resolved = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styles(package: Package, part: str | None) -> list[Style]:
    if part is None or part not in package:
        return []
    root = package.tree(part)
    codes = dict(numfmt.BUILT_IN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[whole(element.get("numFmtId"))] = element.get("formatCode") or "General"
    bold = [
        flag(font.find("{*}b"), "val", default=True) for font in root.iterfind("{*}fonts/{*}font")
    ]
    out = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        code = codes.get(whole(xf.get("numFmtId")), "General")
        font = whole(xf.get("fontId"))
        heavy = font < len(bold) and bold[font]
        plan, keeps = numfmt.plan_of(code), numfmt.text_shown("\0", code) == "\0"
        out.append(Style(code, heavy, numfmt.is_date(code), plan, keeps, numfmt.counts(plan)))
    return out


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def flag(element: Any, name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no attribute; `default` where the element stands without it."""
    if element is None:
        return False
    text = element.get(name)
    return default if text is None else text in ON


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """Return first row, first column, last row and last column of a range, from 0; None for one cell or nonsense."""
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not a or not b:
        return None
    rows = sorted((int(a[2]) - 1, int(b[2]) - 1))
    columns = sorted((column_at(a[1]), column_at(b[1])))
    return None if rows[0] < 0 else (rows[0], columns[0], rows[1], columns[1])


@lru_cache(maxsize=MAX_COLUMNS * 2)
def column_at(letters: str) -> int:
    """Return a column from 0, or -1 for what is no column."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return -1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=MAX_COLUMNS * 2)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def content_of(book: Book, cell: Any) -> Content | None:
    """Return what a cell holds, or None where it holds nothing."""
    kind = cell.get("t") or "n"
    value = formula = inline = None
    for child in cell:
        name = child.tag.rpartition("}")[2]
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = "=" + (child.text or "")
        elif name == "is":
            inline = _rich(child)
    if kind == "inlineStr":
        kind, value = "str", inline
    return content_said(book, kind, value, formula, whole(cell.get("s")))


def content_said(
    book: Book, kind: str, value: str | None, formula: str | None, style: int
) -> Content | None:
    """Return what a cell of a kind (n, s, str, b, e, d) holds by its value as written; None where it holds nothing."""
    if not value:
        if formula is None:
            return None
        missing = None if kind == "str" and value is not None else "formula-without-value"
        return Content("", None, formula, book.style(style).bold, missing)
    key = (kind, value, style)
    if key not in book.known:
        book.known[key] = typed(book, kind, value, book.style(style))
    known = book.known[key]
    return known._replace(formula=formula) if formula is not None and known else known


def typed(book: Book, kind: str, value: str, style: Style) -> Content | None:
    """Return what a value of a kind shows in a style; None for empty words."""
    if kind == "s":
        at = whole(value, -1)
        if not 0 <= at < len(book.strings):
            return Content("", bold=style.bold, unread="string-missing")
        text = book.strings[at]
    elif kind == "n":
        return numeric(book, value, style)
    elif kind == "b":
        return Content("TRUE" if value == "1" else "FALSE", bold=style.bold)
    else:
        text = unescaped(value)
    if not text:
        return None
    shown = text if style.keeps_words else numfmt.text_shown(text, style.code)
    return Content(shown, None, None, style.bold)


def numeric(book: Book, value: str, style: Style) -> Content:
    """Return what a number shows in a style; as written where it is none."""
    plan, short = style.plan, len(value) <= _SHORT
    if (
        short
        and style.counts is not None
        and value.isdigit()
        and value[0] != "0"
        and value.isascii()
    ):
        return Content(format(int(value), style.counts), Decimal(value), None, style.bold)
    if short and _DECIMAL.fullmatch(value):
        number: Decimal | None = Decimal(value)
        if plan is not None and (text := numfmt.shown_plainly(value, plan)) is not None:
            return Content(text, number, None, style.bold)
    else:
        number = exact(value)
    if number is None:
        return Content(value, bold=style.bold)
    planned = numfmt.shown_by(plan, number) if plan is not None else None
    if planned is not None:
        return Content(planned, number, None, style.bold)
    text = numfmt.shown(number, style.code, since_1904=book.since_1904)
    if not style.is_date:
        return Content(text, number, bold=style.bold)
    when = numfmt.moment(number, since_1904=book.since_1904)
    return Content(text, bold=style.bold, day=when.date() if when else None)


def exact(value: str) -> Decimal | None:
    """Return the number that a sheet means: the shortest decimal of the stored double, to 15 digits at most.

    >>> exact("0.38500000000000001"), exact("0.30000000000000004")
    (Decimal('0.385'), Decimal('0.3'))
    """
    if len(value) <= _SHORT and _DECIMAL.fullmatch(value):
        return Decimal(value)
    try:
        double = float(value)
    except ValueError:
        return None
    if not math.isfinite(double):
        return None
    short = repr(double).removesuffix(".0")
    if len(short) <= _SHORT and "e" not in short:
        return Decimal(short)
    number = _PRECISE.create_decimal(short).normalize()
    return Decimal(f"{number:f}")

"""書類の個人番号. Individual Numbers in workbooks, documents and texts: as in sheets that are imported, none is ever kept.

Pictures and PDFs are not read; the page says so, and asks the person to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.papers.words import Format
from sosei.evidence.refusals_documents import DocumentNumbers
from sosei.evidence.sheets.cells import letters
from sosei.evidence.sheets.mynumber import Guard, holds, is_headed
from sosei.evidence.sheets.sources import Sheet, open_sheets
from sosei.reading.formats import coding
from sosei.reading.formats.office import Package

#: Places that a refusal names.
_NAMED: Final = 5
_TOLD: Final = re.compile(r"word/.*\.xml$")
#: How a document is tied to what stands beside its text.
_BESIDE: Final = frozenset(
    ("header", "footer", "comments", "footnotes", "endnotes", "glossaryDocument")
)
_REMARKS: Final = re.compile(r"xl/(threaded)?comments[^/]*(/[^/]+)?\.xml$")
_DRAWN: Final = re.compile(r"xl/drawings/[^/]+\.xml$")


def require_no_numbers(of: RegisterKind, kind: Format, data: bytes, name: str) -> None:
    """See that a document holds no Individual Number that can be read. Raises DocumentNumbers, the refusals of files."""
    places = list(islice(_places(of.subject in ("person", "any"), kind, data, name), _NAMED + 1))
    if places:
        more = " …" if len(places) > _NAMED else ""
        raise DocumentNumbers(name=name, at="、".join(places[:_NAMED]) + more)


def _places(persons: bool, kind: Format, data: bytes, name: str) -> Iterator[str]:
    if kind in ("xlsx", "csv"):
        for sheet in open_sheets(data, name):
            yield from _of_sheet(persons, sheet)
    if kind in ("xlsx", "docx"):
        yield from _of_package(persons, Package(data, name))
    if kind == "txt":
        yield from _of_lines(persons, coding.decode(data, name)[0].splitlines(), "{n}行目")


def _of_sheet(persons: bool, sheet: Sheet) -> Iterator[str]:
    """Yield the cells that hold one: in registers of persons any; in others where the words for it stand above."""
    guard = Guard((), persons=persons or _is_headed(sheet))
    for number, row in enumerate(sheet.rows() if guard.watches else (), 1):
        for column in guard.found(row):
            yield f"{sheet.name[:40]}!{letters(column)}{number}"


def _is_headed(sheet: Sheet) -> bool:
    cells = (cell if isinstance(cell, str) else cell.shown for row in sheet.top() for cell in row)
    return any(map(is_headed, cells))


def _of_package(persons: bool, package: Package) -> Iterator[str]:
    if package.kind == "docx":
        yield from _of_lines(persons, package.paragraphs(package.main), "本文の{n}段落目")
        for part in sorted(_beside(package)):
            yield from _of_lines(persons, package.paragraphs(part), "欄外の{n}段落目")
        return
    for part in sorted(package.parts):
        if _REMARKS.search(part) or _DRAWN.search(part):
            whole = ["".join(one.itertext()) for one in package.tree(part)]
            yield from _of_lines(persons, whole, "コメントや図の{n}つ目")


def _beside(package: Package) -> set[str]:
    """Return the parts of a document that may hold texts besides the main one, whatever they are called."""
    related = package.related(package.main).values()
    named = {part.lower() for kind, part in related if kind in _BESIDE and part in package}
    return (named | set(filter(_TOLD.match, package.parts))) - {package.main.lower()}


def _of_lines(persons: bool, lines: Iterable[str], called: str) -> Iterator[str]:
    """Yield where lines hold one: in registers of persons any, in others where the words for it stand somewhere."""
    found, headed = [], persons
    for n, line in enumerate(lines, 1):
        headed = headed or is_headed(line)
        if holds(line):
            found.append(called.format(n=n))
    if headed:
        yield from found

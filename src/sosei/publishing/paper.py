"""書類. A page that is no report (正誤表, 議会資料, 意見と対応) in the forms that travel: the web page, Word, PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, Literal

from sosei.core.printed import LIST_MARK
from sosei.publishing.forms import docx, html, pdf, pdftable
from sosei.publishing.forms.pdffont import fonts
from sosei.publishing.forms.pdfink import Ink, fit
from sosei.publishing.page import Page, Paragraph, Section, Table
from sosei.publishing.pagetable import Cell

PaperForm = Literal["html", "docx", "pdf"]
MEDIA_TYPES: Final[dict[PaperForm, str]] = {
    "html": html.MEDIA_TYPE,
    "docx": docx.MEDIA_TYPE,
    "pdf": pdf.MEDIA_TYPE,
}
_TITLE: Final = 18
_KINDS: Final = {"label": "l", "entry": "l", "figure": "n"}


def write_paper(page: Page, form: PaperForm, *, day: date) -> bytes:
    """Return a page as a file; `day`: the document's date (PDF/A wants one), so that the same page gives the same bytes."""
    if form == "html":
        return html.laid(page)
    if form == "docx":
        return docx.laid(page)
    return pdf.drawn(_document(page, day))


def _document(page: Page, day: date) -> dict[str, Any]:
    ink = Ink()
    title = ink.text(page.title)
    blocks: list[pdftable.Block] = [
        {"k": "title", "t": fit(title, pdftable.TOTAL / _TITLE * pdftable.BOLD)}
    ]
    blocks += [{"k": "p", "t": ink.text(page.subtitle)}] if page.subtitle else []
    blocks += [drawn for block in page.front for drawn in _block(block, ink)]
    for section in page.sections:
        blocks += _section(section, ink)
    return {
        "title": title,
        "author": "",
        "date": [day.year, day.month, day.day],
        "header": title if len(title) <= 60 else f"{title[:59]}…",
        "mark": ink.text(page.mark),
        "footer": ink.text(page.subtitle[:60]),
        "fonts": [family for family, _ in fonts()[1]],
        "blocks": blocks,
        "others": ink.faces.others(),
    }


def _section(section: Section, ink: Ink) -> Iterator[pdftable.Block]:
    yield {"k": "h", "level": section.level - 1, "t": ink.text(section.title)}
    for block in section.blocks:
        yield from _block(block, ink)
    for part in section.sections:
        yield from _section(part, ink)


def _block(block: object, ink: Ink) -> Iterator[pdftable.Block]:
    if isinstance(block, Paragraph):
        yield {"k": "p", "t": ink.text(block.text)}
    elif isinstance(block, Table):
        if not block.titled:
            yield {"k": "h", "level": 3, "t": ink.text(block.caption)}
        head = [[pdftable.head(ink.text(" ".join(cell.lines))) for cell in block.head]]
        rows = [[_cell(cell, ink) for cell in row] for row in block.rows]
        yield pdftable.table(head, rows, grid=block.widths)
        yield {"k": "gap"}


def _cell(cell: Cell, ink: Ink) -> pdftable.Cell:
    return pdftable.Cell(
        lines=tuple(ink.text(line) for line in cell.lines),
        kind=_KINDS.get(cell.kind, "x"),
        rows=cell.rows,
        columns=cell.columns,
        mark=LIST_MARK if cell.listed and not cell.marked and len(cell.lines) > 1 else "",
    )


def facts(ident: str, caption: str, rows: Sequence[tuple[str, str | tuple[str, ...]]]) -> Table:
    """Return a table of two columns under a caption of its own: what, and what is said of it."""
    return plain(ident, caption, ("項目", "内容"), rows, widths=(3, 12), titled=False)


def plain(
    ident: str,
    caption: str,
    heads: tuple[str, ...],
    rows: Sequence[Sequence[str | tuple[str, ...]]],
    *,
    widths: tuple[int, ...],
    figures: frozenset[int] = frozenset(),
    titled: bool = True,
) -> Table:
    """Return a table of words: the first column names its row, `figures` are set to the right.

    `titled`: a heading right above says what the caption says.
    """
    return Table(
        ident=ident,
        kind="plain",
        caption=caption,
        head=tuple(Cell(lines=(name,), kind="label") for name in heads),
        rows=tuple(
            tuple(
                Cell(
                    lines=(said,) if isinstance(said, str) else said,
                    kind="label" if i == 0 else "figure" if i in figures else "words",
                    listed=not isinstance(said, str) and len(said) > 1,
                )
                for i, said in enumerate(row)
            )
            for row in rows
        ),
        widths=widths,
        titled=titled,
    )

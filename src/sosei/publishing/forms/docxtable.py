"""ワードの表. A table as WordprocessingML: widths of all columns written, header row repeated, cells merged downwards.

Written as text and parsed once: building cell by cell takes time that grows with the square of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from docx.oxml.ns import nsdecls

from sosei.publishing.book import columns
from sosei.publishing.pagetable import Cell, Table

#: Width of the text area in twentieths of a point: A4 landscape less two margins of 18 mm.
TOTAL: Final = 14797
_HEAD: Final = "E8EDF8"
_LABEL: Final = "F5F7FB"
_SIZE: Final = 18
#: Width of a half-width sign at that size in a wide typeface, and of a cell's two margins with its rules.
_SIGN: Final = 130
_MARGINS: Final = 200
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table_xml(table: Table) -> str:
    """Return the table's element as text."""
    widths = _widths(table.widths, _needs(table))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{TOTAL}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_head(table.head, widths)}{''.join(_rows(table, widths))}</w:tbl>"
    )


def _widths(shares: Sequence[int], needs: Sequence[int]) -> list[int]:
    """Return the widths of the columns, which fill the text area exactly: by shares, but no figure is broken.

    Where all figures together need more than there is, the shares alone decide.
    """
    whole = sum(shares)
    widths = [TOTAL * share // whole for share in shares]
    if sum(needs) < TOTAL:
        spare = [max(width - need, 0) for width, need in zip(widths, needs, strict=True)]
        missing = sum(max(need - width, 0) for width, need in zip(widths, needs, strict=True))
        widths = [
            max(width, need) - missing * free // max(sum(spare), 1)
            for width, need, free in zip(widths, needs, spare, strict=True)
        ]
    return [*widths[:-1], TOTAL - sum(widths[:-1])]


def _needs(table: Table) -> list[int]:
    """Return what each column needs to hold its longest figure on one line (a reason why there is none may break)."""
    needs = [0] * len(table.widths)
    left = [0] * len(needs)
    for row in table.rows:
        cells = iter(row)
        for column in range(len(needs)):
            if left[column]:
                left[column] -= 1
                continue
            cell = next(cells)
            left[column] = cell.rows - 1
            if cell.kind == "figure" and not cell.gap:
                longest = max((columns(line) for line in cell.lines), default=0)
                needs[column] = max(needs[column], longest * _SIGN + _MARGINS)
    return needs


def _head(cells: Sequence[Cell], widths: Sequence[int]) -> str:
    shown = "".join(
        _cell(_paragraphs(cell, bold=True), width, fill=_HEAD)
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{shown}</w:tr>"


def _rows(table: Table, widths: Sequence[int]) -> list[str]:
    """Return the rows; a cell that reaches down is continued by an empty one in each row below."""
    out = []
    left = [0] * len(widths)
    for row in table.rows:
        cells, shown = iter(row), []
        for column, width in enumerate(widths):
            if left[column]:
                left[column] -= 1
                shown.append(_cell("<w:p/>", width, merge="continue"))
                continue
            cell = next(cells)
            left[column] = cell.rows - 1
            labelled = cell.kind in ("label", "entry")
            shown.append(
                _cell(
                    _paragraphs(cell, bold=labelled),
                    width,
                    fill=_LABEL if labelled else None,
                    merge="restart" if cell.rows > 1 else None,
                )
            )
        out.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(shown)}</w:tr>")
    return out


def _cell(content: str, width: int, *, fill: str | None = None, merge: str | None = None) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}</w:tcPr>{content}</w:tc>'
    )


def _paragraphs(cell: Cell, *, bold: bool) -> str:
    """Return a cell's lines as paragraphs; the items of a list carry the style of one."""
    lines = (
        [", ".join(str(number) for number in cell.refs)]
        if cell.kind == "refs"
        else list(cell.lines)
    )
    style = '<w:pStyle w:val="ListBullet"/>' if cell.listed and not cell.marked else ""
    right = '<w:jc w:val="right"/>' if cell.kind == "figure" else ""
    properties = f'<w:pPr>{style}<w:spacing w:before="20" w:after="20"/>{right}</w:pPr>'
    size = _SIZE - 2 if cell.kind == "year" else _SIZE
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    return "".join(
        f'<w:p>{properties}<w:r>{look}<w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>'
        for line in lines or [""]
    )

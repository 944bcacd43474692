"""組み手. Blocks as source for typst, HTML, DOCX and XLSX; the producers of tests/layouts make PDFs of it."""

from __future__ import annotations

import html
import importlib
import io
from typing import Any

from grids.tables import Block, Cell, Table
from layouts import producers

FONT = "Noto Sans CJK JP"


# -- typst -------------------------------------------------------------------------------------------------------------


def turned(data: bytes) -> bytes:
    """The PDF with /Rotate 90 on its pages: it lies on its side when shown, the text stays as it was."""
    pdfium = importlib.import_module("pypdfium2")
    document = pdfium.PdfDocument(data)
    for page in document:
        page.set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def typst(
    blocks: list[Block],
    *,
    page: str = 'paper: "a4"',
    stroke: str = "0.5pt",
    fill: str = "none",
    size: float = 8,
) -> bytes:
    """PDF by typst; `stroke` and `fill` as its table takes them."""
    look = f"stroke: {stroke}, fill: {fill}, inset: 4pt"
    body = "\n".join(_typst_block(block, look) for block in blocks)
    head = f'#set page({page}, margin: 14mm)\n#set text(font: "{FONT}", size: {size}pt, lang: "ja")\n#set document(title: "表", date: none)\n'
    return producers.typeset(head + body)


def _typst_block(block: Block, look: str) -> str:
    if isinstance(block, str):
        return f"{_typst_text(block)}\n"
    if isinstance(block, Table):
        return f"#{_typst_table(block, look)}\n"
    inner = ", ".join(_typst_table(table, look) for table in block)
    return f"#grid(columns: {len(block)}, gutter: 20pt, {inner})\n"


def _typst_table(table: Table, look: str) -> str:
    columns = ", ".join(f"{width}fr" for width in table.widths)
    rows = [
        "".join(_typst_cell(cell, table) for cell in table.row(row)) for row in range(table.rows)
    ]
    head = f"table.header({''.join(rows[: table.head])})," if table.head else ""
    return f"table(columns: ({columns}), {look}, {head}{''.join(rows[table.head :])})"


def _typst_cell(cell: Cell, table: Table) -> str:
    align = "right" if cell.row >= table.head and table.numeric(cell.column) else "left"
    spans = f"rowspan: {cell.rowspan}, colspan: {cell.colspan}, align: {align}"
    return f"table.cell({spans})[{_typst_text(cell.text)}],"


def _typst_text(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\#$*_`<>@[]~=-+/" else c for c in text)
    return escaped.replace("\n", " \\ ")


# -- HTML --------------------------------------------------------------------------------------------------------------


def page(blocks: list[Block], css: str, paper: str = "A4") -> str:
    """HTML with a style sheet; a producer prints it."""
    body = "".join(_html_block(block) for block in blocks)
    rules = f"@page {{ size: {paper}; margin: 12mm }} body {{ font: 8pt JP, '{FONT}' }} table {{ border-collapse: collapse; width: 100%; margin-bottom: 6pt }} td, th {{ padding: 2pt 3pt; font-weight: normal; text-align: left }} .figure {{ text-align: right }} .beside {{ display: flex; gap: 20pt }}"
    return f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>表</title><style>{rules} {css}</style></head><body>{body}</body></html>'


def _html_block(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{html.escape(block)}</p>"
    if isinstance(block, Table):
        return _html_table(block)
    return f'<div class="beside">{"".join(map(_html_table, block))}</div>'


def _html_table(table: Table) -> str:
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.2f}%">' for width in table.widths)
    rows = [
        "<tr>" + "".join(_html_cell(cell, table) for cell in table.row(row)) + "</tr>"
        for row in range(table.rows)
    ]
    head = "".join(rows[: table.head])
    return (
        f"<table>{columns}<thead>{head}</thead><tbody>{''.join(rows[table.head :])}</tbody></table>"
    )


def _html_cell(cell: Cell, table: Table) -> str:
    tag = "th" if cell.row < table.head else "td"
    figure = ' class="figure"' if tag == "td" and table.numeric(cell.column) else ""
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f"<{tag}{spans}{figure}>{html.escape(cell.text).replace(chr(10), '<br>')}</{tag}>"


# -- DOCX --------------------------------------------------------------------------------------------------------------


def docx(blocks: list[Block], *, border: str = "single", landscape: bool = False) -> bytes:
    """PDF by LibreOffice of a Word document; `border`: single, dotted, double …"""
    document = importlib.import_module("docx").Document()
    section = document.sections[0]
    if landscape:
        section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.name = FONT
    document.styles["Normal"].font.size = importlib.import_module("docx.shared").Pt(8)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, Table):
            _docx_table(document, block, border)
            document.add_paragraph("")
    return producers.office(producers.saved(document), ".docx")


def _docx_table(document: Any, table: Table, border: str) -> None:
    oxml = importlib.import_module("docx.oxml")
    names = importlib.import_module("docx.oxml.ns")
    made = document.add_table(rows=table.rows, cols=len(table.widths))
    made.autofit = False
    sides = "".join(
        f'<w:{side} w:val="{border}" w:sz="6" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made._tbl.tblPr.append(
        oxml.parse_xml(f"<w:tblBorders {names.nsdecls('w')}>{sides}</w:tblBorders>")
    )
    width = document.sections[0].page_width - document.sections[0].left_margin * 2
    for column, share in zip(made.columns, table.widths, strict=True):
        column.width = int(width * share / sum(table.widths))
    for row in made.rows[: table.head]:
        row._tr.get_or_add_trPr().append(oxml.parse_xml(f"<w:tblHeader {names.nsdecls('w')}/>"))
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells:
        box = grid[cell.row][cell.column]
        if cell.rowspan > 1 or cell.colspan > 1:
            box = box.merge(grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
        box.text = cell.text


# -- XLSX --------------------------------------------------------------------------------------------------------------


def xlsx(
    blocks: list[Block],
    *,
    border: str = "thin",
    paper: int = 9,
    landscape: bool = True,
    sheets: bool = False,
) -> bytes:
    """PDF by LibreOffice of a workbook; `border`: thin, hair …; `sheets`: each table on a sheet of its own; `paper` 8 is A3, 9 A4."""
    openpyxl = importlib.import_module("openpyxl")
    book = openpyxl.Workbook()
    sheet, row = book.active, 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 1
            continue
        if sheets and row > 1:
            sheet, row = book.create_sheet(), 1
        _xlsx_table(sheet, block, row, border)
        row += block.rows + 1
    for each in book.worksheets:
        each.page_setup.paperSize = paper
        each.page_setup.orientation = "landscape" if landscape else "portrait"
        each.page_setup.fitToWidth, each.page_setup.fitToHeight = 1, 0
        each.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
            fitToPage=True
        )
    return producers.office(producers.saved(book), ".xlsx")


def _xlsx_table(sheet: Any, table: Table, top: int, border: str) -> None:
    styles = importlib.import_module("openpyxl.styles")
    letters = importlib.import_module("openpyxl.utils").get_column_letter
    box = styles.Border(*(styles.Side(style=border),) * 4)
    look = {
        True: styles.Alignment(horizontal="right", vertical="center", wrap_text=True),
        False: styles.Alignment(vertical="center", wrap_text=True),
    }
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[letters(column)].width = width * 1.6
    for row in range(table.rows):
        for column in range(len(table.widths)):
            sheet.cell(top + row, 1 + column).border = box
    for cell in table.cells:
        at = sheet.cell(top + cell.row, 1 + cell.column, cell.text)
        at.alignment = look[cell.row >= table.head and table.numeric(cell.column)]
        at.font = styles.Font(name=FONT, size=9)
        if cell.rowspan > 1 or cell.colspan > 1:
            last = (top + cell.row + cell.rowspan - 1, cell.column + cell.colspan)
            sheet.merge_cells(
                start_row=at.row, end_row=last[0], start_column=at.column, end_column=last[1]
            )
    for row in range(table.rows):
        sheet.row_dimensions[top + row].height = 13 * _lines(table, row) + 3
    if table.head:
        sheet.print_title_rows = f"{top}:{top + table.head - 1}"


def _lines(table: Table, row: int) -> int:
    """How many lines a row needs, by the cells that stand in it alone."""
    counts = [1]
    for cell in table.row(row):
        room = sum(table.widths[cell.column : cell.column + cell.colspan]) * 1.6 / 2
        need = sum(-(-max(1, len(line)) // max(1, int(room))) for line in cell.text.split("\n"))
        counts.append(-(-need // cell.rowspan))
    return max(counts)

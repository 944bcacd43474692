"""紙. A Word document on upright A4: fonts, margins, paragraphs, plain tables, boxes to tick. The same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from sosei.core.fields import Lang
from sosei.publishing.forms.docx import repacked, set_fonts

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SIDE: Final = 22
#: Width of the text in twentieths of a point.
TOTAL: Final = 9412
_EDGE: Final = "808080"
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_EDGE}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: A box that Word lets people tick; other programs show the sign, and people overwrite it.
_BOX: Final = (
    '<w:sdt xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    '<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>{look}</w:rPr>'
    "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)


class Paper:
    """紙. The document being written."""

    def __init__(self, title: str, foot: str, lang: Lang) -> None:
        """Begin an empty document with a title for its properties and words for its foot."""
        self.lang = lang
        self.document = docx.Document()
        self._style(lang)
        self._frame(title, foot)
        self.end = self.document.element.body.sectPr

    def _style(self, lang: Lang) -> None:
        defaults = self.document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
        set_fonts(defaults.find(qn("w:rPr")))
        language = defaults.find(qn("w:rPr")).find(qn("w:lang"))
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "ja-JP")
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(10.5)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.25 if lang == "ja" else 1.1

    def _frame(self, title: str, foot: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_SIDE)
        section.top_margin, section.bottom_margin = Mm(22), Mm(18)
        line = section.footer.paragraphs[0]
        line._p.append(parse_xml(_runs(f"{foot}　　", small=True)))
        line._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'))  # fmt: skip
        line.alignment = 1
        properties = self.document.core_properties
        properties.title, properties.author = title, ""
        properties.comments = properties.last_modified_by = ""
        properties.created = properties.modified = _EPOCH

    def append(self, xml: str) -> None:
        """Put an element at the end."""
        self.end.addprevious(parse_xml(xml))

    def add(self, text: str = "", *, style: str = "Normal", **look: Any) -> None:
        """Add a paragraph."""
        self.append(paragraph(text, style=style, top=True, **look))

    def table(self, rows: Sequence[str], widths: Sequence[int]) -> None:
        """Add a framed table of ready rows, and a thin line below it."""
        self.append(table(rows, widths))
        self.append(f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>')  # fmt: skip

    def finish(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return repacked(stream.getvalue())


def table(rows: Sequence[str], widths: Sequence[int]) -> str:
    """Return a framed table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Sequence[str], *, head: bool = False, height: int = 0) -> str:
    """Return a row that is not broken over pages; `height` in twentieths of a point is its least."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, width: int, *, span: int = 1, fill: str | None = None) -> str:
    """Return a cell of ready paragraphs."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{shade}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def paragraph(
    text: str = "", *, style: str = "Normal", align: str = "left", indent: int = 0, before: int = 0,
    top: bool = False, **look: Any,
) -> str:  # fmt: skip
    """Return a paragraph; its lines are parted by breaks. `top`: it stands alone and names its own namespace."""
    return framed(_runs(text, **look), style=style, align=align, indent=indent, before=before, top=top)  # fmt: skip


def framed(
    runs: str, *, style: str = "Normal", align: str = "left", indent: int = 0, before: int = 0, top: bool = False
) -> str:  # fmt: skip
    """Return a paragraph of ready runs."""
    left = f'<w:ind w:left="{indent}"/>' if indent else ""
    room = f'<w:spacing w:before="{before}"/>' if before else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{room}{left}<w:jc w:val="{align}"/></w:pPr>'
    return f"<w:p {nsdecls('w') if top else ''}>{properties}{runs}</w:p>"


def runs(text: str, **look: Any) -> str:
    """Return words as they stand within a paragraph."""
    return _runs(text, named=False, **look)


def tick(text: str, *, size: int = 21) -> str:
    """Return a box to tick with its words, within a paragraph."""
    return _BOX.format(look=f'<w:sz w:val="{size}"/>') + runs(f" {text}", size=size)


def tabbed(left: str, right: str, width: int) -> str:
    """Return a paragraph of two ready runs, the second at the right edge."""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    properties = f'<w:pPr><w:pStyle w:val="Normal"/>{stop}</w:pPr>'
    return f"<w:p>{properties}{left}<w:r><w:tab/></w:r>{right}</w:p>"


def kept(xml: str) -> str:
    """Return a row that stays on one page with the row below it."""
    style = '<w:pStyle w:val="Normal"/>'
    return xml.replace(style, f"{style}<w:keepNext/>")


def _runs(
    text: str, *, bold: bool = False, small: bool = False, size: int = 0, hidden: bool = False, color: str = "",
    named: bool = True,
) -> str:  # fmt: skip
    look = "<w:b/>" if bold else ""
    look += "<w:vanish/>" if hidden else ""
    look += f'<w:color w:val="{color}"/>' if color else ""
    size = 16 if small else size
    look += f'<w:sz w:val="{size}"/>' if size else ""
    name = f" {nsdecls('w')}" if named else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(
        escape(line, quote=False) for line in text.split("\n")
    )
    return (
        f'<w:r{name}><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'
        if text
        else ""
    )

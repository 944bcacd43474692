"""ワード文書. An editable Word document: real headings, tables with repeated header rows, A4 landscape, page numbers.

The same report gives the same bytes: no clock in the properties, entries of the package in order with a fixed time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from sosei.core.fields import Lang
from sosei.core.report import Report
from sosei.publishing.forms import html
from sosei.publishing.forms.docxtable import table_xml
from sosei.publishing.page import Page, Paragraph, Section, Table, page_of

NAME: Final = "docx"
SUFFIX: Final = ".docx"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CARRIES: Final = html.CARRIES

_FONT: Final = "BIZ UDPゴシック"
_LATIN: Final = "BIZ UDPGothic"
_MARGIN: Final = 18
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLUE: Final = RGBColor(0x00, 0x11, 0x8F)
_SIZES: Final = {
    "Title": 20,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 9,
    "Subtitle": 11,
}
_SAID: Final[dict[str, dict[str, str]]] = {
    "ja": {"contents": "目次", "sources": "出典一覧", "raw": "原文の表記", "files": "読み取った資料", "unread": "読み取れなかった箇所"},
    "en": {"contents": "Contents", "sources": "Sources", "raw": "as written", "files": "Documents read", "unread": "What could not be read"},
}  # fmt: skip
_UNREAD: Final = 200


def write(report: Report, *, lang: Lang = "ja") -> bytes:
    """Return the document."""
    page = page_of(report, lang)
    document = docx.Document()
    _styled(document, lang)
    _framed(document, page)
    _filled(document, page)
    stream = io.BytesIO()
    document.save(stream)
    return _repacked(stream.getvalue())


# -- how it looks ---------------------------------------------------------------------------------------------


def _styled(document: Any, lang: Lang) -> None:
    """Set fonts and sizes of the styles, Japanese fonts for Japanese characters too."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    _fonts(defaults.find(qn("w:rPr")))
    language = defaults.find(qn("w:rPr")).find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "ja-JP")
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in _SIZES.items():
        style = document.styles[name]
        _fonts(style.element.get_or_add_rPr())
        style.font.size = Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0) if name == "Caption" else _BLUE
        style.paragraph_format.keep_with_next = True
    document.styles["Title"].paragraph_format.space_after = Pt(4)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(2)


def _fonts(properties: Any) -> None:
    """Name the fonts in place of the theme's, which have no Japanese."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{_FONT}" w:cs="{_LATIN}"/>'
    )
    properties.insert(0, fonts)


def _framed(document: Any, page: Page) -> None:
    """Set paper, margins, the running title and the page number; say nothing of who and when."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_MARGIN)
    head = section.header.paragraphs[0]
    head.text = page.title
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.runs[0].font.size = Pt(8)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(parse_xml(_field("PAGE")))
    properties = document.core_properties
    properties.title, properties.author = page.title, ""
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = _EPOCH
    properties.language = page.lang


def _field(name: str) -> str:
    return f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _repacked(data: bytes) -> bytes:
    """Return the package with its entries in order and without their times."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


# -- what it says ---------------------------------------------------------------------------------------------


def _filled(document: Any, page: Page) -> None:
    said = _SAID[page.lang]
    document.add_paragraph(page.title, style="Title")
    if page.subtitle:
        document.add_paragraph(page.subtitle, style="Subtitle")
    for block in page.front:
        _block(document, block)
    marks = _Marks()
    if page.sections:
        _contents(document, page, said["contents"])
    for section in page.sections:
        _section(document, section, marks)
    _sources(document, page, said)
    if page.unread:
        document.add_paragraph(said["unread"], style="Heading 1")
        for one in page.unread[:_UNREAD]:
            document.add_paragraph(" ".join(one.raw.split()), style="List Bullet")


class _Marks:
    """Counts bookmarks, which must have numbers of their own."""

    def __init__(self) -> None:
        self.last = 0

    def around(self, paragraph: Any, name: str) -> None:
        """Put a bookmark around a paragraph's text."""
        self.last += 1
        start = f'<w:bookmarkStart {nsdecls("w")} w:id="{self.last}" w:name="{escape(name)}"/>'
        first = 1 if paragraph._p.pPr is not None else 0
        paragraph._p.insert(first, parse_xml(start))
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.last}"/>'))


def _contents(document: Any, page: Page, title: str) -> None:
    """The list of contents, each entry a link to its heading."""
    document.add_paragraph(title, style="Heading 1")
    for section in page.sections:
        _entry(document, section, 0)
        for part in section.sections:
            _entry(document, part, 6)


def _entry(document: Any, section: Section, indent: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(indent)
    paragraph.paragraph_format.space_after = Pt(1)
    link = (
        f'<w:hyperlink {nsdecls("w")} w:anchor="{_bookmark(section.ident)}"><w:r><w:t xml:space="preserve">'
        f"{escape(section.title)}</w:t></w:r></w:hyperlink>"
    )
    paragraph._p.append(parse_xml(link))


def _bookmark(ident: str) -> str:
    return "_" + ident.replace("-", "_")


def _section(document: Any, section: Section, marks: _Marks) -> None:
    paragraph = document.add_paragraph(section.title, style=f"Heading {section.level - 1}")
    marks.around(paragraph, _bookmark(section.ident))
    for block in section.blocks:
        _block(document, block)
    for part in section.sections:
        _section(document, part, marks)


def _block(document: Any, block: object) -> None:
    if isinstance(block, Paragraph):
        document.add_paragraph(block.text)
    elif isinstance(block, Table):
        _table(document, block)


def _table(document: Any, table: Table) -> None:
    """A table, with its caption where no heading says the same, and a little room after it."""
    if not table.titled:
        document.add_paragraph(table.caption, style="Caption")
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(table_xml(table)))
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(2)
    after.paragraph_format.line_spacing = Pt(6)


def _sources(document: Any, page: Page, said: dict[str, str]) -> None:
    if not (page.sources or page.files):
        return
    document.add_paragraph(said["sources"], style="Heading 1")
    for line in _source_lines(page, said):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.space_after = Pt(1)


def _source_lines(page: Page, said: dict[str, str]) -> Iterator[str]:
    for file in page.files:
        yield f"{said['files']}　{file.name}　SHA-256 {file.sha256}"
    for entry in page.sources:
        raw = f"　{said['raw']}「{' '.join(entry.raw.split())}」" if entry.raw else ""
        yield f"{entry.number}　{entry.what}　{entry.where}{raw}"

"""ワード文書. An editable Word document: real headings, tables with repeated header rows, A4 landscape, page numbers.

The same report gives the same bytes: no clock in the properties, entries of the package in order with a fixed time.
"""

from __future__ import annotations

import io
import re
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
from sosei.publishing.imprint import Imprint
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
#: What XML cannot hold; only spellings of documents (raw) have it, the words of a report are clean.
_UNSAYABLE: Final = re.compile("[\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_UNREAD: Final = 200


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the document."""
    return laid(page_of(report, lang, imprint))


def laid(page: Page) -> bytes:
    """Return any page as a Word document."""
    document = docx.Document()
    _styled(document, page.lang)
    _framed(document, page)
    _filled(document, page)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


# -- how it looks ---------------------------------------------------------------------------------------------


def _styled(document: Any, lang: Lang) -> None:
    """Set fonts and sizes of the styles, Japanese fonts for Japanese characters too."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    set_fonts(defaults.find(qn("w:rPr")))
    language = defaults.find(qn("w:rPr")).find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "ja-JP")
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in _SIZES.items():
        style = document.styles[name]
        set_fonts(style.element.get_or_add_rPr())
        style.font.size = Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0) if name == "Caption" else _BLUE
        style.paragraph_format.keep_with_next = True
    document.styles["Title"].paragraph_format.space_after = Pt(4)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(2)


def set_fonts(properties: Any) -> None:
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
    head.text = f"{page.title}　{page.mark}" if page.mark else page.title
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


def repacked(data: bytes) -> bytes:
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
    body = _Body(document)
    said = _SAID[page.lang]
    body.add(page.title, "Title")
    if page.subtitle:
        body.add(page.subtitle, "Subtitle")
    for block in page.front:
        _block(body, block)
    if page.sections:
        _contents(body, page, said["contents"])
    for section in page.sections:
        _section(body, section)
    _sources(body, page, said)
    if page.unread:
        body.add(said["unread"], "Heading1")
        for one in page.unread[:_UNREAD]:
            body.add(" ".join(one.raw.split()), "ListBullet")


class _Body:
    """The body as it grows: paragraphs as text parsed at once, since looking up styles costs more than writing."""

    def __init__(self, document: Any) -> None:
        self.end = document.element.body.sectPr
        self.marks = 0

    def append(self, xml: str) -> None:
        """Put an element at the end."""
        self.end.addprevious(parse_xml(xml))

    def add(
        self, text: str, style: str = "Normal", *, spacing: str = "", mark: str = "", link: str = "", indent: int = 0
    ) -> None:  # fmt: skip
        """Add a paragraph: `mark` names a bookmark around it, `link` the bookmark it leads to."""
        text = _UNSAYABLE.sub("\ufffd", text)
        run = (
            f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
            if text
            else ""
        )
        if link:
            run = f'<w:hyperlink w:anchor="{link}">{run}</w:hyperlink>'
        if mark:
            self.marks += 1
            start = f'<w:bookmarkStart w:id="{self.marks}" w:name="{mark}"/>'
            run = f'{start}{run}<w:bookmarkEnd w:id="{self.marks}"/>'
        left = f'<w:ind w:left="{indent}"/>' if indent else ""
        properties = f'<w:pPr><w:pStyle w:val="{style}"/>{spacing}{left}</w:pPr>'
        self.append(f"<w:p {nsdecls('w')}>{properties}{run}</w:p>")


#: Little room after a line of a list; next to none for the paragraph that a table must be followed by.
_TIGHT: Final = '<w:spacing w:after="20"/>'
_THIN: Final = '<w:spacing w:after="40" w:line="120" w:lineRule="exact"/>'


def _contents(body: _Body, page: Page, title: str) -> None:
    """The list of contents, each entry a link to its heading."""
    body.add(title, "Heading1")
    for section in page.sections:
        body.add(section.title, spacing=_TIGHT, link=_bookmark(section.ident))
        for part in section.sections:
            body.add(part.title, spacing=_TIGHT, link=_bookmark(part.ident), indent=340)


def _bookmark(ident: str) -> str:
    return "_" + ident.replace("-", "_")


def _section(body: _Body, section: Section) -> None:
    body.add(section.title, f"Heading{section.level - 1}", mark=_bookmark(section.ident))
    for block in section.blocks:
        _block(body, block)
    for part in section.sections:
        _section(body, part)


def _block(body: _Body, block: object) -> None:
    """A paragraph, or a table with its caption where no heading says the same."""
    if isinstance(block, Paragraph):
        body.add(block.text)
    elif isinstance(block, Table):
        if not block.titled:
            body.add(block.caption, "Caption")
        body.append(table_xml(block))
        body.add("", spacing=_THIN)


def _sources(body: _Body, page: Page, said: dict[str, str]) -> None:
    if page.sources or page.files:
        body.add(said["sources"], "Heading1")
        for line in _source_lines(page, said):
            body.add(line, spacing=_TIGHT)


def _source_lines(page: Page, said: dict[str, str]) -> Iterator[str]:
    for file in page.files:
        yield f"{said['files']}　{file.name}　SHA-256 {file.sha256}"
    for entry in page.sources:
        raw = f"　{said['raw']}「{' '.join(entry.raw.split())}」" if entry.raw else ""
        yield f"{entry.number}　{entry.what}　{entry.where}{raw}"

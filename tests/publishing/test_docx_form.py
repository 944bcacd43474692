"""ワード文書の形. Headings, tables and pages as Word knows them, and nothing of who made it when."""

import io
import zipfile

import docx as word
import pagesample
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from sosei.core.report import Indicator, Project, Report, Said, Unread
from sosei.publishing.forms import docx


def opened(report=None):
    return word.Document(io.BytesIO(docx.write(report or pagesample.report())))


def test_見出しは本物の見出し():
    styles = [
        (p.style.name, p.text) for p in opened().paragraphs if p.style.name.startswith("Heading")
    ]
    assert ("Heading 1", "事業の実績") in styles
    assert ("Heading 2", "1　成長分野の拠点形成支援事業") in styles
    assert ("Heading 3", "重要業績評価指標（KPI）") in styles


def test_表の見出し行は次のページにも出る():
    tables = opened().tables
    assert len(tables) == 9
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_列の幅は紙の幅にそろう():
    for table in opened().tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) == 14797
        assert all(width > 300 for width in widths)


def test_用紙は横向きのA4():
    section = opened().sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert "PAGE" in etree.tostring(section.footer._element, encoding="unicode")


def test_和文の書体が決まっている():
    styles = opened().styles.element
    fonts = styles.findall(f".//{qn('w:rFonts')}")
    assert (
        styles.find(f".//{qn('w:docDefaults')}").find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
    )
    assert sum(font.get(qn("w:eastAsia")) == "BIZ UDPゴシック" for font in fonts) >= 5


def test_年をまたぐ指標のセルは縦につながる():
    table = next(t for t in opened().tables if t.cell(0, 1).text == "指標名")
    assert table.cell(1, 1)._tc is table.cell(5, 1)._tc
    assert table.cell(6, 1).text == "会員企業数"


def test_作った人と日時を残さない():
    properties = opened().core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.year == properties.modified.year == 2000
    with zipfile.ZipFile(io.BytesIO(docx.write(pagesample.report()))) as package:
        names = package.namelist()
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_目次の行き先がすべてある():
    body = opened().element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= marks


def test_印付けの字は字のまま():
    report = Report(
        projects=(Project(name=Said(text="<w:p>&amp;"), indicators=(Indicator(unit="]]>"),)),)
    )
    text = [
        cell.text for table in opened(report).tables for row in table.rows for cell in row.cells
    ]
    assert "<w:p>&amp;" in text
    assert "]]>" in text


def test_spellings_that_xml_cannot_hold_are_shown_as_such():
    odd = Unread(code="cell", raw="前\0\x0b\x1b[2J\ufffe後")
    written = docx.write(Report(unread=(odd,)))
    assert "前� �[2J�後" in "".join(p.text for p in word.Document(io.BytesIO(written)).paragraphs)

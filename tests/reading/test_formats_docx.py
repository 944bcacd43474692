"""Word documents: tables and rows as python-docx counts them, text as its paragraphs join."""

import io

import docx as word
import pytest
from formats_samples import document, sample_docx, saved
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.report import Place
from sosei.reading.formats import docx, open_document
from sosei.reading.formats.refusal import TooDeep, TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.grid import Grid


def read(body):
    return open_document(document(body), "a.docx")


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(content="<w:p/>", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def squeezed(text):
    return "".join(text.split())


def misplaced(data):
    """The words that python-docx does not find where their place says."""
    paper = word.Document(io.BytesIO(data))
    joined = "\n".join(p.text for p in paper.paragraphs)
    out = []
    for words in open_document(data, "a.docx").words():
        for place in words.places:
            if place.table is not None:
                cells = paper.tables[place.table - 1].rows[place.row - 1].cells
                there = "".join(c.text for c in cells)
            elif place.end == place.start:
                continue
            else:
                there = joined[place.start : place.end]
            if not any(squeezed(part) in squeezed(there) for part in words.text.split("\n")):
                out.append((words.text, there))
    return out


def test_headings_paragraphs_and_tables_in_order():
    document_ = open_document(sample_docx(), "a.docx")
    title, text, grid = document_.blocks
    assert (title.text, title.level) == ("事業実施結果報告", 1)
    assert text.level is None
    assert [[grid.text(r, c) for c in range(3)] for r in range(3)] == [
        ["事業名", "指標", "実績"],
        ["見本事業", "会員数", "33社"],
        ["見本事業", "来場者", "集計中"],
    ]
    assert grid.at(1, 0).rowspan == 2
    assert grid.at(1, 1).words.places == (Place(table=1, row=2, column=2),)
    assert misplaced(sample_docx()) == []


def test_offsets_count_the_joined_paragraphs():
    paper = word.Document()
    paper.add_paragraph("前")
    paper.add_paragraph("")
    paper.add_paragraph("実績は\t259,057 千円").add_run("です")
    data = saved(paper)
    line = open_document(data, "a.docx").lines[1]
    figure = line.words[line.text.index("259") :][:7]
    (place,) = figure.places
    joined = "\n".join(p.text for p in word.Document(io.BytesIO(data)).paragraphs)
    assert joined[place.start : place.end] == "259,057"
    assert misplaced(data) == []


def test_spans_in_both_directions_and_a_late_start():
    body = table(
        row(cell(paragraph("題"), '<w:gridSpan w:val="3"/>')),
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(paragraph("遅")) + "</w:tr>",
        row(
            cell(paragraph("甲"), '<w:vMerge w:val="restart"/>'),
            cell(paragraph("1")),
            cell(paragraph("2")),
        ),
        row(cell("<w:p/>", "<w:vMerge/>"), cell(paragraph("3")), cell(paragraph("4"))),
        row(cell(paragraph("乙")), cell(paragraph("5")), cell(paragraph("6"))),
    )
    (grid,) = read(body).grids
    assert [[grid.text(r, c) for c in range(3)] for r in range(5)] == [
        ["題", "題", "題"],
        ["", "遅", ""],
        ["甲", "1", "2"],
        ["甲", "3", "4"],
        ["乙", "5", "6"],
    ]


def test_a_merged_column_that_begins_nowhere_is_a_cell():
    (grid,) = read(table(row(cell(paragraph("続"), "<w:vMerge/>")))).grids
    assert grid.text(0, 0) == "続"


def test_the_rows_repeated_on_each_page_are_headers():
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell(paragraph("指標")) + "</w:tr>"
    (grid,) = read(table(head, row(cell(paragraph("値"))))).grids
    assert [c.header for c in grid.cells] == [True, False]


def test_nested_tables_have_no_number_of_their_own():
    inner = table(row(cell(paragraph("中"))))
    outer, nested, last = read(
        table(row(cell(paragraph("外") + inner + paragraph("後"))))
        + table(row(cell(paragraph("次"))))
    ).grids
    assert (outer.number, nested.number, last.number) == (1, None, 2)
    assert outer.text(0, 0) == "外\n後"
    assert nested.text(0, 0) == "中"


def test_deleted_text_and_field_codes_are_left_out_and_insertions_kept():
    body = (
        "<w:p><w:r><w:t>目標</w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>33</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>社</w:t></w:r></w:p>"
    )
    line = read(body).lines[0]
    assert line.text == "目標33社"
    assert [(r.place.start, r.place.end) for r in line.words.runs] == [(0, 2), (2, 2), (2, 3)]


def test_content_controls_hold_paragraphs_and_tables():
    body = f"<w:sdt><w:sdtContent>{paragraph('控')}{table(row(cell(paragraph('内'))))}</w:sdtContent></w:sdt>{paragraph('後')}"
    held, grid, after = read(body).blocks
    assert (held.text, after.text) == ("控", "後")
    assert isinstance(grid, Grid)
    assert grid.number is None
    assert after.words.places == (Place(start=0, end=1),)


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{paragraph('箱')}</w:txbxContent>"
    body = f"""<w:p><w:r><w:t>本文</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
    <mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    assert [(b.text, b.aside) for b in read(body).blocks] == [("本文", False), ("箱", True)]


def test_line_breaks_tabs_hyphens_and_page_breaks():
    body = "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:br w:type='page'/><w:noBreakHyphen/></w:r></w:p>"
    assert read(body).lines[0].text == "一\n二\t三-"
    assert misplaced(document(body)) == []


def test_list_items_and_titles_by_style():
    paper = word.Document()
    paper.add_heading("題", 0)
    paper.add_paragraph("項目", style="List Bullet")
    paper.add_heading("節", 2)
    assert [(b.level, b.item) for b in open_document(saved(paper), "a.docx").blocks] == [
        (1, False),
        (None, True),
        (2, False),
    ]


def test_styles_based_on_each_other_in_a_circle_end():
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BC", "CA")
    )
    more = {
        "word/styles.xml": f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{styles}</w:styles>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="x"><Relationship Id="a" Type="x/styles" Target="styles.xml"/></Relationships>',
    }
    body = "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>"
    assert open_document(document(body, more=more), "a.docx").lines[0].level is None


def test_an_outline_level_makes_a_heading():
    body = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>節</w:t></w:r></w:p>"
    assert read(body).lines[0].level == 2


def test_too_deep_too_wide_and_too_many_are_refused(monkeypatch):
    nested = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    monkeypatch.setattr(docx, "MAX_DEPTH", 50)
    with pytest.raises(TooDeep, match="E214"):
        read(nested)
    with pytest.raises(TooDeep, match="E214"):
        read("<w:p>" + "<w:r>" * 60 + "</w:r>" * 60 + "</w:p>")
    with pytest.raises(TooManyColumns, match="E213"):
        read(table(row(*[cell()] * 1_001)))
    monkeypatch.setattr(docx, "MAX_CELLS", 5)
    with pytest.raises(TooManyCells, match="E212"):
        read(table(row(*[cell()] * 6)))
    monkeypatch.setattr(docx, "MAX_LINES", 5)
    with pytest.raises(TooManyLines, match="E211"):
        read(paragraph("文") * 8)


TEXT = st.text(st.sampled_from("あ1 \t\nA"), max_size=5)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.one_of(TEXT, st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=3)),
        max_size=5,
    )
)
def test_what_python_docx_writes_stands_where_it_says(parts):
    paper = word.Document()
    for part in parts:
        if isinstance(part, str):
            paper.add_paragraph(part)
        else:
            made = paper.add_table(len(part), 2)
            for r, texts in enumerate(part):
                for c, text in enumerate(texts):
                    made.cell(r, c).text = text
    data = saved(paper)
    assert misplaced(data) == []
    said = [block.text for block in open_document(data, "a.docx").lines]
    assert said == [t for part in parts if isinstance(part, str) and (t := part.strip())]


def test_the_reference_documents_stand_where_they_say(shared):
    files = [*sorted(shared.glob("cases/*/input.docx")), shared / "real/033.docx"]
    assert len(files) > 3
    for file in files:
        assert misplaced(file.read_bytes()) == [], file

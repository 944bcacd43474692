"""Pages: tables numbered as XPath numbers them, lines with offsets, and no fall over careless HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as judge

from sosei.core.report import Source
from sosei.reading.formats import html, open_document
from sosei.reading.formats.refusal import OtherFormat, TooDeep, TooManyCells, TooManyColumns
from sosei.reading.grid import Grid, Line

SOURCE = Source(id="s1", name="a.html", sha256="0" * 64, format="html")


def read(page):
    return html.read(page, SOURCE)


def texts(grid):
    return [[grid.text(r, c) for c in range(grid.columns)] for r in range(grid.rows)]


def trees(page):
    return judge.fromstring(page.encode(), parser=judge.HTMLParser(encoding="utf-8")).xpath(
        "//table"
    )


def squeezed(text):
    return "".join(text.split())


def misplaced(page):
    """The cells whose words an XPath engine does not find in the row that their place names."""
    tables = trees(page)
    out = []
    for cell in (cell for grid in read(page).grids for cell in grid.cells):
        (place,) = cell.words.places
        if place.table is None:
            there = page[place.start : place.end]
        else:
            row = tables[place.table - 1].xpath(".//tr")[place.row - 1]
            there = "".join(row.itertext())
        parts = [squeezed(line) for line in cell.text.split("\n")]
        out += [p for p in parts if p not in squeezed(there)]
    return out


def test_headings_paragraphs_and_items_are_lines():
    page = "<h1>題</h1><p>本文<br>次</p><ul><li>一</li><li>二</ul><h3>節</h3>"
    assert [(b.text, b.level, b.item) for b in read(page).blocks] == [
        ("題", 1, False),
        ("本文\n次", None, False),
        ("一", None, True),
        ("二", None, True),
        ("節", 3, False),
    ]


def test_text_outside_tables_has_its_offsets():
    page = "<html><body>\n<p>令和3年度 <b>実績</b>報告</p></body></html>"
    words = read(page).lines[0].words
    assert words.text == "令和3年度 実績報告"
    assert [page[p.start : p.end] for p in words.places] == ["令和3年度 ", "実績", "報告"]


def test_navigation_footer_title_and_hidden_parts_are_kept_aside():
    page = (
        "<title>市</title><nav><div>入口</div></nav><div hidden><div>隠</div>も</div>"
        '<p style="display:none">無</p><p>本文</p><footer>連絡先</footer>'
    )
    assert [(b.text, b.aside) for b in read(page).blocks] == [
        ("市", True),
        ("入口", True),
        ("隠", True),
        ("も", True),
        ("無", True),
        ("本文", False),
        ("連絡先", True),
    ]


def test_comments_scripts_and_styles_show_nothing():
    page = "<!-- <table> --><script>if (a<b) '<tr>'</script><style>p{}</style><p>値</p>"
    assert [b.text for b in read(page).blocks] == ["値"]


def test_spans_headers_and_captions():
    page = (
        "<table><caption>表1 <b>指標</b> <i>値</i></caption><tr><th rowspan=2>事業</th><th colspan='2'>令和3年度</th></tr>"
        "<tr><th>目標</th><th>実績</th></tr><tr><td>甲</td><td>5</td><td>0</td></tr></table>"
    )
    (grid,) = read(page).grids
    assert grid.name.text == "表1 指標 値"
    assert texts(grid) == [
        ["事業", "令和3年度", "令和3年度"],
        ["事業", "目標", "実績"],
        ["甲", "5", "0"],
    ]
    assert [cell.header for cell in grid.row(1)] == [True] * 3
    assert grid.at(2, 1).words.places[0].row == 3
    there = "".join(page[p.start : p.end] for p in grid.name.places)
    assert there == "表1 指標 値"


def test_rowspan_zero_reaches_to_the_end_of_the_table():
    page = "<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>"
    assert texts(read(page).grids[0]) == [["甲", "1"], ["甲", "2"], ["甲", "3"]]


def test_a_cell_is_lines_and_source_line_breaks_are_spaces_or_nothing():
    page = "<table><tr><td><p>地域\n再生</p><ul><li>一 &amp; 二<li>AI\nIoT</ul></td></tr></table>"
    assert read(page).grids[0].text(0, 0) == "地域再生\n一 & 二\nAI IoT"


def test_nested_tables_keep_their_own_numbers_and_their_words():
    page = (
        "<table><tr><td>外<table><tr><td>中1</td></tr><tr><td>中2</td></tr></table>後</td></tr>"
        "<tr><td>次</td></tr></table><table><tr><td>別</td></tr></table>"
    )
    outer, inner, other = read(page).grids
    assert (outer.number, inner.number, other.number) == (1, 2, 3)
    assert outer.text(0, 0) == "外\n後"
    assert texts(inner) == [["中1"], ["中2"]]
    assert outer.at(1, 0).words.places[0].row == 4
    assert misplaced(page) == []


def test_cells_without_row_stand_by_their_offsets():
    page = "<table><td>甲</td><td>乙</td></table>"
    (place,) = read(page).grids[0].at(0, 1).words.places
    assert place.table is None
    assert "乙" in page[place.start : place.end]


def test_hidden_rows_and_cells_are_marked():
    page = "<table><tr hidden><td>1</td></tr><tr><td style='display: none'>2</td><td>3</td></tr></table>"
    assert {c.text: c.hidden for c in read(page).grids[0].cells} == {
        "1": True,
        "2": True,
        "3": False,
    }


def test_readings_above_characters_are_left_out():
    assert (
        read("<p><ruby>盛岡<rp>(</rp><rt>もりおか</rt><rp>)</rp></ruby>市</p>").lines[0].text
        == "盛岡市"
    )


def test_quotes_with_brackets_in_attributes():
    page = "<table><tr><td title=\"a > b\">5</td><td data-x='<td>'>6</td></tr></table>"
    assert texts(read(page).grids[0]) == [["5", "6"]]


def test_preformatted_text_keeps_its_lines():
    assert read("<pre>一\n 二</pre>").lines[0].text == "一\n 二"


def test_unended_tags_and_brackets_are_text():
    assert "5 < 6" in read("<p>5 < 6</p>").lines[0].text
    assert read("<p>前</p><td 後").lines[-1].text == "<td 後"


@pytest.mark.parametrize("span", ["1000", "999999999", "-1", "x", "0"])
def test_a_span_claims_no_more_than_the_table_has(span):
    page = f"<table><tr><td colspan={span}>題</td></tr><tr><td rowspan={span}>1<td>2</tr></table>"
    (grid,) = read(page).grids
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 2, 3)


def test_a_column_beyond_a_gigantic_span_is_refused():
    with pytest.raises(TooManyColumns, match="E213"):
        read("<table><tr><td colspan=99999>題</td><td>1</td></tr></table>")


def test_spans_over_millions_of_places_are_left_out_and_said_so(monkeypatch):
    monkeypatch.setattr(html, "MAX_COVERED", 50)
    page = "<table>" + "<tr><td rowspan=9 colspan=9>大</td></tr><tr></tr>" * 9 + "</table>"
    document = read(page)
    assert {note.code for note in document.unread} == {"spans-cut"}


def test_ten_thousand_columns_many_cells_and_deep_nesting_are_refused(monkeypatch):
    with pytest.raises(TooManyColumns, match="E213"):
        read("<table><tr>" + "<td>1" * 10_000)
    with pytest.raises(TooDeep, match="E214"):
        read("<table><tr><td>" * 100_000)
    monkeypatch.setattr(html, "MAX_CELLS", 10)
    with pytest.raises(TooManyCells, match="E212"):
        read("<table>" + "<tr><td>1" * 11)


def test_a_hundred_thousand_open_elements_are_no_recursion():
    assert read("<div>" * 100_000 + "値").lines[0].text == "値"


TAG_SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "</tr>",
                "<td>",
                "</td>",
                "<th>",
                "</th>",
                "<tbody>",
                "</tbody>",
                "<p>",
                "</p>",
                "<br>",
                "<b>",
                "</b>",
                "<ul>",
                "<li>",
                "</ul>",
                "<h2>",
                "</h2>",
                "<!--x-->",
                "<caption>",
                "</caption>",
                "<nav>",
                "</nav>",
                "<td\trowspan=2>",
                "<td\tcolspan='3'>",
            ]
        ),
        st.integers(0, 99).map("語{}終".format),
    ),
    max_size=25,
)


@given(TAG_SOUP)
def test_any_soup_is_read_and_offsets_lie_in_it(parts):
    page = "".join(parts)
    for words in read(page).words():
        assert sum(run.length for run in words.runs) == len(words.text)
        for place in words.places:
            assert place.table is not None or 0 <= place.start <= place.end <= len(page)


@given(TAG_SOUP)
def test_no_word_is_lost(parts):
    page = "".join(parts)
    document = read(page)
    said = [w.text for w in document.words()] + [g.name.text for g in document.grids]
    for part in parts:
        if part.startswith("語"):
            assert any(part in text for text in said)


WELL_FORMED = st.recursive(
    st.integers(0, 99).map("値{}終".format),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda xs: "".join(f"<p>{x}</p>" for x in xs)),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(
            lambda rows: (
                "<table>"
                + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
                + "</table>"
            )
        ),
    ),
    max_leaves=12,
)


@given(WELL_FORMED)
def test_rows_are_numbered_as_xpath_numbers_them(inner):
    page = f"<html><body><div>{inner}</div></body></html>"
    assert misplaced(page) == []
    assert len(read(page).grids) == len(trees(page) if "<table>" in page else [])


def test_tables_without_end_tags_are_numbered_alike():
    page = "<html><body><table><tr><td>1<td>2<tr><th>3<td>4</table><p>間<table><tbody><tr><td>5</table>"
    assert misplaced(page) == []
    assert [texts(g) for g in read(page).grids] == [[["1", "2"], ["3", "4"]], [["5"]]]


def test_the_reference_pages_stand_where_they_say(shared):
    pages = sorted(shared.glob("cases/*/input.html"))
    assert pages
    for page in pages:
        decoded = page.read_text()
        assert misplaced(decoded) == []
        document = open_document(page.read_bytes(), page.name)
        assert all(isinstance(block, (Grid, Line)) for block in document.blocks)
        for line in document.lines:
            there = "".join(decoded[p.start : p.end] for p in line.words.places)
            assert squeezed(line.text) == squeezed(there.replace("&gt;", ">").replace("&amp;", "&"))


PIECE = "<table><tr><td>事業名</td><td>1</td></tr></table>"
PAGE = f"<html><head><title>a</title></head><body>{PIECE}</body></html>"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    "page",
    [
        f'{DECLARED}\n<?xml-stylesheet type="text/css" href="a.css"?>\n<!DOCTYPE html>{PAGE}',
        f'{DECLARED}<?xml-stylesheet href="a.css"?>{PAGE}',
        f"{DECLARED}<!-- {'長' * 3_000} -->\n{PAGE}",
        f"<!-- {'長' * 3_000} --><!-- svg -->{PAGE}",
        f"{DECLARED}<!DOCTYPE html [<!ENTITY a 'b>c'>]>{PAGE}",
        f'\ufeff{DECLARED}<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">{PAGE}',
        f"{DECLARED}{PIECE}",
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.xls", "a.txt"])
def test_a_declared_page_is_a_page_whatever_stands_before_it(page, name):
    document = open_document(page.encode(), name)
    assert document.sources[0].format == "html"
    assert texts(document.grids[0]) == [["事業名", "1"]]


@pytest.mark.parametrize("root", ["Workbook", "x:table", "tables", "rss"])
def test_declared_data_is_no_page(root):
    page = f'{DECLARED}<?xml-stylesheet href="a.css"?><!-- <html> --><{root}>{PIECE}</{root}>'
    with pytest.raises(OtherFormat):
        open_document(page.encode(), "a.html")

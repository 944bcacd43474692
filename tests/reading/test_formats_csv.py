"""CSV as offices publish it."""

import csv as standard
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import Source
from sosei.reading.formats import csv, open_document
from sosei.reading.formats.refusal import TooManyColumns, TooManyLines

SOURCE = Source(id="s1", name="a.csv", sha256="0" * 64, format="csv")


def rows_of(decoded):
    (grid,) = csv.read(decoded, SOURCE).blocks
    width = [max(c.column for c in grid.cells if c.row == r) + 1 for r in range(grid.rows)]
    return [[grid.text(r, c) for c in range(width[r])] for r in range(grid.rows)]


def test_quotes_hold_commas_line_breaks_and_quotes():
    decoded = '事業名,説明\r\n見本事業,"一行目\r\n二行目, ""引用"""\r\n'
    assert rows_of(decoded) == [["事業名", "説明"], ["見本事業", '一行目\r\n二行目, "引用"']]


def test_a_quoted_cell_knows_the_offsets_of_its_words():
    decoded = 'a,"x ""y"" z"\n'
    cell = csv.read(decoded, SOURCE).grids[0].at(0, 1)
    (place,) = cell.words[cell.text.index("z") :].places
    assert decoded[place.start : place.end] == "z"


def test_title_rows_and_ragged_rows_stay():
    assert rows_of("令和3年度\n\n事業名,指標,値\nA,B\n") == [
        ["令和3年度"],
        [""],
        ["事業名", "指標", "値"],
        ["A", "B"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_encodings_and_tabs_under_the_name_csv(encoding):
    decoded = "事業名\t指標\r\n見本,事業\t5\r\n"
    document = open_document(decoded.encode(encoding), "一覧.csv")
    assert document.source.format == "csv"
    assert document.grids[0].text(1, 0) == "見本,事業"
    assert document.grids[0].text(1, 1) == "5"


def test_mark_up_in_cells_is_text():
    assert rows_of("<b>,&amp;\n") == [["<b>", "&amp;"]]


def test_a_last_empty_cell_counts_with_and_without_line_end():
    assert rows_of("a,b,") == rows_of("a,b,\n") == [["a", "b", ""]]


def test_an_open_quote_is_read_to_the_end_and_noted():
    document = csv.read('a,"b\nc,d\n', SOURCE)
    assert document.grids[0].text(0, 1) == "b\nc,d"
    (note,) = document.unread
    assert note.code == "quote-open"
    assert note.place[0].start == 2


def test_ten_thousand_columns_and_a_million_lines_are_refused():
    with pytest.raises(TooManyColumns, match="E213"):
        csv.read(",".join("1" * 10_000), SOURCE)
    with pytest.raises(TooManyLines, match="E211"):
        csv.read("1\n" * 400_001, SOURCE)


def test_without_suffix_a_table_of_commas_is_recognised():
    document = open_document("名称,値,単位\n甲,1,件\n乙,2,人\n".encode(), "download")
    assert (document.source.format, document.grids[0].columns) == ("csv", 3)


CELL = st.text(st.sampled_from('あ1,"\n;x'), max_size=5)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=4))
def test_what_the_standard_library_writes_is_read(rows):
    out = io.StringIO()
    standard.writer(out, quoting=standard.QUOTE_ALL).writerows(rows)
    if csv.delimiter_of(out.getvalue()) == ",":
        assert rows_of(out.getvalue()) == [[cell.strip() for cell in row] for row in rows]


@given(st.text(st.sampled_from('あ1,"\n\r\t;'), max_size=40))
def test_any_text_is_one_table_whose_cells_stand_where_they_say(decoded):
    document = csv.read(decoded, SOURCE)
    for cell in document.grids[0].cells:
        for run in cell.words.runs:
            assert decoded[run.place.start : run.place.end] == cell.text or len(cell.words.runs) > 1

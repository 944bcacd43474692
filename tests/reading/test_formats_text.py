"""Text and tab-separated text with pieces of HTML in its cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import Source
from sosei.reading.formats import open_document, text
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.grid import Grid, Line

SOURCE = Source(id="s1", name="a.txt", sha256="0" * 64, format="text")
CARD = (
    "\n【交付金を活用した事業】\n\n交付金名称\t推進交付金\t\t\n"
    "事業の名称\t実施内容\t実績（KPI等）\t備考\n"
    "見本 事業(観光課)\t<p>・調査した。</p> <p>① 委託 10,010 千円</p>\t<ul><li>会員 33 社</li><li>A&amp;B 5件</li></ul>\t期間 R1～R3\n"
    "\n参考 令和4年度\n"
)


def read(decoded):
    return text.read(decoded, SOURCE)


def test_lines_with_tabs_are_grids_and_the_others_lines():
    title, grid, note = read(CARD).blocks
    assert isinstance(title, Line)
    assert title.text == "【交付金を活用した事業】"
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.columns, grid.number) == (3, 4, 1)
    assert note.text == "参考 令和4年度"


def test_paragraphs_and_items_are_lines_of_the_cell():
    grid = read(CARD).grids[0]
    assert grid.text(2, 1) == "・調査した。\n① 委託 10,010 千円"
    assert grid.text(2, 2) == "会員 33 社\nA&B 5件"


def test_every_word_of_a_cell_knows_its_offsets():
    cell = read(CARD).grids[0].at(2, 1)
    figure = cell.words[cell.text.index("10,010") :][:6]
    (place,) = figure.places
    assert CARD[place.start : place.end] == "10,010"
    assert [CARD[p.start : p.end] for p in cell.words.places] == [
        "・調査した。",
        "① 委託 10,010 千円",
    ]


def test_an_entity_is_one_character_with_its_whole_spelling_as_place():
    cell = read(CARD).grids[0].at(2, 2)
    at = cell.text.index("&")
    (place,) = cell.words[at : at + 1].places
    assert CARD[place.start : place.end] == "&amp;"


def test_blank_cells_are_cells_with_a_place():
    cell = read(CARD).grids[0].at(0, 2)
    assert not cell.words
    assert cell.words.places[0].start == cell.words.places[0].end


def test_brackets_that_are_no_tags_are_text():
    assert read("費用\t（0）/31,000/<31,000>\n").grids[0].text(0, 1) == "（0）/31,000/<31,000>"
    assert read("a < b かつ b > c").lines[0].text == "a < b かつ b > c"


def test_escaped_brackets_are_the_words_themselves():
    assert read("名称\t&lt;b&gt;太字&lt;/b&gt;").grids[0].text(0, 1) == "<b>太字</b>"
    assert read("&amp;lt;").lines[0].text == "&lt;"


def test_an_open_list_and_its_attributes_leave_only_words():
    decoded = '内容\t<ul style="list-style-type: none"> ・設置した。 <br>・推進した。\n'
    assert read(decoded).grids[0].text(0, 1) == "・設置した。\n・推進した。"


def test_a_copied_cell_with_line_break_and_quotes_is_one_cell():
    decoded = '名称\t"一行目\n二行目 ""引用"""\t5\n次\t6\n'
    grid = read(decoded).grids[0]
    assert grid.text(0, 1) == '一行目\n二行目 "引用"'
    assert grid.text(0, 2) == "5"
    assert grid.text(1, 1) == "6"
    cell = grid.at(0, 1)
    (place,) = cell.words[cell.text.index("引") :][:2].places
    assert decoded[place.start : place.end] == "引用"


def test_a_quotation_mark_in_passing_is_text():
    assert read('"引用"と言う\t5').grids[0].text(0, 0) == '"引用"と言う'
    assert read('"単独\t5').grids[0].text(0, 0) == '"単独'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end):
    document = read(f"題{end}a\tb{end}c\td{end}")
    assert [type(block) for block in document.blocks] == [Line, Grid]
    assert document.grids[0].rows == 2


def test_a_line_without_tabs_ends_a_table():
    document = read("a\tb\n単位：千円\nc\td\n")
    assert [grid.number for grid in document.grids] == [1, 2]


def test_too_many_lines_columns_and_cells_are_refused(monkeypatch):
    with pytest.raises(TooManyLines, match="E211"):
        read("行\n" * 50_001)
    with pytest.raises(TooManyColumns, match="E213"):
        read("\t".join("あ" * 10_000))
    monkeypatch.setattr(text, "MAX_CELLS", 5)
    with pytest.raises(TooManyCells, match="E212"):
        read("a\tb\n" * 3)


FREE = st.text(st.sampled_from('あ1 \t\n\r<>&;"/p lib=#x'), max_size=60)


@given(FREE)
def test_any_text_is_read_and_every_run_lies_in_it(decoded):
    document = read(decoded)
    for words in document.words():
        assert sum(run.length for run in words.runs) == len(words.text)
        for run in words.runs:
            assert 0 <= run.place.start <= run.place.end <= len(decoded)
            assert not run.exact or run.place.end - run.place.start == run.length


@given(st.text(st.sampled_from("あい12 \t\n"), max_size=60))
def test_text_without_mark_up_loses_nothing(decoded):
    kept = "".join(words.text for words in read(decoded).words())
    assert "".join(kept.split()) == "".join(decoded.split())


def test_the_seed_has_four_tables_under_its_heading(shared):
    data = (shared / "seed/morioka-r3.txt").read_bytes()
    decoded = data.decode()
    document = open_document(data, "morioka-r3.txt")
    assert [(g.rows, g.columns) for g in document.grids] == [(3, 4)] * 4
    for words in document.words():
        for run in words.runs:
            if run.exact and run.place.end - run.place.start == run.length > 1:
                assert decoded[run.place.start : run.place.end] in words.text

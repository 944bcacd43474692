"""Words keep their places through slicing, stripping, splitting and joining; grids answer for merged cells."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import Place, Source
from sosei.reading.grid import Cell, Document, Grid, Line, Run, Words

TEXTS = st.text(alphabet="あ1 \n\u3000,", max_size=12)
PIECES = st.lists(st.tuples(st.text("あい12 ", max_size=6), st.integers(0, 3)), max_size=5)


def laid_out(pieces):
    """Words over a source text in which each piece is followed by so many characters of mark-up."""
    source, runs, text = "", [], ""
    for piece, gap in pieces:
        if piece:
            place = Place(start=len(source), end=len(source) + len(piece))
            runs.append(Run(len(piece), place, exact=True))
        source += piece + "<" * gap
        text += piece
    return source, Words(text, tuple(runs))


@given(PIECES, st.integers(0, 30), st.integers(0, 30))
def test_a_slice_of_exact_words_stands_where_its_characters_stand(pieces, first, last):
    source, words = laid_out(pieces)
    cut = words[first:last]
    assert cut.text == words.text[first:last]
    assert "".join(source[r.place.start : r.place.end] for r in cut.runs) == cut.text


@given(PIECES)
def test_the_places_of_words_hold_all_their_characters(pieces):
    source, words = laid_out(pieces)
    there = "".join(source[p.start : p.end] for p in words.places)
    assert there.replace("<", "") == words.text


@given(PIECES)
def test_stripping_and_splitting_keep_places(pieces):
    source, words = laid_out(pieces)
    for part in (words.strip(), *words.split(re.compile(" "))):
        assert "".join(source[r.place.start : r.place.end] for r in part.runs) == part.text


@given(st.lists(TEXTS, max_size=4))
def test_runs_are_as_long_as_the_text(texts):
    parts = [Words.at(text, Place(table=1, row=n)) for n, text in enumerate(texts, 1)]
    joined = Words.joined(parts, "\n")
    assert joined.text == "\n".join(texts)
    assert sum(run.length for run in joined.runs) == len(joined.text)


def test_a_blank_stands_somewhere_too():
    blank = Words.at("", Place(sheet="様式", range="C4"))
    assert not blank
    assert blank.strip().places == (Place(sheet="様式", range="C4"),)
    assert Words.at("  ", Place(start=3, end=5), exact=True).strip().places[0].start in (3, 5)


def test_a_group_that_took_no_part_is_empty():
    words = Words.at("10人", Place(start=0, end=3), exact=True)
    found = re.match(r"(\d+)(件)?(人)", words.text)
    assert words.group(found, 2) == Words()
    assert words.group(found, 1).places == (Place(start=0, end=2),)
    assert words.group(found, 3).said().place == (Place(start=2, end=3),)


def test_said_keeps_raw_where_the_words_were_understood_otherwise():
    words = Words.at("地域再生\n計画", Place(start=0, end=7), exact=True)
    said = words.said()
    assert (said.text, said.raw) == ("地域再生計画", "地域再生\n計画")
    assert Words.at("計画", Place()).said().raw is None
    assert Words.at(" ", Place()).said() is None


def test_a_merged_cell_answers_at_every_place_it_covers():
    wide = Cell(0, 0, Words.at("事業", Place(row=1)), rowspan=2, colspan=2)
    beside = Cell(0, 2, Words.at("指標", Place(row=1)))
    grid = Grid(2, 3, (wide, beside))
    assert grid.at(1, 1) is wide
    assert grid.at(1, 2) is None
    assert grid.row(0) == (wide, beside)
    assert grid.row(1) == (wide,)
    assert (grid.text(1, 0), grid.text(1, 2)) == ("事業", "")


def test_a_document_lists_nested_tables_after_the_one_that_holds_them():
    inner = Grid(1, 1, (Cell(0, 0, Words.at("中", Place(row=1))),))
    outer = Grid(1, 1, (Cell(0, 0, Words.at("外", Place(row=1))),), nested=(inner,))
    line = Line(Words.at("前", Place(start=0, end=1)))
    document = Document(Source(id="s1", name="a", sha256="0" * 64, format="html"), (line, outer))
    assert document.grids == [outer, inner]
    assert document.lines == [line]
    assert [w.text for w in document.words()] == ["前", "外", "中"]

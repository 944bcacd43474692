"""公表されたPDF. Files as municipalities published them: nothing falls, no text is lost, every place bears its words out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from sosei.core.report import Place
from sosei.reading import open_document, read
from sosei.reading.grid import Document, Grid, Words

pytestmark = pytest.mark.shared
#: Headers that a table repeats on each page are read once; the lists of clinics repeat long ones.
MOST_REPEATED = 0.08
FILES = [*(f"real/{n:03}.pdf" for n in (2, 3, 4, 5, 7, 8, 9, *range(25, 37), *range(38, 43), 47, 48, 49, 50)),
         *(f"cases/case{n:02}/input.pdf" for n in (1, 4, 9, 11, 22, 23, 28, 32, 33, 35, 38, 40, 46, 51, 52, 70, 75))]  # fmt: skip


def folded(text: str) -> str:
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", text)
        if not c.isspace() and ord(c) > 32 and c not in "\ufffe\u200b"
    )


def opened(file: Path) -> Document:
    document = open_document(file.read_bytes(), file.name)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", FILES)
def test_頁の文字は失われない(shared: Path, name: str) -> None:
    document = opened(shared / name)
    layer = Counter(
        folded(
            "".join(
                page.get_textpage().get_text_range()
                for page in pypdfium2.PdfDocument(shared / name)
            )
        )
    )
    read_here = Counter(folded("".join(words.text for words in document.words())))
    read_here += Counter(folded("".join(note.raw for note in document.unread)))
    lost = layer - read_here
    assert sum(lost.values()) <= MOST_REPEATED * sum(layer.values()), lost.most_common(10)
    assert not {c for c in lost if c not in read_here}


@pytest.mark.parametrize("name", FILES)
def test_どの語も言う場所にある(shared: Path, name: str) -> None:
    pages = Pages(shared / name)
    said = (
        block
        for block in opened(shared / name).blocks
        if isinstance(block, Grid) or not block.aside
    )
    wrong = [
        (words.text, words.places)
        for block in said
        for words in (words_in(block) if isinstance(block, Grid) else [block.words])
        if words and folded(words.text) not in folded("".join(pages.at(p) for p in words.places))
    ]
    assert len(wrong) <= DOUBLED.get(name, 0), wrong[:5]


#: Cells whose type is drawn again without its number: PDFium reads both, we once.
DOUBLED = {"real/002.pdf": 3}


def words_in(grid: Grid) -> list[Words]:
    return [cell.words for each in grid.with_nested() for cell in each.cells]


class Pages:
    """What PDFium says stands in a box, a page's text opened once."""

    def __init__(self, file: Path) -> None:
        self.document = pypdfium2.PdfDocument(file)
        self.texts: dict[int, tuple[pypdfium2.PdfTextPage, float]] = {}

    def at(self, place: Place) -> str:
        """Return the text in a place."""
        assert place.page is not None
        assert place.box is not None
        if place.page not in self.texts:
            page = self.document[place.page - 1]
            self.texts[place.page] = (page.get_textpage(), page.get_height())
        text, high = self.texts[place.page]
        x0, top, x1, bottom = place.box
        said = str(text.get_text_bounded(x0 - 1, high - bottom - 1, x1 + 1, high - top + 1))
        # PDFium takes a hyphen at a line's end for one of a parted word.
        return said.replace("\ufffe", "-").replace("\x02", "-")


def test_決算や戦略の表は頁をまたいで一つになる(shared: Path) -> None:
    pages = {
        name: [
            sorted({p.page for c in grid.cells for p in c.words.places})
            for grid in opened(shared / "real" / name).grids
        ]
        for name in ("025.pdf", "031.pdf", "005.pdf", "034.pdf")
    }
    assert pages["025.pdf"] == [[1, 2, 3, 4, 5, 6, 7, 8]]
    assert pages["031.pdf"] == [[1, 2, 3, 4, 5, 6, 7]]
    assert pages["005.pdf"][-1] == [7, 8, 9, 10]
    assert [8, 9, 10] in pages["034.pdf"]


def test_回した頁の予算の表(shared: Path) -> None:
    [grid] = [
        g for g in opened(shared / "real/035.pdf").grids if g.cells[0].words.places[0].page == 4
    ]
    assert (grid.rows, grid.columns) == (18, 3)
    assert [grid.text(17, c) for c in (0, 2)] == ["歳入合計", "５，８２７，２５１"]


def test_吹き出しのある記載例の表(shared: Path) -> None:
    document = opened(shared / "real/050.pdf")
    assert "合計" in {folded(cell.text) for cell in document.grids[0].cells}
    assert any("支払証明書" in line.text for line in document.lines)


def test_画像の頁を言う(shared: Path) -> None:
    notes = opened(shared / "real/036.pdf").unread
    assert [(note.code, note.raw) for note in notes] == [("page-is-picture", "この頁は画像です")]


@pytest.mark.parametrize("number", [1, 9, 11, 22, 32, 38, 40, 52, 70, 75])
def test_同じ報告書は元のファイルと同じに読める(shared: Path, number: int) -> None:
    folder = shared / f"cases/case{number:02}"
    [twin] = [f for f in folder.glob("input.*") if f.suffix != ".pdf"]
    ours, theirs = (read(f.read_bytes(), f.name) for f in (folder / "input.pdf", twin))
    assert [p.name and folded(p.name.text) for p in ours.projects] == [
        p.name and folded(p.name.text) for p in theirs.projects
    ]
    assert [[i.name and folded(i.name.text) for i in p.indicators] for p in ours.projects] == [
        [i.name and folded(i.name.text) for i in p.indicators] for p in theirs.projects
    ]

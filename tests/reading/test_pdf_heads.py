"""表から離れた見出し. What heads a table apart from it is its first row; other words above it, and other tables, are not."""

from __future__ import annotations

from pdfpages import Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

HEAD = ["基本目標", "具体的な施策", "重要業績評価指標"]
BODY = [["高校の強化", "仕組みの強化", "訪問回数"], ["雇用の創出", "就農者の育成", "就業者数"]]
XS = even(60, 130, 3)


def found(page: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(page), "a.pdf"))


def strip(gap: float, xs: list[float]) -> Page:
    page = table(Page(), plain([HEAD]), xs, [100, 122])
    return table(page, plain(BODY), XS, even(122 + gap, 22, 2))


def above(words: list[str]) -> Page:
    page = table(Page(), plain(BODY), XS, even(122, 22, 2))
    for x, word in zip(XS, words, strict=False):
        page.text(x + 20, 108, word, 9)
    return page


def test_同じ列の見出しの帯は下の表の一行目である() -> None:
    [grid] = found(strip(9, XS))
    assert cells_of(grid) == want(plain([HEAD, *BODY]))


def test_離れた帯や列の違う帯は別の表である() -> None:
    assert [grid.rows for grid in found(strip(40, XS))] == [1, 2]
    assert [grid.rows for grid in found(strip(9, [60, 170, 320, 450]))] == [1, 2]


def test_帯と表の間に文があれば別の表である() -> None:
    page = strip(11, XS).text(64, 124, "１　村の振興", 7)
    assert [grid.rows for grid in found(page)] == [1, 2]


def test_どの列の上にも一つずつある言葉は表の一行目である() -> None:
    [grid] = found(above(HEAD))
    assert cells_of(grid) == want(plain([HEAD, *BODY]))


def test_一部の列の上だけの言葉や数の並びは表に入らない() -> None:
    for words in (["表１", "", "（単位：人）"], ["2024", "2025", "2026"]):
        [grid] = found(above(words))
        assert cells_of(grid) == want(plain(BODY))

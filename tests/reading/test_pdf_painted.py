"""色だけで描いた表. Cells that are painted make a table without a rule; bars, tiles and grounds of text do not."""

from __future__ import annotations

import pytest
from pdfpages import HIGH, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

ROWS = [["分野", "主な取組", "担当"], ["産業", "商店街の活性化を図る。", "商工課"], ["福祉", "見守りの体制を整える。", "福祉課"], ["教育", "読書の機会を広げる。", "学務課"]]  # fmt: skip
XS, YS = [60.0, 160.0, 380.0, 500.0], even(100, 24, 4)


def found(page: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(page), "a.pdf"))


def texts(page: Page) -> Page:
    for row, y in zip(ROWS, YS, strict=False):
        for x, text in zip(XS, row, strict=False):
            page.text(x + 5, y + 6, text, 9)
    return page


def cells(page: Page, *, gap: float = 0.0, every: int = 1) -> Page:
    for r in range(0, 4, every):
        for c in range(3):
            page.bar(XS[c] + gap, YS[r] + gap, XS[c + 1] - gap, YS[r + 1] - gap, grey=0.9 - 0.1 * (r % 2))  # fmt: skip
    return page


def white(page: Page) -> Page:
    for y in YS:
        page.draw(f"q 1 G 1 w {XS[0]} {HIGH - y} m {XS[-1]} {HIGH - y} l S Q")
    for x in XS:
        page.draw(f"q 1 G 1 w {x} {HIGH - YS[0]} m {x} {HIGH - YS[-1]} l S Q")
    return page


@pytest.mark.parametrize("gap", [0.0, 1.0])
@pytest.mark.parametrize("every", [1, 2])
def test_升ごとに塗れば罫がなくても表である(gap: float, every: int) -> None:
    [grid] = found(texts(cells(Page(), gap=gap, every=every)))
    assert cells_of(grid) == want(plain(ROWS))


def test_白い線で分けた塗りも表である() -> None:
    [grid] = found(texts(white(cells(Page()))))
    assert cells_of(grid) == want(plain(ROWS))


def test_行ごとに塗った帯も表である() -> None:
    page = Page()
    for r in range(4):
        page.bar(XS[0], YS[r], XS[-1], YS[r + 1], grey=0.9 - 0.1 * (r % 2))
    [grid] = found(texts(page))
    assert cells_of(grid) == want(plain(ROWS))


def test_見出しの帯や文の地は表ではない() -> None:
    page = Page()
    for n in range(3):
        y = 100 + 90 * n
        page.bar(60, y, 500, y + 20, grey=0.7).text(66, y + 4, f"{n + 1}　基本目標", 11)
        for k in range(4):
            page.bar(60, y + 24 + 16 * k, 500, y + 40 + 16 * k, grey=0.95)
            page.text(
                66, y + 26 + 16 * k, "地域の資源を生かした観光の振興に取り組み、交流を広げる。", 10
            )
    assert found(page) == []


def test_離れた色の札は表ではない() -> None:
    page = Page()
    for n in range(6):
        x, y = 60 + 150 * (n % 3), 100 + 60 * (n // 3)
        page.bar(x, y, x + 130, y + 44, grey=0.8).text(x + 10, y + 14, f"重点施策{n}", 10)
    assert found(page) == []


def test_罫のある表の塗りは罫を増やさない() -> None:
    page = cells(Page(), gap=3.0)
    [grid] = found(table(page, plain(ROWS), XS, YS))
    assert cells_of(grid) == want(plain(ROWS))


def test_塗っただけの見出しは罫のある表の一行目である() -> None:
    page = Page()
    for c in range(3):
        page.bar(XS[c], YS[0], XS[c + 1], YS[1], grey=0.8).text(XS[c] + 5, YS[0] + 2, ROWS[0][c], 8)
        page.text(XS[c] + 5, YS[0] + 13, "（令和）", 8)
    table(page, plain(ROWS[1:]), XS, YS[1:])
    [grid] = found(page)
    assert [cell.text for cell in grid.row(0)] == [f"{text}\n（令和）" for text in ROWS[0]]
    assert grid.rows == 4

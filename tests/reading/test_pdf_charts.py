"""図表の線は表の罫ではない. Charts drawn in lines, alone, framed and over a table of their figures."""

from __future__ import annotations

import pytest
from pdfpages import HIGH, Page, pdf_of

from sosei.reading.formats import open_document, pdf
from sosei.reading.grid import Grid

X0, X1, TOP, FOOT = 150.0, 400.0, 150.0, 270.0
YEARS = ("H24", "H25", "H26", "H27", "H28")
WIDE = (X1 - X0) / len(YEARS)


def path(*steps: str) -> str:
    return f"q 0.5 w {' '.join(steps)} S Q"


def levels(*ys: float, x0: float = X0, x1: float = X1) -> str:
    return path(*(f"{x0} {HIGH - y} m {x1} {HIGH - y} l" for y in ys))


def grid() -> str:
    return levels(*(TOP + n * 20 for n in range(7)))


def bars(page: Page) -> Page:
    boxes = (f"{X0 + 10 + n * WIDE} {HIGH - FOOT} 20 {40 + 9 * n} re" for n in range(len(YEARS)))
    return page.draw(f"q 0 0 1 rg {' '.join(boxes)} f Q")


def broken_line(page: Page) -> Page:
    steps = (f"{X0 + 20 + n * WIDE} {HIGH - 200 + 7 * (n % 2)}" for n in range(len(YEARS)))
    return page.draw(path(" l ".join(steps).replace(" l ", " m ", 1) + " l"))


def frame(page: Page) -> Page:
    return page.draw(path(f"{X0} {HIGH - FOOT} {X1 - X0} {FOOT - TOP} re"))


def figures(page: Page) -> Page:
    """Draw the figures below a chart, and its axis beside it."""
    xs = [X0 + n * WIDE for n in range(len(YEARS) + 1)]
    page.line(X0, 274, X1, 274)
    for y in (284, 298, 312):
        page.line(X0 - 40, y, X1, y)
    page.line(X0 - 40, 284, X0 - 40, 312)
    for x in xs:
        page.line(x, 274, x, 312)
    for n, year in enumerate(YEARS):
        page.text(X0 + n * WIDE + 15, 275, year, 8)
        page.text(X0 + n * WIDE + 12, 286, f"7{n}.91", 8).text(
            X0 + n * WIDE + 12, 300, f"7{n}.76", 8
        )
    page.text(X0 - 36, 286, "当該値", 8).text(X0 - 36, 300, "平均値", 8)
    for n in range(7):
        page.text(X0 - 30, TOP + n * 20 - 4, f"{90 - 5 * n}.00", 7)
    return page.text(230, 120, "①収益的収支比率(％)")


def found(page: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(page), "a.pdf"))


@pytest.mark.parametrize("over", [bars, broken_line, frame])
@pytest.mark.parametrize("framed", [False, True])
def test_図表の目盛りの線と枠は表に入らず_下の数値の表だけが残る(over, framed: bool) -> None:
    page = figures(over(Page().draw(grid())))
    if framed:
        page.draw(path(f"{X0 - 42} {HIGH - 330} {X1 - X0 + 60} 225 re"))
    (table,) = found(page)
    assert (table.rows, table.columns) == (3, 6)
    assert [cell.text for cell in table.row(1)] == ["当該値", *(f"7{n}.91" for n in range(5))]
    text = "".join(line.text for line in open_document(pdf_of(page), "a.pdf").words())
    assert "①収益的収支比率(％)" in text
    assert "90.00" in text
    assert "60.00" in text


def test_図表だけを並べた囲みは表ではない() -> None:
    page = figures(bars(Page().draw(grid())))
    page.draw(path("90 60 400 740 re", f"90 {HIGH - 400} m 490 {HIGH - 400} l"))
    page.text(200, 80, "１．経営の健全性").text(200, 410, "２．老朽化の状況")
    assert [(table.rows, table.columns) for table in found(page)] == [(3, 6)]


def test_表の横罫を一つの道で引き矢印が重なっても表である() -> None:
    page = Page().draw(grid())
    for x in (X0, 220, X1):
        page.line(x, TOP, x, FOOT)
    for n in range(6):
        page.text(X0 + 5, TOP + 4 + 20 * n, f"工程{n}")
    table, *rest = found(broken_line(page))
    assert (table.rows, table.columns, rest) == (6, 2, [])


def levels_apart(page: Page) -> Page:
    """Draw the grid line by line, as some programs do, with an axis and its marks."""
    for n in range(7):
        page.draw(levels(TOP + n * 20))
    for n in range(7):
        page.line(X0 - 4.3, TOP + n * 20, X0, TOP + n * 20)
    return page.line(X0, TOP, X0, FOOT)


def labels(page: Page) -> Page:
    for n in range(len(YEARS)):
        page.text(X0 + 10 + n * WIDE, FOOT - 52 - 9 * n, f"{800 + n}", 7)
    return page


def apart_bars(page: Page) -> Page:
    for n in range(len(YEARS)):
        page.bar(X0 + 10 + n * WIDE, FOOT - 40 - 9 * n, X0 + 30 + n * WIDE, FOOT, grey=0.5)
    return page


def hill(page: Page) -> Page:
    steps = (f"{X0 + n * WIDE} {HIGH - FOOT + 50 + 9 * (n % 3)}" for n in range(len(YEARS) + 1))
    return page.draw(f"q 0.7 g {X0} {HIGH - FOOT} m {' l '.join(steps)} l {X1} {HIGH - FOOT} l f Q")


def uprights(page: Page) -> Page:
    for n in range(len(YEARS) + 1):
        page.line(X0 + n * WIDE, TOP, X0 + n * WIDE, FOOT)
    return page


@pytest.mark.parametrize("over", [apart_bars, broken_line, hill])
@pytest.mark.parametrize("crossed", [False, True])
def test_一本ずつ引いた目盛りの上に数を書いた図も表ではない(over, crossed: bool) -> None:
    page = levels_apart(Page())
    if crossed:
        uprights(page)
    assert found(labels(over(page))) == []


def test_横向きの棒の図も表ではない() -> None:
    page = Page()
    for n in range(6):
        page.line(X0 + n * WIDE, TOP, X0 + n * WIDE, FOOT)
    page.line(X0, FOOT, X1, FOOT)
    for n in range(5):
        end = X0 + 70 + 23 * n
        page.bar(X0, TOP + 6 + 22 * n, end, TOP + 16 + 22 * n, grey=0.5)
        page.text(end + 4, TOP + 6 + 22 * n, f"{910 + n}", 8)
    assert found(page) == []


def test_升の中に棒を描いた表は表である() -> None:
    page = Page()
    xs, ys = [X0 + n * 80 for n in range(4)], [TOP + n * 24 for n in range(6)]
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    for n in range(5):
        page.text(xs[0] + 4, ys[n] + 6, f"事業{n}", 8).text(xs[2] + 4, ys[n] + 6, "済み", 8)
        page.bar(xs[1], ys[n] + 4, xs[1] + 30 + 9 * n, ys[n] + 18, grey=0.7)
        page.text(xs[1] + 4, ys[n] + 6, f"{30 + 9 * n}％", 8)
    [table] = found(page)
    assert (table.rows, table.columns) == (5, 3)


def test_軸と目盛りだけの図は表ではない() -> None:
    page = Page().line(X0, TOP, X0, FOOT)
    for n in range(6):
        page.line(X0 - 2, TOP + 24 * n, X0 + 2, TOP + 24 * n)
        page.text(X0 - 3, TOP + 24 * n - 8, f"{n}", 6)
    page.line(X0 - 2, TOP, X0 - 2, FOOT)
    assert found(page) == []

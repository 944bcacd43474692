"""工程表の矢印. Arrows over the months of a schedule part no row; what truly parts one still does."""

from __future__ import annotations

import pytest
from pdfpages import Box, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

XS = [60.0, 160.0, *(190.0 + 30 * n for n in range(12))]
YS = even(100, 24, 4)
ROWS = [["工程", *(f"{(n + 3) % 12 + 1}月" for n in range(12))], *([name, *[""] * 12] for name in ("調査", "設計", "工事"))]  # fmt: skip


def only(page: Page) -> Grid:
    [grid] = pdf.tables(pdf_of(page), "a.pdf")
    return grid


def head(page: Page, x: float, y: float, kind: str) -> Page:
    corners = f"{x - 6} {842 - y + 3} m {x} {842 - y} l {x - 6} {842 - y - 3} l"
    return page.draw(
        {"filled": f"q 0 g {corners} f Q", "open": f"q {corners} S Q", "none": ""}[kind]
    )


@pytest.mark.parametrize("kind", ["filled", "open", "none"])
@pytest.mark.parametrize(
    "arrows",
    [
        [(1, 175, 265)],
        [(1, 160, 250), (2, 250, 340), (3, 340, 520)],
        [(1, 160, 265), (1, 280, 340), (3, 205, 505)],
    ],
)
def test_月から月への矢印は行を分けない(arrows: list[tuple[int, float, float]], kind: str) -> None:
    page = table(Page(), plain(ROWS), XS, YS)
    for row, start, end in arrows:
        y = YS[row] + 12
        head(page.line(start, y, end, y), end, y, kind)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_上に言葉のある矢印も行を分けない() -> None:
    page = table(Page(), plain(ROWS), XS, YS).text(222, YS[2] + 2, "基本設計", 7)
    head(page.line(220, YS[2] + 14, 310, YS[2] + 14), 310, YS[2] + 14, "filled")
    grid = only(page)
    assert (grid.rows, grid.columns) == (4, 13)
    assert "基本設計" in "".join(cell.text for cell in grid.row(2))


def test_書き込むための空いた二段の欄は二段である() -> None:
    boxes = [Box(0, 0, "区分"), Box(0, 1, "内容"), Box(0, 2, "備考"), Box(1, 0, "計画", 2), Box(1, 1, ""), Box(2, 1, ""), Box(1, 2, "", 2)]  # fmt: skip
    page = table(Page(), boxes, [60, 160, 300, 400], even(100, 24, 3))
    assert cells_of(only(page)) == want(boxes)

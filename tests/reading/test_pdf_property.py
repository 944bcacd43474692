"""任意の表. Random tables with random merged cells, drawn as office programs draw them, come back cell by cell."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfpages import Box, Page, cells_of, even, pdf_of, table, want

from sosei.reading.formats import pdf

WORDS = st.sampled_from(
    ["", "観光", "移住者数", "集計中", "1,234", "▲56", "R3", "－", "①事業", "98.5%", "人", "A"]
)


@st.composite
def tables(draw: Callable) -> tuple[list[Box], list[float], list[float]]:
    """A grid of up to 8 by 8 squares, some of them merged to rectangles; each row and column begins some cell."""
    rows, columns = draw(st.integers(2, 8)), draw(st.integers(2, 8))
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            high, wide = draw(
                st.sampled_from([(1, 1)] * 6 + [(2, 1), (1, 2), (2, 2), (3, 1), (1, 3)])
            )
            squares = [(row + r, column + c) for r in range(high) for c in range(wide)]
            if any(r >= rows or c >= columns or (r, c) in taken for r, c in squares):
                high = wide = 1
                squares = [(row, column)]
            taken.update(squares)
            boxes.append(Box(row, column, draw(WORDS), high, wide))
    if {b.row for b in boxes} != set(range(rows)) or {b.column for b in boxes} != set(
        range(columns)
    ):
        boxes = [Box(r, c, draw(WORDS)) for r in range(rows) for c in range(columns)]
    if not any(box.text for box in boxes):
        boxes[0] = Box(0, 0, "見出し", boxes[0].rowspan, boxes[0].colspan)
    width = draw(st.floats(48, 65))
    return boxes, even(draw(st.floats(20, 60)), width, columns), even(draw(st.floats(40, 90)), draw(st.floats(14, 40)), rows)  # fmt: skip


@given(tables(), st.sampled_from(["rule", "line"]), st.sampled_from([0, 90, 180, 270]))
@settings(max_examples=60, deadline=None)
def test_どの結合の表もセルごとに戻る(drawn, ink: str, rotate: int) -> None:
    boxes, xs, ys = drawn
    page = table(Page(rotate=rotate), boxes, xs, ys, ink=ink)
    [grid] = pdf.tables(pdf_of(page), "a.pdf")
    assert cells_of(grid) == want(boxes)


@given(tables(), st.floats(0.4, 1.4), st.integers(0, 40))
@settings(max_examples=30, deadline=None)
def test_フォームの中で縮めた表も同じ(drawn, scale: float, by: int) -> None:
    boxes, xs, ys = drawn
    form = table(Page(), boxes, xs, ys)
    form.matrix = (scale, 0, 0, scale, by, by)
    page = Page(wide=1200, high=1300, forms={"F": form}).draw("/F Do")
    [grid] = pdf.tables(pdf_of(page), "a.pdf")
    assert cells_of(grid) == want(boxes)

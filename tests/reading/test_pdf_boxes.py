"""箱と線の図. Boxes that lines join, as charts of an office or of a procedure, are no table; tables among them still are."""

from __future__ import annotations

from pdfpages import HIGH, Box, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading import open_document
from sosei.reading.formats import pdf
from sosei.reading.grid import Grid


def found(page: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(page), "a.pdf"))


def lines(page: Page) -> list[str]:
    return [line.text for line in open_document(pdf_of(page), "a.pdf").lines]


def box(page: Page, x0: float, y0: float, x1: float, y1: float, text: str) -> Page:
    page.draw(f"q 0.5 w {x0} {HIGH - y1} {x1 - x0} {y1 - y0} re S Q")
    return page.text(x0 + 4, y0 + 4, text, 9)


def test_組織図は表ではなく_言葉は残る() -> None:
    page = box(Page(), 250, 100, 350, 120, "市長")
    page.line(300, 120, 300, 140).line(100, 140, 460, 140)
    names = ["市長"]
    for n in range(4):
        x = 60 + n * 120
        page.line(x + 40, 140, x + 40, 160).line(x + 10, 180, x + 10, 260)
        box(page, x, 160, x + 80, 180, f"{n}部")
        for m in range(3):
            y = 195 + m * 25
            page.line(x + 10, y + 8, x + 20, y + 8)
            box(page, x + 20, y, x + 90, y + 16, f"{n}{m}課")
        names += [f"{n}部", *(f"{n}{m}課" for m in range(3))]
    assert found(page) == []
    assert sorted(lines(page)) == sorted(names)


def test_手続きの流れ図は線の横に言葉があっても表ではない() -> None:
    page = Page()
    for n in range(4):
        y = 100 + n * 60
        box(page, 200, y, 400, y + 30, f"手続{n}")
        if n < 3:
            page.line(300, y + 30, 300, y + 60).text(305, y + 37, "審査", 8)
    assert found(page) == []
    assert len(lines(page)) == 7


def test_線でつないだ小さな表は一つずつの表である() -> None:
    page = Page()
    for n in range(4):
        x, y = 60 + (n % 2) * 260, 100 + (n // 2) * 150
        table(page, plain([[f"段階{n}"], [f"内容の説明{n}"]]), [x, x + 160], [y, y + 20, y + 70])
    page.line(220, 130, 320, 130).line(400, 170, 400, 250)
    page.line(220, 280, 320, 280).line(140, 170, 140, 250)
    assert [(grid.rows, grid.columns) for grid in found(page)] == [(2, 1)] * 4


def test_題の下が空いた様式も表である() -> None:
    boxes = []
    for n in range(3):
        boxes += [
            Box(2 * n, 0, f"{n + 1}　事業の目的", 1, 2),
            Box(2 * n + 1, 0, ""),
            Box(2 * n + 1, 1, ""),
        ]
    [grid] = found(table(Page(), boxes, even(60, 200, 2), even(100, 24, 6)))
    assert cells_of(grid) == want(boxes)


def test_言葉の少ない表も表である() -> None:
    boxes = [Box(0, 0, "", 2), Box(0, 1, "年度"), Box(0, 2, ""), Box(1, 1, ""), Box(1, 2, "備考"), Box(2, 0, "区分"), Box(2, 1, ""), Box(2, 2, "計")]  # fmt: skip
    page = table(Page(), boxes, even(60, 100, 3), even(100, 24, 3))
    [grid] = found(page)
    assert cells_of(grid) == want(boxes)

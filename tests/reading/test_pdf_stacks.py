"""重ねた表: tables of horizontal rules stacked over one width, with titles between them, rows open above, rows without rules."""

from __future__ import annotations

from collections.abc import Sequence

from pdfpages import Page, pdf_of

from sosei.reading.formats import pdf

LEFT, RIGHT = 60.0, 540.0
HIGH_ROW = 20.0


def grids(*pages: Page) -> list[list[list[str]]]:
    """The texts of every table, row by row."""
    return [
        [[grid.text(row, column) for column in range(grid.columns)] for row in range(grid.rows)]
        for grid in pdf.tables(pdf_of(*pages), "a.pdf")
    ]


def set_rows(page: Page, rows: Sequence[Sequence[str]], xs: Sequence[float], top: float) -> float:
    """Write rows between rules; figures end at the right of their column. Returns where the last rule lies."""
    page.line(LEFT, top, RIGHT, top)
    for row in rows:
        put(page, row, xs, top)
        top += HIGH_ROW
        page.line(LEFT, top, RIGHT, top)
    return top


def put(page: Page, row: Sequence[str], xs: Sequence[float], top: float) -> None:
    for at, words in enumerate(row):
        figure = words.replace(",", "").isdigit()
        end = xs[at + 1] - 8 - 9 * 0.5 * len(words) if figure else xs[at] + 4
        page.text(end, top + 5, words, 9)


MONEY = [
    ["区分", "予算額", "決算額"],
    ["総事業費", "24,680", "23,911"],
    ["うち交付金", "12,340", "11,955"],
]
KPIS = [
    ["指標", "単位", "目標", "実績"],
    ["来場者数", "人", "520", "548"],
    ["出店数", "店", "16", "14"],
]


def test_題を挟んで重なる表は別の表() -> None:
    page = Page()
    end = set_rows(page, MONEY, (60, 240, 400, 540), 100)
    page.text(64, end + 5, "【ＫＰＩの状況】", 9)
    set_rows(page, KPIS, (60, 200, 280, 410, 540), end + HIGH_ROW)
    assert grids(page) == [MONEY, KPIS]


def test_組の行は表を分けない() -> None:
    rows = [
        ["指標", "単位", "目標", "実績"],
        ["来場者数", "人", "520", "548"],
        ["１　ひと"],
        ["出店数", "店", "16", "14"],
        ["移住者数", "人", "30", "25"],
    ]
    page = Page()
    set_rows(page, rows, (60, 200, 280, 410, 540), 100)
    assert len(grids(page)) == 1


def test_三本の罫の間の行は罫がなくても行() -> None:
    page = Page()
    xs = (60, 200, 280, 410, 540)
    page.line(LEFT, 100, RIGHT, 100)
    put(page, KPIS[0], xs, 100)
    page.line(LEFT, 120, RIGHT, 120)
    put(page, KPIS[1], xs, 120)
    put(page, KPIS[2], xs, 136)
    page.line(LEFT, 156, RIGHT, 156)
    assert grids(page) == [KPIS]


def test_初めの行の上に罫がなくても表の行() -> None:
    page = Page()
    xs = (60, 200, 280, 410, 540)
    put(page, KPIS[0], xs, 100)
    top = 120.0
    for row in (*KPIS[1:], ["会員数", "人", "90", "95"]):
        page.line(LEFT, top, RIGHT, top)
        put(page, row, xs, top)
        top += HIGH_ROW
    page.line(LEFT, top, RIGHT, top)
    assert grids(page) == [[*KPIS, ["会員数", "人", "90", "95"]]]


def storeys(top: float = 100.0) -> Page:
    """Three rules; years over 目標 and 実績 in the head, with no rule between them."""
    page = Page()
    xs = [LEFT, 200.0, 280.0, 360.0, 440.0, RIGHT]
    for y in (top, top + 36):
        page.line(LEFT, y, RIGHT, y)
    page.text(xs[0] + 4, top + 5, "指標", 9)
    for at, year in ((1, "令和４年度"), (3, "令和５年度")):
        page.text(xs[at + 1] - 0.5 * 9 * len(year), top + 5, year, 9)
    for at, words in enumerate(["目標", "実績", "目標", "実績"], 1):
        page.text(xs[at + 1] - 8 - 9 * len(words), top + 21, words, 9)
    body = [
        ["創業件数", "120", "131", "140", "152"],
        ["移住者数", "300", "275", "400", "438"],
        ["来館者数", "900", "875", "950", "938"],
    ]
    for n, row in enumerate(body):
        put(page, row, xs, top + 36 + 20 * n)
        page.line(LEFT, top + 56 + 20 * n, RIGHT, top + 56 + 20 * n)
    return page


def test_罫のない二段の見出しは上の見出しが下の見出しをまとめる() -> None:
    [grid] = pdf.tables(pdf_of(storeys()), "a.pdf")
    said = {(cell.row, cell.column): cell for cell in grid.cells if cell.text}
    assert said[0, 0].rowspan == 2
    assert [(said[0, at].colspan, said[0, at].rowspan) for at in (1, 3)] == [(2, 1), (2, 1)]
    assert [said[1, at].text for at in (1, 2, 3, 4)] == ["目標", "実績", "目標", "実績"]
    assert said[2, 4].text == "152"


XS = [LEFT, 200.0, 280.0, 360.0, 440.0, RIGHT]
SUBS = [["創業件数", "回", "120", "131"], ["移住者数", "人", "300", "275"]]


def projects(step: float) -> Page:
    """Two projects between rules, with two lines of indicators each that no rule parts; the name in the middle."""
    page = Page()
    page.line(LEFT, 100, RIGHT, 100)
    put(page, ["事業名", "指標", "単位", "目標", "実績"], XS, 100)
    top = 120.0
    page.line(LEFT, top, RIGHT, top)
    for name in ("茶の里事業", "水辺事業"):
        page.text(LEFT + 4, top + 5 + step / 2, name, 9)
        for n, row in enumerate(SUBS):
            put(page, ["", *row], XS, top + n * step)
        top += 2 * step + 4
        page.line(LEFT, top, RIGHT, top)
    return page


def test_罫のない行が並ぶ事業の指標は一行ずつで事業名は全ての行にわたる() -> None:
    [grid] = pdf.tables(pdf_of(projects(24)), "a.pdf")
    said = {(cell.row, cell.column): cell for cell in grid.cells if cell.text}
    assert [said[row, 0].rowspan for row in (1, 3)] == [2, 2]
    assert [[said[row, at].text for at in range(1, 5)] for row in (1, 2)] == SUBS


def test_詰まった行は一つの欄の中の行である() -> None:
    [grid] = pdf.tables(pdf_of(projects(12)), "a.pdf")
    assert grid.rows == 3
    assert grid.text(1, 3) == "120\n300"

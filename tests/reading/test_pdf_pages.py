"""頁をまたぐ表. A table over pages is one: headers dropped, cut rows and cut merged cells rejoined. Two tables stay two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pdfpages import Box, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading import open_document
from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

HEAD = ["番号", "事業名", "実績額"]
XS = [60.0, 110.0, 300.0, 400.0]
TOP, FOOT = 60.0, 790.0


def rows(first: int, last: int) -> list[list[str]]:
    return [[str(n), f"事業{n}の推進", f"{n * 111:,}"] for n in range(first, last)]


def sheet(body: list[list[str]], *, top: float = TOP, head: list[str] | None = HEAD) -> Page:
    """A page whose table begins at `top` and ends at its foot."""
    all_rows = [head, *body] if head else body
    step = (FOOT - top) / len(all_rows)
    return table(Page(), plain(all_rows), XS, even(top, step, len(all_rows)))


def grids(*pages: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(*pages), "a.pdf"))


def test_見出しを繰り返す表は一つで_見出しは一度だけ() -> None:
    [grid] = grids(sheet(rows(1, 30)), sheet(rows(30, 60)), sheet(rows(60, 80)))
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 80)]))
    pages = [place.page for cell in grid.cells for place in cell.words.places]
    assert (min(pages), max(pages)) == (1, 3)


def test_見出しを繰り返さない表もつながる() -> None:
    [grid] = grids(sheet(rows(1, 30)), sheet(rows(30, 60), head=None))
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 60)]))


def test_柱や頁番号や繰り返す題名は間に入らない() -> None:
    first = sheet(rows(1, 20), top=90).text(60, 40, "令和３年度 事業一覧").text(280, 812, "1")
    second = sheet(rows(20, 40), top=90).text(60, 40, "令和３年度 事業一覧").text(280, 812, "2")
    [grid] = grids(first, second)
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 40)]))


def test_頁の間に文があれば別の表() -> None:
    second = sheet(rows(30, 60), top=90).text(60, 60, "２ 令和４年度に新しく始めた事業")
    assert [grid.rows for grid in grids(sheet(rows(1, 30)), second)] == [30, 31]


def test_列の違う表は別の表() -> None:
    other = table(Page(), plain([["年度", "人数"], ["R3", "10"]]), [60, 150, 400], even(TOP, 20, 2))
    assert [grid.columns for grid in grids(sheet(rows(1, 30)), other)] == [3, 2]


def test_見出しの違う表は列が同じでも別の表() -> None:
    second = sheet(rows(30, 60), head=["番号", "団体名", "交付額"])
    assert [grid.rows for grid in grids(sheet(rows(1, 30)), second)] == [30, 31]


def test_頁ごとの同じ様式は一枚ずつ別の表() -> None:
    def form(n: int) -> Page:
        labels = ["事業名", "担当課", "目的", "指標", "目標", "実績"]
        body = [[label, f"{label}の{n}"] for label in labels]
        return table(Page(), plain(body), [60, 200, 500], even(TOP, 120, 6))

    assert [grid.rows for grid in grids(form(1), form(2), form(3))] == [6, 6, 6]


def test_事業ごとの表は頁の頭で始まっても別の表() -> None:
    def project(name: str, top: float, count: int) -> list[list[str]]:
        del top
        return [
            ["事業名", name, ""],
            ["指標", "目標", "実績"],
            *[[f"{name}{n}", "1", "2"] for n in range(count)],
        ]

    first = table(Page(), plain(project("甲", TOP, 26)), XS, even(TOP, 26, 28))
    second = table(Page(), plain(project("乙", TOP, 6)), XS, even(TOP, 26, 8))
    assert [grid.rows for grid in grids(first, second)] == [28, 8]


def test_頁で切れた行は一つの行に戻る() -> None:
    """The row's other cells stand only on the first page; the long one goes on below."""
    upper = sheet(rows(1, 20))
    ys = even(TOP, (FOOT - TOP) / 20, 20)
    upper.text(112, ys[-2] + 14, "商談会や研修会を開いて販路を広げ、取引の", 9)
    lower = table(Page(), [Box(0, 0, ""), Box(0, 1, "件数を増やした。"), Box(0, 2, ""), *plain(rows(20, 25), 1)], XS, even(TOP, 24, 6))  # fmt: skip
    [grid] = grids(upper, lower)
    assert grid.rows == 25
    assert (
        grid.text(19, 1).replace("\n", "")
        == "事業19の推進商談会や研修会を開いて販路を広げ、取引の件数を増やした。"
    )
    assert {place.page for place in grid.at(19, 1).words.places} == {1, 2}


def test_頁で切れた行の続きは同じ言葉でも続きである() -> None:
    upper = sheet(
        [["担当", "・企画課", "1"] if n == 20 else row for n, row in enumerate(rows(1, 21), 1)]
    )
    lower = table(Page(), [Box(0, 0, ""), Box(0, 1, "・企画課"), Box(0, 2, ""), *plain(rows(21, 25), 1)], XS, even(TOP, 24, 5))  # fmt: skip
    [grid] = grids(upper, lower)
    assert grid.text(20, 1) == "・企画課\n・企画課"


def test_頁で切れた縦の結合は一つに戻る() -> None:
    """No rule closes the merged cell at the page's foot, and none opens it on the next page."""

    def part(first: int, last: int, label: str, *, opens: bool) -> Page:
        page, count = Page(), last - first
        ys = even(TOP, (FOOT - TOP) / count, count)
        for n, y in enumerate(ys):
            inner = 0 < n < count
            page.rule(XS[1], y, XS[-1], y)
            if not inner and (n == 0) == opens:
                page.rule(XS[0], y, XS[1], y)
        for x in XS:
            page.rule(x, TOP, x, FOOT)
        if label:
            page.text(XS[0] + 3, TOP + 6, label)
        for n in range(count):
            page.text(XS[1] + 3, ys[n] + 4, f"指標{first + n}").text(
                XS[2] + 3, ys[n] + 4, f"{first + n}"
            )
        return page

    [grid] = grids(part(1, 11, "観光", opens=True), part(11, 21, "", opens=False))
    assert (grid.rows, grid.at(19, 0).text, grid.at(0, 0).rowspan) == (20, "観光", 20)


def test_続きの頁に来なかった行の残りの枠は行にしない() -> None:
    upper = sheet(rows(1, 20))
    for x in XS:
        upper.rule(x, FOOT, x, FOOT + 30)
    [grid] = grids(upper, sheet(rows(20, 30), head=None))
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 30)]))


def test_表は次の頁を見てから一つずつ渡る() -> None:
    data = pdf_of(
        *[sheet(rows(1, 5), top=400).text(60, 60, f"第{n}章 取組み") for n in range(1, 6)]
    )
    first = next(iter(pdf.tables(data, "a.pdf")))
    assert first.rows == 5
    assert len(list(pdf.tables(data, "a.pdf"))) == 5


def test_文書では表は始まった所に立つ() -> None:
    pages = (sheet(rows(1, 30)), sheet(rows(30, 60)))
    end = Page().text(60, 60, "おわりに")
    document = open_document(pdf_of(*pages, end), "a.pdf")
    assert [type(block).__name__ for block in document.blocks] == ["Grid", "Line"]
    assert all(a.row <= b.row for a, b in pairwise(document.grids[0].cells))


def test_同じ見出しの表が続けて並ぶ文書では_見出しの繰返しは続きを意味しない() -> None:
    def card(page: Page, n: int, top: float) -> Page:
        boxes = [
            Box(0, 0, "交付金名称"),
            Box(0, 1, "推進交付金", 1, 2),
            *plain([["事業名", "内容", "備考"], [f"事業{n}", f"内容{n}", "－"]], 1),
        ]
        return table(page, boxes, XS, even(top, 70, 3))

    pages = [card(card(card(Page(), 3 * n, 60), 3 * n + 1, 290), 3 * n + 2, 520) for n in range(2)]
    assert [grid.rows for grid in grids(*pages)] == [3] * 6


def test_頁の途中で終わった表は_同じ見出しの次の頁の表とつながない() -> None:
    first = table(Page(), plain([HEAD, *rows(1, 10)]), XS, even(TOP, 20, 10))
    assert [grid.rows for grid in grids(first, sheet(rows(1, 30)))] == [10, 30]


def test_どの列も次の頁へ流れる行は一つの行に戻る() -> None:
    upper = sheet(rows(1, 18))
    last = even(TOP, (FOOT - TOP) / 18, 18)[-1]
    cut = table(upper, [Box(0, n, "") for n in range(3)], XS, [last, last + 24])
    cut.text(XS[0] + 2, last + 4, "番号は後", 9).text(
        XS[1] + 2, last + 4, "空き家の利活用と移住定住の推進に取", 10.5
    )
    cut.text(XS[2] + 2, last + 4, "二千二十一年度から", 10.3)
    lower = table(
        Page(),
        [Box(0, 0, "で決まる"), Box(0, 1, "り組んだ。"), Box(0, 2, "五年間")],
        XS,
        [TOP, TOP + 24],
    )
    [grid] = grids(upper, lower)
    assert [grid.text(18, n).replace("\n", "") for n in range(3)] == [
        "番号は後で決まる", "空き家の利活用と移住定住の推進に取り組んだ。", "二千二十一年度から五年間",
    ]  # fmt: skip


def test_切り抜かれて見えない前の頁の字は見出しに混ぜない() -> None:
    """A spreadsheet prints a merged cell's words again on the next page, outside of what is seen."""
    second = sheet(rows(30, 60))
    second.draw(f"q {XS[0]} {842 - FOOT} {XS[-1] - XS[0]} {FOOT - TOP - 60} re W n").text(
        XS[1] + 40, TOP + 6, "前の頁の字", 9
    ).draw("Q")
    document = open_document(pdf_of(sheet(rows(1, 30)), second), "a.pdf")
    [grid] = document.grids
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 60)]))
    assert [(note.code, note.raw) for note in document.unread] == [("text-hidden", "前の頁の字")]


def test_見開きで左右の変わる柱は間に入らない() -> None:
    one = sheet(rows(1, 20), top=90).text(60, 40, "国保会計")
    two = sheet(rows(20, 40), top=90).text(500, 40, "国保会計")
    three = sheet(rows(40, 50), top=90).text(60, 40, "国保会計")
    assert len(grids(one, one, two, three)) <= 3


def landscape(body: list[list[str]], number: str) -> Page:
    """A landscape page bound into an upright book: its number runs down the left edge."""
    all_rows = [HEAD, *body]
    page = table(Page(wide=842, high=595), plain(all_rows), XS, even(TOP, 20, len(all_rows)))
    for n, sign in enumerate(number):
        page.text(20, 270 + 12 * n, sign, 10)
    return page


def test_横長の頁の縦の頁番号は表の間に入らない() -> None:
    pages = landscape(rows(1, 24), "-17-"), landscape(rows(24, 40), "-18-")
    [grid] = grids(*pages)
    assert cells_of(grid) == want(plain([HEAD, *rows(1, 40)]))
    assert [(line.text, line.aside) for line in open_document(pdf_of(*pages), "a.pdf").lines] == [
        ("-17-", True),
        ("-18-", True),
    ]


@pytest.mark.parametrize("numbers", [("i", "ii"), ("ⅲ", "ⅳ"), ("p. 7", "p. 8")])
def test_ローマ数字の頁番号も頁番号である(numbers: tuple[str, str]) -> None:
    first, second = (
        sheet(rows(1 + 30 * n, 30 + 30 * n)).text(290, 800, number)
        for n, number in enumerate(numbers)
    )
    assert len(grids(first, second)) == 1


def test_余白の広い頁でも次の頁で一つ増える数は頁番号である() -> None:
    def page(n: int) -> Page:
        body = [HEAD, *rows(20 * n, 20 * n + 18)]
        return table(Page(), plain(body), XS, even(TOP, 30, len(body))).text(290, 690, str(n + 1))

    [grid] = grids(page(0), page(1))
    assert grid.rows == 37


def test_文の横にある数は頁の端でも頁番号ではない() -> None:
    page = Page().text(60, 790, "第４項 予備費").text(300, 790, "300").text(290, 815, "- 3 -")
    lines = open_document(pdf_of(page), "a.pdf").lines
    assert [(line.text, line.aside) for line in lines][1:] == [("300", False), ("- 3 -", True)]


def test_繰り返す単位の行は柱ではない() -> None:
    def page(n: int) -> Page:
        body = [[f"区分{n}", f"{n}"], [f"計{n}", f"{n}0"]]
        return table(Page(), plain(body), [60, 200 + 30 * n, 400], even(80, 20, 2)).text(
            350, 62, "（単位：千円）", 8
        )

    lines = open_document(pdf_of(page(1), page(2)), "a.pdf").lines
    assert [line.aside for line in lines] == [False, False]


def test_頁の終わりの見出しと次の頁の数は別の行である() -> None:
    xs = even(60, 50, 6)
    head = [Box(0, 0, "予算現額", 2), Box(0, 1, "決算額", 2), Box(0, 2, "決算額の財源内訳", 1, 4)]
    head += [
        Box(1, 2 + n, text)
        for n, text in enumerate(("国庫支出金", "県支出金", "地方債", "一般財源"))
    ]
    figures = ["48,300", "47,655", "22,000", "0", "10,000", "15,655"]
    first = table(Page(), head, xs, [750, 770, 790])
    second = table(Page(), plain([figures]), xs, [TOP, TOP + 20])
    [grid] = grids(first, second)
    assert cells_of(grid) == want([*head, *plain([figures], 2)])


def test_前の頁の別の表の見出しを繰り返せば_見出しのない表の頭に立つ() -> None:
    head = ["目", "本年度", "前年度"]

    def caption(page: Page, top: float) -> Page:
        return page.text(60, top, "２項 基金繰入金", 8)

    first = table(
        Page(), plain([head, ["1 国庫", "10", "20"], ["計", "10", "20"]]), XS, even(60, 200, 3)
    )
    table(caption(first, 670), plain([["1 基金", "30", "40"]]), XS, [690, 790])
    second = table(caption(Page(), 60), plain([head, ["計", "30", "40"]]), XS, even(80, 20, 2))
    _, grid = grids(first, second)
    assert cells_of(grid) == want(plain([head, ["1 基金", "30", "40"], ["計", "30", "40"]]))


def test_前の頁の別の表の題名の下にあれば別の表である() -> None:
    def page(*parts: tuple[str, float, int]) -> Page:
        page = Page()
        for title, top, first in parts:
            body = [HEAD, *rows(first, first + 3)]
            table(page.text(60, top - 16, title), plain(body), XS, even(top, 30, len(body)))
        return page

    pages = page(("支出", 380, 1), ("収入", 660, 4)), page(("支出", 90, 7))
    assert [grid.rows for grid in grids(*pages)] == [4, 4, 4]
    pages = page(("支出", 380, 1), ("収入", 660, 4)), page(("収入", 90, 7))
    assert [grid.rows for grid in grids(*pages)] == [4, 7]


def test_頁番号と並ぶ柱は間に入らない() -> None:
    one = sheet(rows(1, 20)).text(290, 805, "― 8 ―").text(500, 805, "一般会計")
    two = sheet(rows(20, 40), top=90).text(290, 40, "― 9 ―").text(500, 40, "国保会計")
    [_] = grids(one, two)
    lines = open_document(pdf_of(one, two), "a.pdf").lines
    assert [(line.text, line.aside) for line in lines] == [
        ("― 8 ―", True), ("一般会計", True), ("― 9 ―", True), ("国保会計", True),
    ]  # fmt: skip


def test_表に重なる吹き出しは次の頁との間に入らない() -> None:
    first, second = sheet(rows(1, 20)), sheet(rows(20, 30))
    y = 842 - FOOT + 40
    first.draw(f"q 1 g 0.5 w 330 {y} 60 20 re B Q").text(334, FOOT - 57, "記入例です", 8)
    assert [grid.rows for grid in grids(first, second)] == [30]


def test_文字のない列だけが下に開いた表の行は次の頁の行とまぜない() -> None:
    """A stripe of colour at the left has no rule at its foot; the rows beside it end where the page does."""
    step = (FOOT - TOP) / 20
    body = [[f"項目{n}", f"事業{n}の推進", "済み"] for n in range(1, 40)]

    def half(first: int) -> Page:
        page = table(Page(), plain([HEAD, *body[first - 1 : first + 18]]), XS, even(TOP, step, 20))
        for n in range(20):
            page.rule(48, TOP + n * step, 60, TOP + n * step)
        page.rule(48, TOP, 48, FOOT)
        return page

    [grid] = grids(half(1), half(20))
    assert (grid.rows, grid.columns) == (39, 4)

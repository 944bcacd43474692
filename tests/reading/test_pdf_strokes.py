"""罫線の描き方. However a producer draws its rules, the same table comes out; what is no rule makes no cell."""

from __future__ import annotations

import itertools

import pytest
from pdfpages import Box, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading import open_document
from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

ROWS = [["区分", "目標", "実績"], ["観光客", "100", "98"], ["移住者", "20", "25"]]
XS, YS = even(60, 90, 3), even(100, 22, 3)


def only(*pages: Page) -> Grid:
    [grid] = pdf.tables(pdf_of(*pages), "a.pdf")
    return grid


def texts(page: Page, rows=ROWS, xs=XS, ys=YS) -> Page:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            page.text(xs[c] + 4, ys[r] + 5, text, 9)
    return page


@pytest.mark.parametrize("ink", ["rule", "line"])
def test_線でも細い塗りでも同じ表になる(ink: str) -> None:
    assert cells_of(only(table(Page(), plain(ROWS), XS, YS, ink=ink))) == want(plain(ROWS))


def dashes(
    page: Page, x0: float, top: float, x1: float, bottom: float, on: float, off: float
) -> None:
    at, far = 0.0, max(x1 - x0, bottom - top)
    while at < far:
        end = min(at + on, far)
        if top == bottom:
            page.bar(x0 + at, top - 0.25, x0 + end, top + 0.25)
        else:
            page.bar(x0 - 0.25, top + at, x0 + 0.25, top + end)
        at += on + off


@pytest.mark.parametrize(("on", "off"), [(0.5, 1.5), (1, 3), (3, 3), (6, 3)])
def test_点線や破線は一本の線である(on: float, off: float) -> None:
    page = texts(Page())
    for y in YS:
        dashes(page, XS[0], y, XS[-1], y, on, off)
    for x in XS:
        dashes(page, x, YS[0], x, YS[-1], on, off)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_破線の指定で引いた線も同じ() -> None:
    page = texts(Page())
    for y in YS:
        page.line(XS[0], y, XS[-1], y, dash="[2 2] 0 d")
    for x in XS:
        page.line(x, YS[0], x, YS[-1], dash="[1 3] 0 d")
    assert cells_of(only(page)) == want(plain(ROWS))


def test_二重線の間はセルではない() -> None:
    page = table(Page(), plain(ROWS), XS, YS)
    for y in (YS[0], YS[-1]):
        page.rule(XS[0] - 1.5, y - 1.5, XS[-1] + 1.5, y - 1.5).rule(XS[0], y + 1.5, XS[-1], y + 1.5)
    for x in (XS[0], XS[-1]):
        page.rule(x - 1.5, YS[0], x - 1.5, YS[-1]).rule(x + 1.5, YS[0], x + 1.5, YS[-1])
    assert cells_of(only(page)) == want(plain(ROWS))


def test_線で囲んだ四角も表になる() -> None:
    page = texts(Page())
    for r in range(3):
        for c in range(3):
            page.draw(f"0.5 w {XS[c]} {page.high - YS[r + 1]} {XS[c + 1] - XS[c]} {YS[r + 1] - YS[r]} re S")  # fmt: skip
    assert cells_of(only(page)) == want(plain(ROWS))


def test_一つの道に多くの線があっても表になる() -> None:
    page = texts(Page())
    steps = [f"{XS[0]} {page.high - y} m {XS[-1]} {page.high - y} l" for y in YS]
    steps += [f"{x} {page.high - YS[0]} m {x} {page.high - YS[-1]} l" for x in XS]
    page.draw("0.5 w", *steps, "S")
    assert cells_of(only(page)) == want(plain(ROWS))


def test_一つの道に多くの細い四角があっても表になる() -> None:
    page = texts(Page())
    parts = [f"{XS[0]} {page.high - y} {XS[-1] - XS[0]} 0.5 re" for y in YS]
    parts += [f"{x} {page.high - YS[-1]} 0.5 {YS[-1] - YS[0]} re" for x in XS]
    page.draw(*parts, "f")
    assert cells_of(only(page)) == want(plain(ROWS))


def test_角を斜めに切った細い塗りも罫線である() -> None:
    page = texts(Page())
    for y in YS:
        h = page.high - y
        page.draw(
            f"{XS[0]} {h} m {XS[-1]} {h} l {XS[-1] - 0.7} {h - 0.7} l {XS[0] + 0.7} {h - 0.7} l f"
        )
    for x in XS:
        a, b = page.high - YS[0], page.high - YS[-1]
        page.draw(f"{x} {a} m {x} {b} l {x + 0.7} {b + 0.7} l {x + 0.7} {a - 0.7} l f")
    assert cells_of(only(page)) == want(plain(ROWS))


def test_白い四角は罫線ではない() -> None:
    page = Page().bar(0, 0, 595, 842, grey=1)
    for r in range(3):
        page.bar(XS[0], YS[r] + 8, XS[-1], YS[r] + 14, grey=1).bar(XS[0] + 30, YS[r], XS[0] + 31, YS[r + 1], grey=1)  # fmt: skip
    assert cells_of(only(table(page, plain(ROWS), XS, YS))) == want(plain(ROWS))


def test_あとから塗った白い四角は下の罫線を隠す() -> None:
    boxes = [Box(0, 0, "観光振興の総合計", 1, 3), *plain(ROWS[1:], 1)]
    page = table(Page(), plain([["", "", ""]]), XS, YS)
    page.bar(XS[0] + 0.5, YS[0] + 0.5, XS[-1] - 0.5, YS[1] - 0.5, grey=1)
    assert cells_of(only(table(page, boxes, XS, YS))) == want(boxes)


def test_先に塗った白い四角は何も隠さない() -> None:
    page = Page().bar(XS[0] - 5, YS[0] - 5, XS[-1] + 5, YS[-1] + 5, grey=1)
    assert cells_of(only(table(page, plain(ROWS), XS, YS))) == want(plain(ROWS))


def test_切り抜きの外の線は引かれていない() -> None:
    page = Page().draw(f"q {XS[0]} {842 - YS[-1]} {XS[-1] - XS[0]} {YS[-1] - YS[0]} re W n")
    for y in YS:
        page.draw(f"{XS[0] - 40} {842 - y - 0.25} {XS[-1] - XS[0] + 80} 0.5 re f")
    page.draw("Q")
    for x in XS:
        page.rule(x, YS[0], x, YS[-1])
    assert cells_of(only(texts(page))) == want(plain(ROWS))


def test_吹き出しは表を切らず_その文字はセルに入らない() -> None:
    page = table(Page(), plain(ROWS), XS, YS)
    x, y = XS[1] + 30, YS[1] + 12
    page.draw(f"q 1 g 0.5 w {x} {842 - y - 20} 50 20 re B Q").text(x + 4, y + 5, "記入例です", 8)
    data = pdf_of(page)
    [grid] = pdf.tables(data, "a.pdf")
    assert cells_of(grid) == want(plain(ROWS))
    assert any("記入例です" in w.text for w in read(data).words())


@pytest.mark.parametrize("pointer", [False, True])
def test_絵で塗った吹き出しも表を切らない(pointer: bool) -> None:
    page = table(Page(), plain(ROWS), XS, YS)
    x, y = XS[1] + 30, YS[1] + 12
    page.draw(f"q 50 0 0 20 {x} {842 - y - 20} cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID D0> EI Q")
    page.draw(f"q 0.7 w {x} {842 - y - 20} 50 20 re S Q").text(x + 4, y + 5, "記入例です", 8)
    if pointer:
        page.draw(f"q 0.7 w {x - 5} {842 - y - 6} m {x - 14} {842 - y - 6} l {x - 25} {842 - y - 30} l S Q")  # fmt: skip
    grid = only(page)
    assert cells_of(grid) == want(plain(ROWS))


def test_升と同じ色で段落に塗った地は罫線ではない() -> None:
    page = Page()
    for top, bottom in itertools.pairwise(YS):
        page.bar(XS[0], top, XS[0] + 12, bottom, grey=0.8)
        page.bar(XS[0] + 5, top, XS[0] + 6.3, bottom, grey=0.8)
    for x in (XS[0], XS[0] + 12, *XS[1:]):
        page.rule(x, YS[0], x, YS[-1])
    for y in YS:
        page.rule(XS[0], y, XS[-1], y)
    for row, y in zip(ROWS, YS, strict=False):
        for x, text in zip((XS[0] + 12, *XS[1:]), row, strict=False):
            page.text(x + 4, y + 5, text, 9)
    assert only(page).columns == 4


def read(data: bytes):
    from sosei.reading import open_document

    return open_document(data, "a.pdf")


def test_斜めの線は見出しのセルを割らない() -> None:
    page = table(Page(), plain(ROWS), XS, YS).line(XS[0], YS[0], XS[1], YS[1])
    assert cells_of(only(page)) == want(plain(ROWS))


def test_左右の開いた表() -> None:
    page = texts(Page())
    for y in YS:
        page.rule(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        page.rule(x, YS[0], x, YS[-1])
    assert cells_of(only(page)) == want(plain(ROWS))


def test_上下の開いた表() -> None:
    page = texts(Page())
    for y in YS[1:-1]:
        page.rule(XS[0], y, XS[-1], y)
    for x in XS:
        page.rule(x, YS[0], x, YS[-1])
    assert cells_of(only(page)) == want(plain(ROWS))


def test_横罫だけの表() -> None:
    page = texts(Page())
    for y in YS:
        page.rule(XS[0], y, XS[-1], y)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_セルごとに切れた横罫だけの表は切れ目が列になる() -> None:
    rows = [["名称", "説明", "備考"], ["甲", "", ""], ["乙", "やや長い説明", ""]]
    page = texts(Page(), rows)
    for y in YS:
        for a, b in itertools.pairwise(XS):
            page.rule(a, y, b - 1, y)
    assert cells_of(only(page)) == want(plain(rows))


def test_罫線のない表は列のそろいで分かる() -> None:
    rows = [
        ["年度", "目標", "実績", "達成率"],
        *[[f"R{n}", f"{n}00", f"{n}50", f"{90 + n}%"] for n in range(1, 6)],
    ]
    xs, ys = even(60, 90, 4), even(100, 16, 6)
    assert cells_of(only(texts(Page(), rows, xs, ys))) == want(plain(rows))


def test_横罫だけの表の段重ねの見出しは下の列にまたがる() -> None:
    boxes = [
        Box(0, 0, "指標", 2, 1),
        Box(0, 1, "令和３年度", 1, 2),
        *[Box(1, c, t) for c, t in ((1, "目標"), (2, "実績"))],
    ]
    boxes += plain([["観光客", "100", "98"], ["移住者", "20", "25"], ["会員", "7", "9"]], 2)
    xs, ys = even(60, 90, 3), even(100, 22, 5)
    page = Page()
    for n, y in enumerate(ys):
        page.rule(xs[1] if n == 1 else xs[0], y, xs[-1], y)
    for box in boxes:
        page.text(xs[box.column] + 4, ys[box.row] + 5, box.text, 9)
    assert cells_of(only(page)) == want(boxes)


def test_右にそろえた数字の列は見出しとともに一つの列である() -> None:
    rows = [
        ["No.", "名称", "R1", "R2"],
        *[[str(n), f"事業の名称その{n}", f"{n * 971:,}", f"{n * 1207:,}"] for n in range(1, 13)],
    ]
    page = Page()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            right = (85, 0, 300, 400)[c] - 4.5 * len(text)
            page.text(
                {0: right, 1: 95}.get(c, right if r else (250, 350)[c - 2]), 100 + 16 * r, text, 9
            )
    assert cells_of(only(page)) == want(plain(rows))


def test_目次や書き込む様式は表にならない() -> None:
    page = Page()
    for n, name in enumerate(
        ("策定の趣旨", "人口の動向", "基本目標", "施策の体系", "推進体制", "数値目標")
    ):
        page.text(60, 80 + 18 * n, f"{n + 1}", 10).text(90, 80 + 18 * n, name + "・" * 12, 10).text(
            400, 80 + 18 * n, f"{n * 4 + 1}", 10
        )
    for n, name in enumerate(("団体名：", "事業名：", "策定日：", "計画期間：")):
        page.text(60, 300 + 24 * n, name, 10).text(140, 300 + 24 * n, "平成", 10).text(
            200, 300 + 24 * n, f"{28 + n}", 10
        ).text(260, 300 + 24 * n, "年度", 10)
        page.rule(60, 314 + 24 * n, 330, 314 + 24 * n)
    assert list(pdf.tables(pdf_of(page), "a.pdf")) == []


def test_文章は表にならない() -> None:
    page = Page()
    for n in range(12):
        page.text(
            60, 100 + 16 * n, "地域の資源を生かした観光の振興に取り組み、交流人口の拡大を図る。", 10
        )
    assert list(pdf.tables(pdf_of(page), "a.pdf")) == []


def test_並んだ表は別の表() -> None:
    right = [x + 300 for x in XS[:3]]
    page = table(Page(), plain(ROWS), XS, YS)
    table(page, plain([row[:2] for row in ROWS]), right, YS)
    first, second = pdf.tables(pdf_of(page), "a.pdf")
    assert (cells_of(first), second.columns) == (want(plain(ROWS)), 2)


def test_一つだけの枠は表ではなく行である() -> None:
    page = table(Page(), [Box(0, 0, "別紙様式第２号")], [60, 200], [60, 80])
    document = read(pdf_of(page))
    assert (document.grids, [line.text for line in document.lines]) == ([], ["別紙様式第２号"])


def test_頁を囲む枠は表を飲み込まない() -> None:
    page = table(Page(), [Box(0, 0, "")], [20, 575], [20, 820])
    assert cells_of(only(table(page, plain(ROWS), XS, YS))) == want(plain(ROWS))


def test_接して積まれた幅の違う表は別の表() -> None:
    ys = even(YS[-1] + 0.8, 22, 3)
    wide = even(60, 90, 4)
    rows = [[*row, "備考"] for row in ROWS]
    first, second = pdf.tables(
        pdf_of(table(table(Page(), plain(ROWS), XS, YS), plain(rows), wide, ys)), "a.pdf"
    )
    assert (cells_of(first), cells_of(second)) == (want(plain(ROWS)), want(plain(rows)))


def test_箱と矢印の図は表ではない() -> None:
    page = Page()
    for x, y, text in (
        (60, 100, "申請"),
        (260, 60, "審査"),
        (260, 140, "返却"),
        (460, 100, "交付"),
    ):
        page.line(x, y, x + 60, y).line(x, y + 24, x + 60, y + 24).line(x, y, x, y + 24).line(
            x + 60, y, x + 60, y + 24
        )
        page.text(x + 8, y + 6, text)
    page.line(120, 112, 190, 112).line(190, 72, 190, 152).line(190, 72, 260, 72).line(
        190, 152, 260, 152
    )
    page.line(320, 72, 390, 72).line(390, 72, 390, 152).line(320, 152, 390, 152).line(
        390, 112, 460, 112
    )
    for x, y, text in (
        (130, 100, "窓口へ"),
        (200, 60, "適正なもの"),
        (200, 156, "不備のあるもの"),
        (400, 100, "決裁後"),
    ):
        page.text(x, y, text, 8)
    assert list(pdf.tables(pdf_of(page), "a.pdf")) == []


def linked(share: float, lines: int) -> Page:
    """A ruled list whose middle column holds a link, underlined over a share of its width on so many lines."""
    rows = [["病院", "", "有"], ["医院", "", "無"]]
    page = table(Page(), plain(rows), [60, 160, 300, 340], even(100, 40, 2))
    wide = share * 136
    for n in range(lines):
        page.text(162, 106 + 14 * n, "a" * int(wide / 4), 8)
        page.bar(162, 114.5 + 14 * n, 162 + 4 * int(wide / 4), 115)
    return page


@pytest.mark.parametrize("share", [0.3, 0.6, 0.98])
@pytest.mark.parametrize("lines", [1, 2])
def test_下線は表の罫ではない(share: float, lines: int) -> None:
    grid = only(linked(share, lines))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 3, 6)


def test_升からはみ出して切られた言葉の下線も罫ではない() -> None:
    page = linked(0.3, 0)
    page.draw("q 161 600 138 200 re W n").text(162, 106, "a" * 50, 8)
    page.bar(162, 114.5, 362, 115).draw("Q")
    assert only(page).rows == 2


@pytest.mark.parametrize("share", [0.55, 0.8])
def test_列の端に届かない線は升を分けない(share: float) -> None:
    page = table(
        Page(), plain([["名", "", ""], ["数", "1", "2"]]), even(60, 100, 3), even(100, 40, 2)
    )
    page.text(164, 104, "実績", 8).text(164, 124, "（見込み）", 8)
    page.line(160, 120, 160 + 100 * share, 120)
    grid = only(page)
    assert (grid.rows, len(grid.cells)) == (2, 6)


@pytest.mark.parametrize("count", [2, 3])
def test_罫のない小さな予算の表も表である(count: int) -> None:
    rows = [
        ["（科目）", "（既決予定額）", "（補正予定額）", "（計）"],
        ["", "千円", "千円", "千円"],
    ]
    rows += [[f"第{n}款 事業収益", "818,951", "1,470", "820,421"] for n in range(1, count + 1)]
    page = Page().text(60, 70, "第２条 収益的収入の予定額を次のとおり補正する。", 10)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            wide = sum(9 if sign > "\u2e80" else 4.5 for sign in text)
            page.text(60 if c == 0 else 200 + 100 * c - wide, 100 + 16 * r, text, 9)
    page.text(60, 200, "第３条 資本的収入の予定額を次のとおり補正する。", 10)
    assert cells_of(only(page)) == want(plain(rows))


def test_横罫だけの表が見出しを挟んで並べば別々の表である() -> None:
    page, top = Page(), 100.0
    columns = [[60, 200, 300, 400, 500], [60, 170, 280, 390, 500], [60, 170, 290, 410, 500]]
    for number, xs in enumerate(columns, start=1):
        page.text(62, top - 14, f"基本目標{number} なりわいを育てる", 9)
        body = [
            ["指標", "基準値", "目標値", "実績値"],
            ["来場者数", "10", "20", "30"],
            ["成約件数", "1", "2", "3"],
        ]
        for r in range(4):
            for a, b in itertools.pairwise(xs):
                page.rule(a, top + 16 * r, b, top + 16 * r)
        for r, row in enumerate(body):
            for c, text in enumerate(row):
                page.text(xs[c] + 3, top + 16 * r + 3, text, 8)
        top += 48 + 20
    found = list(pdf.tables(pdf_of(page), "a.pdf"))
    assert [(grid.rows, grid.columns) for grid in found] == [(3, 4)] * 3


@pytest.mark.parametrize("dot", [9, 5])
def test_文字より細い行や列は罫の一部である(dot: float) -> None:
    page = texts(Page(), ys=[100, 126, 152])
    rows = [[*row] for row in ROWS]
    rows[2][2] += "・"
    page.text(XS[2] + 13, 157, "・", dot)
    for top in (100, 126, 152):
        for x in XS[:-1]:
            for a, b, c, d in ((x, top, x + 90, top), (x, top + 22, x + 90, top + 22), (x, top, x, top + 26), (x + 90, top, x + 90, top + 26)):  # fmt: skip
                page.line(a, b, c, d)
    assert cells_of(only(page)) == want(plain(rows))


def test_折れ線や印は罫ではない() -> None:
    page = texts(table(Page(), plain([[""] * 3] * 3), XS, YS))
    page.draw(f"q 1 w {XS[0] + 5} {842 - YS[1] - 8} m {XS[1]} {842 - YS[1] - 8.4} l {XS[1] + 60} {842 - YS[2]} l {XS[2] + 60} {842 - YS[2] - 11} l S Q")  # fmt: skip
    page.draw(f"q 1 w {XS[1] - 2} {842 - YS[1] - 10} 5 5 re S Q")
    assert cells_of(only(page)) == want(plain(ROWS))


def oval(page: Page, x: float, top: float, wide: float, high: float) -> Page:
    """Draw an oval as office programs do: four curves, its middle at a point."""
    y, k, a, b = page.high - top, 0.5523, wide / 2, high / 2
    ends = [(x + a, y), (x, y + b), (x - a, y), (x, y - b), (x + a, y)]
    bent = [(0, k * b), (-k * a, 0), (0, -k * b), (k * a, 0), (0, k * b)]
    curves = [
        f"{p[0] + u[0]:.2f} {p[1] + u[1]:.2f} {q[0] - v[0]:.2f} {q[1] - v[1]:.2f} {q[0]:.2f} {q[1]:.2f} c"
        for (p, q), (u, v) in zip(itertools.pairwise(ends), itertools.pairwise(bent), strict=True)
    ]
    return page.draw(f"q 1 w {ends[0][0]:.2f} {ends[0][1]:.2f} m", *curves, "h S Q")


def test_丸で囲んだ選択肢を言う() -> None:
    page = table(Page(), [Box(0, 0, "項目"), Box(0, 1, "")], [60, 120, 400], [100, 130])
    for x, text in ((140, "1.調査研究費"), (220, "2.研修費"), (290, "3.広報費")):
        page.text(x, 110, text)
    oval(page, 225, 115, 12, 16)
    oval(oval(page, 300, 400, 200, 160), 80, 700, 14, 14)
    document = open_document(pdf_of(page), "a.pdf")
    [note] = document.unread
    assert (note.code, note.raw) == ("choice-ringed", "2.")
    assert document.grids[0].cells[1].text == "1.調査研究費 2.研修費 3.広報費"

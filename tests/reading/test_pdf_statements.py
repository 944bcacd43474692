"""罫線のない計算書. Statements that no rule draws are tables: one column of amounts, or a stair of several."""

from __future__ import annotations

import pytest
from pdfpages import Page, cells_of, pdf_of, plain, want

from sosei.reading import open_document
from sosei.reading.formats import pdf
from sosei.reading.grid import Grid

Lines = list[tuple[str, *tuple[str, ...]]]
EDGES = (320.0, 420.0, 520.0)
BALANCE: Lines = [
    ("1 固定資産",),
    ("(1) 土地", "208,774"),
    ("(2) 建物", "677,325"),
    ("減価償却累計額", "△229,588"),
    ("有形固定資産計", "", "656,511"),
    ("固定資産合計", "", "", "656,511"),
    ("2 流動資産",),
    ("(1) 現金", "603,065"),
    ("(2) 未収金", "95"),
    ("流動資産合計", "", "603,160"),
    ("資産合計", "", "", "1,259,671"),
]


def written(page: Page, lines: Lines, top: float, *, pitch: float = 16.0) -> Page:
    """Write lines: labels from the left, each amount so that it ends at its column's edge."""
    for number, (label, *amounts) in enumerate(lines):
        y = top + number * pitch
        page.text(80 if label[0].isdigit() else 95, y, label, 9)
        for edge, amount in zip(EDGES, amounts, strict=False):
            wide = sum(4.5 if sign.isascii() else 9.0 for sign in amount)
            page.text(edge - wide, y, amount, 9)
    return page


def grids(page: Page) -> list[Grid]:
    return list(pdf.tables(pdf_of(page), "a.pdf"))


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.row(row) if cell.row == row] for row in range(grid.rows)]


def full(lines: Lines, columns: int) -> list[list[str]]:
    return [[*line, *[""] * (columns - len(line))] for line in lines]


def test_階段状の金額の列はどれも列である() -> None:
    page = written(Page(), BALANCE, 130)
    page.text(240, 60, "予定貸借対照表", 12).text(250, 80, "(令和8年3月31日 現在)", 8)
    page.text(480, 104, "単位：千円", 9).text(290, 310, "- 10 -", 9)
    [grid] = grids(page)
    assert texts(grid) == full(BALANCE, 4)
    lines = [line.text for line in open_document(pdf_of(page), "a.pdf").lines]
    assert lines == ["予定貸借対照表", "(令和8年3月31日 現在)", "単位：千円", "- 10 -"]


def test_金額の列が一つでも金額の端がそろえば表である() -> None:
    lines: Lines = [
        ("1 業務活動",), ("当年度純利益", "111,131"), ("減価償却費", "265,286"), ("受取利息", "△726"),
        ("2 投資活動",), ("建設改良費", "△420,451"), ("補助金", "33,000"), ("3 期末残高", "665,405"),
    ]  # fmt: skip
    [grid] = grids(written(Page(), lines, 100))
    assert texts(grid) == full(lines, 2)


@pytest.mark.parametrize("shape", ["{}円", "¥{}", "△{}"])
def test_円や負の印のついた金額も金額である(shape: str) -> None:
    lines: Lines = [
        (f"{name}収入", shape.format(f"{n},200")) for n, name in enumerate("会補雑利計", 1)
    ]
    [grid] = grids(written(Page(), lines, 100))
    assert texts(grid) == full(lines, 2)


def test_左右に並ぶ勘定は四つの列である() -> None:
    names = [
        ("現金", "借入金"),
        ("預金", "未払金"),
        ("建物", "預り金"),
        ("土地", "基本金"),
        ("合計", "負債計"),
    ]
    page = Page()
    for number, pair in enumerate(names):
        for x, name, edge in zip((95, 350), pair, (260, 510), strict=True):
            amount = f"{number + 1},{number}00"
            page.text(x, 100 + 16 * number, name, 9).text(edge - 22.5, 100 + 16 * number, amount, 9)
    [grid] = grids(page)
    assert (grid.rows, grid.columns) == (5, 4)
    assert texts(grid)[0] == ["現金", "1,000", "借入金", "1,000"]


def test_左にそろえた数の並びは計算書ではない() -> None:
    page = Page()
    for number, amount in enumerate(("12,345", "5,432", "123,450", "1,035", "35,200", "1,234")):
        page.text(80, 100 + 16 * number, f"区分{number}", 9).text(200, 100 + 16 * number, amount, 9)
    assert grids(page) == []


def test_間の題名は表を分ける() -> None:
    page = written(Page(), BALANCE, 100)
    page.text(270, 100 + 16 * 11, "資本の部", 11)
    written(page, BALANCE, 100 + 16 * 12)
    assert [grid.rows for grid in grids(page)] == [11, 11]


def test_見出しは計算書の一番上の行である() -> None:
    page = written(Page(), BALANCE[1:], 116)
    head = ("科目", "内訳", "小計", "合計")
    for x, text in zip((95, *(edge - 30 for edge in EDGES)), head, strict=True):
        page.text(x, 100, text, 9)
    [grid] = grids(page)
    assert texts(grid) == full([head, *BALANCE[1:]], 4)


def test_目次や文の中の数は表ではない() -> None:
    contents = Page()
    for number in range(8):
        contents.text(80, 100 + 20 * number, f"{number + 1} 章の題名", 9)
        contents.text(500 - 4.5 * len(str(3 * number)), 100 + 20 * number, str(3 * number), 9)
    prose = Page()
    for number in range(8):
        prose.text(80, 100 + 20 * number, f"本年度の事業費は{number + 1},234千円である。", 9)
    assert grids(contents) == grids(prose) == []


PLAN: Lines = [
    ("1 水道事業収益", "818,951", "1,470", "820,421"),
    ("2 営業外収益", "90,626", "1,470", "92,096"),
    ("3 特別利益", "10", "△5", "5"),
]


def planned(lines: Lines, top: float) -> Page:
    """A small undrawn table whose header names every column."""
    page = written(Page(), lines, top)
    for x, text in zip(
        (80, *(edge - 36 for edge in EDGES)), ("科目", "既定額", "補正額", "合計額"), strict=True
    ):
        page.text(x, top - 16, text, 9)
    return page


def test_罫線のない表の残りの一行は次の頁の頭にあっても表の行である() -> None:
    first = planned(PLAN, 730)
    rest: Lines = [("4 受益者負担金", "4,769", "△400", "4,369")]
    second = written(Page(), rest, 60).text(80, 110, "令和８年２月２７日提出", 9)
    [grid] = pdf.tables(pdf_of(first, second), "a.pdf")
    assert texts(grid) == [["科目", "既定額", "補正額", "合計額"], *map(list, [*PLAN, *rest])]
    assert [line.text for line in open_document(pdf_of(first, second), "a.pdf").lines] == [
        "令和８年２月２７日提出"
    ]


def test_次の頁の頭の文や列の違う行は続きではない() -> None:
    first = planned(PLAN, 730)
    prose = Page().text(80, 60, "第４条 起債の利率を４％以内に改める。", 9)
    other = Page().text(80, 60, "合計", 9).text(360, 60, "12,345", 9)
    for second in (prose, other):
        [grid] = pdf.tables(pdf_of(first, second), "a.pdf")
        assert grid.rows == 4


def test_番号の後の語の下に下がった行は名の続きである() -> None:
    page = planned(PLAN, 116)
    page.text(80, 164, "第4項", 9).text(112, 164, "受益者負担金", 9)
    for edge, amount in zip(EDGES, ("4,769", "△400", "4,369"), strict=True):
        page.text(edge - 4.5 * len(amount) - (4.5 if amount[0] == "△" else 0), 164, amount, 9)
    page.text(112, 180, "及び分担金", 9)
    [grid] = grids(page)
    assert grid.rows == 5
    assert texts(grid)[-1][0] in ("第4項 受益者負担金及び分担金", "第4項 受益者負担金\n及び分担金")


def test_名の番号と語に分かれた列の上の見出しは両方の見出しである() -> None:
    page = planned([("1", *line[1:]) for line in PLAN], 116)
    for number, text in enumerate(("水道事業収益", "営業外の収益", "特別利益の計")):
        page.text(130, 116 + 16 * number, text, 9)
    [grid] = grids(page)
    assert [(cell.text, cell.colspan) for cell in grid.row(0)][:2] == [("科目", 2), ("既定額", 1)]
    assert texts(grid)[1] == ["1", "水道事業収益", "818,951", "1,470", "820,421"]


DENSE: Lines = [
    ("科目", "本年度", "前年度", "増減"),
    ("1 経常収益",),
    ("受取会費", "1,200", "1,100", "100"),
    ("受取補助金等", "34,000", "30,000", "4,000"),
    ("経常収益計", "35,200", "31,100", "4,100"),
    ("2 経常費用",),
    ("地域おこし協力隊に要した費用", "30,000", "28,000", "2,000"),
    ("3 当期経常増減額", "5,200", "3,100", "2,100"),
]


@pytest.mark.parametrize("pitch", [12, 14, 20])
def test_行と同じ間隔で立つ款の名は_行の間がどれだけでも一行である(pitch: float) -> None:
    [grid] = grids(written(Page(), DENSE, 100, pitch=pitch))
    assert texts(grid) == full(DENSE, 4)


def test_期間と単位の行は表の見出しではない() -> None:
    page = written(Page(), DENSE, 128, pitch=14)
    for x, text in ((200, "(令和7年4月1日"), (285, "から"), (315, "令和8年3月31日)")):
        page.text(x, 94, text, 9)
    page.text(470, 111, "（単位：千円）", 9)
    [grid] = grids(page)
    assert texts(grid) == full(DENSE, 4)


def test_単位は金額とともにある() -> None:
    lines: Lines = [(f"第{n}項 事業費", f"{n}4,300") for n in range(1, 6)]
    page = written(Page(), lines, 100).text(328, 100, "千円", 9)
    [grid] = grids(page)
    first, *rest = lines
    assert cells_of(grid) == want(plain([[first[0], "14,300 千円"], *map(list, rest)]))

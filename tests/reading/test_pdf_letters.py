"""文字の置かれ方. Text as PDF holds it: drawn twice, turned, spread, wrapped, running over its cell, meaning nothing."""

from __future__ import annotations

import pytest
from pdfpages import Box, Page, cells_of, even, pdf_of, plain, table, want

from sosei.reading import open_document
from sosei.reading.grid import Cell, Document, Grid

ROWS = [["区分", "目標", "実績"], ["観光客", "100", "98"], ["移住者", "20", "25"]]
XS, YS = even(60, 90, 3), even(100, 22, 3)


def read(*pages: Page) -> Document:
    document = open_document(pdf_of(*pages), "a.pdf")
    assert isinstance(document, Document)
    return document


def only(page: Page) -> Grid:
    [grid] = read(page).grids
    return grid


def framed(text: str, width: float, *, size: float = 9.0) -> Page:
    """A table of one row whose second cell holds lines."""
    lines = text.split("\n")
    page = table(Page(), [Box(0, 0, "題"), Box(0, 1, "")], [60, 100, 100 + width], [100, 112 + 12 * len(lines)])  # fmt: skip
    for n, line in enumerate(lines):
        page.text(103, 104 + 12 * n, line, size)
    return page


def second(page: Page) -> Cell:
    cell = only(page).at(0, 1)
    assert cell is not None
    return cell


@pytest.mark.parametrize("times", [2, 3, 4])
def test_太く見せるための重ね打ちは一字である(times: int) -> None:
    page = table(Page(), plain([["", "", ""], *ROWS[1:]]), XS, YS)
    for c, text in enumerate(ROWS[0]):
        for n, sign in enumerate(text):
            for again in range(times):
                page.text(XS[c] + 4 + 9 * n + 0.2 * again, YS[0] + 5, sign, 9)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_語ごとに重ねて打っても一度だけ読む() -> None:
    page = Page()
    for again in range(3):
        table(page, plain(ROWS), [x + 0.25 * again for x in XS], YS)
    assert cells_of(only(page)) == want(plain(ROWS))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_回した頁も見えるとおりに読み_場所は頁の座標で言う(rotate: int) -> None:
    document = read(table(Page(rotate=rotate), plain(ROWS), XS, YS))
    [grid] = document.grids
    assert (grid.rows, grid.columns) == (3, 3)
    assert cells_of(grid) == want(plain(ROWS))


def test_頁ではなく文字だけが回っていても読める() -> None:
    page = Page()
    for x in even(100, 22, 3):
        page.rule(x, 200, x, 470)
    for y in even(200, 90, 3):
        page.rule(100, y, 166, y)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            page.text(100 + 22 * r + 14 + 2, 470 - 90 * c - 12, text, 9, turned=True)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_切り出した頁の左上から測る() -> None:
    page = table(Page(crop=(30, 20, 500, 800)), plain(ROWS), XS, YS)
    assert cells_of(only(page)) == want(plain(ROWS))


def test_一字ずつ縦に積んだ見出しはつながる() -> None:
    page = table(Page(), [Box(0, 0, "", 3, 1), *[Box(r, 1, text) for r, text in enumerate("甲乙丙")]], [60, 80, 160], YS)  # fmt: skip
    for n, sign in enumerate("重点施策"):
        page.text(65, 104 + 14 * n, sign, 9)
    assert only(page).text(0, 0) == "重点施策"


def test_均等に割り付けた語はつながる() -> None:
    page = table(Page(), plain([["", "100"], ["観光", "20"]]), [60, 160, 230], YS[:3])
    for n, sign in enumerate("事業名"):
        page.text(66 + 34 * n, YS[0] + 5, sign, 9)
    assert only(page).text(0, 0) == "事業名"


def test_間に空きを打った語は空きのまま() -> None:
    page = table(Page(), plain([["事 業 名", "100"], ["森 林", "20"]]), [60, 160, 230], YS[:3])
    assert [only(page).text(row, 0) for row in (0, 1)] == ["事 業 名", "森 林"]


def test_折り返した行はつなぎ_言い切った行は分ける() -> None:
    assert (
        second(framed("地域資源を生かした観\n光振興\n（単位：人）", 96)).text
        == "地域資源を生かした観光振興\n（単位：人）"
    )


def test_箇条書きは行いっぱいでも分ける() -> None:
    assert (
        second(framed("①商談会を開催したよ\n②研修会を開催した", 96)).text
        == "①商談会を開催したよ\n②研修会を開催した"
    )


def test_行ごとに場所がある() -> None:
    words = second(framed("目標100人\n実績131人", 120)).words
    first, last = words[0:5].places, words[words.text.index("131") :].places
    assert (len(first), len(last)) == (1, 1)
    assert first[0].box is not None
    assert last[0].box is not None
    assert first[0].box[3] < last[0].box[1]


def test_隣に触れる数字は線で分かれる() -> None:
    page = table(Page(), plain([["", ""], ["甲", "乙"]]), [60, 110, 160], YS[:3])
    page.text(74, YS[0] + 5, "7,807,106", 8).text(110.5, YS[0] + 5, "▲58,025", 8)
    assert [only(page).text(0, c) for c in (0, 1)] == ["7,807,106", "▲58,025"]


def test_はみ出した語は始まったセルのもの() -> None:
    page = table(Page(), plain([["", "", "9"], *ROWS[1:]]), XS, YS)
    page.text(XS[0] + 3, YS[0] + 5, "交流人口の拡大をめざす取組み", 9)
    assert [only(page).text(0, c) for c in range(3)] == ["交流人口の拡大をめざす取組み", "", "9"]


def test_和文と欧文の間の四分アキは空白ではない() -> None:
    page = table(Page(), plain([["", ""], ["甲", "乙"]]), [60, 160, 260], YS[:3])
    page.text(64, YS[0] + 5, "28", 10).text(76.5, YS[0] + 5, "俵", 10)
    assert only(page).text(0, 0) == "28俵"


def test_意味の分からない字は残して知らせる() -> None:
    document = read(
        table(Page(), plain([["外字\ue000町", "1"], ["甲", "2"]]), [60, 160, 260], YS[:3])
    )
    assert document.grids[0].text(0, 0) == "外字\ue000町"
    assert [(n.code, n.raw) for n in document.unread] == [("glyph-unknown", "外字\ue000町")]


def test_表の外の文は段落になり_頁番号は脇に置く() -> None:
    page = Page().text(60, 60, "令和３年度 実績報告", 14)
    for n, text in enumerate(
        (
            "地域の資源を生かした観光の振興に取り組み、交流人口の拡大と地域",
            "経済の活性化を図る。",
            "次の段落である。",
        )
    ):
        page.text(60, 100 + 15 * n, text, 10)
    page.text(280, 815, "- 3 -", 9)
    assert [(line.text, line.aside) for line in read(page).lines] == [
        ("令和３年度 実績報告", False),
        ("地域の資源を生かした観光の振興に取り組み、交流人口の拡大と地域経済の活性化を図る。", False),
        ("次の段落である。", False),
        ("- 3 -", True),
    ]  # fmt: skip


def test_表の上下の文は表の前後に並ぶ() -> None:
    page = table(Page().text(60, 80, "（単位：千円）", 9), plain(ROWS), XS, YS)
    page.text(60, 180, "※実績は年度末現在", 9)
    kinds = [b.words.text if not isinstance(b, Grid) else "表" for b in read(page).blocks]
    assert kinds == ["（単位：千円）", "表", "※実績は年度末現在"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("（西暦-月-\n日）", "（西暦-月-日）"), ("http://www.dou-\nkouseiren.jp/", "http://www.dou-kouseiren.jp/")],
)  # fmt: skip
def test_行末のハイフンは紙にあるとおりに残る(text: str, said: str) -> None:
    wide = 4 + max(sum(9 if sign > "\u2e80" else 4.5 for sign in line) for line in text.split("\n"))
    assert second(framed(text, wide + 2)).text == said


@pytest.mark.parametrize("text", ["データドメイ\nン、バイアス", "データの取得元\n、取得方法を示す"])
def test_片仮名や読点で始まる行は前の行の続きである(text: str) -> None:
    wide = 6 + 9 * max(map(len, text.split("\n")))
    assert second(framed(text, wide)).text == text.replace("\n", "")


def spread(page: Page, x: float, gaps: list[float], text: str, size: float = 8.0) -> Page:
    """Write characters one by one, each with white before it."""
    for gap, sign in zip(gaps, text, strict=True):
        page.text(x + gap, 104, sign, size)
        x += gap + (size if sign > "\u2e80" else size / 2)
    return page


@pytest.mark.parametrize(
    ("gaps", "text", "said"),
    [
        ([0, 4, 11, 11, 11], "１営業収益", "１ 営業収益"),
        ([0, 4, 11, 11, 11], "1営業収益", "1 営業収益"),
        ([0, 8, 24, 24], "ア料金収", "ア 料金収"),
        ([0, 9, 9, 9, 9], "イ受託工事", "イ 受託工事"),
        ([0, 9, 9, 9], "アイデア", "アイデア"),
        ([0, 6, 6, 6], "一般会計", "一般会計"),
        ([0, 8, 20], "２目的", "２ 目的"),
        ([0, 16], "６級", "６級"),
        ([0, 40], "説明", "説明"),
        ([0, 110], "説明", "説明"),
        ([0, 4, 110], "ｲ土地", "ｲ 土地"),
        ([0, 11, 11, 11, 11, 11], "減価償却費計", "減価償却費計"),
    ],
)
def test_番号のある均等割付の語も一語である(gaps: list[float], text: str, said: str) -> None:
    page = table(Page(), [Box(0, 0, "科目"), Box(0, 1, "")], [60, 100, 250], [100, 116])
    assert second(spread(page, 104, gaps, text)).text == said


def test_字間を空けた一続きと一字も一語である() -> None:
    page = table(Page(), [Box(0, 0, "品目"), Box(0, 1, "")], [60, 100, 250], [100, 116])
    page.draw("10 Tc").text(104, 104, "ＡＶ機", 8).draw("0 Tc").text(104 + 54, 104, "器", 8)
    assert second(page).text == "ＡＶ機器"


def test_字を格子に置いた行の金額はつながる() -> None:
    page = Page()
    x = 60.0
    for sign in "予算の総額を5,514,639千円とする。":
        page.text(x, 104, sign, 10)
        x += 12.2 if sign > "\u2e80" else 6.5
    [line] = read(page).lines
    assert line.text == "予算の総額を5,514,639千円とする。"


def test_二行の語の横の番号は一行目の前に立つ() -> None:
    page = table(Page(), [Box(0, 0, "款"), Box(0, 1, "")], [60, 100, 164], [100, 126])
    page.text(103, 107.5, "１", 10.8)
    for n, line in enumerate(("下水道", "事業収益")):
        page.text(120, 102 + 11 * n, line, 10)
    assert second(page).text == "１ 下水道事業収益"


def test_二行の語の後ろの記号は二行目の後に立つ() -> None:
    page = table(Page(), [Box(0, 0, "区分"), Box(0, 1, "")], [60, 100, 300], [100, 126])
    for n, line in enumerate(("地方財政法による", "資金不足の比率")):
        page.text(104, 102 + 11 * n, line, 10)
    page.text(230, 107.5, "(R)/(S)", 10)
    assert second(page).text == "地方財政法による\n資金不足の比率 (R)/(S)"


@pytest.mark.parametrize(
    "text",
    [
        "15,000（往路）\n15,000（復路）",
        "85.00\n80.00\n75.00",
        "５月下旬～８月下旬\n４月下旬～６月上旬",
    ],
)
def test_同じ形の数の行は一つずつの項目である(text: str) -> None:
    wide = 8 + max(sum(9 if sign > "\u2e80" else 4.5 for sign in line) for line in text.split("\n"))
    assert second(framed(text, wide)).text == text


def test_数の下の単位は数につながる() -> None:
    assert second(framed("②5,000\n人", 41)).text == "②5,000人"


def test_均等割付の語は一つの項目である() -> None:
    page = table(Page(), [Box(0, 0, "担当"), Box(0, 1, "")], [60, 100, 146], [100, 128])
    for n, sign in enumerate("所属長"):
        page.text(104 + 13.5 * n, 103, sign, 9)
    assert second(page.text(104, 115, "住民課長", 9)).text == "所属長\n住民課長"


def test_前の行の幅に割り付けた語は別の項目である() -> None:
    page = table(Page(), [Box(0, 0, "担当"), Box(0, 1, "")], [60, 100, 170], [100, 142])
    page.text(117, 103, "総務課長", 9)
    for n, sign in enumerate("所属長"):
        page.text(117 + 13.5 * n, 115, sign, 9)
    page.text(117, 127, "職", 9).text(144, 127, "員", 9)
    assert second(page).text == "総務課長\n所属長\n職員"


def test_升いっぱいの語の残りを割り付けても一つの語である() -> None:
    page = table(Page(), [Box(0, 0, "担当"), Box(0, 1, "")], [60, 100, 158], [100, 128])
    page.text(106, 103, "施設整備の", 9)
    for n, sign in enumerate("進め方"):
        page.text(106 + 18 * n, 115, sign, 9)
    assert second(page).text == "施設整備の進め方"


@pytest.mark.parametrize(
    "text", ["月・火9:00～17:00\n水・土9:00～12:00", "平日9時～12時30分\n土9時～12時"]
)
def test_曜日で始まる行は新しい診療時間である(text: str) -> None:
    wide = 8 + max(sum(9 if sign > "\u2e80" else 4.5 for sign in line) for line in text.split("\n"))
    assert second(framed(text, wide)).text == text


def test_隅と隅に書いた見出しは別の行である() -> None:
    page = table(Page(), [Box(0, 0, "区分"), Box(0, 1, "")], [60, 100, 160], [100, 180])
    page.text(108, 104, "保証レベル", 9).text(104, 166, "データ要件", 9)
    assert second(page).text == "保証レベル\nデータ要件"


def test_開き括弧は後ろの語と共に折り返す() -> None:
    lines = "なお、国際標準化機構\n（ISO）が発行する文書"
    assert second(framed(lines, 10 * 9 + 18)).text == lines.replace("\n", "")


def test_低い行からはみ出す二行目は上の升のものである() -> None:
    page = table(Page(), [Box(0, 0, "名"), Box(0, 1, ""), Box(1, 0, "祭"), Box(1, 1, "")], [60, 100, 160], [100, 109, 130])  # fmt: skip
    page.text(102, 96.5, "実績額", 8).text(102, 106, "（円）", 8).text(120, 118, "21,564,800", 8)
    grid = only(page)
    assert [grid.text(0, 1), grid.text(1, 1)] == ["実績額\n（円）", "21,564,800"]


@pytest.mark.parametrize(
    ("first", "again", "at", "said"),
    [
        ("卒業生の数０人（", "卒業生の数０人（2014年）", 0, "卒業生の数０人（2014年）"),
        ("４．高校生参加による", "高校生参加による個性的な村", 2, "４．高校生参加による個性的な村"),
        ("・中学校の訪問回数", "・", 0, "・中学校の訪問回数"),
        ("高校の機能強化", "の機能", 2, "高校の機能強化"),
    ],
)
def test_切り方を変えて重ねて打っても一度だけ読む(
    first: str, again: str, at: int, said: str
) -> None:
    page = table(Page(), [Box(0, 0, "題"), Box(0, 1, "")], [60, 100, 300], [100, 120])
    page.text(104, 104, first, 9).text(104.3 + 9 * at, 104, again, 9)
    assert second(page).text == said


def test_右端の金額は折り返した名の後に読む() -> None:
    page = table(Page(), [Box(0, 0, "節"), Box(0, 1, "")], [60, 100, 250], [100, 142])
    page.text(103, 104, "○ 一般被保険者療養給付", 9).text(222, 104, "3,600", 9).text(
        112, 116, "費", 9
    )
    page.text(103, 128, "○ 委託料", 9).text(222, 128, "3,700", 9)
    assert second(page).text == "○ 一般被保険者療養給付費 3,600\n○ 委託料 3,700"


def test_右端の金額の左に狭く折り返した名は_下がった行までが名である() -> None:
    page = table(Page(), [Box(0, 0, "節"), Box(0, 1, "")], [60, 100, 300], [100, 168])
    lines = [("○", "感染症関連緊急経済", "319,763"), ("", "対策の追加分事業費", ""), ("", "負担金", ""),
             ("", "委託料", "450"), ("", "その他の区分", "")]  # fmt: skip
    for number, (mark, label, amount) in enumerate(lines):
        top = 104 + 12 * number
        page.text(103, top, mark, 9).text(121, top, label, 9)
        page.text(296 - 4.5 * len(amount), top, amount, 9)
    assert second(page).text == (
        "○ 感染症関連緊急経済対策の追加分事業費負担金 319,763\n委託料 450\nその他の区分"
    )


def test_括弧の中に均等に割り付けた語もつながる() -> None:
    page = table(Page(), [Box(0, 0, "区分"), Box(0, 1, "")], [60, 100, 250], [100, 120])
    for n, sign in enumerate(("（一", "般", "行", "政", "職）")):
        page.text(110 + 14 * n + (9 if n else 0), 104, sign, 9)
    assert second(page).text == "（一般行政職）"


def test_番号に続けて均等に割り付けた語もつながる() -> None:
    page = table(Page(), [Box(0, 0, "科目"), Box(0, 1, "")], [60, 100, 250], [100, 120])
    page.text(110, 104, "1.特", 9).text(140, 104, "別", 9).text(162, 104, "職", 9)
    assert second(page).text == "1.特別職"


def test_番号の横で折り返した語は番号の後から数える() -> None:
    page = table(Page(), [Box(0, 0, "款"), Box(0, 1, "")], [60, 100, 225], [100, 130])
    page.text(124, 109, "(4)", 9).text(140, 104, "受益者負担金及び", 10)
    for n, sign in enumerate("分担金"):
        page.text(140 + 35 * n, 116, sign, 10)
    assert second(page).text == "(4) 受益者負担金及び分担金"


def test_括弧の中の数の下の数は別の項目である() -> None:
    page = table(Page(), [Box(0, 0, "職員数"), Box(0, 1, "")], [60, 100, 138], [100, 130])
    page.text(109, 104, "（8）", 9).text(107, 116, "6", 9).text(116, 116, "1/4", 9)
    assert second(page).text == "（8）\n6 1/4"


def test_同上の印は列ではない() -> None:
    page = table(Page(), [Box(0, 0, "報酬"), Box(0, 1, "")], [60, 100, 232], [100, 130])
    page.text(102, 104, "〃", 9).text(135, 104, "千円以内で規則で定", 10).text(
        102, 116, "める額", 10
    )
    assert second(page).text == "〃 千円以内で規則で定める額"


def test_日ごとに括弧で始まる行は別の項目である() -> None:
    page = table(Page(), [Box(0, 0, "行程"), Box(0, 1, "")], [60, 100, 252], [100, 130])
    page.text(102, 104, "（8/3）東京駅＝大阪駅＝新大阪駅", 10)
    page.text(102, 116, "（8/4）大阪駅＝東京駅", 10)
    assert second(page).text == "（8/3）東京駅＝大阪駅＝新大阪駅\n（8/4）大阪駅＝東京駅"


def test_頁の外の字は読まずに知らせる() -> None:
    page = Page().text(100, 100, "見える").text(-60, 100, "左の外").text(700, 130, "右の外")
    document = open_document(pdf_of(page.text(100, 900, "下の外")), "a.pdf")
    assert [line.text for line in document.lines] == ["見える"]
    assert sorted(u.raw for u in document.unread) == ["下の外", "右の外", "左の外"]


def test_空きの記号がなくても遠く離れた語は別の行である() -> None:
    page = Page().text(60, 134, "（歳入")
    page.draw("300 Tc").text(90, 134, "）（").draw("0 Tc").text(410, 134, "単位：千円）")
    lines = open_document(pdf_of(page), "a.pdf").lines
    assert [line.text for line in lines] == ["（歳入）", "（単位：千円）"]

"""Forms that the same facts take elsewhere: one figure a row, several figures a cell, sheets by year, legends, wraps."""

from __future__ import annotations

import io

from openpyxl import Workbook
from worldfacts import facts

from sosei.core.report import Place
from sosei.reading import read
from sosei.reading.grid import Cell, Grid, Run, Words
from sosei.reading.layouts.strangers.beside import besides


def said(name: str, *lines: str) -> list[str]:
    """Return the facts of a text file of some lines."""
    return facts(read("\n".join(lines).encode(), name)).splitlines()


def table(*rows: str) -> list[str]:
    """Return the facts of a page with one table."""
    return facts(read(grid(*rows).encode(), "page.html")).splitlines()


def grid(*rows: str) -> str:
    """Return a page with one table: a row a text, its cells by 「|」, lines of a cell by 「//」."""
    cells = (
        "".join(c if c[:3] == "<td" else f"<td>{c}</td>" for c in row.split("|")) for row in rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in cells).replace("//", "<br>")
    return f"<h1>総合戦略の実績（令和5年度）</h1><table>{body}</table>"


def test_一行に一つの数を並べた表は指標ごとにまとめる() -> None:
    head = "番号,事業名,指標名,単位,年度,区分,値"
    rows = ["令和3年度,目標値,20", "令和3年度,実績値,18", "令和4年度,実績値,26"]
    lines = [f"7,里親制度,登録世帯数,世帯,{row}" for row in rows]
    found = said("list.csv", "笹舟町の実績,,,,,,", head, *lines)
    assert found == [
        "year 2022 inferred",
        "# 7 里親制度",
        "  - 登録世帯数 [世帯]",
        "    2021 target 20 actual 18",
        "    2022 actual 26",
    ]


def test_番号のある行が折れても一つの欄の指標を読み分ける() -> None:
    found = table(
        "№|補助金の名称|ＫＰＩ|目標|実績",
        "1|駅の利用支援|① 定期券の購入者数//② 催しの来場者数|①620人//②5,000//人|①588人//②7,240//人",
    )
    assert found == [
        "year 2023 printed",
        "# 1 駅の利用支援",
        "  - ① 定期券の購入者数 [人]",
        "    - target 620 actual 588",
        "  - ② 催しの来場者数 [人]",
        "    - target 5000 actual 7240",
    ]


def test_到達点は目標が率でなければ達成率() -> None:
    head = "分野|ものさし|単位|はじめの値（R1）|めざす値（R6）|今年度の値（R5）|到達点"
    found = table(head, "しごと|就業者数|人|45|80|66|83%", "しごと|企業数|社|3|8|5|63%")
    assert found == [
        "year 2023 printed",
        "# しごと",
        "  - 就業者数 [人] from 45 @2019",
        "    2024 target 80",
        "    2023 actual 66 rate 83%",
        "  - 企業数 [社] from 3 @2019",
        "    2024 target 8",
        "    2023 actual 5 rate 63%",
    ]


def test_年度ごとの行に指標名を繰り返す表は一つの指標にまとめる() -> None:
    head = "事業名,KPI,単位,年度,目標値,実績値"
    rows = [f"里親制度,登録世帯数,世帯,{row}" for row in ("令和3年度,20,18", "令和4年度,25,26")]
    found = said("list.csv", "笹舟町の実績,,,,,", head, *rows)
    assert found == [
        "year 2022 inferred",
        "# 里親制度",
        "  - 登録世帯数 [世帯]",
        "    2021 target 20 actual 18",
        "    2022 target 25 actual 26",
    ]


def test_一つの欄に目標と実績と達成率を書き分けた表を読む() -> None:
    cells = "目標：8//実績：6//達成率：75.0%|目標：10実績：11達成率：110.0%"
    found = table(
        "事業名（担当課）|KPI|令和4年度|令和5年度", f"夜の城（公園課）|出店数（店）|{cells}"
    )
    assert found == [
        "year 2023 printed",
        "# 夜の城 <公園課>",
        "  - 出店数 [店]",
        "    2022 target 8 actual 6 rate 75.0%",
        "    2023 target 10 actual 11 rate 110.0%",
    ]


def test_見出しの分からない数の列は見出しとともに読めなかったものに置く() -> None:
    page = grid("指標|単位|目標値|実績値|照合の値", "移住者数|人|30|25|7", "開業数|件|5|4|3")
    report = read(page.encode(), "page.html")
    left = [note for note in report.unread if note.code == "column"]
    assert [(note.raw, len(note.place)) for note in left] == [("照合の値", 2)]


def test_見出しの分かる列と文字の列は読めなかったものに置かない() -> None:
    page = grid(
        "指標|単位|目標値|実績値|前年度比|担い手", "移住者数|人|30|25|7|市民", "開業数|件|5|4|3|市"
    )
    assert not [note for note in read(page.encode(), "page.html").unread if note.code == "column"]


def test_事業ごとに予算と決算を行で分けた表を読む() -> None:
    head = "番号|事業名|担当課|<td colspan=2>経費（千円）</td>|指標|目標値|令和5年度実績（令和4年度実績）|評価"
    tall = [f"<td rowspan=2>{text}</td>" for text in ("8千人", "7,900人（6,100人）", "Ａ")]
    first = "|".join(f"<td rowspan=2>{text}</td>" for text in ("1", "灯台の夜市", "観光課"))
    found = table(
        head, f"{first}|予算額|4,000|<td rowspan=2>来場者数</td>|" + "|".join(tall), "決算額|3,821"
    )
    assert found == [
        "year 2023 printed",
        "# 1 灯台の夜市 <観光課>",
        "  $ 予算額 4000000",
        "  $ 決算額 3821000",
        "  - 来場者数 [人] = Ａ",
        "    - target 8000",
        "    2023 actual 7900",
        "    2022 actual 6100",
    ]


def test_事業を横に並べ指標を縦に繰り返した表を読む() -> None:
    kpis = ["ＫＰＩ①|利用者数|入学者数", "単位|人|人", "目標値|300|10", "実績値|412|8"]
    more = [
        "ＫＰＩ②|企業数|発表件数",
        "単位|社|件",
        "目標値|20|15",
        "実績値|17|18",
        "達成率|85%|120%",
    ]
    head = ["事業名|海辺の仕事場|高校の魅力化", "担当課|観光課|教育課", "実施期間|R3～R5|R2～R6"]
    found = table(*head, *kpis, *more, "評価|Ａ|Ｂ")
    assert found == [
        "year 2023 printed",
        "# 海辺の仕事場 <観光課>",
        "  period 2021-2023",
        "  - 利用者数 [人]",
        "    - target 300 actual 412",
        "  - 企業数 [社]",
        "    - target 20 actual 17 rate 85%",
        "  grade: Ａ",
        "# 高校の魅力化 <教育課>",
        "  period 2020-2024",
        "  - 入学者数 [人]",
        "    - target 10 actual 8",
        "  - 発表件数 [件]",
        "    - target 15 actual 18 rate 120%",
        "  grade: Ｂ",
    ]


def test_年度と目標実績を縦に指標を横に並べた表を読む() -> None:
    wide = "<td colspan=2>{}</td>|{}|{}"
    rows = [
        ("事業名", "港の朝市", "海の教室"),
        ("KPI", "来場者数", "参加者数"),
        ("単位", "人", "人"),
    ]
    year = "<td rowspan=2>{}</td>|目標値|{}|{}"
    found = table(
        *(wide.format(*row) for row in rows),
        year.format("令和4年度", "32,000", "450"),
        "実績値|33,108|466",
        year.format("令和5年度", "34,000", "500"),
        "実績値|35,420|512",
    )
    assert found == [
        "year 2023 printed",
        "# 港の朝市",
        "  - 来場者数 [人]",
        "    2022 target 32000 actual 33108",
        "    2023 target 34000 actual 35420",
        "# 海の教室",
        "  - 参加者数 [人]",
        "    2022 target 450 actual 466",
        "    2023 target 500 actual 512",
    ]


def test_見出しが何番目の指標かを言う表を読む() -> None:
    head = (
        "事業名,指標1_名称,指標1_単位,指標1_目標値,指標1_実績値,KPI2,KPI2単位,KPI2目標値,KPI2実績値"
    )
    found = said(
        "list.csv", "風間市の実績,,,,,,,,", head, "里海,受講者数,人,120,131,協力漁家数,戸,8,7"
    )
    assert found == [
        "# 里海",
        "  - 受講者数 [人]",
        "    - target 120 actual 131",
        "  - 協力漁家数 [戸]",
        "    - target 8 actual 7",
    ]


def book(**sheets: list[tuple[object, ...]]) -> bytes:
    """Return a book of some sheets."""
    made, out = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_年度ごとのシートは同じ指標の年ごとの値になる() -> None:
    head = ("事業名", "KPI", "単位", "目標", "実績")
    sheets = {"令和4年度": [head, ("花の回廊", "協賛団体数", "団体", 60, 58)]}
    sheets |= {"令和5年度": [head, ("花の回廊", "協賛団体数", "団体", 70, 75)]}
    note = {"凡例": [("指標", "単位", "目標値", "実績値"), ("例", "人", 1, 2)]}
    found = facts(read(book(**note, **sheets), "book.xlsx")).splitlines()
    assert found == [
        "year 2023 inferred",
        "# 花の回廊",
        "  - 例 [人]",
        "    - target 1 actual 2",
        "  - 協賛団体数 [団体]",
        "    2022 target 60 actual 58",
        "    2023 target 70 actual 75",
    ]


def test_凡例が並びを決める行を読む() -> None:
    legend = "凡例　［平成３０年度 基準値］ → ［令和６年度 目標値］　★令和４年度 実績値"
    lines = ["・空き店舗率　24.6％ → 18.0％　★22.9％", "・開設数　2か所 → 6か所　★未確定"]
    found = said(
        "report.txt", "楢葉台町総合戦略　令和４年度の成果", legend, "（１）歩くまち", *lines
    )
    assert found == [
        "year 2022 printed",
        "# １ 歩くまち",
        "  - 空き店舗率 [%] from 24.6 @2018",
        "    2024 target 18",
        "    2022 actual 22.9",
        "  - 開設数 [か所] from 2 @2018",
        "    2024 target 6",
        "    2022 actual counting",
    ]


def test_議事録の話し手の名は指標の名に入れない() -> None:
    told = (
        "来場者数は、目標5,000人に対して実績6,120人、出店者数は、目標20店に対して実績18店でした。"
    )
    found = said(
        "report.txt", "総合戦略審議会　令和５年度の実績", "【漁港の朝市】", f"○企画課長　{told}"
    )
    assert found == [
        "year 2023 printed",
        "# 漁港の朝市",
        "  - 来場者数 [人]",
        "    - target 5000 actual 6120",
        "  - 出店者数 [店]",
        "    - target 20 actual 18",
    ]


def test_文字数で折られた行の数をつなぐ() -> None:
    lines = [
        "　　遊歩道を直し、案内板を置いた。見学者数は目標２，５００人に対し実績２，",
        "　８００人（達成率１１２％）であった。",
    ]
    more = [
        "　　山間の集落を週に２回まわった。停留所の数は目標４０か所に対し実績３６か",
        "　所（達成率９０％）であった。",
    ]
    found = said(
        "report.txt",
        "遠見市　令和５年度実績",
        "（１）山城の活用事業",
        *lines,
        "（２）移動販売事業",
        *more,
    )
    assert found == [
        "year 2023 printed",
        "# １ 山城の活用事業",
        "  - 見学者数 [人]",
        "    - target 2500 actual 2800 rate １１２％",
        "# ２ 移動販売事業",
        "  - 停留所の数 [か所]",
        "    - target 40 actual 36 rate ９０％",
    ]


def test_見た目だけで分けた見出しと値を読み分ける() -> None:
    card = "<h2>{}</h2><p><b>所管課</b>{}</p><p><b>指標名</b>{}</p><p><b>目標値</b>{}</p><p><b>実績値</b>{}</p>"
    cards = [
        ("湯めぐり", "観光課", "発行枚数", "3,000枚", "2,740枚"),
        ("子ども食堂", "福祉課", "開設数", "6か所", "集計中"),
    ]
    html = "<h1>総合戦略の実績（令和4年度）</h1>" + "".join(card.format(*each) for each in cards)
    found = facts(read(html.encode(), "page.html")).splitlines()
    assert found == [
        "year 2022 printed",
        "# 湯めぐり <観光課>",
        "  - 発行枚数 [枚]",
        "    - target 3000 actual 2740",
        "# 子ども食堂 <福祉課>",
        "  - 開設数 [か所]",
        "    - target 6 actual counting",
    ]


def test_二字の見出しは数の前でだけ値と分ける() -> None:
    told = ["<p>目標9,000人</p>", "<p>実績9,450人</p>", "<p>目標は人の輪</p>"]
    html = "<h1>総合戦略の実績（令和5年度）</h1><h2>冬のまつり</h2><p>ＫＰＩ来場者数</p>" + "".join(
        told
    )
    html += "<h2>雪室の活用</h2><p>ＫＰＩ貯蔵量</p><p>目標120t</p><p>実績98t</p>"
    found = facts(read(html.encode(), "page.html")).splitlines()
    assert found == [
        "year 2023 printed",
        "# 冬のまつり",
        "  - 来場者数 [人]",
        "    - target 9000 actual 9450",
        "# 雪室の活用",
        "  - 貯蔵量 [t]",
        "    - target 120 actual 98",
    ]


def test_単位のない値も見出しと年があれば読む() -> None:
    told = "　　基準値　１０（令和元年度）　目標値　３０（令和６年度）　実績値　２４（令和５年度）"
    found = said(
        "report.txt", "総合戦略　令和５年度進捗", "１　森の幼稚園", "　指　標　園児数（人）", told
    )
    assert found == [
        "year 2023 printed",
        "# １ 森の幼稚園",
        "  - 園児数 [人] from 10 @2019",
        "    2024 target 30",
        "    2023 actual 24",
    ]


def test_名より先に書かれた担当課と入れ子の表の金額を読む() -> None:
    money = "<table><tr><td>事業費</td><td>国庫支出金</td></tr><tr><td>45,200</td><td>22,600</td></tr></table>"
    form = "<table><tr><td>事業番号</td><td>{}</td><td>担当</td><td>{}</td></tr><tr><td>事業名</td><td colspan=3>{}</td></tr><tr><td>決算額（単位：千円）</td><td colspan=3>{}</td></tr></table>"
    forms = [
        form.format(*each, money)
        for each in (("1", "情報室", "里山の拠点"), ("2", "振興課", "協力隊"))
    ]
    html = "<h3>総合戦略　事業評価（令和２年度）</h3>" + "".join(forms)
    found = facts(read(html.encode(), "page.html")).splitlines()
    assert found == [
        "year 2020 printed",
        "# 1 里山の拠点 <情報室>",
        "  $ 事業費 45200000",
        "  $ 国庫支出金 22600000",
        "# 2 協力隊 <振興課>",
        "  $ 事業費 45200000",
        "  $ 国庫支出金 22600000",
    ]


def test_個票の金額の単位は一覧や注記から知り一覧と同じ金額は一度だけ読む() -> None:
    sheet = [
        ("金額は円単位で記入",),
        ("事業名", "城下町", "担当課", "都市課"),
        ("予算額", 32_000_000, "決算額", 30_885_400),
    ]
    listed = [
        ("番号", "事業名", "担当課", "決算額（円）"),
        (1, "城下町", "都市課", 30_885_400),
        (2, "人材還流", "産業課", 500),
    ]
    found = facts(read(book(**{"一覧": listed, "No.1": sheet}), "book.xlsx")).splitlines()
    assert found == [
        "# 1 城下町 <都市課>",
        "  $ 決算額 30885400",
        "  $ 予算額 32000000",
        "# 2 人材還流 <産業課>",
        "  $ 決算額 500",
    ]


def test_前置きのある文はすぐ前の節から指標の名を取る() -> None:
    told = "花の時期に案内人を置いた結果、花まつりの来場者数は、目標35,000人に対して41,280人（達成率117.9%）となった。"
    found = said(
        "report.txt", "令和５年度主要な施策の成果", "○ 花と湖の観光地づくり事業〔商工観光課〕", told
    )
    assert found == [
        "year 2023 printed",
        "# 花と湖の観光地づくり事業 <商工観光課>",
        "  - 花まつりの来場者数 [人]",
        "    - target 35000 actual 41280 rate 117.9%",
    ]


def test_同じ見出しが別の幅で現れたら別の表として読む() -> None:
    head = "<td colspan=2>指標</td>|<td>目標値</td>|<td colspan=2>実績値</td>|出典"
    again = "指標|<td colspan=2>目標値</td>|実績値|<td colspan=2>出典</td>"
    first = "<td colspan=2>就農者数</td>|40人|<td colspan=2>23人</td>|農林課"
    found = table(
        head, first, again, "転入者数|<td colspan=2>50人</td>|64人|<td colspan=2>住民課</td>"
    )
    assert found == [
        "year 2023 printed",
        "# ?",
        "  - 就農者数 [人]",
        "    - target 40 actual 23",
        "  - 転入者数 [人]",
        "    - target 50 actual 64",
    ]


def test_名だけの行は下の指標の見出し() -> None:
    lone = [
        "１ 若い世代に選ばれる||||",
        "転出超過数|人|210|100|164",
        "２ 誰もが活躍できる||||",
        "就業率|％|68|75|71",
    ]
    found = table("指標|単位|基準値（R1）|目標値（R6）|実績値（R4）", *lone)
    assert found == [
        "year 2023 printed",
        "# １ 若い世代に選ばれる",
        "  - 転出超過数 [人] from 210 @2019",
        "    2024 target 100",
        "    2022 actual 164",
        "# ２ 誰もが活躍できる",
        "  - 就業率 [％] from 68 @2019",
        "    2024 target 75",
        "    2022 actual 71",
    ]


def sheet_on(page: int, *rows: str) -> Grid:
    """Return a grid on a page: a row a text, its cells by 「|」."""
    place = Place(page=page)
    cells = tuple(
        Cell(row, column, Words(text, (Run(len(text), place, exact=True),)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts.split("|"))
    )
    return Grid(len(rows), rows[0].count("|") + 1, cells)


def test_幅が余って次の頁に刷られた列は前の頁の行につなぐ() -> None:
    left = sheet_on(1, "番号|事業名|ＫＰＩ|目標値", "1|里山|来場者数|60人", "2|漁港|出店数|25店")
    right = sheet_on(2, "実績値|達成率", "47人|78.3%", "27店|108.0%")
    joined = besides([left, right])
    assert [(grid.rows, grid.columns) for grid in joined if isinstance(grid, Grid)] == [(3, 6)]


def test_同じ頁の表と名のある表はつながない() -> None:
    left = sheet_on(1, "番号|事業名|ＫＰＩ|目標値", "1|里山|来場者数|60人", "2|漁港|出店数|25店")
    beside = sheet_on(1, "実績値|達成率", "47人|78.3%", "27店|108.0%")
    other = sheet_on(2, "事業名|実績値|達成率", "港|47人|78.3%", "山|27店|108.0%")
    assert besides([left, beside]) == [left, beside]
    assert besides([left, other]) == [left, other]

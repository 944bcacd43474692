"""三本罫の表. Goals as chapters; tables of three rules (over and under the head, under the rows), rows without rules, western years in the heads; by typst."""

from layouts import producers
from layouts.goldwords import comma, goal, gold, kpi

#: Of each goal: its figures (name, unit, baseline, target, actual), and its measures with one figure each.
GOALS = {
    "基本目標１　魅力ある雇用の場をつくる": (
        [
            ("市内総生産", "億円", 1842, 1900, 1876),
            ("市内事業所従業者数", "人", 21450, 22000, 21987),
        ],
        [
            ("起業・創業の支援", "創業件数（累計）", "件", 12, 60, 57),
            ("企業誘致の推進", "誘致企業による新規雇用者数", "人", 0, 200, 243),
            ("農林業の担い手育成", "認定農業者数", "経営体", 182, 190, 179),
        ],
    ),
    "基本目標２　新しいひとの流れをつくる": (
        [("転入者数", "人", 2140, 2400, 2263)],
        [
            ("移住の促進", "移住支援制度を利用した移住者数", "人", 28, 80, 96),
            ("関係人口の創出", "ファンクラブ会員数", "人", 0, 3000, 2418),
            ("観光の振興", "観光入込客数", "万人", 152, 180, 171.5),
        ],
    ),
    "基本目標３　結婚・出産・子育ての希望をかなえる": (
        [("出生数", "人", 412, 420, 358)],
        [
            ("結婚支援", "婚活支援による成婚数", "組", 3, 10, 6),
            ("子育て支援の充実", "放課後児童クラブ待機児童数", "人", 24, 0, 0),
        ],
    ),
}
HEAD = "[単位], [基準値（2019）], [目標値（2024）], [実績値（2023）]"


def row(name, unit, baseline, target, actual):
    return kpi(
        name, unit, "R5", baseline=baseline, actual=actual, series={"R6": {"target": target}}
    )


def projects():
    for name, (figures, measures) in GOALS.items():
        yield goal(name, [row(*figure) for figure in figures])
        for measure, *figure in measures:
            yield goal(measure, [row(*figure)])


GOLD = gold("three_rules", "藤ヶ谷市", None, "R5", list(projects()))


def table(columns, head, rows):
    cells = "".join(f"[{comma(cell)}]," for one in rows for cell in one)
    return f"""#table(columns: ({columns}, 44pt, 62pt, 62pt, 62pt), stroke: none,
  align: (x, y) => if x > 1 {{ right }} else {{ left }},
  table.hline(stroke: 1pt), table.header({head}, {HEAD}), table.hline(stroke: 0.5pt), {cells} table.hline(stroke: 1pt))
"""


def source():
    body = ""
    for name, (figures, measures) in GOALS.items():
        body += f"= {name}\n*数値目標*\n{table('1fr', '[指標]', figures)}#v(4pt)\n"
        body += f"*具体的施策と重要業績評価指標（KPI）*\n{table('90pt, 1fr', '[施策], [KPI]', measures)}"
    return f"""#set page(paper: "a4", margin: 20mm, header: [#text(size: 8pt)[藤ヶ谷市まち・ひと・しごと創生総合戦略]], numbering: "1")
#set text(font: "Noto Sans CJK JP", size: 9.5pt, lang: "ja")
#set document(title: "藤ヶ谷市総合戦略　進捗状況報告書", date: none)
#show heading: it => block(above: 14pt, below: 8pt, text(size: 12pt, it.body))
#align(center)[#text(size: 15pt, weight: "bold")[第２期藤ヶ谷市総合戦略　令和５年度進捗状況報告書]]
{body}
#text(size: 8pt)[※基準値は令和元年度（2019年度）の実績。]
"""


def files():
    return {"input.pdf": producers.typeset(source())}

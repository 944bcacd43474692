"""ＰＤＣＡの箱. A page a project: four boxes Plan, Do, Check, Action with strips of colour as heads and facts within; by typst."""

from layouts import producers
from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    {
        "no": "01",
        "name": "産学官金で挑む木質バイオマス活用事業",
        "office": "環境エネルギー課",
        "period": ("令和３～５年度", "R3～R5"),
        "settled": 28765,
        "grant": 14382,
        "done": "集荷土場を１か所整え、ボイラーの導入に３件の補助を行った。",
        "rows": [
            ("未利用材の搬出量", "t", 1200, 1850),
            ("バイオマスボイラーの導入台数", "台", 5, 3),
            ("新たな雇用者数", "人", 4, 4),
        ],
        "grade": "おおむね順調",
        "next": "事業の継続",
    },
    {
        "no": "02",
        "name": "書店のないまちの読書環境づくり",
        "office": "社会教育課",
        "period": ("令和４～６年度", "R4～R6"),
        "settled": 4310,
        "grant": 2155,
        "done": "移動図書館を２台に増やし、駅に受取ロッカーを置いた。",
        "rows": [
            ("貸出冊数（一人当たり）", "冊", 5.5, 4.9),
            ("受取ロッカーの利用件数", "件", 1000, 2764),
        ],
        "grade": "順調",
        "next": "追加等更に発展させる",
    },
]

GOLD = gold(
    "pdca_boxes",
    "木曽路町",
    "地方創生推進交付金",
    "R4",
    [
        project(
            p["name"],
            [kpi(n, u, "R4", target=t, actual=a) for n, u, t, a in p["rows"]],
            departments=[p["office"]],
            period=p["period"][1],
            spending=[("決算額", p["settled"], "千円"), ("うち交付金", p["grant"], "千円")],
            no=p["no"],
            evaluation=p["grade"],
            next_policy=p["next"],
        )
        for p in PROJECTS
    ],
)


def _page(p):
    targets = "".join(f"[{n}], [{comma(t)}{u}]," for n, u, t, _ in p["rows"])
    actuals = "".join(f"[{n}], [{comma(t)}{u}], [{comma(a)}{u}]," for n, u, t, a in p["rows"])
    return f"""
#grid(columns: (1fr, auto), [令和４年度　事業ふりかえりシート], [木曽路町])
#table(columns: (70pt, 1fr, 60pt, 120pt), stroke: 0.6pt, inset: 6pt,
  [事業番号], [{p["no"]}], [担当課], [{p["office"]}],
  [事業名], table.cell(colspan: 3)[*{p["name"]}*],
)
#grid(columns: (1fr, 1fr), gutter: 12pt,
  box[Ｐｌａｎ（計画）][
    実施期間：{p["period"][0]} \\
    交付金：地方創生推進交付金
    #table(columns: (1fr, 70pt), stroke: 0.4pt, inset: 5pt, [令和４年度の目標], [目標値], {targets})
  ],
  box[Ｄｏ（実施）][
    {p["done"]}
    #table(columns: (1fr, 90pt), stroke: 0.4pt, inset: 5pt,
      [決算額], [{comma(p["settled"])}千円], [うち交付金], [{comma(p["grant"])}千円])
  ],
  box[Ｃｈｅｃｋ（評価）][
    #table(columns: (1fr, 60pt, 60pt), stroke: 0.4pt, inset: 5pt, [指標], [目標], [実績], {actuals})
    総合評価：{p["grade"]}
  ],
  box[Ａｃｔｉｏｎ（改善）][
    今後の方針：{p["next"]} \\
    次の年度に向け、関係者との協議の場を四半期ごとに持つ。
  ],
)
"""


def source():
    pages = "#pagebreak()\n".join(_page(p) for p in PROJECTS)
    return f"""#set page(paper: "a4", margin: 18mm)
#set text(font: "Noto Sans CJK JP", size: 9.5pt, lang: "ja")
#set document(title: "事業ふりかえりシート", date: none)
#let box(head, body) = block(stroke: 1pt + rgb("#267"), width: 100%, radius: 3pt, clip: true,
  stack(block(fill: rgb("#267"), width: 100%, inset: 5pt, text(fill: white, weight: "bold", head)), block(inset: 7pt, body)))
{pages}
"""


def files():
    return {"input.pdf": producers.typeset(source())}

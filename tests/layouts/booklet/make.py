"""主要な施策の成果. An assembly's booklet: headings by 款・項・目, a small table of money, then prose that holds the indicators; by WeasyPrint."""

from layouts import producers
from layouts.goldwords import comma, gold, kpi, percent, project

PROJECTS = [
    {
        "place": "２款 総務費　１項 総務管理費　７目 企画費",
        "name": "移住定住促進事業",
        "office": "まちづくり推進課",
        "money": (26480, 25117, (9800, 1200, 0, 14117)),
        "prose": "都市部での移住相談会を６回開き、{0}。空き家の改修に１８件の補助を行い、{1}。",
        "rows": [
            ("移住相談会の参加者数", "人", 120, 134),
            ("制度を利用した移住世帯数", "世帯", 20, 17),
        ],
    },
    {
        "place": "６款 農林水産業費　１項 農業費　３目 農業振興費",
        "name": "若手農業者育成事業",
        "office": "農政課",
        "money": (11200, 10894, (0, 8250, 0, 2644)),
        "prose": "就農前の研修を受け入れる農家を募り、{0}。研修を終えた方が市内に畑を借り、{1}。",
        "rows": [("研修の受入農家数", "戸", 8, 8), ("新規就農者数", "人", 5, 7)],
    },
    {
        "place": "７款 商工費　１項 商工費　３目 観光費",
        "name": "花と湖の観光地づくり事業",
        "office": "商工観光課",
        "money": (48300, 47655, (22000, 0, 10000, 15655)),
        "prose": "湖畔の遊歩道を延ばし、花の時期に案内人を置いた結果、{0}。一方で雨の週末が多く、{1}。",
        "rows": [
            ("花まつりの来場者数", "人", 35000, 41280),
            ("遊覧船の乗客数", "人", 22000, 18942),
        ],
    },
]
FUNDS = ("国庫支出金", "県支出金", "地方債", "一般財源")

GOLD = gold(
    "booklet",
    "湖東野市",
    None,
    "R5",
    [
        project(
            p["name"],
            [kpi(n, u, "R5", target=t, actual=a, rate=percent(a, t)) for n, u, t, a in p["rows"]],
            departments=[p["office"]],
            spending=[
                ("予算現額", p["money"][0], "千円"),
                ("決算額", p["money"][1], "千円"),
                *(
                    (label, amount, "千円")
                    for label, amount in zip(FUNDS, p["money"][2], strict=True)
                ),
            ],
        )
        for p in PROJECTS
    ],
)


def _sentence(name, unit, target, actual):
    return f"{name}は、目標{comma(target)}{unit}に対して{comma(actual)}{unit}（達成率{percent(actual, target)}）となった"


def _section(p):
    budget, settled, parts = p["money"]
    heads = "".join(f"<th>{label}</th>" for label in FUNDS)
    amounts = "".join(f"<td>{comma(amount)}</td>" for amount in parts)
    prose = p["prose"].format(*(_sentence(*row) for row in p["rows"]))
    return f"""<section>
<h2>{p["place"]}</h2>
<h3>○ {p["name"]}〔{p["office"]}〕</h3>
<p class="unit">（単位：千円）</p>
<table><tr><th rowspan="2">予算現額</th><th rowspan="2">決算額</th><th colspan="4">決算額の財源内訳</th></tr>
<tr>{heads}</tr><tr><td>{comma(budget)}</td><td>{comma(settled)}</td>{amounts}</tr></table>
<p class="prose">{prose}</p>
</section>
"""


STYLE = """
@page { size: A5; margin: 14mm; @bottom-center { content: "－ " counter(page) " －"; font: 8pt JP } }
body { font-family: JP, "Noto Sans CJK JP"; font-size: 9pt; line-height: 1.6 }
h1 { font-size: 12pt; font-weight: normal } h2 { font-size: 9pt; font-weight: normal; border-bottom: 0.5pt solid } h3 { font-size: 10.5pt; font-weight: normal; margin: 4pt 0 }
table { border-collapse: collapse; width: 100% } th, td { border: 0.5pt solid; padding: 2pt 4pt; text-align: right; font-weight: normal }
th { text-align: center } .unit { text-align: right; margin: 0; font-size: 8pt } .prose { text-indent: 1em }
"""


def page():
    sections = "".join(_section(p) for p in PROJECTS)
    return f"""<html lang="ja"><head><meta charset="utf-8"><title>主要な施策の成果</title><style>{STYLE}</style></head><body>
<h1>令和５年度　湖東野市一般会計決算に係る主要な施策の成果説明書</h1>
{sections}</body></html>
"""


def files():
    return {"input.pdf": lambda: producers.weasyprint(page())}

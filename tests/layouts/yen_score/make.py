"""予算と執行を行に分けた評価表。A strategy's list: 予算額 and 執行額 as two rows a measure, last year's figure in brackets behind this year's, a score of one to five."""

from layouts import producers
from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    (
        "1-1-1",
        "地場産品の海外販路開拓",
        "商工課",
        (12000, 11250),
        ("輸出額", "万円", 3000, 2310, 2480),
        "4",
    ),
    ("1-1-2", "６次産業化の支援", "農林課", (5600, 4980), ("新商品の数", "品", 20, 11, 14), "4"),
    ("1-2-1", "女性の再就職支援", "労政課", (3200, 3200), ("再就職者数", "人", 50, 28, 41), "5"),
    (
        "2-1-1",
        "二地域居住の推進",
        "定住課",
        (9100, 6440),
        ("二地域居住者数", "人", 100, 22, 19),
        "2",
    ),
    (
        "2-1-2",
        "シェアオフィスの運営",
        "定住課",
        (7450, 7310),
        ("利用登録社数", "社", 15, 0, 6),
        "3",
    ),
]


def _row(name, unit, target, before, now, mark):
    return kpi(
        name,
        unit,
        "R4",
        target=target,
        actual=now,
        rating=mark,
        target_fiscal_year="R6",
        series={"R3": {"actual": before}, "R4": {"actual": now}, "R6": {"target": target}},
    )


GOLD = gold(
    "yen_score",
    "朝霧山町",
    None,
    "R4",
    [
        project(
            name,
            [_row(*row, mark)],
            departments=[office],
            spending=[("予算額", budget, "千円"), ("執行額", spent, "千円")],
            no=number,
        )
        for number, name, office, (budget, spent), row, mark in PROJECTS
    ],
)

STYLE = """
@page { size: A4 landscape; margin: 14mm } body { font: 9pt JP, "Noto Sans CJK JP" } h1 { font-size: 13pt; font-weight: normal }
table { border-collapse: collapse; width: 100% } th, td { border: 0.7pt dotted #000; padding: 3pt 5pt; font-weight: normal }
.n { text-align: right } .c { text-align: center }
"""


def _lines(number, name, office, money, row, mark):
    n, u, target, before, now = row
    tail = f'<td rowspan="2">{n}</td><td rowspan="2" class="n">{comma(target)}{u}</td><td rowspan="2" class="n">{comma(now)}{u}（{comma(before)}{u}）</td><td rowspan="2" class="c">{mark}</td>'
    return (
        f'<tr><td rowspan="2">{number}</td><td rowspan="2">{name}</td><td rowspan="2">{office}</td><td>予算額</td><td class="n">{comma(money[0])}</td>{tail}</tr>'
        f'<tr><td>執行額</td><td class="n">{comma(money[1])}</td></tr>'
    )


def page():
    rows = "".join(_lines(*row) for row in PROJECTS)
    heads = "<th>施策番号</th><th>主な事業</th><th>担当課</th><th colspan='2'>事業費（千円）</th><th>ＫＰＩ</th><th>目標値<br>（令和６年度）</th><th>令和４年度実績<br>（令和３年度実績）</th><th>評価</th>"
    return f"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>総合戦略の評価</title><style>{STYLE}</style></head><body>
<h1>朝霧山町総合戦略　令和４年度事業の評価一覧</h1>
<p>評価は５段階（５：目標を大きく上回る見込み ～ １：見直しが必要）。</p>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
</body></html>
"""


def files():
    return {"input.html": page().encode(), "input.pdf": lambda: producers.weasyprint(page())}

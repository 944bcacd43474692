"""入れ子の表. A page laid out by tables: an outer table a project, label cells at the left, money and indicators in tables within."""

from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    (
        "１",
        "里山テレワーク拠点整備事業",
        "情報政策室",
        [("事業費", 45200), ("国庫支出金", 22600), ("地方債", 20300), ("一般財源", 2300)],
        [
            ("拠点の利用者数", "人", "H30", 0, 1200, 1534, "A"),
            ("利用企業数", "社", "H30", 0, 10, 7, "B"),
        ],
    ),
    (
        "２",
        "地域おこし協力隊の定住支援",
        "地域振興課",
        [("事業費", 13890), ("国庫支出金", 0), ("県支出金", 1500), ("一般財源", 12390)],
        [
            ("隊員の定住率", "％", "H30", 57.1, 70, 75, "A"),
            ("任期中の隊員数", "人", "H30", 5, 9, 8, "B"),
            ("隊員の起業件数", "件", "H30", 1, 3, 1, "C"),
        ],
    ),
]

GOLD = gold(
    "nested_html",
    "谷津村",
    None,
    "R2",
    [
        project(
            name,
            [
                kpi(
                    n,
                    u,
                    "R2",
                    baseline=b,
                    target=t,
                    actual=a,
                    rating=mark,
                    series={"H30": {"baseline": b}, "R2": {"target": t, "actual": a}},
                )
                for n, u, _, b, t, a, mark in rows
            ],
            departments=[office],
            spending=[(label, amount, "千円") for label, amount in money],
            no=number,
        )
        for number, name, office, money, rows in PROJECTS
    ],
)


def _outer(number, name, office, money, rows):
    heads = "".join(f"<th>{label}</th>" for label, _ in money)
    amounts = "".join(f'<td align="right">{comma(amount)}</td>' for _, amount in money)
    inner = "".join(
        f"<tr><td>{n}</td><td>{u}</td><td>{comma(b)}</td><td>{comma(t)}</td><td>{comma(a)}</td><td>{mark}</td></tr>"
        for n, u, _, b, t, a, mark in rows
    )
    return f"""<table border="1" width="100%">
<tr><th width="18%">事業番号</th><td>{number}</td><th>担当</th><td>{office}</td></tr>
<tr><th>事業名</th><td colspan="3"><b>{name}</b></td></tr>
<tr><th>決算額<br>（単位：千円）</th><td colspan="3">
  <table border="1"><tr>{heads}</tr><tr>{amounts}</tr></table>
</td></tr>
<tr><th>成果指標</th><td colspan="3">
  <table border="1">
  <tr><th rowspan="2">指標名</th><th rowspan="2">単位</th><th>平成30年度</th><th colspan="2">令和2年度</th><th rowspan="2">評価</th></tr>
  <tr><th>基準値</th><th>目標値</th><th>実績値</th></tr>
  {inner}
  </table>
</td></tr>
</table>
<p>&nbsp;</p>
"""


def files():
    tables = "".join(_outer(*row) for row in PROJECTS)
    page = f"""<html><head><meta charset="utf-8"><title>事業評価（令和２年度）</title></head>
<body bgcolor="#ffffff">
<h3>谷津村まち・ひと・しごと創生総合戦略　事業評価（令和２年度）</h3>
<p>評価：Ａ＝目標を達成　Ｂ＝基準値より前進　Ｃ＝基準値から前進なし</p>
{tables}
<p>お問い合わせ：谷津村役場総務課</p>
</body></html>
"""
    return {"input.html": page.encode("utf-8")}

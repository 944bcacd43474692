"""値の下の日付。A table whose every cell has its date in brackets in the line below, the names their units; marks rate, goals span rows."""

from layouts.goldwords import comma, goal, gold, kpi

GOALS = [
    (
        "子育て",
        [
            ("保育所待機児童数", "人", 12, "H26", 0, "H31", 3, "H29", "△"),
            ("放課後児童クラブ設置数", "箇所", 18, "H26", 24, "H31", 25, "H29", "◎"),
        ],
    ),
    (
        "しごと",
        [
            ("有効求人倍率", "倍", 0.98, "H26", 1.2, "H31", 1.41, "H29", "◎"),
            ("農産物直売所の年間売上額", "百万円", 1480, "H26", 1600, "H31", 1595, "H28", "○"),
        ],
    ),
]


def _row(row):
    name, unit, base, _, target, due, actual, year, mark = row
    more = {"baseline": base, "target": target, "actual": actual, "rating": mark}
    return kpi(name, unit, year, series={due: {"target": target}, year: {"actual": actual}}, **more)


GOLD = gold(
    "dated_cells",
    "雲雀野市",
    None,
    "H29",
    [goal(name, [_row(r) for r in rows]) for name, rows in GOALS],
)


def _cell(figure, year):
    return f"<td>{comma(figure)}<br>（{year}年度）</td>"


def files():
    lines = []
    for name, rows in GOALS:
        head = f'<th rowspan="{len(rows)}">{name}</th>'
        for title, unit, base, first, target, due, actual, year, mark in rows:
            figures = _cell(base, first) + _cell(target, due) + _cell(actual, year)
            lines.append(f"<tr>{head}<td>{title}<br>（{unit}）</td>{figures}<td>{mark}</td></tr>")
            head = ""
    page = f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>数値目標の達成状況</title></head><body>
<h1>雲雀野市総合戦略　数値目標の達成状況（平成29年度）</h1>
<table border="1">
<tr><th>分野</th><th>指標</th><th>策定時</th><th>目標</th><th>直近値</th><th>達成状況</th></tr>
{chr(10).join(lines)}
</table>
<p>◎：目標達成　○：概ね順調　△：努力が必要</p>
</body></html>
"""
    return {"input.html": page.encode()}

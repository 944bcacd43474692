"""内訳のある指標。A page's table with a row for the whole and rows うち … for its parts, targets for the whole alone, several grants' projects under group rows."""

from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    (
        "移住・定住の促進",
        [
            ("移住世帯数", None, "世帯", 80, 74),
            ("うち子育て世帯", "移住世帯数", "世帯", None, 29),
            ("うち県外からの世帯", "移住世帯数", "世帯", None, 51),
            ("移住体験ツアー参加者数", None, "人", 120, 143),
        ],
    ),
    (
        "観光地域づくり",
        [
            ("延べ宿泊者数", None, "人泊", 210000, 198754),
            ("うち外国人", "延べ宿泊者数", "人泊", 12000, 15310),
            ("観光ガイド利用組数", None, "組", 300, 300),
        ],
    ),
]


def _row(name, parent, unit, target, actual):
    more = {"parent": parent} if parent else {}
    if target is not None:
        more["target"] = target
    return kpi(name, unit, "R5", actual=actual, **more)


GOLD = gold(
    "parts_html",
    "雲雀野市",
    "デジタル田園都市国家構想交付金",
    "R5",
    [project(name, [_row(*row) for row in rows]) for name, rows in PROJECTS],
)


def files():
    lines = []
    for name, rows in PROJECTS:
        lines.append(f'<tr><th colspan="4" scope="rowgroup">{name}</th></tr>')
        lines += [
            f"<tr><td>{'　' if parent else ''}{n}</td><td>{u}</td><td>{comma(t) if t is not None else '－'}</td><td>{comma(a)}</td></tr>"
            for n, parent, u, t, a in rows
        ]
    page = f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>交付金事業のKPI</title></head><body>
<h1>雲雀野市　デジタル田園都市国家構想交付金事業　令和5年度のKPI</h1>
<table class="kpi">
<caption>事業ごとのKPI（令和5年度）</caption>
<tr><th>事業名／指標</th><th>単位</th><th>目標値</th><th>実績値</th></tr>
{chr(10).join(lines)}
</table>
<p>内訳には目標値を設けていないものがあります。</p>
</body></html>
"""
    return {"input.html": page.encode()}

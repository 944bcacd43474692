"""箇条書きの実績。A page of bullets: the actual first, target and rate in brackets behind it; one bullet not yet counted, one without target."""

from layouts.goldwords import comma, gold, kpi, percent, project

PROJECTS = [
    (
        "1. 空港アクセスを生かした企業誘致（産業政策課）",
        "空港アクセスを生かした企業誘致",
        "産業政策課",
        [
            ("誘致企業数", "社", 3, 4),
            ("誘致企業の市民雇用者数", "人", 40, 31),
            ("企業訪問の件数", "件", 120, 156),
        ],
    ),
    (
        "2. 里海を学ぶ体験プログラム（水産振興課）",
        "里海を学ぶ体験プログラム",
        "水産振興課",
        [
            ("体験参加者数", "人", 800, 1024),
            ("アマモ場の再生面積", "ヘクタール", 2.5, None),
            ("ボランティア登録者数", "人", None, 63),
        ],
    ),
]


def _row(name, unit, target, actual):
    if actual is None:
        return kpi(name, unit, "R5", "pending", target=target, actual_raw="集計中")
    if target is None:
        return kpi(name, unit, "R5", actual=actual)
    return kpi(name, unit, "R5", target=target, actual=actual, rate=percent(actual, target, 1))


GOLD = gold(
    "rate_bullets",
    "汐留野市",
    "デジタル田園都市国家構想交付金",
    "R5",
    [
        project(name, [_row(*row) for row in rows], departments=[office])
        for _, name, office, rows in PROJECTS
    ],
)


def _item(name, unit, target, actual):
    if actual is None:
        return f"<li>{name}　集計中（目標：{comma(target)}{unit}）</li>"
    if target is None:
        return f"<li>{name}　{comma(actual)}{unit}</li>"
    return f"<li>{name}　{comma(actual)}{unit}（目標：{comma(target)}{unit}、達成率：{percent(actual, target, 1)}）</li>"


def files():
    parts = "".join(
        f"<h3>{head}</h3>\n<ul>\n{chr(10).join(_item(*row) for row in rows)}\n</ul>\n"
        for head, _, _, rows in PROJECTS
    )
    page = f"""<!DOCTYPE html>
<html lang="ja"><head><meta charset="UTF-8"><title>デジタル田園都市国家構想交付金の活用状況 - 汐留野市公式サイト</title></head>
<body><div id="header"><a href="/">汐留野市</a></div>
<div id="content">
<h2>デジタル田園都市国家構想交付金の活用状況（令和5年度）</h2>
<p>令和5年度に実施した2事業の重要業績評価指標（KPI）の実績は、次のとおりです。</p>
{parts}<p>（注）達成率は小数点以下第2位を四捨五入しています。</p>
</div>
<div id="footer">〒000-0000 汐留野市中央1丁目1番1号　代表電話 000-000-0000</div></body></html>
"""
    return {"input.html": page.encode()}

"""総合戦略の一覧. A strategy's list by basic goals, rules between rows only; year of each target in the cell, progress printed.

The same page twice: as HTML, and as a browser prints it.
"""

from layouts import producers
from layouts.goldwords import comma, goal, gold, kpi, percent

GROUPS = [
    (
        "基本目標１　なりわいを育てる",
        [
            ("製造品出荷額等", "億円", ("H29", 412), ("R6", 450), ("R3", 398.6), "工業統計調査"),
            (
                "新規就農者数（５年間の累計）",
                "人",
                ("H30", None),
                ("R6", 40),
                ("R4", 23),
                "農林課調べ",
            ),
            ("６次産業化の取組件数", "件", ("H30", 11), ("R6", 20), ("R4", 17), "農林課調べ"),
        ],
    ),
    (
        "基本目標２　新しい人の流れをつくる",
        [
            ("社会増減数", "人", ("H30", -231), ("R6", -50), ("R4", -164), "住民基本台帳"),
            (
                "ふるさと納税の寄附件数",
                "件",
                ("H30", 8412),
                ("R6", 20000),
                ("R4", 31077),
                "財政課調べ",
            ),
            ("オープンデータの公開数", "件", ("H30", 0), ("R6", 100), ("R4", 62), "情報課調べ"),
        ],
    ),
    (
        "基本目標３　結婚・出産・子育ての希望をかなえる",
        [
            ("合計特殊出生率", None, ("H29", 1.41), ("R6", 1.6), ("R3", 1.33), "県人口動態統計"),
            ("婚活イベントの成婚数", "組", ("H30", 2), ("R6", 15), None, "子ども課調べ"),
            (
                "病児保育の延べ利用者数",
                "人",
                ("H30", 316),
                ("R6", 500),
                ("R4", 287),
                "子ども課調べ",
            ),
        ],
    ),
]
ERA = {"R": "令和", "H": "平成"}


def _row(name, unit, base, target, actual, _):
    more = {"target": target[1], "target_fiscal_year": target[0]}
    series = {target[0]: {"target": target[1]}}
    if base[1] is not None:
        more["baseline"] = base[1]
        series[base[0]] = {"baseline": base[1]}
    if actual is None:
        return kpi(name, unit, "R4", "pending", series=series, actual_raw="集計中", **more)
    series[actual[0]] = {"actual": actual[1]}
    if _rate(base, target, actual):
        more["rate"] = _rate(base, target, actual)
    return kpi(name, unit, actual[0], series=series, actual=actual[1], **more)


def _rate(base, target, actual):
    """The share of the way from baseline to target, as the table prints it; none for rows that went back."""
    begun = base[1] or 0
    if actual is None or (actual[1] - begun) / (target[1] - begun) < 0:
        return ""
    return percent(round(actual[1] - begun, 2), round(target[1] - begun, 2))


GOLD = gold(
    "strategy_goals",
    "若葉台市",
    None,
    "R4",
    [goal(name, [_row(*row) for row in rows]) for name, rows in GROUPS],
)


def _year(short):
    return f"{ERA[short[0]]}{short[1:]}年度"


def _shown(pair, unit):
    if pair is None:
        return "集計中"
    year, value = pair
    if value is None:
        return "－"
    figure = f"△{comma(-value)}" if value < 0 else comma(value)
    return f"{figure}{unit or ''}<br><small>（{_year(year)}）</small>"


def _group(name, rows):
    lines = "".join(
        f"<tr><td>{n}</td><td>{_shown(b, u)}</td><td>{_shown(t, u)}</td><td>{_shown(a, u)}</td>"
        f"<td>{_rate(b, t, a) or '－'}</td><td>{source}</td></tr>"
        for n, u, b, t, a, source in rows
    )
    return f"""<h2>{name}</h2>
<table>
<thead><tr><th>数値目標・ＫＰＩ</th><th>基準値</th><th>目標値</th><th>直近の実績値</th><th>進捗率</th><th>出典</th></tr></thead>
<tbody>{lines}</tbody>
</table>
"""


STYLE = """
@page { size: A4; margin: 16mm 14mm }
body { font-family: JP, "Noto Sans CJK JP"; font-size: 9pt }
h1, h2, th { font-weight: normal } h1 { font-size: 14pt } h2 { font-size: 11pt; border-left: 4px solid #2a6; padding-left: 6px }
table { width: 100%; border-collapse: collapse }
th { border-top: 1.5px solid #333; border-bottom: 1px solid #333; text-align: left }
td { border-bottom: 1px solid #bbb; padding: 3px 4px } td:nth-child(n+2) { text-align: right }
td:last-child { text-align: left } small { color: #444 }
"""


def page():
    groups = "".join(_group(*group) for group in GROUPS)
    return f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>第２期若葉台市総合戦略の進捗（令和４年度）</title><style>{STYLE}</style></head>
<body>
<h1>第２期若葉台市まち・ひと・しごと創生総合戦略　進捗状況（令和４年度）</h1>
<p>進捗率は、（実績値－基準値）÷（目標値－基準値）で求めています。基準値から後退したものは「－」としました。</p>
{groups}
<p>※ 製造品出荷額等と合計特殊出生率は、公表されている最新の年の数値です。</p>
</body></html>
"""


def files():
    return {"input.html": page().encode(), "input.pdf": lambda: producers.chromium(page())}

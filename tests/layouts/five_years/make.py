"""五か年の一覧. Landscape, five years of actuals across under a two-row header repeated on each page, groups as rows merged across, marks ◎○△×; by typst."""

from layouts import producers
from layouts.goldwords import comma, goal, gold, kpi, minus

YEARS = ("R1", "R2", "R3", "R4", "R5")
GROUPS = [
    (
        "Ⅰ　産業と雇用",
        [
            (
                "市内の従業者数",
                "人",
                20450,
                [20510, 20230, 20188, 20341, 20466],
                21000,
                "○",
                "商工課",
            ),
            ("企業立地の件数（累計）", "件", 3, [4, 4, 6, 9, 11], 10, "◎", "商工課"),
            (
                "道の駅の売上高",
                "百万円",
                512.4,
                [530.1, 402.7, 466.9, 541.3, 588],
                600,
                "○",
                "農林課",
            ),
            ("認定農業者の数", "経営体", 214, [210, 207, 203, 201, 196], 220, "×", "農林課"),
            ("新商品の開発数", "品", 5, [6, 5, 9, 8, 10], 10, "◎", "農林課"),
            ("創業支援を受けた創業者数", "人", 11, [12, 9, 14, 18, 16], 20, "△", "商工課"),
        ],
    ),
    (
        "Ⅱ　交流と移住",
        [
            (
                "観光入込客数",
                "万人",
                186.2,
                [190.5, 88.3, 101.6, 154, "集計中"],
                220,
                "－",
                "観光課",
            ),
            ("外国人宿泊者数", "人", 4120, [4388, 302, 41, 1876, 5210], 6000, "○", "観光課"),
            ("社会増減（暦年）", "人", -188, [-202, -176, -141, -120, -97], 0, "○", "企画課"),
            ("お試し居住の利用組数", "組", 8, [10, 3, 12, 21, 25], 24, "◎", "企画課"),
            ("関係人口の登録者数", "人", 0, [0, 120, 455, 871, 1302], 1500, "○", "企画課"),
        ],
    ),
    (
        "Ⅲ　出会いと子育て",
        [
            ("年間出生数", "人", 241, [233, 219, 226, 208, 195], 250, "×", "健康課"),
            (
                "ファミリーサポートの援助会員数",
                "人",
                96,
                [99, 101, 104, 112, 118],
                130,
                "○",
                "子育て課",
            ),
            ("男性職員の育児休業取得率", "％", 4.8, [9.5, 14.3, 25, 47.1, 66.7], 50, "◎", "総務課"),
            ("保育所の待機児童数（４月１日）", "人", 12, [10, 6, 3, 0, 0], 0, "◎", "子育て課"),
            (
                "子どもの医療費助成の満足度",
                "％",
                "－",
                ["－", 71.2, "－", 74.9, "－"],
                80,
                "－",
                "子育て課",
            ),
        ],
    ),
    (
        "Ⅳ　暮らしと安全",
        [
            ("地域公共交通の利用者数", "千人", 318, [306, 221, 229, 251, 268], 330, "△", "都市課"),
            ("特定健診の受診率", "％", 38.1, [39, 33.4, 36.6, 38.9, "集計中"], 60, "－", "健康課"),
            ("防災士の数（累計）", "人", 25, [31, 34, 42, 55, 68], 80, "○", "危機管理課"),
            ("交通事故の発生件数", "件", 152, [140, 108, 99, 97, 103], 100, "△", "危機管理課"),
            ("空家等の解体補助件数", "件", "－", [0, 4, 7, 9, 12], 10, "◎", "都市課"),
            (
                "図書館の入館者数",
                "人",
                88210,
                [84003, 46118, 52760, 61894, 70441],
                90000,
                "△",
                "生涯学習課",
            ),
        ],
    ),
]


def _row(name, unit, base, actuals, target, mark, _):
    series = {
        y: {"actual": a} for y, a in zip(YEARS, actuals, strict=True) if not isinstance(a, str)
    }
    series["R6"] = {"target": target}
    more = {"target": target, "target_fiscal_year": "R6", "series": series}
    if not isinstance(base, str):
        more["baseline"] = base
        series["H30"] = {"baseline": base}
    if mark != "－":
        more["rating"] = mark
    now = actuals[-1]
    if now == "集計中":
        return kpi(name, unit, "R5", "pending", actual_raw=now, **more)
    if now == "－":
        return kpi(name, unit, "R5", "no_value", actual_raw=now, **more)
    return kpi(name, unit, "R5", actual=now, **more)


GOLD = gold(
    "five_years",
    "霧降市",
    None,
    "R5",
    [goal(name.split("　")[1], [_row(*row) for row in rows]) for name, rows in GROUPS],
)


def _figure(value):
    return value if isinstance(value, str) else minus(value) if value < 0 else comma(value)


def source():
    lines, number = [], 0
    for name, rows in GROUPS:
        lines.append(f"table.cell(colspan: 12, fill: luma(235))[{name}],")
        for indicator, unit, base, actuals, target, mark, office in rows:
            number += 1
            words = (
                str(number),
                indicator,
                unit,
                *map(_figure, (base, *actuals, target)),
                mark,
                office,
            )
            lines.append("".join(f"[{word}]," for word in words))
    body = "\n".join(lines)
    return f"""#set page(paper: "a4", flipped: true, margin: 14mm, numbering: "1 / 1")
#set text(font: "Noto Sans CJK JP", size: 9pt, lang: "ja")
#set document(title: "霧降市総合戦略　指標一覧", date: none)
= 霧降市総合戦略　重要業績評価指標（KPI）の推移（令和５年度末現在）
#table(
  columns: (22pt, 1fr, 40pt, 50pt, 50pt, 50pt, 50pt, 50pt, 50pt, 50pt, 34pt, 62pt), inset: 7pt, stroke: 0.5pt,
  align: (c, r) => if c in (0, 2, 10, 11) or r < 2 {{ center }} else if c > 2 {{ right }} else {{ left }},
  table.header(
    table.cell(rowspan: 2)[No.], table.cell(rowspan: 2)[指標], table.cell(rowspan: 2)[単位], [基準値],
    table.cell(colspan: 5)[実績値], [目標値], table.cell(rowspan: 2)[達成\\ 状況], table.cell(rowspan: 2)[担当課],
    [H30], [R1], [R2], [R3], [R4], [R5], [R6],
  ),
{body}
)
※ 達成状況（R5）　◎：R6の目標に達した　○：基準値より目標に近づいた　△：近づき方が弱い　×：遠ざかった　－：評価できない \\
※ ▲は減を表す。「－」は調査のない年。
"""


def files():
    return {"input.pdf": producers.typeset(source())}

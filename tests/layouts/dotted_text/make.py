"""文字だけの概要版. A summary as plain text: leader dots, full-width figures and spaces, amounts and rates in brackets."""

from layouts.goldwords import comma, gold, kpi, percent, project, wide

YEAR = "R4"
PROJECTS = [
    # name, offices, printed period, gold period, cost, grant, indicators (name, unit, target, actual)
    (
        "港町のしごと創出事業",
        ("商工振興課", "産業立地室"),
        "令和３年度から令和５年度まで",
        "R3～R5",
        (18420, 9210),
        [
            ("新規創業者数（累計）", "人", 15, 12),
            ("サテライトオフィス進出企業数", "社", 4, 5),
            ("創業塾修了者の満足度", "％", 85.0, 91.8),
        ],
    ),
    (
        "灯台と岬をめぐる周遊観光事業",
        ("観光交流課",),
        "令和４年度から令和８年度まで",
        "R4～R8",
        (7305, 3652),
        [
            ("岬周遊バス利用者数", "人", 12000, 8946),
            ("観光消費額", "百万円", 640, "集計中"),
        ],
    ),
]


def _gold_kpi(name, unit, target, actual):
    if actual == "集計中":
        return kpi(name, unit, YEAR, "pending", target=target, actual_raw="集計中")
    return kpi(name, unit, YEAR, target=target, actual=actual, rate=percent(actual, target, 0))


GOLD = gold(
    "dotted_text",
    "潮見浜市",
    "地方創生推進交付金",
    YEAR,
    [
        project(
            name,
            [_gold_kpi(*row) for row in rows],
            departments=offices,
            period=period,
            spending=[("事業費", cost, "千円"), ("交付金", grant, "千円")],
        )
        for name, offices, _, period, (cost, grant), rows in PROJECTS
    ],
)


def _line(mark, name, unit, target, actual):
    head = f"　　ＫＰＩ{mark}　{name}　{'…' * (24 - len(name))}　目標　{wide(comma(target))}{unit}　／　実績　"
    if actual == "集計中":
        return f"{head}集計中"
    return f"{head}{wide(comma(actual))}{unit}　（達成率　{wide(percent(actual, target, 0))}）"


def files():
    lines = [
        "令和４年度　地方創生推進交付金事業　実績報告（概要版）",
        f"{'　' * 24}潮見浜市　企画政策部　まちづくり戦略課",
        "",
    ]
    for number, (name, offices, period, _, (cost, grant), rows) in enumerate(PROJECTS, 1):
        lines += [
            f"{wide(number)}　{name}（{'・'.join(offices)}）",
            f"　　実施期間　………………　{period}",
            f"　　事 業 費　………………　{wide(comma(cost))}千円（うち交付金　{wide(comma(grant))}千円）",
            *(_line(mark, *row) for mark, row in zip("①②③", rows, strict=False)),
            "",
        ]
    lines += [
        "※　満足度は、修了者アンケートで「満足」「やや満足」と答えた方の割合です。",
        "※　観光消費額は、県の統計の公表（令和５年１０月ごろ）を待って確定します。",
    ]
    return {"input.txt": ("\n".join(lines) + "\n").encode()}

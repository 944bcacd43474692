"""文になった目標。An infrastructure plan's evaluation: each goal a sentence from a level to another, final levels in a table beside them, cost as A, B and C and their sum."""

from openpyxl import Workbook

from layouts import producers
from layouts.goldwords import gold, kpi, project

GOALS = [
    ("通学路における歩道の整備率", "%", ("H30", 52), ("R4", 70), 68.5),
    ("緊急輸送道路の橋りょう耐震化率", "%", ("H30", 40), ("R4", 100), 100),
    ("公園の年間利用者数", "千人", ("H30", 86), ("R4", 110), 97),
]
COST = (("合計（A+B+C）", 1284), ("A", 1190), ("B", 62), ("C", 32))


def _row(name, unit, base, target, actual):
    return kpi(
        name,
        unit,
        "R4",
        baseline=base[1],
        target=target[1],
        actual=actual,
        series={base[0]: {"baseline": base[1]}, "R4": {"target": target[1], "actual": actual}},
    )


GOLD = gold(
    "goals_sentence",
    "安曇台市",
    "社会資本整備総合交付金",
    "R4",
    [
        project(
            "人と暮らしを守る道路と公園の整備",
            [_row(*goal) for goal in GOALS],
            period="H30～R4",
            spending=[(label, amount, "百万円") for label, amount in COST],
        )
    ],
)


def _book():
    book = Workbook()
    sheet = book.active
    sheet.title = "事後評価書"
    rows = [
        ("社会資本総合整備計画　事後評価書", None, None, None, None),
        ("計画の名称", "人と暮らしを守る道路と公園の整備", None, None, None),
        ("計画の期間", "平成３０年度～令和４年度（５年間）", None, "交付対象", "安曇台市"),
        ("計画の目標", "子どもから高齢者まで安心して移動し集える環境をつくる。", None, None, None),
        ("計画の成果目標（定量的指標）", None, None, None, None),
        *(
            (
                "",
                f"{'①②③'[at]}{name}を{base[1]}{unit}（{base[0]}）から{target[1]}{unit}（{target[0]}）に増加させる。",
                None,
                None,
                None,
            )
            for at, (name, unit, base, target, _) in enumerate(GOALS)
        ),
        ("全体事業費", *(f"{label}　{amount:,}百万円" for label, amount in COST)),
        ("定量的指標の達成状況", None, "当初現況値", "最終目標値", "最終実績値"),
        *(
            (f"指標{'①②③'[at]}", name, f"{base[1]}{unit}", f"{target[1]}{unit}", f"{actual}{unit}")
            for at, (name, unit, base, target, actual) in enumerate(GOALS)
        ),
    ]
    for row, line in enumerate(rows, 1):
        for column, said in enumerate(line, 1):
            sheet.cell(row, column, said)
    for row in (2, 4, 6, 7, 8):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
    sheet.merge_cells("A5:E5")
    sheet.merge_cells("B3:C3")
    for column, width in zip("ABCDE", (28, 40, 16, 16, 16), strict=True):
        sheet.column_dimensions[column].width = width
    return producers.saved(book)


def files():
    return {"input.xlsx": _book()}

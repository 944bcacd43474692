"""事務事業評価一覧表. One wide table: cost split by source, a pair of rows (目標/実績) a project, three years, a total row; 単位：千円 above."""

from openpyxl import Workbook

from layouts.goldwords import gold, kpi, project
from layouts.producers import saved

FUNDS = ("国庫支出金", "県支出金", "地方債", "その他", "一般財源")
YEARS = ("H30", "R1", "R2")
PROJECTS = [
    (
        "101",
        "橋りょう長寿命化事業",
        "建設課",
        (88400, 46200, 0, 38000, 0),
        "補修を終えた橋の数（累計）",
        "橋",
        [(10, 11), (14, 14), (18, 16)],
        "B",
    ),
    (
        "102",
        "消防団装備充実事業",
        "危機管理課",
        (12650, 0, 4200, 0, 1500),
        "消防団員の充足率",
        "％",
        [(95, 91.2), (95, 90.4), (95, 88.9)],
        "C",
    ),
    (
        "103",
        "図書館電子化推進事業",
        "生涯学習課",
        (9870, 4900, 0, 0, 120),
        "電子書籍の貸出点数",
        "点",
        [(None, None), (1000, 1432), (2000, 5218)],
        "A",
    ),
    (
        "104",
        "高齢者見守りネットワーク事業",
        "長寿支援課",
        (5430, 1810, 905, 0, 0),
        "協力事業所数",
        "事業所",
        [(40, 38), (45, 45), (50, "集計中")],
        "－",
    ),
]


def _split(cost):
    total, *parts = cost
    return [total, *parts, total - sum(parts)]


def _money(cost):
    return [
        (label, amount, "千円")
        for label, amount in zip(("決算額", *FUNDS), _split(cost), strict=True)
    ]


def _row(name, unit, pairs, mark):
    series = {
        year: {
            **({"target": target} if target is not None else {}),
            **({"actual": actual} if isinstance(actual, int | float) else {}),
        }
        for year, (target, actual) in zip(YEARS, pairs, strict=True)
    }
    target, actual = pairs[-1]
    if actual == "集計中":
        return kpi(name, unit, "R2", "pending", target=target, actual_raw=actual, series=series)
    return kpi(name, unit, "R2", target=target, actual=actual, rating=mark, series=series)


TOTAL = [sum(amounts) for amounts in zip(*(_split(p[3]) for p in PROJECTS), strict=True)]
GOLD = gold(
    "cost_table",
    "三ツ石町",
    None,
    "R2",
    [
        *(
            project(
                name,
                [_row(indicator, unit, pairs, mark)],
                departments=[office],
                spending=_money(cost),
                no=number,
            )
            for number, name, office, cost, indicator, unit, pairs, mark in PROJECTS
        ),
        project(
            "合計",
            [],
            spending=[
                (label, amount, "千円")
                for label, amount in zip(("決算額", *FUNDS), TOTAL, strict=True)
            ],
            kind="total",
        ),
    ],
)


def _head(sheet):
    for column, words in enumerate(("事業番号", "事務事業名", "所管課", "決算額"), 1):
        sheet.cell(4, column, words)
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet.cell(4, 5, "財源内訳")
    sheet.merge_cells(start_row=4, end_row=4, start_column=5, end_column=9)
    for column, words in enumerate(FUNDS, 5):
        sheet.cell(5, column, words)
    for column, words in ((10, "成果指標"), (11, "単位"), (12, "区分"), (16, "評価")):
        sheet.cell(4, column, words)
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet.cell(4, 13, "年度")
    sheet.merge_cells(start_row=4, end_row=4, start_column=13, end_column=15)
    for column, words in enumerate(("30年度", "31(元)年度", "２年度"), 13):
        sheet.cell(5, column, words)


def _lines(sheet, row, project_row):
    number, name, office, cost, indicator, unit, pairs, mark = project_row
    left = (int(number), name, office, *_split(cost), indicator, unit)
    for column, value in enumerate((*left, None, None, None, None, mark), 1):
        if column in (12, 13, 14, 15):
            continue
        sheet.cell(row, column, value).number_format = "#,##0" if 4 <= column <= 9 else "General"
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    for at, kind in enumerate(("目標", "実績")):
        sheet.cell(row + at, 12, kind)
        for column, pair in enumerate(pairs, 13):
            value = "－" if pair[at] is None else pair[at]
            sheet.cell(row + at, column, value)


def files():
    book = Workbook()
    sheet = book.active
    sheet.title = "評価一覧"
    sheet["A1"] = "三ツ石町　令和２年度　事務事業評価一覧表"
    sheet["I3"] = "（単位：千円）"
    _head(sheet)
    for at, row in enumerate(PROJECTS):
        _lines(sheet, 6 + 2 * at, row)
    last = 6 + 2 * len(PROJECTS)
    for column, value in ((1, "合　　計"), *enumerate(TOTAL, 4)):
        sheet.cell(last, column, value).number_format = "#,##0"
    sheet.merge_cells(start_row=last, end_row=last, start_column=1, end_column=3)
    sheet.cell(
        last + 1,
        1,
        "※評価　Ａ：目標を超えた　Ｂ：おおむね目標に近い　Ｃ：目標に届かない　－：評価できない",
    )
    sheet.freeze_panes = "D6"
    return {"input.xlsx": saved(book)}

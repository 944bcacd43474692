"""一事業一葉の調書. A sheet a project in one big table: merged label cells, cost by source and year, 目標/実績 rows in pairs over years."""

import docx
from docx.enum.section import WD_ORIENT

from layouts import producers
from layouts.goldwords import comma, gold, kpi, project

YEARS = ("R2", "R3", "R4")
PROJECTS = [
    {
        "no": "3-1",
        "name": "河川カヌー競技場を核とした合宿誘致事業",
        "office": "スポーツ推進課",
        "period": ("令和2年度 ～ 令和6年度", "R2～R6"),
        "costs": {
            "R2": (5200, 2600, 0, 2600),
            "R3": (11480, 5740, 1000, 4740),
            "R4": (9350, 4675, 0, 4675),
        },
        "rows": [
            ("合宿の受入れ団体数", "団体", [(5, 2), (8, 9), (12, 15)]),
            ("合宿による延べ宿泊数", "人泊", [(600, 148), (1000, 1126), (1500, 2034)]),
        ],
        "grade": "Ａ",
        "next": "事業の継続",
    },
    {
        "no": "3-2",
        "name": "在来作物の種をつなぐ食文化継承事業",
        "office": "農業政策課",
        "period": ("令和3年度 ～ 令和5年度", "R3～R5"),
        "costs": {"R3": (1860, 930, 0, 930), "R4": (2045, 1022, 0, 1023)},
        "rows": [
            ("採種に取り組む農家数", "戸", [None, (10, 7), (15, 12)]),
            ("学校給食での使用回数", "回", [None, (6, 6), (12, None)]),
        ],
        "grade": "Ｂ",
        "next": "事業内容の見直し（改善）",
    },
]
FUNDS = ("事業費", "国庫支出金", "県支出金", "一般財源")


def _kpi(name, unit, pairs):
    series = {}
    for year, pair in zip(YEARS, pairs, strict=True):
        if pair is not None:
            target, actual = pair
            series[year] = {"target": target} | ({} if actual is None else {"actual": actual})
    target, actual = pairs[-1]
    if actual is None:
        return kpi(name, unit, "R4", "pending", target=target, actual_raw="未公表", series=series)
    return kpi(name, unit, "R4", target=target, actual=actual, series=series)


GOLD = gold(
    "forms_docx",
    "奥志水村",
    None,
    "R4",
    [
        project(
            p["name"],
            [_kpi(*row) for row in p["rows"]],
            departments=[p["office"]],
            period=p["period"][1],
            spending=[
                (label, amount, "千円", (("fiscal_year", year),))
                for year, amounts in p["costs"].items()
                for label, amount in zip(FUNDS, amounts, strict=True)
            ],
            no=p["no"],
            evaluation=p["grade"],
            next_policy=p["next"],
        )
        for p in PROJECTS
    ],
)


def _put(table, row, first, last, words, down=1):
    cell = table.cell(row, first)
    if last > first or down > 1:
        cell = cell.merge(table.cell(row + down - 1, last))
    cell.text = words


def _form(document, p):
    rows = 5 + len(FUNDS) + 2 * len(p["rows"])
    table = document.add_table(rows=rows + 2, cols=7)
    table.style = "Table Grid"
    _put(table, 0, 0, 1, "整理番号")
    _put(table, 0, 2, 2, p["no"])
    _put(table, 0, 3, 3, "担当課")
    _put(table, 0, 4, 6, p["office"])
    _put(table, 1, 0, 1, "事務事業名")
    _put(table, 1, 2, 6, p["name"])
    _put(table, 2, 0, 1, "実施期間")
    _put(table, 2, 2, 6, p["period"][0])
    heads = ("令和２年度", "令和３年度", "令和４年度")
    _put(table, 3, 0, 3, "決算額（千円）")
    for column, words in enumerate(heads, 4):
        _put(table, 3, column, column, words)
    at = 4
    _put(table, at, 0, 0, "財\n源", down=len(FUNDS))
    for number, label in enumerate(FUNDS):
        _put(table, at + number, 1, 3, label)
        for column, year in enumerate(YEARS, 4):
            amounts = p["costs"].get(year)
            _put(table, at + number, column, column, comma(amounts[number]) if amounts else "－")
    at += len(FUNDS)
    for first, last, words in ((0, 1, "成果指標"), (2, 2, "単位"), (3, 3, "区分")):
        _put(table, at, first, last, words)
    for column, words in enumerate(heads, 4):
        _put(table, at, column, column, words)
    for name, unit, pairs in p["rows"]:
        _put(table, at + 1, 0, 1, name, down=2)
        _put(table, at + 1, 2, 2, unit, down=2)
        for more, kind in enumerate(("目標", "実績")):
            _put(table, at + 1 + more, 3, 3, kind)
            for column, pair in enumerate(pairs, 4):
                value = pair[more] if pair else "－"
                _put(
                    table,
                    at + 1 + more,
                    column,
                    column,
                    "未公表" if value is None else comma(value),
                )
        at += 2
    _put(table, at + 1, 0, 1, "評価")
    _put(table, at + 1, 2, 6, p["grade"])
    _put(table, at + 2, 0, 1, "今後の方針")
    _put(table, at + 2, 2, 6, p["next"])


def _document():
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Sans CJK JP"
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for number, p in enumerate(PROJECTS):
        if number:
            document.add_page_break()
        document.add_paragraph("奥志水村　事務事業評価調書（令和４年度事業）")
        _form(document, p)
        document.add_paragraph("※事業を行っていない年度は「－」とする。")
    return producers.saved(document)


def files():
    return {"input.docx": _document(), "input.pdf": lambda: producers.office(_document(), ".docx")}

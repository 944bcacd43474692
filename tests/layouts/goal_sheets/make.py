"""基本目標ごとのシート. A workbook with a sheet a basic goal: rates stored as fractions and shown as percent, a hidden column, years of an era that ended (平成35年度)."""

from openpyxl import Workbook

from layouts.goldwords import goal, gold, kpi
from layouts.producers import saved

GROUPS = {
    "基本目標1": (
        "安定した雇用をつくる",
        [
            ("有効求人倍率", "倍", 1.08, 1.2, 1.31, "達成"),
            ("市内総生産（億円）", "億円", 1432.5, 1500, 1467.8, "向上"),
            ("女性の就業率（％）", "％", 48.1, 55, 50.4, "向上"),
        ],
    ),
    "基本目標2": (
        "まちへの人の流れをつくる",
        [
            ("転入者に占める子育て世帯の割合", "％", 22.4, 30, 27.5, "向上"),
            ("シティプロモーション動画の再生回数", "回", 0, 50000, 48211, "向上"),
            ("移住体験住宅の稼働率", "％", 38.5, 60, 31.0, "後退"),
        ],
    ),
    "基本目標3": (
        "安心して暮らせる地域をつくる",
        [
            ("自主防災組織の組織率", "％", 71.3, 85, 78.8, "向上"),
            ("デマンド交通の登録者数", "人", 1204, 2000, 2133, "達成"),
            ("ごみの排出量（1人1日当たり）", "g", 986, 900, 951, "向上"),
        ],
    ),
}


def _row(name, unit, base, target, actual, mark):
    plain = name.split("（億円")[0].split("（％")[0]
    return kpi(
        plain,
        unit,
        "R1",
        baseline=base,
        target=target,
        actual=actual,
        rating=mark,
        target_fiscal_year="R5",
        series={
            "H29": {"baseline": base},
            "R1": {"actual": actual},
            "R5": {"target": target},
        },
    )


GOLD = gold(
    "goal_sheets",
    "白樺高原市",
    None,
    "R1",
    [goal(name, [_row(*row) for row in rows]) for name, rows in GROUPS.values()],
)


def _put(sheet, row, column, value, unit):
    cell = sheet.cell(row, column, value)
    if unit == "％" and value is not None:
        cell.value, cell.number_format = round(value / 100, 4), "0.0%"
    elif isinstance(value, int):
        cell.number_format = "#,##0"


def _sheet(sheet, title, rows):
    sheet["A1"] = f"【{sheet.title}】{title}"
    sheet["A2"] = "白樺高原市総合戦略　令和元年度（2019年度）実績の評価"
    heads = (
        "指標",
        "単位",
        "基準値\n平成29年度",
        "前年度\n（参考）",
        "実績値\n令和元年度",
        "目標値\n平成35年度",
        "評価",
    )
    for column, words in enumerate(heads, 1):
        sheet.cell(4, column, words)
    for at, (name, unit, base, target, actual, mark) in enumerate(rows, 5):
        sheet.cell(at, 1, name)
        # where the name holds the unit, the unit's column stays empty
        sheet.cell(at, 2, None if name.endswith(("（億円）", "（％）")) else unit)
        for column, value in (
            (3, base),
            (4, round((base + actual) / 2, 1)),
            (5, actual),
            (6, target),
        ):
            _put(sheet, at, column, value, unit)
        sheet.cell(at, 7, mark)
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["A"].width = 34
    sheet.cell(
        at + 2, 1, "評価の区分　達成：目標値に達した　向上：基準値より良い　後退：基準値より悪い"
    )


def files():
    book = Workbook()
    book.remove(book.active)
    for name, (title, rows) in GROUPS.items():
        _sheet(book.create_sheet(name), title, rows)
    return {"input.xlsx": saved(book)}

"""見開きの表. A table too wide for a page: names and money on the left page, three years of 目標/実績/達成率 on the right, one row over both.

As the workbook (rates by formulas that keep their values) and as LibreOffice prints it, cut between the columns.
"""

import io

import xlsxwriter

from layouts import producers
from layouts.goldwords import gold, kpi, percent, project

YEARS = (("R3", "令和３年度"), ("R4", "令和４年度"), ("R5", "令和５年度"))
PROJECTS = [
    (
        1,
        "棚田オーナー制度の拡充",
        "農村振興課",
        3120,
        1560,
        "オーナーの組数",
        "組",
        42,
        [(50, 51), (60, 66), (70, 69)],
    ),
    (
        2,
        "古民家を生かした分散型ホテル",
        "観光戦略課",
        61500,
        30750,
        "客室の稼働率",
        "％",
        0,
        [(20, 11.5), (30, 27.9), (40, 44.8)],
    ),
    (
        3,
        "地域商社による販路の開拓",
        "産業振興課",
        15240,
        7620,
        "首都圏での売上額",
        "千円",
        18300,
        [(20000, 21540), (24000, 23105), (28000, None)],
    ),
    (
        4,
        "スマート農業の実証",
        "農村振興課",
        9980,
        4990,
        "労働時間の削減率",
        "％",
        0,
        [(10, 8.2), (15, 14.1), (20, 21.7)],
    ),
    (
        5,
        "こども食堂のネットワークづくり",
        "福祉課",
        2450,
        1225,
        "開催回数",
        "回",
        24,
        [(36, 31), (48, 52), (60, 75)],
    ),
]


def _row(name, unit, base, pairs):
    series = {
        year: {"target": target, **({"actual": actual} if actual is not None else {})}
        for (year, _), (target, actual) in zip(YEARS, pairs, strict=True)
    }
    target, actual = pairs[-1]
    more = {"baseline": base, "target": target, "series": series}
    if actual is None:
        return kpi(name, unit, "R5", "pending", actual_raw="集計中", **more)
    return kpi(name, unit, "R5", actual=actual, rate=percent(actual, target), **more)


GOLD = gold(
    "spread_book",
    "千枚田町",
    "デジタル田園都市国家構想交付金",
    "R5",
    [
        project(
            name,
            [_row(indicator, unit, base, pairs)],
            departments=[office],
            spending=[("事業費", cost, "千円"), ("うち交付金", grant, "千円")],
            no=str(number),
        )
        for number, name, office, cost, grant, indicator, unit, base, pairs in PROJECTS
    ],
)


def _book():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    plain, figure, rate = (
        book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", **more})
        for more in ({}, {"num_format": "#,##0.##"}, {"num_format": "0.0%"})
    )
    whole = book.add_format({"border": 1, "num_format": "#,##0"})
    sheet = book.add_worksheet("総括表")
    sheet.write(0, 0, "令和５年度　デジタル田園都市国家構想交付金　事業総括表（千枚田町）")
    for column, words in enumerate(
        ("番号", "事業名", "担当課", "事業費\n（千円）", "うち交付金\n（千円）")
    ):
        sheet.merge_range(2, column, 3, column, words, plain)
    for column, words in ((5, "ＫＰＩ"), (6, "単位"), (7, "開始前\n（Ｒ２）")):
        sheet.merge_range(2, column, 3, column, words, plain)
    for at, (_, words) in enumerate(YEARS):
        sheet.merge_range(2, 8 + 3 * at, 2, 10 + 3 * at, words, plain)
        for more, head in enumerate(("目標", "実績", "達成率")):
            sheet.write(3, 8 + 3 * at + more, head, plain)
    for row, (number, name, office, cost, grant, indicator, unit, base, pairs) in enumerate(
        PROJECTS, 4
    ):
        for column, value in enumerate((number, name, office, cost, grant, indicator, unit, base)):
            sheet.write(row, column, value, whole if column in (3, 4, 7) else plain)
        for at, (target, actual) in enumerate(pairs):
            column = 8 + 3 * at
            form = whole if isinstance(target, int) and isinstance(actual, int | None) else figure
            sheet.write(row, column, target, whole)
            sheet.write(row, column + 1, "集計中" if actual is None else actual, form)
            if actual is None:
                sheet.write(row, column + 2, "－", plain)
                continue
            cells = [f"{'ABCDEFGHIJKLMNOPQ'[c]}{row + 1}" for c in (column + 1, column)]
            sheet.write_formula(row, column + 2, f"={cells[0]}/{cells[1]}", rate, actual / target)
    sheet.write(
        4 + len(PROJECTS) + 1, 0, "注　３番の令和５年度の売上額は決算期のちがいにより集計中。"
    )
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 4, 13)
    sheet.set_column(5, 5, 20)
    sheet.set_column(6, 6, 5)
    sheet.set_column(7, 16, 8)
    sheet.set_print_scale(90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_v_pagebreaks([5])
    book.close()
    return out.getvalue()


def files():
    return {"input.xlsx": _book(), "input.pdf": lambda: producers.office(_book(), ".xlsx")}

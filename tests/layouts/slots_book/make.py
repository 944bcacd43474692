"""枠の余った管理表。A management sheet: slots A to F of which few are used, 目標値 and 実績値 in pairs of rows, years that begin where the indicator does, progress in a row of its own."""

from openpyxl import Workbook

from layouts import producers
from layouts.goldwords import gold, kpi, percent, project

YEARS = ("H28", "H29", "H30", "R1", "R2")
HEADS = ("Ｈ２８", "Ｈ２９", "Ｈ３０", "Ｒ１", "Ｒ２")
SHEETS = [
    (
        "図書館を核とした多世代交流拠点の運営",
        "社会教育課",
        [
            (
                "来館者数",
                "人",
                [(60000, 58210), (62000, 64877), (64000, 66032), (66000, 59941), (68000, 31206)],
            ),
            ("読み聞かせ会の開催数", "回", [None, None, (24, 24), (30, 33), (36, 11)]),
        ],
        ("継続", "１"),
    ),
    (
        "まち歩きガイド養成",
        "観光物産課",
        [
            ("認定ガイド数（累計）", "人", [(10, 8), (15, 14), (20, 21), (25, 25), (30, 29)]),
            (
                "ガイド利用者数",
                "人",
                [(500, 412), (700, 731), (900, 1088), (1100, 1203), (1300, 187)],
            ),
            ("ガイドの平均年齢", "歳", [None, None, None, (62, 64.5), (60, None)]),
        ],
        ("見直し", "３"),
    ),
]


def _row(name, unit, pairs):
    series = {}
    for year, pair in zip(YEARS, pairs, strict=True):
        if pair:
            series[year] = {"target": pair[0], **({} if pair[1] is None else {"actual": pair[1]})}
    target, actual = pairs[-1]
    more = {"target": target, "series": series}
    if actual is None:
        return kpi(name, unit, "R2", "no_value", **more)
    return kpi(name, unit, "R2", actual=actual, rate=percent(actual, target, 1), **more)


GOLD = gold(
    "slots_book",
    "花巻台市",
    None,
    "R2",
    [
        project(name, [_row(*row) for row in rows], departments=[office], next_policy=policy[0])
        for name, office, rows, policy in SHEETS
    ],
)


def _pairs(sheet, top, pairs):
    for column, pair in enumerate(pairs, 5):
        if pair is None:
            continue
        for more in (0, 1):
            sheet.cell(top + more, column, pair[more]).number_format = (
                "#,##0.##" if isinstance(pair[more], float) else "#,##0"
            )
        if pair[1] is not None:
            sheet.cell(top + 2, column, round(pair[1] / pair[0], 4)).number_format = "0.0%"


def _sheet(sheet, name, office, rows, policy):
    sheet["A1"] = "令和２年度　事務事業管理シート（花巻台市）"
    for row, (label, said) in enumerate((("事務事業名", name), ("所管課", office)), 3):
        sheet.cell(row, 1, label)
        sheet.cell(row, 3, said)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=9)
    for column, words in enumerate(("指標", None, "単位", "区分", *HEADS), 1):
        sheet.cell(6, column, words)
    sheet.merge_cells("A6:B6")
    for slot, letter in enumerate("ＡＢＣＤＥＦ"):
        top = 7 + 3 * slot
        used = rows[slot] if slot < len(rows) else (None, None, [None] * 5)
        for column, said in enumerate((letter, used[0], used[1]), 1):
            sheet.cell(top, column, said)
            sheet.merge_cells(
                start_row=top, end_row=top + 2, start_column=column, end_column=column
            )
        for more, label in enumerate(("目標値", "実績値", "達成率")):
            sheet.cell(top + more, 4, label)
        _pairs(sheet, top, used[2])
    sheet["A26"], sheet["C26"] = "今後の方向性", policy[0]
    sheet["A27"], sheet["C27"] = "優先度", policy[1]
    for column, width in zip("ABCDEFGHI", (5, 24, 7, 8, 9, 9, 9, 9, 9), strict=True):
        sheet.column_dimensions[column].width = width


def _book():
    book = Workbook()
    book.remove(book.active)
    for number, row in enumerate(SHEETS, 1):
        _sheet(book.create_sheet(f"事業{number}"), *row)
    return producers.saved(book)


def files():
    return {"input.xlsx": _book()}

"""神エクセル. A workbook of forms: twelve narrow columns merged into boxes, a sheet a project, hidden rows of instructions, and a list in front.

The list repeats each project's name, office and settled amount; the sheets hold the rest.
"""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

from layouts.goldwords import gold, kpi, project
from layouts.producers import saved

PROJECTS = [
    {
        "no": "1",
        "name": "城下町にぎわい再生事業",
        "office": "都市整備課",
        "period": ("令和2年度", "令和4年度", "R2～R4"),
        "budget": 32000000,
        "settled": 30885400,
        "grant": 15442700,
        "rows": [
            ("町家の改修件数", "件", 6, 14, 12),
            ("休日の歩行者通行量", "人／日", 4150, 5000, 4380),
        ],
        "grade": "B",
        "next": "事業内容の見直し（改善）",
        "words": "改修は目標を上回ったが、通行量の回復は道半ばである。",
    },
    {
        "no": "2",
        "name": "高校生と地元企業をつなぐ人材還流事業",
        "office": "産業人材課",
        "period": ("令和3年度", "令和5年度", "R3～R5"),
        "budget": 8400000,
        "settled": 8120000,
        "grant": 4060000,
        "rows": [
            ("管内高校卒業者の地元就職率", "％", 38.2, 45, 41.6),
            ("企業見学会の参加生徒数", "人", 0, 300, 352),
            ("Uターン相談の件数", "件", 12, 40, None),
        ],
        "grade": "A",
        "next": "事業の継続",
        "words": "見学会は定着した。就職率は上がり始めている。",
    },
]


def _row(name, unit, base, target, actual):
    if actual is None:
        return kpi(name, unit, "R4", "pending", baseline=base, target=target, actual_raw="集計中")
    return kpi(name, unit, "R4", baseline=base, target=target, actual=actual)


GOLD = gold(
    "form_book",
    "鶴ヶ峰市",
    "地方創生推進交付金",
    "R4",
    [
        project(
            p["name"],
            [_row(*row) for row in p["rows"]],
            departments=[p["office"]],
            period=p["period"][2],
            spending=[
                ("予算額", p["budget"], "円"),
                ("決算額", p["settled"], "円"),
                ("うち交付金充当額", p["grant"], "円"),
            ],
            no=p["no"],
            evaluation=p["grade"],
            next_policy=p["next"],
        )
        for p in PROJECTS
    ],
)

THIN = Border(*(Side(style="thin"),) * 4)


def _box(sheet, row, first, last, value, down=1):
    """A box over columns first to last (from 1), bordered and merged."""
    for r in range(row, row + down):
        for column in range(first, last + 1):
            sheet.cell(r, column).border = THIN
    cell = sheet.cell(row, first, value)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if isinstance(value, int):
        cell.number_format = "#,##0"
    if last > first or down > 1:
        sheet.merge_cells(
            start_row=row, end_row=row + down - 1, start_column=first, end_column=last
        )


def _form(sheet, p):
    for column in range(1, 13):
        sheet.column_dimensions[get_column_letter(column)].width = 7.5
    sheet.merge_cells("A1:L1")
    sheet["A1"] = "令和４年度　地方創生推進交付金　事業個票"
    sheet["A2"] = "（記入要領）太枠の中だけを記入してください。金額は円単位で、例：12,345,678"
    sheet.row_dimensions[2].hidden = True
    _box(sheet, 4, 1, 2, "事業番号")
    _box(sheet, 4, 3, 3, int(p["no"]))
    _box(sheet, 4, 4, 5, "事業名")
    _box(sheet, 4, 6, 12, p["name"])
    _box(sheet, 5, 1, 2, "担当課")
    _box(sheet, 5, 3, 6, p["office"])
    _box(sheet, 5, 7, 8, "事業期間")
    _box(sheet, 5, 9, 12, f"{p['period'][0]}　～　{p['period'][1]}")
    for at, (label, key) in enumerate(
        (("予算額", "budget"), ("決算額", "settled"), ("うち交付金\n充当額", "grant"))
    ):
        _box(sheet, 6, 1 + 4 * at, 2 + 4 * at, label)
        _box(sheet, 6, 3 + 4 * at, 4 + 4 * at, p[key])
    _box(sheet, 8, 1, 5, "重要業績評価指標（ＫＰＩ）")
    for column, head in ((6, "単位"), (7, "事業開始前"), (9, "Ｒ４目標値"), (11, "Ｒ４実績値")):
        _box(sheet, 8, column, column if column == 6 else column + 1, head)
    for at in range(4):  # four slots, whether used or not
        row = p["rows"][at] if at < len(p["rows"]) else (None,) * 5
        for (first, last), value in zip(
            ((1, 5), (6, 6), (7, 8), (9, 10), (11, 12)), row, strict=True
        ):
            said = "集計中" if row[0] and value is None else value
            _box(sheet, 9 + at, first, last, said)
    sheet["A13"] = "※ 入力例：移住者数　人　10　20　15"
    sheet.row_dimensions[13].hidden = True
    _box(sheet, 14, 1, 2, "評価")
    _box(sheet, 14, 3, 3, p["grade"])
    _box(sheet, 14, 4, 5, "今後の方針")
    _box(sheet, 14, 6, 12, p["next"])
    _box(sheet, 15, 1, 2, "担当課の\nコメント", down=2)
    _box(sheet, 15, 3, 12, p["words"], down=2)


def files():
    book = Workbook()
    front = book.active
    front.title = "一覧"
    front["A1"] = "鶴ヶ峰市　令和４年度地方創生推進交付金事業　一覧"
    front["D2"] = "（単位：円）"
    for column, head in enumerate(("番号", "事業名", "担当課", "決算額"), 1):
        _box(front, 3, column, column, head)
    for row, p in enumerate(PROJECTS, 4):
        for column, key in enumerate(("no", "name", "office", "settled"), 1):
            _box(front, row, column, column, int(p[key]) if key == "no" else p[key])
    front.column_dimensions["B"].width = 40
    front.column_dimensions["D"].width = 16
    for p in PROJECTS:
        _form(book.create_sheet(f"No.{p['no']}"), p)
    return {"input.xlsx": saved(book)}

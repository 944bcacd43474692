"""積み重ねた指標の様式。The national form as towns change it: indicators ①–③ stacked under a project, unit behind the figure, month of the target, levels of effect, judgement, policy; town and office in a block at the right."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side

from layouts import producers
from layouts.goldwords import gold, kpi, project

PROJECTS = [
    (
        "1",
        "ご当地食材のブランド化推進事業",
        21564800,
        [
            ("新商品の売上額", "万円", "300万円", 300, "R4.3", "412万円", 412),
            ("試食会の参加者数", "人", "600人", 600, "R4.3", "533人", 533),
            None,
        ],
        "地方創生に非常に効果的であった",
        "総合戦略のKPI達成に有効であった",
        "事業の継続",
    ),
    (
        "2",
        "若手職人の技術伝承支援事業",
        5078000,
        [("研修の修了者数", "人", "8人", 8, "R4.3", "5人", 5), None, None],
        "地方創生に効果があった",
        "総合戦略のKPI達成に有効であった",
        "事業内容の見直し（改善）",
    ),
    (
        "3",
        "観光案内のデジタル化事業",
        9900000,
        [
            ("案内アプリの利用者数", "人", "10,000人", 10000, "R4.3", "－", None),
            ("多言語化した案内板", "基", "12基", 12, "R4.3", "12基", 12),
            ("観光客の満足度", "％", "80％", 80, "R4.3", "84.5％", 84.5),
        ],
        "地方創生に相当程度効果があった",
        "総合戦略のKPI達成に有効とは言えない",
        "追加等更に発展させる",
    ),
]


def _row(name, unit, _, target, due, __, actual):
    if actual is None:
        return kpi(name, unit, "R3", "no_value", target=target, due=due, actual_raw="－")
    return kpi(name, unit, "R3", target=target, actual=actual, due=due)


GOLD = gold(
    "stacked_form",
    "藍沢町",
    "地方創生推進交付金",
    "R3",
    [
        project(
            name,
            [_row(*row) for row in rows if row],
            spending=[("実績額", yen, "円")],
            no=number,
            evaluation=effect,
            external_evaluation=judged,
            next_policy=policy,
        )
        for number, name, yen, rows, effect, judged, policy in PROJECTS
    ],
)


def _dress(sheet):
    box = Border(*(Side(style="thin"),) * 4)
    for row in sheet.iter_rows(min_row=4, max_row=13, max_col=11):
        for cell in row:
            cell.border = box
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for column, width in zip("ABCDEFGHIJK", (5, 24, 13, 7, 22, 11, 9, 11, 20, 20, 18), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _book():
    book = Workbook()
    sheet = book.active
    sheet.title = "様式"
    sheet["A1"] = "令和３年度地方創生推進交付金に係る事業実施結果報告"
    for row, (label, said) in enumerate((("市町村名", "藍沢町"), ("作成担当課", "総合政策課")), 1):
        sheet.cell(row, 9, label)
        sheet.cell(row, 10, said)
    heads = (
        "No",
        "交付対象事業の名称",
        "実績額\n（円）",
        "指標",
        None,
        "指標値",
        "目標年月",
        "実績値",
        "事業効果",
        "外部有識者の評価",
        "今後の方針",
    )
    for column, words in enumerate(heads, 1):
        sheet.cell(4, column, words)
    sheet.merge_cells("D4:E4")
    for at, (number, name, yen, rows, *judged) in enumerate(PROJECTS):
        top = 5 + 3 * at
        for column, said in (
            (1, int(number)),
            (2, name),
            (3, yen),
            (9, judged[0]),
            (10, judged[1]),
            (11, judged[2]),
        ):
            sheet.cell(top, column, said)
            sheet.merge_cells(
                start_row=top, end_row=top + 2, start_column=column, end_column=column
            )
        sheet.cell(top, 3).number_format = "#,##0"
        for more, row in enumerate(rows):
            sheet.cell(top + more, 4, f"指標{'①②③'[more]}")
            if row:
                for column, said in ((5, row[0]), (6, row[2]), (7, row[4]), (8, row[5])):
                    sheet.cell(top + more, column, said)
    _dress(sheet)
    return producers.saved(book)


def files():
    return {"input.xlsx": _book(), "input.pdf": lambda: producers.office(_book(), ".xlsx")}

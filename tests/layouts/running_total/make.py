"""累計とうち当年度。A workbook in which an actual's cell holds the running total and, in brackets, this year's part; units stand behind the figures."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side

from layouts import producers
from layouts.goldwords import comma, gold, kpi, percent, project

ROWS = [
    ("結婚新生活支援事業", "こども課", "新婚世帯への支援件数", "件", 60, 47, 12),
    ("リノベーションまちづくり事業", "都市政策課", "遊休不動産の再生件数", "件", 25, 27, 9),
    ("プログラミング教育推進事業", "学校教育課", "公開講座の延べ受講者数", "人", 2000, 1365, 540),
    ("ふるさとワーキングホリデー事業", "地域づくり課", "受入れ人数", "人", 150, 98, 0),
]

GOLD = gold(
    "running_total",
    "翠川市",
    None,
    "R4",
    [
        project(
            name,
            [
                kpi(
                    indicator,
                    unit,
                    "R4",
                    target=target,
                    actual=total,
                    cumulative=True,
                    rate=percent(total, target, 1),
                    target_fiscal_year="R6",
                    series={"R4": {"actual": year}, "R6": {"target": target}},
                )
            ],
            departments=[office],
            no=str(number),
        )
        for number, (name, office, indicator, unit, target, total, year) in enumerate(ROWS, 1)
    ],
)


def _book():
    book = Workbook()
    sheet = book.active
    sheet.title = "進捗"
    sheet["A1"] = "翠川市総合戦略　ＫＰＩ進捗状況（令和４年度末）"
    heads = (
        "番号",
        "事業名",
        "担当課",
        "ＫＰＩ",
        "目標値\n（R2～R6累計）",
        "実績値\n（累計）",
        "進捗率",
    )
    box = Border(*(Side(style="thin"),) * 4)
    lines = [
        (
            number,
            name,
            office,
            indicator,
            f"{comma(target)}{unit}",
            f"累計 {comma(total)}{unit}\n（うちR4年度 {comma(year)}{unit}）",
            round(total / target, 4),
        )
        for number, (name, office, indicator, unit, target, total, year) in enumerate(ROWS, 1)
    ]
    for row, line in enumerate((heads, *lines), 3):
        for column, said in enumerate(line, 1):
            cell = sheet.cell(row, column, said)
            cell.border = box
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if isinstance(said, float):
                cell.number_format = "0.0%"
        sheet.row_dimensions[row].height = 32
    sheet["A9"] = "※進捗率は、累計の目標値に対する累計の実績値の割合。"
    for column, width in zip("ABCDEFG", (6, 32, 14, 26, 16, 24, 9), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    return producers.saved(book)


def files():
    return {"input.xlsx": _book(), "input.pdf": lambda: producers.office(_book(), ".xlsx")}

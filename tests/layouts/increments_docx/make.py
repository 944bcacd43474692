"""増加分の計画。A renewal plan's indicators: before the project, increments by year (some negative, some zero), their sum; one table for two projects."""

import docx

from layouts import producers
from layouts.goldwords import comma, gold, kpi, minus, project

YEARS = ("R5", "R6", "R7")
PROJECTS = [
    (
        "流域で取り組む脱炭素と林業再生プロジェクト",
        "令和５年度から令和７年度まで",
        "R5～R7",
        [
            ("素材生産量", "㎥", 18400, [600, 900, 1500]),
            ("林業の新規就業者数", "人", 6, [2, 0, 3]),
            ("温泉施設の灯油使用量", "kL", 212.5, [-12.5, -20, -35]),
        ],
    ),
    (
        "スポーツコミッションによる交流拡大プロジェクト",
        "令和５年度から令和７年度まで",
        "R5～R7",
        [
            ("大会・合宿の誘致件数", "件", 0, [3, 5, 8]),
            ("スポーツ施設の利用料収入", "千円", 9860, [140, 400, 600]),
        ],
    ),
]


def _row(name, unit, base, steps):
    series = {year: {"target": step} for year, step in zip(YEARS, steps, strict=True)}
    total = round(sum(steps), 1)
    return kpi(
        name,
        unit,
        "R5",
        "target_only",
        baseline=base,
        increments=True,
        increase_total=total,
        series=series,
    )


GOLD = gold(
    "increments_docx",
    "早瀬川町",
    "デジタル田園都市国家構想交付金",
    "R5",
    [
        project(name, [_row(*row) for row in rows], period=period)
        for name, _, period, rows in PROJECTS
    ],
)


def _document():
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Sans CJK JP"
    document.add_heading("地域再生計画（抜粋）", 1)
    document.add_paragraph("作成主体：早瀬川町　　活用する交付金：デジタル田園都市国家構想交付金")
    for number, (name, printed, _, rows) in enumerate(PROJECTS, 1):
        document.add_paragraph(f"５－{number}　{name}")
        document.add_paragraph(f"　事業実施期間　{printed}")
        document.add_paragraph("　【数値目標】")
        heads = ["ＫＰＩ", "事業開始前\n（現時点）"]
        heads += [
            f"{year}年度増加分\n{n}年目" for n, year in enumerate(("2023", "2024", "2025"), 1)
        ]
        table = document.add_table(rows=0, cols=6)
        table.style = "Table Grid"
        lines = [[*heads, "ＫＰＩ増加分\nの累計"]]
        for n, u, base, steps in rows:
            values = [f"{comma(base)}{u}", *(f"{minus(s, '△')}{u}" for s in steps)]
            lines.append([n, *values, f"{minus(round(sum(steps), 1), '△')}{u}"])
        for line in lines:
            for cell, words in zip(table.add_row().cells, line, strict=True):
                cell.text = words
        document.add_paragraph("")
    return producers.saved(document)


def files():
    return {"input.docx": _document(), "input.pdf": lambda: producers.office(_document(), ".docx")}

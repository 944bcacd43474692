"""見出しと小さな表. A document of headings: each project a heading, a label and value table, an indicator table, opinions as prose."""

import docx

from layouts import producers
from layouts.goldwords import comma, gold, kpi, percent, project

PROJECTS = [
    {
        "name": "離島航路を生かした体験観光推進事業",
        "offices": ("観光振興課", "離島振興室"),
        "period": ("平成３０年度～令和４年度", "H30～R4"),
        "money": [("総事業費", 21364), ("うち交付金充当額", 10682)],
        "rows": [
            ("体験プログラムの参加者数", "人", 1850, 2011),
            ("航路の年間乗船者数", "人", 43000, 38904),
            ("島内の宿泊施設数", "軒", 14, 15),
        ],
        "grade": "地方創生に相当程度効果があった",
        "opinion": "乗船者の減少は通勤通学の減少によるところが大きく、観光の指標と分けて見るべきである。",
        "next": "追加等更に発展させる",
    },
    {
        "name": "公設民営の学習塾による教育移住促進事業",
        "offices": ("教育政策課",),
        "period": ("令和２年度～令和６年度", "R2～R6"),
        "money": [("総事業費", 17800), ("うち交付金充当額", 8900)],
        "rows": [
            ("塾生の数", "人", 60, 58),
            ("教育を理由とした転入世帯数", "世帯", 8, 3),
        ],
        "grade": "地方創生に効果があった",
        "opinion": "転入の理由の調べ方を窓口でそろえること。",
        "next": "事業の継続",
    },
]


def _kpi(name, unit, target, actual):
    return kpi(name, unit, "R3", target=target, actual=actual, rate=percent(actual, target, 1))


GOLD = gold(
    "headings_docx",
    "汐入市",
    "地方創生推進交付金",
    "R3",
    [
        project(
            p["name"],
            [_kpi(*row) for row in p["rows"]],
            departments=p["offices"],
            period=p["period"][1],
            spending=[(label, amount, "千円") for label, amount in p["money"]],
            evaluation=p["grade"],
            next_policy=p["next"],
        )
        for p in PROJECTS
    ],
)


def _table(document, rows):
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return table


def _document():
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Sans CJK JP"
    document.add_heading("汐入市　地方創生推進交付金　効果検証報告書", 0)
    document.add_paragraph("対象：令和３年度に実施した事業")
    for number, p in enumerate(PROJECTS, 1):
        document.add_heading(f"{number}　{p['name']}", 1)
        _table(
            document,
            [
                ("所管", "、".join(p["offices"])),
                ("計画期間", p["period"][0]),
                *((label, f"{comma(amount)}千円") for label, amount in p["money"]),
            ],
        )
        document.add_heading("ＫＰＩの達成状況", 2)
        _table(
            document,
            [
                ("指標", "目標値", "実績値", "達成率"),
                *(
                    (f"{n}（{u}）", comma(t), comma(a), percent(a, t, 1))
                    for n, u, t, a in p["rows"]
                ),
            ],
        )
        document.add_heading("検証結果", 2)
        document.add_paragraph(f"事業効果：{p['grade']}")
        document.add_paragraph(f"有識者会議の意見：{p['opinion']}")
        document.add_paragraph(f"今後の方針：{p['next']}")
    return producers.saved(document)


def files():
    return {"input.docx": _document(), "input.pdf": lambda: producers.office(_document(), ".docx")}

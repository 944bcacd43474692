"""名と値の別の欄。Cells that hold lists: names ①②③ in one, targets in the next, actuals in the third, to be joined by their marks."""

import docx

from layouts import producers
from layouts.goldwords import comma, gold, kpi, project

MARKS = "①②③④"
PROJECTS = [
    (
        "1",
        "ローカル鉄道を未来へつなぐ利用促進事業",
        "交通対策課",
        ("16,240千円", 16240),
        [
            ("定期券の購入者数", "人", 620, 588),
            ("沿線イベントの来場者数", "人", 5000, 7240),
            ("駅舎の活用件数", "件", 2, 2),
        ],
        "相当程度効果があった",
    ),
    (
        "2",
        "発酵のまちブランド確立事業",
        "商工振興課",
        ("8,905千円", 8905),
        [("認証商品の数", "品", 12, 15), ("認証商品の販売額", "万円", 1500, 1284)],
        "効果があった",
    ),
    (
        "3",
        "郷土芸能の担い手育成事業",
        "文化振興課",
        ("2,310千円", 2310),
        [
            ("保存会の会員数", "人", 180, 174),
            ("子ども教室の受講者数", "人", 60, 82),
            ("公演の観覧者数", "人", 1200, "集計中"),
            ("動画の公開本数", "本", 6, 6),
        ],
        "効果があった",
    ),
]


def _row(name, unit, target, actual):
    if actual == "集計中":
        return kpi(name, unit, "R4", "pending", target=target, actual_raw=actual)
    return kpi(name, unit, "R4", target=target, actual=actual)


GOLD = gold(
    "paired_lists",
    "蔵原市",
    "地方創生推進交付金",
    "R4",
    [
        project(
            name,
            [_row(*row) for row in rows],
            departments=[office],
            spending=[("事業費", yen, "千円")],
            no=number,
            evaluation=grade,
        )
        for number, name, office, (_, yen), rows, grade in PROJECTS
    ],
)


def _document():
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Sans CJK JP"
    document.add_paragraph(
        "令和４年度　地方創生推進交付金事業　効果検証シート　　　　　　　　　蔵原市"
    )
    table = document.add_table(rows=1, cols=7)
    table.style = "Table Grid"
    heads = ("№", "事業名\n【担当課】", "事業費", "ＫＰＩ", "目標", "実績", "事業効果")
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.text = words
    for number, name, office, (cost, _), rows, grade in PROJECTS:
        marked = list(zip(MARKS, rows, strict=False))
        names = "\n".join(f"{mark}{n}" for mark, (n, *_) in marked)
        targets = "\n".join(f"{mark}{comma(t)}{u}" for mark, (_, u, t, _) in marked)
        actuals = "\n".join(
            f"{mark}{a}" if isinstance(a, str) else f"{mark}{comma(a)}{u}"
            for mark, (_, u, _, a) in marked
        )
        said = (number, f"{name}\n【{office}】", cost, names, targets, actuals, grade)
        for cell, words in zip(table.add_row().cells, said, strict=True):
            cell.text = words
    return producers.saved(document)


def files():
    return {"input.docx": _document(), "input.pdf": lambda: producers.office(_document(), ".docx")}

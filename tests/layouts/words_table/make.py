"""言葉の目標。Indicators whose values are words (策定, 設置, 検討中, 現状維持以上) among figures, bounds, ranges and 約; by LibreOffice from a document."""

import docx

from layouts import producers
from layouts.goldwords import goal, gold, kpi

ROWS = [
    # name, printed: base, target, actual; gold
    (
        "地域公共交通計画の策定",
        "未策定",
        "策定",
        "策定",
        {"baseline": "未策定", "target": "策定", "actual": "策定"},
        None,
        "actual",
        "達成",
    ),
    (
        "子育て世代包括支援センターの設置",
        "なし",
        "設置",
        "設置",
        {"baseline": "なし", "target": "設置", "actual": "設置"},
        None,
        "actual",
        "達成",
    ),
    (
        "コミュニティスクールの導入校数",
        "2校",
        "全8校",
        "6校",
        {"baseline": 2, "target": 8, "actual": 6},
        "校",
        "actual",
        "未達成",
    ),
    (
        "住み続けたいと思う市民の割合",
        "81.4％",
        "現状維持以上",
        "82.0％",
        {"baseline": 81.4, "target": "現状維持以上", "actual": 82},
        "％",
        "actual",
        "達成",
    ),
    (
        "１人１日当たりのごみ排出量",
        "874ｇ",
        "850ｇ以下",
        "861ｇ",
        {"baseline": 874, "target": 850, "actual": 861, "target_op": "<="},
        "ｇ",
        "actual",
        "未達成",
    ),
    (
        "自治会の加入率",
        "62.3％",
        "60％以上",
        "60.8％",
        {"baseline": 62.3, "target": 60, "actual": 60.8, "target_op": ">="},
        "％",
        "actual",
        "達成",
    ),
    (
        "公共施設の個別施設計画",
        "検討中",
        "策定",
        "検討中",
        {"baseline_raw": "検討中", "target": "策定"},
        None,
        "under_review",
        "未達成",
    ),
    (
        "市民１人当たりの市債残高",
        "412千円",
        "400千円未満",
        "未公表",
        {"baseline": 412, "target": 400, "target_op": "<"},
        "千円",
        "pending",
        "－",
    ),
]


def _row(name, _, __, actual, *more):
    said, unit, status, mark = more
    words = {"actual_raw": actual} if status in ("pending", "under_review") else {}
    if mark != "－":
        words["rating"] = mark
    return kpi(name, unit, "R4", status, **said, **words)


GOLD = gold(
    "words_table",
    "月見岡市",
    None,
    "R4",
    [goal("安心して暮らせるまち", [_row(*row) for row in ROWS])],
)


def _document():
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Sans CJK JP"
    document.add_paragraph("月見岡市総合計画　まちづくり指標の達成状況（令和４年度）")
    document.add_paragraph("第３章　安心して暮らせるまち")
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    heads = (
        "まちづくり指標",
        "計画策定時\n（令和元年度）",
        "目標値\n（令和４年度）",
        "実績値\n（令和４年度）",
        "達成区分",
    )
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.text = words
    for name, base, target, actual, *_, mark in ROWS:
        for cell, words in zip(
            table.add_row().cells, (name, base, target, actual, mark), strict=True
        ):
            cell.text = words
    return producers.saved(document)


def files():
    return {"input.docx": _document(), "input.pdf": lambda: producers.office(_document(), ".docx")}

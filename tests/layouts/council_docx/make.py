"""会議の資料. Papers of a council: bullets with tabs and full-width spaces, arrows from baseline to target, indicators in a list, not in a table."""

import docx

from layouts.goldwords import comma, goal, gold, kpi
from layouts.producers import saved

GROUPS = [
    (
        "（１）歩いて楽しい中心市街地",
        "歩いて楽しい中心市街地",
        [
            ("空き店舗率", "％", ("H30", 24.6), ("R6", 18.0), ("R4", 22.9)),
            ("コミュニティカフェの開設数", "か所", ("H30", 2), ("R6", 6), ("R4", 5)),
        ],
    ),
    (
        "（２）自然エネルギーの地産地消",
        "自然エネルギーの地産地消",
        [
            ("公共施設の再エネ電力比率", "％", ("H30", 3.5), ("R6", 30.0), ("R4", 12.8)),
            ("薪ストーブの補助件数（累計）", "件", ("H30", 31), ("R6", 100), ("R4", 84)),
            ("温室効果ガス排出量", "千t-CO2", ("H30", 187.0), ("R6", 150.0), None),
        ],
    ),
]


def _row(name, unit, base, target, actual):
    series = {base[0]: {"baseline": base[1]}, target[0]: {"target": target[1]}}
    more = {"baseline": base[1], "target": target[1], "target_fiscal_year": target[0]}
    if actual is None:
        return kpi(name, unit, "R4", "pending", series=series, actual_raw="未確定", **more)
    series[actual[0]] = {"actual": actual[1]}
    return kpi(name, unit, "R4", series=series, actual=actual[1], **more)


GOLD = gold(
    "council_docx",
    "楢葉台町",
    None,
    "R4",
    [goal(name, [_row(*row) for row in rows]) for _, name, rows in GROUPS],
)


def files():
    document = docx.Document()
    document.add_paragraph("資料２")
    document.add_heading("楢葉台町総合戦略　令和４年度の取組と成果", 1)
    document.add_paragraph(
        "凡例　　［平成３０年度 基準値］ → ［令和６年度 目標値］　　★令和４年度 実績値"
    )
    for printed, _, rows in GROUPS:
        document.add_heading(printed, 2)
        for name, unit, base, target, actual in rows:
            now = (
                "未確定（令和５年１２月公表予定）"
                if actual is None
                else f"{comma(actual[1])}{unit}"
            )
            document.add_paragraph(
                f"・{name}\t{comma(base[1])}{unit}　→　{comma(target[1])}{unit}　　★{now}"
            )
    document.add_paragraph("※累計は平成２８年度からの通算です。")
    return {"input.docx": saved(document)}

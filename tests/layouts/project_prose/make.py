"""事業ごとの文。Running text that turns from project to project in its sentences, a cause before the indicator's name, figures in 万."""

from layouts.goldwords import gold, kpi, project

GOLD = gold(
    "project_prose",
    "雲雀野市",
    "地方創生推進交付金",
    "R2",
    [
        project("移住定住促進事業", [kpi("移住者数", "人", "R2", target=150, actual=168)]),
        project(
            "まちなか観光推進事業",
            [
                kpi(
                    "観光入込客数",
                    "人",
                    "R2",
                    target=900_000,
                    actual=415_000,
                    target_raw="90万人",
                    actual_raw="41万5千人",
                ),
                kpi(
                    "宿泊者数",
                    "人",
                    "R2",
                    target=110_000,
                    actual=52_300,
                    target_raw="11万人",
                    actual_raw="5万2300人",
                ),
            ],
        ),
    ],
)

TEXT = (
    "雲雀野市は、令和2年度の地方創生推進交付金事業の効果検証結果をまとめた。"
    "「移住定住促進事業」では、移住者数が目標の150人に対して168人となり目標を達成した。"
    "一方、「まちなか観光推進事業」では、新型コロナウイルスの影響で観光入込客数は目標の90万人に対し41万5千人、"
    "宿泊者数は目標の11万人に対し5万2300人にとどまった。\n"
)


def files():
    return {"input.txt": TEXT.encode()}

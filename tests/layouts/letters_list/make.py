"""記号だけの評価。Nothing but ratings: indicators with S to D and a word, no figures at all; tabs between, a key above."""

from layouts.goldwords import goal, gold, kpi

GROUPS = [
    (
        "稼ぐ力を高める",
        [("観光消費額の増加", "Ａ"), ("創業件数の増加", "Ｓ"), ("農業産出額の維持", "Ｃ")],
    ),
    (
        "人を呼びこむ",
        [
            ("転入超過への転換", "Ｄ"),
            ("関係人口の拡大", "Ａ"),
            ("移住相談の充実", "Ｂ"),
            ("空き家の流通", "Ｂ"),
        ],
    ),
]

GOLD = gold(
    "letters_list",
    "稲穂野町",
    None,
    "R3",
    [
        goal(name, [kpi(n, None, "R3", "no_value", rating=mark) for n, mark in rows])
        for name, rows in GROUPS
    ],
)


def files():
    lines = [
        "稲穂野町総合戦略　令和３年度の達成状況",
        "Ｓ：目標を上回った　Ａ：達成した　Ｂ：おおむね達成した　Ｃ：やや遅れている　Ｄ：遅れている",
        "",
        "基本目標\t重要業績評価指標\t評価",
    ]
    for name, rows in GROUPS:
        for at, (indicator, mark) in enumerate(rows):
            lines.append(f"{name if at == 0 else ''}\t{indicator}\t{mark}")
    return {"input.tsv": ("\n".join(lines) + "\n").encode("cp932")}

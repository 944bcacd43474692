"""貼り付けた表. A sheet pasted as tabs: pairs of rows (目標/実績) under each indicator, years across, merged cells left empty."""

from layouts.goldwords import comma, goal, gold, kpi

YEARS = ("R2", "R3", "R4", "R5", "R6")
GROUPS = {
    "子どもがのびのび育つまち": [
        ("放課後児童クラブの待機児童数", "人", "18", [12, 8, 5, 2, 0], [14, 9, 5, None, None]),
        (
            "子育て広場の延べ利用者数",
            "人",
            "9,420",
            [9800, 10200, 10600, 11000, 11500],
            [6312, 7045, "集計中", None, None],
        ),
        ("赤ちゃん駅の登録施設数", "か所", "21", [24, 27, 30, 33, 36], [23, 29, 34, None, None]),
    ],
    "働く場所を選べるまち": [
        (
            "市内事業所の従業者数",
            "千人",
            "31.2",
            [31.4, 31.6, 31.8, 32.0, 32.2],
            ["－", 30.9, "－", None, None],
        ),
        ("農業法人数", "法人", "7", [8, 9, 10, 11, 12], [8, 8, 11, None, None]),
    ],
}


def _row(name, unit, base, targets, actuals):
    numbers = [a if isinstance(a, int | float) else None for a in actuals]
    series = {
        year: {
            "target": target,
            **({"actual": actual} if actual is not None else {}),
        }
        for year, target, actual in zip(YEARS, targets, numbers, strict=True)
    }
    more = {"baseline": float(base.replace(",", "")), "target": targets[2]}
    now = actuals[2]
    if now == "集計中":
        return kpi(name, unit, "R4", "pending", series=series, actual_raw=now, **more)
    if now == "－":
        return kpi(name, unit, "R4", "no_value", series=series, actual_raw=now, **more)
    return kpi(name, unit, "R4", series=series, actual=now, **more)


GOLD = gold(
    "paired_tsv",
    "霧ケ原市",
    None,
    "R4",
    [goal(name, [_row(*row) for row in rows]) for name, rows in GROUPS.items()],
)


def files():
    lines = [
        "第２期霧ケ原市総合戦略　重要業績評価指標の進み具合（令和４年度末）",
        "",
        "施策\tＫＰＩ\t単位\t基準値（R元）\t区分\tR2\tR3\tR4\tR5\tR6",
    ]
    for group, rows in GROUPS.items():
        for at, (name, unit, base, targets, actuals) in enumerate(rows):
            head = [group if at == 0 else "", name, unit, base, "目標"]
            lines.append("\t".join([*head, *map(comma, targets)]))
            lines.append("\t".join(["", "", "", "", "実績", *map(comma, actuals)]))
    lines += ["", "注）「－」は調査を行わない年。R5以降の実績は今後記入する。"]
    return {"input.tsv": ("\r\n".join(lines) + "\r\n").encode()}

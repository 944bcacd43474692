"""用語と説明の組。A page of headings with dl lists: a dt a label, a dd its value; one actual not yet counted, one in the items of a second list."""

from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    ("自主防災組織育成事業", "危機管理課", "自主防災組織率", "％", 95.0, 91.3, "96.1％"),
    (
        "デマンド交通運行事業",
        "地域交通課",
        "デマンドタクシー利用者数",
        "人",
        12000,
        13452,
        "112.1％",
    ),
    ("郷土資料館活用事業", "文化振興課", "郷土資料館入館者数", "人", 8000, None, None),
]


def _row(name, unit, target, actual, rate):
    if actual is None:
        return kpi(name, unit, "R5", "pending", target=target, actual_raw="集計中")
    return kpi(name, unit, "R5", rate=rate, target=target, actual=actual)


GOLD = gold(
    "terms_html",
    "雲雀野市",
    None,
    "R5",
    [
        project(title, [_row(name, unit, target, actual, rate)], departments=[office])
        for title, office, name, unit, target, actual, rate in PROJECTS
    ],
)


def files():
    parts = []
    for at, (title, office, name, unit, target, actual, rate) in enumerate(PROJECTS, 1):
        said = f"{comma(actual)}{unit}" if actual is not None else "集計中"
        pairs = [
            ("担当課", office),
            ("指標", name),
            ("目標値（令和5年度）", f"{comma(target)}{unit}"),
            ("実績値（令和5年度）", said),
            ("達成率", rate or "－"),
        ]
        terms = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in pairs)
        parts.append(f"<h3>{at}．{title}</h3>\n<dl>{terms}</dl>")
    page = f"""<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>事業の評価</title></head><body>
<h1>雲雀野市　令和5年度　事業評価の結果</h1>
{chr(10).join(parts)}
</body></html>
"""
    return {"input.html": page.encode()}

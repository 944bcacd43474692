"""年度が下へ進む表. Transposed: indicators across under their projects, years down with a row for 目標 and one for 実績; dashed rules, a font not embedded; written by hand."""

from layouts.goldwords import comma, gold, kpi, project
from layouts.producers import RawPdf

YEARS = (("H30", "平成30（2018）年度"), ("R1", "令和元（2019）年度"), ("R2", "令和2（2020）年度"))
PROJECTS = [
    (
        "港の朝市再生事業",
        [
            ("朝市の来場者数", "人", 30250, [(32000, 33108), (34000, 35420), (36000, 11276)]),
            ("朝市の出店者数", "店", 21, [(24, 25), (26, 26), (28, 19)]),
        ],
    ),
    (
        "海洋体験教室事業",
        [
            ("体験教室の参加者数", "人", 410, [(450, 466), (500, 512), (550, 0)]),
            ("リピーター率", "％", 18.5, [(20, 21.3), (22, 24.0), (25, None)]),
        ],
    ),
]


def _row(name, unit, base, pairs):
    series = {"H29": {"baseline": base}}
    for (year, _), (target, actual) in zip(YEARS, pairs, strict=True):
        series[year] = {"target": target} | ({} if actual is None else {"actual": actual})
    target, actual = pairs[-1]
    more = {"baseline": base, "target": target, "series": series}
    if actual is None:
        return kpi(name, unit, "R2", "no_value", actual_raw="―", **more)
    return kpi(name, unit, "R2", actual=actual, **more)


GOLD = gold(
    "years_down",
    "磯崎町",
    "地方創生推進交付金",
    "R2",
    [project(name, [_row(*row) for row in rows]) for name, rows in PROJECTS],
)


def _table():
    """Rows of (text, columns it covers, rows it covers)."""
    rows = [row for _, rows in PROJECTS for row in rows]
    yield [("事業名", 2, 1), *((name, len(rows), 1) for name, rows in PROJECTS)]
    yield [("KPI", 2, 1), *((row[0], 1, 1) for row in rows)]
    yield [("単位", 2, 1), *((row[1], 1, 1) for row in rows)]
    yield [("平成29（2017）年度", 1, 1), ("基準値", 1, 1), *((comma(row[2]), 1, 1) for row in rows)]
    for at, (_, words) in enumerate(YEARS):
        yield [(words, 1, 2), ("目標値", 1, 1), *((comma(row[3][at][0]), 1, 1) for row in rows)]
        actuals = ["―" if row[3][at][1] is None else comma(row[3][at][1]) for row in rows]
        yield [None, ("実績値", 1, 1), *((words, 1, 1) for words in actuals)]


def files():
    page = RawPdf()
    page.text(50, 60, "磯崎町　地方創生推進交付金事業　ＫＰＩの推移", 13)
    page.text(50, 82, "令和2年度の実績は、感染症の影響で中止した催しを含む。", 9)
    edges, high, top = (50, 150, 200, 285, 370, 455, 540), 24, 100
    for number, row in enumerate(_table()):
        column = 0
        y = top + number * high
        for cell in row:
            if cell is None:
                column += 1
                continue
            words, across, down = cell
            x0, x1 = edges[column], edges[column + across]
            y1 = y + high * down
            page.text(x0 + 4, (y + y1) / 2 + 3, words, 8)
            for line in ((x0, y, x1, y), (x0, y1, x1, y1), (x0, y, x0, y1), (x1, y, x1, y1)):
                page.line(*line, dash="2 1")
            column += across
    page.text(50, top + 11 * high, "※リピーター率は教室を開かなかった令和2年度は「―」。", 8)
    return {"input.pdf": page.made()}

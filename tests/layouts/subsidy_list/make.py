"""補助金の一覧. A list of subsidies with subtotals, a total and a row counted again (再掲); rules as thin filled rectangles, as spreadsheets print; by ReportLab."""

import importlib
import io

from layouts.goldwords import comma, gold, kpi, percent, project

GROUPS = [
    (
        "産業振興",
        [
            (
                "１",
                "創業支援補助金",
                "商工課",
                12,
                6000,
                5412,
                ("補助による創業者数", "人", 10, 12),
            ),
            (
                "２",
                "中小企業設備更新補助金",
                "商工課",
                31,
                45000,
                43980,
                ("労働生産性が向上した企業数", "社", 25, 22),
            ),
            (
                "３",
                "有害鳥獣防護柵設置補助金",
                "農林課",
                58,
                7200,
                7193,
                ("農作物の被害額", "千円", 9000, 8120),
            ),
        ],
    ),
    (
        "移住・定住",
        [
            (
                "４",
                "移住支援金",
                "企画課",
                9,
                8000,
                7600,
                ("移住支援金による移住者数", "人", 20, 19),
            ),
            (
                "５",
                "空家改修費補助金",
                "建設課",
                14,
                14000,
                12655,
                ("空家バンクの成約件数", "件", 15, 21),
            ),
            (
                "６",
                "結婚新生活支援補助金",
                "子育て課",
                11,
                3300,
                2904,
                ("補助を受けた世帯の定住率", "％", 90, "－"),
            ),
        ],
    ),
]


def _row(name, unit, target, actual):
    if actual == "－":
        return kpi(name, unit, "R5", "no_value", target=target, actual_raw=actual)
    return kpi(name, unit, "R5", target=target, actual=actual, rate=percent(actual, target, 0))


def _sum(rows, at):
    return sum(row[at] for row in rows)


def _total(name, rows):
    money = [("予算額", _sum(rows, 4), "千円"), ("決算額", _sum(rows, 5), "千円")]
    return project(name, [], spending=money, kind="total")


ALL = [row for _, rows in GROUPS for row in rows]
FORESTRY = [row for row in ALL if row[2] == "農林課"]


def _gold():
    out = []
    for _, rows in GROUPS:
        out += [
            project(
                name,
                [_row(*indicator)],
                departments=[office],
                spending=[("予算額", budget, "千円"), ("決算額", settled, "千円")],
                no=number,
            )
            for number, name, office, _, budget, settled, indicator in rows
        ]
        out.append(_total("小計", rows))
    return [*out, _total("合計", ALL), _total("（再掲）農林課所管分", FORESTRY)]


GOLD = gold("subsidy_list", "小鹿原町", None, "R5", _gold())

HEADS = (
    "番号",
    "分野",
    "補助金の名称",
    "担当課",
    "交付\n件数",
    "予算額\n(千円)",
    "決算額\n(千円)",
    "成果指標",
    "目標",
    "実績",
    "達成率",
)
WIDTHS = (26, 44, 112, 48, 30, 48, 48, 116, 44, 44, 36)


def _lines():
    """Rows of cells; None is covered by the cell above or to the left."""
    for group, rows in GROUPS:
        for at, (number, name, office, count, budget, settled, (kn, u, t, a)) in enumerate(rows):
            head = group if at == 0 else None
            shown = [
                "－" if isinstance(a, str) else f"{comma(a)}{u}",
                "－" if isinstance(a, str) else percent(a, t, 0),
            ]
            yield [
                number,
                head,
                name,
                office,
                str(count),
                comma(budget),
                comma(settled),
                kn,
                f"{comma(t)}{u}",
                *shown,
            ]
        yield _money("小計", rows)
    yield _money("合計", ALL)
    yield _money("（再掲）農林課所管分", FORESTRY)


def _money(name, rows):
    sums = (str(_sum(rows, 3)), comma(_sum(rows, 4)), comma(_sum(rows, 5)))
    return [name, None, None, None, *sums, "", "", "", ""]


def _drawn():
    canvas = importlib.import_module("reportlab.pdfgen.canvas")
    fonts = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    cid = importlib.import_module("reportlab.pdfbase.cidfonts")
    fonts.registerFont(cid.UnicodeCIDFont("HeiseiMin-W3"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(842, 595), invariant=1)
    page.setFont("HeiseiMin-W3", 13)
    page.drawString(60, 545, "令和５年度　小鹿原町　町単独補助金等の交付実績及び成果一覧")
    y = _table(page, [list(HEADS), *_lines()], 60, 520)
    page.setFont("HeiseiMin-W3", 8)
    page.drawString(
        60,
        y - 14,
        "※６番の定住率は交付後３年を経て調べるため、まだ実績がない。３番は目標値以下に抑えることを目標とする。",
    )
    page.showPage()
    page.save()
    return out.getvalue()


def _table(page, rows, left, top):
    """Draw the rows: text, then a thin filled rectangle along every edge of every cell. Returns where it ends."""
    y = top
    for number, row in enumerate(rows):
        height = 26 if number == 0 else 22
        x, at = left, 0
        while at < len(row):
            width, span = WIDTHS[at], 1
            while (
                row[0] in ("小計", "合計", "（再掲）農林課所管分")
                and at + span < 4
                and row[at + span] is None
            ):
                width, span = width + WIDTHS[at + span], span + 1
            _cell(page, row[at], x, y, width, height, right=4 <= at <= 6 or at >= 8)
            x, at = x + width, at + span
        y -= height
    page.rect(left, y, sum(WIDTHS), 0.5, stroke=0, fill=1)
    return y


def _cell(page, words, x, y, width, height, right):
    if words is not None:
        page.rect(x, y, width, 0.5, stroke=0, fill=1)
    for edge in (x, x + width):
        page.rect(edge, y - height, 0.5, height + 0.5, stroke=0, fill=1)
    lines = (words or "").split("\n")
    page.setFont("HeiseiMin-W3", 7.5)
    for number, line in enumerate(lines):
        base = y - height / 2 - 3 + 4.5 * (len(lines) - 1) - 9 * number
        (page.drawRightString if right and len(lines) == 1 else page.drawString)(
            x + width - 3 if right and len(lines) == 1 else x + 3, base, line
        )


def files():
    return {"input.pdf": _drawn}

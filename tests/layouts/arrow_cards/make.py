"""矢印の概要. Projects as blocks of lines: two labels in a line, 目標値 → 実績値 below the name of each indicator; by typst."""

from layouts import producers
from layouts.goldwords import comma, gold, kpi, percent, project

#: Of each project: name, office, first and last year, cost, indicators (name, unit, target, actual).
PROJECTS = [
    ("伝統工芸後継者育成事業", "文化財課", 4, 6, 8760, [("後継者育成塾修了者数", "人", 10, 9), ("工房見学者数", "人", 2500, 3120)]),
    ("農福連携推進事業", "福祉課", 5, 7, 5420, [("農福連携に取り組む事業所数", "か所", 8, 10), ("利用者の平均工賃月額", "円", 18000, 17250)]),
    ("若者回帰・奨学金返還支援事業", "人事課", 3, 7, 12300, [("奨学金返還支援の新規認定者数", "人", 30, 38), ("支援対象者の市内定着率", "%", 90, 94.7)]),
    ("プレミアム付電子商品券事業", "商業振興課", 5, 5, 64800, [("電子商品券の利用総額", "百万円", 320, 318.6), ("加盟店数", "店", 400, 427)]),
    ("eスポーツを活用した健康づくり事業", "健康長寿課", 5, 7, 3950, [("eスポーツ教室参加高齢者数", "人", 200, 268), ("フレイル予防講座の開催数", "回", 12, 15)]),
]  # fmt: skip


def projects():
    for number, (name, office, first, last, cost, rows) in enumerate(PROJECTS, 1):
        kpis = [
            kpi(n, unit, "R5", rate=percent(actual, target), target=target, actual=actual)
            for n, unit, target, actual in rows
        ]
        yield project(
            name,
            kpis,
            departments=[office],
            period=f"R{first}～R{last}",
            spending=[("事業費", cost, "千円"), ("うち交付金", cost // 2, "千円")],
            no=str(number),
        )


GOLD = gold("arrow_cards", "湊川市", "地方創生推進交付金", "R5", list(projects()))


def block(number, name, office, first, last, cost, rows):
    span = f"令和{first}年度" + (f"～令和{last}年度" if last > first else "")
    lines = [
        f'#text(size: 11pt, weight: "bold")[■ {number}．{name}]',
        f"【担当課】{office}　　【事業期間】{span}",
        f"【事業費】{comma(cost)}千円（うち交付金 {comma(cost // 2)}千円）",
        "【重要業績評価指標（KPI）】",
    ]
    for mark, (kpi_name, unit, target, actual) in zip("①②③", rows, strict=False):
        rate = percent(actual, target)
        lines.append(f"#h(1em){mark}{kpi_name}")
        lines.append(
            f"#h(2em)目標値　{comma(target)}{unit}　→　実績値　*{comma(actual)}{unit}*（達成率 {rate}）"
        )
    return f"#block(breakable: false)[{'#linebreak()'.join(lines)}]"


def source():
    body = "\n".join(block(number, *one) for number, one in enumerate(PROJECTS, 1))
    return f"""#set page(paper: "a4", margin: 20mm, numbering: "1")
#set text(font: "Noto Serif CJK JP", size: 9.5pt, lang: "ja")
#set document(title: "実施事業の概要と効果検証", date: none)
#align(center)[#text(size: 14pt)[令和５年度 地方創生推進交付金 実施事業の概要と効果検証]]
#align(right)[湊川市 政策企画部]
{body}
"""


def files():
    return {"input.pdf": producers.typeset(source())}

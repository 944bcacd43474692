"""中身. What stands in the tables: synthetic, but Japanese and of the shape that reports have.

Full-width figures, ①②, ▲, 集計中, －, ※, cells of several lines, three kinds of wave dash, figures wider than their cells.
"""

from __future__ import annotations

import random

from grids.tables import Block, Table

THEMES = (
    "移住定住",
    "観光誘客",
    "地域公共交通",
    "子育て支援",
    "農産物の販路開拓",
    "空き家の利活用",
    "起業創業",
    "関係人口",
    "健康づくり",
    "森林資源の循環",
    "デジタル人材の育成",
    "文化財の保存活用",
)
KINDS = (
    "推進事業",
    "プロジェクト",
    "強化事業",
    "拠点整備事業",
    "ネットワーク構築事業",
    "実証事業（第２期）",
)
WHATS = (
    "参加者数",
    "相談件数",
    "利用者数（延べ）",
    "売上高",
    "満足度",
    "新規登録数",
    "講座の開催回数",
    "協力事業者数",
    "補助件数",
    "滞在時間",
)
UNITS = ("人", "件", "千円", "％", "回", "事業者", "人泊", "世帯")
OFFICES = (
    "企画政策課",
    "観光交流課",
    "商工労政課",
    "農林水産課",
    "まちづくり推進課",
    "子ども未来課",
    "情報政策課",
)
SPANS = (
    "R3～R7",
    "令和４年度〜令和６年度",
    "H30~R4",
    "令和元年度～令和５年度",
    "２０２１～２０２５",
)
MARKS = ("Ａ", "Ｂ", "Ｃ", "◎", "○", "△")
SENTENCES = (
    "関係団体と協議会を設け、年度内に計画を取りまとめた。",
    "①現地調査②住民への聞き取り③報告会の順に進めた。",
    "SNSでの発信を週３回行い、閲覧数は前年度の１．８倍となった。",
    "※感染症の影響により、予定していた催しの一部を中止した。",
    "専門家を延べ１２回派遣し、事業者ごとの改善計画を支援した。",
    "市外からの参加が増え、再訪の意向も高い（アンケート回答２４６件）。",
    "次年度は対象を広げ、隣接する２町と共同で実施する予定である。",
)


class Words:
    """Words and figures by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0

    def project(self) -> str:
        """A project's name; numbered, so that no two are the same."""
        self.count += 1
        pick = self.chance.choice
        return f"{pick(THEMES)}{pick(KINDS)}{self.count:02}"

    def indicator(self) -> str:
        """An indicator's name."""
        self.count += 1
        pick = self.chance.choice
        return f"{pick(THEMES)}の{pick(WHATS)}（{self.count}）"

    def figure(self, most: int = 90000) -> str:
        """A figure, now and then a mark of absence or a loss."""
        roll = self.chance.random()
        value = self.chance.randrange(1, most)
        if roll < 0.06:
            return self.chance.choice(("集計中", "－", "―", "未定"))
        if roll < 0.12:
            return f"▲{value:,}"
        if roll < 0.22:
            return f"{value / 10:,.1f}"
        return f"{value:,}"

    def prose(self, count: int) -> str:
        """Sentences, one after the other."""
        return "".join(self.chance.sample(SENTENCES, count))

    def __getattr__(self, name: str) -> str:
        """One of a list: `unit`, `office`, `span`, `mark`."""
        lists = {"unit": UNITS, "office": OFFICES, "span": SPANS, "mark": MARKS}
        if name not in lists:
            raise AttributeError(name)
        return self.chance.choice(lists[name])


def kpi_list(seed: int, projects: int, years: int = 4) -> list[Block]:
    """A long list: two-row head, each project merged over its indicators, 目標/実績 of several years across."""
    words = Words(seed)
    table = Table([4, 13, 8, 17, 5, *([6] * (2 * years)), 5], head=2)
    heads = [
        (head, 1, 2) for head in ("番号", "事業名", "担当課", "重要業績評価指標（KPI）", "単位")
    ]
    spread = [said for year in range(years) for said in ((f"令和{year + 2}年度", 2), None)]
    table.add(*heads, *spread, ("評価", 1, 2))
    table.add(*[None] * 5, *("目標値", "実績値") * years, None)
    for number in range(1, projects + 1):
        count = words.chance.randrange(1, 6)
        for at in range(count):
            left = [(str(number), 1, count), (words.project(), 1, count), (words.office, 1, count)]
            figures = [words.figure() for _ in range(2 * years)]
            table.add(
                *(left if at == 0 else [None] * 3),
                words.indicator(),
                words.unit,
                *figures,
                words.mark,
            )
    return [
        "地方創生関連交付金事業　ＫＰＩ一覧表",
        table,
        "※ ▲は減を表す。集計中のものは確定しだい公表する。",
    ]


def plain_list(seed: int, rows: int, columns: int = 7) -> list[Block]:
    """A plain list without merges: number, name, unit, figures."""
    words = Words(seed)
    table = Table([4, 22, 6, *([8] * (columns - 3))], head=1)
    table.add("No.", "指標名", "単位", *(f"R{year}" for year in range(1, columns - 2)))
    for number in range(1, rows + 1):
        table.add(
            str(number),
            words.indicator(),
            words.unit,
            *(words.figure() for _ in range(columns - 3)),
        )
    return ["指標の推移", table, "（注）各年度末の数値。"]


def grouped_list(seed: int, groups: int, rows: int) -> list[Block]:
    """A list with rows merged across as headings of groups, and a total a group."""
    words = Words(seed)
    table = Table([4, 22, 10, 9, 9, 9, 6], head=1)
    table.add(
        "番号",
        "事業名",
        "担当課",
        "予算額\n（千円）",
        "決算額\n（千円）",
        "交付金\n（千円）",
        "評価",
    )
    for group in range(groups):
        table.add((f"基本目標{group + 1}　{words.chance.choice(THEMES)}を進める", 7), *[None] * 6)
        for number in range(1, rows + 1):
            table.add(
                f"{group + 1}-{number}",
                words.project(),
                words.office,
                words.figure(),
                words.figure(),
                words.figure(),
                words.mark,
            )
        table.add(("小計", 3), None, None, words.figure(), words.figure(), words.figure(), "")
    return ["令和５年度　事業一覧（単位：千円）", table]


def project_tables(
    seed: int, projects: int, sentences: int = 4, between: bool = True
) -> list[Block]:
    """A small table a project, with a long cell of prose: cells cut by pages, tables one after the other."""
    words = Words(seed)
    blocks: list[Block] = ["地方創生推進交付金　実施状況"]
    for number in range(1, projects + 1):
        table = Table([14, 34, 22, 14], head=2)
        table.add("交付金名称", ("地方創生推進交付金", 3), None, None)
        table.add("事業の名称", "実施内容", "実績（ＫＰＩ等）", "備考")
        prose = "\n".join(words.prose(sentences) for _ in range(1 + number % 2))
        indicators = "\n".join(
            f"{mark}{words.indicator()}　{words.figure()}{words.unit}" for mark in "①②③"
        )
        table.add(
            f"{words.project()}\n（{words.office}）", prose, indicators, f"実施期間\n{words.span}"
        )
        if between:
            blocks.append(f"（{number}）次の事業は、交付金を活用して実施したものです。")
        blocks.append(table)
    return blocks


def forms(seed: int, count: int) -> list[Block]:
    """Forms on a grid of twelve columns, one a page: labels and boxes of many widths."""
    words = Words(seed)
    blocks: list[Block] = []
    for number in range(1, count + 1):
        table = Table([5] * 12, head=0)
        rest = [None] * 11
        table.add(("事業個票", 12), *rest)
        table.add(
            ("整理番号", 2), None, str(number), ("事業名", 2), None, (words.project(), 7), *rest[:6]
        )
        table.add(
            ("担当課", 2),
            None,
            (words.office, 4),
            *rest[:3],
            ("事業期間", 2),
            None,
            (words.span, 4),
            *rest[:3],
        )
        table.add(
            ("予算額", 2),
            None,
            (words.figure(), 2),
            None,
            ("決算額", 2),
            None,
            (words.figure(), 2),
            None,
            ("うち交付金", 2),
            None,
            (words.figure(), 2),
            None,
        )
        table.add(
            ("指標", 5),
            *rest[:4],
            "単位",
            ("基準値", 2),
            None,
            ("目標値", 2),
            None,
            ("実績値", 2),
            None,
        )
        for _ in range(3):
            table.add(
                (words.indicator(), 5),
                *rest[:4],
                words.unit,
                (words.figure(999), 2),
                None,
                (words.figure(999), 2),
                None,
                (words.figure(999), 2),
                None,
            )
        table.add(("実\n施\n内\n容", 1, 2), (words.prose(2), 11, 2), *rest[:10])
        table.add(*[None] * 12)
        table.add(("評価", 2), None, words.mark, ("理由", 2), None, (words.prose(1), 7), *rest[:6])
        blocks.append(table)
    return blocks


def wide_costs(seed: int, rows: int) -> list[Block]:
    """Costs by source: figures that touch or leave their cells, a merged head of two rows."""
    words = Words(seed)
    table = Table([18, 8, 8, 8, 8, 8, 8], head=2)
    table.add(("事業名", 1, 2), ("決算額", 1, 2), ("財源内訳", 5), *[None] * 4)
    table.add(None, None, "国庫支出金", "県支出金", "地方債", "その他", "一般財源")
    for _ in range(rows):
        table.add(words.project(), *(words.figure(9_000_000) for _ in range(6)))
    return ["財源内訳表", "（単位：千円）", table, "※四捨五入のため合計が一致しないことがある。"]


def side_by_side(seed: int, rows: int) -> list[Block]:
    """Two tables beside each other, with a heading above."""
    words = Words(seed)
    pair = []
    for head in ("歳入", "歳出"):
        table = Table([14, 8, 8], head=1)
        table.add(head, "予算額", "決算額")
        for _ in range(rows):
            table.add(
                words.chance.choice(THEMES) + str(words.chance.randrange(99)),
                words.figure(),
                words.figure(),
            )
        pair.append(table)
    return ["会計の概要", (pair[0], pair[1]), "左が歳入、右が歳出です。"]

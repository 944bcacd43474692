"""Other cities' cards: other headers, columns and ways to write a line. Each states what must come out."""

from decimal import Decimal

import pytest

from sosei.core.cardcell import parse_heading, parse_name, parse_remark
from sosei.core.cardline import MASK, parse_measure, split_measures, understood
from sosei.core.costline import parse_costs
from sosei.core.gaps import Gap
from sosei.core.report import Project, Report
from sosei.reading import open_document
from sosei.reading.layouts import cards
from sosei.reading.layouts.cardcols import role_of


def tsv(*rows: str, front: str = "") -> Report:
    text = front + "\n".join(row.replace("|", "\t") for row in rows) + "\n"
    return cards.read(open_document(text.encode(), "報告.txt"))


def html(*rows: list[str]) -> Report:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return cards.read(
        open_document(f"<html><body><table>{body}</table></body></html>".encode(), "a.html")
    )


def measures(cell: str, header: str = "実績（KPI等）") -> Project:
    report = tsv(
        "交付金名称|地方創生推進交付金||",
        f"事業の名称|実施内容|{header}|備考",
        f"見本事業（企画課）|<p>行った。</p>|{cell}|",
    )
    return report.projects[0]


def flat(project: Project) -> list[tuple]:
    """(name, unit, year, target, actual) of every year of every indicator."""

    def plain(value):
        return value and (value.gap or value.text or value.number)

    return [
        (i.name and i.name.text, i.unit, y.fiscal_year, plain(y.target), plain(y.actual))
        for i in project.indicators
        for y in i.years
    ]


D = Decimal
LINES = [
    ("参加者数 18 人", [("参加者数", "人", None, None, D(18))]),
    ("参加者数　１，２３４人", [("参加者数", "人", None, None, D(1234))]),
    ("①参加者数 目標：20人 実績：18人", [("参加者数", "人", None, D(20), D(18))]),
    ("①参加者数：目標値 20人、実績値 18人", [("参加者数", "人", None, D(20), D(18))]),
    ("参加者数 18人（目標 20人）", [("参加者数", "人", None, D(20), D(18))]),
    ("参加者数 18人（目標：20人、達成率 90%）", [("参加者数", "人", None, D(20), D(18))]),
    ("参加者数 令和3年度 18人", [("参加者数", "人", 2021, None, D(18))]),
    ("参加者数（R4） 18人", [("参加者数", "人", 2022, None, D(18))]),
    ("参加者数 H30 目標 20人 R1 目標 30人", [("参加者数", "人", 2018, D(20), None), ("参加者数", "人", 2019, D(30), None)]),
    ("参加者数 2021年度 実績 18人", [("参加者数", "人", 2021, None, D(18))]),
    ("①来訪者数 目標 5人 実績 0人 ②移住者数 目標 3人 実績 未定",
     [("来訪者数", "人", None, D(5), D(0)), ("移住者数", "人", None, D(3), Gap.UNDECIDED)]),
    ("満足度 目標 80% 実績 72.5%", [("満足度", "%", None, D(80), D("72.5"))]),
    ("空き店舗数（単位：店） 目標 38 実績 36", [("空き店舗数", "店", None, D(38), D(36))]),
    ("計画書 目標：策定 実績：策定", [("計画書", None, None, "策定", "策定")]),
    ("第2回大会の参加者数 5人", [("第2回大会の参加者数", "人", None, None, D(5))]),
    ("目標達成企業数 7社", [("目標達成企業数", "社", None, None, D(7))]),
    ("参加者数<br>目標 20人<br>実績 18人", [("参加者数", "人", None, D(20), D(18))]),
    ("なし", []),
    ("－", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), LINES)
def test_指標の行(cell: str, expected: list[tuple]):
    assert flat(measures(cell)) == expected


def test_計画の見出しでは数は目標値になる():
    project = measures("①宿泊者数 4,200,000 人泊", "計画 (K P I 等)")
    assert project.kind == "plan"
    assert flat(project) == [("宿泊者数", "人泊", None, D(4_200_000), None)]


def test_注記から計画の年度を知る():
    project = measures("<p>宿泊者数 5 人</p> <p>※いずれも令和5年度計画値</p>", "計画（KPI等）")
    assert project.fiscal_year.year == 2023
    assert project.indicators[0].note.text == "いずれも令和5年度計画値"


def test_矢印の前は基準値():
    indicator = measures("空き店舗数 49店 → 46店").indicators[0]
    assert (indicator.name.text, indicator.baseline.number) == ("空き店舗数", 49)
    assert indicator.years[0].actual.number == 46


def test_達成率は率で_前年度比は率ではない():
    indicator = measures("参加者数 目標 20人 実績 19人 達成率 95% 前年度比 105%").indicators[0]
    assert indicator.years[0].rate.text == "95%"
    assert "前年度比 105%" in indicator.note.text
    assert [y.rate for y in measures("参加者数 18人 前年度比 105%").indicators[0].years] == [None]


def test_文章の中の数は指標ではない():
    project = measures("<p>参加者数 5 人</p> <p>セミナーを3回開き、延べ120人が参加した。</p>")
    assert [i.name.text for i in project.indicators] == ["参加者数"]
    assert [r.text for r in project.remarks] == ["セミナーを3回開き、延べ120人が参加した。"]


def test_三列の表():
    report = tsv("事業名|取組内容|KPI実績", "見本事業【観光課】|催しを開いた。|参加者数 5人")
    project = report.projects[0]
    assert (project.name.text, [d.text for d in project.departments]) == ("見本事業", ["観光課"])
    assert flat(project) == [("参加者数", "人", None, None, D(5))]


def test_六列の表_経費と期間と担当が別の列():
    report = tsv(
        "No.|事業名称|担当課|事業期間|決算額（千円）|重要業績評価指標（KPI）の実績",
        "1|見本事業|企画課、観光課|R3～R5|12,345|参加者数 5人",
        "2|次の事業|商工課|R4～R6|－|①企業数 3社 ②件数 2件",
    )
    first, second = report.projects
    assert [d.text for d in first.departments] == ["企画課", "観光課"]
    assert (first.number, first.period.first, first.period.last) == ("1", 2021, 2023)
    assert [(s.yen, s.kind, s.unit, s.label.text) for s in first.spending] == [
        (12_345_000, "settled", "千円", "決算額")
    ]
    assert second.spending == ()
    assert [row[0] for row in flat(second)] == ["企業数", "件数"]


def test_目標と実績が別の列():
    report = tsv(
        "事業の名称|実施内容|目標（KPI）|実績（KPI）|備考",
        "見本事業|行った。|<p>参加者数 20人</p> <p>企業数 3社</p>|<p>参加者数 18人</p> <p>企業数 集計中</p>|",
    )
    assert flat(report.projects[0]) == [
        ("参加者数", "人", None, D(20), D(18)),
        ("企業数", "社", None, D(3), Gap.COUNTING),
    ]


def test_備考の中の経費と期間():
    report = tsv(
        "事業の名称|実施内容|実績（KPI等）|備考",
        "見本事業|行った。|参加者数 5人|<p>実施期間：令和3年度～令和5年度</p> <p>事業費 29,005千円</p> <p>繰越あり</p>",
    )
    project = report.projects[0]
    assert (project.period.first, project.period.last) == (2021, 2023)
    assert [(s.label.text, s.yen) for s in project.spending] == [("事業費", 29_005_000)]
    assert [r.text for r in project.remarks] == ["繰越あり"]


def test_表題の年と団体は印刷されたもの():
    report = tsv(
        "事業の名称|実施内容|実績（KPI等）|備考", "見本事業|行った。|参加者数 5 人|",
        front="【盛岡市 令和4年度地方創生推進交付金活用事業】\n\n",
    )  # fmt: skip
    assert (report.fiscal_year.year, report.fiscal_year.basis) == (2022, "printed")
    assert [(b.name, b.basis) for b in report.bodies] == [("盛岡市", "printed")]
    assert report.projects[0].indicators[0].years[0].actual.sure is True


def test_一つの表に札がいくつも入る():
    report = html(
        ["交付金名称", "地方創生推進交付金", "", ""],
        ["事業の名称", "実施内容", "実績（KPI等）", "備考"],
        [
            "甲事業<br>（甲課）",
            "<ul><li>会議を開いた。</li><li>調査した。</li></ul>",
            "件数 2件",
            "R3～R5",
        ],
        ["交付金名称", "地方創生拠点整備交付金", "", ""],
        ["事業の名称", "実施内容", "計画（KPI等）", "備考"],
        ["乙事業（乙課）", "建てる。", "利用者数 300人", ""],
    )
    assert [(p.grant.text, p.name.text, p.kind) for p in report.projects] == [
        ("地方創生推進交付金", "甲事業", "result"),
        ("地方創生拠点整備交付金", "乙事業", "plan"),
    ]
    assert [a.text for a in report.projects[0].activities] == ["会議を開いた。", "調査した。"]
    assert report.projects[0].period.last == 2023
    place = report.projects[1].indicators[0].years[0].target.place[0]
    assert (place.table, place.row, place.column) == (1, 6, 3)


def test_値の列がある表は札ではない():
    text = "事業の名称\t指標名\t単位\t目標値\t実績値\n見本事業\t参加者数\t人\t20\t18\n"
    assert cards.recognise(open_document(text.encode(), "a.txt")) == 0


def test_知らない列は読み残しに():
    report = tsv(
        "事業の名称|実施内容|実績（KPI等）|満足した点", "見本事業|行った。|件数 2件|とても良い"
    )
    assert [u.raw for u in report.unread] == ["とても良い"]


def test_知らない行は読み残しに():
    report = tsv(
        "事業の名称|実施内容|実績（KPI等）|備考",
        "見本事業|行った。|件数 2件|",
        front="この一覧は次の会議で説明するため、各課が作ったものである。\n\n",
    )
    assert [u.raw for u in report.unread] == [
        "この一覧は次の会議で説明するため、各課が作ったものである。"
    ]


@pytest.mark.parametrize(
    ("text", "name", "departments"),
    [
        ("見本事業（まちづくり・観光課）", "見本事業", ["まちづくり・観光課"]),
        ("見本事業（第2期）", "見本事業（第2期）", []),
        ("見本事業（A型）（企画室、商工部）", "見本事業（A型）", ["企画室", "商工部"]),
        ("見本事業（一部）", "見本事業（一部）", []),
        ("見本事業〔担当課：学校、図書館〕", "見本事業", ["学校", "図書館"]),
        ("見本事業\n観光課", "見本事業", ["観光課"]),
    ],
)
def test_名称の欄(text: str, name: str, departments: list[str]):
    found = parse_name(text)
    assert text[slice(*found.name)] == name
    assert [text[slice(*span)] for span in found.departments] == departments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "① 業務委託 10,010 千円 ② 負担金 △5円",
            [("①", "業務委託", "10,010 千円"), ("②", "負担金", "△5円")],
        ),
        ("(1)補助金　1億2,345万円", [("(1)", "補助金", "1億2,345万円")]),
        ("事業費：29,005千円（うち国費 14,502千円）", [(None, "事業費", "29,005千円")]),
        ("② 未払分 －", [("②", "未払分", None)]),
        ("経費の一部5千円", []),
        ("補助金を使い、機器を10台そろえた。", []),
        ("①会議を開いた。 ②調査した。", []),
    ],
)
def test_経費の行(text: str, expected: list[tuple]):
    def cut(span):
        return span and text[slice(*span)]

    assert [(cut(c.number), cut(c.label), cut(c.amount)) for c in parse_costs(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("実施期間 R1～R3", "period"),
        ("H30～R4", "period"),
        ("実施期間中の参加者", "words"),
        ("事業費 5千円", "cost"),
        ("R3", "words"),
    ],
)
def test_備考の行(text: str, kind: str):
    assert parse_remark(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "year"),
    [
        ("(参考) 令和 4 年度活用事業", "reference", 2022),
        ("【参考】R5年度実施予定事業", "reference", 2023),
        ("令和3年度", "year", 2021),
        ("■令和3年度実施事業", "section", 2021),
        ("【地方創生】", "title", None),
        ("令和3年度から始めた取組を紹介する", "words", None),
    ],
)
def test_見出しの行(text: str, kind: str, year: int | None):
    found = parse_heading(text)
    assert (found.kind, found.year) == (kind, year)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("計画 (K P I 等)", "kpi"),
        ("令和４年度実績", "kpi"),
        ("決算額（単位：千円）", "spending"),
        ("事業名【担当課】", "name"),
        ("担当課長名", None),
    ],
)
def test_見出しの語(text: str, role: str | None):
    assert role_of(text) == role


def test_参照文字は構造にならない():
    masked = f"{MASK}標 5人 会 7人"
    line = parse_measure(masked)
    assert masked[slice(*line.name)] == f"{MASK}標 5人 会"
    assert split_measures(f"名称 18{MASK} 次 3件") == [(0, len(f"名称 18{MASK} 次 3件"))]
    assert understood("拠点 形成 x", f"拠点{MASK}形成 x", mended=True) == "拠点 形成 x"

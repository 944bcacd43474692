"""Habits of published reports: terms of a page, slots left empty, formulas behind names, sentences that turn to a project."""

from __future__ import annotations

import pytest

from sosei.core.report import Indicator, Project, Report
from sosei.reading import read
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.names import indicator_name


def read_text(text: str) -> Report:
    return read(text.encode(), "report.txt")


def read_page(body: str) -> Report:
    return read(f"<html><body>{body}</body></html>".encode(), "report.html")


def table(*rows: str) -> str:
    """A table of rows, the cells of each apart by |; a cell `2*A` is two rows high."""
    lines = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            high, _, text = cell.rpartition("*")
            cells.append(f'<td rowspan="{high or 1}">{text}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def indicators(report: Report) -> list[Indicator]:
    return [indicator for project in report.projects for indicator in project.indicators]


def named(report: Report) -> dict[str, Project]:
    return {project.name.text: project for project in report.projects if project.name}


def figure(indicator: Indicator, role: str) -> float:
    values = [getattr(point, role) for point in indicator.years if getattr(point, role)]
    return float(values[-1].number)


PAGE = (
    "<html><body><h1>令和5年度の実績</h1><h3>1．公共交通の確保事業</h3><dl><dt>担当課</dt><dd>地域交通課</dd><dt>指標</dt>"
    "<dd>利用者数</dd><dt>目標値</dt><dd>12,000人</dd><dt>実績値</dt><dd>13,452人</dd></dl></body></html>"
)


def test_用語と説明の組は札と値として読む() -> None:
    (project,) = read(PAGE.encode(), "report.html").projects
    assert [office.text for office in project.departments] == ["地域交通課"]
    assert project.indicators[0].name is not None
    assert project.indicators[0].name.text == "利用者数"
    assert figure(project.indicators[0], "actual") == 13452
    (actual,) = [point.actual for point in project.indicators[0].years if point.actual]
    (place,) = actual.place
    assert PAGE[place.start : place.end] == "13,452人"


def test_矢印の左の年間や未実施は名前に入らない() -> None:
    first, second = indicators(
        read_text(
            "・新規就農者数　年間5人（H26）⇒ 年間10人（H31）\n・創業支援件数　－（H26）⇒ 累計50件（H31）\n"
        )
    )
    assert first.name is not None
    assert first.name.text == "新規就農者数"
    assert second.name is not None
    assert second.name.text == "創業支援件数"
    assert figure(first, "target") == 10
    assert figure(second, "target") == 50


def test_指標の下の番号付きの見出しは施策の名である() -> None:
    report = read_text(
        "基本目標１　しごとをつくる\n【数値目標】\n・従業者数　100人（H26）⇒ 120人（H31）\n"
        "（１）商工業の振興\n＜重要業績評価指標（ＫＰＩ）＞\n・創業件数　1件（H26）⇒ 5件（H31）\n"
    )
    assert {name: len(p.indicators) for name, p in named(report).items()} == {
        "しごとをつくる": 1,
        "商工業の振興": 1,
    }


def test_事業の評価が四段階なら自らの評価である() -> None:
    report = read_page(
        "<h1>令和3年度 実績評価シート</h1>"
        + table("事業名|湯のまち事業", "事業の評価|地方創生に相当程度効果があった")
        + table("指標|単位|目標値|実績値", "客数|人|10|12")
    )
    said = named(report)["湯のまち事業"].verification
    assert said is not None
    assert said.grade is not None
    assert said.grade.text == "地方創生に相当程度効果があった"
    assert said.expert_judgement is None


def test_事業にまたがる評価の列は一行の事業でも事業の評価である() -> None:
    report = read_page(
        table(
            "事業名|指標|目標値|実績値|評価",
            "2*里山事業|参加者数|10人|12人|2*Ａ",
            "開催回数|2回|3回",
            "里海事業|来場者数|30人|9人|Ｃ",
        )
    )
    said = named(report)["里海事業"].verification
    assert said is not None
    assert said.grade is not None
    assert said.grade.text == "Ｃ"
    assert named(report)["里海事業"].indicators[0].rating is None


def test_文字だけの空き枠は指標にしない() -> None:
    report = read_page(
        table(
            "成果指標名|単位|区分|令和3年度|令和4年度",
            "2*Ａ　利用者数|2*人|目標値|10|12",
            "実績値|9|13",
            "2*Ｂ|2*|目標値||",
            "実績値||",
        )
    )
    assert [i.name.text for i in indicators(report) if i.name] == ["利用者数"]


@pytest.mark.parametrize(
    ("text", "name", "formula"),
    [
        ("①普及率＝処理人口／行政人口", "普及率", "処理人口／行政人口"),
        ("指標①（下水道処理人口普及率）", "下水道処理人口普及率", None),
        ("設定した事業数／対象事業数", "設定した事業数／対象事業数", None),
        ("Ａ　認定率", "認定率", None),
        ("A級グルメ販売数", "A級グルメ販売数", None),
    ],
)
def test_式と番号は名前から分ける(text: str, name: str, formula: str | None) -> None:
    found = indicator_name(Words(text))
    assert found.said is not None
    assert found.said.text == name
    assert (found.definition.text if found.definition else None) == formula


def test_指標の表の下の全体事業費は金額である() -> None:
    (project,) = read_page(
        table("計画の名称|水のまち計画", "計画の期間|平成25年度～平成29年度")
        + table(
            "指標|当初現況値|最終目標値",
            "普及率|38.5%|46.0%",
            "全体事業費|2,480百万円|A　2,310百万円",
        )
    ).projects
    assert len(project.indicators) == 1
    assert {spent.yen for spent in project.spending} == {2_480_000_000, 2_310_000_000}


def test_文の頭の鉤括弧の事業が続く指標を持つ() -> None:
    report = read_text(
        "市は、令和2年度の地方創生推進交付金事業の効果検証結果をまとめた。"
        "「移住促進事業」では、移住者数が目標の150人に対して168人となった。"
        "一方、「観光推進事業」では、新型コロナウイルスの影響で宿泊者数は目標の11万人に対し5万2300人にとどまった。\n"
    )
    assert report.fiscal_year is not None
    assert report.fiscal_year.year == 2020
    owners = {
        name: [i.name.text for i in p.indicators if i.name] for name, p in named(report).items()
    }
    assert owners == {"移住促進事業": ["移住者数"], "観光推進事業": ["宿泊者数"]}


def test_年の付いた実績は年を名前に残さない() -> None:
    (found,) = indicators(read_text("・移住者数：令和4年度実績 63人（目標 60人）\n"))
    assert found.name is not None
    assert found.name.text == "移住者数"
    assert {point.fiscal_year for point in found.years if point.actual} == {2022}


def test_二つの年の実績はそれぞれの年に入る() -> None:
    (found,) = indicators(
        read_text("・移住者数：令和3年度実績 50人、令和4年度実績 63人、目標 60人\n")
    )
    actuals = {p.fiscal_year: float(p.actual.number) for p in found.years if p.actual}
    assert actuals == {2021: 50, 2022: 63}


def test_値の下の括弧の年は値の年である() -> None:
    (found,) = indicators(
        read_page(
            table(
                "分野|指標|策定時|目標|直近値",
                "子育て|待機児童数<br>（人）|12<br>（H26年度）|0<br>（H31年度）|3<br>（H29年度）",
            )
        )
    )
    assert (found.unit, found.baseline_year) == ("人", 2014)
    assert {(p.fiscal_year, bool(p.target), bool(p.actual)) for p in found.years} == {
        (2019, True, False),
        (2017, False, True),
    }


def test_数値の行の年の列は実績である() -> None:
    (found,) = indicators(
        read_page(
            "<h1>平成29年度 効果検証</h1>"
            + table(
                "指標名|来訪者数|単位|人",
            )
            + table(
                "|基準値（平成26年度）|平成27年度|平成28年度|目標値（平成31年度）",
                "数値|82,000|85,412|91,203|110,000",
            )
        )
    )
    assert {p.fiscal_year for p in found.years if p.actual} == {2015, 2016}


def test_成果目標の名の後ろの値は目標で成果の欄の値は実績である() -> None:
    (found,) = indicators(
        read_page(
            table(
                "No|事業名|総事業費（円）|成果目標|事業の成果",
                "1|商品券事業|118,432,500|商品券販売率 100％|99.2％",
                "2|端末整備事業|42,185,000|端末整備台数 850台|850台",
            )
        )
    )[:1]
    assert found.name is not None
    assert found.name.text == "商品券販売率"
    assert (figure(found, "target"), figure(found, "actual")) == (100, 99.2)


def test_番号で対応する値の表は札と取り違えない() -> None:
    report = read_page(
        "<h1>令和4年度 達成状況一覧</h1>"
        + table(
            "事業名【担当課】|ＫＰＩ|目標値（R4）|実績値（R4）|達成状況",
            "農福連携事業【福祉課】|①農家数<br>②工賃|①12戸<br>②18,000円|①9戸<br>②19,250円|①未達成<br>②達成",
            "文化事業【文化財課】|①利用者数|①2,500人|①3,011人|①達成",
        )
    )
    assert [figure(i, "actual") for i in indicators(report)] == [9, 19250, 3011]
    assert [i.rating.text for i in indicators(report) if i.rating] == ["未達成", "達成", "達成"]


def test_見出しのない列の事業名と計画の初年度を読む() -> None:
    report = read_page(
        "<h1>地域再生計画 数値目標</h1><table><tr><td></td><td colspan=2>観光事業</td><td>人材育成事業</td></tr>"
        "<tr><td>KPI</td><td>販売数</td><td>単価</td><td>合格者数</td></tr><tr><td>申請時</td><td>120件</td><td>8,450円</td><td>35人</td></tr>"
        "<tr><td>平成29年度</td><td>150件</td><td>8,700円</td><td>40人</td></tr><tr><td>平成30年度</td><td>200件</td><td>9,000円</td><td>45人</td></tr></table>"
    )
    assert {name: len(p.indicators) for name, p in named(report).items()} == {
        "観光事業": 2,
        "人材育成事業": 1,
    }
    assert report.fiscal_year is not None
    assert (report.fiscal_year.year, report.fiscal_year.basis) == (2017, "inferred")


def test_一つの指標の行に書いた効果は事業の評価である() -> None:
    report = read_page(
        table(
            "事業名|指標|目標値|実績値|評価",
            "商品券事業|販売率|100％|99％|効果あり",
            "端末事業|台数|850台|850台|概ね効果あり",
        )
    )
    said = [project.verification.grade for project in report.projects if project.verification]
    assert [grade.text for grade in said if grade] == ["効果あり", "概ね効果あり"]


def test_表のすぐ上の見出しは名のない行の指標の名である() -> None:
    report = read_page(
        "<h1>令和3年度の進捗状況</h1><h2>政策１　安全なくらし</h2><h3>刑法犯認知件数</h3>"
        + table("策定時（H30）|R2|R3|目標値（R6）", "8,421件|6,512件|6,230件|6,000件以下")
        + "<h3>自主防災組織率</h3>"
        + table("策定時（H30）|R2|R3|目標値（R6）", "88.2%|89.0%|89.4%|95%")
    )
    assert [i.name.text for i in indicators(report) if i.name] == [
        "刑法犯認知件数",
        "自主防災組織率",
    ]
    assert set(named(report)) == {"安全なくらし"}


def test_見出しの括弧の年度は括弧の値の年である() -> None:
    (found,) = indicators(
        read_page(
            "<h1>令和4年度進捗状況</h1>"
            + table(
                "施策|KPI|目標値（R6）|実績値<br>令和4年度（令和3年度）",
                "結婚支援|成婚組数|5組|2組（0組）",
            )
        )
    )
    actuals = {p.fiscal_year: int(p.actual.number) for p in found.years if p.actual}
    assert actuals == {2022: 2, 2021: 0}


def test_うち一般財源は上の金額の単位で読む() -> None:
    (project,) = read_page(
        "<h1>令和2年度実績</h1>"
        + table("事務事業名|健康づくり事業", "決算額（千円）|8,765|うち一般財源|6,543")
        + table("指標名|単位|目標|実績", "参加者数|人|10|9")
    ).projects
    assert [spent.yen for spent in project.spending] == [8_765_000, 6_543_000]


def test_丸の付いた施策の行は見出しである() -> None:
    report = read_text(
        "【基本目標１】雇用の場をつくる\n○数値目標\n　製造品出荷額　456億円（H26）→ 500億円（H31）\n　新規就業者数　5年間で300人\n"
        "○施策１　農林業の成長産業化\n　認定農業者数　85人（H26）→ 100人（H31）\n"
    )
    assert {name: len(p.indicators) for name, p in named(report).items()} == {
        "雇用の場をつくる": 2,
        "農林業の成長産業化": 1,
    }


def test_増加分の表が二つに切れても指標は一つである() -> None:
    (found,) = indicators(
        read_page(
            "<h1>地域再生計画「交流促進計画」</h1>"
            + table(
                "|事業開始前|令和3年度増加分（1年目）|令和4年度増加分（2年目）",
                "体験者数（人）|1,240|200|300",
            )
            + table("|令和5年度増加分（3年目）|KPI増加分の累計", "体験者数（人）|400|900")
        )
    )
    assert {p.fiscal_year: int(p.target.number) for p in found.years if p.target} == {
        2021: 200,
        2022: 300,
        2023: 400,
    }
    assert found.increase_total is not None
    assert found.increase_total.number == 900


def test_値から値へと言い切る行は目標である() -> None:
    (found,) = indicators(
        read_page("<h1>目標</h1><ul><li>特定健診受診率を41.3％から60％へ</li></ul>")
    )
    assert found.name is not None
    assert found.name.text == "特定健診受診率"
    assert figure(found, "target") == 60


def test_文の頭の指標の名は評価の語ではない() -> None:
    found = indicators(
        read_text(
            "移住相談件数は目標の800件に対し1204件、移住者数は180人の目標に対し203人だった。\n"
        )
    )
    assert [i.name.text for i in found if i.name] == ["移住相談件数", "移住者数"]
    assert [i.rating for i in found] == [None, None]


def test_値ごとの年月の欄は左の値の時点である() -> None:
    (first, _) = indicators(
        read_page(
            "<h1>実績評価シート</h1>"
            + table(
                "KPI|従前値|年月|目標値|目標年月|実績値|年月|単位",
                "利用者数|12,300|平成28年3月|15,000|平成29年3月|14,876|平成29年3月|人",
                "開業数|2|平成28年3月|5|平成29年3月|6|平成29年3月|軒",
            )
        )
    )
    assert first.baseline_year == 2015
    assert {p.fiscal_year for p in first.years if p.actual} == {2016}


def test_見出しが矢印で言う役割の順に値を読む() -> None:
    found = indicators(
        read_page(
            "<h1>令和4年度 KPI実績</h1>"
            + table(
                "施策|KPI（基準値→目標値→実績値）|担当",
                "空き家対策|空き家解消戸数：0戸→50戸→34戸|建築課",
                "健康づくり|健診受診率：35.2％→50.0％→41.0％|健康課",
            )
        )
    )
    assert [i.name.text for i in found if i.name] == ["空き家解消戸数", "健診受診率"]
    assert [(figure(i, "target"), figure(i, "actual")) for i in found] == [(50, 34), (50, 41)]


def test_目標指標の下の見出しは指標の名の列でない() -> None:
    report = read_page(
        "<h1>環境基本計画</h1><h2>4　目標指標</h2><h3>(1) 温室効果ガスの削減</h3>"
        "<ul><li>排出量　現状：412トン（平成25年度）　目標：222トン（令和12年度）</li></ul>"
    )
    assert {name: len(p.indicators) for name, p in named(report).items()} == {
        "温室効果ガスの削減": 1
    }


def test_表の下の評価の行は符号とその理由であり指標ではない() -> None:
    report = read_page(
        "<table><tr><th colspan=2>事業名</th><td colspan=4>縁側づくり事業</td></tr>"
        "<tr><th rowspan=3>KPI</th><th colspan=2>指標名</th><th>単位</th><th>目標値（令和6年度）</th><th>実績値（令和6年度）</th></tr>"
        "<tr><td colspan=2>サロン開設数</td><td>箇所</td><td>8</td><td>9</td></tr>"
        "<tr><td colspan=2>参加者数</td><td>人</td><td>1,500</td><td>1,382</td></tr>"
        "<tr><th colspan=2>事業の評価</th><td>Ａ</td><td colspan=3>開設数は目標を上回った。</td></tr></table>"
    )
    (project,) = report.projects
    assert [i.name.text for i in project.indicators if i.name] == ["サロン開設数", "参加者数"]
    assert project.verification is not None
    assert project.verification.grade is not None
    assert project.verification.grade.text == "Ａ"
    assert [said.text for said in project.remarks] == ["開設数は目標を上回った。"]


def test_本事業の指標の達成状況は事業の評価ではない() -> None:
    report = read_page(
        table(
            "2*No|2*事業名|<td colspan=4>本事業における重要業績評価指標（KPI）</td>|2*内部評価",
            "指標|目標値（R6）|実績値（R6）|達成状況",
            "2*1|2*若者定着事業|参加者数|150人|212人|達成|2*Ｂ",
            "就職者数|45人|41人|未達成",
        ).replace('<td rowspan="1"><td colspan=4>', "<td colspan=4>")
    )
    (project,) = report.projects
    assert project.verification is not None
    assert project.verification.grade is not None
    assert project.verification.grade.text == "Ｂ"


def test_見出しの後ろの款と担当課の後ろの金額の単位は名前に入らない() -> None:
    report = read_page(
        "<h1>令和5年度 主要な施策の成果説明書</h1><p>1　ふるさと回帰促進事業　（２款　総務費）</p><p>担当課：企画財政課　（単位：千円）</p>"
        + table("予算現額|決算額|一般財源", "18,400|17,926|8,963")
        + table("重要業績評価指標|単位|令和5年度目標|令和5年度実績", "移住者数|人|60|52")
    )
    (project,) = report.projects
    assert project.name is not None
    assert project.name.text == "ふるさと回帰促進事業"
    assert [office.text for office in project.departments] == ["企画財政課"]
    assert project.spending[0].yen == 18_400_000


def test_者は数える単位であり事業費実績は金額である() -> None:
    report = read_page(
        table(
            "事業名|輸出促進事業",
            "事業費実績|3,950千円",
        )
        + table("指標|目標値|実績値", "輸出事業者数|6者|7者")
    )
    (project,) = report.projects
    assert [spent.yen for spent in project.spending] == [3_950_000]
    assert project.indicators[0].unit == "者"
    assert figure(project.indicators[0], "actual") == 7


def test_一行ずつの評価の札の下の符号は事業の評価である() -> None:
    report = read_page(
        table("事業名|直売事業", "事業費|9,980千円")
        + "<p>評価</p><p>Ｂ</p>"
        + table("指標|単位|R5目標|R5実績", "出品農家数|戸|60|74")
    )
    (project,) = report.projects
    assert project.verification is not None
    assert {name: said.text for name, said in project.verification.scales.items()} == {"評価": "Ｂ"}

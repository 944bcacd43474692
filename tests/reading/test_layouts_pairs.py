"""対の欄と横並びの様式: two figures in a cell, indicators across beside a label set downwards, lists that a table goes on with."""

import pytest

from sosei.core.report import Indicator, Report
from sosei.reading import read

TITLE = "<h1>見本市 令和5年度地方創生推進交付金事業 実績及び評価</h1>"


def page(*tables: str, before: str = "") -> Report:
    shown = "".join(f"<table>{table}</table>" for table in tables)
    return read(f"<html><body>{TITLE}{before}{shown}</body></html>".encode(), "見本.html")


def rows(*lines: str) -> str:
    """Rows of a table, cells between bars, ↵ for the end of a line within a cell."""
    return "".join(
        "<tr>" + "".join(f"<td>{cell.replace('↵', '<br>')}" for cell in line.split("|")) + "</tr>"
        for line in lines
    )


def figures(one: Indicator) -> list[tuple[int | None, str, str]]:
    """Of each year the target and the actual, as number or gap."""

    def said(value: object) -> str:
        number = getattr(value, "number", None)
        return str(number if number is not None else getattr(value, "gap", None))

    return [(point.fiscal_year, said(point.target), said(point.actual)) for point in one.years]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("目標／実績", "210,000／236,418", "21／集計中"),
        ("目標値（上段）↵実績値（下段）", "210,000↵236,418", "21↵集計中"),
        ("目標値↵（実績値）", "210,000↵（236,418）", "21（集計中）"),
    ],
)
def test_一つの欄に目標と実績(head: str, first: str, second: str) -> None:
    table = rows(
        f"事業名|担当課|ＫＰＩ|単位|{head}",
        f"図書館事業|生涯学習課|来館者数|人|{first}",
        f"農園事業|農政課|体験者数|人|{second}",
    )
    one, other = (p.indicators[0] for p in page(table).projects)
    assert figures(one) == [(None, "210000", "236418")]
    assert figures(other) == [(None, "21", "counting")]


def test_実績と目標の比は一つの数なら達成率() -> None:
    table = rows("事業名|ＫＰＩ|単位|目標|実績|実績／目標", "図書館事業|来館者数|人|20|18|90％")
    (one,) = page(table).projects[0].indicators
    assert figures(one) == [(None, "20", "18")]
    assert [point.rate.text for point in one.years if point.rate] == ["90％"]


def test_累計は目標と対の欄ではない() -> None:
    table = rows("事業名|ＫＰＩ|単位|目標値↵（累計）|実績値", "図書館事業|登録者数|人|20|18")
    (one,) = page(table).projects[0].indicators
    assert figures(one) == [(None, "20", "18")]


def test_縦の札の横に指標が並ぶ様式() -> None:
    top = "<tr><td>事業名<td colspan=3>移住事業</tr><tr><td>担当課<td colspan=3>移住課</tr>"
    names = "<tr><td rowspan=5>Ｋ<br>Ｐ<br>Ｉ<td><td>指標①<br>相談件数<td>指標②<br>移住者数</tr>"
    body = rows("単位|件|人", "当初値|210|38", "目標値|300|60", "実績値|342|52")
    first, second = page(top + names + body).projects[0].indicators
    assert [(one.name and one.name.text, one.unit) for one in (first, second)] == [
        ("相談件数", "件"), ("移住者数", "人"),
    ]  # fmt: skip
    assert figures(first) == [(None, "300", "342")]
    assert second.baseline is not None
    assert second.baseline.number == 38


def test_一覧のあとの指標の表は同じ事業に続く() -> None:
    money = rows(
        "No|事業名|担当課|決算額（千円）", "1|道の駅事業|産業課|52,000", "2|森の事業|林務課|6,400"
    )
    kpis = rows(
        "事業名|指標|単位|目標値|実績値",
        "道の駅事業|来場者数|人|350|372",
        "森の事業|参加者数|人|15|16",
    )
    projects = page(money, kpis).projects
    assert [(p.name and p.name.text, len(p.indicators), len(p.spending)) for p in projects] == [
        ("道の駅事業", 1, 1), ("森の事業", 1, 1),
    ]  # fmt: skip


def test_年の行の下の金額は読み年のない並びは残す() -> None:
    name = rows("事業名|星空の事業")
    unit = "<p>（単位：円）</p>"
    dated = rows("実施年度|令和4年度|令和5年度", "対象事業費|9,300,000|11,080,000")
    html = f"{TITLE}<table>{name}</table>{unit}<table>{dated}</table>"
    report = read(f"<html><body>{html}</body></html>".encode(), "見本.html")
    assert [one.yen for one in report.projects[0].spending] == [9_300_000, 11_080_000]


def test_見出しの西暦は年度() -> None:
    table = rows(
        "指標|単位|基準値（2019）|目標値（2024）|実績値（2023）",
        "転入者数|人|40|50|45",
        "転出者数|人|9|5|7",
    )
    one = page(table).projects[0].indicators[0]
    assert sorted((p.fiscal_year, p.target is not None) for p in one.years if p.fiscal_year) == [
        (2023, False), (2024, True),
    ]  # fmt: skip


def test_一行に並ぶ札と矢印の下の数() -> None:
    text = (
        "見本市　令和５年度 地方創生推進交付金 実施事業の概要\n\n■ 1．工芸の里事業\n"
        "【担当課】文化財課　　【事業期間】令和4年度～令和6年度\n【重要業績評価指標（KPI）】\n"
        "①修了者数\n目標値　10人　→　実績値　9人（達成率 90.0%）\n"
    )
    (project,) = read(text.encode(), "見本.txt").projects
    assert [office.text for office in project.departments] == ["文化財課"]
    assert project.period is not None
    assert (project.period.first, project.period.last) == (2022, 2024)
    (one,) = project.indicators
    assert figures(one) == [(None, "10", "9")]

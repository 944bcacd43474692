"""金額の行と欄. What is an amount of a project, and what is the column of a table of which nothing here says what it is."""

from __future__ import annotations

from sosei.core.report import Report
from sosei.reading import read


def report_of(*tables: str) -> Report:
    """A report that names a project, states its unit and holds tables of rows of cells."""
    head = "<h1>令和3年度 見本市 交付金事業の実績</h1><h2>1 交流事業</h2>"
    made = "".join(
        "<p>（単位：千円）</p><table>"
        + "".join(
            "<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) + "</tr>"
            for row in table.strip().splitlines()
        )
        + "</table>"
        for table in tables
    )
    return read(f"<html><body>{head}{made}</body></html>".encode(), "見本.html")


def amounts(report: Report) -> list[tuple[str, int | None]]:
    return [
        (one.label.text if one.label else "", one.yen)
        for project in report.projects
        for one in project.spending
    ]


def test_一つの名の後に並ぶ数は金額とは言えず_残る() -> None:
    report = report_of("""
        手数料 | 7,587,347 | 0.3 | 1,000
        使用料 | 16,880 | 0.6 | 20
    """)
    assert amounts(report) == []
    left = {one.raw for one in report.unread}
    assert {"7,587,347", "0.3", "16,880"} <= left


def test_一つの名に一つの数は金額である() -> None:
    assert amounts(report_of("事業名 | 交流事業\n総事業費 | 7,587\n実施内容 | 交流会")) == [
        ("総事業費", 7_587_000)
    ]


def test_予算の本年度の列は指標の実績ではない() -> None:
    report = report_of("""
        目 | 本年度 | 前年度 | 比較 | 節 | 金額
        1.一般管理費 | 92,753 | 65,516 | 27,237 | 1.報酬 | 4,628
        2.連合会負担金 | 3,867 | 3,889 | △22 | 18.負担金 | 3,867
    """)
    assert [one for project in report.projects for one in project.indicators] == []
    assert "92,753" in {one.raw for one in report.unread}


def test_国庫支出金は使った額ではなく財源である() -> None:
    report = report_of("""
        事業名 | 決算額 | 国庫支出金
        交流事業 | 1,200 | 600
        移住事業 | 800 | 400
    """)
    kinds = {
        one.label.text: one.kind
        for project in report.projects
        for one in project.spending
        if one.label
    }
    assert kinds == {"決算額": "settled", "国庫支出金": None}


def test_前年度の予算額は前年度の額である() -> None:
    report = report_of("""
        款 | 本年度予算額 | 前年度予算額 | 比較
        1.総務費 | 102,976 | 75,799 | 27,177
        2.保健事業費 | 47,040 | 46,259 | 781
    """)
    spent = [one for project in report.projects for one in project.spending]
    years = {one.raw: one.fiscal_year for one in spent}
    assert (years["75,799"], years["102,976"]) == (2020, None)

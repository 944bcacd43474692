"""裏付け: a figure is sure where the words around it say by themselves what the reader made of it, and only there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sosei.core.report import Indicator, Project, Report, Said, Value, YearPoint
from sosei.publishing import publish
from sosei.reading import read, read_files
from sosei.reading.confirming.doubts import runs_together, told_twice, torn

TITLE = "<h1>見本市 地方創生推進交付金事業 効果検証結果（令和3年度）</h1>"


def page(table: str, before: str = "") -> Report:
    html = f"<html><body>{TITLE}{before}<table>{table}</table></body></html>"
    return read(html.encode(), "見本.html")


def rows(*lines: str) -> str:
    """Rows of a table, cells between bars."""
    return "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("|")) + "</tr>" for line in lines
    )


def marks(report: Report) -> dict[tuple[str, str, int | None], bool]:
    """Of each figure, whether it is sure."""
    found: dict[tuple[str, str, int | None], bool] = {}
    for project in report.projects:
        for one in project.indicators:
            if one.baseline:
                found[str(one.name), "baseline", one.baseline_year] = bool(one.baseline.sure)
            for point in one.years:
                for role in ("target", "actual"):
                    if value := getattr(point, role):
                        found[str(one.name), role, point.fiscal_year] = bool(value.sure)
    return found


HEAD = "指標名|単位|基準値（平成30年度）|目標値（令和3年度）|実績値（令和3年度）"


def test_見出しが役割と年度と単位を言えば確か() -> None:
    report = page(rows(HEAD, "移住者数|人|12|20|18", "相談件数|件|30|40|集計中"))
    assert len(marks(report)) == 6
    assert all(marks(report).values())


def test_単位をだれも言わない数は確かでない() -> None:
    named = page(rows(HEAD, "移住者数|人|12|20|18", "満足度（%）|%|30|40|35"))
    assert all(marks(named).values())
    report = page(rows(HEAD.replace("単位|", ""), "移住者数|12人|20|18"))
    bare = {key: sure for key, sure in marks(report).items() if key[1] != "baseline"}
    assert bare
    assert all(bare.values()), "the row's baseline says the unit of them all"


def test_位取りのおかしな数は確かでない() -> None:
    found = marks(page(rows(HEAD, "売上額|円|1,000|2,0000|1,500", "移住者数|人|12|20|18")))
    assert not found["売上額", "target", 2021]
    assert found["売上額", "actual", 2021]


def test_同じ指標が切れ切れに並べば疑う() -> None:
    name = Said(text="移住者数")
    target = YearPoint(fiscal_year=2021, target=Value(number=Decimal(20)))
    actual = YearPoint(fiscal_year=2021, actual=Value(number=Decimal(18)))
    apart = tuple(Indicator(name=name, years=(point,)) for point in (target, actual))
    again = tuple(Indicator(name=name, years=(target,)) for _ in range(2))
    other = Indicator(name=name, years=(replace(target, target=Value(number=Decimal(30))),))
    assert torn(Report(projects=(Project(indicators=apart),)))
    assert torn(Report(projects=(Project(indicators=(*again, other)),)))
    assert not torn(Report(projects=(Project(indicators=again),)))


def test_見出しの言う年度と違えば確かでない() -> None:
    html = page(rows("指標名|単位|目標値|目標年度|実績値", "移住者数|人|20|令和6年度|18"))
    found = marks(html)
    assert found["移住者数", "target", 2024]


def test_名の中に並ぶ数も一つずつ照らす() -> None:
    report = page(
        rows(
            "指標名|実績値（令和3年度）",
            "企業誘致数：0社（H26）→5社（R1）|4社",
            "移住者数|18人",
        )
    )
    found = marks(report)
    assert found["移住者数", "actual", 2021]
    sure = {key for key, one in found.items() if one and "企業誘致" in key[0]}
    assert sure <= {("企業誘致数", "baseline", 2014), ("企業誘致数", "target", 2019), ("企業誘致数", "actual", 2021)}  # fmt: skip


def test_指標の欄にない名の数は確かでない() -> None:
    table = rows(
        "めざす姿|KPI|単位|基準値|実績値（令和3年度）", "働きたい人が増える|雇用者数|人|10|12"
    )
    found = marks(page(table))
    assert {name for (name, _, _), sure in found.items() if sure} == {"雇用者数"}


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("新規就農者数：目標6人、実績4人", {"target": True, "actual": True}),
        ("新規就農者数　1.4人 → 4人", {"baseline": True, "target": True}),
    ],
)
def test_文の中では役割の語か矢印が言う(line: str, sure: dict[str, bool]) -> None:
    title = "総合戦略の目標" if "→" in line else "総合戦略　令和3年度　実績報告"
    text = f"見本市　{title}\n\n１　就農支援事業\n\n{line}\n"
    found = {role: one for (_, role, _), one in marks(read(text.encode(), "見本.txt")).items()}
    assert found
    assert {role: one for role, one in found.items() if role in sure} == {
        role: sure[role] for role in found if role in sure
    }


def test_家の様式は確かさを自分で言う() -> None:
    """The house's own tables carry the mark; reading them again does not put another in its place."""
    report = page(rows(HEAD, "移住者数|人|12|20|18"))
    [project] = report.projects
    [one] = project.indicators
    assert one.baseline is not None
    doubted = replace(one, baseline=replace(one.baseline, sure=False))
    said = replace(report, projects=(replace(project, indicators=(doubted,)),))
    files = publish(said, "csv")
    assert isinstance(files, dict)
    back = read_files(list(files.items()))
    assert not marks(back)["移住者数", "baseline", 2018]


def test_期間が重なる年が一つでなければ推した年度は確かでない() -> None:
    """Where nothing prints the report's year, it takes periods that share but one to bear out what was concluded."""

    def shown(*periods: str) -> set[bool]:
        tables = "".join(
            f"<table>{rows('事業の名称|実績（KPI等）|備考', f'事業{at}|指標{at}の件数 {at + 5} 件|実施期間 {period}')}</table>"
            for at, period in enumerate(periods)
        )
        plan = f"<p>(参考) 令和4年度活用事業</p><table>{rows('事業の名称|計画（KPI等）|備考', '次の事業|催しの回数 2 回|実施期間 R4～R6')}</table>"
        html = f"<html><body><p>【交付金を活用した事業】</p>{tables}{plan}</body></html>"
        report = read(html.encode(), "見本.html")
        return {bool(sure) for (_, role, _), sure in marks(report).items() if role == "actual"}

    assert shown("R1～R3", "R3～R7") == {True}
    assert shown("R1～R4", "R2～R7") == {False}


def test_年だけの見出しは先なら目標で役割を言う年に先立てばどちらともいえない() -> None:
    head = "指標名|単位|令和元年度|令和2年度見込|令和3年度実績|令和6年度目標"
    found = marks(page(rows(head, "移住者数|人|12|14|18|30")))
    assert {year: sure for (_, _, year), sure in found.items()} == {
        2019: False, 2020: True, 2021: True, 2024: True,
    }  # fmt: skip


def test_数値目標の下の年は事業開始前に続けば目標() -> None:
    head = "KPI|事業開始前（現時点）|令和3年度（1年目）|令和4年度（2年目）"
    planned = marks(page(rows(head, "宿泊者数|556人|4人|20人"), "<p>【数値目標】</p>"))
    assert planned["宿泊者数", "target", 2021]
    assert planned["宿泊者数", "target", 2022]


def test_名は役割だけを言う行の上にあってもよい() -> None:
    text = "見本市　総合戦略　令和3年度　実績報告\n\n１　就農支援事業\n\n新規就農者数\n目標値：6人\n実績値：4人\n"
    found = marks(read(text.encode(), "見本.txt"))
    assert {role: sure for (name, role, _), sure in found.items() if name == "新規就農者数"} == {
        "target": True, "actual": True,
    }  # fmt: skip


def test_なったと語られた数は実績() -> None:
    text = "見本市　総合戦略　令和3年度　実績報告\n\n移住者数は、基準値の120人から150人に増加し、目標の140人を上回った。\n"
    found = marks(read(text.encode(), "見本.txt"))
    assert found["移住者数", "actual", None] or found["移住者数", "actual", 2021]


def test_増分の計は足して合うだけでは確かでない() -> None:
    """Steps that add up bear out number and role of their total; its name and unit are asked all the same."""
    head = "指標名|単位|令和3年度増加分|令和4年度増加分|増加分の累計"

    def total(row: str) -> bool:
        (one,) = page(rows(head, row)).projects[0].indicators
        assert one.increase_total is not None
        return bool(one.increase_total.sure)

    assert total("移住者数|人|10|20|30")
    assert not total("移住者数|人|10|20|30件")


def test_一つの見出しの下に二つの数がある年の基準値も確かでない() -> None:
    def at(number: int, label: str) -> YearPoint:
        return YearPoint(fiscal_year=2021, label=label, actual=Value(number=Decimal(number)))

    points = (at(3, "令和4年1月1日現在"), at(5, "令和4年1月1日現在（2）"))
    one = Indicator(
        name=Said(text="職員の給与"),
        baseline=Value(number=Decimal(1)), baseline_year=2021, years=points,
    )  # fmt: skip
    assert ("baseline", 2021) in told_twice(one)
    assert told_twice(replace(one, years=points[:1])) == frozenset()


@pytest.mark.parametrize(
    ("unit", "several"),
    [("人人千円", True), ("回件人", True), ("人泊", False), ("エントリー", False)],
)
def test_続けて書かれた幾つもの単位は一つの単位ではない(unit: str, *, several: bool) -> None:
    assert runs_together(unit) is several

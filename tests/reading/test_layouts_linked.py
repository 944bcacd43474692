"""Linked tables that other people made: what the headings say is read, with its place; nothing is lost."""

import io
from decimal import Decimal

from openpyxl import Workbook

from sosei.core.gaps import Gap
from sosei.core.report import Place, Report
from sosei.reading import open_document, read, read_files
from sosei.reading.layouts import linked

PROJECTS = """事業ID,事業名,担当課,実施期間,実施内容,事業効果
A-1,広域観光の連携,観光課,R4～R6,祭りの共同開催,相当程度効果があった
B-2,関係人口の創出,都市戦略室,令和3年度～令和7年度,,
"""
KPIS = """指標ID,事業ID,KPI,単位,基準値
k1,A-1,延べ宿泊者数,人泊,"1,234,567"
k2,A-1,入込数,人,集計中
k3,B-2,登録者数,人,－
"""
YEARS = """指標ID,年度,目標値,実績値
k3,令和3年度,300,280
k1,2022,420万,集計中
k1,R3,410万人泊,398.5万人泊
k9,2021,5,6
"""


def set_of_files(**texts: str) -> Report:
    return read_files([(f"{name}.csv", text.encode()) for name, text in texts.items()])


def book(*sheets: list[list[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_IDで結ばれた他人の表も読む() -> None:
    report = set_of_files(jigyo=PROJECTS, kpi=KPIS, values=YEARS)
    first, second = report.projects[:2]
    assert (str(first.name), [str(one) for one in first.departments]) == (
        "広域観光の連携",
        ["観光課"],
    )
    assert [str(one) for one in first.activities] == ["祭りの共同開催"]
    assert first.verification is not None
    assert str(first.verification.grade) == "相当程度効果があった"
    assert [str(one.name) for one in first.indicators] == ["延べ宿泊者数", "入込数"]
    assert [one.unit for one in second.indicators] == ["人"]


def test_期間の年の列がなければ期間の文字から読む() -> None:
    report = set_of_files(jigyo=PROJECTS, kpi=KPIS)
    periods = [project.period for project in report.projects]
    assert [(p.raw, p.first, p.last) for p in periods if p] == [
        ("R4～R6", 2022, 2024),
        ("令和3年度～令和7年度", 2021, 2025),
    ]


def test_数値の列に書かれた文字は値として読む() -> None:
    report = set_of_files(jigyo=PROJECTS, kpi=KPIS, values=YEARS)
    nights, visitors = report.projects[0].indicators
    assert nights.baseline is not None
    assert visitors.baseline is not None
    assert (nights.baseline.number, nights.baseline.raw) == (Decimal(1234567), "1,234,567")
    assert visitors.baseline.gap is Gap.COUNTING
    later, earlier = nights.years
    assert (later.fiscal_year, earlier.fiscal_year) == (2022, 2021)
    assert later.actual is not None
    assert later.actual.gap is Gap.COUNTING
    assert earlier.actual is not None
    assert (earlier.actual.number, earlier.actual.unit) == (Decimal("398.5"), "万人泊")


def test_どの事業にも結べない行は捨てずに残す() -> None:
    report = set_of_files(jigyo=PROJECTS, kpi=KPIS, values=YEARS)
    assert [(one.code, one.raw) for one in report.unread] == [("row-without-key", "k9 2021 5 6")]


def test_年度別の値だけのファイルも報告になる() -> None:
    only = "事業の行番号,事業の名称,指標の行番号,指標名,単位,年度,目標値,実績値\n2,乙事業,1,件数,件,2021,5,\n1,甲事業,1,人数,人,2021,3,0\n"
    report = read(only.encode(), "年度別.csv")
    assert [str(project.name) for project in report.projects] == ["甲事業", "乙事業"]
    (point,) = report.projects[0].indicators[0].years
    assert point.actual is not None
    assert point.actual.number == 0
    assert report.projects[1].indicators[0].years[0].actual is None


def test_先頭の列の団体は表がなければ報告の団体になる() -> None:
    rows = "全国地方公共団体コード,ID,地方公共団体名,事業の行番号,区分,事業の名称\n12025,1,函館市,1,実績,甲\n"
    (body,) = read(rows.encode(), "x.csv").bodies
    assert (body.name, body.code) == ("函館市", "012025")


def test_値は置かれたセルを指す() -> None:
    data = book(
        [
            ["事業の行番号", "指標の行番号", "順番", "指標名", "年度", "実績値"],
            [1, 1, 1, "件数", 2021, 1234.5],
        ]
    )
    (indicator,) = read(data, "x.xlsx").projects[0].indicators
    (point,) = indicator.years
    assert point.actual is not None
    assert point.actual.place == (Place(sheet="S0", range="F2"),)
    assert point.actual.number == Decimal("1234.5")
    assert indicator.name is not None
    assert indicator.name.place == (Place(sheet="S0", range="D2"),)


def test_CSVの値は元の文字を指す() -> None:
    text = '事業の行番号,指標の行番号,指標名,年度,実績値\n1,1,件数,2021,"1,234"\n'
    (indicator,) = read(text.encode(), "x.csv").projects[0].indicators
    value = indicator.years[0].actual
    assert value is not None
    (place,) = value.place
    assert text[place.start : place.end] == "1,234"


def test_符号の列の知らない語と二つの値は読み残しになる() -> None:
    text = "事業の行番号,区分,事業の名称\n1,その他,甲\n"
    report = read(text.encode(), "x.csv")
    assert [(one.code, one.raw) for one in report.unread] == [("unknown-code", "その他")]
    two = "事業の行番号,指標の行番号,指標名,年度,実績値,実績値_状態\n1,1,件数,2021,5,集計中\n"
    report = read(two.encode(), "x.csv")
    value = report.projects[0].indicators[0].years[0].actual
    assert value is not None
    assert value.number == 5
    assert [(one.code, one.raw) for one in report.unread] == [("second-value", "集計中")]


def test_和暦だけが書かれた行も年度を持つ() -> None:
    text = "事業の行番号,指標の行番号,指標名,年度,年度（和暦）,実績値\n1,1,件数,,令和元年度,5\n"
    (point,) = read(text.encode(), "x.csv").projects[0].indicators[0].years
    assert point.fiscal_year == 2019


def test_見出しの言葉を含むだけの表は関連表ではない() -> None:
    for text in ("事業の名称,目標値,実績値\n甲,1,2\n", "a,b\n事業の行番号など,1\n"):
        document = open_document(text.encode(), "x.csv")
        assert not isinstance(document, Report)
        assert linked.recognise(document) == 0

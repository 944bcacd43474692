"""調書の読取り. Card documents read by the headers of their tables, whatever the other cells say."""

from decimal import Decimal

from sosei.core.gaps import Gap
from sosei.core.report import Place
from sosei.reading.formats import open_document
from sosei.reading.layouts import choose, sheet

LABELS = "<tr><th>事業の項目</th><th>内容</th></tr>"
KPI = "<tr><th>No.</th><th>指標名</th><th>単位</th><th>基準値</th><th>年度</th><th>目標値</th><th>実績値</th></tr>"


def table(*rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "".join(f"<tr>{row}</tr>" for row in cells)


def read(body):
    document = open_document(f"<html><body>{body}</body></html>".encode(), "x.html")
    assert choose(document) is sheet
    return sheet.read(document)


def test_見出しの語が値であっても値のまま():
    report = read(
        f"<table>{LABELS}{table(('事業の名称', '交付金名称'), ('交付金名称', '事業の項目'))}</table>"
        f"<table>{KPI}{table(('1', '目標値', '実績値', '－', '令和3年度', '5', '集計中'))}</table>"
    )
    (project,) = report.projects
    assert (str(project.name), str(project.grant)) == ("交付金名称", "事業の項目")
    (one,) = project.indicators
    assert (str(one.name), one.unit) == ("目標値", "実績値")
    assert one.baseline.gap is Gap.DASH
    assert one.years[0].target.number == 5
    assert one.years[0].actual.gap is Gap.COUNTING


def test_値は表と行の場所をもつ():
    report = read(
        f"<table>{LABELS}{table(('事業の名称', '見本'))}</table>"
        f"<table>{KPI}{table(('1', '参加者', '人', '', 'R3', '1,200', '△5人'))}</table>"
    )
    point = report.projects[0].indicators[0].years[0]
    assert point.target.place == (Place(table=2, row=2, column=6),)
    assert (point.target.number, point.target.raw) == (Decimal(1200), "1,200")
    assert (point.actual.number, point.actual.raw) == (Decimal(-5), "△5人")
    assert report.projects[0].name.place == (Place(table=1, row=2, column=2),)


def test_列の順は問わない():
    head = "<tr><th>No.</th><th>年度</th><th>実績値</th><th>指標名</th></tr>"
    report = read(
        f"<table>{LABELS}</table><table>{head}{table(('1', '2021年度', '3', '件数'))}</table>"
    )
    (one,) = report.projects[0].indicators
    assert str(one.name) == "件数"
    assert (one.years[0].fiscal_year, one.years[0].actual.number) == (2021, 3)


def test_縦につながるセルの行はその指標の年になる():
    rows = (
        '<tr><td rowspan="2">1</td><td rowspan="2">人数</td><td rowspan="2">人</td><td rowspan="2"></td>'
        "<td>令和3年度</td><td>5</td><td>4</td></tr><tr><td>令和4年度</td><td>6</td><td>未定</td></tr>"
    )
    report = read(f"<table>{LABELS}</table><table>{KPI}{rows}</table>")
    (one,) = report.projects[0].indicators
    assert [(p.fiscal_year, p.target.number) for p in one.years] == [(2021, 5), (2022, 6)]
    assert one.years[1].actual.gap is Gap.UNDECIDED


def test_同じ名前の指標はそれぞれ別():
    rows = table(("1", "人数", "", "", "", "", ""), ("2", "人数", "", "", "当年度", "", ""))
    report = read(f"<table>{LABELS}</table><table>{KPI}{rows}</table>")
    one, other = report.projects[0].indicators
    assert one.years == ()
    assert len(other.years) == 1
    assert other.years[0].fiscal_year is None


def test_知らない項目は読めなかったものに残る():
    report = read(f"<table>{LABELS}{table(('合言葉', 'ひらけごま'), ('事業の名称', 'x'))}</table>")
    assert [one.raw for one in report.unread] == ["合言葉", "ひらけごま"]


def test_知らない表は読めなかったものに残る():
    report = read(f"<table>{LABELS}</table><table>{table(('天気', '晴れ'))}</table>")
    assert [one.raw for one in report.unread] == ["天気", "晴れ"]


def test_事業の前の表は名のない事業のもの():
    report = read(
        "<table><tr><th>報告書の項目</th><th>内容</th></tr></table>"
        f"<table>{KPI}{table(('1', '件数', '', '', '', '', ''))}</table>"
    )
    assert [str(one.name) for one in report.projects[0].indicators] == ["件数"]


def test_他の文書は受け持たない():
    document = open_document(
        "<html><body><table><tr><th>事業名</th><th>実績値</th></tr></table></body></html>".encode(),
        "x.html",
    )
    assert sheet.recognise(document) == 0


def test_図と目次と出典は読まない():
    report = read(
        f"<h1>題</h1><nav><ul><li>目次</li></ul></nav><table>{LABELS}{table(('事業の名称', 'x'))}</table>"
        "<figure><svg><text>5</text></svg></figure><ol><li>出典</li></ol>"
    )
    assert report.title is None
    assert len(report.projects) == 1
    assert report.unread == ()

from byhand import Gap, found, indicator, point, project, report

from sosei.core.report import Year


def test_どこにも年度のない値は注意():
    (finding,) = found("KPI-NOFY", report(project(indicator(target=5)), year=None))
    assert finding.path == "/projects/0/indicators/0/years/0"


def test_報告書か事業か列か期限が年度を言えばよい():
    assert found("KPI-NOFY", report(project(indicator(target=5)))) == []
    own = project(indicator(target=5), fiscal_year=Year(year=2022, basis="printed"))
    rows = indicator(
        "数", "人", point(5, year=2020), point(6, label="初年度"), point(7, due="H28.3")
    )
    assert found("KPI-NOFY", report(own, project(rows), year=None)) == []


def test_値のない欄は問わない():
    assert found("KPI-NOFY", report(project(indicator(actual=Gap.BLANK)), year=None)) == []

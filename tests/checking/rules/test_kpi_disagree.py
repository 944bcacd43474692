from byhand import found, indicator, of, point, project, report, said, unexamined


def _row(actual, name="改築率", unit="%"):
    return indicator(name, unit, point(actual=actual, year=2020))


def test_同じ事業の中の食い違いは注意():
    (finding,) = found("KPI-DISAGREE", of(_row("67.7"), _row("67.8")))
    assert finding.severity == "warning"
    assert "67.7" in finding.message_ja
    assert finding.path.startswith("/projects/0/indicators/1")


def test_別の事業では近い値だけ():
    assert len(found("KPI-DISAGREE", report(project(_row("67.7")), project(_row("67.8"))))) == 1
    assert found("KPI-DISAGREE", report(project(_row(10)), project(_row(50)))) == []


def test_同じ値と年度や単位の違う値は指摘しない():
    other = indicator("改築率", "%", point(actual=70, year=2021))
    assert found("KPI-DISAGREE", of(_row(50), _row(50), other, _row(60, unit="件"))) == []


def test_他の報告書と比べる():
    strategy = report(project(_row(51)), title=said("総合戦略の検証"))
    (finding,) = found("KPI-DISAGREE", of(_row(50)), others=(strategy,))
    assert "総合戦略の検証" in finding.message_ja
    assert unexamined("KPI-DISAGREE", of(_row(50)), others=(strategy,)) == []

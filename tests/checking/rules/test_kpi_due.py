from byhand import found, indicator, of, point, project, report


def test_報告年度より前の目標は注意():
    (finding,) = found("KPI-DUE", of(indicator("率", "%", point(80, due="H27.3"))))
    assert finding.severity == "warning"
    assert "2021年度" in finding.message_ja


def test_年度の終わりの3月は同じ年度():
    assert found("KPI-DUE", of(indicator("率", "%", point(80, due="R4.3")))) == []


def test_後の目標が一つでもあればよい():
    rows = [
        indicator("率", "%", point(80, year=2018), point(90, year=2024)),
        indicator("率", "%", point(80, year=2018), point(90)),
    ]
    assert found("KPI-DUE", of(*rows)) == []


def test_報告の年度が分からなければ言わない():
    assert (
        found("KPI-DUE", report(project(indicator("率", "%", point(80, year=2010))), year=None))
        == []
    )

from byhand import found, indicator, of, project, report, unexamined

from sosei.core.report import Year

SUISHIN = "地方創生推進交付金"


def _rows(n, **more):
    return [indicator(f"指標{i}", target=i, **more) for i in range(n)]


def test_上限を超えれば誤り():
    (finding,) = found("KPI-COUNT", of(*_rows(5), grant=SUISHIN))
    assert finding.severity == "error"
    assert "5個" in finding.message_ja
    assert "上限4個" in finding.message_ja


def test_年度が書かれていないか効力の外なら注意():
    inferred = Year(year=2021, basis="inferred")
    seen = report(project(*_rows(5), grant=SUISHIN), year=None, fiscal_year=inferred)
    assert [f.severity for f in found("KPI-COUNT", seen)] == ["warning"]
    late = report(project(*_rows(5), grant=SUISHIN), year=2024)
    assert [f.severity for f in found("KPI-COUNT", late)] == ["warning"]


def test_上限ちょうどと内訳の行は指摘しない():
    assert found("KPI-COUNT", of(*_rows(4), grant=SUISHIN)) == []
    assert found("KPI-COUNT", of(*_rows(3), *_rows(4, parent="総数"), grant=SUISHIN)) == []


def test_先行型は5個まで():
    seen = report(
        project(*_rows(5), grant="地域住民生活等緊急支援交付金（地方創生先行型）"), year=2015
    )
    assert found("KPI-COUNT", seen) == []


def test_制度が分からなければ見ていない():
    assert len(unexamined("KPI-COUNT", of(*_rows(9)))) == 1

import pytest
from byhand import found, indicator, money, of, point, project, report, value


@pytest.mark.parametrize("raw", ["4億3,0000万円", "12,34人", "1234,567円", "1,234,56"])
def test_三桁ごとでない桁区切りを指摘する(raw):
    row = indicator("生産額", "円", point(value("430000000", raw=raw)))
    if raw in {"12,34人"}:
        assert found("NUM-COMMA", of(row)) == []  # may be two numbers
        return
    (finding,) = found("NUM-COMMA", of(row))
    assert finding.path.endswith("/target")
    assert finding.raw == raw
    assert finding.fix is None


@pytest.mark.parametrize("raw", ["1,234人", "4億3,000万円", "1,234,567", "12.5%", "10", "1,2,3"])
def test_正しい桁区切りと数の並びは指摘しない(raw):
    assert found("NUM-COMMA", of(indicator("人数", "人", point(value("1", raw=raw))))) == []


def test_経費の金額も見る():
    seen = report(project(spending=(money("委託", 10_000_000, raw="1,0000千円"),)))
    assert [f.path for f in found("NUM-COMMA", seen)] == ["/projects/0/spending/0"]

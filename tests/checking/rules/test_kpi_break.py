from byhand import found, indicator, of, unexamined


def test_注が変更を言えば注意():
    row = indicator("人出", "万人", actual=101, note="令和5年からAIによる計測")
    (finding,) = found("KPI-BREAK", of(row))
    assert finding.severity == "warning"
    assert "AIによる計測" in finding.raw


def test_前年度と定義か出典が違えば注意():
    old = of(indicator("人出", "万人", actual=285, statistic="主催者発表"))
    new = of(indicator("人出", "万人", actual=101, statistic="AIカメラ"))
    assert len(found("KPI-BREAK", new, previous=old)) == 1


def test_同じ定義なら指摘しない():
    row = of(indicator("人出", "万人", actual=101, statistic="主催者発表"))
    assert found("KPI-BREAK", row, previous=row) == []
    assert len(unexamined("KPI-BREAK", row)) == 1

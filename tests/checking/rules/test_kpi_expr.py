from byhand import found, indicator, of, point


def _of(target, actual, rate=None, expression="increment"):
    row = indicator(
        "取扱量", "万トン", point(target, actual, rate=rate), baseline=556, expression=expression
    )
    return of(row)


def test_増加分の目標に水準の実績は注意():
    assert [f.severity for f in found("KPI-EXPR", _of(4, 560))] == ["warning"]


def test_その率が印刷されていれば誤り():
    assert [f.severity for f in found("KPI-EXPR", _of(4, 560, rate="14000%"))] == ["error"]


def test_どちらも増加分か水準なら指摘しない():
    assert found("KPI-EXPR", _of(4, 5)) == []
    assert found("KPI-EXPR", _of(560, 558, expression="level")) == []

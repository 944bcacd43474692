from byhand import found, indicator, of


def test_零に対する率は誤り():
    (finding,) = found("KPI-ZERO", of(indicator("不法投棄", "件", target=0, actual=3, rate="70%")))
    assert finding.severity == "error"


def test_零の目標だけなら参考():
    assert [f.severity for f in found("KPI-ZERO", of(indicator("不法投棄", "件", target=0)))] == [
        "info"
    ]


def test_零でない目標と増加分の零は指摘しない():
    rows = [indicator(target=1, actual=0, rate="0%"), indicator(target=0, expression="increment")]
    assert found("KPI-ZERO", of(*rows)) == []

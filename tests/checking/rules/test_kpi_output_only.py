from byhand import found, indicator, of

EVENTS = indicator("会議の開催回数", "回", target=3)
LEAFLETS = indicator("パンフレット配布部数", "部", target=5000)


def test_すべて活動なら注意():
    (finding,) = found("KPI-OUTPUT-ONLY", of(EVENTS, LEAFLETS))
    assert finding.severity == "warning"
    assert finding.path == "/projects/0"


def test_一つでも成果があれば指摘しない():
    assert found("KPI-OUTPUT-ONLY", of(EVENTS, indicator("観光消費額", "億円", target=1))) == []


def test_指標のない事業と施策は問わない():
    assert found("KPI-OUTPUT-ONLY", of()) == []
    assert found("KPI-OUTPUT-ONLY", of(EVENTS, kind="goal")) == []

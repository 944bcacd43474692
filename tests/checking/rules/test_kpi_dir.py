from byhand import found, indicator, of, point


def test_減る方がよい指標に実績割る目標の率は注意():
    row = indicator("火災発生件数", "件", point(25, 30, rate="120%"), baseline=27, direction="down")
    (finding,) = found("KPI-DIR", of(row))
    assert finding.severity == "warning"
    assert finding.path.endswith("/rate")


def test_書かれた方向と数値が逆なら注意():
    row = indicator("来場者数", "人", target=90, baseline=100, direction="up")
    assert [f.severity for f in found("KPI-DIR", of(row))] == ["warning"]


def test_減る方がよさそうで方向がなければ参考():
    assert [f.severity for f in found("KPI-DIR", of(indicator("空き店舗数", "件", target=46)))] == [
        "info"
    ]


def test_方向が書かれ数値とも合えば指摘しない():
    rows = [
        indicator("火災発生件数", "件", target=25, baseline=27, direction="down"),
        indicator("空き家を活用した起業者数", "人", target=2),
        indicator("来場者数", "人", target=100),
    ]
    assert found("KPI-DIR", of(*rows)) == []

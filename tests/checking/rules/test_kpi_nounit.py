from byhand import found, indicator, of, point, value


def test_単位のない数は注意():
    (finding,) = found("KPI-NOUNIT", of(indicator("死傷者数", None, target=334)))
    assert "単位がありません" in finding.message_ja


def test_値に単位があるか言葉なら指摘しない():
    rows = [
        indicator("死傷者数", None, point(value(334, unit="人"))),
        indicator("計画", None, target="策定"),
        indicator("合計特殊出生率", None, target="1.55"),
        indicator(target=5),
    ]
    assert found("KPI-NOUNIT", of(*rows)) == []

from byhand import found, indicator, of, point, value


def test_人と人回が混ざれば注意():
    row = indicator("入込客数", "千人回", point(value(9697)), baseline=value(3400, unit="千人"))
    (finding,) = found("KPI-GROSSREAL", of(row))
    assert "人・人回" in finding.message_ja or "人回・人" in finding.message_ja


def test_名称と数え方の食い違いは注意():
    assert (
        len(found("KPI-GROSSREAL", of(indicator("延べ参加者数", "人", count_kind="unique")))) == 1
    )


def test_延べ宿泊者数の単位が人なら注意():
    assert len(found("KPI-GROSSREAL", of(indicator("延べ宿泊者数", "人", target=1)))) == 1


def test_そろっていれば指摘しない():
    rows = [
        indicator("延べ宿泊者数", "人泊", target=2, baseline=1),
        indicator("延べ参加者数", "人", target=2, count_kind="gross"),
        indicator("観光客数", "人", point(value(2, unit="万人")), baseline=15000),
    ]
    assert found("KPI-GROSSREAL", of(*rows)) == []

from byhand import document, found, indicator, of, point, report, value


def test_数えるものが違う単位は注意():
    row = indicator(
        "新規就農者数", "組/年", point(4), baseline=value("1.4", unit="人/年", raw="1.4人/年")
    )
    (finding,) = found("KPI-UNITDIFF", of(row))
    assert finding.severity == "warning"
    assert finding.path.endswith("/baseline")
    assert finding.raw == "1.4人/年"


def test_桁や書き方だけの違いは指摘しない():
    rows = [
        indicator("売上", "千円", point(value(4, unit="円"))),
        indicator("人口", "人", point(5), baseline=value(4, unit="名")),
        indicator("率", "%", point(5), baseline=value(4, unit="％")),
        indicator("参加者", "人/年", point(5), baseline=value(4, unit="人")),
    ]
    assert found("KPI-UNITDIFF", of(*rows)) == []


def test_人と人泊は別の規則に任せる():
    assert (
        found("KPI-UNITDIFF", of(indicator("宿泊", "人泊", point(5), baseline=value(4, unit="人"))))
        == []
    )


def test_矢印の左だけ単位がなければ参考():
    text = document(
        lines=("新規就農者数：1.4 → 4組/年", "商品開発数：1.2件/年 → 2件/年", "指数：1.36 → 1.55")
    )
    (finding,) = found("KPI-UNITDIFF", report(), document=text)
    assert finding.severity == "info"
    assert finding.raw == "1.4 → 4組/年"

from byhand import found, indicator, of


def test_暦年と年度のある統計はどちらかを求める():
    rows = [
        indicator(n, "人", target=1) for n in ("延べ宿泊者数", "移住者数", "ふるさと納税の件数")
    ]
    assert [f.severity for f in found("KPI-YEARTYPE", of(*rows))] == ["warning"] * 3


def test_名称か定義か項目が言えばよい():
    rows = [
        indicator("観光客数（H27年度）", "人", target=1),
        indicator("延べ宿泊者数", "人泊", target=1, definition="宿泊旅行統計（暦年）"),
        indicator("延べ宿泊者数", "人泊", target=1, year_type="calendar"),
        indicator("参加企業数", "社", target=1),
    ]
    assert found("KPI-YEARTYPE", of(*rows)) == []

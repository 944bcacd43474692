from byhand import Gap, found, indicator, of, point, verified


def test_実績のない評価は注意():
    rows = [
        indicator("死者数", "人", point(25, rating="◎")),
        indicator("移住者数", "人", point(25, Gap.DASH), rating="A"),
    ]
    assert [f.raw for f in found("EFF-NOACTUAL", of(*rows))] == ["◎", "A"]


def test_事業効果も実績がなければ注意():
    seen = of(
        indicator("移住者数", "人", target=5), verification=verified(grade="非常に効果的であった")
    )
    assert [f.path for f in found("EFF-NOACTUAL", seen)] == ["/projects/0/verification/grade"]


def test_実績か率があるか_評価しない印なら指摘しない():
    rows = [
        indicator("死者数", "人", point(25, 20, rating="◎")),
        indicator("率", "%", point(25, rate="90%", rating="B")),
        indicator("移住者数", "人", point(25, rating="－")),
        indicator("計画", None, point("策定", "策定", rating="A")),
    ]
    assert found("EFF-NOACTUAL", of(*rows)) == []

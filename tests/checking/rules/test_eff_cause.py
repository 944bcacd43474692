from byhand import found, indicator, of, project, report, verified

MISSED = indicator("観光消費額", "億円", target=2600, actual=1349)


def test_未達成に説明がなければ注意():
    (finding,) = found("EFF-CAUSE", of(MISSED))
    assert finding.severity == "warning"
    assert "「観光消費額」" in finding.message_ja


def test_令和7年度からは改善策の公表が義務():
    seen = report(project(MISSED, grant="第2世代交付金"), year=2025)
    assert [f.severity for f in found("EFF-CAUSE", seen)] == ["error"]


def test_説明があるか達成していれば指摘しない():
    assert found("EFF-CAUSE", of(MISSED, verification=verified(obstacle="来訪者の減"))) == []
    assert found("EFF-CAUSE", of(indicator("来場者数", "人", target=1, actual=1))) == []


def test_達成したか分からない指標では言わない():
    assert (
        found(
            "EFF-CAUSE", of(indicator("取扱量", "トン", target=4, actual=1, expression="increment"))
        )
        == []
    )
    assert found("EFF-CAUSE", of(indicator("取扱量", "トン", actual=1))) == []

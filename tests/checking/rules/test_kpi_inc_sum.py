from byhand import Gap, found, indicator, of, point


def _increases(*targets, total, baseline=None, **more):
    points = [point(t, year=2020 + n) for n, t in enumerate(targets)]
    return of(
        indicator("取扱量", "万トン", *points, baseline=baseline, increase_total=total, **more)
    )


def test_増加分の合計と違えば誤り():
    (finding,) = found("KPI-INC-SUM", _increases(4, 0, 20, total=25, expression="increment"))
    assert finding.severity == "error"
    assert finding.fix.after == "24"
    assert not finding.fix.safe


def test_負や小数の増加分も合えばよい():
    assert (
        found("KPI-INC-SUM", _increases("-9.5", "1.9", "1.9", total="-5.7", expression="increment"))
        == []
    )


def test_目標と基準値の差と違えば誤り():
    (finding,) = found(
        "KPI-INC-SUM", _increases(13220, total=1339, baseline=11861, expression="level")
    )
    assert "1,359" in finding.message_ja


def test_表し方が分からなければどちらかに合えばよい():
    assert found("KPI-INC-SUM", _increases(13220, total=1359, baseline=11861)) == []
    assert found("KPI-INC-SUM", _increases(4, 20, total=24, baseline=556)) == []


def test_欠けた年があれば検算しない():
    assert (
        found("KPI-INC-SUM", _increases(4, Gap.UNDECIDED, total=30, expression="increment")) == []
    )

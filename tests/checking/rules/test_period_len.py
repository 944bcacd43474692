from byhand import found, project, report, unexamined

from sosei.core.report import PeriodSaid


def _of(first, last, grant="地方創生推進交付金"):
    return report(project(grant=grant, period=PeriodSaid(raw="期間", first=first, last=last)))


def test_制度の上限を超えれば注意():
    (finding,) = found("PERIOD-LEN", _of(2018, 2023))
    assert finding.severity == "warning"
    assert "6年度" in finding.message_ja
    assert "上限5年度" in finding.message_ja


def test_上限ちょうどは指摘しない():
    assert found("PERIOD-LEN", _of(2018, 2022)) == []


def test_終わりが先なら誤り():
    (finding,) = found("PERIOD-LEN", _of(2022, 2018))
    assert finding.severity == "error"


def test_制度が分からなければ見ていないと言う():
    assert found("PERIOD-LEN", _of(2010, 2022, grant="市単独")) == []
    assert len(unexamined("PERIOD-LEN", _of(2010, 2022, grant="市単独"))) == 1

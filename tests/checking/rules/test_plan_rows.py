from byhand import found, project, report


def test_実績の中の計画は一つにまとめて参考():
    seen = report(project(), project(name="翌年の事業", kind="plan"), project(kind="plan"))
    (finding,) = found("PLAN-ROWS", seen)
    assert finding.severity == "info"
    assert finding.path == "/projects/1"
    assert "2件" in finding.message_ja


def test_計画だけの文書と実績だけの文書は指摘しない():
    assert found("PLAN-ROWS", report(project(kind="plan"))) == []
    assert found("PLAN-ROWS", report(project())) == []

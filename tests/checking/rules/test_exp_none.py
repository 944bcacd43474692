from byhand import found, money, project, report


def test_金額のない事業は参考():
    seen = report(project(), project(spending=(money("委託", None),)))
    assert [f.severity for f in found("EXP-NONE", seen)] == ["info", "info"]


def test_零円も金額であり施策は問わない():
    assert (
        found("EXP-NONE", report(project(spending=(money("委託", 0),)), project(kind="goal"))) == []
    )

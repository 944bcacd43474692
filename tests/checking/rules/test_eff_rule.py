import pytest
from byhand import found, indicator, of, unexamined, verified

SUISHIN = "地方創生推進交付金"
SENKOU = "地方創生先行型"
MET = indicator("来場者数", "人", target=100, actual=120)
MISSED = indicator("移住者数", "人", target=100, actual=50)
HIGH, GOOD, SOME, NONE = (
    "地方創生に非常に効果的であった",
    "地方創生に相当程度効果があった",
    "地方創生に効果があった",
    "地方創生に対して効果がなかった",
)


@pytest.mark.parametrize(
    ("rows", "grade"),
    [((MISSED, MISSED), GOOD), ((MISSED,), HIGH), ((MET, MISSED), HIGH), ((MET, MET), NONE)],
)
def test_指標と食い違う評価は注意(rows, grade):
    seen = of(*rows, grant=SUISHIN, verification=verified(grade=grade))
    (finding,) = found("EFF-RULE", seen)
    assert finding.severity == "warning"
    assert finding.path == "/projects/0/verification/grade"
    assert finding.raw == grade


@pytest.mark.parametrize(
    ("rows", "grade"),
    [((MET, MET), HIGH), ((MET, MISSED), GOOD), ((MISSED,), SOME), ((MISSED,), NONE), ((), HIGH)],
)
def test_説明のつく評価は指摘しない(rows, grade):
    assert found("EFF-RULE", of(*rows, grant=SUISHIN, verification=verified(grade=grade))) == []


def test_先行型の基準では7割8割の相当程度があり得る():
    near = indicator("来場者数", "人", target=100, actual=77)
    assert found("EFF-RULE", of(near, grant=SENKOU, verification=verified(grade=GOOD))) == []


def test_基準の知られていない制度では参考とし見ていないと言う():
    seen = of(MISSED, grant="デジタル田園都市国家構想交付金", verification=verified(grade=GOOD))
    assert [f.severity for f in found("EFF-RULE", seen)] == ["info"]
    assert len(unexamined("EFF-RULE", seen)) == 1


def test_減る方がよい指標は下回れば達成():
    fewer = indicator("空き店舗数", "件", target=46, actual=40, direction="down")
    assert found("EFF-RULE", of(fewer, grant=SUISHIN, verification=verified(grade=HIGH))) == []

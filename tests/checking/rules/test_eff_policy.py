import pytest
from byhand import found, of, verified

from sosei.core.report import PeriodSaid

LAST = PeriodSaid(raw="R1～R3年度", first=2019, last=2021)
GOES_ON = PeriodSaid(raw="R1～R5年度", first=2019, last=2023)


@pytest.mark.parametrize(
    ("grade", "policy", "period"),
    [
        ("①非常に効果的であった", "事業の中止", None),
        ("効果がなかった", "追加等更に発展させる", None),
        ("効果があった", "予定通り事業終了", GOES_ON),
        ("効果があった", "③事業の継続", LAST),
    ],
)
def test_評価や期間と合わない方針は注意(grade, policy, period):
    seen = of(period=period, verification=verified(grade=grade, next_policy=policy))
    (finding,) = found("EFF-POLICY", seen)
    assert finding.severity == "warning"
    assert finding.raw == policy


@pytest.mark.parametrize(
    ("grade", "policy", "period"),
    [
        ("非常に効果的であった", "追加等更に発展させる", None),
        ("効果がなかった", "事業内容の見直し（改善）", GOES_ON),
        ("効果があった", "予定どおり事業終了", LAST),
        ("効果があった", "事業の継続", GOES_ON),
    ],
)
def test_合う方針は指摘しない(grade, policy, period):
    seen = of(period=period, verification=verified(grade=grade, next_policy=policy))
    assert found("EFF-POLICY", seen) == []


def test_理由が書かれていれば指摘しない():
    words = {
        "grade": "効果がなかった",
        "next_policy": "事業の発展",
        "next_policy_reason": "対象を改めるため",
    }
    assert found("EFF-POLICY", of(verification=verified(**words))) == []

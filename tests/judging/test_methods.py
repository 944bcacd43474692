"""Each method: what it computes, and where it refuses because a rate would be a lie."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.judging.methods import (
    METHODS,
    BaselineDelta,
    Decrease,
    Figures,
    Maintain,
    Plain,
    ProRata,
    Threshold,
)
from sosei.judging.outcome import Rate, Reached, Refusal, half_up, reason, reasons


def figures(target: object, actual: object, baseline: object = None, **more: object) -> Figures:
    base = None if baseline is None else Decimal(str(baseline))
    return Figures(target=Decimal(str(target)), actual=Decimal(str(actual)), baseline=base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("3297", "4533", "137.5%"),
        ("45298", "24672", "54.5%"),
        ("15", "31", "206.7%"),
        ("6", "7.3", "121.7%"),
        ("80000", "0", "0.0%"),
    ],
)
def test_実績を目標で割る(target: str, actual: str, shown: str) -> None:
    outcome = Plain().judge(figures(target, actual))
    assert isinstance(outcome, Rate)
    assert outcome.shown() == shown


def test_目標ゼロは率にせず達否だけ() -> None:
    assert Plain().judge(figures(0, 3, falling=True)) == Reached(False, "ZERO_TARGET")
    assert Plain().judge(figures(0, 0, falling=True)) == Reached(True, "ZERO_TARGET")
    assert Decrease().judge(figures(0, 0, falling=True)) == Reached(True, "ZERO_TARGET")


def test_負の値は割らない() -> None:
    assert Plain().judge(figures(-323, -100)) == Reached(True, "NEGATIVE")
    assert Decrease().judge(figures(-5, -3, falling=True)) == Reached(False, "NEGATIVE")
    assert ProRata().judge(figures(-5, -3, elapsed=1, planned=1)) == Reached(True, "NEGATIVE")


def test_目標と実績のどちらかが負でも割らない() -> None:
    assert Plain().judge(figures(10, -3)) == Reached(False, "NEGATIVE")
    assert Plain().judge(figures(-5, 3)) == Reached(True, "NEGATIVE")
    assert Decrease().judge(figures(5, -3, falling=True)) == Reached(True, "NEGATIVE")
    assert ProRata().judge(figures(10, -3, elapsed=1, planned=1)) == Reached(False, "NEGATIVE")
    assert Decrease().judge(figures(-5, 3, falling=True)) == Reached(False, "NEGATIVE")
    assert ProRata().judge(figures(-5, 3, elapsed=1, planned=1)) == Reached(True, "NEGATIVE")


def test_一に満たない値も割る() -> None:
    half, quarter = Decimal("0.5"), Decimal("0.25")
    assert Plain().judge(figures(half, quarter)) == Rate(half, reached=False)
    assert Decrease().judge(figures(quarter, half, falling=True)) == Rate(half, reached=False)
    assert ProRata().judge(figures(half, quarter, elapsed=1, planned=1)) == Rate(
        half, reached=False
    )


def test_目標ゼロの年割りも率にしない() -> None:
    assert ProRata().judge(figures(0, 3, elapsed=1, planned=5)) == Reached(True, "ZERO_TARGET")
    assert ProRata().judge(figures(0, -1, elapsed=1, planned=5)) == Reached(False, "ZERO_TARGET")


def test_年割りの達否は年割りの目標で言う() -> None:
    assert ProRata().judge(figures(100, 21, elapsed=1, planned=5)) == Rate(
        Decimal("1.05"), reached=True
    )
    assert ProRata().judge(figures(100, 19, elapsed=1, planned=5)) == Rate(
        Decimal("0.95"), reached=False
    )


def test_達否だけの方法は割れない理由があればそれを言う() -> None:
    assert Threshold().judge(figures(0, 0)) == Reached(True, "ZERO_TARGET")
    assert Threshold().judge(figures(1, 0)) == Reached(False, "THRESHOLD")
    assert Threshold().judge(figures(1, 1)) == Reached(True, "THRESHOLD")


def test_達したとは向きと等しさで決まる() -> None:
    assert [figures(10, n).reached for n in (9, 10, 11)] == [False, True, True]
    assert [figures(10, n, falling=True).reached for n in (9, 10, 11)] == [True, True, False]
    assert [figures(10, n, strict=True).reached for n in (9, 10, 11)] == [False, False, True]


def test_基準値からの増減は下がる指標でも旗がいらない() -> None:
    up = BaselineDelta().judge(figures(40, 33, 20))
    down = BaselineDelta().judge(figures(25, 26, 27, falling=True))
    assert up == Rate(Decimal("0.65"), reached=False)
    assert down == Rate(Decimal("0.5"), reached=False)


def test_基準値がないか変化を求めないときは断る() -> None:
    assert BaselineDelta().judge(figures(40, 33)) == Refusal("NO_BASELINE")
    assert BaselineDelta().judge(figures(20, 33, 20)) == Refusal("NOTHING_PLANNED")


def test_悪化は負の率になる() -> None:
    outcome = BaselineDelta().judge(figures(40, 10, 20))
    assert outcome == Rate(Decimal("-0.5"), reached=False)


def test_減少の指標は目標を実績で割る() -> None:
    assert Decrease().judge(figures(25, 50, falling=True)) == Rate(Decimal("0.5"), reached=False)
    assert Decrease().judge(figures(25, 0, falling=True)) == Reached(True, "ZERO_ACTUAL")


def test_維持は上回っても百で止まる() -> None:
    assert Maintain().judge(figures(2476, 3000)) == Rate(Decimal(1), reached=True)
    assert Maintain().judge(figures(100, 80)) == Rate(Decimal("0.8"), reached=False)
    assert Maintain().judge(figures(10, 20, falling=True)) == Rate(Decimal("0.5"), reached=False)


@pytest.mark.parametrize(
    ("elapsed", "due"), [(1, "20"), (2, "40"), (3, "60"), (4, "80"), (5, "100")]
)
def test_年割りは五年で二割ずつ(elapsed: int, due: str) -> None:
    outcome = ProRata().judge(figures(100, due, elapsed=elapsed, planned=5))
    assert outcome == Rate(Decimal(1), reached=True)


@pytest.mark.parametrize(("elapsed", "planned"), [(None, 5), (2, None), (6, 5), (0, 5)])
def test_期間が分からなければ年割りは断る(elapsed: int | None, planned: int | None) -> None:
    assert ProRata().judge(figures(100, 50, elapsed=elapsed, planned=planned)) == Refusal(
        "NO_YEARS"
    )


def test_超と未満は等しいだけでは達成でない() -> None:
    assert not figures(100, 100, strict=True).reached
    assert figures(100, 101, strict=True).reached
    assert not figures(100, 100, falling=True, strict=True).reached
    assert Threshold().judge(figures(10, 10)).reached  # type: ignore[union-attr]


def test_丸めは四捨五入で偶数丸めではない() -> None:
    assert half_up(Decimal("0.05"), 1) == Decimal("0.1")
    assert half_up(Decimal("2.5"), 0) == Decimal(3)
    assert half_up(Decimal("-2.5"), 0) == Decimal(-3)
    assert Rate(Decimal("0.6996"), reached=False).shown() == "70.0%"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        ("0.12345", 0, "12%"),
        ("0.12345", 2, "12.35%"),
        ("0.12345", 3, "12.345%"),
        ("-0.5", 1, "-50.0%"),
        ("12.3456", 1, "1234.6%"),
    ],
)
def test_率は望む桁まで示す(value: str, digits: int, shown: str) -> None:
    assert Rate(Decimal(value), reached=False).shown(digits) == shown


def test_割り切れない商も帯の境を越えない() -> None:
    third = BaselineDelta().judge(figures("3", "2", "0"))
    assert isinstance(third, Rate)
    assert third.value < Decimal(2) / 3 < third.value + Decimal("1e-27")
    assert len(third.value.as_tuple().digits) == 50


def test_理由は言わなければ日本語() -> None:
    assert (
        Refusal("NO_TARGET").sentence()
        == Refusal("NO_TARGET").sentence("ja")
        == reason("NO_TARGET")
    )
    assert reason("NO_TARGET").startswith("目標値がない")
    assert reason("NO_TARGET", "en").startswith("There is no target")


def test_どの理由にも日英の文がある() -> None:
    for code in reasons():
        ja, en = reason(code, "ja"), reason(code, "en")
        assert ja.endswith("。"), code
        assert en.endswith((".", "”.", ")")), code


numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
)


@given(
    numbers,
    numbers,
    st.none() | numbers,
    st.booleans(),
    st.booleans(),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_どの方法もどんな値でも例外を出さない(
    target: Decimal,
    actual: Decimal,
    baseline: Decimal | None,
    falling: bool,
    strict: bool,
    elapsed: int,
    planned: int,
) -> None:
    given_ = Figures(
        target=target,
        actual=actual,
        baseline=baseline,
        falling=falling,
        strict=strict,
        elapsed=elapsed,
        planned=planned,
    )
    for method in METHODS.values():
        outcome = method.judge(given_)
        if isinstance(outcome, Refusal):
            assert outcome.sentence()
        elif method.code not in ("pro_rata", "maintain"):
            assert outcome.reached == given_.reached


@given(numbers, st.integers(1, 10**6))
def test_実績と目標が同じなら率は一(target: Decimal, scale: int) -> None:
    if target > 0:
        assert Plain().judge(Figures(target=target * scale, actual=target * scale)) == Rate(
            Decimal(1), reached=True
        )

"""Printed rates and ratings against the figures: by which method, rounded how, or not at all."""

from decimal import Decimal

import pytest

from sosei.core.report import YearPoint
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS, Figures
from sosei.judging.outcome import Refusal
from sosei.judging.printed import Printed, check_rate, check_rating


def case(target: str, actual: str, baseline: str | None = None, *, method: str = "plain") -> Case:
    figures = Figures(
        target=Decimal(target),
        actual=Decimal(actual),
        baseline=Decimal(baseline) if baseline else None,
    )
    return Case(
        point=YearPoint(),
        fiscal_year=2021,
        role="actual",
        method=method,
        figures=figures,
        outcome=METHODS[method].judge(figures),
    )


NOTHING = Case(
    point=YearPoint(),
    fiscal_year=2021,
    role="actual",
    method=None,
    figures=None,
    outcome=Refusal("NO_TARGET"),
)


@pytest.mark.parametrize(
    ("printed", "given", "by", "rounding"),
    [
        ("66.7%", case("3", "2"), "plain", "half_up"),
        ("66.6%", case("3", "2"), "plain", "down"),
        ("66%", case("3", "2"), "plain", "down"),
        ("67", case("3", "2"), "plain", "half_up"),
        ("66.66％", case("3", "2"), "plain", "down"),
        ("66.67％", case("3", "2"), "plain", "half_up"),
        ("達成率　６６．７％", case("3", "2"), "plain", "half_up"),
        ("1,050.0%", case("2", "21"), "plain", "half_up"),
        ("1,234,500%", case("2", "24690"), "plain", "half_up"),
        ("▲50.0%", case("40", "10", "20"), "baseline_delta", "half_up"),
        ("△50%", case("40", "10", "20"), "baseline_delta", "half_up"),
        ("−50%", case("40", "10", "20"), "baseline_delta", "half_up"),
        ("-50%", case("40", "10", "20"), "baseline_delta", "half_up"),
        ("100%", case("10", "20"), "maintain", "half_up"),
    ],
)  # fmt: skip
def test_印刷の率はどの方法でどう丸めたものかが分かる(
    printed: str, given: Case, by: str, rounding: str
) -> None:
    assert check_rate(printed, given) == Printed(
        text=printed,
        result="reproduced",
        by=by,
        rounding=rounding,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("printed", ["66.5%", "66.68%", "68%", "-66.7%"])
def test_どの方法でも出ない率は合わないと言い_同じ桁で計算を示す(printed: str) -> None:
    gives = {"66.68%": "66.67%", "68%": "67%"}.get(printed, "66.7%")
    assert check_rate(printed, case("3", "2")) == Printed(
        text=printed, result="contradicted", gives=gives
    )


def test_選ばれた方法から先に試す() -> None:
    same = case("40", "30", "0", method="baseline_delta")
    assert check_rate("75%", same).by == "baseline_delta"
    assert check_rate("75%", case("40", "30", "0")).by == "plain"


def test_率が計算できなければ比べられない() -> None:
    assert check_rate("50%", NOTHING) == Printed(text="50%", result="not_comparable")
    assert check_rate("順調", case("3", "2")) == Printed(text="順調", result="not_comparable")
    negative = case("-10", "-5")
    assert check_rate("50%", negative) == Printed(text="50%", result="not_comparable")


def test_評価の言葉は体系の区分か達否と比べる() -> None:
    assert check_rating("おおむね　順調", case("100", "85")) == Printed(
        text="おおむね　順調", result="reproduced", by="nagano"
    )
    assert check_rating("未達成", case("100", "120")) == Printed(
        text="未達成", result="contradicted"
    )
    assert check_rating("未着手", case("100", "50")) == Printed(
        text="未着手", result="reproduced", by="plain"
    )
    assert check_rating("クリア", case("100", "120")) == Printed(
        text="クリア", result="reproduced", by="plain"
    )
    assert check_rating("達成", NOTHING) == Printed(text="達成", result="not_comparable")
    assert check_rating("☆", case("100", "120")) == Printed(text="☆", result="not_comparable")

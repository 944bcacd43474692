"""Which year of an indicator is judged, and how the answer names it."""

from decimal import Decimal

from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint
from sosei.judging import Verdicts, judge
from sosei.judging.output import to_text


def over_years(*actuals: Value, home: int = 2023) -> Verdicts:
    """Judge one indicator of the years up to `home`, each with a target of 100 and its own printed rate."""
    years = tuple(
        YearPoint(
            fiscal_year=home - len(actuals) + at + 1,
            target=Value(number=Decimal(100)),
            actual=actual,
            rate=Said(text=f"{actual.number}%") if actual.number else None,
        )
        for at, actual in enumerate(actuals)
    )
    project = Project(
        name=Said(text="事業"), indicators=(Indicator(name=Said(text="件数"), years=years),)
    )
    return judge(Report(fiscal_year=Year(year=home), projects=(project,)))


def test_率がどの年度にも印刷されていても報告の年度を評価する() -> None:
    verdicts = over_years(
        Value(number=Decimal(80)), Value(number=Decimal(90)), Value(number=Decimal(110))
    )
    (verdict,) = verdicts.projects[0].indicators
    assert verdict.case.fiscal_year == 2023
    assert verdicts.reached == 1
    text = to_text(verdicts)
    assert "件数　令和5年度（2023年度）：110.0% 達成（実績÷目標）" in text
    assert "報告書の「110%」は計算と合います（実績÷目標）" in text
    assert "plain" not in text


def test_集計中の年度を前の年度で代えない() -> None:
    verdicts = over_years(Value(number=Decimal(80)), Value(gap=Gap.COUNTING))
    assert (verdicts.evaluable, verdicts.total) == (0, 1)
    assert "件数：実績は集計中です。" in to_text(verdicts)


def test_報告の年度より後の欄は評価しない() -> None:
    years = (
        YearPoint(fiscal_year=2023, target=Value(number=Decimal(10)), actual=Value(number=Decimal(9))),
        YearPoint(fiscal_year=2024, target=Value(number=Decimal(20)), actual=Value(gap=Gap.DASH)),
    )  # fmt: skip
    project = Project(indicators=(Indicator(years=years),))
    (verdict,) = (
        judge(Report(fiscal_year=Year(year=2023), projects=(project,))).projects[0].indicators
    )
    assert verdict.case.fiscal_year == 2023

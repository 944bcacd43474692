"""Which year of an indicator is judged, and how the answer names it."""

from decimal import Decimal
from typing import Any

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint
from sosei.judging import Context, Verdicts, judge
from sosei.judging.output import to_text
from sosei.judging.ranks import scheme
from sosei.judging.verdict import IndicatorVerdict


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


def number(what: object) -> Value:
    return Value(number=Decimal(str(what)))


def judged(
    *points: YearPoint, home: int | None = 2023, context: Context | None = None, **more: Any
) -> IndicatorVerdict:
    project = Project(indicators=(Indicator(years=points, **more),))
    report = Report(fiscal_year=Year(year=home) if home else None, projects=(project,))
    return judge(report, context).projects[0].indicators[0]


def row(year: int | None, actual: object, **more: Any) -> YearPoint:
    return YearPoint(fiscal_year=year, target=number(10), actual=number(actual), **more)


def test_年度の書かれていない実績は報告の年度のもの() -> None:
    assert judged(row(2021, 1), row(None, 2), row(2022, 3)).case.actual == number(2)
    assert judged(row(None, 1), row(2023, 2)).case.actual == number(2)


def test_報告の年度が分からなければ最後の年度を評価する() -> None:
    assert judged(row(2024, 1), row(2022, 2), home=None).case.actual == number(1)
    assert judged(row(None, 1), row(2022, 2), home=None).case.actual == number(2)
    assert judged(row(None, 1), row(None, 2), home=None).case.actual == number(2)


def test_後の年度の実績しかなければそれを評価する() -> None:
    assert judged(row(2024, 1), row(2025, 2)).case.actual == number(2)


def test_目標だけの年が続けば最後の年を断る() -> None:
    verdict = judged(*(YearPoint(fiscal_year=y, target=number(10)) for y in (2021, 2022)))
    assert verdict.case.fiscal_year == 2022
    assert [case.fiscal_year for case in verdict.earlier] == [2021]


def test_累計と単年では累計を_ただし印刷の率が単年を指せば単年を() -> None:
    both = {"cumulative_actual": number(8)}
    assert judged(row(2023, 3, **both)).case.role == "cumulative_actual"
    assert judged(row(2023, 3, **both, rate=Said(text="30%"))).case.role == "actual"
    assert judged(row(2023, 3, **both, rate=Said(text="99%"))).case.role == "cumulative_actual"
    before = row(2022, 3, rate=Said(text="30%"))
    assert judged(before, row(2023, 4, **both)).case.actual == number(8)


def test_増減の率は基準値があり_もとの率と違う方法のときだけ添える() -> None:
    up = judged(row(2023, 8), baseline=number(6))
    assert up.progress is not None
    down = judged(row(2023, 12), baseline=number(20))
    assert (down.case.method, down.progress) == ("baseline_delta", None)
    assert judged(row(2023, 8)).progress is None
    assert judged(YearPoint(target=number(1)), baseline=number(6)).progress is None


def test_体系を選んだときだけ階級をつける() -> None:
    near = row(2023, "7.996")
    assert judged(near).rank is None
    assert (
        judged(YearPoint(target=number(1)), context=Context(scheme=scheme("nagano"))).rank is None
    )
    for digits, shown in [(1, "おおむね順調"), (2, None)]:
        rank = judged(near, context=Context(scheme=scheme("nagano"), digits=digits)).rank
        assert rank is not None
        assert rank.shown_as == shown  # type: ignore[union-attr]
    default = judged(near, context=Context(scheme=scheme("nagano"))).rank
    assert default.shown_as == "おおむね順調"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("own", "whole", "result"),
    [
        ("達成", "未達成", "contradicted"),
        (None, "未達成", "reproduced"),
        ("未達成", None, "reproduced"),
    ],
)
def test_年の評価を先に_なければ指標の評価を照らす(
    own: str | None, whole: str | None, result: str
) -> None:
    said = judged(
        row(2023, 8, rating=Said(text=own) if own else None),
        rating=Said(text=whole) if whole else None,
    )
    assert said.rating is not None
    assert said.rating.result == result
    assert judged(row(2023, 8)).rating is None


def test_判定は報告の中の場所を指し_平均は率のある指標だけから取る() -> None:
    rates = tuple(Indicator(years=(row(2023, n),)) for n in (20, 5))
    waiting = Indicator(years=(YearPoint(target=number(10)),))
    projects = (Project(indicators=(waiting,)), Project(indicators=rates))
    verdicts = judge(Report(projects=projects))
    assert [p.path for p in verdicts.projects] == ["/projects/0", "/projects/1"]
    assert [v.path for v in verdicts.projects[1].indicators] == [
        "/projects/1/indicators/0",
        "/projects/1/indicators/1",
    ]
    assert [p.reached for p in verdicts.projects] == [0, 1]
    assert [p.evaluable for p in verdicts.projects] == [0, 2]
    assert (verdicts.mean, verdicts.scheme) == (Decimal("1.25"), None)
    capped = judge(Report(projects=projects), Context(scheme=scheme("manifesto")))
    assert capped.mean == Decimal("0.75")
    assert judge(Report(projects=projects), Context(scheme=scheme("nagano"))).mean == Decimal(
        "1.25"
    )

"""Whole reports judged: which figures, which method, what is refused and why, what is proposed."""

import json
from decimal import Decimal
from typing import Any

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.judging import Context, judge
from sosei.judging.criteria import Proposal
from sosei.judging.outcome import Rate, Reached, Refusal
from sosei.judging.output import outcome_text, to_json, to_text
from sosei.judging.ranks import Rank, scheme
from sosei.judging.verdict import IndicatorVerdict, Verdicts

SENKO = "地域活性化・地域住民生活等緊急支援交付金（地方創生先行型）"
SUISHIN = "地方創生推進交付金"


def value(what: object, **more: Any) -> Value | None:
    if what is None:
        return None
    if isinstance(what, Gap):
        return Value(gap=what, **more)
    if isinstance(what, str) and not what.replace(".", "").lstrip("-").isdecimal():
        return Value(text=what, **more)
    return Value(number=Decimal(str(what)), **more)


def kpi(
    target: object = None, actual: object = None, base: object = None, **more: Any
) -> Indicator:
    point = {
        k: more.pop(k) for k in ("fiscal_year", "rate", "rating", "cumulative_actual") if k in more
    }
    op = more.pop("op", None)
    years = (YearPoint(target=value(target, op=op), actual=value(actual), **point),)
    return Indicator(
        name=Said(text=more.pop("name", "指標")), years=years, baseline=value(base), **more
    )


def project(*indicators: Indicator, grant: str | None = None, **more: Any) -> Project:
    return Project(grant=Said(text=grant) if grant else None, indicators=indicators, **more)


def judged(indicator: Indicator, **more: Any) -> IndicatorVerdict:
    return verdicts(project(indicator, **more)).projects[0].indicators[0]


def verdicts(*projects: Project, year: int | None = 2021, **given: Any) -> Verdicts:
    report = Report(projects=projects, fiscal_year=Year(year=year) if year else None)
    return judge(report, Context(**given))


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        (kpi(actual=18), "NO_TARGET"),
        (kpi(target=150), "NO_ACTUAL"),
        (kpi(target=150, actual=Gap.COUNTING), "COUNTING"),
        (kpi(target=150, actual=Gap.BLANK), "GAP_ACTUAL"),
        (kpi(target=Gap.DASH, actual=5), "GAP_TARGET"),
        (kpi(target="設置", actual=5), "WORDS_DIFFER"),
        (kpi(target="設置", actual="検討"), "WORDS_DIFFER"),
        (kpi(target=5, actual=9, base=4, expression="increment"), "EXPRESSION"),
        (kpi(target=10, actual=110, expression="increment"), "EXPRESSION"),
        (kpi(target=25, actual=30, name="交通事故件数"), "NO_DIRECTION"),
        (
            Indicator(years=(YearPoint(target=value(100), actual=value(120, op="<")),)),
            "ACTUAL_BOUND",
        ),
        (Indicator(name=Said(text="空")), "NO_TARGET"),
    ],
)
def test_率が嘘になるときは理由をつけて断る(indicator: Indicator, reason: str) -> None:
    outcome = judged(indicator).case.outcome
    assert isinstance(outcome, Refusal)
    assert outcome.code == reason
    assert "{" not in outcome.sentence()


def test_計画の行は計画と言って断る() -> None:
    outcome = judged(kpi(target=1000), kind="plan").case.outcome
    assert outcome == Refusal("PLAN")
    plan = project(kpi(target=1000), kind="plan", grant=SUISHIN)
    assert verdicts(plan).projects[0].proposal == Refusal("PLAN")


@pytest.mark.parametrize(
    ("indicator", "method", "shown"),
    [
        (kpi(target=6, actual="7.3"), "plain", "121.7%"),
        (kpi(target=0, actual=0, direction="down"), "threshold", None),
        (kpi(target=25, actual=20, op="<="), "decrease", "125.0%"),
        (kpi(target=25, actual=26, base=27), "baseline_delta", "50.0%"),
        (kpi(target=2476, actual=2500, direction="keep"), "maintain", "100.0%"),
        (kpi(target=40, actual=33, base=20), "plain", "82.5%"),
        (kpi(target="設置", actual="設置済み"), "qualitative", None),
    ],
)
def test_方法は指標の性質から選ぶ(indicator: Indicator, method: str, shown: str | None) -> None:
    case = judged(indicator).case
    assert case.method == method
    assert (case.outcome.shown() if isinstance(case.outcome, Rate) else None) == shown


@pytest.mark.parametrize("said", ["未設置", "設置予定", "設置を検討", "設置しない", "仮設置"])
def test_目標の語を含むだけでは達成と言わない(said: str) -> None:
    assert judged(kpi(target="設置", actual=said)).case.outcome == Refusal("WORDS_DIFFER")


@pytest.mark.parametrize("said", ["設置", "設置済", "設置した。", "設置完了", "設置しました"])
def test_目標の語どおりなら達成(said: str) -> None:
    assert judged(kpi(target="設置", actual=said)).case.outcome == Reached(True, "SAME_WORDS")


@pytest.mark.parametrize("unit", [None, "人"])
def test_基準値だけ単位の倍数が違っても増減の向きは変わらない(unit: str | None) -> None:
    point = YearPoint(
        target=Value(number=Decimal(5), unit="万人"), actual=Value(number=Decimal(4), unit="万人")
    )
    before = Value(number=Decimal(20000), unit=unit)
    verdict = judged(Indicator(unit="人", baseline=before, years=(point,)))
    assert verdict.case.outcome == Rate(Decimal("0.8"), reached=False)
    assert isinstance(verdict.progress, Rate)
    assert verdict.progress.shown() == "66.7%"


def test_単位の比べられない基準値は使わない() -> None:
    other = Indicator(
        unit="人",
        baseline=Value(number=Decimal(20), unit="社"),
        years=(YearPoint(target=value(40), actual=value(33)),),
    )
    figures = judged(other).case.figures
    assert figures is not None
    assert figures.baseline is None


def test_基準値があれば計画した変化のうちの割合も添える() -> None:
    assert judged(kpi(target=40, actual=33, base=20)).progress == Rate(
        Decimal("0.65"), reached=False
    )
    assert judged(kpi(target=40, actual=33)).progress is None


def test_以下と未満は下がるほどよい() -> None:
    assert judged(kpi(target=25, actual=25, op="<=")).case.outcome.reached  # type: ignore[union-attr]
    assert not judged(kpi(target=25, actual=25, op="<")).case.outcome.reached  # type: ignore[union-attr]
    assert not judged(kpi(target=25, actual=25, op=">")).case.outcome.reached  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("actual", "base", "reached"),
    [
        (12, None, False),
        (0, None, True),
        (-5, None, False),
        (-100, -500, False),
        (3, -500, True),
        (3, 9, False),
    ],
)
def test_目標ゼロは下げて近づくものと上げて近づくものがある(
    actual: int, base: int | None, reached: bool
) -> None:
    outcome = judged(kpi(target=0, actual=actual, base=base)).case.outcome
    assert not isinstance(outcome, Refusal)
    assert outcome.reached is reached


def test_単位の違う値は同じ量なら揃え_違う量なら断る() -> None:
    years = (YearPoint(target=value(2, unit="万人"), actual=value(18000, unit="人")),)
    case = judged(Indicator(years=years, unit="人")).case
    assert isinstance(case.outcome, Rate)
    assert case.outcome.shown() == "90.0%"
    years = (YearPoint(target=value(4, unit="組"), actual=value(5, unit="人")),)
    outcome = judged(Indicator(years=years)).case.outcome
    assert outcome == Refusal("UNIT_DIFFERS", {"target": "組", "actual": "人"})


def test_最後の実績で判定し_前の年も残す() -> None:
    years = tuple(
        YearPoint(fiscal_year=y, target=value(10), actual=value(a))
        for y, a in [(2019, 5), (2021, 12), (2020, 7)]
    )
    verdict = judged(Indicator(years=years))
    assert verdict.case.fiscal_year == 2021
    assert [case.fiscal_year for case in verdict.earlier] == [2019, 2020]


def test_目標が後の年に一つだけならそれと比べる() -> None:
    years = (
        YearPoint(fiscal_year=2016, actual=value(5)),
        YearPoint(fiscal_year=2019, target=value(10)),
    )
    case = judged(Indicator(years=years)).case
    assert isinstance(case.outcome, Rate)
    assert case.outcome.value == Decimal("0.5")
    earlier = (
        YearPoint(fiscal_year=2016, target=value(10)),
        YearPoint(fiscal_year=2019, actual=value(5)),
    )
    assert judged(Indicator(years=earlier)).case.outcome == Refusal("NO_TARGET")


def test_期限がまだ先の目標は途中の値であって未達成ではない() -> None:
    def under(actual: int) -> Indicator:
        return Indicator(
            years=(
                YearPoint(fiscal_year=2021, actual=value(actual)),
                YearPoint(fiscal_year=2025, target=value(10)),
            )
        )

    half = verdicts(project(under(5), grant=SUISHIN)).projects[0]
    assert half.indicators[0].case.due == 2025
    assert "2025年度の目標に対する途中の値" in outcome_text(half.indicators[0].case)
    assert half.proposal == Refusal("NOT_ALL_EVALUABLE", {"left": "1", "total": "1"})
    early = verdicts(project(under(12), grant=SUISHIN)).projects[0]
    assert not early.indicators[0].case.under_way
    assert isinstance(early.proposal, Proposal)
    first = verdicts(project(under(5), grant=SENKO), year=2015).projects[0].indicators[0]
    assert first.proposal == Refusal("NOT_YET_DUE", {"year": "2025年度"})


def test_累計と単年があれば印刷の率がどちらかを決める() -> None:
    both = {"actual": 1092, "cumulative_actual": value(4533), "target": 3297}
    total = judged(kpi(**both, rate=Said(text="137.5%")))  # type: ignore[arg-type]
    assert (total.case.role, total.rate.result) == ("cumulative_actual", "reproduced")  # type: ignore[union-attr]
    single = judged(kpi(**both, rate=Said(text="33.1％")))  # type: ignore[arg-type]
    assert (single.case.role, single.rate.result) == ("actual", "reproduced")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("printed", "result", "by"),
    [
        ("82.5%", "reproduced", "plain"),
        ("65%", "reproduced", "baseline_delta"),
        ("82%", "reproduced", "plain"),
        ("83%", "reproduced", "plain"),
        ("90.0%", "contradicted", None),
        ("順調", "not_comparable", None),
    ],
)
def test_印刷の率は方法の名で再現するか_合わないと言う(
    printed: str, result: str, by: str | None
) -> None:
    rate = judged(kpi(target=40, actual=33, base=20, rate=Said(text=printed))).rate
    assert rate is not None
    assert (rate.result, rate.by) == (result, by)


def test_合わない率には計算した率を添える() -> None:
    rate = judged(kpi(target=40, actual=33, rate=Said(text="90.0%"))).rate
    assert rate is not None
    assert rate.gives == "82.5%"


@pytest.mark.parametrize(
    ("indicator", "result", "by"),
    [
        (kpi(target=100, actual=85, rating=Said(text="おおむね順調")), "reproduced", "nagano"),
        (kpi(target=100, actual=120, rating=Said(text="達成")), "reproduced", "plain"),
        (kpi(target=100, actual=50, rating=Said(text="クリア")), "contradicted", None),
        (kpi(target=73, actual=65, rating=Said(text="横ばい")), "reproduced", "plain"),
        (kpi(target=1, rating=Said(text="クリア")), "reproduced", "qualitative"),
        (kpi(target=1, actual=1, rating=Said(text="☆")), "not_comparable", None),
    ],
)
def test_印刷の評価は体系か言葉で確かめる(
    indicator: Indicator, result: str, by: str | None
) -> None:
    rating = judged(indicator).rating
    assert rating is not None
    assert (rating.result, rating.by) == (result, by)


def test_集計中の評価は言葉があっても判定しない() -> None:
    assert judged(
        kpi(target=1, actual=Gap.COUNTING, rating=Said(text="達成"))
    ).case.outcome == Refusal("COUNTING")


@pytest.mark.parametrize(
    ("indicators", "level", "rule"),
    [
        ((kpi(10, 12), kpi(5, 5)), 1, "G2-1-all"),
        ((kpi(10, 12), kpi(5, 4, 3)), 2, "G2-2-some"),
        ((kpi(10, 8, 6), kpi(5, 4, 3)), 3, "G2-3-improved"),
        ((kpi(10, 12), kpi(5, 2, 3)), 4, "G2-4-worse"),
    ],
)
def test_推進交付金は全ての指標で見る(
    indicators: tuple[Indicator, ...], level: int, rule: str
) -> None:
    assert verdicts(project(*indicators, grant=SUISHIN)).projects[0].proposal == Proposal(
        level=level, criteria="G2", rule=rule
    )


def test_集計中が残るうちは提案しない() -> None:
    proposal = (
        verdicts(project(kpi(10, 12), kpi(10, Gap.COUNTING), grant=SUISHIN)).projects[0].proposal
    )
    assert proposal == Refusal("NOT_ALL_EVALUABLE", {"left": "1", "total": "2"})


def test_基準値なしでは三と四を分けない() -> None:
    assert verdicts(project(kpi(10, 8), grant=SUISHIN)).projects[0].proposal == Refusal(
        "NO_BASELINE"
    )
    assert verdicts(project(kpi(10, 6, 6), grant=SUISHIN)).projects[0].proposal == Refusal(
        "UNDEFINED"
    )


@pytest.mark.parametrize(
    ("indicator", "level", "rule"),
    [
        (kpi(10, 12), 1, "G1-1-exceeded"),
        (kpi(10, 10), 1, "G1-1-reached"),
        (kpi(10, 7), 2, "G1-2-considerable"),
        (kpi(10, "6.9", 5), 3, "G1-3-improved"),
        (kpi(10, 4, 5), 4, "G1-4-worse"),
    ],
)
def test_先行型は指標ごとに見る(indicator: Indicator, level: int, rule: str) -> None:
    result = verdicts(project(indicator, grant=SENKO), year=2015).projects[0]
    assert result.indicators[0].proposal == Proposal(level=level, criteria="G1", rule=rule)
    assert result.proposal == result.indicators[0].proposal


def test_先行型の事業は最も弱い指標に従う() -> None:
    result = verdicts(project(kpi(10, 12), kpi(10, 7), grant=SENKO), year=2015).projects[0]
    assert isinstance(result.proposal, Proposal)
    assert result.proposal.level == 2
    mixed = verdicts(project(kpi(10, 12), kpi(10, Gap.DASH), grant=SENKO), year=2015).projects[0]
    assert mixed.proposal == Refusal("NOT_ALL_EVALUABLE", {"left": "1", "total": "2"})
    assert verdicts(project(grant=SENKO), year=2015).projects[0].proposal == Refusal("NO_INDICATOR")


@pytest.mark.parametrize(
    ("grant", "year", "reason"),
    [
        ("デジタル田園都市国家構想交付金（地方創生推進タイプ）", 2023, "NO_CRITERIA"),
        ("新しい地方経済・生活環境創生交付金", 2025, "NO_CRITERIA"),
        (SUISHIN, 2024, "NO_CRITERIA"),
        (SUISHIN, None, "NO_YEAR"),
        (None, 2021, "NO_GRANT"),
    ],
)
def test_基準の知られない交付金には提案しない(
    grant: str | None, year: int | None, reason: str
) -> None:
    assert verdicts(project(kpi(10, 12), grant=grant), year=year).projects[0].proposal == Refusal(
        reason
    )


def test_印刷の段階と有識者と方針は文言で読む() -> None:
    said = Verification(
        grade=Said(text="② 地方創生に相当程度効果があった"),
        expert_judgement=Said(text="総合戦略のKPI達成に有効とは言えない"),
        next_policy=Said(text="②事業の発展"),
    )
    result = verdicts(project(kpi(10, 12), verification=said)).projects[0]
    assert (result.grade, result.expert_judgement, result.next_policy) == (
        2,
        "not_effective",
        "expand",
    )


def test_階級と平均は体系の上限に従う() -> None:
    result = verdicts(project(kpi(10, 20), kpi(10, 5)), scheme=scheme("manifesto"))
    assert [v.rank for v in result.projects[0].indicators] == [Rank("A"), Rank("D")]
    assert result.mean == Decimal("0.75")
    assert verdicts(project(kpi(10, 20), kpi(10, 5))).mean == Decimal("1.25")
    assert verdicts(project(kpi(10, Gap.COUNTING))).mean is None


def test_年割りは事業の期間から数える() -> None:
    period = PeriodSaid(raw="R2～R6", first=2020, last=2024)
    result = verdicts(project(kpi(100, 24), period=period), scheme=scheme("tama")).projects[0]
    assert result.indicators[0].rank == Rank("概ね")


def test_評価できる件数を必ず言う() -> None:
    result = verdicts(project(kpi(10, 12), kpi(10, Gap.COUNTING), kpi(0, 0)))
    assert (result.evaluable, result.reached, result.total) == (2, 2, 3)
    assert "評価できる指標 2／3件" in to_text(result)
    assert "2 of 3 indicators evaluable" in to_text(result, "en")


def test_JSONは数を文字列で_理由を日英で持つ() -> None:
    result = verdicts(
        project(kpi(40, 33, 20, rate=Said(text="82.5%")), kpi(10, Gap.COUNTING), grant=SUISHIN),
        scheme=scheme("nagano"),
    )
    data = json.loads(json.dumps(to_json(result), ensure_ascii=False))
    first, second = data["projects"][0]["indicators"]
    assert first["outcome"] == {"rate": "0.825", "shown": "82.5%", "reached": False}
    assert first["rank"] == {"label": "おおむね順調", "rounding_shows": None}
    assert first["printed_rate"]["result"] == "reproduced"
    assert second["outcome"]["refused"] == "COUNTING"
    assert second["outcome"]["ja"].endswith("。")
    assert data["projects"][0]["proposal"]["refused"] == "NOT_ALL_EVALUABLE"


def test_結果の文は方法か理由を名指す() -> None:
    assert outcome_text(judged(kpi(40, 33)).case) == "82.5% 未達成（実績÷目標）"
    assert outcome_text(judged(kpi(0, 1, direction="down")).case).startswith("未達成（目標値が0")
    assert outcome_text(judged(kpi(0, 1, direction="down")).case, "en").startswith(
        "not reached ("
    ) or "reached" in outcome_text(judged(kpi(0, 1, direction="down")).case, "en")
    assert isinstance(judged(kpi(0, 1, direction="down")).case.outcome, Reached)

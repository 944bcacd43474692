"""What is handed out of a judgement, to the last key and the last line, in both languages."""

from decimal import Decimal

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    Place,
    Project,
    Report,
    Said,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.judging import Context, judge
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS
from sosei.judging.outcome import Rate, Reached
from sosei.judging.output import outcome_text, to_json, to_text
from sosei.judging.ranks import scheme


def number(what: str, *place: Place) -> Value:
    return Value(number=Decimal(what), place=place)


PLACES = (
    Place(source="a", page=3, box=(1, 2, 3, 4), ocr=0.9),
    Place(sheet="表", range="B2"),
    Place(table=1, row=2, column=3),
    Place(start=0, end=8),
)
SHOPS = Indicator(
    name=Said(text="開業数"),
    baseline=number("20"),
    years=(
        YearPoint(fiscal_year=2020, target=number("30"), actual=number("27")),
        YearPoint(
            fiscal_year=2021,
            target=number("40"),
            actual=number("33", *PLACES),
            rate=Said(text="90.0%"),
            rating=Said(text="おおむね順調"),
        ),
    ),
)
WAITING = Indicator(
    name=Said(text="待機児童", place=(Place(page=1),)),
    years=(
        YearPoint(
            target=number("0"),
            actual=number("0"),
            rate=Said(text="100%"),
            rating=Said(text="☆"),
        ),
    ),
    direction="down",
)
COUNTING = Indicator(
    name=Said(text="来訪者", place=(Place(page=2),)),
    years=(YearPoint(fiscal_year=2021, actual=Value(gap=Gap.COUNTING), target=number("5")),),
)
NEAR = Indicator(
    years=(YearPoint(fiscal_year=2021, target=number("10000"), actual=number("7996")),)
)
FIRST = Project(
    name=Said(text="起業支援"),
    grant=Said(text="地方創生推進交付金"),
    indicators=(SHOPS, WAITING, COUNTING),
    verification=Verification(
        grade=Said(text="地方創生に効果があった"),
        expert_judgement=Said(text="有効であった"),
        next_policy=Said(text="事業の継続"),
    ),
)
SECOND = Project(grant=Said(text="地方創生推進交付金"), indicators=(WAITING,))
THIRD = Project(indicators=(NEAR,))
JUDGED = judge(
    Report(projects=(FIRST, SECOND, THIRD), fiscal_year=Year(year=2021)),
    Context(scheme=scheme("nagano")),
)


def test_指標の判定は鍵も値もこのとおり() -> None:
    assert to_json(JUDGED)["projects"][0]["indicators"][0] == {
        "path": "/projects/0/indicators/0",
        "name": "開業数",
        "place": [
            {"source": "a", "page": 3, "box": (1, 2, 3, 4), "ocr": 0.9},
            {"sheet": "表", "range": "B2"},
            {"table": 1, "row": 2, "column": 3},
            {"start": 0, "end": 8},
        ],
        "fiscal_year": 2021,
        "target_due": None,
        "judged": "actual",
        "method": "plain",
        "target": "40",
        "actual": "33",
        "baseline": "20",
        "outcome": {"rate": "0.825", "shown": "82.5%", "reached": False},
        "progress": {"rate": "0.65", "shown": "65.0%", "reached": False},
        "rank": {"label": "おおむね順調", "rounding_shows": None},
        "proposal": None,
        "printed_rate": {
            "text": "90.0%",
            "result": "contradicted",
            "by": None,
            "rounding": None,
            "figures_give": "82.5%",
        },
        "printed_rating": {
            "text": "おおむね順調",
            "result": "reproduced",
            "by": "nagano",
            "rounding": None,
            "figures_give": None,
        },
        "other_years": [
            {
                "fiscal_year": 2020,
                "target_due": None,
                "judged": "actual",
                "method": "plain",
                "target": "30",
                "actual": "27",
                "baseline": "20",
                "outcome": {"rate": "0.9", "shown": "90.0%", "reached": False},
            }
        ],
    }


def test_率のない指標は達否か理由を持ち_ないものはNoneになる() -> None:
    _, waiting, counting = to_json(JUDGED)["projects"][0]["indicators"]
    assert waiting["outcome"] == {"reached": True, "because": "ZERO_TARGET"}
    assert (waiting["baseline"], waiting["progress"]) == (None, None)
    assert waiting["printed_rate"]["rounding"] == "half_up"
    assert counting["outcome"] == {
        "refused": "COUNTING",
        "ja": "実績は集計中です。値が出てから評価します。",
        "en": "The actual is still being counted; judge it when it is there.",
    }
    absent = ("method", "target", "actual", "baseline", "rank", "printed_rate", "printed_rating")
    assert [counting[key] for key in absent] == [None] * len(absent)


def test_事業と全体は件数と提案と文書の評価を持つ() -> None:
    whole = to_json(JUDGED)
    first, second, third = whole.pop("projects")
    assert whole == {
        "evaluable": 4,
        "reached": 2,
        "total": 5,
        "mean_rate": "0.8123",
        "scheme": "nagano",
    }
    first.pop("indicators")
    assert first == {
        "path": "/projects/0",
        "name": "起業支援",
        "evaluable": 2,
        "reached": 1,
        "total": 3,
        "proposal": {
            "refused": "NOT_ALL_EVALUABLE",
            "ja": "評価できない指標が1件あります（3件中）。そろってから提案します。",
            "en": "1 of 3 indicators are not evaluable yet.",
        },
        "printed": {"grade": 3, "expert_judgement": "effective", "next_policy": "continue"},
    }
    assert second["proposal"] == {
        "level": 1,
        "name": "地方創生に非常に効果的であった",
        "criteria": "G2",
        "rule": "G2-1-all",
        "because": "すべての指標が目標値を達成した",
    }
    assert (third["name"], third["indicators"][0]["name"]) == (None, None)
    assert third["indicators"][0]["rank"] == {
        "label": "努力を要する",
        "rounding_shows": "おおむね順調",
    }


def test_率も体系もなければ平均と体系はない() -> None:
    nothing = to_json(judge(Report()))
    assert nothing == {
        "evaluable": 0,
        "reached": 0,
        "total": 0,
        "mean_rate": None,
        "scheme": None,
        "projects": [],
    }
    assert to_text(judge(Report())) == "評価できる指標 0／0件、目標達成 0件\n"


def test_値のない指標の場所は名前の場所() -> None:
    named = Indicator(name=Said(text="数", place=(Place(page=7),)))
    nameless = Indicator()
    owed = Indicator(name=named.name, years=(YearPoint(target=number("1", Place(page=8))),))
    found = to_json(judge(Report(projects=(Project(indicators=(named, nameless, owed)),))))
    places = [each["place"] for each in found["projects"][0]["indicators"]]
    assert places == [[{"page": 7}], [], [{"page": 8}]]


JA = """\
起業支援
  開業数　令和3年度（2021年度）：82.5% 未達成（実績÷目標）
    階級 おおむね順調
    報告書の「90.0%」は目標値・実績値と合いません（計算すると82.5%）
    報告書の「おおむね順調」は計算と合います（区分の例：長野県 総合戦略）
  待機児童　令和3年度（2021年度）：達成（目標値が0なので割れません。達成か未達成かだけを示します。）
    階級 順調
    報告書の「100%」は計算と合います（維持（目標以上なら100％））
    報告書の「☆」は、計算では確かめられません
  来訪者：実績は集計中です。値が出てから評価します。
  → 四段階の提案なし：評価できない指標が1件あります（3件中）。そろってから提案します。
  → 報告書の外部有識者の評価：有効であった
  → 報告書の今後の方針：事業の継続

（名称なし）
  待機児童　令和3年度（2021年度）：達成（目標値が0なので割れません。達成か未達成かだけを示します。）
    階級 順調
    報告書の「100%」は計算と合います（維持（目標以上なら100％））
    報告書の「☆」は、計算では確かめられません
  → 四段階の提案：地方創生に非常に効果的であった（すべての指標が目標値を達成した）

（名称なし）
  （名称なし）　令和3年度（2021年度）：80.0% 未達成（実績÷目標）
    階級 努力を要する（表示を丸めると「おおむね順調」に見えるので注意）
  → 四段階の提案なし：交付金の名称がないので、四段階の基準を選べません。

評価できる指標 4／5件、目標達成 2件
"""
EN = """\
起業支援
  開業数　FY2021：82.5% not reached（actual ÷ target）
    rank おおむね順調
    printed “90.0%” contradicts the document's figures (82.5%)
    printed “おおむね順調” agrees with the figures (for example by Nagano prefecture, comprehensive strategy)
  待機児童　FY2021：reached（The target is zero: only reached or not can be said.）
    rank 順調
    printed “100%” agrees with the figures (maintain (100 % at the target or better))
    printed “☆” cannot be checked
  来訪者：The actual is still being counted; judge it when it is there.
  → No level proposed: 1 of 3 indicators are not evaluable yet.
  → Experts, as reported：effective
  → Next policy, as reported：continue

(no name)
  待機児童　FY2021：reached（The target is zero: only reached or not can be said.）
    rank 順調
    printed “100%” agrees with the figures (maintain (100 % at the target or better))
    printed “☆” cannot be checked
  → Proposed level: very effective (all indicators reached their targets)

(no name)
  (no name)　FY2021：80.0% not reached（actual ÷ target）
    rank 努力を要する (rounded, it would look like “おおむね順調”)
  → No level proposed: No grant is named, so no criteria can be chosen.

4 of 5 indicators evaluable, 2 reached
"""


def test_文は一行ずつこのとおり() -> None:
    assert to_text(JUDGED) == to_text(JUDGED, "ja") == JA
    assert to_text(JUDGED, "en") == EN


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        ("未達成", "報告書の「未達成」は目標値・実績値と合いません（計算すると別の結果）"),
        ("達成", "報告書の「達成」は計算と合います（実績÷目標）"),
    ],
)
def test_率を計算できない評価も合うか合わないかを言う(rating: str, said: str) -> None:
    point = YearPoint(target=number("5"), actual=number("6"), rating=Said(text=rating))
    judged = judge(Report(projects=(Project(indicators=(Indicator(years=(point,)),)),)))
    assert f"    {said}\n" in to_text(judged)
    other = "other" if rating == "未達成" else "actual ÷ target"
    assert f"({other})\n" in to_text(judged, "en")


NAMES = {
    "plain": ("実績÷目標", "actual ÷ target"),
    "baseline_delta": ("(実績－基準)÷(目標－基準)", "(actual − baseline) ÷ (target − baseline)"),
    "decrease": ("目標÷実績（少ないほど良い指標）", "target ÷ actual (less is better)"),
    "maintain": ("維持（目標以上なら100％）", "maintain (100 % at the target or better)"),
    "pro_rata": ("年割りの目標に対する実績", "actual ÷ the share of the target due by this year"),
    "threshold": ("目標に達したか", "reached or not"),
}


def test_率には方法の名がつく() -> None:
    assert list(METHODS) == list(NAMES)
    for code, (ja, en) in NAMES.items():
        case = Case(
            point=YearPoint(),
            fiscal_year=None,
            role="actual",
            method=code,
            figures=None,
            outcome=Rate(Decimal(1), reached=True),
        )
        assert outcome_text(case) == f"100.0% 達成（{ja}）"
        assert outcome_text(case, "en") == f"100.0% reached（{en}）"


def test_率のない達否には理由がつく() -> None:
    case = Case(
        point=YearPoint(),
        fiscal_year=None,
        role="actual",
        method="qualitative",
        figures=None,
        outcome=Reached(False, "SAME_WORDS"),
    )
    assert outcome_text(case) == "未達成（実績の文言が目標の文言と同じです。）"

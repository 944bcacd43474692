"""照会: what is asked has a name and a key that survives; what was asked is known again by its hash."""

import dataclasses
from decimal import Decimal

import pytest

import inquirysample
from sosei.core.errors import UnreadableFigure
from sosei.core.inquiry import Answer, AskedProject, Notice, Question, base_of
from sosei.core.opinions import JudgedProject
from sosei.core.report import Value

SHEET = inquirysample.sheet()


@pytest.mark.parametrize("key", ["", "a b", "番号", "x" * 25, "-a", "a:b", "@a"])
def test_紙の上で生き残らない番号は作れない(key):
    with pytest.raises(ValueError, match="is no mark"):
        Question(key=key, project="P1", role="actual", indicator="移住者数")
    with pytest.raises(ValueError, match="is no mark"):
        AskedProject(key=key, name="移住")
    with pytest.raises(ValueError, match="fit key"):
        JudgedProject(key=key, name="移住")


def test_名のない項目や二度ある番号やない事業の項目は作れない():
    with pytest.raises(ValueError, match="without a name"):
        Question(key="a", project="P1", role="actual")
    with pytest.raises(ValueError, match="twice"):
        inquirysample.sheet(questions=(SHEET.questions[0], SHEET.questions[0]))
    with pytest.raises(ValueError, match="no project"):
        inquirysample.sheet(questions=(dataclasses.replace(SHEET.questions[0], project="P9"),))


@pytest.mark.parametrize(
    ("changes", "ja", "en"),
    [
        ({}, "移住者数", "移住者数"),
        ({"role": "cumulative_actual"}, "移住者数（累計）", "移住者数 (cumulative)"),
        ({"role": "target", "fiscal_year": 2022}, "移住者数（目標値）（令和4年度）", "移住者数 (target) (FY2022)"),
        ({"fiscal_year": 2020}, "移住者数（令和2年度）", "移住者数 (FY2020)"),
        ({"label": "5年目"}, "移住者数（5年目）", "移住者数 (5年目)"),
        ({"role": "text", "indicator": None, "field": "Verification.obstacle"}, "阻害要因", "Obstacle"),
        ({"role": "text", "indicator": None, "label": "自由記載"}, "自由記載", "自由記載"),
    ],
)  # fmt: skip
def test_項目の呼び名(changes, ja, en):
    given = {
        "key": "a",
        "project": "P1",
        "role": "actual",
        "indicator": "移住者数",
        "fiscal_year": 2021,
    }
    question = Question(**(given | changes))
    assert SHEET.called(question) == ja
    assert SHEET.called(question, "en").lower() == en.lower()


def test_何が変わっても版が変わる():
    base = base_of(SHEET.projects, SHEET.questions)
    assert base == SHEET.base
    assert len(base) == 64
    for changes in (
        {"target": "31"},
        {"now": "5"},
        {"stamp": "z"},
        {"unit": "社"},
        {"last_year": None},
    ):
        questions = (dataclasses.replace(SHEET.questions[0], **changes), *SHEET.questions[1:])
        assert base_of(SHEET.projects, questions) != base


def test_金額の回答は円で言える():
    question = SHEET.by_key["Q04"]
    answer = Answer(key="Q04", question=question, value=Value(number=Decimal("10.5")), raw="10.5")
    assert answer.yen == 10_500
    assert answer.number == Decimal("10.5")
    part = dataclasses.replace(answer, value=Value(number=Decimal("0.0001")))
    assert part.yen is None


def test_お知らせは二つの言葉で言う():
    notice = Notice.of(UnreadableFigure(text="O"), key="Q01", raw="O")
    assert notice.code == "E102"
    assert notice.sentence() == notice.ja
    assert "not a figure" in notice.sentence("en")

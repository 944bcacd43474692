"""Turns of phrase and marks of forms: what a line, a sentence, a row of boxes says, and what of it is sure."""

from __future__ import annotations

import pytest

from sosei.core.report import Indicator, Place, Report
from sosei.reading import read
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.sayings import told_by
from sosei.reading.layouts.strangers.ticks import ticked

NEAR = 2020


def words(text: str) -> Words:
    return Words.at(text, Place(start=0, end=len(text)), exact=True)


def read_text(text: str) -> Report:
    return read(text.encode(), "report.txt")


def only(report: Report) -> Indicator:
    (indicator,) = [i for project in report.projects for i in project.indicators]
    return indicator


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("□拡大　■継続　□縮小", "継続"),
        ("☑総合戦略のKPI達成に有効であった　□有効とは言えない", "総合戦略のKPI達成に有効であった"),
        ("□１．拡大 ■２．現状維持", "２．現状維持"),
        ("（　）拡大　（○）継続", "継続"),
    ],
)
def test_印の付いた選択肢だけを読む(text: str, chosen: str) -> None:
    found = ticked(words(text))
    assert found is not None
    assert found.text == chosen
    assert found.places[0].start == text.index(chosen)


@pytest.mark.parametrize("text", ["継続", "■事業の概要", "対象（○）は市民"])
def test_選択肢でない語は選択肢と読まない(text: str) -> None:
    assert ticked(words(text)) is None


def test_どれにも印がなければ何も言わない() -> None:
    assert ticked(words("□拡大　□継続")) == Words()


@pytest.mark.parametrize(
    ("text", "name", "facts"),
    [
        ("移住者数は46人（目標40人、達成率115％）となりました。", "移住者数", {"actual": 46, "target": 40}),
        ("また、「利用量」については、目標値90トンに対し、実績値は101トンとなった。", "利用量", {"target": 90, "actual": 101}),
        ("市内の移住者数は、基準値の120人から150人に増加し、目標の140人を上回った。", "市内の移住者数", {"baseline": 120, "actual": 150, "target": 140}),
        ("待機児童数は目標がゼロだったのに対し、25人だった。", "待機児童数", {"target": 0, "actual": 25}),
        ("社会動態はマイナス2600人の目標に対し、マイナス3917人だった。", "社会動態", {"target": -2600, "actual": -3917}),
    ],
)  # fmt: skip
def test_目標と比べて語る文から指標を読む(text: str, name: str, facts: dict[str, int]) -> None:
    draft = told_by(words(text), NEAR)
    assert draft is not None
    assert draft.name is not None
    assert draft.name.text == name
    read_facts = {f.role: f.value.number for f in draft.facts if f.value is not None}
    assert read_facts == facts


@pytest.mark.parametrize(
    "text",
    [
        "全15指標のうち、達成10指標、未達成5指標となっている。",
        "前年度より2回少ない5回の開催となった。",
        "参加者は30人だった。",
    ],
)
def test_比べるもののない数は指標と読まない(text: str) -> None:
    assert told_by(words(text), NEAR) is None


def test_年度を印刷した表の値は確か() -> None:
    table = "令和3年度　事業評価シート\n指標\t単位\t令和3年度目標\t令和3年度実績\n来場者数\t人\t1,200\t980\n"
    point = only(read_text(table)).years[0]
    assert point.target is not None
    assert point.actual is not None
    assert (point.target.sure, point.actual.sure) == (True, True)


def test_名称と合わない単位の値は確かと言わない() -> None:
    table = "令和3年度　事業評価シート\n指標\t単位\t令和3年度目標\t令和3年度実績\n宿泊客数\t円\t1,200\t980\n"
    point = only(read_text(table)).years[0]
    assert point.target is not None
    assert not point.target.sure


def test_同じ年の値が二つあれば確かと言わない() -> None:
    table = "令和3年度　事業評価シート\n指標\t単位\t令和3年度実績\t令和3年度実績\n来場者数\t人\t1,200\t980\n"
    values = [point.actual for point in only(read_text(table)).years]
    assert [value.number for value in values if value is not None] == [1200, 980]
    assert not any(value.sure for value in values if value is not None)


def test_実績の報告の矢印は確かと言わない() -> None:
    report = read_text("令和3年度　事業の実績報告\n・来場者数：1,200人 → 980人\n")
    baseline = only(report).baseline
    assert baseline is not None
    assert not baseline.sure

"""台帳の種類と数え方. Every kind of the catalogue is one; what is wrong in a declaration, or does not fit, is said, all at once."""

import re

import pytest

from sosei.evidence.binding import bound, misfits
from sosei.evidence.kinds import catalogue, kind_of, settled
from sosei.evidence.measures import parse, sentence
from sosei.evidence.measures.entries import KINDS
from sosei.evidence.measures.refusals import BadRegisterKind, MeasureDoesNotFit

GOOD = {"kind": "log", "ja": "訪問", "en": "Visits", "subject": "none"}


def test_付属の台帳は五種類すべてにあり名と項目の名が両方の言葉である() -> None:
    kinds = catalogue()
    assert {kind.kind for kind in kinds.values()} == set(KINDS)
    for kind in kinds.values():
        assert kind.asks is None or kinds[kind.asks].kind == "roster"
        for column in ("", *kind.fields):
            assert kind.called(column) != kind.called(column, "en")
    assert len({kind.ja for kind in kinds.values()}) == len(kinds)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "list"}, "種類「list」"),
        ({"subject": "dog"}, "相手「dog」"),
        ({"ja": " "}, "「ja」がない"),
        ({"colour": "red"}, "「colour」という欄はない"),
        ({"kind": "case"}, "案件（case）だけが段階"),
        ({"stages": ["申請"]}, "案件（case）だけが段階"),
        ({"kind": "case", "stages": ["申請", "申請"]}, "同じ名が二度"),
        ({"kind": "survey"}, "調査（survey）だけが"),
        ({"subject": "person"}, "利用目的"),
        ({"rows": "public"}, "行の扱い"),
        ({"about": {"ja": "あ"}}, "ja と en の両方"),
        ({"about": "あ"}, "一行ずつ"),
        ({"about": {"ja": "あ", "en": " "}}, "一行ずつ"),
        ({"about": {"ja": "あ\nい", "en": "a"}}, "120字まで"),
        ({"fields": {"Of": {"ja": "あ", "en": "a", "type": "text"}}}, "項目の名「Of」"),
        ({"fields": {"count": {"ja": "あ", "en": "a", "type": "text"}}}, "項目の名「count」"),
        ({"fields": {"a": {"ja": "あ", "en": "a", "type": "colour"}}}, "型「colour」"),
        ({"fields": {"a": {"ja": "あ", "en": "a", "type": "choice"}}}, "選択肢"),
        ({"fields": {"a": {"ja": "あ", "en": "a", "type": "text", "unit": "人"}}}, "単位"),
        ({"fields": {"a": {"ja": "あ", "en": "a", "type": "text", "x": 1}}}, "「x」という欄"),
    ],
)
def test_書き方の誤りを言う(more: dict, said: str) -> None:
    with pytest.raises(BadRegisterKind) as refused:
        kind_of("visits", GOOD | more)
    assert said in refused.value.facts["problems"]


def test_誤りはどの部分のものかを持つ() -> None:
    fields = {"a": {"ja": "あ", "en": "a", "type": "choice"}}
    with pytest.raises(BadRegisterKind) as refused:
        kind_of("visits", GOOD | {"stages": ["申請"], "fields": fields})
    assert [one.where for one in refused.value.found] == [("stages",), ("fields", "a", "choices")]


def test_項目の順は保存しても変わらない() -> None:
    fields = {key: {"ja": key, "en": key, "type": "text"} for key in ("zeta", "alpha", "mid")}
    kept = settled(GOOD | {"fields": fields})
    assert kept["order"] == ["zeta", "alpha", "mid"]
    shuffled = kept | {"fields": dict(sorted(kept["fields"].items()))}
    assert list(kind_of("visits", shuffled).fields) == ["zeta", "alpha", "mid"]
    with pytest.raises(BadRegisterKind, match="項目の順"):
        kind_of("visits", kept | {"order": ["zeta"]})


def test_付属の台帳はどれも何を持つかを一行で言う() -> None:
    for kind in catalogue().values():
        assert kind.about.keys() == {"ja", "en"}, kind.key
    assert kind_of("visits", GOOD).about == {}


def test_誤りは一度にすべて言う() -> None:
    with pytest.raises(BadRegisterKind) as refused:
        kind_of("Visits", {"kind": "x", "subject": "y"})
    assert refused.value.facts["n"] == 5
    assert kind_of("visits", GOOD).called("", "en") == "Visits"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('count of nowhere unit "件"', "台帳「nowhere」がない"),
        ('count of trials unit "件"', "どの段階に至ったものか"),
        ('count of trials reaching "受賞" unit "件"', "段階「受賞」がない"),
        ('count of members reaching "決定" unit "件"', "段階「決定」がない"),
        ('sum headcount of hires during fiscal unit "人"', "期間は調査対象の年"),
        ('count of members during survey unit "社"', "調査ではない"),
        ('sum headcount of hires during survey after members unit "人"', "順序を問えない"),
        ('count of members at end after hires unit "社"', "前後を問えない"),
        ('count of events at end unit "回"', "ある日現在では数えられない"),
        ('latest amount of donations unit "円"', "最新の値がない"),
        ('sum headcount of hires during survey unit "円"', "「就職者数」は金額ではないので、単位を「円」にできない"),
        ('sum headcount of hires during survey unit "千円"', "金額ではない"),
        ('sum subject.worth of members during fiscal unit "円"', "「worth」は金額ではない"),
        ('sum amount of overseas_sales during survey unit "円"', "桁が違う"),
        ('sum title of events unit "回"', "数ではない"),
        ('sum nothing of events unit "回"', "項目「nothing」がない"),
        ('people of events unit "人"', "人を数える台帳ではない"),
        ('distinct subject of events unit "人"', "相手がない"),
        ('count of events where kind = "花見" unit "回"', "選択肢「花見」がない"),
        ('count of events where kind = 3 unit "回"', "「種類」に「3」は入らない"),
        ('count of events where not (title = "a" and kind in ("花見", "月見")) unit "回"', "「月見」"),
        ('count of hires where nothing known during survey unit "社"', "項目「nothing」がない"),
        ('sum quantity of festivals over kind in ("a") unit "人"', "項目「kind」がない"),
        ('count of events after consultations unit "回"', "順序を問えない"),
        ('count of visits after trials unit "回"', "どの段階に至ったものか"),
        ('count of visits after events unit "回"', "順序を問えない"),
        ('count of visits after nowhere unit "回"', "台帳「nowhere」がない"),
        ('distinct subject of checkins having distinct town >= 2 unit "人"', "項目「town」がない"),
        ('sum fixed of trials reaching "額の確定" over theme in ("水素") monthly unit "円"', "「実証実験補助台帳」の登録には月がない"),
        ('sum headcount of hires during survey over school in ("見本高") monthly unit "人"', "月ごとにはそろわない"),
    ],
)  # fmt: skip
def test_台帳に問えない数え方は理由を言って断る(text: str, said: str) -> None:
    with pytest.raises(MeasureDoesNotFit) as refused:
        bound(parse(text), catalogue())
    assert said in refused.value.facts["reasons"]


def test_合わない理由も一度にすべて言う() -> None:
    wrong = parse('sum nothing of trials where theme = 3 at end unit "円"')
    assert len(set(misfits(wrong, catalogue()))) == 4


def test_合わない理由は英語でも言う() -> None:
    wrong = parse('sum nothing of trials where theme = 3 at end unit "円"')
    with pytest.raises(MeasureDoesNotFit) as refused:
        bound(wrong, catalogue())
    said = refused.value.sentence("en")
    assert "has no item “nothing”" in refused.value.facts["reasons_en"]
    assert not re.search("[ぁ-んァ-ヶ]", said.replace(catalogue()["trials"].ja, ""))


def test_台帳の名で文になる() -> None:
    kinds = catalogue()
    measure = bound(parse('count of trials reaching "交付決定" during fiscal unit "件"'), kinds)
    assert sentence(measure, lambda r, c: kinds[r].called(c)) == (
        "「実証実験補助台帳」の、年度中に「交付決定」に至ったものの数（件）。"
    )

"""欄の限り: what one database takes and another refuses is refused by the act, with a sentence, and nothing is written."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from bookroom import BODY, Town, town
from evidenceroom import entered, made
from sosei.evidence import models as em
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft
from sosei.journal.acts import act
from sosei.journal.bounds import bound, bounds_of
from sosei.journal.models import Fact
from sosei.journal.refusals import NumberBeyondColumn, TextTooLong, UnwritableSign
from sosei.offices.models import Department

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Town:
    return town()


def test_どの表の文字の欄も数の欄も限りを持つ() -> None:
    facts = [one for one in apps.get_models() if issubclass(one, Fact)]
    assert len(facts) > 30
    for model in facts:
        known = {one.name: one for one in bounds_of(model)}
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField):
                assert known[field.attname].most == field.max_length
            elif isinstance(field, models.IntegerField) and not field.primary_key:
                assert known[field.attname].whole is not None


def test_長すぎる文字は書く前に断る(office: Town) -> None:
    most = bound(Department, "code").most
    assert most is not None
    for text, refusal in (("あ" * (most + 1), TextTooLong), ("a\x00b", UnwritableSign)):
        with pytest.raises(refusal), act("department.add", body=BODY, by=office.planner.pk) as w:
            w.add(Department(name="新しい課", code=text))
    assert not Department.objects.filter(name="新しい課").exists()


def test_直すときも束で書くときも断る(office: Town) -> None:
    long = "あ" * 500
    with pytest.raises(TextTooLong) as refused, act("department.change", body=BODY, by=None) as w:
        w.change(office.it, code=long)
    assert "500字" in refused.value.sentence()
    with pytest.raises(TextTooLong), act("department.add", body=BODY, by=None) as w:
        w.add_all([Department(name="課", code=long)])
    assert Department.objects.get(pk=office.it.pk).code != long


def test_台帳の保存年数は書ける数まで(office: Town) -> None:
    said = {
        "kind": "log", "ja": "記録", "en": "Log", "subject": "none",
        "fields": {"a": {"ja": "あ", "en": "a", "type": "text"}},
    }  # fmt: skip
    with pytest.raises(NumberBeyondColumn, match="32,767"):
        make_register(by=office.planner, key="x", definition=said, department=office.it.pk, keep_years=40_000)  # fmt: skip


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"values": {"place": "あ" * 201}}, TextTooLong),
        ({"values": {"kind": "あ" * 201}}, TextTooLong),
        ({"values": {"title": "あ\x00"}}, UnwritableSign),
        ({"size": 2**31}, NumberBeyondColumn),
        ({"size": -1}, NumberBeyondColumn),
        ({"at": "A" * 121}, TextTooLong),
        ({"year": 2**15}, NumberBeyondColumn),
    ],
)
def test_登録の欄も限りまで(office: Town, more: dict, refusal: type[Exception]) -> None:
    register = made(office, "events")
    said = {"title": "催し", "kind": "商談会", "place": "見本市"} | more.pop("values", {})
    with pytest.raises(refusal):
        entered(office, register, [Draft(first=date(2021, 5, 1), values=said, **more)])
    assert not em.Entry.objects.exists()


def test_限りちょうどなら書く(office: Town) -> None:
    register = made(office, "events")
    said = {"title": "催し" * 5000, "kind": "商談会", "place": "あ" * 200}
    assert entered(office, register, [Draft(first=date(2021, 5, 1), size=2**31 - 1, values=said)])

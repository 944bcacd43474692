"""控えた合計: what cannot be put together from parts is kept where it is little, counted when asked for where it is much."""

from datetime import date
from decimal import Decimal

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, made, same, value
from sosei.evidence import models as em
from sosei.evidence.actions import sums
from sosei.evidence.actions.entries import undo
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.house import evidenced

pytestmark = pytest.mark.django_db
Y = (2019, 2020, 2021, 2022)
MEASURES = {
    "cities": 'distinct place of deals during fiscal unit "市"',
    "worth": 'distinct place of deals where subject.maker = yes since start unit "市"',
    "often": 'distinct place of deals during calendar having count >= 2 unit "市"',
}
DEALS = {
    "kind": "log", "ja": "取引", "en": "Deals", "subject": "organisation",
    "fields": {"place": {"ja": "場所", "en": "Place", "type": "place"}},
}  # fmt: skip


@pytest.fixture
def office(monkeypatch) -> Town:
    monkeypatch.setattr(sums, "MUCH", 6)
    return town()


@pytest.fixture
def deals(office: Town) -> em.Register:
    register = make_register(
        by=office.planner, key="deals", definition=DEALS, department=office.it.pk
    )
    for key, text in MEASURES.items():
        defined(office, key, text)
    return register


def deal(place: str, year: int = 2021, name: str = "甲") -> Draft:
    return Draft(who=Who(name=name), first=date(year, 5, 1), values={"place": place})


def kept() -> dict[str, bool]:
    return {row.measure.key: not row.dirty for row in em.Standing.objects.select_related("measure")}


def right() -> None:
    for key in MEASURES:
        same(BODY, key, Y)
    assert list(evidenced.problems()) == []


def test_少なければ控え多ければ読むときに数える(office: Town, deals: em.Register) -> None:
    entered(office, deals, [deal("盛岡市"), deal("盛岡市"), deal("青森市", 2020)])
    assert set(kept().values()) == {True}
    assert em.Tally.objects.filter(measure__key="cities").exists()
    assert [value(BODY, "cities", year) for year in Y] == [0, 1, 1, 0]
    right()
    batch = entered(office, deals, [deal("仙台市", n) for n in (2019, 2020, 2021, 2022)])
    assert set(kept().values()) == {False}
    assert not em.Tally.objects.exists()
    assert [value(BODY, "cities", year) for year in Y] == [1, 2, 2, 1]
    assert value(BODY, "often", 2021) == 1
    right()
    set_attribute(by=office.planner, subject=em.Subject.objects.get().pk, name="maker", value=True)
    assert value(BODY, "worth", 2022) == 3
    right()
    assert batch is not None
    undo(by=office.planner, batch=batch.pk, reason="別の台帳のもの")
    assert set(kept().values()) == {True}
    assert [value(BODY, "cities", year) for year in Y] == [0, 1, 1, 0]
    right()


def test_属性が変われば控え直す(office: Town, deals: em.Register) -> None:
    entered(office, deals, [deal("盛岡市"), deal("青森市", name="乙")])
    one, other = em.Subject.objects.order_by("pk")
    set_attribute(
        by=office.planner, subject=one.pk, name="maker", value=True, first=date(2021, 4, 1)
    )
    assert [value(BODY, "worth", year) for year in Y] == [0, 0, 1, 1]
    set_attribute(by=office.planner, subject=other.pk, name="maker", value=True)
    assert value(BODY, "worth", 2022) == Decimal(2)
    right()


def test_千を超える相手の属性も一度に読める(office: Town) -> None:
    members = made(office, "members")
    defined(office, "makers", 'count of members where not subject.maker = yes at end unit "社"')
    entered(
        office,
        members,
        [Draft(who=Who(name=f"会社{n}"), first=date(2020, 5, 1)) for n in range(1100)],
    )
    assert [value(BODY, "makers", year) for year in Y] == [0, 1100, 1100, 1100]
    same(BODY, "makers", Y)

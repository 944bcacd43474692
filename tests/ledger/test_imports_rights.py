"""取込みの権限. A file gives nobody a right: what it changes, and undoing it, needs the right that typing it needs."""

from dataclasses import replace
from datetime import date

import pytest

import answerfiles
from inquiryroom import JUNE, Room, number, room, said, this_year
from sosei.core.codec import dumps
from sosei.core.errors import NotAllowed
from sosei.core.report import Indicator, Project, Report, Verification
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.proposals import propose_answers, propose_report
from sosei.ledger.actions.settling import refuse_batch, undo_batch
from sosei.ledger.queries.batches import batch_of
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.sheets import sheet_of

pytestmark = pytest.mark.django_db
OWN = "観光消費額"


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def propose(by, report: Report) -> int:
    found = propose_report(by=by, name="報告書.json", data=dumps(report).encode())
    assert found.batch is not None
    return found.batch


def every(place: Room, batch: int) -> dict[str, str]:
    groups = batch_of(place.volume.body, batch).groups
    return {row.id: row.digest for g in groups for row in g.rows if row.acceptable}


def each(project, indicator=lambda k: k) -> Report:
    """This year's report with the project of 観光消費額 otherwise."""

    def one(p: Project) -> Project:
        if not any(k.name and k.name.text == OWN for k in p.indicators):
            return p
        return project(replace(p, indicators=tuple(map(indicator, p.indicators))))

    return replace(this_year(), projects=tuple(map(one, this_year().projects)))


def target(k: Indicator) -> Indicator:
    return replace(k, years=tuple(replace(y, target=number(99)) for y in k.years))


#: What only planning (or, for the grade, the head of a section) writes by hand.
OTHERS = {
    "目標値": each(lambda p: p, target),
    "基準値": each(lambda p: p, lambda k: replace(k, baseline=number(7))),
    "指標の名称": each(lambda p: p, lambda k: replace(k, unit="億円")),
    "新しい指標": each(
        lambda p: replace(p, indicators=(*p.indicators, Indicator(name=said("まったく別の数"))))
    ),
    "事業効果": each(
        lambda p: replace(
            p, verification=Verification(grade=said("地方創生に非常に効果的であった"))
        )
    ),
    "担当課": each(lambda p: replace(p, departments=(said("ものづくり推進課"),))),
}


@pytest.mark.parametrize("what", OTHERS)
def test_担当者は自分で書けないものをファイルからも書けない(place: Room, what: str) -> None:
    batch = propose(place.town.other, OTHERS[what])
    accepted = every(place, batch)
    assert accepted
    with pytest.raises(NotAllowed):
        apply_batch(by=place.town.other, batch=batch, accepted=accepted, reason="試し")
    apply_batch(by=place.town.planner, batch=batch, accepted=accepted, reason="計画の変更")


def test_企画課が取り込んだ目標を担当者は取り消せない(place: Room) -> None:
    batch = propose(place.town.planner, OTHERS["目標値"])
    apply_batch(by=place.town.planner, batch=batch, accepted=every(place, batch), reason="変更")
    with pytest.raises(NotAllowed):
        undo_batch(by=place.town.other, batch=batch, reason="試し")
    undo_batch(by=place.town.planner, batch=batch, reason="取り違え")


def test_新しい事業の取込みはだれにでも取り消せるものではない(place: Room) -> None:
    report = replace(
        this_year(), projects=(*this_year().projects, Project(name=said("まったく新しい取組")))
    )
    batch = propose(place.town.planner, report)
    apply_batch(by=place.town.planner, batch=batch, accepted=every(place, batch))
    for who in (place.town.expert, place.town.auditor, place.town.admin, place.town.officer):
        with pytest.raises(NotAllowed):
            undo_batch(by=who, batch=batch, reason="試し")
    undo_batch(by=place.town.planner, batch=batch, reason="取り違え")


def test_何も変えない回答も他の課や有識者には取り消せない(place: Room) -> None:
    town = place.town
    inquiry = send_inquiry(
        by=town.planner, volume=place.volume.pk, departments=[town.it.pk], kinds=USUAL,
        words=Wording(title="実績調査", due_on=date(2023, 6, 21)),
    )  # fmt: skip
    part = inquiry.parts.get()
    file = ("回答.xlsx", answerfiles.saved(answerfiles.filled(sheet_of(part.sheet), {})))
    found = propose_answers(by=town.officer, inquiry=inquiry.pk, files=[file])[0]
    apply_batch(by=town.officer, batch=found.batch, accepted={})
    for who in (town.expert, town.auditor, town.admin, town.other):
        with pytest.raises(NotAllowed):
            undo_batch(by=who, batch=found.batch, reason="試し")
    undo_batch(by=town.officer, batch=found.batch, reason="取り違え")


def test_ほかの人の取込みは取りやめられない(place: Room) -> None:
    batch = propose(place.town.planner, OTHERS["目標値"])
    with pytest.raises(NotAllowed):
        refuse_batch(by=place.town.other, batch=batch, reason="試し")
    mine = propose(place.town.other, OTHERS["担当課"])
    refuse_batch(by=place.town.other, batch=mine, reason="取り違え")
    refuse_batch(by=place.town.planner, batch=batch, reason="取り違え")
    assert set(m.Batch.objects.values_list("state", flat=True)) == {"refused"}

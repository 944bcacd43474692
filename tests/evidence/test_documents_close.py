"""近しい証拠書類: what says who somebody is, and what is of the highest classes, is opened to no more people than it should be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bookroom import Town, town
from documentroom import PLAIN, attached, pdf
from evidenceroom import entered, made, member
from sosei.core.errors import NoReason, NotAllowed
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.documenterasing import erase_document
from sosei.evidence.actions.documentlooks import open_document
from sosei.evidence.actions.documents import Handling, Of, attach, change_document, void_document
from sosei.evidence.actions.erasing import erase
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.refusals_personal import NamesPerson
from sosei.journal import clock
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
PERSONAL = replace(PLAIN, sort="decision", level="3B", personal=True)
OPENED = Handling(sort="decision", level="1", keep_years=5, personal=False)


@pytest.fixture
def office() -> Iterator[Town]:
    with clock.at(datetime(2022, 6, 1, 3, tzinfo=UTC)):
        yield town()


@pytest.fixture
def fans(office: Town) -> em.Register:
    register = made(office, "registrants")
    people = [Who(kind="person", name="関係 人子", mail="h@example.jp"), Who(kind="person", name="別 人男", mail="b@example.jp")]  # fmt: skip
    entered(office, register, [Draft(who=one, first=date(2021, 5, 1)) for one in people])
    return register


@pytest.mark.parametrize("level", ["3A", "3B"])
def test_機密性の高い書類は台帳に登録できる人だけが開く(office: Town, level: str) -> None:
    members = made(office, "members")
    entered(office, members, [member("見本鋳造", date(2021, 4, 1))])
    row = attached(office, members, pdf(), said=replace(PLAIN, level=level))
    for one in (office.other, office.auditor):
        with pytest.raises(NotAllowed):
            open_document(by=one, document=row.pk)
    for one in (office.officer, office.planner):
        assert open_document(by=one, document=row.pk).data == pdf()


@pytest.mark.parametrize("now", [OPENED, replace(OPENED, personal=True), replace(OPENED, level="3B")])  # fmt: skip
def test_印を外し機密性を下げるには理由が要り本人の書類のままである(
    office: Town, fans: em.Register, now: Handling
) -> None:
    row = attached(office, fans, pdf(), said=PERSONAL)
    whose = row.subject_id
    assert whose is not None
    with pytest.raises(NoReason):
        change_document(by=office.officer, document=row.pk, seen=1, now=now)
    with pytest.raises(NamesPerson):
        change_document(by=office.officer, document=row.pk, seen=1, now=replace(now, reason="関係様の分でない"))  # fmt: skip
    changed = change_document(by=office.officer, document=row.pk, seen=1, now=replace(now, reason="様式だけのため"))  # fmt: skip
    assert Line.objects.latest("seq").facts == {"reason": "様式だけのため"}
    assert changed.subject_id == whose
    erase(by=office.section_head, subject=whose, reason="本人の申出")
    changed.refresh_from_db()
    assert changed.erased is not None


def test_束と締めの書類の理由にもだれかの名を書かせない(office: Town, fans: em.Register) -> None:
    batch = em.Batch.objects.get(register=fans)
    closing = close_register(by=office.section_head, register=fans.pk, until=date(2022, 3, 31))
    for of in (Of(register=fans.pk, batch=batch.pk), Of(register=fans.pk, closing=closing.pk)):
        [row] = attach(by=office.officer, of=of, files=[("名簿.pdf", pdf(str(of.batch)))], said=PERSONAL)  # fmt: skip
        for act in (
            lambda row=row: void_document(by=office.officer, document=row.pk, seen=1, reason="別 人男の申出"),
            lambda row=row: erase_document(by=office.section_head, document=row.pk, reason="b@example.jp の申出"),
            lambda row=row: change_document(by=office.officer, document=row.pk, seen=1, now=replace(OPENED, reason="別 人男の申出")),
        ):  # fmt: skip
            with pytest.raises(NamesPerson):
                act()
        assert void_document(by=office.officer, document=row.pk, seen=1, reason="別の表だった").voided is not None  # fmt: skip

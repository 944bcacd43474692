"""知っているメール. Whoever knows somebody's address learns of him nothing that he told another department."""

from datetime import date

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import defined, entered
from privacyroom import JUNE, TALKS, Private, private
from sosei.evidence import models as em
from sosei.evidence.actions.entries import enter
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft, Who
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with at(JUNE):
        yield private()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def guessed(office: Private) -> int:
    """An officer of another department enters an address that he knows in a register of his own."""
    t = office.town
    own = make_register(
        by=t.planner, key="tours", definition=TALKS | {"ja": "観光の相談"}, department=t.tourism.pk
    )
    batch = enter(by=t.other, register=own.pk, drafts=[Draft(who=Who(kind="person", name="だれか", mail="p1@example.jp"), first=date(2022, 6, 1))])  # fmt: skip
    found = em.Entry.objects.get(batch=batch).subject_id
    assert found == office.persons[1]
    return int(found)


def test_他課の台帳と登録は個人の頁にも相手の頁にも数のほか出ない(office: Private) -> None:
    known = guessed(office)
    desk = client(office.town.other)
    page = desk.get(to("privacy_person", known))
    said = text(page)
    assert "観光の相談" in said
    assert "相談記録" not in said
    assert to("register_entry", office.talks.pk, 1) not in page.content.decode()
    assert "見られない台帳が2件" in said
    assert to("register", office.talks.pk) not in desk.get(to("subject", known)).content.decode()
    own = text(client(office.town.officer).get(to("privacy_person", known)))
    assert "相談記録" in own
    assert "観光の相談" not in own


def test_他課の台帳では個人の番号が出ず同じ人の登録を探せない(office: Private) -> None:
    known, t = guessed(office), office.town
    entered(t, office.talks, [Draft(who=Who(kind="person", name="別人", mail="b@example.jp"), first=date(2021, 5, 9), values={"topic": "就職"})])  # fmt: skip
    other, own = client(t.other), client(t.officer)
    number, listed = f"個人 {known}", to("register", office.talks.pk)
    batch = em.Batch.objects.get(body=BODY, register=office.talks, entries__number=1)
    survey = defined(t, "talks_n", 'count of talks during fiscal unit "件"')
    pages = [
        listed, to("register_entry", office.talks.pk, 1), to("register_batch", batch.pk),
        to("entry_documents", office.talks.pk, 1), to("measure_rows", survey.pk, 2021), to("register_missing", office.talks.pk),
    ]  # fmt: skip
    for address in pages:
        seen = other.get(address)
        assert seen.status_code == 200, address
        assert number not in text(seen), address
        assert f"subject={known}" not in seen.content.decode(), address
        assert to("privacy_person", known) not in seen.content.decode(), address
        assert number in text(own.get(address)), address
    for address in (
        f"{listed}?subject={known}",
        f"{to('register_export', office.talks.pk)}?subject={known}&as=csv",
    ):
        assert "就職" in other.get(address).content.decode("utf-8-sig"), address
        assert "就職" not in own.get(address).content.decode("utf-8-sig"), address

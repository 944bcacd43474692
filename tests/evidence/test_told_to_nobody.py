"""知らせず、言わせず: what nobody agreed to is not said to be agreed, and a form tells nobody who is known to the office."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, made
from formroom import DAY, JOIN, TAMAO, opened, sent
from sosei.evidence import models as em
from sosei.evidence.actions import ownsubmission as mine
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.incidents import Leak, change_leak, close_leak, reopen_leak, report_leak
from sosei.evidence.actions.persons import give_consent, hold_person, release, withdraw
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.persons import belongings
from sosei.evidence.queries.persons import InRegister, person_page
from sosei.evidence.refusals_forms import NoSuchCode, PublicClosed
from sosei.evidence.refusals_personal import NamesPerson, NotInRegister
from sosei.evidence.tickets import address_mark
from sosei.journal.clock import at, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[Town]:
    with at(DAY):
        yield town()


@pytest.fixture
def fans(office: Town) -> em.Register:
    register = made(office, "registrants")
    entered(office, register, [Draft(who=Who(kind="person", name="笹森 珠緒", mail="tamao@example.jp"), first=date(2022, 5, 20))])  # fmt: skip
    return register


def person() -> int:
    return em.Contact.objects.order_by("pk")[0].pk


def shown(office: Town) -> InRegister:
    [one] = person_page(office.officer, person()).registers
    return one


@pytest.mark.parametrize("verb", ["withdraw", "hold"])
def test_同意の記録のない人の撤回や継続を記録しても同意があったことにはならない(
    office: Town, fans: em.Register, verb: str
) -> None:
    if verb == "withdraw":
        withdraw(by=office.officer, subject=person(), register=fans.pk, reason="本人の申出")
    else:
        hold_person(by=office.section_head, subject=person(), register=fans.pk, reason="返還の義務")
    one = shown(office)
    assert (one.told, one.version, one.given_on) == (False, None, DAY.date())
    [own] = belongings(BODY, [person()])[person()]
    assert not own.told
    if verb == "hold":
        release(by=office.section_head, consent=em.Consent.objects.get().pk)
        assert not shown(office).told
    give_consent(by=office.officer, subject=person(), register=fans.pk, given_on=date(2022, 5, 25))
    one = shown(office)
    assert (one.told, one.version, one.given_on) == (True, fans.stamp, date(2022, 5, 25))


def test_台帳にいない人の同意は記録できない(office: Town, fans: em.Register) -> None:
    other = made(office, "checkins", office.tourism)
    with pytest.raises(NotInRegister):
        give_consent(by=office.other, subject=person(), register=other.pk)
    assert not em.Consent.objects.exists()


# -- forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mail", ["tamao@example.jp", "new@example.jp"])
def test_締めた時期の申込みも直しも知られた人か新しい人かを言い分けない(
    office: Town, fans: em.Register, mail: str
) -> None:
    form = opened(office, "registrants", JOIN)
    defined(office, "tokyo", 'count of registrants where prefecture = "東京都" at end unit "人"')
    said = TAMAO | {"mail": mail}
    code = sent(form, said).code
    with at(DAY + timedelta(days=20)):
        close_register(by=office.section_head, register=fans.pk, until=DAY.date() + timedelta(days=19))  # fmt: skip
        mine.change_own(slug="kankei", code=code, said=said, address="192.0.2.9")
        with pytest.raises(PublicClosed):
            mine.change_own(slug="kankei", code=code, said=said | {"prefecture": "岩手県"}, address="192.0.2.9")  # fmt: skip


def test_ほかの回線がいくら番号を試しても本人は締め出されない(office: Town) -> None:
    form = opened(office, "registrants", JOIN)
    code = sent(form, TAMAO).code
    tried = [em.Knock(mark=address_mark(form.pk, "wrong of all", ""), at=now()) for _ in range(1000)]  # fmt: skip
    em.Knock.objects.bulk_create(tried)
    with pytest.raises(NoSuchCode):
        mine.own(slug="kankei", code="AAAA-AAAA-AAAA-AAAA", address="192.0.2.77")
    assert mine.own(slug="kankei", code=code, address="192.0.2.5").stands


# -- leaks ------------------------------------------------------------------------------------------------------------


def test_漏えいの記載と終結の理由に本人の名を書かせない(office: Town, fans: em.Register) -> None:
    by, dept = office.section_head, office.it.pk
    for said in (Leak(title="笹森 珠緒の件", known=DAY), Leak(title="誤送信", what="tamao@example.jp に送った", known=DAY)):  # fmt: skip
        with pytest.raises(NamesPerson):
            report_leak(by=by, department=dept, said=said)
    row = report_leak(by=by, department=dept, said=Leak(title="誤送信", known=DAY, persons=1, kinds=("plain",)))  # fmt: skip
    with pytest.raises(NamesPerson):
        change_leak(by=by, incident=row.pk, said=Leak(title="誤送信", what="笹森 珠緒", known=DAY), seen=row.stamp)  # fmt: skip
    with pytest.raises(NamesPerson):
        close_leak(by=by, incident=row.pk, outcome="笹森 珠緒に詫びた", seen=row.stamp)
    row = close_leak(by=by, incident=row.pk, outcome="二人で確かめる", seen=row.stamp)
    with pytest.raises(NamesPerson):
        reopen_leak(by=by, incident=row.pk, reason="笹森 珠緒の申出", seen=row.stamp)

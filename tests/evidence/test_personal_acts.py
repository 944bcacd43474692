"""人の扱い. Consent, withdrawal, holding, erasing, exporting: at once, counted, never with a name in the journal."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bookroom import BODY, Town, town
from evidenceroom import defined, definition, entered, firm, made, value
from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.evidence import keyed
from sosei.evidence import models as em
from sosei.evidence.actions import persons as acts
from sosei.evidence.actions.closings import close_register, reopen_register
from sosei.evidence.actions.entries import correct, enter, take_out, undo
from sosei.evidence.actions.measures import drop_measure, redefine_measure
from sosei.evidence.actions.private import seal_private
from sosei.evidence.actions.registers import change_register, end_register, make_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import kind_of
from sosei.evidence.measures.refusals import BadRegisterKind, MeasureDoesNotFit
from sosei.evidence.personal import opened
from sosei.evidence.private import personal_part, private_of
from sosei.evidence.queries import privacy
from sosei.evidence.queries.persons import goes, person_page
from sosei.evidence.queries.registers import history
from sosei.evidence.refusals import FieldInUse, NoSuchRow
from sosei.evidence.refusals_personal import (
    NamesPerson,
    NoPerson,
    NotHeardHere,
    NotInRegister,
    NotYet,
    OtherPersonalKey,
    PersonalKeyLacking,
    PersonalTextChanged,
    StillHeld,
)
from sosei.evidence.retention import given_until, keep_until
from sosei.evidence.stored import kind
from sosei.evidence.told import heard
from sosei.journal.clock import at
from sosei.journal.history import history as journal_history
from sosei.journal.models import Entry as Line
from sosei.journal.models import Past
from sosei.journal.verify import verify

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
HANAKO = Who(
    kind="person",
    name="星川 花子",
    kana="ホシカワ ハナコ",
    mail="hanako@example.jp",
    phone="019-555-0101",
)
HAJIME = Who(kind="person", name="森谷 一", mail="hajime@example.jp")
NAO = Who(kind="person", name="南部 直", mail="nao@example.jp", address="見本市本町1-1")
#: A register with a personal field.
TALKS = {
    "kind": "log", "ja": "相談記録", "en": "Consultations", "subject": "person", "purpose": "相談に応じるため",
    "fields": {
        "topic": {"ja": "用件", "en": "Topic", "type": "text"},
        "allergy": {"ja": "配慮すること", "en": "Needs", "type": "text", "personal": True},
        "born": {"ja": "生年月日", "en": "Born", "type": "date", "personal": True},
    },
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[Town]:
    with at(datetime(2021, 6, 1, 3, tzinfo=UTC)):
        yield town()


@pytest.fixture
def fans(office: Town) -> em.Register:
    register = make_register(
        by=office.planner, key="registrants", definition=definition("registrants"), department=office.it.pk, keep_years=5
    )  # fmt: skip
    entered(office, register, [Draft(who=who, first=date(2021, 5, 1)) for who in (HANAKO, HAJIME, NAO)])  # fmt: skip
    return register


def talks(office: Town, **more: int) -> em.Register:
    return make_register(by=office.planner, key="talks", definition=TALKS, department=office.it.pk, **more)  # fmt: skip


def who_is(mail: str) -> int:
    contact = next(row for row in em.Contact.objects.all() if known(row).mail == mail)
    return contact.subject_id


def known(row: em.Contact) -> Who:
    return opened(row.body, row.subject_id, row.sealed)


def exported(office: Town, register: em.Register) -> set[str | None]:
    made = acts.export_contacts(by=office.officer, register=register.pk, purpose="催しの案内の送付")
    return {who.mail for _, who in made.rows}


def facts(verb: str) -> dict:
    return Line.objects.filter(verb=verb).order_by("-seq")[0].facts


@given(given_on=DAYS, years=st.integers(0, 30))
def test_保存期限は同意した年度の終わりから数えた年度の終わり(given_on: date, years: int) -> None:
    until = keep_until(given_on, years)
    assert until is not None
    assert (until.month, until.day) == (3, 31)
    assert 365 * years <= (until - given_on).days <= 366 * (years + 1)


@given(on=DAYS, years=st.integers(0, 30))
def test_期限の過ぎる同意の日は一日の違いまで合う(on: date, years: int) -> None:
    last = given_until(on, years)
    after = date.fromordinal(last.toordinal() + 1)
    over, kept = keep_until(last, years), keep_until(after, years)
    assert over is not None
    assert kept is not None
    assert over < on <= kept


def test_同意は台帳の保存年数から期限を持つ(office: Town, fans: em.Register) -> None:
    row = acts.give_consent(by=office.officer, subject=who_is("nao@example.jp"), register=fans.pk)
    assert (row.given_on, row.keep_until, row.version) == (date(2021, 6, 1), date(2027, 3, 31), 1)
    again = acts.give_consent(
        by=office.officer, subject=row.subject_id, register=fans.pk, given_on=date(2022, 4, 1)
    )
    assert (again.pk, again.keep_until) == (row.pk, date(2028, 3, 31))


def test_撤回はその時から書き出しに出ず改めて同意すれば出る(
    office: Town, fans: em.Register
) -> None:
    assert exported(office, fans) == {"hanako@example.jp", "hajime@example.jp", "nao@example.jp"}
    subject = who_is("nao@example.jp")
    row = acts.withdraw(by=office.officer, subject=subject, register=fans.pk, reason="本人の申出")
    assert (row.given_on, row.keep_until) == (date(2021, 6, 1), date(2027, 3, 31))
    assert exported(office, fans) == {"hanako@example.jp", "hajime@example.jp"}
    assert facts("register.export")["persons"] == 2
    made = acts.export_contacts(by=office.officer, register=fans.pk, purpose="確認")
    assert (made.withdrawn, made.over, made.unknown, made.untold) == (1, 0, 0, 2)
    acts.give_consent(by=office.officer, subject=subject, register=fans.pk)
    assert "nao@example.jp" in exported(office, fans)


def test_撤回した台帳のほかでは使える(office: Town, fans: em.Register) -> None:
    other = talks(office)
    entered(office, other, [Draft(who=NAO, first=date(2021, 5, 2))])
    acts.withdraw(by=office.officer, subject=who_is("nao@example.jp"), register=fans.pk, reason="本人の申出")  # fmt: skip
    assert exported(office, other) == {"nao@example.jp"}


def test_期限の過ぎた人は書き出しに出ない(office: Town, fans: em.Register) -> None:
    with at(datetime(2027, 3, 31, 3, tzinfo=UTC)):
        assert len(exported(office, fans)) == 3
    with at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        made = acts.export_contacts(by=office.officer, register=fans.pk, purpose="確認")
    assert (made.rows, made.over) == ((), 3)


def test_消去すると連絡先だけがなくなり数も証明も変わらない(
    office: Town, fans: em.Register
) -> None:
    defined(office, "fans", 'count of registrants at end unit "人"')
    before = list(em.Entry.objects.order_by("pk").values())
    subject = who_is("nao@example.jp")
    row = acts.erase(by=office.section_head, subject=subject, reason="本人の申出")
    assert row.erased is not None
    assert not em.Contact.objects.filter(subject=subject).exists()
    assert list(em.Entry.objects.order_by("pk").values()) == before
    assert value(BODY, "fans", 2021) == 3
    assert exported(office, fans) == {"hanako@example.jp", "hajime@example.jp"}
    assert facts("subject.erase") == {"persons": 1, "reason": "本人の申出"}
    assert not verify(BODY).problems
    with pytest.raises(NoPerson):
        acts.erase(by=office.section_head, subject=subject, reason="もう一度")
    entered(office, fans, [Draft(who=NAO, first=date(2021, 6, 1))])
    assert who_is("nao@example.jp") != subject


def test_保存を続けている人は消さず解けば消せる(office: Town, fans: em.Register) -> None:
    subject = who_is("nao@example.jp")
    row = acts.hold_person(
        by=office.planner, subject=subject, register=fans.pk, reason="支援金の返還の期間（5年）"
    )
    with pytest.raises(StillHeld) as refused:
        acts.erase(by=office.section_head, subject=subject, reason="本人の申出")
    assert "返還" in refused.value.sentence()
    with at(datetime(2030, 4, 1, 3, tzinfo=UTC)):
        assert acts.erase_due(by=office.section_head) == 2
        assert privacy.due(BODY, date(2030, 4, 1)) == ()
        acts.release(by=office.planner, consent=row.pk)
        assert [one.person for one in privacy.due(BODY, date(2030, 4, 1))] == [subject]
        assert acts.erase_due(by=office.section_head) == 1
    assert not em.Contact.objects.exists()
    with pytest.raises(NoSuchRow):
        acts.hold(by=office.planner, consent=row.pk, reason="遅すぎる")


def test_期限の過ぎた人を先に示してから一度に消す(office: Town, fans: em.Register) -> None:
    acts.give_consent(
        by=office.officer, subject=who_is("nao@example.jp"), register=fans.pk, given_on=date(2022, 4, 1)
    )  # fmt: skip
    assert privacy.due(BODY, date(2027, 3, 31)) == ()
    shown = privacy.due(BODY, date(2027, 4, 1))
    assert {one.person for one in shown} == {who_is("hanako@example.jp"), who_is("hajime@example.jp")}  # fmt: skip
    assert all(one.erased and one.until == date(2027, 3, 31) for one in shown)
    with pytest.raises(NotYet):
        acts.erase_due(by=office.section_head, on=date(2027, 4, 1))
    with at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        assert acts.erase_due(by=office.section_head) == 2
    assert facts("subject.erase_due") == {"persons": 2}
    assert exported(office, fans) == {"nao@example.jp"}
    assert em.Entry.objects.count() == 3
    assert not verify(BODY).problems


def test_ほかの台帳のために残る人は過ぎた台帳の個人情報の項目だけを失う(
    office: Town, fans: em.Register
) -> None:
    other = talks(office, keep_years=1)
    entered(office, other, [Draft(who=NAO, first=date(2021, 5, 2))])
    seal_private(other, 1, {"allergy": "車いすを使う"})
    (shown,) = privacy.due(BODY, date(2023, 4, 1))
    assert (shown.registers, shown.others, shown.erased) == (
        ("相談記録",),
        ("関係人口登録者名簿",),
        False,
    )
    with at(datetime(2023, 4, 1, 3, tzinfo=UTC)):
        assert acts.erase_due(by=office.section_head) == 0
    assert not em.Private.objects.exists()
    assert em.Contact.objects.count() == 3
    assert "nao@example.jp" in exported(office, fans)


def _two_talks(office: Town) -> tuple[em.Register, int, int]:
    """A register of two persons with a personal field each, and the two."""
    register = talks(office, keep_years=5)
    entered(office, register, [Draft(who=who, first=date(2015, 4, 1), values={"topic": "x", "allergy": "そば"}) for who in (HANAKO, NAO)])  # fmt: skip
    return register, who_is("hanako@example.jp"), who_is("nao@example.jp")


def test_名寄せした人の同意が一つでも続いていれば台帳の項目は消えない(office: Town) -> None:
    register, one, other = _two_talks(office)
    acts.give_consent(by=office.officer, subject=one, register=register.pk, given_on=date(2021, 4, 1))  # fmt: skip
    acts.give_consent(by=office.officer, subject=other, register=register.pk, given_on=date(2012, 4, 1))  # fmt: skip
    merge(by=office.planner, subject=other, into=one, reason="同じ人")
    assert privacy.due(BODY, date(2021, 6, 1)) == ()
    assert acts.erase_due(by=office.section_head) == 0
    assert em.Private.objects.count() == 2
    assert em.Contact.objects.count() == 2


def test_名寄せした人の保存の継続は元の同意にも及び解けば共に解ける(office: Town) -> None:
    register, one, other = _two_talks(office)
    for subject in (one, other):
        acts.give_consent(by=office.officer, subject=subject, register=register.pk, given_on=date(2012, 4, 1))  # fmt: skip
    merge(by=office.planner, subject=other, into=one, reason="同じ人")
    row = acts.hold_person(
        by=office.planner, subject=one, register=register.pk, reason="返還の手続"
    )
    assert set(em.Consent.objects.values_list("held", flat=True)) == {"返還の手続"}
    assert acts.erase_due(by=office.section_head) == 0
    assert em.Private.objects.count() == 2
    acts.release(by=office.planner, consent=row.pk)
    assert not em.Consent.objects.exclude(held=None).exists()
    assert acts.erase_due(by=office.section_head) == 1
    assert not em.Private.objects.exists()


def test_年数を定めない台帳の人は台帳の廃止で期限が過ぎて消せる(office: Town) -> None:
    register = made(office, "registrants")
    entered(office, register, [Draft(who=who, first=date(2021, 5, 1)) for who in (HANAKO, NAO)])
    acts.give_consent(by=office.officer, subject=who_is("nao@example.jp"), register=register.pk)
    assert acts.erase_due(by=office.planning_head) == 0
    end_register(by=office.planner, register=register.pk, reason="事業の終わり")
    (shown,) = person_page(office.planning_head, who_is("nao@example.jp")).registers
    assert (shown.keep_until, shown.over, shown.ended is None) == (date(2021, 6, 1), False, False)
    assert acts.erase_due(by=office.planning_head) == 0
    with at(datetime(2021, 6, 2, 3, tzinfo=UTC)):
        assert [one.until for one in privacy.due(BODY, date(2021, 6, 2))] == [date(2021, 6, 1)] * 2
        assert acts.erase_due(by=office.planning_head) == 2
    assert not em.Contact.objects.exists()


def test_過ぎた台帳に何も残らない人は消去を待つ人に出ない(office: Town, fans: em.Register) -> None:
    other = talks(office, keep_years=1)
    entered(office, other, [Draft(who=who, first=date(2021, 5, 2), values={"topic": "x"}) for who in (NAO, HAJIME)])  # fmt: skip
    seal_private(other, 2, {"allergy": "そば"})
    with at(datetime(2023, 4, 1, 3, tzinfo=UTC)):
        assert [one.person for one in privacy.due(BODY, date(2023, 4, 1))] == [who_is("hajime@example.jp")]  # fmt: skip
        with pytest.raises(Stale):
            acts.erase_due(by=office.section_head, over=[who_is("nao@example.jp")])
        acts.erase_due(by=office.section_head, over=[who_is("hajime@example.jp")])
        assert privacy.due(BODY, date(2023, 4, 1)) == ()


def test_過ぎた項目の消去は人が増えても問い合わせが増えない(office: Town) -> None:
    fans_, other = made(office, "registrants"), talks(office, keep_years=1)

    def asked() -> int:
        with (
            at(datetime(2023, 4, 1, 3, tzinfo=UTC)),
            CaptureQueriesContext(connection) as queries,
            transaction.atomic(),
        ):
            acts.erase_due(by=office.section_head)
            transaction.set_rollback(True)
        return len(queries)

    found = []
    for first, last in ((0, 3), (3, 23)):
        people = [Who(kind="person", name=f"人 {n}太", mail=f"m{n}@example.jp") for n in range(first, last)]  # fmt: skip
        entered(office, fans_, [Draft(who=who, first=date(2021, 5, 1)) for who in people])
        entered(office, other, [Draft(who=who, first=date(2021, 5, 1), values={"topic": "x", "allergy": "y"}) for who in people])  # fmt: skip
        found.append(asked())
    assert found[1] <= found[0]
    everyone = list(em.Subject.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as few:
        goes(BODY, everyone[:3])
    with CaptureQueriesContext(connection) as many:
        goes(BODY, everyone)
    assert len(few) == len(many)


def test_名寄せした人は元の連絡先も共に消える(office: Town, fans: em.Register) -> None:
    one, other = who_is("nao@example.jp"), who_is("hajime@example.jp")
    acts.withdraw(by=office.officer, subject=one, register=fans.pk, reason="本人の申出")
    merge(by=office.planner, subject=one, into=other, reason="同じ人")
    assert exported(office, fans) == {"hanako@example.jp"}
    acts.erase(by=office.section_head, subject=other, reason="本人の申出")
    assert [known(row).mail for row in em.Contact.objects.all()] == ["hanako@example.jp"]
    assert em.Subject.objects.filter(erased__isnull=False).count() == 2


def test_ほかの課の台帳にいる人は自分の課だけでは消せない(office: Town, fans: em.Register) -> None:
    elsewhere = make_register(by=office.planner, key="talks", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    entered(office, elsewhere, [Draft(who=NAO, first=date(2021, 5, 2))])
    subject = who_is("nao@example.jp")
    with pytest.raises(NotAllowed):
        acts.erase(by=office.section_head, subject=subject, reason="本人の申出")
    with at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        assert acts.erase_due(by=office.section_head) == 2
    acts.erase(by=office.planning_head, subject=subject, reason="本人の申出")
    assert not em.Contact.objects.exists()


@pytest.mark.parametrize(
    "reason",
    [
        "南部様の電話による",
        "メール NAO＠example.jp から",
        "住所が見本市 本町1-1でなくなった",
        "南部　直の申出",
    ],
)
def test_理由に本人の名や連絡先を書かせない(office: Town, fans: em.Register, reason: str) -> None:
    subject = who_is("nao@example.jp")
    for act in (
        lambda: acts.withdraw(by=office.officer, subject=subject, register=fans.pk, reason=reason),
        lambda: acts.erase(by=office.section_head, subject=subject, reason=reason),
        lambda: acts.hold_person(by=office.planner, subject=subject, register=fans.pk, reason=reason),
        lambda: acts.export_contacts(by=office.officer, register=fans.pk, purpose=reason),
    ):  # fmt: skip
        with pytest.raises(NamesPerson):
            act()
    assert em.Contact.objects.count() == 3
    assert not em.Consent.objects.exists()


def test_理由のない行いは断る(office: Town, fans: em.Register) -> None:
    subject = who_is("nao@example.jp")
    for act in (
        lambda: acts.withdraw(by=office.officer, subject=subject, register=fans.pk, reason=" "),
        lambda: acts.erase(by=office.section_head, subject=subject, reason=""),
        lambda: acts.export_contacts(by=office.officer, register=fans.pk, purpose="　"),
    ):
        with pytest.raises(NoReason):
            act()


def test_役割のない人は見ることも消すこともできない(office: Town, fans: em.Register) -> None:
    subject = who_is("nao@example.jp")
    for by in (office.auditor, office.admin, office.expert, office.other):
        for act in (
            lambda by=by: acts.see_contact(by=by, subject=subject, register=fans.pk),
            lambda by=by: acts.export_contacts(by=by, register=fans.pk, purpose="確認"),
            lambda by=by: acts.withdraw(by=by, subject=subject, register=fans.pk, reason="申出"),
            lambda by=by: acts.erase(by=by, subject=subject, reason="申出"),
            lambda by=by: acts.erase_due(by=by),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_連絡先を見ると数の行が残る(office: Town, fans: em.Register) -> None:
    subject = who_is("nao@example.jp")
    assert acts.see_contact(by=office.officer, subject=subject, register=fans.pk) == NAO
    assert facts("contact.see") == {"persons": 1, "register": fans.pk}
    other = talks(office)
    with pytest.raises(NotInRegister):
        acts.see_contact(by=office.officer, subject=subject, register=other.pk)


def test_ほかの課が聞いた連絡先は自分の台帳に同じメールを書いても見えない(
    office: Town, fans: em.Register
) -> None:
    elsewhere = make_register(by=office.planner, key="talks", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    told = Who(kind="person", name="南部", mail="nao@example.jp", phone="019-555-2222")
    entered(office, elsewhere, [Draft(who=told, first=date(2021, 5, 2))])
    subject = who_is("nao@example.jp")
    seen = acts.see_contact(by=office.other, subject=subject, register=elsewhere.pk)
    assert seen == told  # of the address, which the other office heard, nothing
    (row,) = acts.export_contacts(by=office.other, register=elsewhere.pk, purpose="案内").rows
    assert row == (subject, told)
    assert acts.see_contact(by=office.officer, subject=subject, register=fans.pk) == NAO
    with pytest.raises(NotAllowed):
        acts.see_contact(by=office.other, subject=subject, register=fans.pk)
    assert acts.see_contact(by=office.planner, subject=subject, register=elsewhere.pk) == NAO
    entered(office, elsewhere, [Draft(who=Who(kind="person", mail="nao@example.jp", kana="ナンブ"), first=date(2021, 5, 3))])  # fmt: skip
    seen = acts.see_contact(by=office.other, subject=subject, register=elsewhere.pk)
    assert (seen.kana, seen.phone) == ("ナンブ", "019-555-2222")


def test_台帳で何も聞いていない人の連絡先は見えない(office: Town, fans: em.Register) -> None:
    elsewhere = make_register(by=office.planner, key="talks", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    subject = who_is("nao@example.jp")
    entered(office, elsewhere, [Draft(subject=subject, first=date(2021, 5, 2))])
    with pytest.raises(NotHeardHere):
        acts.see_contact(by=office.other, subject=subject, register=elsewhere.pk)
    made_ = acts.export_contacts(by=office.other, register=elsewhere.pk, purpose="案内")
    assert (made_.rows, made_.unknown) == ((), 1)
    assert acts.see_contact(by=office.planner, subject=subject, register=elsewhere.pk) == NAO


def test_台帳で聞いた連絡先は暗号で置き鍵を替えても開き消去で消える(
    office: Town, fans: em.Register, settings
) -> None:
    elsewhere = make_register(by=office.planner, key="talks", definition=TALKS, department=office.tourism.pk)  # fmt: skip
    told = Who(kind="person", mail="nao@example.jp", phone="019-555-2222")
    entered(office, elsewhere, [Draft(who=told, first=date(2021, 5, 2))])
    row = em.Told.objects.get()
    assert "nao" not in row.sealed
    settings.SOSEI_PERSONAL_KEYS = settings.SOSEI_PERSONAL_KEYS | {9: b"9" * 32}
    encipher_anew()
    assert em.Told.objects.get().sealed.startswith("9:")
    subject = row.subject_id
    assert acts.see_contact(by=office.other, subject=subject, register=elsewhere.pk) == told
    em.Told.objects.update(register=fans)
    with pytest.raises(PersonalTextChanged):
        dict(heard(fans, [subject], ()))
    acts.erase(by=office.planning_head, subject=subject, reason="本人の申出")
    assert not em.Told.objects.exists()


def test_団体は人として扱わない(office: Town, fans: em.Register) -> None:
    members = made(office, "members")
    entered(office, members, [Draft(who=firm("見本鋳造"), first=date(2021, 5, 1))])
    subject = em.Subject.objects.get(kind="organisation").pk
    with pytest.raises(NoPerson):
        acts.erase(by=office.section_head, subject=subject, reason="廃業")


def test_個人情報の項目は登録の外に暗号で置き書き直せる(office: Town) -> None:
    register = talks(office)
    values = {"topic": "移住の相談", "allergy": "車いすを使う", "born": date(1990, 5, 17)}
    entered(office, register, [Draft(who=NAO, first=date(2021, 5, 2), values=values)])
    seal_private(register, 1, personal_part(values, kind(register)))
    assert private_of(register, [1, 2]) == {1: {"allergy": "車いすを使う", "born": date(1990, 5, 17)}}  # fmt: skip
    assert em.Entry.objects.get().more == {"topic": "移住の相談"}
    seal_private(register, 1, {"allergy": "なし"})
    assert private_of(register, [1]) == {1: {"allergy": "なし"}}
    em.Private.objects.update(number=2)
    with pytest.raises(PersonalTextChanged):
        private_of(register, [2])
    seal_private(register, 2, {})
    assert private_of(register, [1, 2]) == {}


def test_個人情報の項目は消去で共になくなり別の人のものは残る(office: Town) -> None:
    register = talks(office)
    entered(office, register, [Draft(who=who, first=date(2021, 5, 2)) for who in (NAO, HAJIME)])
    for number in (1, 2):
        seal_private(register, number, {"allergy": f"配慮{number}"})
    acts.erase(by=office.section_head, subject=who_is("nao@example.jp"), reason="本人の申出")
    assert private_of(register, [1, 2]) == {2: {"allergy": "配慮2"}}


def test_個人情報ファイル簿の案は台帳から作られる(
    office: Town, fans: em.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(office, "members")
    (file,) = privacy.file_register(BODY)
    assert (file.name[0], file.persons, file.due, file.keep_years) == (
        "関係人口登録者名簿",
        3,
        False,
        5,
    )
    assert (file.office, file.department) == ("見本市", "ものづくり推進課")
    assert {"氏名", "メールアドレス", "年代"} <= {ja for ja, _ in file.items}
    acts.erase(by=office.section_head, subject=who_is("nao@example.jp"), reason="本人の申出")
    merge(
        by=office.planner, subject=who_is("hajime@example.jp"), into=who_is("hanako@example.jp"), reason="同じ人"
    )  # fmt: skip
    (file,) = privacy.file_register(BODY)
    assert file.persons == 1


def test_千人からは個人情報ファイル簿に載せる(office: Town, fans: em.Register) -> None:
    def people(first: int, last: int) -> list[Draft]:
        return [
            Draft(who=Who(kind="person", mail=f"a{n}@example.jp"), first=date(2021, 5, 1))
            for n in range(first, last)
        ]

    entered(office, fans, people(0, 996))
    (file,) = privacy.file_register(BODY)
    assert (file.persons, file.due) == (999, False)
    entered(office, fans, people(996, 997))
    (file,) = privacy.file_register(BODY)
    assert (file.persons, file.due) == (1000, True)


def test_書き出しの一覧は人数と目的を言う(office: Town, fans: em.Register) -> None:
    exported(office, fans)
    (one,) = privacy.exports(BODY)
    assert (one.by, one.register, one.persons, one.purpose) == (
        "物作 太郎", "関係人口登録者名簿", 3, "催しの案内の送付",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "more", "said"),
    [
        ("organisation", {"personal": True}, "人を登録する台帳だけ"),
        ("none", {"personal": True}, "人を登録する台帳だけ"),
        ("person", {"personal": "yes"}, "true か false"),
    ],
)
def test_個人情報の項目は人の台帳だけが持つ(subject: str, more: dict, said: str) -> None:
    declared = TALKS | {
        "subject": subject,
        "fields": {"a": {"ja": "あ", "en": "a", "type": "text"} | more},
    }
    with pytest.raises(BadRegisterKind) as refused:
        kind_of("talks", declared)
    assert said in refused.value.facts["problems"]


def test_個人情報の項目は列を持たず数え方に使えない(office: Town) -> None:
    fields = {"home": {"ja": "自宅", "en": "Home", "type": "place", "personal": True}}
    register = make_register(
        by=office.planner, key="homes", definition=TALKS | {"fields": fields}, department=office.it.pk
    )  # fmt: skip
    assert register.definition["fields"]["home"]["column"] is None
    with pytest.raises(MeasureDoesNotFit, match="個人情報なので"):
        defined(office, "homes", 'count of homes during fiscal where home = "見本市" unit "人"')


def test_登録のある項目はあとから個人情報にも個人情報でなくもできない(office: Town) -> None:
    register = talks(office)
    values = {"topic": "移住の相談", "allergy": "車いすを使う"}
    entered(office, register, [Draft(who=NAO, first=date(2021, 5, 2), values=values)])
    for name, personal in (("topic", True), ("allergy", False)):
        said = {
            **TALKS,
            "fields": {**TALKS["fields"], name: {**TALKS["fields"][name], "personal": personal}},
        }
        with pytest.raises(FieldInUse):
            change_register(
                by=office.planner, register=register.pk, seen=register.stamp, definition=said, reason="見直し"
            )  # fmt: skip


def test_台帳の言う鍵がここになければ人を登録しない(
    office: Town, fans: em.Register, settings
) -> None:
    keyed.state()
    settings.SOSEI_PERSONAL_KEYS = {2: b"2" * 32}
    with pytest.raises(PersonalKeyLacking):
        entered(
            office,
            fans,
            [Draft(who=Who(kind="person", mail="new@example.jp"), first=date(2021, 5, 1))],
        )
    settings.SOSEI_PERSONAL_KEYS = {1: b"x" * 32}
    with pytest.raises(OtherPersonalKey):
        entered(
            office,
            fans,
            [Draft(who=Who(kind="person", mail="new@example.jp"), first=date(2021, 5, 1))],
        )
    assert em.Contact.objects.count() == 3


def test_別の人の登録になればその前の人の個人情報の項目はなくなる(office: Town) -> None:
    register = talks(office)
    entered(
        office,
        register,
        [Draft(who=NAO, first=date(2021, 5, 2), values={"topic": "移住", "allergy": "卵"})],
    )
    over = enter(
        by=office.planner, register=register.pk, way="file",
        drafts=[Draft(entry=1, who=HAJIME, first=date(2021, 5, 2), values={"topic": "移住"})],
    )  # fmt: skip
    assert over is not None
    assert private_of(register, [1]) == {}


def test_個人情報の項目だけの訂正も束と証跡に残り言わない項目は残る(office: Town) -> None:
    register = talks(office)
    entered(office, register, [
        Draft(who=NAO, first=date(2021, 5, 2), values={"topic": "移住", "allergy": "卵", "born": date(1990, 5, 17)})
    ])  # fmt: skip
    lines = Line.objects.filter(verb="register.enter").count()
    again = Draft(
        entry=1, who=NAO, first=date(2021, 5, 2), values={"topic": "移住", "allergy": "なし"}
    )
    made = enter(by=office.planner, register=register.pk, drafts=[again])
    assert made is not None
    assert made.rows == 1
    assert Line.objects.filter(verb="register.enter").count() == lines + 1
    assert private_of(register, [1]) == {1: {"allergy": "なし", "born": date(1990, 5, 17)}}
    assert enter(by=office.planner, register=register.pk, drafts=[again]) is None


def test_取り込みを取り消すと個人情報の項目も残らない(office: Town) -> None:
    register = talks(office)
    batch = entered(
        office,
        register,
        [Draft(who=NAO, first=date(2021, 5, 2), values={"topic": "移住", "allergy": "卵"})],
    )
    assert batch is not None
    undo(by=office.planner, batch=batch.pk, reason="別の表だった")
    assert not em.Private.objects.exists()


def test_取り込みを取り消すとその束だけが持ち込んだ人の連絡先も消える(
    office: Town, fans: em.Register
) -> None:
    defined(office, "fans", 'count of registrants at end unit "人"')
    new = [Who(kind="person", name=f"新人{n}", mail=f"new{n}@example.jp") for n in range(5)]
    batch = entered(office, fans, [Draft(who=who, first=date(2021, 6, 1)) for who in (*new, NAO)])
    assert batch is not None
    numbers = [who_is(f"new{n}@example.jp") for n in range(5)]
    entered(office, fans, [Draft(who=new[1], first=date(2021, 6, 2))])
    acts.hold_person(by=office.planner, subject=numbers[2], register=fans.pk, reason="返還の期間")
    acts.give_consent(by=office.officer, subject=numbers[3], register=fans.pk)
    merge(by=office.planner, subject=who_is("hajime@example.jp"), into=numbers[4], reason="同じ人")
    undo(by=office.planner, batch=batch.pk, reason="別の表だった")
    kept = {known(row).mail for row in em.Contact.objects.all()}
    assert kept == {
        "hanako@example.jp", "hajime@example.jp", "nao@example.jp", "new1@example.jp", "new2@example.jp", "new3@example.jp",
        "new4@example.jp",
    }  # fmt: skip
    assert em.Subject.objects.get(pk=numbers[0]).erased is not None
    assert value(BODY, "fans", 2021) == 4
    assert not verify(BODY).problems


def test_取り込みを取り消すとその台帳が聞いたことも消える(office: Town, fans: em.Register) -> None:
    elsewhere = talks(office)
    batch = entered(office, elsewhere, [Draft(who=NAO, first=date(2021, 5, 2))])
    assert batch is not None
    assert em.Told.objects.count() == 1
    undo(by=office.planner, batch=batch.pk, reason="別の表だった")
    assert not em.Told.objects.exists()
    assert em.Contact.objects.count() == 3


SAID = "南部様の申出により"


def refused(act: Callable[[str], object], why: str) -> bool:
    try:
        act(why)
    except NamesPerson:
        return True
    return False


def test_台帳の行いの理由にも本人の名を書かせない(office: Town, fans: em.Register) -> None:
    measure = defined(office, "fans", 'count of registrants at end unit "人"')
    batch = em.Batch.objects.get()
    number = em.Entry.objects.get(subject=who_is("nao@example.jp")).number
    seen = history(BODY, fans.pk, number)[0].content
    new = Draft(who=NAO, first=date(2021, 5, 3))
    close_register(by=office.section_head, register=fans.pk, until=date(2021, 5, 1))
    closing = em.Closing.objects.get()
    hanako, hajime = who_is("hanako@example.jp"), who_is("hajime@example.jp")
    makes = {
        "訂正": lambda why: correct(by=office.planner, register=fans.pk, number=number, seen=seen, draft=new, reason=why),
        "抹消": lambda why: take_out(by=office.planner, register=fans.pk, number=number, seen=seen, reason=why),
        "登録": lambda why: enter(by=office.planner, register=fans.pk, drafts=[new], reason=why),
        "取消": lambda why: undo(by=office.planner, batch=batch.pk, reason=why),
        "締め": lambda why: close_register(by=office.section_head, register=fans.pk, until=date(2021, 5, 20), note=why),
        "解除": lambda why: reopen_register(by=office.section_head, closing=closing.pk, reason=why),
        "定義": lambda why: change_register(
            by=office.planner, register=fans.pk, seen=fans.stamp, definition=fans.definition | {"ja": "名簿"}, reason=why, keep_years=5
        ),
        "廃止": lambda why: end_register(by=office.planner, register=fans.pk, reason=why),
        "数え方": lambda why: redefine_measure(
            by=office.planner, row=measure.pk, seen=measure.stamp, name="a", text='count of registrants during fiscal unit "人"', note=None, reason=why
        ),
        "数え方の廃止": lambda why: drop_measure(by=office.planner, row=measure.pk, reason=why),
    }  # fmt: skip
    lines = Line.objects.count()
    for what, act in makes.items():
        for why in (SAID, "nao@example.jp から連絡"):
            assert refused(act, why), what
    with pytest.raises(NamesPerson):
        merge(by=office.planner, subject=hanako, into=hajime, reason="星川さんと同じ人")
    assert Line.objects.count() == lines
    reopen_register(by=office.section_head, closing=closing.pk, reason="記入の漏れ")
    correct(by=office.planner, register=fans.pk, number=number, seen=seen, draft=new, reason="日付の誤り")  # fmt: skip


def test_団体の台帳の理由には会社の名も書ける(office: Town) -> None:
    members = made(office, "members")
    entered(office, members, [Draft(who=firm("見本鋳造"), first=date(2021, 5, 1))])
    seen = history(BODY, members.pk, 1)[0].content
    take_out(by=office.planner, register=members.pk, number=1, seen=seen, reason="見本鋳造の申出")
    assert history(BODY, members.pk, 1)[0].gone


def test_大きな台帳では名字と同じ言葉は理由に書ける(office: Town, fans: em.Register) -> None:
    everyone = [Who(kind="person", name=f"福島 {chr(0x4E00 + n)}朗", mail=f"f{n}@example.jp") for n in range(30)]  # fmt: skip
    batch = entered(office, fans, [Draft(who=who, first=date(2021, 5, 4)) for who in everyone])
    assert batch is not None
    with pytest.raises(NamesPerson):
        undo(by=office.planner, batch=batch.pk, reason=f"{everyone[29].name}のため")
    with pytest.raises(NamesPerson):
        undo(by=office.planner, batch=batch.pk, reason="福島様のため")
    undo(by=office.planner, batch=batch.pk, reason="福島県の分は別の台帳に入れる")


def test_消去すると数えに要らない属性の言葉は以前の内容からも消える(
    office: Town, fans: em.Register
) -> None:
    defined(office, "near", 'count of registrants where subject.region = "県内" at end unit "人"')
    subject, other = who_is("nao@example.jp"), who_is("hajime@example.jp")
    for name, words in (("memo", "桜小路の角の家"), ("memo", "桜小路の長男"), ("region", "県内")):
        set_attribute(by=office.planner, subject=subject, name=name, value=words)
    set_attribute(by=office.planner, subject=subject, name="memo", value=None)
    set_attribute(
        by=office.planner,
        subject=subject,
        name="memo",
        value="桜小路から転居",
        first=date(2021, 4, 1),
    )
    set_attribute(by=office.planner, subject=other, name="memo", value="残る")
    acts.erase(by=office.section_head, subject=subject, reason="本人の申出")
    kept = str([*em.Attribute.objects.values_list("value"), *Past.objects.values_list("content")])
    assert "桜小路" not in kept
    assert "残る" in kept
    assert em.Attribute.objects.filter(subject=subject, voided=None).get().value == "県内"
    assert value(BODY, "near", 2021) == 1
    assert not verify(BODY).problems
    past = Past.objects.filter(table="evidence.attribute").first()
    assert past is not None
    assert len(journal_history(BODY, "evidence.attribute", past.row)) > 1


def test_消した言葉のほかの以前の内容を変えれば検証が見つける(
    office: Town, fans: em.Register
) -> None:
    subject, other = who_is("nao@example.jp"), who_is("hajime@example.jp")
    for one in (subject, other):
        for words in ("前", "後"):
            set_attribute(by=office.planner, subject=one, name="memo", value=words)
    acts.erase(by=office.section_head, subject=subject, reason="本人の申出")
    row = em.Attribute.objects.get(subject=other)
    past = Past.objects.get(table="evidence.attribute", row=row.pk)
    Past.objects.filter(pk=past.pk).update(content={**past.content, "value": ""})
    assert [problem.code for problem in verify(BODY).problems] == ["J20"]

"""証拠書類: attached, deciphered, voided, kept, erased; what it proves stays, and what was done behind the program's back is named."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from sheetroom import my_number

from bookroom import BODY, Town, town
from documentroom import PLAIN, attached, docx, pdf, png
from evidenceroom import entered, made, member
from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.evidence import keyed, personal
from sosei.evidence import models as em
from sosei.evidence.actions import documents as acts
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.documenterasing import (
    erase_document,
    erase_due_documents,
    sweep,
    unused,
)
from sosei.evidence.actions.documentlooks import open_document
from sosei.evidence.actions.documents import Handling, Of, attach, change_document, void_document
from sosei.evidence.actions.entries import correct, undo
from sosei.evidence.actions.erasing import erase
from sosei.evidence.actions.persons import hold_person, release
from sosei.evidence.actions.registers import end_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.subjects import merge
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.queries import documents as asked
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_documents import (
    DocumentChanged,
    DocumentGone,
    DocumentHeld,
    DocumentNumbers,
    DocumentTwice,
    KeptTooShort,
    TooManyDocuments,
    YearUnlikely,
)
from sosei.evidence.refusals_personal import NamesPerson, NoPerson, PersonalKeyLacking, StillHeld
from sosei.house import documented
from sosei.house.verifying import whole
from sosei.journal import clock
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 1, 3, tzinfo=UTC)
KEEP = Handling(sort="contract", level="2", keep_years=5, personal=False)
PERSONAL = replace(PLAIN, sort="decision", level="3B", personal=True)


@pytest.fixture
def office() -> Iterator[Town]:
    with clock.at(JUNE):
        yield town()


@pytest.fixture
def members(office: Town) -> em.Register:
    register = made(office, "members")
    entered(
        office,
        register,
        [member("見本鋳造", date(2021, 4, 1)), member("見本精機", date(2021, 6, 1))],
    )
    return register


@pytest.fixture
def fans(office: Town) -> em.Register:
    register = made(office, "registrants")
    people = [
        Who(kind="person", name="関係 人子", mail="h@example.jp"),
        Who(kind="person", name="応援 団太郎", mail="o@example.jp"),
    ]
    entered(office, register, [Draft(who=who, first=date(2021, 4, 1)) for who in people])
    return register


def whose(register: em.Register, number: int = 1) -> int:
    return em.Entry.objects.get(em.entries.CURRENT, register=register, number=number).subject_id


def sql(statement: str, *values: object) -> None:
    """Do what a person with the database in hand would do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> list[tuple[str, object]]:
    return [(one.code, one.facts["number"]) for one in documented.problems()]


def fine() -> bool:
    return whole(None, []).fine


def verbs() -> list[str]:
    return list(Line.objects.filter(verb__startswith="document.").order_by("seq").values_list("verb", flat=True))  # fmt: skip


# -- attached ---------------------------------------------------------------------------------------------------------


def test_付けた書類は要約値と大きさが行に残り開けば同じバイト列(
    office: Town, members: em.Register
) -> None:
    data = pdf("Contract of 2021")
    row = attached(office, members, data)
    assert (row.sha256, row.size, row.format) == (sha256(data).hexdigest(), len(data), "pdf")
    opened = open_document(by=office.auditor, document=row.pk)
    assert (opened.name, opened.data) == ("契約書.pdf", data)
    line = Line.objects.get(verb="document.attach")
    assert line.facts == {"count": 1, "bytes": len(data)}
    assert [each[:3] for each in line.rows] == [["evidence.document", row.pk, 1]]
    assert fine()


def test_データベースには名前も中身も読める形では残らない(
    office: Town, members: em.Register
) -> None:
    row = attached(office, members, pdf("SECRETWORDS"), name="秘密の契約.pdf", said=replace(PLAIN, note="覚え書き"))  # fmt: skip
    kept = em.DocumentBytes.objects.get()
    named = em.DocumentName.objects.get(document=row)
    assert b"SECRETWORDS" not in bytes(kept.data)
    assert b"%PDF" not in bytes(kept.data)
    assert "秘密" not in named.sealed
    assert "秘密" not in str(row.kept())
    assert "覚え" not in str(row.kept())


def test_同じバイト列は一つだけ保存し最後の一件が消えるまで残る(
    office: Town, members: em.Register
) -> None:
    data = pdf()
    first, second = (attached(office, members, data, number=n) for n in (1, 2))
    assert em.DocumentBytes.objects.count() == 1
    erase_document(by=office.planning_head, document=first.pk, reason="付け間違い")
    assert open_document(by=office.planner, document=second.pk).data == data
    erase_document(by=office.planning_head, document=second.pk, reason="付け間違い")
    assert em.DocumentBytes.objects.count() == 0
    assert fine()


def test_段階にも締めにも束にも付く(office: Town, members: em.Register) -> None:
    closing = close_register(by=office.section_head, register=members.pk, until=date(2021, 3, 31))
    batch = em.Batch.objects.get(register=members)
    attached(office, members, pdf("a"), closing=closing.pk)
    attached(office, members, pdf("b"), batch=batch.pk)
    subsidies = made(office, "subsidies")
    entered(
        office,
        subsidies,
        [Draft(who=Who(kind="organisation", name="見本鋳造"), reached=(date(2021, 5, 1),))],
    )
    attached(office, subsidies, pdf("c"), number=1, stage=1)
    rows = [asked.documents_of(BODY, of)[0] for of in (
        Of(register=members.pk, closing=closing.pk), Of(register=members.pk, batch=batch.pk), Of(register=subsidies.pk, number=1),
    )]  # fmt: skip
    assert [row.named.name for row in rows if row.named] == ["契約書.pdf"] * 3
    assert rows[2].stage
    assert fine()


@pytest.mark.parametrize("of", [{"number": 99}, {"number": 1, "stage": 1}, {"closing": 99}, {"batch": 99}])  # fmt: skip
def test_ないものには付かない(office: Town, members: em.Register, of: dict[str, int]) -> None:
    with pytest.raises(NoSuchRow):
        attached(office, members, pdf(), **of)
    assert not em.DocumentBytes.objects.exists()


def test_同じものを同じ登録に二度は付けない(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    with pytest.raises(DocumentTwice) as fault:
        attached(office, members, pdf(), name="別の名.pdf")
    assert fault.value.facts["number"] == row.pk
    with pytest.raises(DocumentTwice):
        attach(by=office.planner, of=Of(register=members.pk, number=2), files=[("a.pdf", pdf()), ("b.pdf", pdf())], said=PLAIN)  # fmt: skip
    void_document(by=office.planner, document=row.pk, seen=1, reason="裏面がない")
    attached(office, members, pdf())


def test_一つでも断られれば一つも付かない(office: Town, fans: em.Register) -> None:
    bad = docx(my_number("12345678901"))
    with pytest.raises(DocumentNumbers):
        attach(by=office.planner, of=Of(register=fans.pk, number=1), files=[("a.pdf", pdf()), ("b.docx", bad)], said=PLAIN)  # fmt: skip
    assert not em.Document.objects.exists()
    assert not em.DocumentBytes.objects.exists()


def test_数と全体の大きさに限りがある(
    office: Town, members: em.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_EACH", 1)
    attached(office, members, pdf("a"))
    with pytest.raises(TooManyDocuments):
        attached(office, members, pdf("b"))
    monkeypatch.setattr(acts, "MOST_TOTAL", 1)
    with pytest.raises(TooManyDocuments):
        attached(office, members, pdf("c"), number=2)


@pytest.mark.parametrize(("said", "fault"), [
    (replace(PLAIN, keep_years=4), KeptTooShort), (replace(PLAIN, year=1999), YearUnlikely), (replace(PLAIN, year=2024), YearUnlikely),
])  # fmt: skip
def test_短すぎる保存とありえない年度は断る(
    office: Town, members: em.Register, said, fault
) -> None:
    with pytest.raises(fault):
        attached(office, members, pdf(), said=said)


def test_よその課の人は付けられず見る人は見られる(office: Town, members: em.Register) -> None:
    with pytest.raises(NotAllowed):
        attach(
            by=office.other,
            of=Of(register=members.pk, number=1),
            files=[("a.pdf", pdf())],
            said=PLAIN,
        )
    row = attached(office, members, pdf())
    assert open_document(by=office.other, document=row.pk).format == "pdf"
    with pytest.raises(NotAllowed):
        open_document(by=office.expert, document=row.pk)


# -- seen -------------------------------------------------------------------------------------------------------------


def test_個人の書類は開くたびに証跡に残り見られる人も連絡先と同じ(
    office: Town, fans: em.Register
) -> None:
    row = attached(office, fans, pdf("Hitoko"), name="関係人子_申請書.pdf", said=PERSONAL)
    assert row.subject_id == whose(fans)
    for who in (office.auditor, office.other):
        with pytest.raises(NotAllowed):
            open_document(by=who, document=row.pk)
    assert open_document(by=office.officer, document=row.pk).name == "関係人子_申請書.pdf"
    assert verbs() == ["document.attach", "document.see"]
    [shown] = asked.documents_of(BODY, Of(register=fans.pk, number=1))
    assert (shown.named, shown.state) == (None, "stands")


def test_個人の書類でなければ開いても行は増えない(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    open_document(by=office.planner, document=row.pk)
    assert verbs() == ["document.attach"]
    secret = attached(office, members, pdf("b"), said=replace(PLAIN, level="3A"))
    open_document(by=office.planner, document=secret.pk)
    assert verbs()[-1] == "document.see"


def test_一件ごとを見せない台帳の書類も見せない(office: Town) -> None:
    quiet = made(office, "overseas_sales", office.tourism)
    entered(office, quiet, [Draft(who=Who(kind="organisation", name="見本鋳造"), year=2021)])
    row = attached(office, quiet, pdf())
    with pytest.raises(NotAllowed):
        open_document(by=office.officer, document=row.pk)
    assert open_document(by=office.other, document=row.pk).data == pdf()


# -- later ------------------------------------------------------------------------------------------------------------


def test_取り消した書類は理由とともに残り開ける(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    with pytest.raises(NoReason):
        void_document(by=office.planner, document=row.pk, seen=1, reason=" ")
    with pytest.raises(Stale):
        void_document(by=office.planner, document=row.pk, seen=9, reason="裏面がない")
    void_document(by=office.officer, document=row.pk, seen=1, reason="裏面がない")
    [shown] = asked.documents_of(BODY, Of(register=members.pk, number=1))
    assert (shown.state, shown.reason) == ("voided", "裏面がない")
    assert open_document(by=office.planner, document=row.pk).data == pdf()
    assert asked.coverage(members.pk).missing == 2
    assert fine()


def test_保存は長くするだけで短くはできない(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    assert row.keep_until == date(2027, 3, 31)
    row = change_document(by=office.planner, document=row.pk, seen=1, now=replace(KEEP, keep_years=10, level="3C"))  # fmt: skip
    assert (row.keep_until, row.level) == (date(2032, 3, 31), "3C")
    with pytest.raises(KeptTooShort):
        change_document(by=office.planner, document=row.pk, seen=2, now=replace(KEEP, level="3C"))
    assert fine()


def test_期限が過ぎれば名前と中身が消え行と要約値が残る(office: Town, members: em.Register) -> None:
    data = pdf()
    row = attached(office, members, data)
    kept = attached(office, members, pdf("longer"), number=2, said=replace(PLAIN, keep_years=10))
    with clock.at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        assert [one.pk for one in asked.due(office.section_head, clock.today()).rows] == [row.pk]
        assert erase_due_documents(by=office.section_head) == 1
        assert erase_due_documents(by=office.section_head) == 0
        assert fine()
    row.refresh_from_db()
    assert row.erased is not None
    assert row.sha256 == sha256(data).hexdigest()
    assert list(em.DocumentName.objects.values_list("document", flat=True)) == [kept.pk]
    with pytest.raises(DocumentGone):
        open_document(by=office.planner, document=row.pk)


def test_期限の日までは消さない(office: Town, members: em.Register) -> None:
    attached(office, members, pdf())
    with clock.at(datetime(2027, 3, 31, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head) == 0


def test_保存を続ける書類は消えず解けば消える(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    held = replace(KEEP, held="返還の手続が続いている")
    with pytest.raises(NotAllowed):
        change_document(by=office.officer, document=row.pk, seen=1, now=held)
    change_document(by=office.section_head, document=row.pk, seen=1, now=held)
    with pytest.raises(DocumentHeld):
        erase_document(by=office.planning_head, document=row.pk, reason="期限")
    with clock.at(datetime(2030, 4, 1, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head) == 0
        change_document(
            by=office.section_head, document=row.pk, seen=2, now=replace(KEEP, level="3C")
        )
        assert erase_due_documents(by=office.section_head) == 1


def test_ほかの課の期限切れは消さない(office: Town) -> None:
    register = made(office, "platform", office.tourism)
    entered(office, register, [member("見本鋳造", date(2021, 4, 1))])
    attached(office, register, pdf())
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head) == 0
        assert erase_due_documents(by=office.planning_head) == 1


# -- persons ----------------------------------------------------------------------------------------------------------


def test_人を消すとその人の書類だけが消える(office: Town, fans: em.Register) -> None:
    own = attached(office, fans, pdf("a"), said=PERSONAL)
    others = attached(office, fans, pdf("b"), number=2, said=PERSONAL)
    plain = attached(office, fans, pdf("c"))
    erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    rows = {row.pk: row.erased is not None for row in em.Document.objects.all()}
    assert rows == {own.pk: True, others.pk: False, plain.pk: True}  # whatever it is marked as
    assert em.DocumentBytes.objects.count() == 1
    assert fine()


def test_名寄せされた人の書類も消える(office: Town, fans: em.Register) -> None:
    row = attached(office, fans, pdf(), number=2, said=PERSONAL)
    merge(by=office.planner, subject=whose(fans, 2), into=whose(fans), reason="同じ人")
    erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    row.refresh_from_db()
    assert row.erased is not None


def test_保存を続ける書類のある人は解くまで消せない(office: Town, fans: em.Register) -> None:
    row = attached(office, fans, pdf(), said=PERSONAL)
    handling = Handling(sort="decision", level="3B", keep_years=5, personal=True, held="返還の手続")
    change_document(by=office.planner, document=row.pk, seen=1, now=handling)
    with pytest.raises(DocumentHeld):
        erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    assert em.Contact.objects.filter(subject=whose(fans)).exists()


def test_廃止した台帳の書類も開けて保存を解けば消せるが付けられない(
    office: Town, fans: em.Register
) -> None:
    row = attached(office, fans, pdf(), said=PERSONAL)
    held = Handling(sort="decision", level="3B", keep_years=5, personal=True, held="返還の手続")
    change_document(by=office.planner, document=row.pk, seen=1, now=held)
    end_register(by=office.planner, register=fans.pk, reason="事業の終わり")
    assert open_document(by=office.planner, document=row.pk).name == "契約書.pdf"
    with pytest.raises(NoSuchRow):
        attached(office, fans, pdf("b"))
    with pytest.raises(DocumentHeld):
        erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    change_document(by=office.planner, document=row.pk, seen=2, now=replace(held, held=""))
    erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    row.refresh_from_db()
    assert row.erased is not None


def test_名寄せした人の保存の継続は元の人の書類にも及ぶ(office: Town, fans: em.Register) -> None:
    row = attached(office, fans, pdf(), number=2, said=PERSONAL)
    merge(by=office.planner, subject=whose(fans, 2), into=whose(fans), reason="同じ人")
    consent = hold_person(by=office.planner, subject=whose(fans), register=fans.pk, reason="返還の手続")  # fmt: skip
    with pytest.raises(StillHeld) as refused:
        erase_document(by=office.section_head, document=row.pk, reason="不要")
    assert "返還の手続" in refused.value.sentence()
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head) == 0
        release(by=office.planner, consent=consent.pk)
        assert erase_due_documents(by=office.section_head) == 1


def test_登録がいま別の人のものでもその人の保存の継続は書類に及ぶ(
    office: Town, fans: em.Register
) -> None:
    row = attached(office, fans, pdf(), said=PERSONAL)
    _given_to(office, fans, whose(fans, 2))
    hold_person(by=office.planner, subject=whose(fans, 2), register=fans.pk, reason="返還の手続")
    with pytest.raises(StillHeld):
        erase_document(by=office.section_head, document=row.pk, reason="不要")


def _given_to(office: Town, register: em.Register, subject: int) -> None:
    """Correct entry 1: it is about somebody else."""
    entry = em.Entry.objects.get(em.entries.CURRENT, register=register, number=1)
    draft = Draft(subject=subject, first=entry.first)
    correct(by=office.planner, register=register.pk, number=1, seen=entry.pk, draft=draft, reason="取り違え")  # fmt: skip


def test_書類は付けた時の人のもののまま扱いを変えてもその人と共に消える(
    office: Town, fans: em.Register
) -> None:
    first = whose(fans)
    row, plain = attached(office, fans, pdf("a"), said=PERSONAL), attached(office, fans, pdf("b"))
    _given_to(office, fans, whose(fans, 2))
    for one in (row, plain):
        change_document(by=office.planner, document=one.pk, seen=1, now=replace(KEEP, keep_years=7, personal=True, reason="様式だけのため"))  # fmt: skip
    erase(by=office.planning_head, subject=first, reason="本人の申出")
    assert {(row.subject_id, row.erased is None) for row in em.Document.objects.all()} == {
        (first, False)
    }
    assert fine()


def test_消去した人に個人の分かる書類は付けられない(office: Town, fans: em.Register) -> None:
    erase(by=office.planning_head, subject=whose(fans), reason="本人の申出")
    with pytest.raises(NoPerson):
        attached(office, fans, pdf(), said=PERSONAL)
    plain = attached(office, fans, pdf())
    with pytest.raises(NoPerson):
        change_document(by=office.planner, document=plain.pk, seen=1, now=replace(KEEP, personal=True))  # fmt: skip


def test_登録の束を取り消しても個人の書類のある人は忘れず消去で共に消える(
    office: Town, fans: em.Register
) -> None:
    row, (one, other) = attached(office, fans, pdf(), said=PERSONAL), (whose(fans), whose(fans, 2))
    undo(by=office.planner, batch=em.Batch.objects.get(register=fans).pk, reason="取り違え")
    assert list(em.Contact.objects.values_list("subject", flat=True)) == [one]
    assert em.Subject.objects.get(pk=other).erased is not None
    erase(by=office.planning_head, subject=one, reason="本人の申出")
    row.refresh_from_db()
    assert row.erased is not None


def test_示した書類だけを消し示した後に変われば断る(office: Town, members: em.Register) -> None:
    shown, other = attached(office, members, pdf("a")), attached(office, members, pdf("b"))
    with clock.at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head, chosen=[shown.pk]) == 1
        change_document(
            by=office.planner, document=other.pk, seen=1, now=replace(KEEP, held="争い")
        )
        with pytest.raises(Stale):
            erase_due_documents(by=office.section_head, chosen=[other.pk])
    other.refresh_from_db()
    assert other.erased is None


def test_台帳で保存を続ける人の書類は期限でも消えない(office: Town, fans: em.Register) -> None:
    attached(office, fans, pdf(), said=PERSONAL)
    consent = hold_person(
        by=office.planner, subject=whose(fans), register=fans.pk, reason="返還の手続"
    )
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        assert erase_due_documents(by=office.section_head) == 0
        release(by=office.planner, consent=consent.pk)
        assert erase_due_documents(by=office.section_head) == 1


@pytest.mark.parametrize("said", ["関係様の申出", "h@example.jp"])
def test_取消や保存の理由に本人の名を書かせない(office: Town, fans: em.Register, said: str) -> None:
    row = attached(office, fans, pdf(), said=PERSONAL)
    handling = Handling(sort="decision", level="3B", keep_years=5, personal=True, held=said)
    for act in (
        lambda: void_document(by=office.planner, document=row.pk, seen=1, reason=said),
        lambda: erase_document(by=office.planning_head, document=row.pk, reason=said),
        lambda: change_document(by=office.planner, document=row.pk, seen=1, now=handling),
    ):
        with pytest.raises(NamesPerson):
            act()


# -- proven -----------------------------------------------------------------------------------------------------------


def _flip(row: em.Document) -> None:
    kept = em.DocumentBytes.objects.get(sha256=row.sha256)
    data = bytearray(kept.data)
    data[-1] ^= 1
    sql("UPDATE evidence_documentbytes SET data = %s WHERE id = %s", bytes(data), kept.pk)


@pytest.mark.parametrize(("done", "code"), [
    (_flip, "J59"),
    (lambda row: sql("DELETE FROM evidence_documentbytes WHERE sha256 = %s", row.sha256), "J58"),
    (lambda row: sql("DELETE FROM evidence_documentname WHERE document_id = %s", row.pk), "J58"),
    (lambda row: sql("UPDATE evidence_documentname SET sealed = '1:AAAA' WHERE document_id = %s", row.pk), "J59"),
])  # fmt: skip
def test_変えられたりなくなったりした書類を番号で言う(
    office: Town, members: em.Register, done: Callable[[em.Document], None], code: str
) -> None:
    attached(office, members, pdf("untouched"), number=2)
    row = attached(office, members, pdf())
    done(row)
    assert found() == [(code, row.pk)]
    assert not fine()


def test_入れ替えられた書類を両方とも番号で言う(office: Town, members: em.Register) -> None:
    rows = [attached(office, members, pdf(text)) for text in "ab"]
    first, second = (em.DocumentBytes.objects.get(sha256=row.sha256) for row in rows)
    for one, other in ((first, second), (second, first)):
        sql(
            "UPDATE evidence_documentbytes SET data = %s, sealed = %s WHERE id = %s",
            bytes(other.data),
            other.sealed,
            one.pk,
        )
    assert found() == [("J59", row.pk) for row in rows]
    with pytest.raises(DocumentChanged):
        open_document(by=office.planner, document=rows[0].pk)


def test_要約値ごと入れ替えても行が違うと分かる(office: Town, members: em.Register) -> None:
    rows = [attached(office, members, pdf(text)) for text in "ab"]
    sql(
        "UPDATE evidence_document SET sha256 = %s, size = %s WHERE id = %s",
        rows[1].sha256,
        rows[1].size,
        rows[0].pk,
    )
    said = [one.sentence("ja") for one in whole(None, []).problems]
    assert any("証拠書類" in text and str(rows[0].pk) in text for text in said)


def test_行ごと消しても分かる(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    for table in ("evidence_documentname", "evidence_document"):
        sql(f"DELETE FROM {table} WHERE {'document_id' if 'name' in table else 'id'} = %s", row.pk)
    assert any(str(row.pk) in one.sentence("ja") for one in whole(None, []).problems)


def test_消したことにされた書類も行が違うと分かる(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    sql("UPDATE evidence_document SET erased = since WHERE id = %s", row.pk)
    assert not fine()


# -- keys and faults --------------------------------------------------------------------------------------------------


def test_鍵を替えても中身はそのままで開ける(office: Town, members: em.Register, settings) -> None:
    row = attached(office, members, pdf())
    before = bytes(em.DocumentBytes.objects.get().data)
    keyed.state()
    settings.SOSEI_PERSONAL_KEYS = {**personal.ring(), max(personal.ring()) + 1: b"n" * 32}
    done, unread = encipher_anew()
    assert (done, unread) == (2, 0)
    settings.SOSEI_PERSONAL_KEYS = {personal.newest(): b"n" * 32}
    assert open_document(by=office.planner, document=row.pk).data == pdf()
    assert bytes(em.DocumentBytes.objects.get().data) == before
    assert fine()


def test_鍵がなければ確かめられないと言い誤りとは言わない(
    office: Town, members: em.Register, settings
) -> None:
    row = attached(office, members, pdf())
    settings.SOSEI_PERSONAL_KEYS = {9: b"n" * 32}
    assert found() == [("N06", row.pk)] * 2
    with pytest.raises(PersonalKeyLacking):
        open_document(by=office.planner, document=row.pk)


@pytest.mark.parametrize("at", ["_keep", "sealed_name"])
def test_途中で倒れれば書類も中身も残らない(
    office: Town, members: em.Register, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def fails(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(acts, at, fails)
    with pytest.raises(KeyboardInterrupt):
        attached(office, members, pdf())
    monkeypatch.undo()
    assert not em.Document.objects.exists()
    assert not em.DocumentBytes.objects.exists()
    assert verbs() == []
    attached(office, members, pdf())
    assert fine()


def test_だれのものでもない中身は掃き出す(office: Town, members: em.Register) -> None:
    row = attached(office, members, pdf())
    em.DocumentBytes.objects.create(body=BODY, sha256="0" * 64, size=1, sealed="1:AA", data=b"x")
    assert unused(BODY).count() == 1
    assert sweep(BODY) == 1
    assert open_document(by=office.planner, document=row.pk).data == pdf()


# -- asked ------------------------------------------------------------------------------------------------------------


def test_書類のない登録を数えて並べる(office: Town, members: em.Register) -> None:
    entered(office, members, [member(f"会社{n}", date(2021, 7, 1)) for n in range(60)])
    attached(office, members, png(), name="会場.png", number=2)
    cover = asked.coverage(members.pk)
    assert (cover.entries, cover.proven, cover.missing) == (62, 1, 61)
    first = asked.missing(BODY, members.pk)
    assert [row.record.id for row in first.rows][:3] == [1, 3, 4]
    rest = asked.missing(BODY, members.pk, first.more or 0)
    assert len(first.rows) + len(rest.rows) == 61
    assert rest.more is None
    assert asked.counts([members.pk], [1, 2, 3]) == {(members.pk, 2): 1}


def test_一覧は種別と年度で絞れる(office: Town, members: em.Register) -> None:
    attached(office, members, pdf("a"))
    attached(office, members, png(), name="会場.png", said=replace(PLAIN, sort="photo", year=2020))
    voided = attached(office, members, pdf("c"))
    void_document(by=office.planner, document=voided.pk, seen=1, reason="誤り")

    def numbers(**said: object) -> list[str]:
        return [row.sort for row in asked.documents(BODY, members.pk, asked.Asked(**said)).rows]

    assert numbers() == ["photo", "contract"]
    assert numbers(sort="photo", year=2020) == ["photo"]
    assert numbers(year=2019) == []
    assert len(numbers(state="all")) == 3
    assert len(list(asked.listed(BODY, members.pk))) == 2


def test_時が経っても同じ日の期限は同じ(office: Town, members: em.Register) -> None:
    with clock.at(JUNE + timedelta(days=300)):
        row = attached(office, members, pdf(), said=replace(PLAIN, year=2022, keep_years=7))
    assert row.keep_until == date(2030, 3, 31)

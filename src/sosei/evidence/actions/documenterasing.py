"""証拠書類の消去. Name and bytes go when a document's time is over, when its person is erased, or by hand; its row and hash stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sosei.core.errors import Stale
from sosei.evidence import models as m
from sosei.evidence.actions.documents import document_of, nameless_about
from sosei.evidence.models.documents import KEPT
from sosei.evidence.parts import parts
from sosei.evidence.persons import ERASING, merged
from sosei.evidence.refusals_documents import DocumentGone, DocumentHeld
from sosei.evidence.refusals_personal import NotYet, StillHeld
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import may, require


def erase_document(*, by: Person, document: int, reason: str) -> m.Document:
    """証拠書類を消す. Its name and bytes go now, with a reason; that it was there, and its hash, stay.

    Raises NotAllowed, NoSuchRow, NoReason, NamesPerson, DocumentHeld, DocumentGone, StillHeld (its person is).
    """
    row = document_of(by, document)
    require(by, ERASING, [row.register.department_id])
    said = nameless_about(row, reason, "証拠書類の消去")
    with act(
        "document.erase", body=by.body, by=by.pk, subject=f"evidence.document:{document}"
    ) as w:
        row = document_of(by, document)
        if row.erased is not None:
            raise DocumentGone(number=document, on=f"{row.erased:%Y-%m-%d}")
        _require_released([row])
        if (consent := _held_for(by.body, [row], today()).get(row.pk)) is not None:
            raise StillHeld(register=row.register.called(), reason=consent.held)
        w.facts |= {"count": 1, "reason": said}
        let_go(w, [row])
    return row


def documents_due(by: Person, on: date) -> list[m.Document]:
    """Return the documents whose time is over on a day, which nothing holds, and which somebody may erase."""
    mine = [
        register
        for register, department in m.Register.objects.filter(body=by.body).values_list(
            "pk", "department"
        )
        if may(by, ERASING, [department]) is not None
    ]
    rows = m.Document.objects.filter(KEPT, body=by.body, register__in=mine, keep_until__lt=on)
    found = list(rows.filter(held=None).select_related("register").order_by("keep_until", "pk"))
    held = _held_for(by.body, found, on)
    return [row for row in found if row.pk not in held]


def _held_for(body: str, rows: Iterable[m.Document], on: date) -> dict[int, m.Consent]:
    """Return what holds the persons of personal documents for the register's sake, by document; whoever was merged into whom."""
    found = [row for row in rows if row.personal or row.subject_id is not None]
    consents = m.Consent.objects.filter(body=body, voided=None, held__isnull=False)
    consents = consents.filter(Q(held_until=None) | Q(held_until__gte=on))
    into = merged(body)
    held = {(one.register_id, into.get(one.subject_id, one.subject_id)): one for one in consents}
    there = {register for register, _ in held}
    found = [row for row in found if row.register_id in there]
    now = _persons_now(found)
    return {
        row.pk: held[row.register_id, into.get(one, one)]
        for row in found
        for one in (row.subject_id, now.get((row.register_id, row.number)))
        if one is not None and (row.register_id, into.get(one, one)) in held
    }


def _persons_now(rows: Iterable[m.Document]) -> dict[tuple[int, int | None], int | None]:
    """Return whom the entries of documents are about now, by register and number."""
    found: dict[tuple[int, int | None], int | None] = {}
    places = {(row.register_id, row.number) for row in rows if row.number is not None}
    for register in {one for one, _ in places}:
        for part in parts(sorted(number for one, number in places if one == register)):
            now = m.Entry.objects.filter(m.entries.CURRENT, register=register, number__in=part)
            found |= {
                (register, number): subject
                for number, subject in now.values_list("number", "subject")
            }
    return found


def erase_due_documents(
    *, by: Person, on: date | None = None, chosen: Collection[int] | None = None
) -> int:
    """期限の過ぎた証拠書類を消す. All whose time was over on a day (None: today) and that nothing holds; how many.

    `chosen`: these alone, Stale where one of them is not to be erased (any more). Raises NotAllowed, NotYet.
    """
    require(by, ERASING)
    day = on or today()
    if day > today():
        raise NotYet(on=day)
    with act("document.erase_due", body=by.body, by=by.pk, always=True) as w:
        rows = documents_due(by, day)
        if chosen is not None:
            rows = [row for row in rows if row.pk in set(chosen)]
            if len(rows) != len(set(chosen)):
                raise Stale(what="消去する証拠書類の一覧")
        w.facts["count"] = len(rows)
        let_go(w, rows)
        sweep(by.body)
    return len(rows)


# -- with persons -----------------------------------------------------------------------------------------------------


def of_persons(subjects: Collection[int], register: int | None = None) -> list[m.Document]:
    """Return the kept documents that say who some persons are: attached as theirs, or to entries that are about them now."""
    found: dict[int, m.Document] = {}
    for part in parts(sorted(set(subjects))):
        now = m.Entry.objects.filter(
            m.entries.CURRENT,
            register=OuterRef("register"),
            number=OuterRef("number"),
            subject__in=part,
        )
        rows = m.Document.objects.filter(
            KEPT
        )  # whose it was once said to be stays so, whatever it is marked as
        rows = rows.filter(Q(subject__in=part) | (Q(personal=True) & Exists(now)))
        if register is not None:
            rows = rows.filter(register=register)
        found |= {row.pk: row for row in rows.order_by("pk")}
    return list(found.values())


def require_documents_released(subjects: Collection[int]) -> None:
    """See that no document of some persons is held. Raises DocumentHeld."""
    _require_released(of_persons(subjects))


def let_go_of_persons(w: Act, subjects: Collection[int], register: int | None = None) -> None:
    """Within an act: erase the documents of persons who are erased; those that are held for a reason of their own stay."""
    let_go(w, [row for row in of_persons(subjects, register) if row.held is None])


def _require_released(rows: Iterable[m.Document]) -> None:
    for row in rows:
        if row.held is not None:
            raise DocumentHeld(number=row.pk, reason=row.held)


# -- bytes ------------------------------------------------------------------------------------------------------------


def let_go(w: Act, rows: Iterable[m.Document]) -> None:
    """Within an act: names go, bytes too where no other document has the same; the rows say since when."""
    gone = list(rows)
    for row in gone:
        w.change(row, erased=w.at)
    for part in parts([row.pk for row in gone]):
        m.DocumentName.objects.filter(document__in=part).delete()
    for digests in parts(sorted({row.sha256 for row in gone})):
        unused(w.body).filter(sha256__in=digests).delete()


def unused(body: str | None = None) -> QuerySet[m.DocumentBytes]:
    """Return bytes that no kept document has."""
    named = m.Document.objects.filter(KEPT, body=OuterRef("body"), sha256=OuterRef("sha256"))
    rows = m.DocumentBytes.objects.exclude(Exists(named))
    return rows if body is None else rows.filter(body=body)


def sweep(body: str | None = None) -> int:
    """Delete bytes that no kept document has: left by nothing this program does, but by what was done behind its back."""
    return unused(body).delete()[0]

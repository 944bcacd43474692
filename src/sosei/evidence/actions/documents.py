"""証拠書類を付ける. Contracts, invoices, answers, photographs: attached to what they prove, kept so many years, voided with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Sum

from sosei.core.fiscal import APRIL, FiscalYear
from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.keyed import require_key
from sosei.evidence.models.documents import STANDING
from sosei.evidence.nameless import nameless, nameless_of_batch, nameless_of_register
from sosei.evidence.papers.numbers import require_no_numbers
from sosei.evidence.papers.sealed import Named, sealed_document, sealed_name
from sosei.evidence.papers.sniffed import format_of
from sosei.evidence.papers.words import (
    FIRST_YEAR,
    LEAST_YEARS,
    LEVELS,
    MB,
    MOST_EACH,
    MOST_NOTE,
    MOST_TOTAL,
    Format,
    Level,
    Sort,
    clean_name,
)
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_documents import (
    DocumentTwice,
    KeptTooShort,
    TooManyDocuments,
    YearUnlikely,
)
from sosei.evidence.refusals_personal import NoPerson
from sosei.evidence.retention import keep_until
from sosei.evidence.stored import kind
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require

HOLDING = "consent.hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Of:
    """何の書類か. Of an entry (`number`), one of its stages (`stage`: from 1), a closing, or a batch of a register."""

    register: int
    number: int | None = None
    stage: int | None = None
    closing: int | None = None
    batch: int | None = None

    @property
    def place(self) -> dict[str, Any]:
        """Return what finds the documents of it, whatever their stage."""
        return {"register_id": self.register, "number": self.number, "closing_id": self.closing, "batch_id": self.batch}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """書類について言うこと. `year`: the fiscal year it is of; `personal`: it says who somebody is; `note`: a remark, enciphered."""

    sort: Sort
    level: Level
    year: int
    keep_years: int = LEAST_YEARS
    personal: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """書類の扱い. Its sort and class, how long it is kept; `held`: why it is kept beyond its time.

    `reason`: why it is no longer taken to say who somebody is, or why its class is lowered.
    """

    sort: Sort
    level: Level
    keep_years: int
    personal: bool
    held: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A file that was looked at, and enciphered before the act begins."""

    name: str
    format: Format
    sha256: str
    size: int
    key: str
    data: bytes


def attach(*, by: Person, of: Of, files: Sequence[tuple[str, bytes]], said: Said) -> list[m.Document]:  # fmt: skip
    """証拠書類を付ける. Files (name and bytes), all or none.

    Raises NotAllowed, NoSuchRow, NoPerson, DocumentTooLarge, DocumentUnfit, DocumentActive, DocumentNumbers, DocumentTwice,
    TooManyDocuments, KeptTooShort, YearUnlikely, PersonalKeyLacking, the refusals of damaged files.
    """
    row = register_of(by, of.register)
    require(by, "register.write", [row.department_id])
    _require_time(said)
    require_key()
    sealed = [_sealed(row, name, data) for name, data in files]
    with act("document.attach", body=by.body, by=by.pk, subject=_subject(of)) as w:
        row = register_of(by, of.register)
        require_key()
        whom = _whom(row, of)
        if said.personal:
            _require_known([] if whom is None else [whom])
        _require_room(w, of, sealed)
        made = w.add_all([_row(row, of, one, said, whom) for one in sealed])
        _keep(w.body, made, sealed, said.note)
        w.facts |= {"count": len(made), "bytes": sum(one.size for one in sealed)}
    return list(made)


def _subject(of: Of) -> str:
    if of.closing is not None:
        return f"evidence.closing:{of.closing}"
    if of.batch is not None:
        return f"evidence.batch:{of.batch}"
    return f"evidence.register:{of.register}"


def _require_time(said: Said) -> None:
    last = FiscalYear.of(today()).start + 1
    if not FIRST_YEAR <= said.year <= last:
        raise YearUnlikely(year=said.year, first=FIRST_YEAR, last=last)
    if said.keep_years < LEAST_YEARS:
        raise KeptTooShort(least=LEAST_YEARS)


def _sealed(register: m.Register, name: str, data: bytes) -> _Sealed:
    """Look at a file and encipher it; nothing is written yet."""
    known = format_of(data, clean_name(name, "pdf")[:80])
    shown = clean_name(name, known)
    require_no_numbers(kind(register), known, data, shown)
    digest = sha256(data).hexdigest()
    there = m.DocumentBytes.objects.filter(body=register.body, sha256=digest).exists()
    key, made = ("", b"") if there else sealed_document(register.body, digest, data)
    return _Sealed(shown, known, digest, len(data), key, made if made else data)


def _whom(register: m.Register, of: Of) -> int | None:
    """Return the person whom the entry is about, None where it is nobody. Raises NoSuchRow where there is nothing to attach to."""
    if of.number is not None:
        rows = m.Entry.objects.filter(m.entries.CURRENT, register=register, number=of.number)
        found = rows.values_list("subject", "subject__kind").first()
        stages = len(kind(register).stages)
        if found is None or not (of.stage is None or 1 <= of.stage <= stages):
            raise NoSuchRow(what=register.called(), number=of.number)
        return found[0] if found[1] == "person" else None
    there: Any = m.Closing if of.closing is not None else m.Batch
    number = of.closing if of.closing is not None else of.batch
    if not there.objects.filter(register=register, pk=number, voided__isnull=True).exists():
        raise NoSuchRow(what="締め" if of.closing is not None else "登録の束", number=number)
    return None


def _require_known(subjects: Iterable[int]) -> None:
    """See that who some persons are is not erased: nothing that says it is kept of them any more. Raises NoPerson."""
    gone = m.Subject.objects.filter(pk__in=list(subjects), erased__isnull=False).first()
    if gone is not None:
        raise NoPerson(subject=gone.pk)


def _require_room(w: Act, of: Of, sealed: Sequence[_Sealed]) -> None:
    """See that nothing is attached twice, and that there is room. Raises DocumentTwice, TooManyDocuments."""
    own = m.Document.objects.filter(STANDING, body=w.body, **of.place)
    there = dict(own.values_list("sha256", "pk"))
    digests = [one.sha256 for one in sealed]
    for n, one in enumerate(sealed):
        if one.sha256 in there or one.sha256 in digests[:n]:
            raise DocumentTwice(name=one.name, number=there.get(one.sha256, "－"))
    if len(there) + len(sealed) > MOST_EACH:
        raise TooManyDocuments(what="一か所", what_en="in one place", limit=f"{MOST_EACH}点", limit_en=f"{MOST_EACH} documents")  # fmt: skip
    kept = m.DocumentBytes.objects.filter(body=w.body).aggregate(all=Sum("size"))["all"] or 0
    if kept + sum(one.size for one in sealed) > MOST_TOTAL:
        most = f"{MOST_TOTAL // MB // 1024}GB"
        raise TooManyDocuments(what="全部", what_en="in all", limit=most, limit_en=most)


def _row(register: m.Register, of: Of, one: _Sealed, said: Said, whom: int | None) -> m.Document:
    until = _until(said.year, said.keep_years)
    return m.Document(
        body=register.body, number=of.number, stage=of.stage, closing_id=of.closing, batch_id=of.batch, register=register,
        sort=said.sort, format=one.format, sha256=one.sha256, size=one.size, level=said.level, year=said.year,
        personal=said.personal, subject_id=whom, keep_years=said.keep_years, keep_until=until,
    )  # fmt: skip


def _until(year: int, years: int) -> Any:
    return keep_until(date(year, APRIL, 1), years)


def _keep(body: str, made: Iterable[m.Document], sealed: Iterable[_Sealed], note: str) -> None:
    """Write names, and bytes that are not there yet."""
    names, fresh = [], {}
    for row, one in zip(made, sealed, strict=True):
        said = Named(name=one.name, note=note.strip()[:MOST_NOTE])
        names.append(
            m.DocumentName(document=row, body=body, sealed=sealed_name(body, row.pk, said))
        )
        fresh[one.sha256] = one
    m.DocumentName.objects.bulk_create(names)
    there = m.DocumentBytes.objects.filter(body=body, sha256__in=fresh)
    for digest in fresh.keys() - set(there.values_list("sha256", flat=True)):
        one = fresh[digest]
        key, data = (one.key, one.data) if one.key else sealed_document(body, digest, one.data)
        m.DocumentBytes.objects.create(body=body, sha256=digest, size=one.size, sealed=key, data=data)  # fmt: skip


# -- what is said of it later -----------------------------------------------------------------------------------------


def document_of(by: Person, document: int) -> m.Document:
    """Return a document of one's own body, voided or erased ones too, also of an ended register. Raises NoSuchRow."""
    rows = m.Document.objects.filter(body=by.body, pk=document)
    row = rows.select_related("register").first()
    if row is None:
        raise NoSuchRow(what="証拠書類", number=document)
    return row


def standing(by: Person, document: int) -> m.Document:
    """Return a document that stands. Raises NoSuchRow."""
    row = document_of(by, document)
    if row.voided is not None or row.erased is not None:
        raise NoSuchRow(what="証拠書類", number=document)
    return row


def change_document(*, by: Person, document: int, seen: int, now: Handling) -> m.Document:
    """証拠書類の扱いを変える. Another sort or class; kept longer, never shorter; held for a reason, or released.

    Opened to more people it is by who may open it, with a reason; whose it is stays.

    Raises NotAllowed, NoSuchRow, NoPerson, NoReason, Stale, KeptTooShort, NamesPerson.
    """
    row = standing(by, document)
    require(by, "register.write", [row.register.department_id])
    lowered = _lowered(by, row, now)
    if (row.held or "") != now.held.strip():
        require(by, HOLDING, [row.register.department_id])
    with _about("document.change", by, document) as w:
        row = w.change(standing(by, document), seen=seen)
        if lowered:
            w.facts["reason"] = lowered
        if now.keep_years < row.keep_years:
            raise KeptTooShort(least=row.keep_years)
        if now.personal and not row.personal:
            _require_known(whom(row))
        why = nameless_about(row, now.held, "保存の継続") if now.held.strip() else None
        return w.change(
            row, sort=now.sort, level=now.level, personal=now.personal, held=why, keep_years=now.keep_years,
            keep_until=_until(row.year, now.keep_years),
        )  # fmt: skip


def void_document(*, by: Person, document: int, seen: int, reason: str) -> m.Document:
    """証拠書類を取り消す. It proves nothing any more; it stays readable with the reason. Raises NotAllowed, NoSuchRow, NoReason, NamesPerson, Stale."""
    row = standing(by, document)
    require(by, "register.write", [row.register.department_id])
    said = nameless_about(row, reason, "証拠書類の取消")
    with _about("document.void", by, document) as w:
        return w.void(w.change(standing(by, document), seen=seen), reason=said)


def _lowered(by: Person, row: m.Document, now: Handling) -> str:
    """Return why a document is opened to more people; "" where it is not. Raises NotAllowed, NoReason, NamesPerson."""
    levels = list(LEVELS)
    if not (row.personal and not now.personal) and levels.index(now.level) <= levels.index(
        row.level
    ):
        return ""
    require(by, "person.contact.see", [row.register.department_id])
    return nameless_about(row, now.reason, "書類の扱いの変更")


def nameless_about(row: m.Document, reason: str, what: str) -> str:
    """Return a reason that names nobody whom a document may be about. Raises NoReason, NamesPerson."""
    if row.batch is not None:
        return nameless_of_batch(nameless(reason, what, whom(row)), what, row.batch)
    if row.closing_id is not None:
        return nameless_of_register(reason, what, row.register)
    return nameless(reason, what, whom(row))


def _about(verb: str, by: Person, document: int) -> AbstractContextManager[Act]:
    return act(verb, body=by.body, by=by.pk, subject=f"evidence.document:{document}")


def whom(row: m.Document) -> list[int]:
    """Return the persons whom a document may be about: of its entry, then and now."""
    found = {row.subject_id, _person_now(row)}
    return sorted(one for one in found if one is not None)


def _person_now(row: m.Document) -> int | None:
    if row.number is None:
        return row.subject_id
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=row.register_id, number=row.number)
    found = rows.filter(subject__kind="person").values_list("subject", flat=True).first()
    return found or row.subject_id

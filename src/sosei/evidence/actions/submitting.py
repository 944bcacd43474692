"""公開フォームで受け付ける. What anybody sends becomes an entry at once, or waits for an official; nobody is signed in.

Who is in the book already is never entered at once: that it is he is for an official to see. So a stranger who types
somebody's e-mail address neither learns nor changes anything of him; what the form answers is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sosei.evidence import limits
from sosei.evidence import models as m
from sosei.evidence.actions.entries import entered
from sosei.evidence.actions.found import known_as, subjects_of
from sosei.evidence.actions.store import require_open
from sosei.evidence.actions.waiting import drop_overdue, hold
from sosei.evidence.codec import recorder, rower
from sosei.evidence.drafts import Draft
from sosei.evidence.formkept import columns, read_of
from sosei.evidence.models.subjects import UNTOLD
from sosei.evidence.publicforms import place_field
from sosei.evidence.refusals import PeriodClosed
from sosei.evidence.refusals_forms import (
    HoneyFilled,
    NoSuchForm,
    PublicClosed,
    SaidWrong,
    StampedAlready,
    TicketUsed,
)
from sosei.evidence.retention import keep_until
from sosei.evidence.stored import kind
from sosei.evidence.tickets import Ticket, code_marks, new_code, read_ticket, ticket_mark
from sosei.journal.acts import Act, act
from sosei.journal.clock import now, today


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """受け付けたもの. `code`: shown once, kept nowhere; `again`: the same page came before, and nothing was entered twice.

    `waits`: the form says that an official looks first; not whether he does so of this one.
    """

    code: str
    waits: bool
    again: bool = False


def live_form(slug: str) -> m.PublicForm:
    """Return the form at an address that takes something today. Raises NoSuchForm."""
    row, day = any_form(slug), today()
    early = row.open_from is not None and day < row.open_from
    late = row.open_until is not None and row.open_until < day
    if not row.published or early or late or row.register.voided is not None:
        raise NoSuchForm
    return row


def any_form(slug: str) -> m.PublicForm:
    """Return the form at an address, also one that is closed, or of an ended register: who sent something has his own there.

    Raises NoSuchForm.
    """
    rows = m.PublicForm.objects.filter(slug=slug, voided=None)
    found = rows.select_related("register").first()
    if found is None:
        raise NoSuchForm
    return found


def submit(
    *, slug: str, said: Mapping[str, str], ticket: str, address: str, honey: str = ""
) -> Received:
    """フォームで申し込む. `said`: by the keys of columns; `ticket`: of the page; `honey`: what stands in the field nobody sees.

    Raises NoSuchForm, HoneyFilled, TicketOld, TooQuick, TicketUsed, TooMany, SaidWrong, StampedAlready, PublicClosed.
    """
    form = live_form(slug)
    if honey.strip():
        raise HoneyFilled
    shown = read_ticket(ticket, form=form.pk, version=form.stamp, mode=form.mode)
    own = {one.key: said.get(one.key, "") for one in columns(form)}
    code = new_code(shown, own)
    if _by_code(form, code) is not None:
        return Received(code=code, waits=form.waits, again=True)
    limits.require_room(form, address)
    drop_overdue()
    read = read_of(form, own, now())
    if read.draft is None:
        raise SaidWrong(read.slips)
    limits.note_sent(form, address)  # by itself: what is refused below is counted as well
    try:
        _received(form, shown, code, own)
    except StampedAlready:
        limits.note_again(form, address)
        raise
    return Received(code=code, waits=form.waits, again=False)


def _by_code(form: m.PublicForm, code: str) -> m.Submission | None:
    return m.Submission.objects.filter(form=form, code__in=code_marks(form.pk, code)).first()


def _received(form: m.PublicForm, shown: Ticket, code: str, said: Mapping[str, str]) -> m.Submission:  # fmt: skip
    with act("form.submit", body=form.body, by=None, subject=f"evidence.publicform:{form.pk}") as w:
        form = live_form(form.slug)
        if (before := _by_code(form, code)) is not None:  # pressed twice: the other came first
            return before
        _use(shown)
        read = read_of(form, said, w.at)
        if read.draft is None:
            raise SaidWrong(read.slips)
        row = w.add(
            m.Submission(
                form=form, code=code_marks(form.pk, code)[0], version=shown.version, at=w.at, state="waiting",
            )
        )  # fmt: skip
        if _looked_at_first(form, read.draft):
            hold(row, said)
        else:
            _at_once(w, row, read.draft)
    return row


def _looked_at_first(form: m.PublicForm, draft: Draft) -> bool:
    """Whether an official looks before it is entered: always, or for whom the book knows, or of a day on which much comes."""
    if form.waits or limits.is_much(form):
        return True
    if form.mode == "stamp" or draft.who is None:
        return False
    return known_as(form.register, draft.who) is not None


def require_open_to(form: m.PublicForm, before: Draft, draft: Draft) -> None:
    """See that what is held says nothing else of a closed period, as what was entered at once: else it told who is known.

    Of a form of which everything is held the official sees it. Raises PublicClosed.
    """
    if form.waits:
        return
    of = kind(form.register)
    made, read = rower(of), recorder(of)
    was, anew = (read(made(0, None, one)) for one in (before, draft))
    try:
        require_open(form.register, [was], [anew], whose=True)
    except PeriodClosed:
        raise PublicClosed from None


def _use(shown: Ticket) -> None:
    """Use up a ticket. Raises TicketUsed."""
    mark = ticket_mark(shown)
    if m.Knock.objects.filter(mark=mark).exists():
        raise TicketUsed
    m.Knock.objects.create(mark=mark, at=now())


def _at_once(w: Act, row: m.Submission, draft: Draft) -> None:
    try:
        entered_of(w, row, draft)
    except PeriodClosed:
        raise PublicClosed from None


def entered_of(w: Act, row: m.Submission, draft: Draft) -> None:
    """Enter what came, within an act; who agreed by it is written down. Raises StampedAlready, PeriodClosed."""
    register = row.form.register
    newest = m.Subject.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    # a stamp may be another's: what it says of who is known is not kept
    subject = subjects_of(w, register, [draft], tells=row.form.mode != "stamp")[0]
    if row.form.mode == "stamp":
        _require_first(row.form, draft, subject)
    made = entered(w, register, [_of(draft, subject)], way="form")
    assert made is not None
    number = m.Entry.objects.values_list("number", flat=True).get(batch=made)
    is_new = subject is not None and subject > newest
    person = draft.who is not None and draft.who.kind == "person"
    if person and subject is not None and (is_new or row.form.mode != "stamp"):
        _agreed(w, row, subject)  # a stamp may be another's: it agrees to nothing for who was known
    w.change(row, state="accepted", entry=number, person_id=subject if person and is_new else None)
    w.facts["entry"] = number


def _of(draft: Draft, subject: int | None) -> Draft:
    return Draft(
        subject=subject, first=draft.first, last=draft.last, year=draft.year, size=draft.size,
        reached=draft.reached, values=draft.values,
    )  # fmt: skip


def _require_first(form: m.PublicForm, draft: Draft, subject: int | None) -> None:
    """See that somebody has no stamp of this place and day yet. Raises StampedAlready."""
    where = place_field(kind(form.register))
    if subject is None or where is None:
        return
    own = m.Entry.objects.filter(m.entries.CURRENT, register=form.register, subject=subject, first=draft.first)  # fmt: skip
    column = kind(form.register).fields[where.field or ""].column
    name = column or f"more__{where.field}__exact"
    if own.filter(**{name: draft.values.get(where.field or "")}).exists():
        raise StampedAlready(place=form.place)


def _agreed(w: Act, row: m.Submission, subject: int) -> None:
    """Write down that somebody agreed; of who agreed before, or took it back, that stays as it is."""
    register, day = row.form.register, timezone.localtime(row.at).date()
    said: dict[str, Any] = {"version": register.stamp, "given_on": day, "keep_until": keep_until(day, register.keep_years)}  # fmt: skip
    rows = m.Consent.objects.filter(register=register, subject=subject, voided=None)
    before = rows.first()
    if before is None:
        w.add(m.Consent(subject_id=subject, register=register, **said))
    elif before.version == UNTOLD and before.withdrawn is None:
        w.change(before, **said)

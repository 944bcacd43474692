"""自分の受付. Who has a confirmation code sees what he sent, changes it, withdraws it; nobody else does, and nobody is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sosei.evidence import limits, personal
from sosei.evidence import models as m
from sosei.evidence.actions.entries import entered, written
from sosei.evidence.actions.private import seal_private
from sosei.evidence.actions.store import current
from sosei.evidence.actions.submitting import any_form, require_open_to
from sosei.evidence.actions.waiting import drop_overdue, hold
from sosei.evidence.codec import gone_row
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.formkept import (
    contact,
    held,
    merged_values,
    own_columns,
    read_of,
    standing,
    told,
)
from sosei.evidence.keyed import require_key
from sosei.evidence.private import personal_part
from sosei.evidence.publicforms import IDENTITY
from sosei.evidence.refusals import PeriodClosed
from sosei.evidence.refusals_forms import NoSuchCode, NotWaiting, PublicClosed, SaidWrong
from sosei.evidence.sheets.columns import Column
from sosei.evidence.stored import kind
from sosei.evidence.tickets import LENGTH, code_marks, plain_code
from sosei.journal.acts import Act, act
from sosei.journal.clock import today

#: Why an entry goes whose person withdrew it; no word of his own, so that nobody is named.
_ASKED = "本人の申出"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """自分の受付. `state`: as of the submission, or gone: an official took the entry out. `said`: as it would be typed."""

    number: int
    state: str
    columns: tuple[Column, ...]
    said: Mapping[str, str]

    @property
    def stands(self) -> bool:
        """Whether it can be changed and withdrawn."""
        return self.state in ("waiting", "accepted")


def own(*, slug: str, code: str, address: str) -> Own:
    """自分の受付を見る. Raises NoSuchForm, NoSuchCode, TooMany."""
    row = _found(slug, code, address)
    if row.state == "waiting":
        # of a form that enters at once: as if it had, so that nobody sees whether he was known
        state = "waiting" if row.form.waits else "accepted"
        return Own(number=row.pk, state=state, columns=own_columns(row, None), said=held(row))
    there = standing(row) if row.state == "accepted" else None
    if there is None:
        state = "gone" if row.state == "accepted" else row.state
        return Own(number=row.pk, state=state, columns=(), said={})
    said = told(row, there[0], contact(row, there[0]))
    return Own(number=row.pk, state=row.state, columns=own_columns(row, there[0]), said=said)


def change_own(*, slug: str, code: str, said: Mapping[str, str], address: str) -> None:
    """自分の受付を直す. What is not asked stays. Raises as `own`, SaidWrong, PublicClosed, NotWaiting where it is withdrawn."""
    found = _found(slug, code, address)
    where = f"evidence.submission:{found.pk}"
    limits.require_room(found.form, address)
    limits.note_sent(found.form, address)
    with act("form.change_own", body=found.body, by=None, subject=where, always=True) as w:
        row = _again(found)
        if row.state == "waiting":
            _held_anew(row, said)
        else:
            _entered_anew(w, row, said)


def _held_anew(row: m.Submission, said: Mapping[str, str]) -> None:
    own = {one.key: said.get(one.key, "") for one in own_columns(row, None)}
    read = read_of(row.form, own, row.at)
    if read.draft is None:
        raise SaidWrong(read.slips)
    before = read_of(row.form, held(row), row.at).draft
    if before is not None:
        require_open_to(row.form, before, read.draft)
    hold(row, own)


def _entered_anew(w: Act, row: m.Submission, said: Mapping[str, str]) -> None:
    there = standing(row)
    if row.state != "accepted" or there is None:
        raise NotWaiting(number=row.pk)
    before, who = there[0], contact(row, there[0])
    read = read_of(row.form, {**_whose(row, before), **_only(row, before, said)}, row.at)
    if read.draft is None:
        raise SaidWrong(read.slips)
    values = merged_values(row, before, read.draft.values)
    _write(w, row, replace(before, values=values))
    if who is not None and read.draft.who is not None:
        _contact_anew(row, who, read.draft.who)


def _only(row: m.Submission, before: Draft, said: Mapping[str, str]) -> dict[str, str]:
    return {one.key: said.get(one.key, "") for one in own_columns(row, before)}


def _whose(row: m.Submission, before: Draft) -> dict[str, str]:
    """Return a word for whom it is about, where the person cannot change that: it is read, and not used."""
    asked = {one.key for one in own_columns(row, before)}
    return {} if asked & IDENTITY else {key: _STANDS[key] for key in set(row.form.asked) & _STANDS.keys()}  # fmt: skip


_STANDS: Mapping[str, str] = {"who": "同じ団体", "name": "同じ人", "mail": "same@example.jp"}


def _write(w: Act, row: m.Submission, draft: Draft) -> None:
    register = row.form.register
    try:
        entered(w, register, [draft], way="form", reason=_ASKED)
    except PeriodClosed:
        raise PublicClosed from None
    number = draft.entry or 0
    if kind(register).personal:  # what he no longer says goes
        seal_private(register, number, personal_part(draft.values, kind(register)))
    w.facts["entry"] = number


def _contact_anew(row: m.Submission, before: Who, now: Who) -> None:
    """Write who he is anew; of what the form does not ask, what stands stays."""
    asked = {part: getattr(now, part) for part in ("name", "kana", "mail", "phone", "address") if part in row.form.asked}  # fmt: skip
    who = replace(before, **asked)
    if who == before or row.person_id is None:
        return
    require_key()
    mail, name = personal.fingerprints(who)
    was = m.Contact.objects.get(subject=row.person_id)
    said = {
        "mail_key": mail if was.mail_key == mail or _is_free("mail_key", mail, row) else "",
        "name_key": name if was.name_key == name or _is_free("name_key", name, row) else "",
    }
    sealed = personal.sealed(row.body, row.person_id, who, was.register_id)
    m.Contact.objects.filter(subject=row.person_id).update(sealed=sealed, **said)


def _is_free(column: str, key: str, row: m.Submission) -> bool:
    """Whether nobody else in the book goes by a mail address, or in the register by a name, that is now typed.

    By another's he is not found again: so he never becomes him, and the form does not tell that there is such a one.
    """
    others = m.Contact.objects.filter(**{"body": row.body, column: key}).exclude(
        subject=row.person_id
    )
    if column == "name_key":
        here = m.Entry.objects.filter(m.entries.CURRENT, register=row.form.register)
        others = others.filter(subject__in=here.values("subject"))
    return bool(key) and not others.exists()


def withdraw_own(*, slug: str, code: str, address: str) -> None:
    """自分の受付を取り下げる. A membership ends today, anything else is taken out; the consent it gave is taken back.

    What lies in a closed period stays as it was counted, and the consent is taken back all the same. Raises as `own`, NotWaiting.
    """
    found = _found(slug, code, address)
    where = f"evidence.submission:{found.pk}"
    with act("form.withdraw", body=found.body, by=None, subject=where) as w:
        row = _again(found)
        if row.state not in ("waiting", "accepted"):
            raise NotWaiting(number=row.pk)
        m.Held.objects.filter(submission=row).delete()
        there = standing(row) if row.state == "accepted" else None
        if there is not None:
            _out(w, row, there[0])
        for consent in m.Consent.objects.filter(
            register=row.form.register, subject=row.person_id, voided=None, withdrawn=None
        ):
            w.change(consent, withdrawn=w.at)
        w.change(row, state="withdrawn")


def _out(w: Act, row: m.Submission, before: Draft) -> None:
    register, number = row.form.register, row.entry or 0
    ends = row.form.mode == "join" and before.first is not None and before.first < today()
    try:
        if ends and (before.last is None or before.last > today()):
            entered(w, register, [replace(before, last=today())], way="form", reason=_ASKED)  # fmt: skip
        elif not ends:
            there = {number: current(register, [number])[0]}
            written(w, register, [gone_row(number, _ASKED)], there, way="form", reason=_ASKED)
    except PeriodClosed:
        return


def _found(slug: str, code: str, address: str) -> m.Submission:
    """Return what a code opens. Raises NoSuchForm, NoSuchCode, TooMany."""
    form = any_form(slug)
    limits.require_tries(form, address)
    drop_overdue()
    row = None
    if len(plain_code(code)) == LENGTH:
        rows = m.Submission.objects.filter(form=form, code__in=code_marks(form.pk, code), voided=None)  # fmt: skip
        row = rows.select_related("form__register").first()
    if row is None:
        limits.note_wrong(form, address)
        raise NoSuchCode
    return row


def _again(found: m.Submission) -> m.Submission:
    """Return the submission as it stands inside the act."""
    return m.Submission.objects.select_related("form__register").get(pk=found.pk)

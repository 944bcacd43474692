"""確認を待つ内容. What came by a form is kept until an official has looked at it, for so many days, and no longer than its person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta

from django.db.models import QuerySet

from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.actions.found import known_as
from sosei.evidence.formkept import held, place, read_of
from sosei.evidence.keyed import require_key
from sosei.evidence.parts import parts
from sosei.evidence.publicforms import HELD_DAYS
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged
from sosei.journal.acts import Act, act
from sosei.journal.clock import now


def hold(row: m.Submission, said: Mapping[str, str]) -> None:
    """Keep what was typed until an official has looked at it. Only inside an act."""
    require_key()
    sealed = personal.enciphered(place(row), dict(said))
    m.Held.objects.update_or_create(submission=row, defaults={"body": row.body, "sealed": sealed})


def drop_overdue() -> int:
    """Delete what waited for more than `HELD_DAYS`, in every book; return how many."""
    old = _waiting().filter(at__lt=now() - timedelta(days=HELD_DAYS))
    dropped = 0
    for body in sorted(set(old.order_by().values_list("body", flat=True))):
        with act("form.expire", body=body, by=None) as w:
            w.facts["count"] = _drop(w, old.filter(body=body))
            dropped += w.facts["count"]
    return dropped


def drop_of(w: Act, subjects: Collection[int]) -> int:
    """Delete what waits of some persons who are erased, before their fingerprints go; return how many. Only inside an act."""
    rows = _waiting().filter(body=w.body).select_related("form__register", "held")
    return _drop(w, (row for row in rows.iterator(chunk_size=500) if _whose(row) in subjects))


def _waiting() -> QuerySet[m.Submission]:
    return m.Submission.objects.filter(state="waiting", voided=None, held__isnull=False)


def _whose(row: m.Submission) -> int | None:
    """Return for whom in the book a submission would be taken; None: nobody, or it cannot be read."""
    with suppress(PersonalKeyLacking, PersonalTextChanged):
        draft = read_of(row.form, held(row), row.at).draft
        if draft is not None and draft.who is not None:
            return known_as(row.form.register, draft.who)
    return None


def _drop(w: Act, rows: Iterable[m.Submission]) -> int:
    return sum(_dropped(w, part) for part in parts(rows))


def _dropped(w: Act, rows: list[m.Submission]) -> int:
    m.Held.objects.filter(submission__in=rows).delete()
    for row in rows:
        w.change(row, state="dropped")
    return len(rows)

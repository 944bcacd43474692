"""公開フォームの限り. How much comes in a time, by form and by line: kept as keyed marks for a day, and by nobody outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.refusals_forms import TooMany
from sosei.evidence.tickets import DAY, address_mark
from sosei.journal.clock import now

HOUR: Final = timedelta(hours=1)
#: Submissions from one line in an hour: an office or a venue may share one.
LINE: Final[Mapping[str, int]] = {"join": 30, "post": 30, "stamp": 300}
#: Submissions by a form in a day.
FORM: Final[Mapping[str, int]] = {"join": 500, "post": 500, "stamp": 5000}
#: Wrong codes from one line, and by a form, in an hour.
WRONG_LINE: Final = 20
WRONG_FORM: Final = 1000


def forget() -> None:
    """Throw away every mark that is older than a day."""
    m.Knock.objects.filter(at__lt=now() - DAY).delete()


def require_room(form: m.PublicForm, address: str) -> None:
    """See that a submission may come. Raises TooMany."""
    forget()
    came = m.Submission.objects.filter(form=form, at__gte=now() - DAY).count()
    if came >= FORM[form.mode] or _lately(address_mark(form.pk, "sent", address)) >= LINE[form.mode]:  # fmt: skip
        raise TooMany


def note_sent(form: m.PublicForm, address: str) -> None:
    """Remember that one came."""
    _note(address_mark(form.pk, "sent", address))


def require_tries(form: m.PublicForm, address: str) -> None:
    """See that another code may be tried. Raises TooMany."""
    forget()
    line, every = _wrong(form, address)
    if _lately(line) >= WRONG_LINE or _lately(every) >= WRONG_FORM:
        raise TooMany


def note_wrong(form: m.PublicForm, address: str) -> None:
    """Remember that a code was wrong."""
    for mark in _wrong(form, address):
        _note(mark)


def _wrong(form: m.PublicForm, address: str) -> tuple[str, str]:
    return address_mark(form.pk, "wrong", address), address_mark(form.pk, "wrong of all", "")


def _note(mark: str) -> None:
    m.Knock.objects.create(mark=mark, at=now())


def _lately(mark: str) -> int:
    return m.Knock.objects.filter(mark=mark, at__gte=now() - HOUR).count()

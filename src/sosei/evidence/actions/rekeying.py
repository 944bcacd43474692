"""個人情報の鍵を替える. What is kept of persons is enciphered with the newest key, and found again by it, from now on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.db import connection, models, transaction

from sosei.evidence import keyed, personal
from sosei.evidence import models as m
from sosei.evidence.formkept import waiting_place
from sosei.evidence.papers.sealed import bytes_place, name_place
from sosei.evidence.private import place
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged
from sosei.evidence.told import place as told_place
from sosei.journal.acts import act
from sosei.journal.seal import fingerprint

VERB: Final = "key.personal"
#: Rows at a time.
_MANY: Final = 1000


def encipher_anew() -> tuple[int, int]:
    """Encipher with the newest key whatever an older one enciphered, in every book or in none.

    Return how many texts, and how many could not be read (their key is not here): those stay as they are. Each book has
    a line of it. Raises PersonalKeyLacking where there is no key at all.
    """
    done = unread = 0
    with transaction.atomic():
        for body in _bodies():
            with act(VERB, body=body, by=None, facts=_said(), always=True) as w:
                counts = _contacts(body), _told(body), _private(body), _held(body), _names(body), _bytes(body)  # fmt: skip
                w.facts["count"] = sum(own for own, _ in counts)
            done += w.facts["count"]
            unread += sum(lost for _, lost in counts)
        keyed.state()
        m.Upload.objects.all().delete()  # on their way in, of a day: handed in again, not enciphered anew
    return done, unread


def _said() -> dict[str, Any]:
    number = personal.newest()
    return {"key": number, "mark": fingerprint(personal.ring()[number])}


def _bodies() -> list[str]:
    older = [_older(kind).values_list("body", flat=True).distinct() for kind in keyed.KINDS]
    return sorted({body for own in older for body in own})


def _older(kind: type[models.Model]) -> models.QuerySet[Any]:
    return kind._default_manager.exclude(sealed__startswith=f"{personal.newest()}:").order_by()


def _contacts(body: str) -> tuple[int, int]:
    def anew(subject: int, mail: str, name: str, sealed: str) -> tuple[str, ...]:
        who, heard = personal.opened_from(body, subject, sealed)
        by_mail, by_name = personal.fingerprints(who)  # who is not to be found by one stays so
        return personal.sealed(body, subject, who, heard), mail and by_mail, name and by_name

    told = ("subject_id", "mail_key", "name_key")
    return _written(m.Contact, ("sealed", "mail_key", "name_key"), told, anew, body)


def _told(body: str) -> tuple[int, int]:
    def anew(_: int, register: int, subject: int, sealed: str) -> tuple[str, ...]:
        where = told_place(body, register, subject)
        return (personal.enciphered(where, personal.deciphered(where, sealed)),)

    return _written(m.Told, ("sealed",), ("id", "register_id", "subject_id"), anew, body)


def _private(body: str) -> tuple[int, int]:
    def anew(_: int, register: int, entry: int, sealed: str) -> tuple[str, ...]:
        where = place(body, register, entry)
        return (personal.enciphered(where, personal.deciphered(where, sealed)),)

    return _written(m.Private, ("sealed",), ("id", "register_id", "number"), anew, body)


def _held(body: str) -> tuple[int, int]:
    def anew(submission: int, form: int, sealed: str) -> tuple[str, ...]:
        where = waiting_place(body, form, submission)
        return (personal.enciphered(where, personal.deciphered(where, sealed)),)

    return _written(m.Held, ("sealed",), ("submission_id", "submission__form_id"), anew, body)


def _names(body: str) -> tuple[int, int]:
    def anew(document: int, sealed: str) -> tuple[str, ...]:
        where = name_place(body, document)
        return (personal.enciphered(where, personal.deciphered(where, sealed)),)

    return _written(m.DocumentName, ("sealed",), ("document_id",), anew, body)


def _bytes(body: str) -> tuple[int, int]:
    """Write the keys of documents' bytes anew; the bytes themselves stay as they are."""

    def anew(row: int, sha256: str, sealed: str) -> tuple[str, ...]:
        where = bytes_place(body, sha256)
        return (personal.enciphered(where, personal.deciphered(where, sealed)),)

    return _written(m.DocumentBytes, ("sealed",), ("id", "sha256"), anew, body)


def _written(
    kind: type[models.Model], columns: Sequence[str], told: Sequence[str], anew: Callable[..., tuple[str, ...]], body: str
) -> tuple[int, int]:  # fmt: skip
    """Write a table's texts anew; `told`: the columns that say where a text stands, the row's own first."""
    quote = connection.ops.quote_name
    holes = ", ".join(f"{quote(name)} = %s" for name in columns)
    statement = f"UPDATE {quote(kind._meta.db_table)} SET {holes} WHERE {quote(told[0])} = %s"  # noqa: S608  our own names
    done = unread = 0
    for rows in _in_turn(kind, (*told, "sealed"), body):
        fresh = []
        for row in rows:
            try:
                fresh.append((*anew(*row), row[0]))
            except (PersonalKeyLacking, PersonalTextChanged):
                unread += 1
        with connection.cursor() as cursor:
            cursor.executemany(statement, fresh)
        done += len(fresh)
    return done, unread


def _in_turn(
    kind: type[models.Model], columns: Sequence[str], body: str
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows that an older key enciphered, some at a time, in their order."""
    last = 0
    while True:
        own = _older(kind).filter(body=body, pk__gt=last).order_by("pk")
        rows = list(own.values_list(*columns)[:_MANY])
        if not rows:
            return
        yield rows
        last = rows[-1][0]

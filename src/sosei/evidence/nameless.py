"""名を書かない. What stands for ever — reasons, purposes, names of files, headings — says no name or contact of whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import Any, Final

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.drafts import Who
from sosei.evidence.parts import parts
from sosei.evidence.persons import merged
from sosei.evidence.refusals_personal import NamesPerson, PersonalKeyLacking, PersonalTextChanged
from sosei.evidence.stored import keys_of, kind, measure, registers_of
from sosei.evidence.told import opened

#: Shorter parts of a name may be anything.
_TELLING: Final = 2
#: Of more persons a part of a name may be any word: only whole names, or those addressed, are then taken for somebody.
_FEW: Final = 20
_ADDRESSED: Final = ("様", "さま", "さん", "氏", "殿", "君", "くん", "ちゃん", "先生")


def nameless(reason: str, what: str, subjects: Collection[int]) -> str:
    """Return a reason that does not name the persons it is about; `what`: of what. Raises NoReason, NamesPerson."""
    said = reason.strip()
    if not said:
        raise NoReason(what=what)
    return without(said, what, _known(subjects), whole=len(subjects) > _FEW)


def nameless_of_register(reason: str, what: str, *registers: m.Register) -> str:
    """Return a reason that names nobody in some registers; where they hold no persons, as it is. Raises NoReason, NamesPerson.

    Everybody is read: before the act, not inside.
    """
    said = reason.strip()
    if not said:
        raise NoReason(what=what)
    for register in registers:
        if kind(register).holds_persons:
            without(said, what, _known(_inside(register)), whole=True)
    return said


def nameless_of_measures(reason: str, what: str, body: str, *texts: str) -> str:
    """Return a reason that names nobody in the registers that some measures count from. Raises as `nameless_of_register`."""
    keys = {key for text in texts for key in keys_of(measure(text))}
    return nameless_of_register(reason, what, *registers_of(body, keys).values())


def nameless_of_batch(reason: str, what: str, batch: m.Batch) -> str:
    """Return a reason that names nobody of whom a batch says something. Raises NoReason, NamesPerson."""
    own = m.Entry.objects.filter(batch=batch, subject__kind="person").order_by()
    return nameless(reason, what, set(own.values_list("subject", flat=True)))


def nameless_of_entry(
    reason: str, what: str, register: m.Register, number: int, now: Who | None = None
) -> str:
    """Return a reason that names nobody of whom an entry says something, or will. Raises NoReason, NamesPerson."""
    own = m.Entry.objects.filter(
        register=register, number=number, subject__kind="person"
    ).order_by()
    said = nameless(reason, what, set(own.values_list("subject", flat=True)))
    return without(said, what, [now] if now is not None and now.kind == "person" else [])


def without(said: str, what: str, persons: Iterable[Who], *, whole: bool = False) -> str:
    """Return a text that names none of some persons; `whole`: by a whole name alone. Raises NamesPerson."""
    if any(names(said, who, whole=whole) for who in persons):
        raise NamesPerson(what=what)
    return said


def names(text: str, who: Who, *, whole: bool = False) -> bool:
    """Whether a text says a person's name, a part of it, or one of his contacts; `whole`: no part that is not addressed.

    >>> names("山田様の申出による", Who(kind="person", name="山田 太郎")), names("転出", Who(name="山田 太郎"))
    (True, False)
    >>> names("福島県の分の訂正", Who(name="福島 太郎"), whole=True), names("福島様の分", Who(name="福島 太郎"), whole=True)
    (False, True)
    """
    plain = personal.folded(text).casefold()
    said = (who.name, who.kana, who.mail, who.phone, who.address)
    if any(len(one) >= _TELLING and one in plain for one in _folded(said)):
        return True
    some = [one for one in _folded((who.name or "").split()) if len(one) >= _TELLING]
    if whole:
        return any(f"{one}{title}" in plain for one in some for title in _ADDRESSED)
    return any(one in plain for one in some)


def _folded(said: Iterable[str | None]) -> list[str]:
    return [personal.folded(one).casefold() for one in said if one]


def _inside(register: m.Register) -> set[int]:
    """Return everybody of whom a register says something now."""
    now = m.Entry.objects.filter(m.entries.CURRENT, register=register, subject__kind="person")
    return set(now.order_by().values_list("subject", flat=True))


def _known(subjects: Collection[int]) -> Iterator[Who]:
    """Yield who persons are, by all that is kept of them, of those merged into them as well."""
    rows = m.Subject.objects.filter(pk__in=list(subjects)[:1]).values_list("body", flat=True)
    into = merged(body) if (body := rows.first()) else {}
    wanted = {*subjects, *(one for one, now in into.items() if now in set(subjects))}
    for part in parts(sorted(wanted)):
        for table in (m.Contact, m.Told):
            found: Any = table._default_manager.filter(subject__in=part)
            for row in found:
                # who cannot be read is erased all the same
                with suppress(PersonalKeyLacking, PersonalTextChanged):
                    yield opened(row)


def nameless_origin(batch: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a batch says of where it came from, without what may name somebody: the file's name, headings left out."""
    said = dict(batch)
    if said.get("source"):
        said["source"] = f"*{PurePath(said['source']).suffix[:8]}"
    if said.get("mapping"):
        said["mapping"] = nameless_columns(said["mapping"])
    return said


def nameless_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the headings of a sheet that are a column of the register; one that is not may be a person's name."""
    return {heading: key for heading, key in columns.items() if key}

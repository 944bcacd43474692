"""個人情報の見取り. The draft of 個人情報ファイル簿, what was exported, whose time of keeping is over: numbers, never names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sosei.core.fields import Lang
from sosei.evidence import models as m
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.persons import EXPORTED, Belonging, erasable, members, overdue
from sosei.evidence.stored import kind, registers_of
from sosei.journal.models import Entry
from sosei.offices.models import Office, Person

#: From so many persons a file must be in the published book of files (個人情報保護法 第75条, 施行令; DOMAIN §8.1).
LISTED: Final = 1_000
#: What `Contact` may hold of each person.
_CONTACT: Final = (
    ("氏名", "name"), ("読み", "reading"), ("メールアドレス", "e-mail address"), ("電話番号", "telephone number"),
    ("住所", "address"),
)  # fmt: skip
#: What the book of files asks for and no register says: to be filled in by the office.
_LEFT: Final = (
    ("記録される個人の範囲", "whose data are recorded"), ("収集方法", "how they are collected"),
    ("要配慮個人情報の有無", "whether there are sensitive data"), ("経常的な提供先", "to whom they are regularly given"),
    ("開示等の請求を受け付ける窓口", "where requests are received"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalFile:
    """個人情報ファイル. A register of persons as the book of files asks for it. `due`: it must be in the book.

    `items`, `left` (what the office fills in itself): in Japanese and English.
    """

    register: int
    name: tuple[str, str]
    office: str
    department: str
    purpose: str | None
    persons: int
    items: tuple[tuple[str, str], ...]
    keep_years: int | None
    due: bool
    left: tuple[tuple[str, str], ...] = _LEFT

    def kept(self, lang: Lang = "ja") -> str:
        """Say how long persons are kept."""
        if self.keep_years is None:
            return "台帳を使っている間" if lang == "ja" else "as long as the register is kept"
        if lang == "en":
            return f"{self.keep_years} years from the end of the fiscal year of the consent"
        return f"同意した年度の終わりから{self.keep_years}年"


def file_register(body: str) -> tuple[PersonalFile, ...]:
    """個人情報ファイル簿の案. Every register of persons in use, with how many are in it; largest first."""
    offices = Office.objects.filter(body=body, voided=None).values_list("name", flat=True)
    office = offices.first() or ""
    found = [
        _file(row, kind(row), office)
        for row in registers_of(body).values()
        if kind(row).subject in ("person", "any")
    ]
    return tuple(sorted(found, key=lambda one: (-one.persons, one.name)))


def _file(register: m.Register, holds: RegisterKind, office: str) -> PersonalFile:
    persons = len(members(register))
    items = (*_CONTACT, *((one.ja, one.en) for one in holds.fields.values()))
    return PersonalFile(
        register=register.pk, name=(holds.ja, holds.en), office=office, department=register.department.name,
        purpose=holds.purpose, persons=persons, items=items, keep_years=register.keep_years, due=persons >= LISTED,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """書き出しの記録. `seq`: line of the journal; `by`: who exported. `persons`: how many."""

    seq: int
    at: datetime
    by: str
    register: str
    persons: int
    purpose: str


def exports(body: str) -> tuple[Export, ...]:
    """書き出しの一覧. Every export of contacts, from the journal; the latest first."""
    rows = list(Entry.objects.filter(body=body, verb=EXPORTED).order_by("-seq"))
    people = dict(Person.objects.filter(pk__in={row.by for row in rows}).values_list("pk", "name"))
    registers = {f"evidence.register:{row.pk}": row.called() for row in m.Register.objects.filter(body=body)}  # fmt: skip
    return tuple(
        Export(
            seq=row.seq, at=row.at, by=people.get(row.by or 0, ""), register=registers.get(row.subject, row.subject),
            persons=int(row.facts.get("persons", 0)), purpose=str(row.facts.get("purpose", "")),
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """期限の過ぎた人. `registers`: those whose time is over; `others`: those he is still kept for (then he is not erased).

    `held`: why he is kept all the same. `until`: the last day on which he was to be kept.
    """

    person: int
    registers: tuple[str, ...]
    others: tuple[str, ...]
    until: date
    held: str | None = None

    @property
    def erased(self) -> bool:
        """Whether `erase_due` erases him."""
        return not self.others


def due(body: str, on: date, by: Person | None = None) -> tuple[Due, ...]:
    """消去の案. Whose time of keeping is over on a day, by its last day; `by`: only whom he may erase.

    Held persons are shown among those who are kept for other registers, with the reason.
    """
    found = overdue(body, on)
    if by is not None:
        found = erasable(by, found)
    called = {row.pk: row.called() for row in m.Register.objects.filter(body=body)}
    shown = [
        _due(person, own, on, called)
        for person, own in found.items()
        if any(one.over(on) for one in own)
    ]
    return tuple(sorted(shown, key=lambda one: (one.until, one.person)))


def _due(person: int, own: Iterable[Belonging], on: date, called: dict[int, str]) -> Due:
    over = [one for one in own if one.over(on)]
    rest = [one for one in own if not one.over(on)]
    return Due(
        person=person, registers=_named(over, called), others=_named(rest, called),
        until=max(one.keep_until for one in over if one.keep_until is not None),
        held=next((one.held for one in rest if one.held is not None), None),
    )  # fmt: skip


def _named(found: Iterable[Belonging], called: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(called[one.register] for one in found))

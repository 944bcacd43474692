"""個人情報の見取り. Who is in which registers, the draft of 個人情報ファイル簿, what was exported, whose time is over: numbers, never names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sosei.core.fields import Lang
from sosei.evidence import models as m
from sosei.evidence.grounds import ground_called
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.overdue import is_over, overdue
from sosei.evidence.persons import EXPORTED, Belonging, erasable, live, merged, over_in
from sosei.evidence.stored import kind
from sosei.journal.models import Entry
from sosei.offices.models import Office, Person

#: From so many persons a file must be in the published book of files (個人情報保護法 第75条, 施行令; DOMAIN §8.1).
LISTED: Final = 1_000
#: Exports of a page.
PAGE: Final = 50
#: What `Contact` may hold of each person.
_CONTACT: Final = (
    ("氏名", "name"), ("読み", "reading"), ("メールアドレス", "e-mail address"), ("電話番号", "telephone number"),
    ("住所", "address"),
)  # fmt: skip
#: What the book of files asks for and no register says: to be filled in by the office.
_LEFT: Final = (
    ("要配慮個人情報の有無", "whether there are sensitive data"), ("経常的な提供先", "to whom they are regularly given"),
)  # fmt: skip
#: How those came who are in a register, by the ways of its batches.
_WAYS: Final[Mapping[str, tuple[str, str]]] = {
    "form": ("本人の申込み（公開フォーム）", "by the persons themselves (public form)"),
    "answer": ("調査票への本人の回答", "by the persons' answers to a survey"),
    "typed": ("本人等から聞き取り、または書面で受け取り、課で入力", "heard or received on paper, typed by the department"),
    "pasted": ("課が持つ名簿からの移記", "taken over from lists of the department"),
    "file": ("課が持つ名簿からの移記", "taken over from lists of the department"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalFile:
    """個人情報ファイル. A register of persons as the book of files asks for it. `due`: it must be in the book.

    `items`, `ways` (how they were collected), `left` (what the office fills in itself): in Japanese and English.
    """

    register: int
    name: tuple[str, str]
    office: str
    department: str
    contact: str
    purpose: str | None
    persons: int
    items: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
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

    @property
    def missing(self) -> int:
        """How many persons more would make it due."""
        return max(LISTED - self.persons, 0)

    def rows(self, lang: Lang = "ja") -> tuple[tuple[str, str], ...]:
        """Return what the book of files asks for, item by item; what the office fills in is blank."""
        of, join = lang == "en", ", " if lang == "en" else "、"
        said = (
            (("個人情報ファイルの名称", "Name of the file"), self.name[of]),
            (("行政機関等の名称", "Office"), self.office),
            (("利用に供される事務をつかさどる組織の名称", "Section that uses it"), self.department),
            (("利用目的", "Purpose"), self.purpose or ""),
            (("記録項目", "Items recorded"), join.join(one[of] for one in self.items)),
            (("記録範囲", "Whose data are recorded"), f"Those registered in “{self.name[1]}”" if of else f"「{self.name[0]}」に登録した人"),
            (("収集方法", "How they are collected"), join.join(one[of] for one in self.ways)),
            *((one, "") for one in self.left),
            (("開示請求等を受理する組織の名称と所在地", "Where requests are received"), f"{self.department}　{self.contact}".strip()),
            (("本人の数", "Persons"), f"{self.persons:,}" if of else f"{self.persons:,}人"),
            (("保存期間", "Kept for"), self.kept(lang)),
        )  # fmt: skip
        return tuple((name[of], words) for name, words in said)


def file_register(body: str) -> tuple[PersonalFile, ...]:
    """個人情報ファイル簿の案. Every register of persons in use, with how many are in it; largest first. 7 queries."""
    offices = Office.objects.filter(body=body, voided=None).values_list("name", flat=True)
    office, inside, ways = offices.first() or "", persons_in(body), _ways(body)
    found = [
        _file(row, kind(row), office, len(inside[row.pk]), ways[row.pk])
        for row in _of_persons(body)
    ]
    return tuple(sorted(found, key=lambda one: (-one.persons, one.name)))


def _file(
    register: m.Register, holds: RegisterKind, office: str, persons: int, ways: Iterable[str]
) -> PersonalFile:
    items = (*_CONTACT, *((one.ja, one.en) for one in holds.fields.values()))
    return PersonalFile(
        register=register.pk, name=(holds.ja, holds.en), office=office, department=register.department.name,
        contact=register.department.contact, purpose=holds.purpose, persons=persons, items=items,
        ways=tuple(dict.fromkeys(_WAYS[way] for way in _WAYS if way in set(ways))),
        keep_years=register.keep_years, due=persons >= LISTED,
    )  # fmt: skip


def _of_persons(body: str) -> list[m.Register]:
    """Return the registers in use that persons may stand in, by name."""
    rows = m.Register.objects.filter(body=body, voided=None).select_related("department")
    found = [row for row in rows if kind(row).subject in ("person", "any")]
    return sorted(found, key=lambda row: row.called())


def _ways(body: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = m.Batch.objects.filter(body=body, voided=None).order_by()
    for register, way in rows.values_list("register", "way").distinct():
        found[register].add(way)
    return found


def persons_in(body: str) -> dict[int, set[int]]:
    """Return the persons in each register whose identity is kept, as `persons.members`; 3 queries for all."""
    alive, into = live(body), merged(body)
    entries = m.Entry.objects.filter(m.entries.CURRENT, body=body, subject__in=alive).order_by()
    consents = m.Consent.objects.filter(body=body, voided=None, subject__in=alive).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for rows in (entries, consents):
        for register, subject in rows.values_list("register", "subject").distinct():
            found[register].add(into.get(subject, subject))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """台帳の人. How many persons a register has, who withdrew, who is held, whose time is over. `listed`: due in the book of files."""

    register: int
    kind: RegisterKind
    department: int
    department_name: str
    keep_years: int | None
    persons: int
    withdrawn: int
    held: int
    over: int
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """全体. `persons`: each once, whatever the number of his registers; `due`: those that are to be erased."""

    registers: tuple[Kept, ...]
    persons: int
    due: int

    @property
    def listed(self) -> int:
        """Registers that must be in the book of files."""
        return sum(one.listed for one in self.registers)

    @property
    def withdrawn(self) -> int:
        """Consents that were taken back."""
        return sum(one.withdrawn for one in self.registers)

    @property
    def held(self) -> int:
        """Persons in registers who are kept longer for a reason."""
        return sum(one.held for one in self.registers)


def overview(body: str, on: date) -> Overview:
    """Return every register of persons with its numbers, by name; at most 15 queries."""
    inside, consents = persons_in(body), m.Consent.objects.filter(body=body, voided=None, subject__in=live(body))  # fmt: skip
    withdrawn = Counter(consents.filter(withdrawn__isnull=False).values_list("register", flat=True))
    held = Counter(
        register
        for register, until in consents.filter(held__isnull=False).values_list("register", "held_until")
        if until is None or until >= on
    )  # fmt: skip
    found = overdue(body, on)
    over = Counter(register for own in found.values() for register in over_in(own, on))
    registers = tuple(
        Kept(
            register=row.pk, kind=kind(row), department=row.department_id, department_name=row.department.name,
            keep_years=row.keep_years, persons=len(inside[row.pk]), withdrawn=withdrawn[row.pk], held=held[row.pk],
            over=over[row.pk], listed=len(inside[row.pk]) >= LISTED,
        )
        for row in _of_persons(body)
    )  # fmt: skip
    return Overview(
        registers=registers,
        persons=len(set().union(*inside.values())),
        due=sum(is_over(own, on) for own in found.values()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """書き出しの記録. `seq`: line of the journal; `by`: who exported. `persons`: how many. `ground`: code of the rule, None: not said."""

    seq: int
    at: datetime
    by: str
    register: str
    persons: int
    purpose: str
    ground: str | None = None

    def by_rule(self, lang: Lang = "ja") -> str:
        """Say by which rule of the Act."""
        return ground_called(self.ground, lang) or ""


def exports(body: str, before: int | None = None) -> tuple[Export, ...]:
    """書き出しの一覧. Exports of contacts, from the journal, the latest first: a page of them, from before a line."""
    lines = Entry.objects.filter(body=body, verb=EXPORTED)
    if before is not None:
        lines = lines.filter(seq__lt=before)
    rows = list(lines.order_by("-seq")[:PAGE])
    people = dict(Person.objects.filter(pk__in={row.by for row in rows}).values_list("pk", "name"))
    registers = {f"evidence.register:{row.pk}": row.called() for row in m.Register.objects.filter(body=body)}  # fmt: skip
    return tuple(
        Export(
            seq=row.seq, at=row.at, by=people.get(row.by or 0, ""), register=registers.get(row.subject, row.subject),
            persons=int(row.facts.get("persons", 0)), purpose=str(row.facts.get("purpose", "")),
            ground=row.facts.get("ground"),
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
    found: Mapping[int, list[Belonging]] = overdue(body, on)
    if by is not None:
        found = erasable(by, found)
    called = {row.pk: row.called() for row in m.Register.objects.filter(body=body)}
    shown = [_due(person, own, on, called) for person, own in found.items()]
    return tuple(sorted(shown, key=lambda one: (one.until, one.person)))


def _due(person: int, own: Collection[Belonging], on: date, called: dict[int, str]) -> Due:
    past = over_in(own, on)
    over = [one for one in own if one.register in past]
    rest = [one for one in own if one.register not in past]
    return Due(
        person=person, registers=_named(over, called), others=_named(rest, called),
        until=max(one.last for one in over if one.last is not None),
        held=next((one.held for one in rest if one.held is not None), None),
    )  # fmt: skip


def _named(found: Iterable[Belonging], called: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(called[one.register] for one in found))

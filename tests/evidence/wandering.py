"""乱数の経過. A body's registers through a random history of acts: entries, corrections, undoings, closings, merges, measures, erasures.

Made by a seed. Every register is of both firms and persons, so that any measure may meet any subject. What an act is refused
for is as random as what it does; `wander` tells which.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connections
from planting import Planted, definition
from sharing import REGISTERS, STAGES, TURNS, YEARS

from bookroom import BODY, Town
from evidenceroom import firm
from sosei.core.errors import SoseiError
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, ask_no_more, close_register, reopen_register
from sosei.evidence.actions.entries import correct, enter, take_out, undo
from sosei.evidence.actions.erasing import erase
from sosei.evidence.actions.measures import define_measure, drop_measure, redefine_measure
from sosei.evidence.actions.registers import change_register, make_register
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.binding import misfits
from sosei.evidence.codec import CONTENT, draft_of
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.counting import count
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.refusals import UnreadableMeasure
from sosei.evidence.measures.writing import write
from sosei.evidence.queries.answers import counted_all
from sosei.evidence.stored import (
    attributes_of,
    closed,
    keys_of,
    kind,
    measure,
    records_of,
    registers_of,
)
from sosei.journal.models import Chain

#: Up to when `close_all` closes, and the years that somebody could have told of.
CLOSED = date(2021, 12, 31)
PAST = range(2014, 2024)
#: Whoever has not done enough by then never will.
MOST = 20
CROWD = (
    firm("甲製作所"),
    firm("乙商店", "6000020032018"),
    Who(kind="person", name="山田 太郎", mail="taro@example.jp"),
    Who(kind="person", name="山田 花子", mail="hanako@example.jp"),
)
#: Newcomers, some of whom are somebody that is there already.
STRANGERS = (
    firm("株式会社 甲製作所"), firm("乙商店"), firm("甲製作所", "9000020012041"), firm("丙社"),
    Who(kind="person", name="山田 太郎"), Who(kind="person", name="山田 花子", mail="h.yamada@example.jp"),
)  # fmt: skip


def settle(town: Town) -> dict[str, em.Register]:
    """Make the registers, with some entries in each; everybody of the crowd stands in one."""
    made = {}
    for key in REGISTERS:
        said = {**definition(key), "subject": "any"}
        said["fields"]["memo"] = {"ja": "連絡事項", "en": "Memo", "type": "text", "personal": True}
        made[key] = make_register(by=town.planner, key=key, definition=said, department=town.it.pk)
    crowd = [Draft(who=who, first=date(2019, 5, 1)) for who in CROWD]
    enter(by=town.planner, register=made["members"].pk, drafts=crowd)
    first = Wanderer(1, town)
    for register in made.values():
        enter(
            by=town.planner, register=register.pk, drafts=[first.draft(register) for _ in range(9)]
        )
    return made


class Wanderer(Planted):
    """Somebody who acts by a seed; `key`: how his measures are called; `alone`: nobody else acts meanwhile; `but`: what he never does."""

    def __init__(
        self, seed: int, town: Town, *, key: str = "m", alone: bool = True, but: Collection[str] = ()
    ) -> None:  # fmt: skip
        super().__init__(seed)
        self.town, self.alone, self._key, self._made = town, alone, key, 0
        self.acts: list[tuple[int, Callable[[], object]]] = [
            (7, self.enter), (3, self.enter_many), (4, self.correct), (3, self.take_out), (4, self.undo), (3, self.close),
            (2, self.reopen), (4, self.describe), (2, self.merge), (2, self.define), (2, self.redefine), (1, self.drop),
            (1, self.ask), (1, self.ask_no_more), (1, self.erase), (1, self.widen), (3, self.leave), (2, self.mend),
        ]  # fmt: skip
        self.acts = [(n, one) for n, one in self.acts if one.__name__ not in but]

    def wander(self) -> str:
        """Do one act; tell which, and why not where it was refused. A refused one has left everything as it was."""
        [act] = self.random.choices([one for _, one in self.acts], [n for n, _ in self.acts])
        before, refused = everything(), None
        try:
            act()
        except SoseiError as refusal:
            refused = refusal
        if refused is None:
            return act.__name__
        assert not self.alone or everything() == before, (act.__name__, refused)
        return f"{act.__name__} {refused.code}"

    # -- what there is -------------------------------------------------------------------------------------------------

    def register(self) -> em.Register:
        return self.one(list(em.Register.objects.filter(body=BODY).order_by("pk")))

    def some_row(self, kind_: Any, **which: Any) -> Any:
        """Return one of the rows there are; of none, nothing (whoever asks for it does nothing)."""
        rows = list(kind_.objects.filter(**which).order_by("pk"))
        return self.one(rows) if rows else None

    def some_entry(self) -> Any:
        return self.some_row(em.Entry, until=None, gone=self.often(0.02))

    # -- entries -------------------------------------------------------------------------------------------------------

    def draft(self, register: em.Register, entry: int | None = None) -> Draft:
        record = self.record(register.key, 1)
        who = self.one([*CROWD, *CROWD, *CROWD, *STRANGERS, None])
        values = {**record.values, **({"memo": "電話は夕方"} if self.often(0.2) else {})}
        days = tuple(record.stages.get(stage) for stage in STAGES) if record.stages else ()
        return Draft(
            entry=entry, who=who, first=record.first, last=record.last, year=record.year, size=record.size,
            reached=days, values=values,
        )  # fmt: skip

    def enter(self) -> None:
        register = self.register()
        drafts = [self.draft(register) for _ in range(self.random.randint(1, 3))]
        enter(by=self.town.planner, register=register.pk, drafts=drafts)

    def enter_many(self) -> None:
        """A sheet: new entries, and some that say anew what is there; sometimes one of them twice."""
        register = self.register()
        own = em.Entry.objects.filter(register=register, until=None, gone=False)
        there = sorted(own.values_list("number", flat=True))
        again = self.random.sample(there, min(len(there), self.random.randint(0, 4)))
        again += again[:1] if self.often(0.1) else []
        numbers = [*again, *[None] * self.random.randint(3, 7)]
        enter(
            by=self.town.planner, register=register.pk, way="file", source={"source": "名簿.xlsx"},
            drafts=[self.draft(register, number) for number in numbers],
        )  # fmt: skip

    def correct(self) -> None:
        if (entry := self.some_entry()) is not None:
            correct(
                by=self.town.planner, register=entry.register_id, number=entry.number, reason="誤記",
                draft=self.draft(entry.register), seen=entry.pk - self.often(0.05),
            )  # fmt: skip

    def take_out(self) -> None:
        if (entry := self.some_entry()) is not None:
            take_out(
                by=self.town.planner, register=entry.register_id, number=entry.number, seen=entry.pk, reason="二重"
            )  # fmt: skip

    def leave(self) -> None:
        """A member who leaves, or left on another day, or never did: mostly told late."""
        entry = self.some_row(em.Entry, until=None, gone=False, register__key="members")
        if entry is not None:
            self._say_anew(entry, last=self.perhaps(0.8, self.day))

    def mend(self) -> None:
        """One column of an entry, which some measure may ask or none; of a case perhaps its next stage."""
        if (entry := self.some_entry()) is not None and not entry.gone:
            values = dict(self._said(entry).values)
            fresh = self.values()
            name = self.one([*fresh, "memo"])
            values[name] = fresh.get(name, "電話は朝")
            later = entry.register.key == "trials" and self.often(0.5)
            reached = (entry.reached1, self.day()) if later else self._said(entry).reached
            self._say_anew(entry, values=values, reached=reached)

    def _said(self, entry: em.Entry) -> Draft:
        [row] = em.Entry.objects.filter(pk=entry.pk).values_list(*CONTENT)
        return draft_of(row, kind(entry.register))

    def _say_anew(self, entry: em.Entry, **other: Any) -> None:
        correct(
            by=self.town.planner, register=entry.register_id, number=entry.number, reason="届けが遅れた", seen=entry.pk,
            draft=replace(self._said(entry), **other),
        )  # fmt: skip

    def undo(self) -> None:
        """One of the last batches, also one that undid another."""
        batches = list(em.Batch.objects.order_by("-pk")[:4])
        undo(by=self.town.planner, batch=self.one(batches).pk, reason="別の台帳のもの")

    # -- closings ------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        register = self.register()
        survey = kind(register).kind == "survey"
        close_register(
            by=self.town.planner, register=register.pk, year=self.one([2018, 2019, 2020]) if survey else None,
            until=None if survey else self.one(TURNS[:8]),
        )  # fmt: skip

    def reopen(self) -> None:
        if (closing := self.some_row(em.Closing, voided=None)) is not None:
            reopen_register(by=self.town.planner, closing=closing.pk, reason="漏れがあった")

    def ask(self) -> None:
        survey = em.Register.objects.get(body=BODY, key="hires")
        subjects = list(em.Subject.objects.values_list("pk", flat=True))
        year = self.one([2018, 2019, 2020])
        ask(by=self.town.planner, register=survey.pk, year=year, subjects=self.some(subjects), sent=None, due=None)  # fmt: skip

    def ask_no_more(self) -> None:
        if (asked := self.some_row(em.Asked, voided=None)) is not None:
            ask_no_more(
                by=self.town.planner, register=asked.register_id, year=asked.year, subject=asked.subject_id, reason="誤り"
            )  # fmt: skip

    # -- subjects ------------------------------------------------------------------------------------------------------

    def describe(self) -> None:
        """Say what somebody was, mostly of long ago; or that it was not so."""
        one, said = self.some_row(em.Subject), self.attribute()
        value = None if self.often(0.2) else said.value
        set_attribute(
            by=self.town.planner, subject=one.pk, name=said.name, value=value, first=said.first
        )

    def merge(self) -> None:
        one, other = self.some_row(em.Subject), self.some_row(em.Subject)
        merge(by=self.town.planner, subject=one.pk, into=other.pk, reason="同じ相手")

    def erase(self) -> None:
        if (one := self.some_row(em.Subject, kind="person", into=None)) is not None:
            erase(by=self.town.planning_head, subject=one.pk, reason="本人の求め")

    # -- measures and definitions --------------------------------------------------------------------------------------

    def text(self) -> str:
        """A measure that fits the registers, of any way."""
        kinds = {key: kind(row) for key, row in registers_of(BODY).items()}
        while True:
            found = self.measure(self.one(["entry", "entry", "subject", "subject", "recount"]))
            if not list(misfits(found, kinds)) and _readable(write(found)):
                return write(found)

    def define(self) -> None:
        self._made += 1
        key = f"{self._key}{self._made}"
        define_measure(by=self.town.planner, key=key, name=key, text=self.text())

    def redefine(self) -> None:
        if (row := self.some_row(em.Measure, voided=None)) is not None:
            redefine_measure(
                by=self.town.planner, row=row.pk, seen=row.stamp - self.often(0.05), name=row.name, text=self.text(),
                note=None, reason="数え方の見直し",
            )  # fmt: skip

    def drop(self) -> None:
        if (row := self.some_row(em.Measure, voided=None)) is not None:
            drop_measure(by=self.town.planner, row=row.pk, reason="やめた指標")

    def widen(self) -> None:
        """Give a register one more field."""
        register = self.register()
        said = {**register.definition, "fields": dict(register.definition["fields"])}
        name = f"extra{len(said['fields'])}"
        said["fields"][name] = {"ja": f"追加{name}", "en": f"Extra {name}", "type": self.one(["text", "number", "money"])}  # fmt: skip
        said["order"] = [*said["order"], name]
        change_register(
            by=self.town.planner, register=register.pk, seen=register.stamp, definition=said, reason="項目の追加"
        )  # fmt: skip


def went(acts: Iterable[str]) -> int:
    """Return how many acts were not refused."""
    return sum(" " not in act for act in acts)


def close_all(town: Town) -> None:
    """Close every register up to a day or for some years, so that most answers of long ago are figures."""
    for key, row in registers_of(BODY).items():
        for year in (2018, 2019, 2020) if REGISTERS[key] == "survey" else (None,):
            until = None if year else CLOSED
            close_register(by=town.planner, register=row.pk, year=year, until=until)


def final_answers() -> dict[tuple[int, int, int], object]:
    """Return the answers that are counted to the end, by measure, its version, and year."""
    rows = em.Measure.objects.filter(body=BODY, voided=None)
    return {
        (row.pk, row.stamp, year): (answer.value, answer.gap, answer.n)
        for row, told in ((row, counted_all({row: list(PAST)})[row.pk]) for row in rows)
        for year, answer in told.answers.items()
        if answer.value is not None
    }


def together(
    seeds: Sequence[int], town: Town, steps: int, but: Collection[str] = (),
    enough: Callable[[list[str]], bool] = bool,
) -> list[list[str]]:  # fmt: skip
    """Let several wander at once, each on a connection of his own; return what each of them did, in order.

    How many acts are refused depends on who comes first: each goes on until what he did is `enough`, up to MOST times as long.
    """
    found: list[list[str]] = [[] for _ in seeds]

    def wander(at: int) -> None:
        try:
            who = Wanderer(seeds[at], town, key=f"w{at}", alone=False, but=but)
            while len(found[at]) < steps or (
                not enough(found[at]) and len(found[at]) < steps * MOST
            ):
                found[at].append(who.wander())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(seeds)) as threads:
        for done in [threads.submit(wander, at) for at in range(len(seeds))]:
            done.result(timeout=300)
    return found


def _readable(text: str) -> bool:
    """Whether it can be written at all: not every number of a random measure can."""
    try:
        return bool(measure(text))
    except UnreadableMeasure:
        return False


def everything() -> tuple[object, ...]:
    """Return what an act could have written: the end of the journal, contents in force and their ends, sums, persons."""
    return (
        list(Chain.objects.values_list("body", "seq", "head")),
        list(em.Entry.objects.order_by("pk").values_list("pk", "until", *CONTENT)),
        sorted(em.Tally.objects.values_list("measure", "year", "cell", "n", "total")),
        sorted(em.Contact.objects.values_list("pk", "sealed")),
        sorted(em.Private.objects.values_list("pk", "sealed")),
        *(kind_.objects.count() for kind_ in (em.Batch, em.Subject, em.Attribute, em.Closing, em.Measure)),
    )  # fmt: skip


def differing(years: Iterable[int] = YEARS) -> list[str]:
    """Return the measures and years of which what is kept is not what counting entry by entry gives."""
    rows = list(em.Measure.objects.filter(body=BODY, voided=None))
    told = counted_all({row: list(years) for row in rows})
    there = registers_of(BODY)
    book: dict[str, list[Record]] = {key: list(records_of([row])) for key, row in there.items()}
    states = closed(there.values())
    names = set(em.Attribute.objects.values_list("name", flat=True))
    history: list[Attribute] = [one for own in attributes_of(BODY, names).values() for one in own]
    found = []
    for row in rows:
        tree = measure(row.text)
        records = [record for key in keys_of(tree) for record in book[key]]
        for year in years:
            wanted, kept = count(tree, year, states, records, history), told[row.pk].answers[year]
            same = all(
                getattr(kept, name) == getattr(wanted, name)
                for name in ("value", "gap", "so_far", "closed", "missing", "silent", "n")
            )
            if not same:
                found.append(f"{row.text} {year}: {kept} != {wanted}")
    return found

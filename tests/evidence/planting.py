"""乱数の台帳を表に置く. Random entries and attributes, put into the tables as they would be, without anybody's act for each."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sharing import CITIES, REGISTERS, STAGES, Chance

from bookroom import BODY, Town
from sosei.evidence import models as em
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.store import write
from sosei.evidence.codec import row_of, said_of
from sosei.evidence.drafts import Draft
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.stored import kind
from sosei.journal.acts import act

NUMBERS = ("1", "2", "12.5", "0", "-3", "0.0001", "300", "999999999999")
SUBJECTS = 3


class Planted(Chance):
    """Draws values that registers can hold: declared types, four digits behind the point."""

    def values(self) -> dict[str, Any]:
        found = super().values()
        if "n" in found:
            found["n"] = Decimal(self.one(NUMBERS))
        if "odd" in found:
            found["odd"] = self.one(["1", "2"])
        return found


def fields() -> dict[str, dict[str, Any]]:
    return {
        "n": {"ja": "数", "en": "Number", "type": "number"},
        "place": {"ja": "市", "en": "City", "type": "place"},
        "kind": {"ja": "種類", "en": "Kind", "type": "choice", "choices": ["A", "B"]},
        "on": {"ja": "日付", "en": "Day", "type": "date"},
        "odd": {"ja": "文字", "en": "Text", "type": "text"},
    }


def definition(key: str) -> dict[str, Any]:
    of = REGISTERS[key]
    found: dict[str, Any] = {
        "kind": of,
        "ja": key,
        "en": key,
        "subject": "organisation",
        "fields": fields(),
    }
    if of == "case":
        found["stages"] = list(STAGES)
    if of == "survey":
        found["asks"] = "members"
    return found


def registers(town: Town) -> dict[str, em.Register]:
    """Make the registers that random measures are about."""
    return {
        key: make_register(
            by=town.planner, key=key, definition=definition(key), department=town.it.pk
        )
        for key in REGISTERS
    }


def subjects() -> list[em.Subject]:
    with act("test.subjects", body=BODY, by=None) as w:
        return [
            w.add(em.Subject(kind="organisation", name=f"社{n}", alike=f"社{n}"))
            for n in range(SUBJECTS)
        ]


def plant(there: dict[str, em.Register], who: list[em.Subject], book: Iterable[Record]) -> None:
    """Put entries into the tables, under their own numbers."""
    by: dict[str, list[Record]] = {}
    for record in book:
        by.setdefault(record.register, []).append(record)
    with act("test.plant", body=BODY, by=None) as w:
        for key, records in by.items():
            holds = kind(there[key])
            rows = [
                row_of(one.id, _subject(who, one.subject), _draft(one), holds) for one in records
            ]
            write(w, there[key], sorted(rows, key=lambda row: row[0]), way="typed")


def _subject(who: list[em.Subject], number: int | None) -> int | None:
    return None if number is None else who[number - 1].pk


def _draft(record: Record) -> Draft:
    return Draft(
        first=record.first, last=record.last, year=record.year, size=record.size,
        reached=tuple(record.stages.get(stage) for stage in STAGES) if record.stages else (), values=record.values,
    )  # fmt: skip


def describe(who: list[em.Subject], history: Iterable[Attribute]) -> None:
    """Put attributes into the table, one for a name and a day."""
    once = {(one.subject, one.name, one.first): one for one in history}
    with act("test.describe", body=BODY, by=None) as w:
        for one in once.values():
            w.add(
                em.Attribute(
                    subject=who[one.subject - 1],
                    name=one.name,
                    value=said_of(one.value),
                    first=one.first,
                )
            )


__all__ = ["CITIES", "Planted", "describe", "plant", "registers", "subjects"]

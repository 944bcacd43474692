"""見本の根拠台帳. Registers, members and measures of the small office, made through the same doors as everything."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from bookroom import Town
from sosei.evidence import models as em
from sosei.evidence.actions.entries import enter
from sosei.evidence.actions.measures import define_measure
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import catalogue
from sosei.evidence.measures.counting import count
from sosei.evidence.queries.answers import counted
from sosei.evidence.stored import attributes_of, closed, keys_of, measure, records_of, registers_of


def definition(key: str) -> dict[str, Any]:
    """Return a kind of the catalogue as the table it is read from."""
    from importlib.resources import files
    from tomllib import loads

    assert key in catalogue()
    return loads((files("sosei.evidence") / "catalogue" / f"{key}.toml").read_text("utf-8"))


def made(town: Town, key: str, department: Any = None) -> em.Register:
    """Make a register of the catalogue."""
    own = department or town.it
    return make_register(by=town.planner, key=key, definition=definition(key), department=own.pk)


def firm(name: str, number: str | None = None) -> Who:
    """Return a firm."""
    return Who(kind="organisation", name=name, number=number)


def member(name: str, first: date | None, last: date | None = None, **more: Any) -> Draft:
    """Return a membership."""
    return Draft(who=firm(name), first=first, last=last, **more)


def entered(town: Town, register: em.Register, drafts: Iterable[Draft]) -> em.Batch | None:
    """Enter drafts as the planner."""
    return enter(by=town.planner, register=register.pk, drafts=list(drafts))


def defined(town: Town, key: str, text: str) -> em.Measure:
    """Define a measure."""
    return define_measure(by=town.planner, key=key, name=key, text=text)


def anew(body: str, key: str, year: int) -> Any:
    """Count a measure entry by entry, as its meaning is."""
    row = em.Measure.objects.get(body=body, key=key, voided=None)
    tree = measure(row.text)
    registers = registers_of(body, keys_of(tree))
    attributes = [
        one
        for own in attributes_of(
            body, set(em.Attribute.objects.values_list("name", flat=True))
        ).values()
        for one in own
    ]
    return count(
        tree, year, closed(registers.values()), list(records_of(registers.values())), attributes
    )


def value(body: str, key: str, year: int) -> Decimal | None:
    """Return what is kept of a measure for a year, finished or not."""
    answer = counted(body, key, [year]).answers[year]
    return answer.so_far if answer.value is None else answer.value


def same(body: str, key: str, years: Iterable[int]) -> None:
    """See that what is kept is what counting anew gives."""
    told = counted(body, key, list(years)).answers
    for year, answer in told.items():
        wanted = anew(body, key, year)
        assert (answer.value, answer.gap, answer.so_far, answer.closed, answer.missing, answer.silent, answer.n) == (
            wanted.value, wanted.gap, wanted.so_far, wanted.closed, wanted.missing, wanted.silent, len(wanted.records),
        ), (key, year)  # fmt: skip

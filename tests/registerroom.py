"""見本の台帳と画面. Registers of the small office filled for pages: members, a survey with two firms silent, persons, cases."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask
from sosei.evidence.drafts import Draft, Who
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by
from yearbook import Book, book


@dataclass
class Room:
    """The office with its registers; `firms`: numbers of the member firms in the order of their entries; `batch`: one from a file."""

    town: Town
    members: em.Register
    hires: em.Register
    firms: list[int]
    batch: int = 0

    def kept(self, key: str) -> em.Register:
        """Return a register by its key."""
        return em.Register.objects.get(body=BODY, key=key, voided=None)


FIRMS = ("見本鋳造株式会社", "見本精機", "北見本テック", "見本信用金庫")


def room() -> Room:
    """Make the office, its members and a survey that two of four have answered."""
    t = town()
    members, hires = made(t, "members"), made(t, "hires")
    kinds = ("正会員", "正会員", "賛助会員", "特別会員")
    entered(
        t, members,
        [
            member(name, date(2019 + n, 4, 1), values={"member_type": kinds[n]})
            for n, name in enumerate(FIRMS)
        ],
    )  # fmt: skip
    firms = list(
        em.Entry.objects.filter(register=members).order_by("number").values_list("subject", flat=True)
    )  # fmt: skip
    ask(by=t.planner, register=hires.pk, year=2021, subjects=firms, sent=date(2022, 4, 20), due=date(2022, 6, 10))  # fmt: skip
    entered(t, hires, [answer(name, n) for name, n in (("見本鋳造㈱", 3), ("見本精機", 2))])
    return Room(t, members, hires, firms)


def answer(name: str, hired: int, year: int = 2021) -> Draft:
    """Return a firm's answer."""
    return Draft(
        who=firm(name), year=year, values={"headcount": Decimal(hired), "local_school": True}
    )


def supporter(name: str, mail: str, first: date = date(2021, 5, 1), **more: str) -> Draft:
    """Return somebody who registered by name."""
    return Draft(who=Who(kind="person", name=name, mail=mail), first=first, values=more)


@dataclass
class Counted:
    """A book with indicators counted from its members: `typed` has a figure already, `waiting` is still 集計中 (of another department)."""

    book: Book
    members: em.Register
    typed: m.Line
    waiting: m.Line

    @property
    def town(self) -> Town:
        """The office."""
        return self.book.town


def counted() -> Counted:
    """Make the book of the year and its members, and let two indicators be counted from them."""
    made_book = book()
    t = made_book.town
    members = made(t, "members")
    entered(t, members, [member(name, date(2019 + n, 4, 1)) for n, name in enumerate(FIRMS)])
    typed = m.Line.objects.get(entry=made_book.it)
    gap = m.Value.objects.get(gap="counting", until=None)
    waiting = m.Line.objects.get(indicator=gap.point.indicator, entry__volume=made_book.volume)
    for line in (typed, waiting):
        unit = line.definition.unit or "件"
        measure = defined(t, f"firms{line.pk}", f'count of members at end unit "{unit}"')
        count_by(by=t.planner, line=line.pk, measure=measure.pk)
    return Counted(made_book, members, typed, waiting)

"""見本の台帳と画面. Registers of the small office filled for pages: members, a survey with two firms silent, persons, cases."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bookroom import BODY, Town, town
from evidenceroom import entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask
from sosei.evidence.drafts import Draft, Who


@dataclass
class Room:
    """The office with its registers; `firms`: numbers of the member firms in the order of their entries."""

    town: Town
    members: em.Register
    hires: em.Register
    firms: list[int]

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

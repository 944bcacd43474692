"""数え方の試験室. A book whose indicators are counted: a survey with somebody silent, a statistic with months missing, a roster
of makers, cases, stamps, and a confidential survey."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from bookroom import Town
from evidenceroom import entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.measures import define_measure
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.journal import clock
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by
from yearbook import Book, book

JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
END = date(2022, 3, 31)
CITIES = ("盛岡市", "青森市")
TEXTS = {
    "makers": 'count of members where subject.maker = yes at end unit "社"',
    "hired": 'sum headcount of hires where local_school = yes during survey unit "人"',
    "nights": f'sum quantity of guest_nights during calendar over place in ("{CITIES[0]}", "{CITIES[1]}") monthly unit "人泊"',
    "sales": 'sum amount of overseas_sales during survey round down -3 unit "千円"',
    "decided": 'count of trials reaching "交付決定" during fiscal unit "件"',
    "rally": 'distinct subject of checkins during fiscal having count >= 2 and distinct place >= 2 unit "人"',
}  # fmt: skip
NAMES = {
    "makers": "会員ものづくり企業数", "hired": "卒業生の就職者数", "nights": "延べ宿泊者数", "sales": "海外取引の売上高",
    "decided": "実証実験補助件数", "rally": "スタンプラリーの参加者数",
}  # fmt: skip


@dataclass
class Room:
    """The book (`hired` counts its 新規雇用者数, `nights` its 延べ宿泊者数), the registers and measures by key."""

    book: Book
    registers: dict[str, em.Register] = field(default_factory=dict)
    measures: dict[str, em.Measure] = field(default_factory=dict)
    lines: dict[str, m.Line] = field(default_factory=dict)

    @property
    def town(self) -> Town:
        return self.book.town

    def close_hires(self) -> None:
        close_register(by=self.town.planner, register=self.registers["hires"].pk, year=2021)


@contextmanager
def room() -> Iterator[Room]:
    """Make it all, in June."""
    with clock.at(JUNE):
        found = Room(book())
        for key in ("members", "hires", "guest_nights", "overseas_sales", "trials", "checkins", "consultations"):  # fmt: skip
            found.registers[key] = made(found.town, key)
        _filled(found)
        for key, text in TEXTS.items():
            found.measures[key] = define_measure(
                by=found.town.planner, key=key, name=NAMES[key], text=text
            )
        _tied(found)
        yield found


def _filled(found: Room) -> None:
    town, there = found.town, found.registers
    names = ["見本鋳造", "見本精機", "見本電子", "見本銀行", "見本大学"]
    entered(town, there["members"], [
        member(name, date(2019 + n % 3, 4 + n, 1), values={"member_type": "正会員"}) for n, name in enumerate(names)
    ])  # fmt: skip
    who = {one.name: one.pk for one in em.Subject.objects.filter(kind="organisation")}
    for name in names[:3]:
        set_attribute(by=town.planner, subject=who[name], name="maker", value=True)
    entered(town, there["hires"], [
        Draft(who=firm(name), year=2021, values={"headcount": Decimal(n + 3), "local_school": n != 2, "school": "見本大学"}, at=f"回答!B{n + 2}")
        for n, name in enumerate(names[:4])
    ])  # fmt: skip
    ask(
        by=town.planner, register=there["hires"].pk, year=2021, subjects=[who[name] for name in names],
        sent=date(2022, 4, 1), due=date(2022, 5, 31),
    )  # fmt: skip
    entered(town, there["guest_nights"], [
        Draft(first=date(2021, month, 1), last=date(2021, month, 28), values={"quantity": Decimal(50 * month), "place": city, "state": "確定"})
        for city in CITIES
        for month in range(1, 13 if city == CITIES[0] else 11)
    ])  # fmt: skip
    entered(town, there["overseas_sales"], [
        Draft(who=firm(name), year=2021, values={"amount": Decimal(1234 * (n + 1)), "term": "3月期"}) for n, name in enumerate(names[:3])
    ])  # fmt: skip
    entered(town, there["trials"], [
        Draft(who=firm(name), reached=(date(2021, 4, 5), date(2021, 5 + n, 10)), values={"title": f"実証{n + 1}"}, at=f"台帳!A{n + 2}")
        for n, name in enumerate(names[:3])
    ])  # fmt: skip
    entered(town, there["checkins"], [
        Draft(who=Who(kind="person", name=f"参加 {n}", mail=f"p{n}@example.jp"), first=date(2021, 8, 1 + k), values={"place": CITIES[k % 2], "method": "QRコード"})
        for n in range(3)
        for k in range(n + 1)
    ])  # fmt: skip
    close_register(by=town.planner, register=there["trials"].pk, until=END)


def _tied(found: Room) -> None:
    found.lines = {
        "hired": m.Line.objects.get(entry=found.book.it),
        "nights": m.Line.objects.filter(entry=found.book.tourism).earliest("pk"),
    }
    for key, line in found.lines.items():
        count_by(by=found.town.planner, line=line.pk, measure=found.measures[key].pk)

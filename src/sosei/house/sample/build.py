"""見本市をつくる. Three years of the fictional city, through the same actions as any office's book.

The year before the last two is published; last year's is published and was corrected once; this year's is half done: the
inquiry is out, some departments have answered, one entry came back with a reason. What the figures are counted from was
entered and closed before each report. Days are relative to today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from sosei.core.fiscal import FiscalYear
from sosei.house.sample.evidence import Evidence
from sosei.house.sample.reports import city, report
from sosei.house.sample.span import Span
from sosei.house.sample.spent import record_money
from sosei.journal import clock
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.opinions import Expert, answer_opinion, ask_experts, give_opinion
from sosei.ledger.actions.papers import record_decision, renew_papers, submit_for_decision
from sosei.ledger.actions.proposals import propose_answers
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entries, move_entry, move_volume
from sosei.ledger.actions.strangers import keep_stranger
from sosei.ledger.queries.batches import batch_of
from sosei.ledger.typed import Typed
from sosei.offices.actions.assignments import assign
from sosei.offices.actions.departments import add_department
from sosei.offices.actions.founding import Founding, found_office
from sosei.offices.actions.people import add_person
from sosei.offices.models import Department, Person
from sosei.offices.permissions import held_by
from sosei.offices.workdays import is_open

TOKYO: Final = ZoneInfo("Asia/Tokyo")
#: For the sample alone, on this machine alone: printed by `make run`.
PASSWORD: Final = "mihon-no-himitsu"  # noqa: S105
_ROUTINE: Final = "担当課と確認済みのため"


class Sample:
    """見本. The city's people by login name, and the year that is being reported."""

    def __init__(self, on: date) -> None:
        """Begin: `on` is the day that the sample is to be of."""
        self.on = on
        self.year = FiscalYear.of(on).start - 1
        self.people: dict[str, Person] = {}
        self.hashed = make_password(PASSWORD)

    def build(self, tell: Callable[[str], None]) -> None:
        """Make the whole city."""
        self._at(date(self.year - 3, 4, 1), self.office)
        tell(f"{city()['city']['name']}（架空）の役所と人をつくりました")
        self._at(date(self.year - 2, 4, 10), self.registers)
        for back in (2, 1):
            told = self.year - back
            self._at(date(told + 1, 5, 20), partial(self.counted, back))
            self._at(date(told + 1, 6, 3), partial(self.published, back))
            tell(f"{FiscalYear(told)}の報告書を公表しました")
        self._at(date(self.year, 12, 1), self.correction)
        self.this_year()
        tell(f"{FiscalYear(self.year)}の報告書をつくりかけました")

    def _at(self, day: date, act: Callable[[], None]) -> None:
        with clock.at(datetime.combine(day, time(9, 30), TOKYO)):
            act()

    @property
    def planner(self) -> Person:
        """Return the planning officer."""
        return self.people["kikaku"]

    @property
    def head(self) -> Person:
        """Return the head of planning."""
        return self.people["kikaku-kacho"]

    def office(self) -> None:
        """Make the office, its departments and people."""
        data = city()
        first = next(p for p in data["person"] if p["role"] == "admin")
        founded = found_office(
            founding=Founding(**data["city"], fictional=True), login=first["login"], name=first["name"]
        )  # fmt: skip
        self.people[first["login"]] = founded.person
        rooms = {"01": Department.objects.get(body=data["city"]["body"], code="01")}
        for room in data["department"][1:]:
            rooms[room["code"]] = add_department(
                by=founded.person, code=room["code"], name=room["name"], first_day=today(),
                more={"reading": room["reading"]},
            )  # fmt: skip
        for said in data["person"]:
            self._person(founded.person, said, rooms)

    def _person(self, admin: Person, said: dict[str, str], rooms: dict[str, Department]) -> None:
        if said["login"] not in self.people:
            made = add_person(
                by=admin, login=said["login"], name=said["name"], joins_on=today(),
                more={"reading": said["reading"]},
            )  # fmt: skip
            self.people[said["login"]] = made.person
            place = said.get("department")
            assign(
                by=admin, person=made.person.pk, role=said["role"], first_day=today(),
                department=rooms[place].pk if place else None,
            )  # fmt: skip
        who = self.people[said["login"]]
        who.password, who.must_change_password = self.hashed, False
        who.save(update_fields=["password", "must_change_password"])

    def registers(self) -> None:
        """Make the registers that the figures are counted from."""
        self.evidence = Evidence(self.people)
        self.evidence.begin()

    def counted(self, back: int) -> None:
        """Enter what a year brought, and close it."""
        span = Span(self.year - back, 2 - back)
        self.evidence.enter(span)
        self.evidence.close(span)

    def published(self, back: int) -> None:
        """Record a year's report and take it to its edition."""
        volume = record_report(by=self.planner, report=report(self.year, back))
        self.evidence.tie(volume)
        record_money(self.planner, volume, every=True)
        entries = list(m.ProjectYear.objects.filter(volume=volume).values_list("pk", flat=True))
        told = self.year - back
        move_entries(by=self.planner, entries=entries, move="forward", reason=_ROUTINE)
        move_entries(by=self.planner, entries=entries, move="accept")
        submit_for_decision(by=self.planner, volume=volume.pk)
        record_decision(
            by=self.planner, volume=volume.pk, number=f"見企第{told - 2000}{back}号", decided_on=today()
        )  # fmt: skip
        self._at(date(told + 1, 7, 20), lambda: self._experts(volume.pk, entries))
        published = date(told + 1, 10, 1)
        self._at(published, lambda: self._publish(volume.pk, published))

    def _publish(self, volume: int, on: date) -> None:
        publish_edition(by=self.head, volume=volume, published_on=on)

    def _experts(self, volume: int, entries: list[int]) -> None:
        move_volume(by=self.planner, volume=volume, move="ask_experts")
        expert = self.people["yushikisha"]
        sheets = ask_experts(
            by=self.planner, volume=volume, due_on=today() + timedelta(days=14), contact="企画課",
            experts=[Expert(name=expert.name, sector="academia", person=expert.pk)],
        )  # fmt: skip
        opinion = give_opinion(
            by=expert, paper=sheets[0].pk, entry=entries[0], judgement="effective",
            text="成果の要因を会員企業の声とともに示すと、次の年度に生かしやすい。",
        )  # fmt: skip
        answer_opinion(
            by=self.planner, opinion=opinion.pk,
            response="次年度の報告書から、会員企業への聴取りの結果を添える。", due_on=self.on + timedelta(days=60),
        )  # fmt: skip
        move_volume(by=self.planner, volume=volume, move="report")

    def correction(self) -> None:
        """Mend one figure of last year's report after its publication."""
        volume = m.Volume.objects.get(body=self.planner.body, fiscal_year=self.year - 1)
        line = m.Line.objects.get(entry__volume=volume, definition__name="一時預かりの延べ利用者数")
        value = m.Value.objects.get(
            point__indicator=line.indicator, point__fiscal_year=self.year - 1, role="actual",
            until=None,
        )  # fmt: skip
        why = "実績値の集計に重複があったため"
        correct(by=self.head, volume=volume.pk, entries=[line.entry_id], reason=why)
        wrong = value.number or Decimal(0)
        record_value(
            by=self.planner, line=line.pk, seen=value.pk, year=self.year - 1,
            typed=Typed(text=f"{wrong - 11:f}", state="final", reason=why),
        )  # fmt: skip
        move_entry(by=self.planner, entry=line.entry_id, move="forward", reason=_ROUTINE)
        move_entry(by=self.planner, entry=line.entry_id, move="accept")
        renew_papers(by=self.planner, volume=volume.pk)
        publish_edition(by=self.head, volume=volume.pk, published_on=today())

    def this_year(self) -> None:
        """Half of this year's round: the inquiry is out, some entries are on their way."""
        asked = _open_day(self.on - timedelta(days=12))
        self._at(asked, self._ask)
        volume = m.Volume.objects.get(body=self.planner.body, fiscal_year=self.year)
        entries = {e.name: e.pk for e in m.ProjectYear.objects.filter(volume=volume, kind="result")}
        self._at(self.on - timedelta(days=4), lambda: self._under_way(entries))
        self._at(self.on - timedelta(days=3), self.stranger)
        self._at(self.on - timedelta(days=2), partial(self.counted, 0))
        self._at(self.on - timedelta(days=2), partial(self.evidence.disagree, volume))
        self._at(
            self.on - timedelta(days=1), lambda: record_money(self.planner, volume, every=False)
        )

    def _ask(self) -> None:
        volume = record_report(by=self.planner, report=report(self.year, 0))
        self.evidence.tie(volume)
        self._decisions(volume)
        departments = Department.objects.filter(body=self.planner.body, voided=None)
        send_inquiry(
            by=self.planner, volume=volume.pk, departments=[d.pk for d in departments],
            kinds=("missing", "final", "money", "words"),
            words=Wording(
                title=f"{FiscalYear(self.year)}地方創生関連交付金事業の実績等について（照会）",
                due_on=_open_day(self.on + timedelta(days=6)),
                contact="企画課　見本（内線 0000）",
            ),
        )  # fmt: skip

    def _decisions(self, volume: m.Volume) -> None:
        rows = m.ProjectYear.objects.filter(volume=volume, kind="result").order_by("position")
        for i, entry in enumerate(rows[:4], start=1):
            spent = sum(s.yen or 0 for s in entry.spending.filter(voided=None))
            record_grant_decision(
                by=self.planner, entry=entry.pk,
                decided=Decided(
                    number=f"府地創第{self.year}{i:02}号", decided_on=date(self.year, 4, 1),
                    report_due=self.on + timedelta(days=9 + i), amount=f"{spent // 2}", unit="円",
                ),
            )  # fmt: skip

    def _answer(self, login: str, name: str, lines: dict[str, str], *, apply: bool) -> None:
        """Let a department answer in a table of its own, as offices do; `apply`: planning has taken it in."""
        inquiry = m.Inquiry.objects.get(body=self.planner.body)
        place = next(h.department for h in held_by(self.people[login]) if h.department)
        part = inquiry.parts.get(department=place)
        table = "指標名\t実績\t備考\n" + "".join(f"{k}\t{v}\n" for k, v in lines.items())
        (came,) = propose_answers(
            by=self.people[login], inquiry=inquiry.pk, part=part.pk,
            files=[(name, table.encode("utf-8"))],
        )  # fmt: skip
        if came.error is not None:
            raise came.error
        if apply and came.batch is not None:
            seen = batch_of(self.planner.body, came.batch)
            rows = [row for group in seen.groups for row in group.rows if row.acceptable]
            apply_batch(
                by=self.people[login], batch=came.batch, accepted={r.id: r.digest for r in rows}
            )

    def stranger(self) -> None:
        """Keep a real city's published report beside the book, as a stranger's: read, checked, judged."""
        text = (files("sosei.house.sample") / "morioka.txt").read_bytes()
        keep_stranger(by=self.planner, name="盛岡市（公表された報告書の見本）.txt", data=text)

    def _under_way(self, entries: dict[str | None, int]) -> None:
        self._answer(
            "kotsu", "交通政策課の回答.tsv", {"運転免許の自主返納件数": "２６４件\t"}, apply=True
        )
        self._answer(
            "senryaku", "都市戦略室の回答.tsv",
            {
                "事業を通して本市を訪れた人数": "143\t催しの参加者名簿による",
                "事業を通して移住した人数": "24\t",
                "事業を通してふるさと納税を行った人数": "集計中（1月末）\t",
            },
            apply=False,
        )  # fmt: skip
        mono, mono_head = self.people["mono"], self.people["mono-kacho"]
        cluster = entries["成長分野クラスター形成支援事業"]
        move_entry(by=mono, entry=cluster, move="submit")
        move_entry(
            by=mono_head, entry=cluster, move="return",
            reason="販路開拓支援事業補助金の決算額が入っていません。支払を確かめて記入してください。",
        )  # fmt: skip
        festival = entries["六市連携による夏祭り交流拡大事業"]
        move_entry(by=self.people["kanko"], entry=festival, move="submit")
        children = entries["子育て世代の住みやすさ向上事業"]
        move_entry(by=self.people["kosodate"], entry=children, move="submit")


def _open_day(day: date) -> date:
    """Return the day, or the last one before it on which the office is open."""
    while not is_open(day):
        day -= timedelta(days=1)
    return day

"""数えた経費: a line of money tied to measures of contracts and subsidies; counted to the yen, recorded by an act, or left with a reason."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bookroom import BODY, Town
from evidenceroom import defined, entered, firm, made
from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.measures import define_measure
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.refusals import MeasureDoesNotFit
from sosei.evidence.queries.answers import counted_all
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_personal import NamesPerson
from sosei.journal import clock
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.counted import drop_unused, redefine_counted
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.spent import (
    count_spending_by,
    keep_spent,
    record_spent,
)
from sosei.ledger.halts import Locked
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.spent import (
    SpentShown,
    differing_spent,
    open_spent,
    spent_by,
    spent_of_lines,
    spent_of_volume,
    spent_touched,
    tied_measures,
)
from sosei.ledger.queries.tasks import todo_of
from sosei.ledger.refusals import (
    FractionOfYen,
    MeasureCounts,
    NoSuchThing,
    NotCountedMoney,
    NotMoney,
)
from yearbook import Book, book

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
CONTRACTS = (
    'sum paid of commissions reaching "支払" during fiscal where activity = "伴走支援" unit "円"'
)
SHARES = 'sum paid of contributions reaching "支払" during fiscal unit "円"'


def differing() -> tuple[SpentShown, ...]:
    """Return what the desk tells of lines of money that are not what is counted."""
    found = open_spent(BODY)
    return differing_spent(found, counted_all(found.wanted, silent=False))


@dataclass
class Room:
    """A book with one line of money (業務委託), counted from contracts: two paid for the activity, one for another."""

    book: Book
    contracts: em.Register
    shares: em.Register
    measure: em.Measure
    line: m.Spending

    @property
    def town(self) -> Town:
        return self.book.town

    def shown(self) -> SpentShown:
        [found] = spent_of_lines(BODY, [self.line.pk])
        return found

    def close(self) -> None:
        for register in (self.contracts, self.shares):
            close_register(by=self.town.planner, register=register.pk, until=END)

    def record(self, **more) -> list[m.Spending]:
        return record_spent(by=self.town.officer, lines=[self.line.pk], **more)

    def keep(self, reason: str = "一部は他の事業で払った", **more) -> m.SpentBasis:
        return keep_spent(by=self.town.officer, spending=self.line.pk, reason=reason, **more)

    def typed(self, amount: str, unit: str = "千円") -> m.Spending:
        rows = set_spending(
            by=self.town.officer, entry=self.book.it.pk, seen=None,
            lines=[Line(spending=self.line.pk, label="業務委託", amount=amount, unit=unit)],  # type: ignore[arg-type]
        )  # fmt: skip
        self.line = rows[0]
        return rows[0]


def paid(name: str, yen: int, activity: str, register: str = "commissions") -> Draft:
    values: dict[str, str | Decimal] = {
        "activity": activity,
        "amount": Decimal(yen),
        "paid": Decimal(yen),
    }
    if register == "commissions":
        values["title"] = "支援業務"
    days = [date(2021, 5, 1), None, date(2022, 2, 20), date(2022, 3, 10)]
    reached = tuple(days if register == "commissions" else [days[0], days[3]])
    return Draft(who=firm(name), reached=reached, values=values)


@pytest.fixture
def room():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        found = book()
        contracts, shares = made(found.town, "commissions"), made(found.town, "contributions")
        measure = defined(found.town, "contracts", CONTRACTS)
        entered(found.town, contracts, [
            paid("株式会社甲", 6_000_400, "伴走支援"), paid("株式会社乙", 4_000_100, "伴走支援"),
            paid("株式会社丙", 900_000, "商談会"),
        ])  # fmt: skip
        entered(found.town, shares, [paid("見本協議会", 250_000, "負担", "contributions")])
        line = m.Spending.objects.get(entry=found.it, voided=None)
        count_spending_by(by=found.town.planner, spending=line.pk, measures=[measure.pk])
        yield Room(found, contracts, shares, measure, line)


def test_締めるまでは集計中でそれまでの額を言う(room: Room) -> None:
    shown = room.shown()
    assert (shown.value, shown.so_far, shown.settled, shown.differs, shown.n) == (None, 10_000_500, False, False, 2)  # fmt: skip
    assert room.record() == []
    room.close()
    shown = room.shown()
    assert (shown.value, shown.differs, shown.waits) == (10_000_500, True, False)
    assert [one.spending for one in spent_touched(BODY, "commissions")] == [room.line.pk]
    assert spent_touched(BODY, "contributions") == ()
    assert [one.spending for one in spent_of_volume(BODY, room.book.volume.pk)] == [room.line.pk]


def test_一円までそのまま記載になり単位は元のまま(room: Room) -> None:
    room.typed("9,999")
    room.close()
    with pytest.raises(NoReason):
        room.record()
    [row] = room.record(reason="契約台帳で数え直した", seen=marks([room.shown()]))
    assert (row.yen, row.unit) == (10_000_500, "千円")
    shown = room.shown()
    assert (shown.differs, shown.counted, shown.shown(shown.value)) == (False, True, "10,000.5千円")
    ground = m.SpentBasis.objects.get(spending=row)
    assert ground.basis == {
        "yen": 10_000_500, "entries": 2,
        "measures": [{"measure": room.measure.pk, "version": 1, "yen": 10_000_500, "entries": 2}],
    }  # fmt: skip
    assert room.record(reason="もう一度") == []
    assert not verify(BODY).problems


def test_空の欄なら理由はいらず同じ額でも根拠が付く(room: Room) -> None:
    room.typed("")
    room.close()
    assert room.shown().waits
    assert [row.yen for row in room.record()] == [10_000_500]
    room.typed("1")
    room.typed("10,000.5")
    shown = room.shown()
    assert (shown.differs, shown.counted) == (False, True), "what stands again is what was counted"
    row = m.SpentBasis.objects.get()
    row.delete()
    assert not room.shown().counted
    assert len(room.record()) == 1, "the same amount, now with its basis"
    assert room.shown().counted


def test_いくつかの数え方を結び付けると足す(room: Room) -> None:
    second = defined(room.town, "shares", SHARES)
    count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[room.measure.pk, second.pk])  # fmt: skip
    assert room.shown().so_far == 10_250_500
    close_register(by=room.town.planner, register=room.contracts.pk, until=END)
    assert room.shown().value is None, "one register is open still"
    close_register(by=room.town.planner, register=room.shares.pk, until=END)
    assert room.shown().value == 10_250_500
    room.record(reason="数え直した")
    assert [one["yen"] for one in m.SpentBasis.objects.get().basis["measures"]] == [10_000_500, 250_000]  # fmt: skip
    with pytest.raises(NoReason):
        count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[second.pk])
    count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[second.pk], reason="別の事業の契約")  # fmt: skip
    assert tied_measures(room.line.pk) == (second.pk,)


@pytest.mark.parametrize(("amount", "times"), [("10,000,500", 1000), ("10.001", 1000), ("10,000,500,000", 10**6)])  # fmt: skip
def test_千倍の違いは単位の取り違えと言う(room: Room, amount: str, times: int) -> None:
    room.typed(amount, "千円")
    room.close()
    shown = room.shown()
    assert (shown.slip, shown.differs) == (times, True)
    [task] = [one for one in todo_of(room.town.officer).tasks if one.kind == "counted"]
    assert "単位の取り違え" in task.ja
    assert (task.page, task.numbers) == ("money", (room.book.it.pk,))


@pytest.mark.parametrize(
    ("amount", "unit", "times"),
    [("10,000", "円", 1000), ("10,000,500", "千円", 1000), ("10", "円", 10**6), ("9,000", "千円", None), ("10,000.5", "千円", None)],
)  # fmt: skip
def test_数えの途中でも千倍違う記載は取り違えかもしれないと分かる(
    room: Room, amount: str, unit: str, times: int | None
) -> None:
    room.typed(amount, unit)
    shown = room.shown()
    assert (shown.settled, shown.so_far) == (False, 10_000_500)
    assert (shown.slip_so_far, shown.slip) == (times, None)
    room.close()
    assert room.shown().slip_so_far is None


def test_違うだけの額は取り違えと言わない(room: Room) -> None:
    room.typed("9,000")
    room.close()
    assert (room.shown().slip, room.shown().gap) == (None, -1_000_500)


@pytest.mark.parametrize(
    "text",
    [
        'count of commissions reaching "支払" unit "件"',
        'sum paid of commissions reaching "支払" round down -3 unit "円"',
    ],
)
def test_金額でないものと丸めるものは結び付けられない(room: Room, text: str) -> None:
    other = defined(room.town, "other", text)
    with pytest.raises(NotMoney):
        count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[other.pk])
    with pytest.raises(NotMoney):
        redefine_counted(
            by=room.town.planner, measure=room.measure.pk, seen=1, name="契約", text=text, note=None, reason="変更",
        )  # fmt: skip
    assert tied_measures(room.line.pk) == (room.measure.pk,)


def test_円で書く欄を千円と数える数え方は作れない(room: Room) -> None:
    with pytest.raises(MeasureDoesNotFit, match="桁が違う"):
        define_measure(by=room.town.planner, key="slip", name="千円", text=CONTRACTS.replace('"円"', '"千円"'))  # fmt: skip


def test_理由を書けば違う額のままにでき数えが動けばまた知らせる(room: Room) -> None:
    room.typed("9,000")
    room.close()
    assert [one.spending for one in differing()] == [room.line.pk]
    with pytest.raises(NoReason):
        room.keep(" ")
    kept = room.keep(seen=marks([room.shown()]))
    assert (kept.yen, kept.basis["yen"]) == (9_000_000, 10_000_500)
    shown = room.shown()
    assert (shown.kept, shown.reason, shown.was) == (True, "一部は他の事業で払った", 10_000_500)
    assert differing() == ()
    room.typed("9,100")
    assert [one.reason for one in differing()] == [None], "the reason was for another amount"
    room.keep("直した額も他の事業の分を除いている")
    redefine_counted(
        by=room.town.planner, measure=room.measure.pk, seen=1, name="契約", note=None, reason="商談会も含める",
        text='sum paid of commissions reaching "支払" during fiscal unit "円"',
    )  # fmt: skip
    shown = room.shown()
    assert (shown.value, shown.kept, shown.was) == (10_900_500, False, 10_000_500)
    assert [one.spending for one in differing()] == [room.line.pk]


@pytest.mark.parametrize(("thousands", "yen"), [("12.3456", "12345.6"), ("0.0001", "0.1")])
def test_円未満のある数えは丸めず記載にできない(room: Room, thousands: str, yen: str) -> None:
    town = room.town
    sales = made(town, "overseas_sales")
    entered(town, sales, [Draft(who=firm("株式会社甲"), year=2021, values={"amount": Decimal(thousands)})])  # fmt: skip
    measure = defined(town, "sales", 'sum amount of overseas_sales during survey unit "千円"')
    close_register(by=town.planner, register=sales.pk, year=2021)
    tie(room, measure)
    room.typed("")
    shown = room.shown()
    assert (shown.value, shown.shown(shown.value)) == (Decimal(yen), f"{thousands}千円")
    with pytest.raises(FractionOfYen, match=f"{thousands}千円"):
        room.record()
    assert room.shown().recorded is None
    room.typed("12.345")
    assert room.shown().differs, "not the same to the yen"
    with pytest.raises(FractionOfYen):
        room.record(reason="数えのとおり")
    assert room.keep("端数は切り捨てる").basis["yen"] == yen
    assert (room.shown().kept, room.shown().was) == (True, Decimal(yen))
    other = defined(town, "rest", 'sum amount of overseas_sales during survey unit "千円"')
    tie(room, measure, other)
    assert room.shown().value == Decimal(yen) * 2


def test_端数が足して一円になれば記載になる(room: Room) -> None:
    town = room.town
    sales = made(town, "overseas_sales")
    entered(town, sales, [
        Draft(who=firm(name), year=2021, values={"amount": Decimal("0.5005")}) for name in ("株式会社甲", "株式会社乙")
    ])  # fmt: skip
    measure = defined(town, "sales", 'sum amount of overseas_sales during survey unit "千円"')
    close_register(by=town.planner, register=sales.pk, year=2021)
    tie(room, measure)
    room.typed("")
    assert [row.yen for row in room.record()] == [1001]
    assert m.SpentBasis.objects.get().basis["yen"] == 1001


def tie(room: Room, *measures: em.Measure) -> None:
    """Have the line counted by these alone."""
    count_spending_by(
        by=room.town.planner, spending=room.line.pk, measures=[one.pk for one in measures], reason="数え直す"
    )  # fmt: skip


def test_理由に台帳の人の名は書けない(room: Room) -> None:
    town = room.town
    gifts = made(town, "donations")
    who = Who(kind="person", name="見本 花子", mail="hanako@example.jp")
    entered(town, gifts, [Draft(who=who, first=date(2021, 5, 1), values={"amount": Decimal(10_000)})])  # fmt: skip
    measure = defined(town, "gifts", 'sum amount of donations during fiscal unit "円"')
    close_register(by=town.planner, register=gifts.pk, until=END)
    naming = "見本花子様の分を除いている"
    with pytest.raises(NamesPerson):
        count_spending_by(
            by=town.planner, spending=room.line.pk, measures=[measure.pk], reason=naming
        )
    tie(room, measure)
    before = Entry.objects.count()
    with pytest.raises(NamesPerson):
        count_spending_by(by=town.planner, spending=room.line.pk, measures=[], reason=naming)
    with pytest.raises(NamesPerson):
        room.record(reason=naming)
    with pytest.raises(NamesPerson):
        room.keep(naming)
    assert Entry.objects.count() == before
    assert room.keep("一人の分を除いている").reason == "一人の分を除いている"


def test_見た数えと違えば書かない(room: Room) -> None:
    room.close()
    seen = marks([room.shown()])
    room.typed("7,000")
    for act in (room.record, room.keep):
        with pytest.raises(Stale):
            act(reason="数え直した", seen=seen)


def test_錠と権限と他の団体のもの(room: Room) -> None:
    room.close()
    with pytest.raises(NotAllowed):
        record_spent(by=room.town.other, lines=[room.line.pk], reason="数え")
    with pytest.raises(NotAllowed):
        count_spending_by(by=room.town.officer, spending=room.line.pk, measures=[])
    with pytest.raises(NoSuchThing):
        record_spent(by=room.town.officer, lines=[room.line.pk + 1000], reason="数え")
    with pytest.raises(NoSuchThing):
        count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[10_000])
    move_entry(by=room.town.officer, entry=room.book.it.pk, move="submit")
    with pytest.raises(Locked):
        room.record(reason="数え直した")
    with pytest.raises(Locked):
        room.keep()


def test_結び付いていない経費は記載にもそのままにもできない(room: Room) -> None:
    count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[], reason="手で入れる")
    room.close()
    for act in (room.record, room.keep):
        with pytest.raises(NotCountedMoney):
            act(reason="数え")
    assert spent_by(BODY) == {}


def test_使っている数え方はやめられない(room: Room) -> None:
    with pytest.raises(MeasureCounts, match="1個の指標や経費"):
        drop_unused(by=room.town.planner, measure=room.measure.pk, reason="使わない")
    count_spending_by(by=room.town.planner, spending=room.line.pk, measures=[], reason="手で入れる")
    drop_unused(by=room.town.planner, measure=room.measure.pk, reason="使わない")
    with pytest.raises(NoSuchRow):
        redefine_counted(by=room.town.planner, measure=room.measure.pk, seen=1, name="", text="", note=None, reason="x")  # fmt: skip


def test_用件に出て記載にすれば消える(room: Room) -> None:
    def told() -> list[str]:
        return [one.ja for one in todo_of(room.town.officer).tasks if one.kind == "counted"]

    assert told() == []
    room.typed("")
    room.close()
    assert told() == ["経費「業務委託」の数えは10,000.5千円に決まりました。記載にしてください"]
    room.record()
    assert told() == []


def test_見るだけの人の用件は誰でも開ける頁へ行く(room: Room) -> None:
    room.typed("")
    room.close()
    t = room.town
    pages = {
        who.name: one.page
        for who in (t.planner, t.officer, t.auditor)
        for one in todo_of(who).tasks
        if one.kind == "counted"
    }
    assert pages == {t.planner.name: "money", t.officer.name: "money", t.auditor.name: "entry"}


def test_行いは元に戻せる(room: Room) -> None:
    room.typed("9,000")
    room.close()
    room.record(reason="数え直した")
    undo(
        Entry.objects.filter(body=BODY, verb="spent.record").latest("seq"),
        room.town.planner.pk,
        "誤り",
    )
    assert room.shown().recorded == 9_000_000
    assert not room.shown().counted

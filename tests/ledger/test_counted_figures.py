"""数えた値: an indicator tied to a measure; the count beside what the book says, and recorded by an act."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bookroom import BODY, Town
from evidenceroom import defined, entered, made, member
from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.core.gaps import Gap
from sosei.core.shown import show_value, unstated
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register, reopen_register
from sosei.evidence.actions.measures import redefine_measure
from sosei.evidence.queries.answers import counted_all
from sosei.evidence.refusals import NoSuchRow
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.counted import (
    close_seen,
    count_by,
    count_no_more,
    drop_unused,
    record_counts,
    redefine_counted,
)
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.halts import Locked
from sosei.ledger.queries.counted import (
    CountShown,
    counts_of,
    counts_of_lines,
    differing_counts,
    open_counts,
    touched_by,
    used_by,
)
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.scene import scene_of
from sosei.ledger.queries.tasks import todo_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.refusals import MeasureCounts, NotCounted, OtherCountUnit
from sosei.ledger.typed import Typed
from sosei.publishing.charts.series import series_of
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
TEXT = 'count of members at end unit "人"'


def differing() -> tuple[CountShown, ...]:
    """Return what the desk tells of figures that are not what is counted."""
    found = open_counts(BODY)
    return differing_counts(found, counted_all(found.wanted, silent=False))


@dataclass
class Room:
    """A book whose first indicator (新規雇用者数, 人, FY2021: 18) is counted from a roster of two."""

    book: Book
    register: em.Register
    measure: em.Measure
    line: m.Line

    @property
    def town(self) -> Town:
        return self.book.town

    def shown(self) -> CountShown:
        [found] = counts_of_lines([self.line.pk])
        return found

    def close(self) -> em.Closing:
        return close_register(by=self.town.planner, register=self.register.pk, until=END)

    def record(self, **more) -> list[m.Value]:
        return record_counts(by=self.town.officer, lines=[self.line.pk], **more)

    def actual(self) -> m.Value:
        return m.Value.objects.get(
            point__indicator=self.line.indicator_id, point__fiscal_year=2021, role="actual", until=None
        )  # fmt: skip


@pytest.fixture
def room():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        found = book()
        register = made(found.town, "members")
        measure = defined(found.town, "firms", TEXT)
        line = m.Line.objects.get(entry=found.it)
        entered(
            found.town, register, [member("甲", date(2019, 5, 1)), member("乙", date(2020, 5, 1))]
        )
        count_by(by=found.town.planner, line=line.pk, measure=measure.pk)
        yield Room(found, register, measure, line)


def test_締めるまでは集計中でそれまでの数を言う(room: Room) -> None:
    shown = room.shown()
    assert (shown.answer.value, shown.answer.gap, shown.answer.so_far) == (
        None,
        Gap.COUNTING,
        Decimal(2),
    )
    assert not shown.differs
    assert room.record() == []
    room.close()
    shown = room.shown()
    assert (shown.settled, shown.differs, shown.waits, shown.answer.value) == (True, True, False, 2)
    assert [one.line for one in touched_by(BODY, "members")] == [room.line.pk]
    assert [one.line for one in counts_of(room.book.volume.pk)] == [room.line.pk]


def test_数えた値を理由とともに記載にすると根拠が残る(room: Room) -> None:
    room.close()
    with pytest.raises(NoReason):
        room.record()
    [value] = room.record(reason="台帳で数え直した", seen=marks([room.shown()]))
    assert (value.number, value.origin, value.unit) == (2, "counted", None)
    assert value.basis == {"measure": room.measure.pk, "version": 1, "entries": 2}
    assert not room.shown().differs
    assert room.shown().recorded is not None
    assert room.record(reason="もう一度") == []
    assert not verify(BODY).problems


@pytest.mark.parametrize("kept", [None, "人"])
def test_記載にした数えは図に描かれ単位の違いとして示されない(room: Room, kept: str | None) -> None:
    """Books of before keep the indicator's own unit beside a count: that draws as well."""
    room.close()
    [value] = room.record(reason="台帳で数え直した")
    m.Value.objects.filter(pk=value.pk).update(unit=kept)
    one = report_of(room.book.volume).projects[0].indicators[0]
    series = series_of(one, year=2021)
    assert series is not None
    assert [point.actual.number for point in series.points if point.actual] == [9, 2]
    [actual] = [point.actual for point in one.years if point.fiscal_year == 2021]
    assert show_value(unstated(actual), unit=one.unit) == ("2",)


def test_数えた値には根拠があり根拠がないとは指摘されない(room: Room) -> None:
    found = typed_in(room)
    assert found.of("KPI-NOEVID")
    room.close()
    room.record(reason="台帳で数え直した")
    assert not scene_of(room.book.it.pk).findings().of("KPI-NOEVID")


def typed_in(room: Room):
    """Return the findings after somebody typed the figure."""
    record_value(by=room.town.planner, line=room.line.pk, typed=Typed(text="19"), seen=None)
    return scene_of(room.book.it.pk).findings()


def test_見た後で数えや記載が変わっていたら断る(room: Room) -> None:
    closing = room.close()
    seen = marks([room.shown()])
    reopen_register(by=room.town.planner, closing=closing.pk, reason="退会の届けが遅れた")
    entered(room.town, room.register, [member("丙", date(2020, 6, 1))])
    room.close()
    with pytest.raises(Stale):
        room.record(reason="台帳で数えた", seen=seen)
    assert room.actual().number == 18
    [value] = room.record(reason="台帳で数えた", seen=marks([room.shown()]))
    assert value.number == 3


def test_締める前に見た数えは締めても同じなら記載にできる(room: Room) -> None:
    """The person presses once: what he saw was still being counted, and closing did not change it."""
    seen = marks([room.shown()])
    room.close()
    [value] = room.record(reason="台帳で数えた", seen=seen)
    assert value.number == 2


def test_見た数えが動いていれば締めない(room: Room) -> None:
    said = {"by": room.town.planner, "register": room.register.pk, "key": "members", "until": END, "year": None, "note": None}  # fmt: skip
    seen = marks(touched_by(BODY, "members"))
    entered(room.town, room.register, [member("丙", date(2020, 6, 1))])
    with pytest.raises(Stale):
        close_seen(**said, seen=seen)
    assert not em.Closing.objects.exists()
    closing = close_seen(**said, seen=marks(touched_by(BODY, "members")))
    assert (closing.until, closing.entries) == (END, 3)


def test_見ていない数えは記載にならない(room: Room) -> None:
    room.close()
    total = defined(room.town, "ever", 'count of members since start unit "人"')
    seen = marks([room.shown()])
    count_by(by=room.town.planner, line=room.line.pk, measure=total.pk, role="cumulative_actual")
    [value] = room.record(reason="台帳で数えた", seen=seen)
    assert value.role == "actual"
    with pytest.raises(Stale):
        room.record(reason="台帳で数えた", seen="")


def test_集計中の記載は理由なしで数に替わる(room: Room) -> None:
    typed = Typed(
        text="集計中",
        expected_on=date(2022, 7, 1),
        owed_by=room.town.it.pk,
        reason="数え直しのため",
    )
    record_value(by=room.town.officer, line=room.line.pk, typed=typed, seen=None)
    room.close()
    assert room.shown().waits
    assert [one.line for one in differing()] == []  # 理由のある記載はそのまま
    [value] = room.record()
    assert value.number == 2


def test_理由を書いて直した記載は数えと違ってもそのまま残る(room: Room) -> None:
    room.close()
    assert [one.line for one in differing()] == [room.line.pk]
    typed = Typed(text="3", reason="一社は名簿にないが会員である")
    record_value(by=room.town.officer, line=room.line.pk, typed=typed, seen=None)
    shown = room.shown()
    assert (shown.differs, shown.reason) == (True, "一社は名簿にないが会員である")
    assert differing() == ()


def tasks(who):
    fresh = type(who).objects.get(pk=who.pk)
    return [task for task in todo_of(fresh).tasks if task.kind == "counted"]


def test_数えと違う記載は担当の用件になる(room: Room) -> None:
    assert tasks(room.town.officer) == []
    room.close()
    [task] = tasks(room.town.officer)
    assert task.ja == "「新規雇用者数」の数えは2人、記載は18人"
    assert (task.page, task.numbers, task.names, task.mine) == (
        "indicator", (room.line.pk,), ("ものづくり推進課",), True,
    )  # fmt: skip
    assert [t.mine for t in tasks(room.town.auditor)] == [False]
    assert tasks(room.town.other) == []
    room.record(reason="台帳で数えた")
    assert tasks(room.town.officer) == []


def test_錠のある記載は数えでは動かない(room: Room) -> None:
    room.close()
    move_entry(by=room.town.officer, entry=room.book.it.pk, move="submit")
    move_entry(by=room.town.section_head, entry=room.book.it.pk, move="approve")
    with pytest.raises(Locked):
        room.record(reason="台帳で数えた")
    assert room.actual().number == 18
    with pytest.raises(NotAllowed):
        record_counts(by=room.town.other, lines=[room.line.pk], reason="台帳で数えた")


def test_単位の違う数え方は結べず結んだ数え方の単位も変えられない(room: Room) -> None:
    other = defined(room.town, "firms_in_sha", 'count of members at end unit "社"')
    with pytest.raises(OtherCountUnit):
        count_by(by=room.town.planner, line=room.line.pk, measure=other.pk)
    alike = defined(room.town, "persons", 'count of members at end unit "名"')
    count_by(by=room.town.planner, line=room.line.pk, measure=alike.pk)
    assert m.Counting.objects.get().measure == alike
    said = {
        "seen": 1, "name": "数", "text": 'count of members at end unit "社"', "note": None, "reason": "社で数える",
    }  # fmt: skip
    with pytest.raises(OtherCountUnit):
        redefine_counted(by=room.town.planner, measure=alike.pk, **said)
    alike.refresh_from_db()
    assert (alike.stamp, alike.text) == (1, 'count of members at end unit "名"')
    redefine_counted(by=room.town.planner, measure=room.measure.pk, **said)
    with pytest.raises(NoSuchRow):
        redefine_counted(by=room.town.planner, measure=0, **said)


def test_結んだあとで単位が違うものになった数えは記載にならない(room: Room) -> None:
    """By whatever way either became another: a figure in another unit is another figure."""
    room.close()
    redefine_measure(
        by=room.town.planner, row=room.measure.pk, seen=1, name="数", note=None, reason="社で数える",
        text='count of members at end unit "社"',
    )  # fmt: skip
    with pytest.raises(OtherCountUnit):
        room.record(reason="台帳で数えた")
    assert room.actual().number == 18


def test_使われている数え方はやめられず外せばやめられる(room: Room) -> None:
    assert used_by(BODY) == {room.measure.pk: [(room.line.pk, "新規雇用者数")]}
    with pytest.raises(MeasureCounts) as refused:
        drop_unused(by=room.town.planner, measure=room.measure.pk, reason="使わない")
    assert "新規雇用者数" in str(refused.value)
    count_no_more(by=room.town.planner, line=room.line.pk, reason="手で数える")
    with pytest.raises(NotCounted):
        count_no_more(by=room.town.planner, line=room.line.pk, reason="手で数える")
    with pytest.raises(NotCounted):
        room.record(reason="台帳で数えた")
    drop_unused(by=room.town.planner, measure=room.measure.pk, reason="使わない")
    assert used_by(BODY) == {}


def test_公表した版の後も数えた値の由来は残り定義が変わっても動かない(room: Room) -> None:
    room.close()
    room.record(reason="台帳で数えた")
    for entry in (room.book.it, room.book.tourism):
        accept(room.book, entry)
    with act("test.stage", body=BODY, by=None) as w:
        room.book.volume.refresh_from_db()
        w.change(room.book.volume, stage="assembly")
    publish_edition(by=room.town.planning_head, volume=room.book.volume.pk)
    redefine_measure(
        by=room.town.planner, row=room.measure.pk, seen=1, name="会員", note=None, reason="退会した社も数える",
        text='count of members since start unit "人"',
    )  # fmt: skip
    value = room.actual()
    assert (value.number, value.origin, value.basis["version"]) == (2, "counted", 1)
    assert differing() == ()
    assert touched_by(BODY, "members") == ()


def test_数える指標が増えても問い合わせの数は変わらない(
    room: Room, django_assert_num_queries
) -> None:
    others = m.Line.objects.exclude(pk=room.line.pk).filter(definition__unit__in=["人"])
    for n, line in enumerate(others):
        measure = defined(room.town, f"more{n}", TEXT)
        count_by(by=room.town.planner, line=line.pk, measure=measure.pk)
    assert others.count() == 2
    with django_assert_num_queries(6):
        assert len(counts_of(room.book.volume.pk)) == 3
    with django_assert_num_queries(6):
        counts_of_lines([room.line.pk])

"""登録: what is entered, corrected, taken out, taken back; numbers, proofs and sums follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member, same, value
from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.evidence import models as em
from sosei.evidence import proof
from sosei.evidence.actions import measures
from sosei.evidence.actions.closings import ask, close_register, reopen_register
from sosei.evidence.actions.entries import correct, enter, take_out, undo
from sosei.evidence.actions.measures import redefine_measure
from sosei.evidence.actions.registers import change_register, end_register, make_register
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.codec import CONTENT
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.refusals import BadRegisterKind, MeasureDoesNotFit
from sosei.evidence.queries.closings import closing_page
from sosei.evidence.queries.doubles import doubles
from sosei.evidence.queries.registers import Asked, entries, history
from sosei.evidence.refusals import (
    LaterClosing,
    NoSuchRow,
    NotYetOver,
    PeriodClosed,
    SameSubject,
    UndoneAlready,
)
from sosei.journal.clock import at, now
from sosei.journal.models import Entry as Line
from sosei.journal.verify import verify

pytestmark = pytest.mark.django_db
Y = (2019, 2020, 2021, 2022)


@pytest.fixture
def office() -> Town:
    return town()


@pytest.fixture
def members(office: Town) -> em.Register:
    return made(office, "members")


def seen(register: em.Register, number: int) -> int:
    return history(BODY, register.pk, number)[0].content


def test_登録すると番号が付き同じ団体は一つの相手になる(office: Town, members: em.Register) -> None:
    batch = entered(office, members, [
        member("株式会社見本鋳造", date(2019, 4, 1)), member("㈱ 見本鋳造", date(2021, 4, 1)),
        member("見本精機", date(2020, 6, 1), date(2021, 3, 30)),
    ])  # fmt: skip
    assert batch is not None
    assert batch.rows == 3
    page = entries(BODY, members.pk)
    assert [row.record.id for row in page.rows] == [3, 2, 1]
    assert em.Subject.objects.count() == 2
    assert page.rows[1].record.subject == page.rows[2].record.subject
    line = Line.objects.get(verb="register.enter")
    assert line.facts["count"] == 3


def test_指標は登録と同じ取引で正しくなる(office: Town, members: em.Register) -> None:
    defined(office, "firms", 'count of members at end unit "社"')
    entered(
        office,
        members,
        [member("甲", date(2019, 5, 1)), member("乙", date(2020, 5, 1), date(2021, 5, 1))],
    )
    assert [value(BODY, "firms", year) for year in Y] == [1, 2, 1, 1]
    same(BODY, "firms", Y)
    correct(
        by=office.planner, register=members.pk, number=2, seen=seen(members, 2), reason="退会は誤り",
        draft=member("乙", date(2020, 5, 1)),
    )  # fmt: skip
    assert value(BODY, "firms", 2022) == 2
    take_out(
        by=office.planner, register=members.pk, number=1, seen=seen(members, 1), reason="二重の登録"
    )
    assert value(BODY, "firms", 2022) == 1
    same(BODY, "firms", Y)


def test_束を取り消すと前の内容に戻る(office: Town, members: em.Register) -> None:
    defined(office, "firms", 'count of members at end unit "社"')
    first = entered(office, members, [member("甲", date(2019, 5, 1))])
    second = enter(
        by=office.planner, register=members.pk, way="file",
        drafts=[member("甲", date(2020, 5, 1), entry=1), member("丙", date(2020, 5, 1))],
    )  # fmt: skip
    assert second is not None
    assert value(BODY, "firms", 2019) == 0
    back = undo(by=office.planner, batch=second.pk, reason="別の年の名簿だった")
    assert [row.record.first for row in entries(BODY, members.pk).rows] == [date(2019, 5, 1)]
    assert value(BODY, "firms", 2019) == 1
    same(BODY, "firms", Y)
    assert first is not None
    with pytest.raises(UndoneAlready):
        undo(by=office.planner, batch=first.pk, reason="もう一度")
    again = undo(by=office.planner, batch=back.pk, reason="取消しの取消し")
    assert again.rows == 2
    assert value(BODY, "firms", 2020) == 2
    same(BODY, "firms", Y)


def test_締めた期間は動かせず理由を書いて解ける(office: Town, members: em.Register) -> None:
    defined(office, "firms", 'count of members at end unit "社"')
    entered(office, members, [member("甲", date(2019, 5, 1)), member("乙", date(2020, 5, 1))])
    with at_day(2022, 4, 10):
        closing = close_register(by=office.planner, register=members.pk, until=date(2022, 3, 31))
        assert (closing.entries, value(BODY, "firms", 2021)) == (2, 2)
        with pytest.raises(PeriodClosed):
            entered(office, members, [member("丙", date(2022, 3, 31))])
        with pytest.raises(PeriodClosed):
            take_out(
                by=office.planner,
                register=members.pk,
                number=1,
                seen=seen(members, 1),
                reason="誤り",
            )
        entered(office, members, [member("丁", date(2022, 4, 1))])
        correct(
            by=office.planner, register=members.pk, number=1, seen=seen(members, 1), reason="退会",
            draft=member("甲", date(2019, 5, 1), date(2022, 4, 5)),
        )  # fmt: skip
        reopen_register(by=office.planner, closing=closing.pk, reason="漏れがあった")
        entered(office, members, [member("丙", date(2022, 3, 31))])
        same(BODY, "firms", Y)


def at_day(year: int, month: int, day: int):
    from datetime import UTC, datetime

    return at(datetime(year, month, day, 3, tzinfo=UTC))


def test_属性が変われば数えも変わる(office: Town, members: em.Register) -> None:
    defined(office, "makers", 'count of members where subject.maker = yes at end unit "社"')
    entered(office, members, [member("甲", date(2019, 5, 1)), member("銀行", date(2019, 5, 1))])
    one, bank = em.Subject.objects.order_by("pk")
    set_attribute(by=office.planner, subject=one.pk, name="maker", value=True)
    set_attribute(by=office.planner, subject=bank.pk, name="maker", value=True)
    assert value(BODY, "makers", 2021) == 2
    set_attribute(
        by=office.planner, subject=bank.pk, name="maker", value=False, first=date(2021, 1, 1)
    )
    assert [value(BODY, "makers", year) for year in Y] == [2, 1, 1, 1]
    same(BODY, "makers", Y)
    set_attribute(
        by=office.planner, subject=bank.pk, name="maker", value=None, first=date(2021, 1, 1)
    )
    assert value(BODY, "makers", 2021) == 2
    same(BODY, "makers", Y)


def test_名寄せで実数が変わる(office: Town) -> None:
    visits = made(office, "visits")
    defined(office, "people", 'distinct subject of visits during fiscal unit "人"')
    entered(office, visits, [
        Draft(who=firm("甲社"), first=date(2021, 5, 1)), Draft(who=firm("甲"), first=date(2021, 6, 1)),
    ])  # fmt: skip
    one, other = em.Subject.objects.order_by("pk")
    assert value(BODY, "people", 2021) == 2
    merge(by=office.planner, subject=other.pk, into=one.pk, reason="同じ会社")
    assert value(BODY, "people", 2021) == 1
    same(BODY, "people", Y)


def test_数え方を変えると数え直す(office: Town, members: em.Register) -> None:
    row = defined(office, "firms", 'count of members at end unit "社"')
    entered(office, members, [member("甲", date(2019, 5, 1)), member("乙", date(2020, 5, 1))])
    redefine_measure(
        by=office.planner, row=row.pk, seen=row.stamp, name="新規", note=None, reason="新しい会員だけ",
        text='count of members during fiscal unit "社"',
    )  # fmt: skip
    assert [value(BODY, "firms", year) for year in Y] == [1, 1, 0, 0]
    same(BODY, "firms", Y)


def test_束の要約値は内容を証明する(office: Town, members: em.Register) -> None:
    entered(office, members, [member(f"会社{n}", date(2019, 5, 1)) for n in range(300)])
    batch = em.Batch.objects.get()
    rows = em.Entry.objects.filter(batch=batch).order_by("number").values_list(*CONTENT)
    assert proof.marks(rows) == batch.marks
    assert len(batch.marks) == 2
    em.Entry.objects.filter(number=299).update(first=date(2018, 5, 1))
    changed = proof.marks(rows.all())
    assert [a == b for a, b in zip(changed, batch.marks, strict=True)] == [True, False]
    assert not verify(BODY).problems


def test_だれが何を断られるか(office: Town, members: em.Register) -> None:
    with pytest.raises(NotAllowed):
        enter(by=office.auditor, register=members.pk, drafts=[member("甲", date(2019, 5, 1))])
    with pytest.raises(NotAllowed):
        enter(by=office.other, register=members.pk, drafts=[member("甲", date(2019, 5, 1))])
    with pytest.raises(NoSuchRow):
        enter(by=office.planner, register=members.pk + 1, drafts=[])
    entered(office, members, [member("甲", date(2019, 5, 1))])
    old = seen(members, 1)
    draft = member("甲", date(2019, 6, 1))
    correct(by=office.officer, register=members.pk, number=1, seen=old, reason="日付", draft=draft)
    with pytest.raises(Stale):
        correct(
            by=office.officer, register=members.pk, number=1, seen=old, reason="日付", draft=draft
        )
    with pytest.raises(NoReason):
        take_out(
            by=office.officer, register=members.pk, number=1, seen=seen(members, 1), reason=" "
        )
    with pytest.raises(NoSuchRow):
        enter(by=office.planner, register=members.pk, drafts=[replace(draft, entry=9)])


def test_頁は絞り込み並べ替え続きから読める(office: Town) -> None:
    events = made(office, "events")
    fields = events.definition["fields"]
    title = next(name for name, one in fields.items() if one["type"] == "text")
    entered(office, events, [
        Draft(first=date(2021, 4 + n % 9, 1 + n % 28), values={title: f"移住の会{n}" if n % 2 else f"観光の会{n}"})
        for n in range(120)
    ])  # fmt: skip
    first = entries(BODY, events.pk, Asked(words="移住", sort="first"))
    assert (len(first.rows), first.total) == (50, 60)
    assert first.more is not None
    rest = entries(BODY, events.pk, Asked(words="移住", sort="first", after=first.more))
    assert len(rest.rows) == 10
    assert rest.more is None
    every = [row.record for row in first.rows + rest.rows]
    assert [(r.first, r.id) for r in every] == sorted((r.first, r.id) for r in every)
    assert {r.values[title][:2] for r in every} == {"移住"}


def test_数量は正確に戻る(office: Town) -> None:
    nights = made(office, "guest_nights")
    field = next(n for n, one in nights.definition["fields"].items() if one["type"] == "number")
    defined(office, "nights", f'sum {field} of guest_nights during calendar unit "人泊"')
    place = next(
        (n for n, one in nights.definition["fields"].items() if one["type"] == "place"), None
    )
    assert place is not None
    entered(office, nights, [
        Draft(first=date(2021, m, 1), last=date(2021, m, 28), values={field: Decimal("0.1"), place: "盛岡市"})
        for m in range(1, 11)
    ])  # fmt: skip
    assert value(BODY, "nights", 2021) == 1
    same(BODY, "nights", Y)


def test_その間に除かれた項目や台帳は断られる(office: Town, members: em.Register) -> None:
    """Between what a page saw and the act, another may have changed the register."""
    with pytest.raises(Stale, match="会員名簿"):
        entered(office, members, [member("甲", date(2019, 5, 1), values={"rank": "A"})])
    assert em.Subject.objects.count() == 0


def test_読んだあとで廃止された台帳の数え方は断られる(
    office: Town, members: em.Register, monkeypatch
) -> None:
    act = measures.act

    def after_the_end(*args, **more):
        end_register(by=office.planner, register=members.pk, reason="事業の終了")
        return act(*args, **more)

    monkeypatch.setattr(measures, "act", after_the_end)
    with pytest.raises(MeasureDoesNotFit):
        defined(office, "firms", 'count of members at end unit "社"')
    assert not em.Measure.objects.exists()


def test_締めを解くのは一度だけで先の年の調査は締められず締めた年には尋ねない(office: Town) -> None:
    made(office, "members")
    hires = made(office, "hires")
    with at_day(2022, 6, 10):
        with pytest.raises(NotYetOver):
            close_register(by=office.planner, register=hires.pk, year=2099)
        closing = close_register(by=office.planner, register=hires.pk, year=2021)
        with pytest.raises(PeriodClosed):
            ask(by=office.planner, register=hires.pk, year=2021, subjects=[], sent=None, due=None)
        reopen_register(by=office.planner, closing=closing.pk, reason="漏れがあった")
        with pytest.raises(NoSuchRow):
            reopen_register(by=office.planner, closing=closing.pk, reason="もう一度")
    assert em.Closing.objects.get().void_reason == "漏れがあった"


def test_台帳はほかの団体やない課のものにはならない(office: Town, members: em.Register) -> None:
    with pytest.raises(NoSuchRow):
        change_register(
            by=office.planner, register=members.pk, seen=members.stamp, definition=members.definition,
            reason="課が変わった", department=99999,
        )  # fmt: skip


def test_法人番号のある新しい団体でも同じ登録があるかを尋ねられる(
    office: Town, members: em.Register
) -> None:
    entered(office, members, [member("見本鋳造", date(2019, 5, 1))])
    draft = Draft(who=firm("見本鋳造", "6000020032018"), first=date(2019, 5, 1))
    assert [row.record.id for row in doubles(BODY, members.pk, draft)] == [1]
    assert doubles(BODY, members.pk, Draft(who=firm("別の会社", "6000020032018"))) == ()


def test_ほかの課の台帳にいる人は見てよい者だけが一つにする(office: Town) -> None:
    people, other = made(office, "registrants"), made(office, "visits", office.tourism)
    for register, name in ((people, "山田花子"), (other, "田中次郎"), (people, "鈴木三郎")):
        who = Who(kind="person", name=name, mail=f"a{em.Subject.objects.count()}@example.jp")
        entered(office, register, [Draft(who=who, first=date(2021, 5, 1))])
    one, two, three = em.Subject.objects.order_by("pk")
    with pytest.raises(NotAllowed):
        merge(by=office.officer, subject=two.pk, into=one.pk, reason="同じ人")
    merge(by=office.planner, subject=two.pk, into=one.pk, reason="同じ人")
    em.Subject.objects.filter(pk=three.pk).update(erased=now())
    with pytest.raises(SameSubject):
        merge(by=office.planner, subject=three.pk, into=one.pk, reason="同じ人")


def test_締めた答えは属性でも名寄せでも動かない(office: Town, members: em.Register) -> None:
    defined(office, "makers", 'count of members where subject.maker = yes at end unit "社"')
    entered(office, members, [member("甲", date(2019, 5, 1)), member("乙", date(2019, 5, 1))])
    one, other = em.Subject.objects.order_by("pk")
    set_attribute(by=office.planner, subject=one.pk, name="maker", value=True)
    with at_day(2022, 4, 10):
        closing = close_register(by=office.planner, register=members.pk, until=date(2022, 3, 31))
        assert value(BODY, "makers", 2021) == 1
        with pytest.raises(PeriodClosed):
            set_attribute(by=office.planner, subject=other.pk, name="maker", value=True)
        set_attribute(
            by=office.planner, subject=other.pk, name="maker", value=True, first=date(2022, 4, 1)
        )
        assert [value(BODY, "makers", year) for year in (2021, 2022)] == [1, 2]
        same(BODY, "makers", Y)
        reopen_register(by=office.planner, closing=closing.pk, reason="属性の誤り")
        set_attribute(by=office.planner, subject=other.pk, name="maker", value=True)
        assert value(BODY, "makers", 2021) == 2


@pytest.mark.parametrize(
    "key", ["regex", "contains", "in", "isnull", "has_key", "sum__of", "last_"]
)
def test_調べる言葉のような名の項目は作れない(office: Town, key: str) -> None:
    said = {
        "kind": "log", "ja": "記録", "en": "Log", "subject": "none",
        "fields": {key: {"ja": "型", "en": "Pattern", "type": "text"}},
    }  # fmt: skip
    with pytest.raises(BadRegisterKind, match=f"項目の名「{key}」は使えない"):
        make_register(by=office.planner, key="odd", definition=said, department=office.it.pk)


def test_先に締めた方の締めはあとの締めを解いてから解く(office: Town, members: em.Register) -> None:
    with at_day(2022, 4, 10):
        first, last = (
            close_register(by=office.planner, register=members.pk, until=day)
            for day in (date(2021, 3, 31), date(2022, 3, 31))
        )
        assert closing_page(BODY, members.pk).reopenable == {last.pk}
        with pytest.raises(LaterClosing):
            reopen_register(by=office.planner, closing=first.pk, reason="漏れがあった")
        for closing in (last, first):
            reopen_register(by=office.planner, closing=closing.pk, reason="漏れがあった")

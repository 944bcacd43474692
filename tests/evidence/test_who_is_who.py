"""相手の見分け: which firm a row means, who takes whose place when two are one, and what is refused there."""

from datetime import date
from decimal import Decimal

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, same, value
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask
from sosei.evidence.actions.entries import correct, enter, undo
from sosei.evidence.actions.registers import end_register
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.answers import counted
from sosei.evidence.queries.registers import entries, history
from sosei.evidence.refusals import EntryTwice, MergeStays, NoSuchRow, NumberBeyond, SumBeyond
from sosei.evidence.stored import closed
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
Y = (2019, 2020, 2021, 2022)
ONE, OTHER = "6000020032018", "9000020012041"
DAY = date(2021, 5, 1)


@pytest.fixture
def office() -> Town:
    return town()


@pytest.fixture
def members(office: Town) -> em.Register:
    return made(office, "members")


def whose(register: em.Register) -> list[int | None]:
    """Return the subjects of a register's entries, by number."""
    return [row.record.subject for row in reversed(entries(BODY, register.pk).rows)]


def numbers() -> list[str | None]:
    return list(em.Subject.objects.order_by("pk").values_list("number", flat=True))


def named(name: str, number: str | None = None, **more) -> Draft:
    return Draft(who=firm(name, number), first=DAY, **more)


@pytest.mark.parametrize("together", [True, False])
def test_同じ名でも法人番号が違えば別の会社(
    office: Town, members: em.Register, together: bool
) -> None:
    drafts = [named("株式会社佐藤", ONE), named("㈱佐藤", OTHER), named("佐藤株式会社", OTHER)]
    for part in [drafts] if together else [[draft] for draft in drafts]:
        entered(office, members, part)
    one, other, again = whose(members)
    assert one != other
    assert other == again
    assert numbers() == [ONE, OTHER]


@pytest.mark.parametrize("together", [True, False])
def test_名だけで知っていた会社は番号を得てそのあとの別の番号は別の会社(
    office: Town, members: em.Register, together: bool
) -> None:
    drafts = [named("佐藤"), named("佐藤", ONE), named("佐藤", OTHER), named("佐藤")]
    for part in [drafts] if together else [[draft] for draft in drafts]:
        entered(office, members, part)
    first, second, third, fourth = whose(members)
    assert first == second == fourth
    assert third != first
    assert numbers() == [ONE, OTHER]


def test_番号のある会社のあとの名だけの行はその会社(office: Town, members: em.Register) -> None:
    entered(office, members, [named("佐藤", ONE), named("佐藤")])
    assert len(set(whose(members))) == 1


def test_名寄せした名の次の行は一つになった相手に入る(office: Town, members: em.Register) -> None:
    entered(office, members, [named("甲社"), named("甲ホールディングス", ONE)])
    one, other = em.Subject.objects.order_by("pk")
    merge(by=office.planner, subject=other.pk, into=one.pk, reason="同じ会社")
    entered(office, members, [named("甲ホールディングス"), named("別の書き方", ONE)])
    assert set(whose(members)) == {one.pk}
    assert numbers() == [ONE, ONE], "番号は残った相手のものになる"
    entered(office, members, [named("甲ホールディングス", OTHER)])
    assert whose(members)[-1] not in {one.pk, other.pk}


def test_名寄せを重ねても最後の相手に入る(office: Town, members: em.Register) -> None:
    entered(office, members, [named(name) for name in "甲乙丙"])
    a, b, c = em.Subject.objects.order_by("pk")
    merge(by=office.planner, subject=a.pk, into=b.pk, reason="同じ会社")
    merge(by=office.planner, subject=b.pk, into=c.pk, reason="同じ会社")
    entered(office, members, [named(name) for name in "甲乙丙"])
    assert set(whose(members)) == {c.pk}


def test_名寄せすると調査の相手も一つになる(office: Town, members: em.Register) -> None:
    survey = made(office, "hires")
    entered(office, members, [named("甲"), named("乙")])
    one, other = em.Subject.objects.order_by("pk")
    asked = [one.pk, other.pk]
    ask(by=office.planner, register=survey.pk, year=2021, subjects=asked, sent=None, due=None)
    ask(by=office.planner, register=survey.pk, year=2022, subjects=[other.pk], sent=DAY, due=DAY)
    merge(by=office.planner, subject=other.pk, into=one.pk, reason="同じ会社")
    expected = closed([survey])["hires"].expected
    assert expected == {2021: frozenset({one.pk}), 2022: frozenset({one.pk})}
    assert em.Asked.objects.get(year=2022, voided=None).sent_on == DAY


def test_名寄せの束は取り消せず前の束の取消しは今の相手に戻す(
    office: Town, members: em.Register
) -> None:
    defined(office, "firms", 'distinct subject of members during fiscal unit "社"')
    entered(office, members, [named("甲"), named("乙")])
    one, other = em.Subject.objects.order_by("pk")
    content = history(BODY, members.pk, 2)[0].content
    fixed = correct(
        by=office.planner, register=members.pk, number=2, seen=content, reason="別の会社だった",
        draft=named("丙"),
    )  # fmt: skip
    merge(by=office.planner, subject=other.pk, into=one.pk, reason="同じ会社")
    assert fixed is not None
    undo(by=office.planner, batch=fixed.pk, reason="やはり乙だった")
    assert set(whose(members)) == {one.pk}
    assert value(BODY, "firms", 2021) == 1
    same(BODY, "firms", Y)
    third = em.Subject.objects.get(name="丙")
    merge(by=office.planner, subject=one.pk, into=third.pk, reason="同じ会社")
    batch = em.Batch.objects.get(way="merge")
    with pytest.raises(MergeStays):
        undo(by=office.planner, batch=batch.pk, reason="やはり別の会社だった")


def test_廃止した台帳の束は取り消せない(office: Town, members: em.Register) -> None:
    batch = entered(office, members, [named("甲")])
    end_register(by=office.planner, register=members.pk, reason="事業の終了")
    assert batch is not None
    with pytest.raises(NoSuchRow):
        undo(by=office.planner, batch=batch.pk, reason="誤り")


def test_一つの登録を二行で言うと断られ何も残らない(office: Town, members: em.Register) -> None:
    entered(office, members, [named("甲")])
    lines = Line.objects.count()
    twice = [named("乙", entry=1), named("丙"), named("丁", entry=1)]
    with pytest.raises(EntryTwice, match="1番"):
        enter(by=office.planner, register=members.pk, drafts=twice)
    assert (em.Entry.objects.count(), em.Subject.objects.count(), Line.objects.count()) == (
        1,
        1,
        lines,
    )


def test_合計できない属性の数は断られる(office: Town, members: em.Register) -> None:
    entered(office, members, [named("甲")])
    defined(office, "worth", 'sum subject.worth of members during fiscal unit "点"')
    one = em.Subject.objects.get()
    for beyond in ("0.00001", "1E+12", "-1E+12"):
        with pytest.raises(NumberBeyond):
            set_attribute(by=office.planner, subject=one.pk, name="worth", value=Decimal(beyond))
    set_attribute(by=office.planner, subject=one.pk, name="worth", value=Decimal("0.0001"))
    assert value(BODY, "worth", 2021) == Decimal("0.0001")
    same(BODY, "worth", Y)


@pytest.fixture
def paid(office: Town) -> em.Register:
    register = made(office, "contributions")
    defined(office, "yen", 'sum amount of contributions reaching "決定" during fiscal unit "円"')
    return register


def much(n: int) -> list[Draft]:
    return [Draft(who=firm("甲"), reached=(DAY,), values={"amount": MUCH}) for _ in range(n)]


MUCH = Decimal("999999999999.9999")


def test_一件の限りを合計は越えられる(office: Town, paid: em.Register) -> None:
    entered(office, paid, much(5))
    assert counted(BODY, "yen", [2021]).answers[2021].so_far == 5 * MUCH
    same(BODY, "yen", Y)


@pytest.mark.parametrize("sizes", [(470,), (400, 70)])
def test_扱える大きさを超える合計は断られ何も残らない(
    office: Town, paid: em.Register, sizes: tuple[int, ...]
) -> None:
    for size in sizes[:-1]:
        entered(office, paid, much(size))
    before = em.Entry.objects.count()
    with pytest.raises(SumBeyond, match="yen"):
        entered(office, paid, much(sizes[-1]))
    assert em.Entry.objects.count() == before
    same(BODY, "yen", Y)

"""締めた期間: whatever a count of a closed period reads stays, and what no count reads may still be corrected."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member, same, value
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register, reopen_register
from sosei.evidence.actions.entries import correct
from sosei.evidence.actions.measures import drop_measure
from sosei.evidence.actions.registers import change_register
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.answers import counted
from sosei.evidence.queries.registers import history
from sosei.evidence.refusals import FieldInUse, PeriodClosed
from sosei.house import evidenced
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
Y = (2020, 2021, 2022)


@pytest.fixture
def office():
    with at(datetime(2022, 6, 10, 3, tzinfo=UTC)):
        yield town()


def close(office: Town, register: em.Register, until: date = END) -> em.Closing:
    return close_register(by=office.planner, register=register.pk, until=until)


def corrected(office: Town, register: em.Register, number: int, draft: Draft) -> None:
    seen = history(BODY, register.pk, number)[0].content
    correct(by=office.planner, register=register.pk, number=number, draft=draft, seen=seen, reason="誤記")  # fmt: skip


def final(key: str, year: int = 2021) -> Decimal | None:
    return counted(BODY, key, [year]).answers[year].value


# -- what no measure asks ----------------------------------------------------------------------------------------------


def test_どの数え方も問わない項目は締めたあとでも直せる(office: Town) -> None:
    members = made(office, "members")
    defined(office, "firms", 'count of members at end unit "社"')
    defined(office, "full", 'count of members where member_type = "正会員" at end unit "社"')
    asked = em.Measure.objects.get(key="full")
    entered(office, members, [member("甲", date(2019, 5, 1), values={"member_type": "正会員"})])
    close(office, members)
    other = member("甲", date(2019, 5, 1), values={"member_type": "賛助会員"})
    with pytest.raises(PeriodClosed):
        corrected(office, members, 1, other)
    drop_measure(by=office.planner, row=asked.pk, reason="やめた指標")
    corrected(office, members, 1, other)
    assert final("firms") == 1
    with pytest.raises(PeriodClosed):
        corrected(office, members, 1, replace(other, first=date(2019, 5, 2)))
    with pytest.raises(PeriodClosed):
        corrected(office, members, 1, replace(other, who=firm("乙")))
    assert list(evidenced.problems()) == []


def test_あとから問う数え方は直したあとの内容を新しく数える(office: Town) -> None:
    members = made(office, "members")
    entered(office, members, [member("甲", date(2019, 5, 1), values={"member_type": "正会員"})])
    close(office, members)
    other = member("甲", date(2019, 5, 1), values={"member_type": "賛助会員"})
    corrected(office, members, 1, other)
    defined(office, "full", 'count of members where member_type = "賛助会員" at end unit "社"')
    assert final("full") == 1
    same(BODY, "full", Y)
    with pytest.raises(PeriodClosed):
        corrected(office, members, 1, replace(other, values={"member_type": "正会員"}))


def test_締める前に申請のあった事業はあとの段階と額を登録できる(office: Town) -> None:
    trials = made(office, "trials")
    defined(office, "asked", 'sum applied of trials reaching "申請" during fiscal unit "円"')
    defined(office, "paid", 'sum fixed of trials reaching "額の確定" during fiscal unit "円"')
    first = date(2022, 3, 1)
    draft = Draft(
        who=firm("甲"), reached=(first,), values={"title": "実証", "applied": Decimal(900)}
    )
    entered(office, trials, [draft])
    close(office, trials)
    done = replace(
        draft, reached=(first, date(2022, 4, 20), None, None, date(2022, 6, 1)),
        values={**draft.values, "fixed": Decimal(800)},
    )  # fmt: skip
    corrected(office, trials, 1, done)
    assert [value(BODY, "asked", year) for year in Y] == [0, 900, 0]
    assert [value(BODY, "paid", year) for year in Y] == [0, 0, 800]
    for wrong in ({"applied": Decimal(901)}, {"applied": None}):
        said = {name: one for name, one in {**done.values, **wrong}.items() if one is not None}
        with pytest.raises(PeriodClosed):
            corrected(office, trials, 1, replace(done, values=said))
    with pytest.raises(PeriodClosed):
        corrected(office, trials, 1, replace(done, reached=(first, END)))


def test_調査の回答も問う項目だけが締めると動かない(office: Town) -> None:
    made(office, "members")
    hires = made(office, "hires")
    defined(office, "hired", 'sum headcount of hires during survey unit "人"')
    answer = Draft(who=firm("甲"), year=2021, values={"headcount": Decimal(3)})
    entered(office, hires, [answer])
    close_register(by=office.planner, register=hires.pk, year=2021)
    corrected(office, hires, 1, replace(answer, values={"headcount": Decimal(3), "school": "見本高"}))  # fmt: skip
    with pytest.raises(PeriodClosed):
        corrected(office, hires, 1, replace(answer, values={"headcount": Decimal(4)}))
    with pytest.raises(PeriodClosed):
        corrected(office, hires, 1, replace(answer, year=2022))
    assert final("hired") == 3


# -- the last day of a figure ------------------------------------------------------------------------------------------


def nights(office: Town, last: date | None) -> tuple[em.Register, Draft]:
    register = made(office, "guest_nights")
    said = {"quantity": Decimal(500), "place": "盛岡市", "state": "確定"}
    draft = Draft(first=date(2022, 3, 1), last=last, values=said)
    entered(office, register, [draft])
    return register, draft


@pytest.mark.parametrize("last", [None, END])
def test_統計の終わりの日は締めた日のあとへも動かせない(office: Town, last: date | None) -> None:
    """Whatever ends after the year is none of the year's: it would silently drop out of what was counted to the end."""
    register, draft = nights(office, last)
    defined(office, "nights", 'sum quantity of guest_nights during fiscal unit "人泊"')
    close(office, register)
    assert final("nights") == 500
    with pytest.raises(PeriodClosed):
        corrected(office, register, 1, replace(draft, last=date(2022, 4, 30)))
    assert final("nights") == 500


def test_最新の値を決める終わりの日も締めると動かない(office: Town) -> None:
    register, draft = nights(office, date(2022, 5, 31))
    other = replace(draft, last=date(2022, 5, 1), values={**draft.values, "quantity": Decimal(700)})
    entered(office, register, [other])
    defined(office, "newest", 'latest quantity of guest_nights at end unit "人泊"')
    close(office, register)
    assert final("newest") == 500
    with pytest.raises(PeriodClosed):
        corrected(office, register, 2, replace(other, last=date(2022, 6, 1)))
    assert final("newest") == 500


def test_日のない記録に締めたあとの日を書ける(office: Town) -> None:
    events = made(office, "events")
    defined(office, "times", 'count of events during fiscal unit "回"')
    said = {name: "説明会" for name, one in events.definition["fields"].items() if one.get("required") and one["type"] == "text"}  # fmt: skip
    entered(office, events, [Draft(values=said)])
    close(office, events)
    corrected(office, events, 1, Draft(first=date(2022, 4, 2), values=said))
    assert (final("times"), value(BODY, "times", 2022)) == (0, 1)
    with pytest.raises(PeriodClosed):
        corrected(office, events, 1, Draft(first=END, values=said))


# -- the last day of a member ------------------------------------------------------------------------------------------

STAYED, LEFT, LATER = date(2022, 3, 30), END, date(2022, 4, 1)


@pytest.mark.parametrize("was", [None, LEFT, LATER])
@pytest.mark.parametrize("now", [None, LEFT, LATER])
def test_締めた日かそのあとの退会は書けて直せて消せる(
    office: Town, was: date | None, now: date | None
) -> None:
    """Who leaves on the closed day is counted on it: 31 March is the usual day of leaving."""
    members = made(office, "members")
    defined(office, "firms", 'count of members at end unit "社"')
    entered(office, members, [member("甲", date(2019, 5, 1), was)])
    close(office, members)
    assert final("firms") == 1
    corrected(office, members, 1, member("甲", date(2019, 5, 1), now))
    assert final("firms") == 1
    assert value(BODY, "firms", 2022) == (now is None)
    same(BODY, "firms", Y)


@pytest.mark.parametrize("stays", [None, LEFT, LATER])
def test_締めた日より前の退会は締めると書けず動かせず消せない(
    office: Town, stays: date | None
) -> None:
    members = made(office, "members")
    defined(office, "firms", 'count of members at end unit "社"')
    some = [member("甲", date(2019, 5, 1), stays), member("乙", date(2019, 5, 1), STAYED)]
    entered(office, members, some)
    close(office, members)
    for number, draft in (
        (1, replace(some[0], last=STAYED)),
        (2, replace(some[1], last=stays)),
        (2, replace(some[1], last=date(2022, 3, 29))),
    ):
        with pytest.raises(PeriodClosed):
            corrected(office, members, number, draft)
    assert final("firms") == 1


# -- two that are one --------------------------------------------------------------------------------------------------


def test_締めた答えが変わらなければ締めた期間の相手も一つにできる(office: Town) -> None:
    members, visits = made(office, "members"), made(office, "visits")
    defined(office, "firms", 'count of members at end unit "社"')
    people = defined(office, "people", 'distinct subject of visits during fiscal unit "人"')
    entered(office, members, [member("甲", date(2019, 5, 1))])
    entered(office, visits, [
        Draft(who=firm(name), first=date(2021, 5, 1)) for name in ("甲製作所", "乙", "乙商会")
    ])  # fmt: skip
    one, two, three, four = em.Subject.objects.order_by("pk")
    close(office, members)
    closing = close(office, visits)
    merge(by=office.planner, subject=one.pk, into=two.pk, reason="同じ会社")
    assert (final("firms"), final("people")) == (1, 3)
    with pytest.raises(PeriodClosed):
        merge(by=office.planner, subject=four.pk, into=three.pk, reason="同じ会社")
    assert final("people") == 3
    reopen_register(by=office.planner, closing=closing.pk, reason="同じ会社が二つある")
    merge(by=office.planner, subject=four.pk, into=three.pk, reason="同じ会社")
    assert value(BODY, "people", 2021) == 2
    drop_measure(by=office.planner, row=people.pk, reason="やめた指標")
    assert list(evidenced.problems()) == []


def test_前になければならない台帳での名寄せも締めた答えを動かさない(office: Town) -> None:
    talks, visits = made(office, "consultations"), made(office, "visits")
    defined(office, "came", 'distinct subject of visits during fiscal after consultations unit "人"')  # fmt: skip
    entered(office, talks, [Draft(who=firm("甲"), first=date(2021, 4, 1))])
    entered(office, visits, [Draft(who=firm("甲商会"), first=date(2021, 5, 1))])
    one, other = em.Subject.objects.order_by("pk")
    close(office, visits)
    assert final("came") is None, "the register before is still open"
    close(office, talks)
    assert final("came") == 0
    with pytest.raises(PeriodClosed):
        merge(by=office.planner, subject=one.pk, into=other.pk, reason="同じ人")


def test_締めた答えを比べるのにだれが未回答かは読まない(office: Town) -> None:
    """Only values and numbers are compared, and all who act wait meanwhile."""
    hires = made(office, "hires")
    defined(
        office, "makers", 'sum headcount of hires where subject.maker = yes during survey unit "人"'
    )
    answers = [Draft(who=firm(name), year=2021, values={"headcount": Decimal(3)}) for name in ("甲製作所", "乙製作所")]  # fmt: skip
    entered(office, hires, answers)
    one, other = em.Subject.objects.order_by("pk")
    ask(by=office.planner, register=hires.pk, year=2021, subjects=[one.pk], sent=None, due=None)
    close_register(by=office.planner, register=hires.pk, year=2021)
    with CaptureQueriesContext(connection) as queries, pytest.raises(PeriodClosed):
        set_attribute(by=office.planner, subject=other.pk, name="maker", value=True)
    assert final("makers") == 0
    assert not [one for one in queries if f'FROM "{em.Asked._meta.db_table}"' in one["sql"]]


# -- what numbers mean -------------------------------------------------------------------------------------------------


def test_登録のある項目の単位は変えられない(office: Town) -> None:
    """Entered in thousands of yen, read as yen: every sum would be another without anybody's having entered anything."""
    sales = made(office, "overseas_sales")
    amount = sales.definition["fields"]["amount"]
    assert amount["unit"]

    def change(unit: str | None) -> None:
        now = em.Register.objects.get(pk=sales.pk)
        fields = {**now.definition["fields"], "amount": {**amount, "unit": unit}}
        change_register(
            by=office.planner, register=sales.pk, seen=now.stamp, reason="単位の見直し",
            definition={**now.definition, "fields": fields},
        )  # fmt: skip

    change("百万円")
    amount["unit"] = "百万円"
    made(office, "members")
    entered(office, sales, [Draft(who=firm("甲"), year=2021, values={"amount": Decimal(3)})])
    for other in ("円", None):
        with pytest.raises(FieldInUse, match="単位は変えられません"):
            change(other)
    change(" 百万円")
    assert em.Register.objects.get(pk=sales.pk).definition["fields"]["amount"]["unit"] == " 百万円"

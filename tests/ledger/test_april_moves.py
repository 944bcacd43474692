"""四月一日. Departments pass on: what they hold and have not finished goes over, what was published stays as printed."""

from datetime import UTC, date, datetime

import pytest

from sosei.core.errors import NotAllowed, Stale
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.ledger import models as m
from sosei.ledger.actions.reassign import reassign, succeed
from sosei.ledger.queries.april import april_of, due_of
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.view import report_of
from sosei.ledger.turnings import NothingToMove
from sosei.offices.actions.departments import add_department, close_department, reopen_department
from sosei.offices.models import Assignment, Department, Person, Succession
from sosei.offices.permissions import may
from sosei.offices.queries.successors import successors_of
from sosei.offices.refusals import (
    CodeTaken,
    LastAdmin,
    NothingNamed,
    NotStanding,
    SucceededAlready,
)
from sosei.offices.succession import NewDepartment
from yearbook import Book, book

pytestmark = pytest.mark.django_db
APRIL = date(2022, 4, 1)
NEW = NewDepartment("10", "産業観光課")


@pytest.fixture
def made():
    with clock.at(datetime(2022, 4, 4, 1, tzinfo=UTC)):
        yield book()


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def charge(entry: m.ProjectYear) -> m.Charge:
    return m.Charge.objects.get(entry=entry, voided__isnull=True)


def publish(made: Book) -> None:
    with act("test.publish", body=made.town.planner.body, by=None) as w:
        w.change(m.Volume.objects.get(pk=made.volume.pk), stage="published")


def owe(made: Book) -> m.Value:
    """Let the festival's counting figure be owed by its department."""
    value = m.Value.objects.get(gap="counting")
    with act("test.owe", body=made.town.planner.body, by=None) as w:
        return w.change(value, owed_by=made.town.tourism, expected_on=date(2022, 6, 30))


def inquire(made: Book, *departments: Department) -> list[m.InquiryPart]:
    with act("test.inquire", body=made.town.planner.body, by=None) as w:
        inquiry = w.add(
            m.Inquiry(
                volume=made.volume,
                title="実績の照会",
                sent_on=date(2022, 3, 1),
                due_on=date(2022, 4, 28),
            )
        )
        return [
            w.add(m.InquiryPart(inquiry=inquiry, department=d, mark=f"mark-{d.pk}")) for d in departments
        ]  # fmt: skip


def test_二つの課が一つになると仕事も人も移る(made: Book) -> None:
    t = made.town
    value = owe(made)
    done = succeed(by=t.planner, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    [new] = done.new
    assert new.first_day == APRIL
    assert {d.last_day for d in Department.objects.exclude(code__in=["01", "10"])} == {
        date(2022, 3, 31)
    }
    for entry in (made.it, made.tourism):
        assert charge(entry).department == new
        assert charge(entry).text == "産業観光課"
    assert m.Line.objects.filter(owed_by=new).count() == m.Line.objects.count()
    value.refresh_from_db()
    assert value.owed_by == new
    assert may(fresh(t.officer), "value.record", in_charge([made.it.pk])[made.it.pk])
    assert successors_of(t.planner.body, APRIL) == {t.it.pk: (new.pk,), t.tourism.pk: (new.pk,)}


def test_一つの行いであり一度に取り消せる(made: Book) -> None:
    t = made.town
    before = report_of(made.volume)
    lines = Entry.objects.count()
    succeed(by=t.planner, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    assert Entry.objects.count() == lines + 1
    line = Entry.objects.latest("seq")
    assert line.facts["moved"] == 3 + 4
    undo(line, t.planner.pk, "誤って統合した")
    assert report_of(m.Volume.objects.get(pk=made.volume.pk)) == before
    assert charge(made.it).department == t.it
    assert may(fresh(t.officer), "value.record", {t.it.pk})
    assert not successors_of(t.planner.body, APRIL)
    succeed(by=t.planner, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)


def test_公表した報告書の文言は変わらない(made: Book) -> None:
    t = made.town
    publish(made)
    owe(made)
    before = report_of(made.volume)
    succeed(by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL)
    assert report_of(made.volume) == before
    assert charge(made.tourism).text == "観光課"
    new = Department.objects.get(code="10")
    assert charge(made.tourism).department == new, "集計中の値を出す課"
    assert charge(made.plan).department == t.tourism, "残った仕事のない記載は当時の課のまま"


def test_公表済みで待つもののない記載は当時の課のまま(made: Book) -> None:
    publish(made)
    plan = april_of(made.town.planner.body, old=[made.town.it.pk], new=[NEW], on=APRIL)
    assert plan.works == ()


def test_分かれる課の仕事は事業ごとに人が選ぶ(made: Book) -> None:
    t = made.town
    owe(made)
    new = [NewDepartment("11", "観光振興課"), NewDepartment("12", "文化交流課")]
    plan = april_of(t.planner.body, old=[t.tourism.pk], new=new, on=APRIL)
    assert [work.chosen for work in plan.works] == ["", ""]
    assert len(plan.left) == 2
    festival, coming = plan.works
    assert (festival.name, festival.entries, festival.lines, festival.values) == (
        "六市連携観光事業", 1, 2, 1,
    )  # fmt: skip
    succeed(
        by=t.planner, old=[t.tourism.pk], new=new, on=APRIL,
        choices={festival.key: "n1", coming.key: ""}, seen=plan.stamp,
    )  # fmt: skip
    assert charge(made.tourism).text == "文化交流課"
    assert m.Value.objects.get(gap="counting").owed_by == Department.objects.get(code="12")
    assert charge(made.plan).department == t.tourism
    [left] = due_of(t.planner.body, on=APRIL).works
    assert (left.name, left.chosen) == ("来年度の計画", "")
    assert [target.name for target in left.targets] == ["観光振興課", "文化交流課"]
    assert reassign(by=t.planner, choices={left.key: left.targets[0].token}) == 2
    assert charge(made.plan).text == "観光振興課"
    assert not due_of(t.planner.body, on=APRIL).works


def test_前もって登録した承継は当日から仕事が移る(made: Book) -> None:
    t = made.town
    with clock.at(datetime(2022, 3, 20, 1, tzinfo=UTC)):
        succeed(by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL)
        assert charge(made.tourism).department == t.tourism
        assert may(fresh(t.other), "value.record", {t.tourism.pk})
        with pytest.raises(NothingToMove):
            reassign(by=t.planner)
    new = Department.objects.get(code="10")
    assert may(fresh(t.other), "value.record", {new.pk})
    assert reassign(by=t.planner) == 5
    assert charge(made.tourism).department == new


def test_承継でも最後の管理者の役割は終わらない(made: Book) -> None:
    t = made.town
    with act("test.admin", body=t.admin.body, by=None) as w:
        w.change(Assignment.objects.get(person=t.admin), department=t.tourism)
    plan = april_of(t.planner.body, old=[t.tourism.pk], new=[NEW], on=APRIL)
    nowhere = {posting.key: "" for posting in plan.postings}
    with pytest.raises(LastAdmin):
        succeed(by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL, choices=nowhere)
    assert not Succession.objects.exists()
    succeed(by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL)
    assert may(fresh(t.admin), "person.arrange")


def test_見てから変わっていれば断る(made: Book) -> None:
    t = made.town
    plan = april_of(t.planner.body, old=[t.tourism.pk], new=[NEW], on=APRIL)
    owe(made)
    with pytest.raises(Stale):
        succeed(by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL, seen=plan.stamp)
    assert not Succession.objects.exists()


def test_照会は二つの課のものが一つの課に集まっても両方返ってくる(made: Book) -> None:
    t = made.town
    parts = inquire(made, t.it, t.tourism)
    plan = april_of(t.planner.body, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    assert [(asked.old, asked.chosen) for asked in plan.asked] == [
        ("ものづくり推進課", "n0"),
        ("観光課", "n0"),
    ]
    succeed(by=t.planner, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    new = Department.objects.get(code="10")
    for part in parts:
        was = part.department
        part.refresh_from_db()
        assert (part.department, part.asked_as, part.mark) == (new, was, f"mark-{was.pk}")


def test_締め切った照会は当時の課のまま(made: Book) -> None:
    [part] = inquire(made, made.town.tourism)
    with act("test.close", body=made.town.planner.body, by=None) as w:
        w.change(part.inquiry, closed_on=date(2022, 3, 31))
    assert not april_of(
        made.town.planner.body, old=[made.town.tourism.pk], new=[NEW], on=APRIL
    ).asked


def test_一つの記載の二つの課が一つになれば名前は一度だけ書く(made: Book) -> None:
    t = made.town
    with act("test.both", body=t.planner.body, by=None) as w:
        w.add(m.Charge(entry=made.it, department=t.tourism, position=1, text="観光課"))
    succeed(by=t.planner, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    assert [d.text for d in report_of(made.volume).projects[0].departments] == ["産業観光課"]


def test_もとの課と別の文言で書かれた担当課は書き換えない(made: Book) -> None:
    t = made.town
    with act("test.word", body=t.planner.body, by=None) as w:
        w.change(charge(made.it), text="ものづくり推進課（旧 工業課）")
    succeed(by=t.planner, old=[t.it.pk], new=[NEW], on=APRIL)
    assert charge(made.it).text == "ものづくり推進課（旧 工業課）"
    assert charge(made.it).department == Department.objects.get(code="10")


def test_決裁に出した報告書の文言は変えず担当だけ移す(made: Book) -> None:
    t = made.town
    with act("test.decide", body=t.planner.body, by=None) as w:
        w.change(m.Volume.objects.get(pk=made.volume.pk), stage="deciding")
    succeed(by=t.planner, old=[t.it.pk], new=[NEW], on=APRIL)
    assert charge(made.it).text == "ものづくり推進課"
    assert charge(made.it).department == Department.objects.get(code="10")


def test_残る課からは選んだ仕事だけが移る(made: Book) -> None:
    t = made.town
    plan = april_of(t.planner.body, old=[t.tourism.pk], new=[NEW], on=APRIL, stays=True)
    assert {work.chosen for work in plan.works} == {""}
    assert not plan.postings
    succeed(
        by=t.planner, old=[t.tourism.pk], new=[NEW], on=APRIL, stays=True,
        choices={plan.works[0].key: "n0"},
    )  # fmt: skip
    assert Department.objects.get(pk=t.tourism.pk).last_day is None
    assert charge(made.tourism).text == "産業観光課"
    assert charge(made.plan).department == t.tourism
    assert not due_of(t.planner.body, on=APRIL).works
    assert Assignment.objects.get(person=t.other).last_day is None


def test_人は選んだ課に移り選ばなければ終わる(made: Book) -> None:
    t = made.town
    plan = april_of(t.planner.body, old=[t.it.pk], new=[NEW], on=APRIL)
    officer, head = sorted(plan.postings, key=lambda p: p.person)
    assert (officer.ja, head.ja) == ("担当者", "担当課長") or (head.ja, officer.ja) == (
        "担当者",
        "担当課長",
    )
    stay = next(p for p in plan.postings if p.ja == "担当者")
    go = next(p for p in plan.postings if p.ja == "担当課長")
    succeed(by=t.planner, old=[t.it.pk], new=[NEW], on=APRIL, choices={go.key: ""})
    new = Department.objects.get(code="10")
    assert stay.chosen == "n0"
    assert [a.department for a in Assignment.objects.filter(person=t.officer).order_by("pk")] == [
        t.it,
        new,
    ]
    assert Assignment.objects.get(person=t.section_head).last_day == date(2022, 3, 31)


def test_当日に人のいない課と前日に終わる配属がわかる(made: Book) -> None:
    t = made.town
    assignment = Assignment.objects.get(person=t.planner)
    with act("test.end", body=t.planner.body, by=None) as w:
        w.change(assignment, last_day=date(2022, 3, 31))
    plan = april_of(t.planner.body, old=[t.it.pk], new=[NEW], on=APRIL)
    assert [(one.person, one.department) for one in plan.ending] == [("企画 花子", "企画課")]
    assert plan.empty == ()
    none = april_of(
        t.planner.body, old=[t.it.pk], new=[NEW], on=APRIL,
        choices={posting.key: "" for posting in plan.postings},
    )  # fmt: skip
    assert none.empty == ("産業観光課",)


def test_承継する課とされる課はその日にあるものに限る(made: Book) -> None:
    t = made.town
    give = {"by": t.planner, "on": APRIL}
    with pytest.raises(NothingNamed):
        succeed(**give, old=[], new=[NEW])
    with pytest.raises(CodeTaken):
        succeed(**give, old=[t.it.pk], new=[NewDepartment("01", "企画調整課")])
    succeed(**give, old=[t.it.pk], new=[t.tourism.pk])
    with pytest.raises(NotStanding):
        succeed(by=t.planner, on=date(2022, 4, 4), old=[t.it.pk], new=[NEW])
    with pytest.raises(NotAllowed):
        succeed(by=t.section_head, on=APRIL, old=[t.tourism.pk], new=[NEW])


def test_同じ承継は二度登録できない(made: Book) -> None:
    t = made.town
    succeed(by=t.planner, old=[t.tourism.pk], new=[t.it.pk], on=APRIL, stays=True)
    with pytest.raises(SucceededAlready):
        succeed(by=t.planner, old=[t.tourism.pk], new=[t.it.pk], on=date(2022, 4, 2), stays=True)


def test_同じコードの新しい名前は改称になる(made: Book) -> None:
    t = made.town
    succeed(by=t.planner, old=[t.it.pk], new=[NewDepartment("02", "産業創造課")], on=APRIL)
    assert [d.name for d in Department.objects.filter(code="02").order_by("first_day")] == [
        "ものづくり推進課",
        "産業創造課",
    ]
    assert charge(made.it).text == "産業創造課"


def test_何度変わってもいまある課に届く(made: Book) -> None:
    t = made.town
    succeed(by=t.planner, old=[t.it.pk], new=[NEW], on=APRIL)
    first = Department.objects.get(code="10")
    with clock.at(datetime(2023, 4, 3, 1, tzinfo=UTC)):
        planner = fresh(t.planner)
        succeed(by=planner, old=[first.pk], new=[t.tourism.pk], on=date(2023, 4, 1))
    body = t.planner.body
    assert successors_of(body, date(2023, 4, 1))[t.it.pk] == (t.tourism.pk,)
    assert successors_of(body, APRIL)[t.it.pk] == (first.pk,)


def test_承継先のない廃止の仕事は行き先を選べる(made: Book) -> None:
    t = made.town
    close_department(by=t.planner, department=t.it.pk, last_day=date(2022, 3, 31))
    assert Assignment.objects.get(person=t.officer).last_day == date(2022, 3, 31)
    [work] = due_of(t.planner.body, on=APRIL).works
    assert work.chosen == ""
    assert [target.name for target in work.targets] == ["企画課", "観光課"]
    reassign(by=t.planner, choices={work.key: f"d{t.tourism.pk}"})
    assert charge(made.it).text == "観光課"


def test_どの課でもない文言の担当にも課を決められる(made: Book) -> None:
    t = made.town
    with act("test.word", body=t.planner.body, by=None) as w:
        w.change(charge(made.it), text="都市戦略室", department=None)
    [work] = due_of(t.planner.body, on=APRIL).works
    assert (work.old, work.chosen) == ("都市戦略室", "")
    reassign(by=t.planner, choices={work.key: f"d{t.it.pk}"})
    assert (charge(made.it).text, charge(made.it).department) == ("都市戦略室", t.it)


def test_廃止は取り消せるがコードが使われていればできない(made: Book) -> None:
    t = made.town
    close_department(by=t.planner, department=t.it.pk, last_day=date(2022, 3, 31))
    assert reopen_department(by=t.planner, department=t.it.pk).last_day is None
    close_department(by=t.planner, department=t.it.pk, last_day=date(2022, 3, 31))
    add_department(by=t.planner, code="02", name="産業課", first_day=APRIL)
    with pytest.raises(CodeTaken):
        reopen_department(by=t.planner, department=t.it.pk)


def test_問い合わせの数は仕事の数によらない(made: Book, django_assert_max_num_queries) -> None:
    t = made.town
    owe(made)
    inquire(made, t.it, t.tourism)
    with django_assert_max_num_queries(14):
        april_of(t.planner.body, old=[t.it.pk, t.tourism.pk], new=[NEW], on=APRIL)
    close_department(by=t.planner, department=t.tourism.pk, last_day=date(2022, 3, 31))
    with django_assert_max_num_queries(14):
        due_of(t.planner.body, on=APRIL)

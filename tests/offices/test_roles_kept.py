"""役割の守り. A deputyship hands on no more than its namer has, on none of its days; the last administrator stays one."""

from datetime import UTC, date, datetime

import pytest

from bookroom import START, Town, town
from sosei.core.errors import NotAllowed
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.offices.actions.assignments import assign, end_assignment, hand_to, name_deputy
from sosei.offices.actions.departments import close_department
from sosei.offices.actions.people import add_person, change_person, renew_password
from sosei.offices.actions.transfers import transfer
from sosei.offices.models import Assignment, Department, Person
from sosei.offices.permissions import held_by, may
from sosei.offices.refusals import BadRoster, LastAdmin, OwnAdmin, OwnRole

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 1)


@pytest.fixture
def office():
    with clock.at(datetime(2022, 6, 1, 3, tzinfo=UTC)):
        yield town()


def deputy(office: Town, by: Person, whose: Person, last: date) -> None:
    name_deputy(
        by=by, person=whose.pk, deputy=office.other.pk, first_day=TODAY, last_day=last, reason="出張"
    )  # fmt: skip


def test_兼務の人の代理はほかの課の課長だけでは決められない(office: Town) -> None:
    assign(
        by=office.admin, person=office.officer.pk, role="officer", department=office.planning.pk,
        first_day=START,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        deputy(office, office.section_head, office.officer, date(2022, 6, 30))
    deputy(office, office.planning_head, office.officer, date(2022, 6, 30))


def test_期間の途中で得る役割も代理に数える(office: Town) -> None:
    assign(
        by=office.admin, person=office.officer.pk, role="planner", department=office.planning.pk,
        first_day=date(2022, 7, 1),
    )  # fmt: skip
    deputy(office, office.section_head, office.officer, date(2022, 6, 30))
    with pytest.raises(NotAllowed):
        deputy(office, office.section_head, office.officer, date(2022, 7, 1))
    assign(by=office.admin, person=office.planner.pk, role="admin", first_day=date(2022, 8, 1))
    with pytest.raises(NotAllowed):
        deputy(office, office.planning_head, office.planner, date(2022, 8, 1))


def test_最後の管理者の着任日は先に延ばせない(office: Town) -> None:
    later = {"joins_on": date(2023, 4, 1)}
    with pytest.raises(OwnAdmin):
        change_person(by=office.admin, person=office.admin.pk, columns=later)
    second = add_person(
        by=office.admin, login="kanri2", name="管理 次郎", joins_on=TODAY, role="admin"
    ).person
    with pytest.raises(OwnAdmin):
        change_person(by=second, person=second.pk, columns=later)
    change_person(by=office.admin, person=second.pk, columns=later)
    assert Person.objects.get(pk=second.pk).joins_on == later["joins_on"]


def ended(office: Town, by: Person, whose: Person, last: date) -> None:
    end_assignment(by=by, assignment=Assignment.objects.get(person=whose).pk, last_day=last)


def test_まだ始まらない管理者は残る管理者に数えない(office: Town) -> None:
    second = add_person(
        by=office.admin, login="kanri2", name="管理 次郎", joins_on=TODAY, role="admin"
    ).person
    ended(office, office.admin, second, date(2022, 6, 30))
    assign(by=office.admin, person=office.other.pk, role="admin", first_day=date(2022, 8, 1))
    for last in (TODAY, date(2022, 6, 30), date(2022, 7, 30)):
        with pytest.raises(LastAdmin):
            ended(office, second, office.admin, last)
    ended(office, second, office.admin, date(2022, 7, 31))


def test_自分の役割が先の日にあっても今の役割は外せない(office: Town) -> None:
    second = add_person(
        by=office.admin, login="kanri2", name="管理 次郎", joins_on=TODAY, role="admin"
    ).person
    now = Assignment.objects.get(person=second)
    end_assignment(by=office.admin, assignment=now.pk, last_day=date(2022, 6, 30))
    assign(by=office.admin, person=second.pk, role="admin", first_day=date(2022, 8, 1))
    with pytest.raises(OwnAdmin):
        end_assignment(by=second, assignment=now.pk, last_day=TODAY)


def test_あとから絶えるのも管理者がいなくなることに数える(office: Town) -> None:
    """A deputy for the holidays is an administrator for a time: he does not make the lasting one superfluous."""
    second = add_person(
        by=office.admin, login="kanri2", name="管理 次郎", joins_on=TODAY, role="admin"
    ).person
    ended(office, office.admin, second, date(2022, 9, 30))
    with pytest.raises(LastAdmin):
        ended(office, second, office.admin, TODAY)
    leaving = add_person(
        by=office.admin, login="kanri3", name="管理 三郎", joins_on=TODAY, role="admin"
    ).person
    Person.objects.filter(pk=leaving.pk).update(leaves_on=date(2022, 12, 31))
    with pytest.raises(LastAdmin):
        ended(office, second, office.admin, TODAY)


def test_代理の人は人と役割の行いをできない(office: Town) -> None:
    for whose in (office.admin, office.planning_head):
        deputy(office, office.admin, whose, date(2022, 6, 30))
    stand_in = Person.objects.get(pk=office.other.pk)
    assert {h.role for h in held_by(stand_in)} >= {"admin", "planning_head"}
    assert may(stand_in, "journal.see")
    assert may(stand_in, "office.arrange")
    with pytest.raises(NotAllowed):
        assign(by=stand_in, person=office.planner.pk, role="admin", first_day=TODAY)
    with pytest.raises(NotAllowed):
        add_person(by=stand_in, login="kage", name="影", joins_on=TODAY, role="admin")
    with pytest.raises(NotAllowed):
        renew_password(by=stand_in, person=office.planning_head.pk)
    with pytest.raises(NotAllowed):
        name_deputy(
            by=stand_in, person=office.planner.pk, deputy=office.auditor.pk,
            first_day=TODAY, last_day=TODAY, reason="出張",
        )  # fmt: skip


def test_後任にも名簿にも自分を書けない(office: Town) -> None:
    """Two other doors to a role: the roles of somebody else, and a pasted roster."""
    with pytest.raises(OwnRole):
        hand_to(
            by=office.admin, person=office.planning_head.pk, successor=office.admin.pk, on=TODAY
        )
    roster = "kanri\t\t\t企画課\t企画課長\tkikaku-kacho\n"
    with pytest.raises(BadRoster, match="自分の役割は"):
        transfer(by=office.admin, text=roster, on=TODAY)
    assert Assignment.objects.get(person=office.planning_head).last_day is None


def test_課の廃止で最後の管理者はいなくならない(office: Town) -> None:
    with act("test.assign", body=office.admin.body, by=None) as w:
        w.add(
            Assignment(
                person=office.admin, role="admin", department=office.tourism, first_day=TODAY
            )
        )
    placed = Assignment.objects.get(person=office.admin, department=office.tourism)
    whole = Assignment.objects.get(person=office.admin, department=None)
    end_assignment(by=office.admin, assignment=whole.pk, last_day=TODAY)
    with pytest.raises(LastAdmin):
        close_department(by=office.planner, department=office.tourism.pk, last_day=TODAY)
    placed.refresh_from_db()
    assert placed.last_day is None
    assert Department.objects.get(pk=office.tourism.pk).last_day is None


def test_自分に役割や代理を割り当てられない(office: Town) -> None:
    with pytest.raises(OwnRole):
        assign(
            by=office.admin,
            person=office.admin.pk,
            role="planning_head",
            department=office.planning.pk,
            first_day=TODAY,
        )
    with pytest.raises(OwnRole):
        name_deputy(
            by=office.admin, person=office.planning_head.pk, deputy=office.admin.pk,
            first_day=TODAY, last_day=TODAY, reason="出張",
        )  # fmt: skip
    assert not Assignment.objects.filter(person=office.admin, role="planning_head").exists()

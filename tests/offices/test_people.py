"""人の行い. People come, hold roles, are stood in for, leave, and are forgotten; the journal knows them by number alone."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from bookroom import START, Town, person, town
from sosei.core.errors import NoReason, NotAllowed
from sosei.journal import clock
from sosei.journal.models import Entry
from sosei.offices.actions.assignments import (
    assign,
    end_assignment,
    end_deputy,
    hand_to,
    name_deputy,
)
from sosei.offices.actions.forget import forget_person
from sosei.offices.actions.people import (
    add_person,
    change_person,
    come_back,
    leave,
    renew_password,
    reset_second_factor,
)
from sosei.offices.keeping import kept_until
from sosei.offices.models import Assignment, Deputy, Person
from sosei.offices.permissions import departments_of, held_by, may
from sosei.offices.refusals import (
    AssignedAlready,
    Forgotten,
    LastAdmin,
    LoginTaken,
    NoSuchPerson,
    NoSuchRole,
    NotInService,
    OwnAdmin,
    RoleNeedsDepartment,
    StillKept,
    WrongDays,
)

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 1)


@pytest.fixture
def office():
    with clock.at(datetime(2022, 6, 1, 3, tzinfo=UTC)):
        yield town()


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def last() -> Entry:
    found = Entry.objects.order_by("-seq").first()
    assert found is not None
    return found


def only(who: Person) -> Assignment:
    return Assignment.objects.get(person=who)


def test_登録した人は仮パスワードで入り次に変える(office: Town) -> None:
    added = add_person(by=office.admin, login=" sato ", name="佐藤 一", joins_on=TODAY)
    kept = fresh(added.person)
    assert kept.login == "sato"
    assert kept.must_change_password
    assert kept.check_password(added.password)
    assert len(added.password) == 19
    assert last().facts["person"] == kept.pk


def test_証跡に氏名もIDもパスワードも残らない(office: Town) -> None:
    added = add_person(
        by=office.admin,
        login="sato",
        name="佐藤 一",
        joins_on=TODAY,
        more={"email": "sato@city.jp"},
    )
    change_person(by=office.admin, person=added.person.pk, columns={"name": "鈴木 一"})
    renew_password(by=office.admin, person=added.person.pk)
    lines = " ".join(str(line.line()) for line in Entry.objects.filter(verb__startswith="person."))
    for said in ("佐藤", "鈴木", "sato", added.password):
        assert said not in lines
    facts = dict(Entry.objects.get(verb="person.change").facts)
    assert set(facts.pop("proofs")[str(added.person.pk)]) == {"name"}
    assert facts == {"person": added.person.pk, "changed": ["name"]}


def test_同じIDは二度使えない(office: Town) -> None:
    before = Entry.objects.count()
    with pytest.raises(LoginTaken):
        add_person(by=office.admin, login="KIKAKU", name="別人", joins_on=TODAY)
    assert Entry.objects.count() == before
    assert Person.objects.filter(name="別人").count() == 0


def test_登録の途中で失敗すれば人も残らない(office: Town, monkeypatch) -> None:
    def fails(self: Entry, **_: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(Entry, "save", fails)
    with pytest.raises(LoginTaken), transaction.atomic():
        add_person(by=office.admin, login="sato", name="佐藤", joins_on=TODAY)
    assert not Person.objects.filter(login="sato").exists()


def test_管理者でなければ人を登録できない(office: Town) -> None:
    with pytest.raises(NotAllowed):
        add_person(by=office.planning_head, login="sato", name="佐藤", joins_on=TODAY)


def test_ほかの団体の人は見つからない(office: Town) -> None:
    stranger = Person.objects.create(body="990002", login="x", name="他市", joins_on=START)
    with pytest.raises(NoSuchPerson):
        change_person(by=office.admin, person=stranger.pk, columns={"name": "y"})


def test_IDと所属団体は書き換えられない(office: Town) -> None:
    change_person(
        by=office.admin, person=office.officer.pk, columns={"login": "x", "body": "990002"}
    )
    kept = fresh(office.officer)
    assert (kept.login, kept.body) == ("mono", office.admin.body)


def test_退職すると役割も代理も終わり記録は残る(office: Town) -> None:
    name_deputy(
        by=office.section_head, person=office.officer.pk, deputy=office.section_head.pk,
        first_day=TODAY, last_day=date(2022, 7, 31), reason="出張",
    )  # fmt: skip
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 6, 10))
    assert only(office.officer).last_day == date(2022, 6, 10)
    assert Deputy.objects.get().last_day == date(2022, 6, 10)
    assert held_by(fresh(office.officer), date(2022, 6, 10))
    assert not held_by(fresh(office.officer), date(2022, 6, 11))
    assert fresh(office.officer).is_active


def test_過ぎた日で退職すればその場で使えなくなる(office: Town) -> None:
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 3, 31))
    gone = fresh(office.officer)
    assert not gone.is_active
    assert not held_by(gone)
    assert may(gone, "value.record", {office.it.pk}) is None


def test_退職より先に始まる配属はなかったことになる(office: Town) -> None:
    assign(
        by=office.admin, person=office.officer.pk, role="officer", department=office.tourism.pk,
        first_day=date(2023, 4, 1),
    )  # fmt: skip
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 6, 30))
    assert Assignment.objects.get(first_day=date(2023, 4, 1)).voided is not None


def test_退職の前の日付では辞められない(office: Town) -> None:
    with pytest.raises(WrongDays):
        leave(by=office.admin, person=office.officer.pk, on=date(2019, 3, 31))


def test_退職を取り消すと在籍に戻る(office: Town) -> None:
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 3, 31))
    come_back(by=office.admin, person=office.officer.pk)
    back = fresh(office.officer)
    assert back.is_active
    assert back.leaves_on is None
    assert not held_by(back)


def test_自分の管理者の役割は外せない(office: Town) -> None:
    second = person("kanri2", "管理 次郎")
    assign(by=office.admin, person=second.pk, role="admin", first_day=START)
    with pytest.raises(OwnAdmin):
        end_assignment(by=office.admin, assignment=only(office.admin).pk, last_day=TODAY)
    with pytest.raises(OwnAdmin):
        leave(by=office.admin, person=office.admin.pk, on=TODAY)
    with pytest.raises(OwnAdmin):
        hand_to(by=office.admin, person=office.admin.pk, successor=office.officer.pk, on=TODAY)
    end_assignment(by=second, assignment=only(office.admin).pk, last_day=TODAY)
    assert only(office.admin).last_day == TODAY


def second_admin(office: Town, **days: date) -> Person:
    """Another administrator, from `first_day` (long ago) to `last_day` (without end)."""
    second = person("kanri2", "管理 次郎")
    assign(by=office.admin, person=second.pk, role="admin", **{"first_day": START, **days})
    return second


def test_もう辞めた管理者は残る管理者に数えない(office: Town) -> None:
    second, third = second_admin(office, last_day=TODAY), person("kanri3", "管理 三郎")
    assign(by=office.admin, person=third.pk, role="admin", first_day=START)
    Person.objects.filter(pk=third.pk).update(is_active=False)
    with pytest.raises(LastAdmin):
        end_assignment(by=second, assignment=only(office.admin).pk, last_day=TODAY)
    with pytest.raises(LastAdmin):
        leave(by=second, person=office.admin.pk, on=TODAY)
    assert fresh(office.admin).leaves_on is None
    assert only(office.admin).last_day is None


def test_配属は課と期間を確かめる(office: Town) -> None:
    give = {"by": office.admin, "person": office.other.pk, "first_day": TODAY}
    with pytest.raises(RoleNeedsDepartment):
        assign(**give, role="officer")
    with pytest.raises(NoSuchRole):
        assign(**give, role="mayor")
    with pytest.raises(AssignedAlready):
        assign(**give, role="officer", department=office.tourism.pk)
    with pytest.raises(WrongDays):
        assign(**give, role="officer", department=office.it.pk, last_day=date(2022, 5, 31))
    with pytest.raises(NotInService):
        assign(**{**give, "first_day": date(2019, 4, 1)}, role="officer", department=office.it.pk)
    made = assign(**give, role="officer", department=office.it.pk, last_day=date(2022, 6, 30))
    assert departments_of(fresh(office.other)) == {office.tourism.pk, office.it.pk}
    assert made.stamp == 1


def test_後任は役割をそのまま受け継ぐ(office: Town) -> None:
    new = person("shin", "新任 三郎")
    hand_to(by=office.admin, person=office.officer.pk, successor=new.pk, on=date(2022, 7, 1))
    assert only(office.officer).last_day == date(2022, 6, 30)
    assert only(new).first_day == date(2022, 7, 1)
    assert (only(new).role, only(new).department) == ("officer", office.it)
    assert held_by(fresh(office.officer), date(2022, 6, 30))
    assert held_by(fresh(new), date(2022, 7, 1))
    assert not held_by(fresh(new), date(2022, 6, 30))


def test_代理には理由が要り自分の代理にはなれない(office: Town) -> None:
    give = {
        "by": office.section_head, "person": office.officer.pk,
        "first_day": TODAY, "last_day": date(2022, 6, 30),
    }  # fmt: skip
    with pytest.raises(NoReason):
        name_deputy(**give, deputy=office.other.pk, reason=" ")
    with pytest.raises(AssignedAlready):
        name_deputy(**give, deputy=office.officer.pk, reason="出張")
    row = name_deputy(**give, deputy=office.other.pk, reason="出張")
    instead = held_by(fresh(office.other))[-1]
    assert (instead.department, instead.instead) == (office.it.pk, office.officer.pk)
    end_deputy(by=office.section_head, deputy=row.pk, last_day=date(2022, 6, 5))
    assert Deputy.objects.get().last_day == date(2022, 6, 5)


def test_始まる前の代理の終了は取消になる(office: Town) -> None:
    row = name_deputy(
        by=office.section_head, person=office.officer.pk, deputy=office.other.pk,
        first_day=date(2022, 7, 1), last_day=date(2022, 7, 31), reason="休暇",
    )  # fmt: skip
    end_deputy(by=office.section_head, deputy=row.pk, last_day=TODAY)
    assert Deputy.objects.get().voided is not None


def test_課長はほかの課の代理を決められず全庁の役割も渡せない(office: Town) -> None:
    span = {"first_day": TODAY, "last_day": date(2022, 6, 30), "reason": "出張"}
    for whose in (office.other, office.planner, office.admin, office.expert):
        with pytest.raises(NotAllowed):
            name_deputy(by=office.section_head, person=whose.pk, deputy=office.officer.pk, **span)
    with pytest.raises(NotAllowed):
        name_deputy(
            by=office.planning_head, person=office.admin.pk, deputy=office.officer.pk, **span
        )
    assert name_deputy(
        by=office.planning_head, person=office.planner.pk, deputy=office.officer.pk, **span
    )


def test_代理の代理にはなれない(office: Town) -> None:
    span = {"first_day": TODAY, "last_day": date(2022, 6, 30), "reason": "出張"}
    name_deputy(by=office.admin, person=office.officer.pk, deputy=office.other.pk, **span)
    name_deputy(by=office.admin, person=office.other.pk, deputy=office.expert.pk, **span)
    assert {h.department for h in held_by(fresh(office.expert)) if h.instead} == {office.tourism.pk}


def test_二段階の確認を外すと鍵がなくなる(office: Town) -> None:
    Authenticator.objects.create(user=office.officer, type="totp", data={"secret": "x"})
    assert reset_second_factor(by=office.admin, person=office.officer.pk) == 1
    assert not Authenticator.objects.exists()
    assert last().facts == {"person": office.officer.pk, "changed": ["second_factor"], "count": 1}


def test_退職者は保存期間のあとで名前だけが消える(office: Town) -> None:
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 6, 1))
    lines = [line.line() for line in Entry.objects.order_by("seq")]
    with pytest.raises(StillKept):
        forget_person(by=office.admin, person=office.officer.pk)
    assert kept_until(date(2022, 6, 1)) == date(2028, 3, 31)
    with clock.at(datetime(2028, 3, 31, 3, tzinfo=UTC)), pytest.raises(StillKept):
        forget_person(by=office.admin, person=office.officer.pk)
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        forget_person(by=fresh(office.admin), person=office.officer.pk)
    gone = fresh(office.officer)
    assert gone.name == f"退職者 {gone.pk}"
    assert "mono" not in (gone.login, gone.email, gone.reading)
    assert not gone.has_usable_password()
    assert [line.line() for line in Entry.objects.order_by("seq")][: len(lines)] == lines
    assert only(gone).department == office.it


def test_氏名を消した人の記載は変えられず_台帳から氏名を試せない(office: Town) -> None:
    leave(by=office.admin, person=office.officer.pk, on=date(2022, 6, 1))
    with clock.at(datetime(2028, 4, 1, 3, tzinfo=UTC)):
        admin, gone = fresh(office.admin), office.officer.pk
        forget_person(by=admin, person=gone)
        before = Entry.objects.count()
        for again in (
            lambda: change_person(by=admin, person=gone, columns={"name": "物作 太郎"}),
            lambda: leave(by=admin, person=gone, on=date(2028, 3, 31)),
            lambda: come_back(by=admin, person=gone),
            lambda: renew_password(by=admin, person=gone),
        ):
            with pytest.raises(Forgotten, match="新しい利用者として登録"):
                again()
    assert Entry.objects.count() == before
    assert fresh(office.officer).name == f"退職者 {gone}"


def test_在籍している人の名前は消せない(office: Town) -> None:
    with pytest.raises(StillKept):
        forget_person(by=office.admin, person=office.officer.pk)

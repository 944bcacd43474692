"""締めの画面: how far a register is closed, who is silent, what closing settles; closed and recorded in one press, opened again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from deskclient import client, text
from evidenceroom import defined, entered, made, member
from formfill import filled
from registerroom import Counted, Room, answer, counted, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register, reopen_register
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.counted import close_seen, count_by
from sosei.web.desk.views import registerclosings
from yearbook import accept

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
LATER = datetime(2022, 6, 15, 11, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def made_room():
    with at(JUNE):
        yield counted()


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def where(register: em.Register) -> str:
    return reverse("desk:register_closing", args=[register.pk])


def press(person, register: em.Register, do: str = "record", **typed):
    """Open the page as it stands and press a button."""
    desk = client(person)
    return desk.post(
        where(register), filled(desk.get(where(register)), "note", do=do, **typed), follow=True
    )


def actual(line: m.Line) -> m.Value:
    return m.Value.objects.get(
        point__indicator=line.indicator_id, point__fiscal_year=2021, role="actual", until=None
    )


# -- what the page says -----------------------------------------------------------------------------------------------


def test_締める前は数えと記載が並び集計中と言う(made_room: Counted) -> None:
    said = text(client(made_room.town.planner).get(where(made_room.members)))
    assert "まだ締めていません" in said
    assert "新規雇用者数" in said
    assert "いまのところ 3人" in said
    assert "18人" in said
    assert "締めると決まります" in said


def test_締める日の初めの値は終わった三月三十一日(made_room: Counted) -> None:
    page = client(made_room.town.section_head).get(where(made_room.members))
    assert filled(page, "note")["until"] == ["2022-03-31"]


def test_未回答の相手の名が分かる(office: Room) -> None:
    said = text(client(office.town.planner).get(where(office.hires)))
    assert "4者中2者が回答" in said
    assert "北見本テック" in said
    assert "見本信用金庫" in said


def test_問合せは二十五まで(made_room: Counted, django_assert_max_num_queries) -> None:
    desk = client(made_room.town.planner)
    desk.get(where(made_room.members))
    close_register(
        by=made_room.town.planner, register=made_room.members.pk, until=date(2021, 3, 31)
    )
    with django_assert_max_num_queries(25):
        assert desk.get(where(made_room.members)).status_code == 200


def test_締められない人には釦がない(office: Room) -> None:
    for who in ("officer", "auditor", "other"):
        shown = client(getattr(office.town, who)).get(where(office.members))
        assert "締めて、決まった値を記載にする" not in text(shown)
        assert "担当課（ものづくり推進課）の課長か企画課の人です" in text(shown)
    denied = client(office.town.officer).post(where(office.members), {"until": "2022-03-31"})
    assert denied.status_code == 403
    assert not em.Closing.objects.exists()


def test_前になければならない台帳が開いていればそれも締めると決まると言う(
    made_room: Counted,
) -> None:
    town, line = made_room.town, made_room.waiting
    talks = made(town, "consultations")
    unit = line.definition.unit or "件"
    text_ = f'count of members during fiscal after consultations unit "{unit}"'
    count_by(by=town.planner, line=line.pk, measure=defined(town, "led", text_).pk)
    own, other = where(made_room.members), where(talks)
    desk = client(town.planner)
    assert "次の台帳も締めると決まります： 移住相談の記録" in text(desk.get(own))
    said = text(press(town.planner, made_room.members))
    assert "開いている台帳：移住相談の記録" in said
    assert actual(line).gap == "counting"
    assert "締めると決まります" in text(desk.get(other))
    press(town.planner, talks)
    assert actual(line).origin == "counted"


# -- closing ----------------------------------------------------------------------------------------------------------


def test_締めるだけなら値は記載されない(made_room: Counted) -> None:
    done = press(made_room.town.section_head, made_room.members, "close")
    assert "令和4年3月31日まで締めました" in text(done)
    assert actual(made_room.waiting).gap == "counting"
    assert "記載にできます" in text(client(made_room.town.planner).get(where(made_room.members)))


def test_未回答の相手がいれば理由を求め何者の回答によるかを言う(office: Room) -> None:
    head = office.town.section_head
    assert "未回答2者のまま締めますか" in text(client(head).get(where(office.hires)))
    refused = press(head, office.hires, "close")
    assert refused.status_code == 422
    assert not em.Closing.objects.exists()
    done = text(press(head, office.hires, "close", note="督促にも返事がない"))
    assert "締めました（4者中2者の回答による）" in done
    assert "未回答2者（4者中2者の回答による） 督促にも返事がない" in done


def test_締めて決まった値を一度に記載にできる(made_room: Counted) -> None:
    done = press(made_room.town.planner, made_room.members)
    said = text(done)
    assert "数えた値を1件、記載にしました" in said
    assert "記載していない値が1件あります" in said
    assert (actual(made_room.waiting).number, actual(made_room.waiting).origin) == (3, "counted")
    assert actual(made_room.typed).number == 18
    assert "理由を書けば記載にできます" in said


def test_理由を書けば記載のある値も数えのとおりになる(made_room: Counted) -> None:
    said = text(press(made_room.town.planner, made_room.members, reason="名簿で数え直した"))
    assert "数えた値を2件、記載にしました" in said
    assert (actual(made_room.typed).number, actual(made_room.typed).reason) == (
        3,
        "名簿で数え直した",
    )
    assert said.count("数えのとおり記載済み") == 2


def test_書けない指標と変えられない指標はわけを言って残す(made_room: Counted) -> None:
    said = text(press(made_room.town.section_head, made_room.members, reason="数え直した"))
    assert "数えた値を1件、記載にしました" in said
    assert "記載は指標の担当課が行います" in said
    assert actual(made_room.waiting).gap == "counting"


def test_課の確認の済んだ指標は締めても変わらない(made_room: Counted) -> None:
    accept(made_room.book, made_room.book.it)
    said = text(press(made_room.town.section_head, made_room.members, reason="数え直した"))
    assert "変えられません" in said
    assert actual(made_room.typed).number == 18
    assert em.Closing.objects.count() == 1


def test_締めたあとでも決まった値を記載にできる(made_room: Counted) -> None:
    close_register(
        by=made_room.town.planner, register=made_room.members.pk, until=date(2022, 3, 31)
    )
    desk = client(made_room.town.planner)
    sent = filled(desk.get(where(made_room.members)), "seen", reason="数え直した")
    done = desk.post(
        reverse("desk:register_settle", args=[made_room.members.pk]), sent, follow=True
    )
    assert "数えた値を2件、記載にしました" in text(done)


def test_開いている間に数えが変わったら締めずに見せ直す(made_room: Counted) -> None:
    desk = client(made_room.town.planner)
    sent = filled(desk.get(where(made_room.members)), "note", do="record")
    with at(LATER):
        entered(made_room.town, made_room.members, [member("新しい会社", date(2021, 5, 1))])
        refused = desk.post(where(made_room.members), sent)
        assert refused.status_code == 422
        assert "E402" in text(refused)
        assert "いまのところ 4人" in text(refused)
        assert not em.Closing.objects.exists()
        again = desk.post(where(made_room.members), filled(refused, "note", do="record"))
    assert again.status_code == 302
    assert actual(made_room.waiting).number == 4


def test_決まった値を記載にする釦も数えが変わったら見せ直す(made_room: Counted) -> None:
    close_register(
        by=made_room.town.planner, register=made_room.members.pk, until=date(2021, 3, 31)
    )
    desk = client(made_room.town.planner)
    to = reverse("desk:register_settle", args=[made_room.members.pk])
    done = desk.post(to, {"seen": "昔の数え", "reason": "数え直した"}, follow=True)
    assert "開いている間に数えが変わりました" in text(done)
    assert actual(made_room.typed).number == 18


@pytest.mark.parametrize("reason", ["", "名簿で数え直した"])
def test_締めたとたんに数えが動いたら一件も記載にしない(
    made_room: Counted, monkeypatch, reason: str
) -> None:
    """Between the closing and the recording somebody opens it again, enters a firm, closes it: nobody saw that count."""

    def closed_otherwise(**said):
        closing = close_seen(**said)
        by = made_room.town.section_head
        reopen_register(by=by, closing=closing.pk, reason="漏れがあった")
        entered(made_room.town, made_room.members, [member("新しい会社", date(2021, 5, 1))])
        return close_register(by=by, register=closing.register_id, until=closing.until)

    monkeypatch.setattr(registerclosings, "close_seen", closed_otherwise)
    said = text(press(made_room.town.planner, made_room.members, reason=reason))
    assert "E402" in said
    assert "記載にしました" not in said
    assert (actual(made_room.waiting).gap, actual(made_room.typed).number) == ("counting", 18)


def test_終わっていない日と締めた日は欄で断る(made_room: Counted) -> None:
    future = press(made_room.town.planner, made_room.members, until="2022-06-15")
    assert future.status_code == 422
    assert "E745" in text(future)
    press(made_room.town.planner, made_room.members, "close")
    again = press(made_room.town.planner, made_room.members, until="2022-03-31")
    assert "E744" in text(again)
    assert em.Closing.objects.count() == 1


def test_調査は年度で締め未回答の数が残る(office: Room) -> None:
    done = press(office.town.section_head, office.hires, "close", note="督促しても回答なし")
    assert "令和3年度（2021年度）を締めました" in text(done)
    closing = em.Closing.objects.get()
    assert (closing.year, closing.silent, closing.entries, closing.note) == (
        2021,
        2,
        2,
        "督促しても回答なし",
    )
    assert "未回答2者" in text(done)


def test_調査に締められる年度がなければ締める欄はない(office: Room) -> None:
    sales = made(office.town, "overseas_sales")
    shown = client(office.town.planner).get(where(sales))
    assert "締められる年度がありません" in text(shown)


# -- opened again -----------------------------------------------------------------------------------------------------


def test_理由を書けば締めを解けて経緯に残る(office: Room) -> None:
    closing = close_register(
        by=office.town.section_head, register=office.members.pk, until=date(2022, 3, 31)
    )
    to, desk = reverse("desk:register_reopen", args=[closing.pk]), client(office.town.planner)
    assert desk.post(to, {"reason": " "}).status_code == 422
    assert not em.Closing.objects.exclude(voided=None).exists()
    done = desk.post(to, {"reason": "漏れが見つかった"}, follow=True)
    said = text(done)
    assert "締めを解きました" in said
    assert "漏れが見つかった" in said
    assert "企画 花子" in said.split("締めを解いた")[1]
    assert "物作 課長" in said
    assert desk.get(to).status_code == 404


def test_解けるのは締められる人だけ(office: Room) -> None:
    closing = close_register(
        by=office.town.planner, register=office.members.pk, until=date(2022, 3, 31)
    )
    to = reverse("desk:register_reopen", args=[closing.pk])
    for who, status in (("officer", 403), ("auditor", 403), ("section_head", 200)):
        assert client(getattr(office.town, who)).get(to).status_code == status


def test_締めたことは一覧と台帳の画面に出る(office: Room) -> None:
    close_register(by=office.town.planner, register=office.hires.pk, year=2021)
    entered(office.town, office.hires, [answer("見本精機", 1, 2022)])
    assert "締めた年度： 令和3年度" in text(
        client(office.town.planner).get(reverse("desk:register", args=[office.hires.pk]))
    )

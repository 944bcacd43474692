"""調査の相手の画面: whom a survey asks for a year, who is silent; the roster's members of that year are offered."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from deskclient import client, text
from evidenceroom import entered, made, member
from formfill import filled
from registerroom import FIRMS, Room, answer, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def where(register: em.Register) -> str:
    return reverse("desk:register_asked", args=[register.pk])


def test_初めに出るのは終わった年度でだれが未回答か分かる(
    office: Room, django_assert_max_num_queries
) -> None:
    desk = client(office.town.officer)
    desk.get(where(office.hires))
    with django_assert_max_num_queries(25):
        said = text(desk.get(where(office.hires)))
    assert "4者中2者が未回答です" in said
    assert said.index("北見本テック") < said.index("登録1番")
    assert "令和4年4月20日 令和4年6月10日 未回答" in said
    assert "すべて尋ねています" in said


def test_その年度の終わりの会員だけを選べて尋ねられる(office: Room) -> None:
    entered(office.town, office.members, [
        member("やめた社", date(2018, 4, 1), date(2020, 3, 31)), member("あとの社", date(2022, 5, 1)),
    ])  # fmt: skip
    desk, asked = client(office.town.officer), where(office.hires) + "?year=2020"
    form = desk.get(asked)
    sent = filled(form, "subjects")
    assert sorted(sent["subjects"]) == sorted(map(str, office.firms[:2]))
    done = desk.post(
        asked, sent | {"subjects": [str(office.firms[0])], "due": "2022-07-10"}, follow=True
    )
    said = text(done)
    assert "1者を尋ねる相手にしました" in said
    assert "1者中1者が未回答です" in said
    assert FIRMS[1] in said.split("尋ねる相手を足す")[1]
    assert em.Asked.objects.filter(year=2020).count() == 1


def test_回答が登録されると未回答でなくなる(office: Room) -> None:
    entered(office.town, office.hires, [answer("北見本テック", 4)])
    assert "4者中1者が未回答です" in text(client(office.town.auditor).get(where(office.hires)))


def test_印がないときと期限が送付日より前のときは欄で断る(office: Room) -> None:
    desk, asked = client(office.town.officer), where(office.hires) + "?year=2020"
    assert "尋ねる相手に印を付けてください" in text(desk.post(asked, {"sent": "2022-06-15"}))
    wrong = desk.post(
        asked, {"subjects": office.firms[:1], "sent": "2022-06-15", "due": "2022-06-01"}
    )
    assert wrong.status_code == 422
    assert "回答期限が送付日より前です" in text(wrong)
    assert not em.Asked.objects.filter(year=2020).exists()


def test_名簿にいない相手や書けない人は尋ねられない(office: Room) -> None:
    asked = where(office.hires) + "?year=2020"
    refused = client(office.town.officer).post(asked, {"subjects": [str(office.firms[3])]})
    assert refused.status_code == 422
    assert (
        client(office.town.auditor).post(asked, {"subjects": office.firms[:1]}).status_code == 403
    )


def test_調査でない台帳に尋ねる相手の画面はない(office: Room) -> None:
    desk = client(office.town.planner)
    assert desk.get(where(office.members)).status_code == 404
    assert "尋ねる相手" not in text(desk.get(reverse("desk:register", args=[office.members.pk])))


def test_名簿がまだなければ先に作るよう言う(office: Room) -> None:
    other = made(office.town, "overseas_sales")
    em.Register.objects.filter(key="members").update(key="moved")
    assert "先に名簿を作って" in text(client(office.town.officer).get(where(other)))


# -- asked no more ----------------------------------------------------------------------------------------------------


def unasked(register: em.Register, subject: int, year: int = 2021) -> str:
    return reverse("desk:register_unask", args=[register.pk, year, subject])


def test_誤って尋ねた相手を理由を書いて外せまた尋ねられる(office: Room) -> None:
    desk, silent = client(office.town.officer), office.firms[2]
    listed = desk.get(where(office.hires))
    assert unasked(office.hires, silent) in listed.content.decode()
    shown = desk.get(unasked(office.hires, silent))
    assert "北見本テック" in text(shown)
    assert desk.post(unasked(office.hires, silent), {"reason": " "}).status_code == 422
    done = desk.post(unasked(office.hires, silent), filled(shown, reason="会員ではない"), follow=True)  # fmt: skip
    said = text(done)
    assert "尋ねる相手から外しました" in said
    assert "3者中1者が未回答です" in said
    row = em.Asked.objects.get(subject=silent)
    assert (row.void_reason, row.voided is None) == ("会員ではない", False)
    assert desk.get(unasked(office.hires, silent)).status_code == 404
    again = desk.post(where(office.hires) + "?year=2021", {"subjects": [str(silent)]}, follow=True)
    assert "4者中2者が未回答です" in text(again)


def test_回答のある相手と締めた年度の相手は外せない(office: Room) -> None:
    desk, answered, silent = client(office.town.planner), office.firms[0], office.firms[3]
    assert unasked(office.hires, answered) not in desk.get(where(office.hires)).content.decode()
    refused = desk.post(unasked(office.hires, answered), {"reason": "会員ではない"})
    assert refused.status_code == 422
    assert "E788" in text(refused)
    assert "登録1番" in text(refused)
    close_register(by=office.town.planner, register=office.hires.pk, year=2021)
    assert "相手から外す" not in text(desk.get(where(office.hires)))
    late = desk.post(unasked(office.hires, silent), {"reason": "会員ではない"})
    assert "E743" in text(late)
    assert em.Asked.objects.filter(voided=None).count() == 4


def test_書けない人は外せず尋ねていない相手の頁はない(office: Room) -> None:
    silent = office.firms[3]
    for method in ("get", "post"):
        assert getattr(client(office.town.auditor), method)(unasked(office.hires, silent)).status_code == 403  # fmt: skip
    desk = client(office.town.planner)
    assert desk.get(unasked(office.hires, silent, 2020)).status_code == 404
    assert desk.get(unasked(office.members, silent)).status_code == 404

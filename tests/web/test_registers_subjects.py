"""相手の画面: organisations found, what they were when, and two that are one made one; no person's name on any page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import defined, entered, made, member, value
from formfill import filled
from registerroom import Room, room, supporter
from sosei.evidence import models as em
from sosei.evidence.drafts import Draft
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def test_企業を探して登録のある台帳へ進める(office: Room, django_assert_max_num_queries) -> None:
    desk = client(office.town.auditor)
    found = desk.get(to("subjects"), {"q": "精機"})
    assert "見本精機" in text(found)
    assert "北見本テック" not in text(found)
    desk.get(to("subject", office.firms[1]))
    with django_assert_max_num_queries(25):
        page = desk.get(to("subject", office.firms[1]))
    assert f"{to('register', office.members.pk)}?subject={office.firms[1]}" in page.content.decode()
    assert "就職者調査 1件" in text(page)
    assert "属性を登録する" not in text(page)


def test_属性をいつからと書くと数えがすぐに変わる(office: Room) -> None:
    defined(office.town, "makers", 'count of members where subject.maker = yes at end unit "社"')
    desk, where = client(office.town.officer), to("subject", office.firms[0])
    said = filled(
        desk.get(where), "first", name="maker", type="yes-no", value="はい", first="R3.4.1"
    )
    assert desk.post(where, said).status_code == 302
    assert (value(BODY, "makers", 2020), value(BODY, "makers", 2021)) == (0, 1)
    page = desk.get(where)
    assert "maker 令和3年4月1日 はい" in text(page)
    assert "物作 太郎" in text(page)
    dropped = desk.post(
        to("subject_drop", office.firms[0]), {"name": "maker", "first": "2021-04-01"}, follow=True
    )
    assert "属性はまだありません" in text(dropped)
    assert value(BODY, "makers", 2021) == 0


def test_読めない値と使えない名前と型の違いは欄で断る(office: Room) -> None:
    desk, where = client(office.town.officer), to("subject", office.firms[0])
    desk.post(where, {"name": "maker", "type": "yes-no", "value": "はい"})
    for typed, words in (
        ({"name": "従業員 数", "type": "number", "value": "5"}, "属性の名前は"),
        ({"name": "employees", "type": "number", "value": "たくさん"}, "数として読めません"),
        (
            {"name": "maker", "type": "text", "value": "はい"},
            "ほかの相手では「はい・いいえ」で書かれています",
        ),
        ({"name": "", "type": "text", "value": ""}, "必須"),
    ):
        wrong = desk.post(where, typed)
        assert wrong.status_code == 422
        assert words in text(wrong), typed
    assert em.Attribute.objects.count() == 1


def test_同じ会社を一つにすると二重に数えなくなる(office: Room) -> None:
    defined(office.town, "firms", 'distinct subject of members at end unit "社"')
    entered(office.town, office.members, [member("㈱北見本テック", date(2021, 5, 1))])
    assert value(BODY, "firms", 2021) == 4
    desk = client(office.town.officer)
    pairs = desk.get(to("subjects_alike"))
    assert "㈱北見本テック" in text(pairs)
    double = em.Subject.objects.get(name="㈱北見本テック")
    where = to("subject_merge", double.pk, office.firms[2])
    assert where in pairs.content.decode()
    form = desk.get(where)
    assert desk.post(where, filled(form, "reason")).status_code == 422
    done = desk.post(where, filled(form, "reason", reason="同じ会社"), follow=True)
    assert "一つにしました" in text(done)
    assert done.redirect_chain[-1][0] == to("subject", office.firms[2])
    assert value(BODY, "firms", 2021) == 3
    assert "次の相手と一つになりました" in text(desk.get(to("subject", double.pk)))
    assert "同じかもしれない相手は見つかりません" in text(desk.get(to("subjects_alike")))
    assert "同じ会社" in text(desk.get(to("register_entry", office.members.pk, 5)))


def test_どちらを残すかを選べて一つにできない組は断る(office: Room) -> None:
    first, second = office.firms[:2]
    em.Subject.objects.filter(pk=first).update(number="6000020032018")
    em.Subject.objects.filter(pk=second).update(number="1000020032017")
    desk, where = client(office.town.officer), to("subject_merge", first, second)
    refused = desk.post(where, filled(desk.get(where), "reason", reason="同じ"))
    assert refused.status_code == 422
    assert "E749" in text(refused)
    where = to("subject_merge", office.firms[2], second)
    done = desk.post(
        where, filled(desk.get(where), "reason", into=str(office.firms[2]), reason="合併")
    )
    assert done["Location"] == to("subject", office.firms[2])
    assert em.Subject.objects.get(pk=office.firms[2]).number == "1000020032017"


def test_一つにする相手は名称で探せる(office: Room) -> None:
    desk = client(office.town.officer)
    found = desk.get(to("subject_choose", office.firms[0]), {"q": "見本"})
    assert to("subject_merge", office.firms[0], office.firms[1]) in found.content.decode()
    assert to("subject_merge", office.firms[0], office.firms[0]) not in found.content.decode()


def test_個人の名はどの画面にも出ない(office: Room) -> None:
    for key, mail in (("registrants", "hanako@example.jp"), ("visits", "hanako@example.jp")):
        entered(office.town, made(office.town, key), [supporter("山田花子", mail)])
    entered(office.town, made(office.town, "checkins"), [supporter("山田花子", "x@example.jp")])
    people = list(em.Subject.objects.filter(kind="person").values_list("pk", flat=True))
    desk = client(office.town.planner)
    for where in (
        to("subjects"), to("subjects_alike"), *(to("subject", pk) for pk in people), to("subject_merge", people[0], people[-1]),
    ):  # fmt: skip
        said = text(desk.get(where))
        assert "山田" not in said
        assert "hanako" not in said
    assert "氏名とフリガナが同じ" in text(desk.get(to("subjects_alike")))


def test_秘密の台帳の登録があることは担当課の人だけが見る(office: Room) -> None:
    sales = made(office.town, "overseas_sales")
    entered(office.town, sales, [Draft(subject=office.firms[0], year=2021)])
    assert "海外売上調査" in text(client(office.town.officer).get(to("subject", office.firms[0])))
    assert "海外売上調査" not in text(
        client(office.town.auditor).get(to("subject", office.firms[0]))
    )


def test_直せない人は一つにも属性も書けない(office: Room) -> None:
    desk = client(office.town.auditor)
    assert desk.get(to("subject_merge", office.firms[0], office.firms[1])).status_code == 403
    assert (
        desk.post(
            to("subject", office.firms[0]), {"name": "maker", "type": "yes-no", "value": "はい"}
        ).status_code
        == 403
    )
    assert desk.post(to("subject_drop", office.firms[0]), {"name": "maker"}).status_code == 403
    assert "一つにする" not in text(desk.get(to("subjects_alike")))


def test_ない相手は404(office: Room) -> None:
    assert client(office.town.planner).get(to("subject", 999999)).status_code == 404

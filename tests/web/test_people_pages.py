"""利用者の画面. People are listed, registered, given roles, stood in for, and let go; each sees himself, few see the others."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from bookroom import Town, town
from deskroom import BACKEND
from formfill import filled
from sosei.journal import clock
from sosei.offices.models import Assignment, Deputy, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield town()


def signed(who: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=who.pk), backend=BACKEND)
    return client


def main(response) -> str:
    return response.content.decode().split("<main")[1]


def test_管理者は人を登録し仮パスワードを一度だけ見る(office: Town) -> None:
    client = signed(office.admin)
    said = {
        "login": "sato", "name": "佐藤 一", "reading": "さとう はじめ", "joins_on": "2022-06-15",
        "role": "officer", "department": office.tourism.pk,
    }  # fmt: skip
    shown = client.post("/people/add/", said)
    assert shown.status_code == 200
    assert "二度と表示できません" in main(shown)
    assert "no-store" in shown["Cache-Control"]
    person = Person.objects.get(login="sato")
    password = shown.context["added"].password
    assert person.check_password(password)
    assert Assignment.objects.get(person=person).department == office.tourism
    assert password not in main(client.get(f"/people/{person.pk}/"))
    again = client.post("/people/add/", said)
    assert again.status_code == 422
    assert "E442" in main(again)


def test_役割に課が要るのに課がなければ人も登録されない(office: Town) -> None:
    said = {"login": "sato", "name": "佐藤", "joins_on": "2022-06-15", "role": "officer"}
    refused = signed(office.admin).post("/people/add/", said)
    assert refused.status_code == 422
    assert "E445" in main(refused)
    assert not Person.objects.filter(login="sato").exists()


def test_一覧は氏名と読みとIDで探せる(office: Town) -> None:
    client = signed(office.admin)
    assert "物作 太郎" in main(client.get("/people/"))
    page = main(client.get("/people/?q=kanko"))
    assert "観光 次郎" in page
    assert "物作 太郎" not in page
    assert "当てはまる人はいません" in main(client.get("/people/?q=いない"))
    client.post(f"/people/{office.other.pk}/leave/", {"on": "2022-05-31"})
    assert "観光 次郎" not in main(client.get("/people/"))
    assert "観光 次郎" in main(client.get("/people/?gone=1"))


def test_配属して終える(office: Town) -> None:
    client = signed(office.admin)
    address = f"/people/{office.other.pk}/"
    give = {"role": "section_head", "department": office.tourism.pk, "first_day": "2022-07-01"}
    assert client.post(f"{address}assign/", give).status_code == 302
    refused = client.post(f"{address}assign/", {"role": "officer", "first_day": "2022-07-01"})
    assert refused.status_code == 422
    assert "E445" in main(refused)
    row = Assignment.objects.get(role="section_head", person=office.other)
    end = {"last_day": "2022-12-31", "person": office.other.pk, "stamp": row.stamp}
    client.post(f"/assignments/{row.pk}/end/", end)
    row.refresh_from_db()
    assert row.last_day == date(2022, 12, 31)
    stale = client.post(f"/assignments/{row.pk}/end/", end, follow=True)
    assert "E402" in main(stale)
    assert "終了日を入れてください。" in main(
        client.post(f"/assignments/{row.pk}/end/", {"person": office.other.pk}, follow=True)
    )


def test_後任に引き継ぎ代理を指定し代理を終える(office: Town) -> None:
    client = signed(office.admin)
    client.post(
        f"/people/{office.officer.pk}/succeed/", {"successor": office.other.pk, "on": "2022-07-01"}
    )
    assert Assignment.objects.get(person=office.officer).last_day == date(2022, 6, 30)
    head = signed(office.section_head)
    give = {"deputy": office.other.pk, "first_day": "2022-06-15", "last_day": "2022-06-17"}
    address = f"/people/{office.section_head.pk}/deputy/"
    assert head.post(address, give).status_code == 422
    assert head.post(address, {**give, "reason": "出張"}).status_code == 302
    row = Deputy.objects.get()
    page = main(head.get(f"/people/{office.section_head.pk}/"))
    assert "観光 次郎さんが代理" in page
    head.post(f"/deputies/{row.pk}/end/", {"last_day": "2022-06-15", "stamp": row.stamp})
    row.refresh_from_db()
    assert row.last_day == date(2022, 6, 15)
    elsewhere = head.post(f"/people/{office.planner.pk}/deputy/", {**give, "reason": "出張"})
    assert elsewhere.status_code == 403
    assert Deputy.objects.count() == 1


def test_サインインを助ける(office: Town) -> None:
    client = signed(office.admin)
    address = f"/people/{office.officer.pk}/"
    Authenticator.objects.create(user=office.officer, type="totp", data={"secret": "x"})
    assert "二段階の確認を外す" in main(client.get(address))
    client.post(f"{address}factor/")
    assert not Authenticator.objects.exists()
    shown = client.post(f"{address}password/")
    assert Person.objects.get(pk=office.officer.pk).check_password(shown.context["added"].password)
    assert "no-store" in shown["Cache-Control"]


def test_退職して戻り氏名は保存期間まで消せない(office: Town) -> None:
    client = signed(office.admin)
    address = f"/people/{office.other.pk}/"
    client.post(f"{address}change/", {"name": "観光 二郎", "joins_on": "2020-04-01"})
    client.post(f"{address}leave/", {"on": "2022-05-31"})
    page = main(client.get(address))
    assert "観光 二郎" in page
    assert "令和10年3月31日（金）まで保存します。" in page
    kept = client.post(f"{address}forget/")
    assert kept.status_code == 422
    assert "E446" in main(kept)
    client.post(f"{address}return/")
    assert Person.objects.get(pk=office.other.pk).is_active


def test_自分の管理者の役割は画面からも外せない(office: Town) -> None:
    client = signed(office.admin)
    refused = client.post(f"/people/{office.admin.pk}/leave/", {"on": "2022-06-15"})
    assert refused.status_code == 422
    assert "E441" in main(refused)


def test_自分の画面はだれでも見られるが人の画面は限られる(office: Town) -> None:
    officer = signed(office.officer)
    page = main(officer.get(f"/people/{office.officer.pk}/"))
    assert "変更する" not in page
    assert officer.get(f"/people/{office.other.pk}/").status_code == 403
    assert officer.get("/people/").status_code == 403
    assert officer.post(f"/people/{office.officer.pk}/assign/").status_code == 403
    assert signed(office.auditor).get(f"/people/{office.other.pk}/").status_code == 200
    assert signed(office.admin).get("/people/0/").status_code == 404
    assert signed(office.admin).post(f"/people/{office.other.pk}/sell/").status_code == 404


def test_その人が最近したことが証跡から並ぶ(office: Town) -> None:
    client = signed(office.admin)
    client.post(f"/people/{office.other.pk}/change/", {"name": "観光", "joins_on": "2020-04-01"})
    page = main(client.get(f"/people/{office.admin.pk}/"))
    assert "利用者の訂正" in page
    assert "最近したこと" in page
    head = main(signed(office.section_head).get(f"/people/{office.admin.pk}/"))
    assert "最近したこと" not in head


def test_ほかの団体の人は見えない(office: Town) -> None:
    stranger = Person.objects.create(
        body="990002", login="x", name="他市 花子", joins_on=date(2020, 4, 1)
    )
    client = signed(office.admin)
    assert client.get(f"/people/{stranger.pk}/").status_code == 404
    assert "他市" not in main(client.get("/people/"))
    assert client.post(f"/people/{stranger.pk}/password/").status_code in {404, 409, 422}
    assert not Person.objects.get(pk=stranger.pk).must_change_password


def test_問い合わせは25以内(office: Town, django_assert_max_num_queries) -> None:
    client = signed(office.admin)
    for path in ("/people/", "/people/add/", f"/people/{office.section_head.pk}/"):
        with django_assert_max_num_queries(25):
            assert client.get(path).status_code == 200


def test_異動の画面は名簿の書き方を例で示し_例のとおりに書けば読み取れる(office: Town) -> None:
    client = signed(office.admin)
    page = client.get("/people/transfer/")
    assert "名簿の書き方" in main(page)
    assert "担当者、担当課長" in main(page)
    example = page.context["example"]
    lines = [example.heads, *([cell for _, cell in row] for row in example.rows)]
    roster = "\n".join("\t".join(line) for line in lines).replace("農政課", "ものづくり推進課").replace("suzuki", "kanko")  # fmt: skip
    seen = client.post("/people/transfer/", {"on": "2023-04-01", "text": roster})
    assert [row.problems for row in seen.context["rows"]] == [(), ()]
    assert "名簿を直す" in main(seen)
    assert "この内容で登録する" in main(seen)
    assert "名簿の書き方" not in main(seen)


def test_二人の管理者が同じ人の記載を直しても互いに消さない(office: Town) -> None:
    first, second = signed(office.admin), signed(office.admin)
    where = f"/people/{office.other.pk}/"
    begun = filled(first.get(where), "joins_on")
    slip = first.post(f"{where}change/", begun | {"joins_on": "04/03/2026"})
    assert slip.status_code == 422
    assert filled(slip, "joins_on")["seen"] == begun["seen"]
    sent = filled(
        second.get(where), "joins_on", reading="かんこう じろう", email="kanko@example.jp"
    )
    assert second.post(f"{where}change/", sent).status_code == 302
    stale = first.post(f"{where}change/", begun | {"name": "観光 次朗"})
    assert stale.status_code == 422
    words = main(stale)
    assert "E402" in words
    assert "管理 者男さんが" in words
    assert "kanko@example.jp" in words
    assert Person.objects.get(pk=office.other.pk).email == "kanko@example.jp"
    decided = filled(stale, "joins_on", reading="かんこう じろう", email="kanko@example.jp")
    assert first.post(f"{where}change/", decided).status_code == 302
    now = Person.objects.get(pk=office.other.pk)
    assert (now.name, now.reading, now.email) == (
        "観光 次朗",
        "かんこう じろう",
        "kanko@example.jp",
    )


def test_氏名を消した人の画面は記載の変更を出さず_送っても断る(office: Town) -> None:
    Person.objects.filter(pk=office.other.pk).update(leaves_on=date(2015, 3, 31), is_active=False)
    client, address = signed(office.admin), f"/people/{office.other.pk}/"
    assert f"{address}change/" in main(client.get(address))
    assert client.post(f"{address}forget/").status_code == 302
    page = main(client.get(address))
    for way in ("change/", "return/", "leave/", "password/"):
        assert address + way not in page
        refused = client.post(address + way, {"name": "観光 次郎", "login": "kanko", "joins_on": "2014-04-01", "on": "2015-03-31"})  # fmt: skip
        assert (refused.status_code, "E474" in refused.content.decode()) == (422, True), way
    assert Person.objects.get(pk=office.other.pk).name == f"退職者 {office.other.pk}"

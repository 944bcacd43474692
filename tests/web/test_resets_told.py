"""再設定の知らせ. Who resets a password or a second factor could sign in as its owner: owner and head of planning are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bookroom import Town, town
from deskclient import client, text
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.offices.actions.accounts import signed_in
from sosei.offices.actions.people import renew_password, reset_second_factor
from sosei.offices.models import Person
from sosei.offices.queries.resets import resets_for

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
NEW = "あたらしい合言葉は長くする2022"


@pytest.fixture
def office():
    with clock.at(JUNE):
        yield town()


@contextmanager
def later(days: int) -> Iterator[None]:
    with clock.at(JUNE + timedelta(days=days)):
        yield


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def home(who: Person) -> str:
    return text(client(fresh(who)).get("/"))


def came(who: Person, days: int) -> None:
    """Sign in so many days after the reset."""
    with later(days):
        signed_in(by=who, ways=("password",))


def test_仮パスワードは最初に変え_そのあとの家で知らされる(office: Town, client) -> None:
    added = renew_password(by=office.admin, person=office.planning_head.pk)
    said = {"login": "kikaku-kacho", "password": added.password}
    assert client.post("/accounts/login/", said).status_code == 302
    assert client.get("/")["Location"] == "/accounts/password/change/"
    fields = {"oldpassword": added.password, "password1": NEW, "password2": NEW}
    client.post("/accounts/password/change/", fields)
    page = text(client.get("/"))
    assert "6月15日（水）に管理 者男さんがあなたのパスワードを再設定しました" in page
    assert "企画課長か上司に知らせてください" in page
    assert "あなたのパスワード" in text(client.get("/")), "読んでも消えない"


def test_英語でも知らせる(office: Town) -> None:
    reset_second_factor(by=office.admin, person=office.officer.pk)
    reader = client(fresh(office.officer))
    reader.cookies["django_language"] = "en"
    assert "管理 者男 took your second factor away on" in text(reader.get("/"))


def test_プログラムがした再設定はさん付けにしない(office: Town) -> None:
    for who in (office.planning_head, office.planner):
        told = {
            "subject": f"offices.person:{who.pk}", "facts": {"person": who.pk, "approving": True},
        }  # fmt: skip
        with act("person.factor", body=office.admin.body, by=None, always=True, **told):
            pass
    page = home(office.planning_head)
    assert "Soseiがあなたの二段階の確認を外しました" in page
    assert "Soseiが企画 花子さんの二段階の確認を外しました" in page
    assert "Soseiさん" not in page


def test_確認や決裁のできる人のことは企画課長にも知らせる(office: Town) -> None:
    for who in (office.section_head, office.planner, office.officer):
        reset_second_factor(by=office.admin, person=who.pk)
    page = home(office.planning_head)
    assert "管理 者男さんが物作 課長さんの二段階の確認を外しました" in page
    assert "管理 者男さんが企画 花子さんの二段階の確認を外しました" in page
    assert "物作 太郎" not in page
    seq = Entry.objects.get(verb="person.factor", subject=f"offices.person:{office.planner.pk}").seq
    assert f'href="/journal/{seq}/"' in client(office.planning_head).get("/").content.decode()
    assert "確認や決裁のできる人 はい" in text(client(office.planning_head).get(f"/journal/{seq}/"))
    for other in (office.other, office.auditor, office.admin):
        assert "二段階の確認を外しました" not in home(other)


def test_自分でした再設定は自分には知らせない(office: Town) -> None:
    reset_second_factor(by=office.admin, person=office.admin.pk)
    assert resets_for(fresh(office.admin)).own == ()
    assert len(resets_for(fresh(office.planning_head)).others) == 1


def test_次にサインインするまで何か月でも残り_それから十四日で消える(office: Town) -> None:
    came(office.officer, -1)
    renew_password(by=office.admin, person=office.officer.pk)
    with later(90):
        assert len(resets_for(office.officer).own) == 1
    came(office.officer, 90)
    with later(103):
        assert len(resets_for(office.officer).own) == 1
    with later(105):
        assert resets_for(office.officer).own == ()


def test_企画課長には三十日のあいだ知らせる(office: Town) -> None:
    renew_password(by=office.admin, person=office.section_head.pk)
    with later(29):
        assert len(resets_for(office.planning_head).others) == 1
    with later(31):
        assert resets_for(office.planning_head).others == ()


def test_ほかの団体のことは知らせない(office: Town) -> None:
    renew_password(by=office.admin, person=office.section_head.pk)
    Entry.objects.update(body="990002")
    assert resets_for(office.planning_head).others == ()
    assert resets_for(office.section_head).own == ()

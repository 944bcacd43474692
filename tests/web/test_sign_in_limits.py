"""サインインの失敗の限り. A name tried from many addresses, an address that tries many names; and what the time of a refusal tells."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import bookroom
import deskroom
from deskclient import client as signed
from deskclient import text
from sosei.core.errors import NotAllowed
from sosei.journal.models import Chain, Entry
from sosei.offices.actions import accounts
from sosei.offices.queries.lockouts import closed_addresses, closing_of, lockouts

pytestmark = pytest.mark.django_db
WRONG = "x" * 12


@pytest.fixture
def town(settings):
    settings.SOSEI_NAME_FAILURES, settings.SOSEI_ADDRESS_FAILURES = 7, 20
    town = bookroom.town()
    town.planner.set_password(deskroom.PASSWORD)
    town.planner.save()
    return town


def sign_in(client, login="kikaku", password=deskroom.PASSWORD, address="10.0.0.1"):
    said = {"login": login, "password": password}
    return client.post("/accounts/login/", said, REMOTE_ADDR=address)


def tried(login: str, address: str, failures: int, minutes: int = 0) -> None:
    """Failures of a name from an address, the last of them so many minutes ago."""
    made = AccessAttempt.objects.create(
        username=login, ip_address=address, user_agent=f"{minutes}", failures_since_start=failures
    )
    when = timezone.now() - timedelta(minutes=minutes)
    AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=when)


def test_一つのIDを多くの端末から試しても止まる(client, town):
    answers = [sign_in(client, password=WRONG, address=f"10.0.0.{n}") for n in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert "解除を頼んでください" in text(answers[-1])
    assert "だれのサインインも" not in text(answers[-1])
    assert sign_in(client, address="10.0.9.9").status_code == 429, "ほかの端末からも"
    assert sign_in(client, "kanko", WRONG, "10.0.9.9").status_code == 200, "ほかの人は止まらない"
    assert [one.login for one in lockouts(bookroom.BODY)] == ["kikaku"]
    accounts.lift_lockout(by=town.admin, person=town.planner.pk)
    assert sign_in(client, address="10.0.9.9").status_code == 302


def test_一つの端末から多くのIDを試しても止まる(client, town):
    answers = [sign_in(client, f"name{n}", WRONG) for n in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 19 + [429]
    assert "ここからは、だれのサインインも止めています" in text(answers[-1])
    assert sign_in(client).status_code == 429
    assert sign_in(client, address="10.0.0.2").status_code == 302, "ほかの端末からは入れる"


def test_自分のIDで入れても_ほかのIDを試した数は消えない(client, town):
    for n in range(19):
        sign_in(client, f"name{n}", WRONG)
    assert sign_in(client).status_code == 302
    client.post("/accounts/logout/", REMOTE_ADDR="10.0.0.1")
    assert sign_in(client, "name20", WRONG).status_code == 429


def test_入れば自分のその端末での失敗は消える(client, town):
    for _ in range(4):
        sign_in(client, password=WRONG)
    assert sign_in(client).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_古い失敗から順に数えなくなり_限りを下回れば開く(town):
    tried("kikaku", "10.0.0.1", 4, minutes=70)
    tried("kikaku", "10.0.0.2", 4, minutes=50)
    assert closing_of("kikaku", "10.0.0.3") is None, "一時間より前は数えない"
    tried("kikaku", "10.0.0.4", 4, minutes=20)
    closing = closing_of("KIKAKU ", "10.0.0.3")
    left = closing.until - timezone.now()
    assert not closing.wide
    assert timedelta(minutes=9) < left < timedelta(minutes=11)


def test_止まった端末は管理者の用件になり_解除できる(client, town):
    for n in range(20):
        tried(f"name{n}", "10.0.0.1", 1)
    admin = signed(town.admin)
    assert "だれも入れなくなった端末" in text(admin.get("/"))
    page = admin.get("/accounts/closed/").content.decode()
    assert "10.0.0.1" in page
    assert "止まっているサインインはありません" not in page
    answer = admin.post("/accounts/closed/address/lift/", {"address": "10.0.0.1"}, follow=True)
    assert "解除しました" in text(answer)
    assert closed_addresses() == ()
    line = Entry.objects.get(verb="account.unlock_address")
    assert (line.by, line.facts) == (town.admin.pk, {})
    assert "10.0.0.1" not in str(line.line()), "証跡に端末の番号は残らない"


def test_管理者でなければ端末の停止を解除できない(town):
    tried("name", "10.0.0.1", 20)
    with pytest.raises(NotAllowed):
        accounts.lift_address(by=town.planning_head, address="10.0.0.1")
    assert len(closed_addresses()) == 1


def test_空のアドレスではほかの停止は消えない(town):
    tried("name", "10.0.0.1", 20)
    accounts.lift_address(by=town.admin, address="")
    assert len(closed_addresses()) == 1


def writes(client, login: str) -> list[str]:
    """What a failed sign-in writes: the statement and its table."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert sign_in(client, login, WRONG).status_code == 200
    words = (query["sql"].split()[:3] for query in caught)
    return [" ".join(part) for part in words if part[0] in {"INSERT", "UPDATE"}]


def test_いないIDの断りも_いるIDと同じだけ書き_証跡には残らない(client, town):
    sign_in(client, "kanko", WRONG), sign_in(client, "nobody", WRONG)
    chain = Chain.objects.get()
    lines = Entry.objects.count()
    unknown = writes(client, "nobody")
    assert Entry.objects.count() == lines
    assert Chain.objects.get().head == chain.head
    known = writes(client, "kanko")
    assert Entry.objects.count() == lines + 1
    assert any("journal_entry" in one for one in known)
    assert unknown[: len(known)] == known


@pytest.mark.parametrize(
    "login", ["kikaku", "kanko", "nobody"], ids=["いる", "使えないパスワード", "いない"]
)
def test_いないIDでもパスワードを一度だけ計算する(client, town, login, monkeypatch):
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *said: counted.append(1) or encode(*said)
    )
    sign_in(client, login, WRONG)
    assert len(counted) == 1

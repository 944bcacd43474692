"""利用者IDの試験. Who gets in, who does not and why, what stands in the journal; without a browser."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import bookroom
import deskroom
from sosei.core.errors import NotAllowed
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.offices.actions import accounts
from sosei.offices.models import Assignment, Deputy
from sosei.offices.queries.lockouts import lockouts
from sosei.web.desk.refusals import WrongKey

pytestmark = pytest.mark.django_db
NEW = "あたらしい合言葉は長くする2022"


@pytest.fixture
def town():
    town = bookroom.town()
    for person in (town.planner, town.admin, town.officer):
        person.set_password(deskroom.PASSWORD)
        person.save()
    return town


@pytest.fixture(autouse=True)
def forgetful():
    """Nothing counted in one test reaches the next."""
    cache.clear()


def sign_in(client, login="kikaku", password=deskroom.PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password}, **more)


def enter(client, person):
    client.force_login(person, backend=deskroom.BACKEND)


def lines(verb):
    return list(Entry.objects.filter(verb=verb).order_by("seq"))


def test_利用者IDとパスワードでサインインし証跡に残る(client, town):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    (line,) = lines("account.sign_in")
    assert line.by == town.planner.pk
    assert line.facts == {"ways": ["password"]}
    client.post("/accounts/logout/")
    assert [one.by for one in lines("account.sign_out")] == [town.planner.pk]


def test_大文字でも同じ利用者IDとして扱う(client, town):
    assert sign_in(client, "KIKAKU ").status_code == 302


def test_パスワード違いは同じ文で断り証跡に残る(client, town):
    known, unknown = (
        sign_in(client, password="x" * 12),
        sign_in(client, login="nobody", password="x" * 12),
    )
    said = "利用者IDかパスワードが違います。"
    assert said in known.content.decode()
    assert said in unknown.content.decode()
    (line,) = lines("account.refused")
    assert line.facts == {"way": "password", "locked": False}
    assert line.subject == f"offices.person:{town.planner.pk}"
    assert line.by is None


def test_証跡に利用者IDも氏名も端末の番号も残らない(client, town):
    sign_in(client, password="x" * 12)
    sign_in(client)
    text = " ".join(
        str(entry.line()) for entry in Entry.objects.filter(verb__startswith="account.")
    )
    assert text
    assert not any(word in text for word in ("kikaku", "花子", "127.0.0.1", "x" * 12))


@pytest.mark.parametrize(("change", "shut"), [
    ({"is_active": False}, True),
    ({"joins_on": date(2022, 7, 1)}, True),
    ({"leaves_on": date(2022, 5, 31)}, True),
    ({"leaves_on": date(2022, 6, 1)}, False),
    ({"joins_on": date(2022, 6, 1)}, False),
])  # fmt: skip
def test_利用期間の外や停止中の人は入れない(client, town, change, shut):
    for name, value in change.items():
        setattr(town.planner, name, value)
    town.planner.save()
    with at(datetime(2022, 6, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))):
        answer = sign_in(client)
        signed_in = "_auth_user_id" in client.session
    assert signed_in is not shut
    assert answer["Location"] == ("/accounts/inactive/" if shut else "/")
    assert [line.facts["way"] for line in lines("account.refused")] == (
        ["not_valid"] if shut else []
    )


def test_サインイン中に利用期間が終われば次の操作から入れない(client, town):
    enter(client, town.planner)
    assert client.get("/accounts/password/change/").status_code == 200
    town.planner.leaves_on = date(2020, 4, 2)
    town.planner.save()
    assert client.get("/accounts/password/change/").status_code == 302


def test_五回続けて失敗すると止まりいつまでかと誰に頼むかを言う(client, town):
    answers = [sign_in(client, password="x" * 12) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    text = answers[-1].content.decode()
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(hours=1))
    assert f"{until.month}月{until.day}日 {until.hour}時{until.minute:02d}分" in text
    assert "システム管理者に解除を頼んでください" in text
    assert sign_in(client).status_code == 429
    assert [line.facts["locked"] for line in lines("account.refused")] == [False] * 4 + [True]


def test_止まっている間に試しても待つ時間は延びない(client, town):
    for _ in range(5):
        sign_in(client, password="x" * 12)
    before = lockouts(bookroom.BODY)
    sign_in(client, password="y" * 12)
    assert lockouts(bookroom.BODY) == before
    assert [one.login for one in before] == ["kikaku"]


def test_書き方を変えても別の人とは数えない(client, town):
    for login in ("kikaku", "KIKAKU", " kikaku", "Kikaku ", "kiKaku"):
        last = sign_in(client, login, "x" * 12)
    assert last.status_code == 429


def test_管理者が停止を解除できる(client, town):
    for _ in range(5):
        sign_in(client, password="x" * 12)
    enter(client, town.admin)
    page = client.get("/accounts/closed/")
    assert "企画 花子" in page.content.decode()
    answer = client.post(f"/accounts/closed/{town.planner.pk}/lift/", follow=True)
    assert "サインインの停止を解除しました" in answer.content.decode()
    assert lockouts(bookroom.BODY) == ()
    (line,) = lines("account.unlock")
    assert (line.by, line.subject) == (town.admin.pk, f"offices.person:{town.planner.pk}")
    client.logout()
    assert sign_in(client).status_code == 302


def test_管理者でなければ停止を見ることも解除もできない(client, town):
    enter(client, town.planner)
    assert client.get("/accounts/closed/").status_code == 403
    assert client.post(f"/accounts/closed/{town.planner.pk}/lift/").status_code == 403
    with pytest.raises(NotAllowed):
        accounts.lift_lockout(by=town.planner, person=town.planner.pk)
    assert lines("account.unlock") == []


def test_いない人の停止の解除は見つからないと言う(client, town):
    enter(client, town.admin)
    assert client.post("/accounts/closed/99999/lift/").status_code == 404


def test_確認コードの失敗も同じ数に入る(client, town):
    factor(town.planner)
    sign_in(client)
    answers = [client.post("/accounts/2fa/authenticate/", {"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert [line.facts["way"] for line in lines("account.refused")] == ["code"] * 5
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert "_auth_user_id" not in client.session


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def factor(person, secret=SECRET):
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )


def code_of(secret):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_確認コードは全角でも空白入りでも分かる(client, town):
    factor(town.planner)
    sign_in(client)
    digits = code_of(SECRET).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    answer = client.post("/accounts/2fa/authenticate/", {"code": f"{digits[:3]} {digits[3:]}"})
    assert answer["Location"] == "/"
    assert lines("account.sign_in")[0].facts == {"ways": ["password", "totp"]}


def test_同じ確認コードは二度使えない(client, town):
    factor(town.planner)
    code = code_of(SECRET)
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_二段階の秘密は読めない形でしまう(town, settings):
    kept = factor(town.planner).data["secret"]
    assert SECRET not in kept
    assert get_adapter().decrypt(kept) == SECRET
    settings.SOSEI_CIPHER_KEYS = [b"k" * 32, *settings.SOSEI_CIPHER_KEYS]
    assert get_adapter().decrypt(kept) == SECRET
    settings.SOSEI_CIPHER_KEYS = [b"k" * 32]
    with pytest.raises(WrongKey):
        get_adapter().decrypt(kept)


def test_自分でパスワードを変えると証跡に残る(client, town):
    enter(client, town.planner)
    fields = {"oldpassword": deskroom.PASSWORD, "password1": NEW, "password2": NEW}
    answer = client.post("/accounts/password/change/", fields, follow=True)
    assert "パスワードを変更しました" in answer.content.decode()
    assert [line.by for line in lines("account.password")] == [town.planner.pk]
    town.planner.refresh_from_db()
    assert town.planner.check_password(NEW)


@pytest.mark.parametrize(("new", "said"), [
    (deskroom.PASSWORD, "いまと同じパスワードです"),
    ("短い", "12"),
    ("123456789012345", "数字"),
])  # fmt: skip
def test_弱いパスワードは理由を言って断る(client, town, new, said):
    enter(client, town.planner)
    fields = {"oldpassword": deskroom.PASSWORD, "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", fields)
    assert said in answer.content.decode()
    assert lines("account.password") == []


def test_最初のパスワードを変えるまでほかの画面は開かない(client, town):
    town.planner.must_change_password = True
    town.planner.save()
    answer = sign_in(client)
    assert client.get(answer["Location"])["Location"] == "/accounts/password/change/"
    assert client.get("/accounts/2fa/")["Location"] == "/accounts/password/change/"
    page = client.get("/accounts/password/change/").content.decode()
    assert "自分だけが知っているものに変えてください" in page
    fields = {"oldpassword": deskroom.PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/accounts/password/change/", fields)
    assert client.get("/accounts/2fa/").status_code == 200


def test_変える前でもサインアウトと言葉の切替えはできる(client, town):
    town.planner.must_change_password = True
    town.planner.save()
    enter(client, town.planner)
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("role", "needed"), [
    ("planner", True), ("planning_head", True), ("admin", True), ("officer", False), ("auditor", False), ("expert", False),
])  # fmt: skip
def test_設定すれば役割によって二段階を求める(client, town, settings, role, needed):
    settings.SOSEI_SECOND_FACTOR = "roles"
    person = getattr(town, role)
    enter(client, person)
    answer = client.get("/accounts/closed/")
    assert (answer.get("Location") == "/accounts/2fa/") is needed
    if needed:
        assert "二段階の確認が必要です" in client.get("/accounts/2fa/").content.decode()
        factor(person)
        assert client.get("/accounts/closed/").status_code in {200, 403}


def test_求めない設定なら二段階なしで使える(client, town):
    enter(client, town.admin)
    assert client.get("/accounts/closed/").status_code == 200


def test_代理で持つ役割も二段階を求める(client, town, settings):
    from sosei.journal.acts import act

    settings.SOSEI_SECOND_FACTOR = "roles"
    with act("test.deputy", body=bookroom.BODY, by=None) as w:
        w.add(
            Deputy(
                person=town.planning_head,
                deputy=town.auditor,
                first_day=date(2020, 4, 1),
                last_day=date(2099, 3, 31),
                reason="出張",
            )
        )
    enter(client, town.auditor)
    assert client.get("/accounts/closed/")["Location"] == "/accounts/2fa/"


def test_役割が求める間は認証アプリを外せない(client, town, settings):
    settings.SOSEI_SECOND_FACTOR = "roles"
    kept = factor(town.admin)
    assert not get_adapter().can_delete_authenticator(kept)
    settings.SOSEI_SECOND_FACTOR = "off"
    assert get_adapter().can_delete_authenticator(kept)


def test_二段階の変更は証跡に残る(client, town, django_capture_on_commit_callbacks):
    sign_in(client)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": deskroom.PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    assert [line.facts["change"] for line in lines("account.factor")] == ["totp_activated"]
    client.post("/accounts/2fa/totp/deactivate/")
    assert [line.facts["change"] for line in lines("account.factor")] == [
        "totp_activated",
        "totp_deactivated",
    ]


def test_自分で登録する道とメールの道はない(client, town):
    assert client.post("/accounts/signup/", {"username": "x"}).status_code == 405
    assert "管理者に頼んでください" in client.get("/accounts/signup/").content.decode()
    assert "発行を頼んでください" in client.get("/accounts/password/reset/").content.decode()
    for name in (
        "account_email",
        "account_confirm_email",
        "account_reset_password_done",
        "account_request_login_code",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=["x"] if name == "account_confirm_email" else [])
    assert client.get("/accounts/email/").status_code == 404
    assert mail.outbox == []


def test_サインインは八時間で終わる(client, town):
    sign_in(client)
    assert client.session.get_expiry_age() == 8 * 60 * 60
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_サインアウトすると控えを消させる(client, town):
    enter(client, town.planner)
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'


def test_ほかのホストへは送り返さない(client, town):
    answer = sign_in(client, QUERY_STRING="next=https://example.com/")
    assert answer["Location"] == "/"


def test_配属のない人も入れて役割なしと扱う(client, town):
    Assignment.objects.filter(person=town.officer).update(last_day=date(2020, 4, 2))
    sign_in(client, "mono")
    assert client.get("/accounts/2fa/").status_code == 200

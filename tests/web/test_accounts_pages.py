"""利用者IDの画面の検査. Every page of the accounts in a real browser: accessible, within its width, silent, with and without scripts."""

import re

import pytest
from axes.models import AccessAttempt

import bookroom
import deskroom

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(360, "light"), (1280, "dark")]


@pytest.fixture
def town():
    town = bookroom.town()
    for person in (town.planner, town.admin):
        person.set_password(deskroom.PASSWORD)
        person.save()
    return town


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "inactive/"])
@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
)
def test_サインインの前の画面は利用しやすい(desk, town, path, width, scheme):
    page = desk.page(width=width, scheme=scheme)
    page.goto(f"{desk.url}/accounts/{path}")
    deskroom.looked_at(page, f"account-{path.strip('/').replace('/', '-')}-{width}-{scheme}")
    assert desk.complaints == []


def sign_in(page, desk, login="kanri", password=deskroom.PASSWORD):
    page.goto(f"{desk.url}/accounts/login/")
    page.get_by_label("利用者ID").fill(login)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="サインイン", exact=True).click()


MINE = {
    "password-change": "password/change/",
    "factor": "2fa/",
    "logout": "logout/",
    "passkeys": "2fa/webauthn/",
    "closed": "closed/",
}


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
)
def test_自分の設定の画面は利用しやすい(desk, town, name, width, scheme):
    page = desk.page(town.admin, width=width, scheme=scheme)
    page.goto(f"{desk.url}/accounts/{MINE[name]}")
    deskroom.looked_at(page, f"account-{name}-{width}-{scheme}")
    assert desk.complaints == []
    page.locator("details.menu summary").click()
    deskroom.looked_at(page, f"account-{name}-menu-{width}-{scheme}")


def code_of(secret):
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("scripts", [True, False])
def test_認証アプリを登録して二段階でサインインできる(desk, town, scripts, settings):
    page = desk.page(scripts=scripts)
    sign_in(page, desk)
    page.goto(f"{desk.url}/accounts/2fa/")
    page.get_by_role("link", name="認証アプリを登録する").click()
    page.get_by_label("パスワード").fill(deskroom.PASSWORD)
    page.get_by_role("button", name="確かめる").click()
    assert page.locator("h1").inner_text() == "認証アプリの登録"
    if scripts:
        deskroom.looked_at(page, "totp-activate")
    page.get_by_label("確認コード").fill("000000")
    page.get_by_role("button", name="登録する").click()
    assert "確認コードが違います" in page.locator("#id_code_error").inner_text()
    if scripts:
        deskroom.looked_at(page, "totp-activate-refused")
    page.get_by_label("確認コード").fill(code_of(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="登録する").click()
    assert page.locator("h1").inner_text() == "予備コード"
    spare = page.locator(".codes code").first.inner_text()
    if scripts:
        deskroom.looked_at(page, "recovery-codes")
    page.goto(f"{desk.url}/accounts/logout/")
    page.get_by_role("button", name="サインアウトする").click()
    sign_in(page, desk)
    assert page.locator("h1").inner_text() == "二段階の確認"
    if scripts:
        deskroom.looked_at(page, "totp-ask")
    page.get_by_label("確認コード").fill(spare)
    page.get_by_role("button", name="サインイン", exact=True).click()
    assert "/accounts/" not in page.url
    page.goto(f"{desk.url}/accounts/2fa/")
    assert "残り9個" in page.inner_text("main")
    if scripts:
        deskroom.looked_at(page, "factor-set-up")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_止まったときの画面は利用しやすい(desk, town, settings, width, scheme):
    page = desk.page(width=width, scheme=scheme)
    for _ in range(5):
        sign_in(page, desk, "kikaku", "x" * 12)
    assert "サインインを止めています" in page.locator("h1").inner_text()
    deskroom.looked_at(page, f"locked-{width}-{scheme}")
    AccessAttempt.objects.create(
        username="x", ip_address="10.0.0.1", failures_since_start=settings.SOSEI_ADDRESS_FAILURES
    )
    page = desk.page(town.admin, width=width, scheme=scheme)
    page.goto(f"{desk.url}/accounts/closed/")
    assert page.get_by_role("button", name=re.compile("解除する.*企画 花子")).is_visible()
    assert page.get_by_role("button", name=re.compile(r"解除する.*10\.0\.0\.1")).is_visible()
    deskroom.looked_at(page, f"closed-list-{width}-{scheme}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_見つからない画面も利用しやすい(desk, town, width, scheme):
    page = desk.page(town.planner, width=width, scheme=scheme)
    page.goto(f"{desk.url}/nai/")
    deskroom.looked_at(page, f"error-404-{width}-{scheme}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_壊れたときの画面は問合せなしで出て利用しやすい(desk, town, settings, width, scheme):
    settings.ROOT_URLCONF = "test_security"
    page = desk.page(town.planner, width=width, scheme=scheme)
    page.goto(f"{desk.url}/raise/broken/")
    assert "E900" in page.inner_text("main")
    deskroom.looked_at(page, f"error-500-{width}-{scheme}")


def authenticator(page):
    """Put a passkey device, as those built into a notebook, into the browser."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
        "authenticatorId"
    ]


def test_パスキーを登録してパスキーだけでサインインできる(desk, town):
    page = desk.page()
    cdp, device = authenticator(page)
    sign_in(page, desk)
    page.goto(f"{desk.url}/accounts/2fa/webauthn/add/")
    page.get_by_label("パスワード").fill(deskroom.PASSWORD)
    page.get_by_role("button", name="確かめる").click()
    deskroom.looked_at(page, "passkey-add")
    page.get_by_label("名前").fill("机のノートパソコン")
    page.get_by_label("このパスキーだけでサインインする").check()
    page.get_by_role("button", name="登録する").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    assert len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    page.goto(f"{desk.url}/accounts/2fa/webauthn/")
    assert "机のノートパソコン" in page.inner_text("main")
    deskroom.looked_at(page, "passkey-list")
    page.goto(f"{desk.url}/accounts/logout/")
    page.get_by_role("button", name="サインアウトする").click()
    page.goto(f"{desk.url}/accounts/login/")
    page.get_by_role("button", name="パスキーを使う").click()
    page.wait_for_url(f"{desk.url}/")
    page.goto(f"{desk.url}/accounts/2fa/")
    assert "管理 者男" in page.inner_text("header")
    assert not [said for said in desk.complaints if "Content Security" in said]


def test_パスキーで確かめられないときは分かる言葉で言う(desk, town):
    page = desk.page()
    cdp, device = authenticator(page)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{desk.url}/accounts/login/")
    page.get_by_role("button", name="パスキーを使う").click()
    page.get_by_text("パスキーで確認できませんでした").wait_for()


def test_命令が動かないブラウザーではパスキーの道を出さない(desk, town):
    page = desk.page(scripts=False)
    page.goto(f"{desk.url}/accounts/login/")
    assert not page.get_by_role("button", name="パスキーを使う").is_visible()
    sign_in(page, desk)
    assert "/accounts/" not in page.url

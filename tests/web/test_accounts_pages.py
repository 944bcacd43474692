"""利用者IDの画面の検査. Every page of the accounts in a real browser: accessible, within its width, silent, with and without scripts."""

import bookroom
import deskroom
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(360, "light"), (1280, "dark")]


@pytest.fixture(scope="module")
def browser():
    with deskroom.chromium() as browser:
        yield browser


@pytest.fixture
def desk(browser, live_server):
    desk = deskroom.Desk(browser, live_server)
    yield desk
    desk.close()


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
    secret = page.locator("code.secret").inner_text()
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

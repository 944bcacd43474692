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
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_サインインの前の画面は利用しやすい(desk, town, path, width, scheme):
    page = desk.page(width=width, scheme=scheme)
    page.goto(f"{desk.url}/accounts/{path}")
    deskroom.looked_at(page, f"account-{path.strip('/').replace('/', '-')}-{width}-{scheme}")
    assert desk.complaints == []

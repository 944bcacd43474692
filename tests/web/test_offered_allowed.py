"""見せる釦と押せる釦. What a page offers to a role, a link or a button, that role may also use: nobody is led to a refusal."""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.urls import resolve
from django.urls.exceptions import Resolver404

from permissiontable import address, rows, sent, standing
from permissionworld import JUNE, ROLES
from sosei.journal import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.alike]
SIGNED_IN = [role for role in ROLES if role not in {"anonymous", "leaver"}]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, once; nothing of it stays."""
    with standing(django_db_blocker) as made:
        yield made


class Offers(HTMLParser):
    """Collects where a page's links lead, and what its forms send where."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.form = path, set(), None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and (said.get("href") or "").startswith("/"):
            self.found.add(("GET", said["href"].partition("#")[0]))
        if tag == "form" and (said.get("method") or "get").lower() == "post":
            self.form = (said.get("action") or self.path).partition("?")[0]
        if tag == "button" and self.form and said.get("type") != "button":
            self.found.add(("POST", self.form))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


def test_集めるものには釦も鎖もある():
    offers = Offers("/x/")
    offers.feed('<a href="/a/#b">1</a><form method="post"><button>2</button></form><form><button>3</button></form>')  # fmt: skip
    assert offers.found == {("GET", "/a/"), ("POST", "/x/")}


def told(response) -> str:
    """All that came."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="ignore")


def denied(response) -> bool:
    """Whether it is refused for want of a role."""
    return response.status_code == 403 or "（E401）" in told(response)


def opened(client, path: str) -> tuple[set[tuple[str, str]], bool]:
    """What a page offers, nothing where it does not open; and whether it is refused for want of a role."""
    with clock.at(JUNE):
        response = client.get(path)
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return set(), denied(response)
    page = Offers(path.partition("?")[0])
    page.feed(told(response))
    return page.found, denied(response)


def refused(client, method: str, path: str, things: dict[str, int]) -> bool:
    """Whether using an offer is refused for want of a role; everything is left as it was."""
    try:
        name = resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return False
    with clock.at(JUNE), transaction.atomic():
        if method == "GET":
            no = denied(client.get(path))
        else:
            no = denied(client.post(path, sent({"page": name}, things)))
        transaction.set_rollback(True)
    return no


@pytest.mark.parametrize("role", SIGNED_IN)
def test_役割に見せる釦と鎖は_その役割に許されている(made, role: str) -> None:
    found, clients = made
    who, client = found.people[role], clients[role]
    seen: dict[tuple[str, str], str] = {}
    known: dict[tuple[str, str], bool] = {}  # a page that was opened need not be opened again
    for path in dict.fromkeys(address(row, found.things, who.pk) for row in rows() if row["method"] == "GET"):  # fmt: skip
        if path.startswith("/accounts/"):
            continue
        offers, known["GET", path] = opened(client, path)
        for offer in offers:
            seen.setdefault(offer, path)
    assert len(seen) > 10
    wrong = {
        f"{method} {to}": f"on {at}"
        for (method, to), at in seen.items()
        if not to.startswith("/accounts/logout")
        and (
            known[method, to]
            if (method, to) in known
            else refused(client, method, to, found.things)
        )
    }
    assert not wrong, "\n".join(map(str, wrong.items()))

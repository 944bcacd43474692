"""権限の表. Every page × every role, as `matrix.tsv` says; a page that is not in the table fails the test.

A row: the page's url name, the method, what it is about (its arguments: a name of `permissionworld`, or as it stands),
then for each role what comes: 200, 302 (elsewhere; `in`: to sign in), 403, 404, 409; `ok`: not refused for want of a
role (what is sent is hardly ever complete, so 200, 302, 400, 409 or 422 may come); `no`: refused within the page (E401).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from deskroom import BACKEND
from permissionworld import JUNE, ROLES, world
from sosei.journal import clock

pytestmark = (
    pytest.mark.django_db
)  # each test within the world's transaction, of which nothing stays
TABLE = Path(__file__).with_name("matrix.tsv")
_OK = frozenset({200, 302, 400, 409, 422})
#: What is sent where a role is asked for only when the form is understood.
DATA = {
    "desk:volume_step": {"move": "ask_experts"},
    "desk:signoff_move": {"move": "accept", "entries": "own"},
    "desk:opinion": {"response": "承った"},
    "desk:opinion_done": {"done_note": "済んだ", "done_on": "2022-06-15"},
    "desk:inquiry_extend": {"due_on": "2022-07-10"},
    "desk:inquiry_reopen": {"due_on": "2022-07-10"},
    "desk:deputy_end": {"last_day": "2022-07-01"},
    "desk:person_do": {
        "deputy": "other_officer",
        "first_day": "2022-06-15",
        "last_day": "2022-06-17",
        "reason": "出張",
    },
}


def rows() -> list[dict[str, str]]:
    """The table's rows."""
    head, *lines = [
        line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    names = head.split("\t")
    assert names == ["page", "method", "about", *ROLES]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def pages(resolver=None, space: str = "") -> Iterator[str]:
    """Yield the name of every page that has an address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern, inner)
        else:
            yield f"{space}{pattern.name}"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, once; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = world()
        clients = {role: _client(who) for role, who in found.people.items()}
        yield found, clients
        transaction.set_rollback(True)


def _client(who) -> Client:
    client = Client(raise_request_exception=True)
    if who is not None:
        client.force_login(who, backend=BACKEND)
    return client


def address(row: dict[str, str], things: dict[str, int], me: int) -> str:
    """Return a row's address."""
    said = dict(pair.split("=") for pair in row["about"].split())
    known = {**things, "myself": me}
    return reverse(row["page"], kwargs={k: known.get(v, v) for k, v in said.items()})


def sent(row: dict[str, str], things: dict[str, int]) -> dict[str, object]:
    """Return what a row's request sends."""
    if row["page"] == "desk:inquiry_answers":
        return {"files": SimpleUploadedFile("x.xlsx", b"no workbook")}
    return {k: things.get(v, v) for k, v in DATA.get(row["page"], {}).items()}


def seen(client: Client, row: dict[str, str], path: str, things: dict[str, int]) -> str:
    """Return what comes, and leave everything as it was."""
    with clock.at(JUNE), transaction.atomic():
        if row["method"] == "GET":
            response = client.get(path)
        else:
            response = client.post(path, sent(row, things))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "in"
    if response.status_code in (200, 422) and "（E401）" in body.decode(errors="ignore"):
        return "no"
    return str(response.status_code)


@pytest.mark.parametrize(
    "row", rows(), ids=lambda row: f"{row['method']} {row['page']} {row['about']}"
)
def test_どの役割にも表のとおりの答えが返る(made, row: dict[str, str]) -> None:
    found, clients = made
    wrong = {}
    for role in ROLES:
        who = found.people[role]
        path = address(row, found.things, who.pk if who else 0)
        status = seen(clients[role], row, path, found.things)
        expected = row[role]
        fits = status.isdecimal() and int(status) in _OK if expected == "ok" else status == expected
        if not fits:
            wrong[role] = f"{status}, not {expected}"
    assert not wrong


def test_どの画面も表にある() -> None:
    missing = sorted(set(pages()) - {row["page"] for row in rows()})
    assert not missing, (
        "add a row for each to tests/web/matrix.tsv (page, GET or POST, its arguments as "
        "name=thing of tests/permissionworld.py, then what each role gets: 200, 302, 403, 404, ok): "
        f"{missing}"
    )


def test_表にあるのはある画面だけ() -> None:
    assert not sorted({row["page"] for row in rows()} - set(pages()))


def test_退職した人とサインインしていない人にはどの画面も開かない() -> None:
    open_to_all = {
        row["page"] for row in rows() if row["anonymous"] != "in" or row["leaver"] != "in"
    }
    assert open_to_all <= {
        "healthz", "set_language", "account_login", "account_inactive", "account_signup",
        "account_reset_password", "account_set_password", "mfa_login_webauthn",
    }  # fmt: skip

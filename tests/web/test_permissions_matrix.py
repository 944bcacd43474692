"""権限の表. Every page × every role, as `matrix.tsv` says; a page that is not in the table fails the test.

A row: the page's url name, the method, what it is about (its arguments: a name of `permissionworld`, or as it stands),
then for each role what comes: 200, 302 (elsewhere; `in`: to sign in), 403, 404, 409; `ok`: it is done, and stands in the
journal; `no`: refused within the page (E401); another code (E421): refused for where things stand, whoever asks.
What is sent is complete (`permissiontable.DATA`): a role that is asked for in the act alone is asked for here, too.
"""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from permissiontable import address, form_of, pages, rows, sent, standing
from permissionworld import JUNE, ROLES
from sosei.journal import clock
from sosei.journal.models import Entry

pytestmark = (
    pytest.mark.django_db
)  # each test within the world's transaction, of which nothing stays
_DONE = frozenset({200, 302})
_CODE = re.compile(r"\b(E[1-9][0-9]{2})\b")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, once; nothing of it stays."""
    with standing(django_db_blocker) as made:
        yield made


def seen(client: Client, row: dict[str, str], path: str, things: dict[str, int]) -> str:
    """Return what comes, and leave everything as it was."""
    with clock.at(JUNE), transaction.atomic():
        if row["method"] == "GET":
            response, lines = client.get(path), 0
        else:
            form, before = form_of(client, path), Entry.objects.count()
            response = client.post(path, form | sent(row, things))
            lines = Entry.objects.count() - before
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "in"
    if response.status_code in _DONE and lines:
        return "ok"
    main = body.decode(errors="ignore").partition("<main")[2] if row["method"] == "POST" else ""
    codes = _CODE.findall(main)
    if response.status_code in (200, 409, 422) and codes:
        return "no" if "E401" in codes else codes[0]
    return str(response.status_code)


def asked_as(row: dict[str, str]) -> list[str]:
    """The roles that a row is asked as: every one; on another database than SQLite one for each answer of the row.

    Whose role allows what is said by the program alone; what a page asks and writes is done on every database.
    """
    if connection.vendor == "sqlite":
        return list(ROLES)
    return list({row[role]: role for role in reversed(ROLES)}.values())


def test_よその台帳でもどの答えも一度は試す() -> None:
    for row in rows():
        assert {row[role] for role in asked_as(row)} == {row[role] for role in ROLES}


@pytest.mark.parametrize(
    "row", rows(), ids=lambda row: f"{row['method']} {row['page']} {row['about']}"
)
def test_どの役割にも表のとおりの答えが返る(made, row: dict[str, str]) -> None:
    found, clients = made
    wrong = {}
    for role in asked_as(row):
        who = found.people[role]
        path = address(row, found.things, who.pk if who else 0)
        status = seen(clients[role], row, path, found.things)
        expected = row[role]
        if status != expected:
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
        "account_reset_password", "account_set_password", "mfa_login_webauthn", "public:fill", "public:own",
    }  # fmt: skip

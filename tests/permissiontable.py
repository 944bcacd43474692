"""権限の表. The rows of `web/matrix.tsv`: where each leads, what is sent there, and by whom it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from deskroom import BACKEND
from permissionworld import ROLES, World, world

TABLE = Path(__file__).with_name("web") / "matrix.tsv"
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


def client_of(who) -> Client:
    """Return a client signed in as somebody; as nobody where there is none."""
    client = Client(raise_request_exception=True)
    if who is not None:
        client.force_login(who, backend=BACKEND)
    return client


@contextmanager
def standing(blocker) -> Iterator[tuple[World, dict[str, Client]]]:
    """Make the world and a client for each role; nothing of it stays."""
    with blocker.unblock(), transaction.atomic():
        found = world()
        yield found, {role: client_of(who) for role, who in found.people.items()}
        transaction.set_rollback(True)


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

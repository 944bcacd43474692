"""点検の間. While the house looks at the book, others go on writing: what it says is true of one moment. On PostgreSQL."""

import threading
from datetime import date

import pytest
from django.db import connections

from bookroom import BODY, town
from overlap import needs_two_writers
from sosei.house import blobs
from sosei.house.verifying import whole
from sosei.journal import verify as verifying
from sosei.journal.acts import act
from sosei.ledger.actions.documents import keep
from sosei.offices.models import Department

pytestmark = [needs_two_writers, pytest.mark.django_db(transaction=True)]


def write(number: int) -> None:
    """A file and a department come in, on a connection of its own."""
    with act("test.upload", body=BODY, by=None) as w:
        keep(w, f"{number}.xlsx", b"content %d" % number, "xlsx", "import")
        w.add(Department(code=f"X{number}", name="新しい課", first_day=date(2022, 4, 1)))
    connections.close_all()


def after_each(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[int]:
    """Let somebody write after each call of a function; return the list that the writings are noted in."""
    original, count = getattr(owner, name), []

    def meanwhile(*args: object) -> object:
        said = original(*args)
        found = list(said) if name == "_digests" else said
        count.append(len(count))
        thread = threading.Thread(target=write, args=(len(count),))
        thread.start()
        thread.join()
        return found

    monkeypatch.setattr(owner, name, meanwhile)
    return count


def test_点検の間に届いたファイルは失われたと言わない(monkeypatch: pytest.MonkeyPatch) -> None:
    town()
    write(0)
    count = after_each(monkeypatch, blobs, "_digests")
    assert list(blobs.problems()) == []
    assert count


def test_検証の間に書かれた行は合わないと言わない(monkeypatch: pytest.MonkeyPatch) -> None:
    town()
    count = after_each(monkeypatch, verifying, "walk")
    verdict = whole(None, [])
    assert count
    assert verdict.fine, verdict.problems
    assert not [one for one in verdict.unproven if one.code == "N03"]

"""更新のあとの検証. A later program has other columns and other names: what was sealed still fits, what was changed is found."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import models

from homes import copied, python
from sosei.journal.contents import kept, nothing, whole

BEFORE = """
import django; django.setup()
from django.db import connection
from sosei.house.ready import migrate
from sosei.journal.acts import act
from later.models import Thing
migrate()
with act("thing.add", body="990001", by=None) as w:
    people, firms, blank = (w.add(Thing(title=t, unit=u, parts=p)) for t, u, p in (("移住者", "人", [1]), ("企業", "社", []), ("白紙", None, [])))
with act("thing.change", body="990001", by=None) as w:
    w.change(people, title="移住した人")
    w.void(blank, reason="試し")
with connection.cursor() as cursor:
    for statement in __import__("sys").argv[1:]:
        cursor.execute(statement)
"""
AFTER = """
import django; django.setup()
import json, sys
from django.db import connection, transaction
from sosei.house.ready import migrate
from sosei.journal.history import history
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.journal.past import as_of
from sosei.journal.verify import verify
from later.models import Item
migrate()
found, tampered = verify(), []
for statement in sys.argv[1:]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        tampered.append([[p.code, p.facts.get("row")] for p in verify().problems])
        transaction.set_rollback(True)
first = Entry.objects.get(seq=1)
print(json.dumps({
    "problems": [[p.code, p.facts.get("row")] for p in found.problems], "tampered": tampered,
    "lines": [[e.verb, e.facts, len(e.rows)] for e in Entry.objects.order_by("seq")],
    "then": [[r.name, r.unit, r.parts, r.note] for r in as_of(Item.objects.order_by("pk"), first.at)],
    "now": [[r.name, r.unit, str(r.mass), r.stamp] for r in Item.objects.order_by("pk")],
    "steps": [[s.stamp, [c.new for c in s.changes][:1]] for s in history("990001", "later.thing", 1)],
}))
"""
pytestmark = pytest.mark.database  # through processes of its own
#: Where the tests run on PostgreSQL: a database of this test's own there.
APART = """
import sys, psycopg
from urllib.parse import urlsplit
name = urlsplit(sys.argv[2]).path[1:]
with psycopg.connect(sys.argv[1], autocommit=True) as server:
    server.execute(f'DROP DATABASE IF EXISTS "{name}"')
    if sys.argv[3:]:
        server.execute(f'CREATE DATABASE "{name}"')
"""
Book = Callable[..., dict[str, object]]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What names the database: nothing for a file, else an empty one on the server of the test run."""
    address = os.environ.get("SOSEI_DATABASE")
    if not address:
        yield {}
        return
    own = urlsplit(address)._replace(path=f"/later{os.getpid()}").geturl()
    made = python(tmp_path, APART, address, own, "make")
    assert made.returncode == 0, made.stderr
    yield {"SOSEI_DATABASE": own}
    python(tmp_path, APART, address, own)


@pytest.fixture
def begun(request: pytest.FixtureRequest, tmp_path: Path, elsewhere: dict[str, str]) -> Path:
    """A home whose book, where it is a file, has the tables that both programs have."""
    if elsewhere:
        return tmp_path
    return copied(request.getfixturevalue("empty_home"), tmp_path / "home")


@pytest.fixture
def updated(begun: Path, elsewhere: dict[str, str]) -> Book:
    """Write a book with the first program, update it with the second, and say what that finds."""

    def make(before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> dict[str, object]:
        more = {"DJANGO_SETTINGS_MODULE": "later.settings", **elsewhere}
        done = python(begun, BEFORE, *before, LATER="first", **more)
        assert done.returncode == 0, done.stderr
        done = python(begun, AFTER, *after, LATER="second", **more)
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found

    return make


def test_更新のあとも誰も触れていない台帳には誤りがない(updated: Book) -> None:
    found = updated()
    assert found["problems"] == []
    assert found["lines"][2:] == [
        ["house.migrate", {"migration": "later.0002_more", "count": 3}, 3]
    ]
    assert found["now"] == [
        ["移住した人", "名", "1.00", 3], ["企業", "社", "1.00", 2], ["白紙", None, "1.00", 3]
    ]  # fmt: skip
    assert found["then"] == [
        ["移住者", "人", [1], None], ["企業", "社", [], None], ["白紙", None, [], None]
    ]  # fmt: skip
    assert found["steps"] == [[3, ["名"]], [2, ["移住した人"]], [1, ["移住者"]]]


def test_更新のあとに変えられた行も空にされた行も名指す(updated: Book) -> None:
    columns = (
        "note = '影'",
        "name = ''",
        "unit = NULL",
        "mass = 0",
        "done = NOT done",
        "parts = '{}'",
    )
    found = updated(after=tuple(f"UPDATE later_item SET {c} WHERE id = 2" for c in columns))
    assert found["tampered"] == [[["J10", 2]]] * len(columns)


def test_更新の前に変えられた行を更新が正しいことにしない(updated: Book) -> None:
    found = updated(before=("UPDATE later_thing SET unit = '人' WHERE id = 2",))
    assert found["problems"] == [["J10", 2]]
    assert found["lines"][-1] == [
        "house.migrate", {"migration": "later.0002_more", "count": 2, "unsealed": 1}, 2
    ]  # fmt: skip


def test_更新の前に変えられた以前の内容も名指す(updated: Book) -> None:
    change = 'UPDATE journal_past SET stamp = stamp + 5 WHERE "row" = 1 AND stamp = 1'
    assert updated(before=(change,))["problems"] == [["J21", 1], ["J22", 1]]


class Paper(models.Model):
    """A table that is in no database."""

    word = models.TextField(default="x")
    maybe = models.TextField(null=True, default="x")
    number = models.DecimalField(max_digits=9, decimal_places=2, default=1)
    yes = models.BooleanField(default=True)
    day = models.DateField()
    some = models.JSONField(default=list)
    more = models.JSONField(default=dict)
    any = models.JSONField(null=True)

    class Meta:
        app_label = "nowhere"


def test_何も言わない値は欄ごとに一つだけ() -> None:
    said = [nothing(field) for field in Paper._meta.concrete_fields]
    assert said == [0, "", None, 0, False, None, [], {}, None]
    empty = Paper(id=1, word="", maybe=None, number=0, yes=False, some=(), more={})
    assert kept(empty, {}) == {"id": 1}
    for name, value in {
        "maybe": "",
        "any": [],
        "some": {},
        "more": [],
        "yes": True,
        "number": "0.01",
    }.items():
        other = whole(Paper, {"id": 1, name: value}, {})
        assert kept(Paper(**other), {}) != {"id": 1}, name


def test_名の変わった欄は初めの名で残る() -> None:
    row = Paper(id=1, word="語")
    assert kept(row, {"word": "text"})["text"] == "語"
    assert whole(Paper, {"text": "語"}, {"word": "text"})["word"] == "語"
    assert whole(Paper, {"gone": "語"}, {})["word"] == ""


LACKING = """
import django; django.setup()
import json
from django.conf import settings
from django.db import connection
from sosei.house.ready import migrate
from sosei.journal.handover import begin_anew, hand_over
from sosei.journal.models import Entry
from sosei.journal.refusals import SealKeyLacking
from sosei.journal.verify import verify
from later.models import Item
first = dict(settings.SOSEI_JOURNAL_KEYS)
settings.SOSEI_JOURNAL_KEYS = {**first, 2: b"second"}
hand_over()
settings.SOSEI_JOURNAL_KEYS = {2: b"second"}
refused = ""
try:
    migrate()
except SealKeyLacking as fault:
    refused = fault.sentence("ja")
before = Entry.objects.count()
settings.SOSEI_JOURNAL_KEYS = {2: b"second", 3: b"third"}
begin_anew()
migrate()
print(json.dumps({"refused": refused, "before": before, "verbs": [e.verb for e in Entry.objects.order_by("seq")],
    "fine": verify().fine}))
"""


def test_鍵が足りなければ行を書き替える更新はせず失ったと記せば進む(
    begun: Path, elsewhere: dict[str, str]
) -> None:
    more = {"DJANGO_SETTINGS_MODULE": "later.settings", **elsewhere}
    done = python(begun, BEFORE, LATER="first", **more)
    assert done.returncode == 0, done.stderr
    done = python(begun, LACKING, LATER="second", **more)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "番号1" in found["refused"]
    assert "sosei keys rotate journal --lost" in found["refused"]
    assert found["before"] == 3
    assert found["verbs"][2:4] == ["key.handover", "key.lost"]
    assert found["fine"]

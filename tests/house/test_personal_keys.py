"""個人情報の鍵. Made for a book of an earlier program too, never beside one that has it; changed; lost; never another book's."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from homes import python, serving, sosei
from sosei.house import beginnings, home

#: Writes a person into the book as an act does; then whom the book knows by his mail.
PERSON = """
import django; django.setup()
import sys
from sosei.evidence import keyed, models as m
from sosei.evidence.drafts import Who
from sosei.evidence.personal import fingerprints, sealed
from sosei.journal.acts import act
who = Who(kind="person", name=sys.argv[1], mail=sys.argv[2])
with act("test.person", body="990001", by=None) as w:
    keyed.require_key()
    row = w.add(m.Subject(kind="person"))
    mail, name = fingerprints(who)
    m.Contact.objects.create(subject=row, body=w.body, sealed=sealed(w.body, row.pk, who), mail_key=mail, name_key=name)
"""
FOUND = """
import django; django.setup()
import sys
from sosei.evidence import models as m
from sosei.evidence.drafts import Who
from sosei.evidence.personal import fingerprints, opened
mail, _ = fingerprints(Who(kind="person", mail=sys.argv[1]))
for row in m.Contact.objects.filter(mail_key=mail):
    print(opened(row.body, row.subject_id, row.sealed).name, row.sealed.partition(":")[0])
"""
NEW_KEY = """
import django; django.setup()
from sosei.house import keys
keys.make("personal", 2)
"""


def person(place: Path, name: str, mail: str):
    return python(place, PERSON, name, mail)


def found(place: Path, mail: str) -> str:
    done = python(place, FOUND, mail)
    return done.stdout.strip() if done.returncode == 0 else done.stderr


def key(place: Path, number: int = 1) -> Path:
    return place / "keys" / ("personal.key" if number == 1 else f"personal.{number}.key")


def started(place: Path) -> None:
    with serving(place):
        pass


def state(place: Path) -> str:
    said = json.loads(sosei(place, "doctor", "--format", "json").stdout)
    return next(f["state"] for f in said if f["code"] == "D12")


def rotate(place: Path) -> str:
    done = sosei(place, "keys", "rotate", "personal")
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(place: Path) -> list[dict]:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        asked = "SELECT facts FROM journal_entry WHERE verb = 'key.personal' ORDER BY seq"
        return [json.loads(facts) for (facts,) in book.execute(asked)]


def test_前の版の台帳には最初に始めたときに作り二度は作らない(place: Path) -> None:
    key(place).unlink()
    assert sosei(place, "verify").returncode == 0
    assert not key(place).exists()
    started(place)
    assert stat.S_IMODE(key(place).stat().st_mode) == 0o600
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    assert found(place, "hanako@example.jp") == "星 花子 1"
    key(place).unlink()
    for words in (("serve",), ("verify",), ("backup", place / "b")):
        refused = sosei(place, *words)
        assert (refused.returncode, refused.stderr[:5]) == (3, "E680 ")
        assert "personal.key" in refused.stderr
        assert "「sosei keys rotate personal」" in refused.stderr
    assert not key(place).exists()
    assert "personal.key" in sosei(place, "doctor").stdout


def test_鍵のことを言わない台帳に人がいれば鍵を作らない(place: Path) -> None:
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    key(place).unlink()
    refused = sosei(place, "serve", "--port", "0")
    assert refused.returncode == 3
    assert refused.stderr.startswith("E770 ")
    assert not key(place).exists()


def test_表のない台帳は鍵のことを何も言わない(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOSEI_HOME", str(tmp_path))
    monkeypatch.delenv("SOSEI_DATABASE", raising=False)
    assert not beginnings.personal_key_stated()
    with closing(sqlite3.connect(tmp_path / home.BOOK)) as book:
        book.execute("CREATE TABLE journal_chain (body text)")
        assert not beginnings.personal_key_stated()
        book.execute("CREATE TABLE evidence_personalkey (number integer)")
        assert not beginnings.personal_key_stated()
        book.execute("INSERT INTO evidence_personalkey VALUES (1)")
        book.commit()
    assert beginnings.personal_key_stated()


def test_鍵を替えると暗号にし直し同じ人がまた見つかる(place: Path) -> None:
    started(place)
    for name, mail in (("星 花子", "hanako@example.jp"), ("森 一", "hajime@example.jp")):
        assert person(place, name, mail).returncode == 0
    said = rotate(place)
    assert "番号2" in said
    assert "2件" in said
    assert "personal.2.key" in sosei(place, "keys", "list").stdout
    key(place).unlink()
    assert found(place, "HANAKO@example.jp") == "星 花子 2"
    assert found(place, "hajime@example.jp") == "森 一 2"
    (line,) = lines(place)
    assert (line["key"], line["count"]) == (2, 2)
    assert sosei(place, "verify").returncode == 0
    assert state(place) == "good"


def test_途中で止まった交代は次に始めたときに済む(place: Path) -> None:
    started(place)
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    assert python(place, NEW_KEY).returncode == 0
    assert state(place) == "warn"
    started(place)
    assert found(place, "hanako@example.jp") == "星 花子 2"
    assert state(place) == "good"
    started(place)
    assert len(lines(place)) == 1


def test_途中で止まった交代を言われて続けても番号は飛ばない(place: Path) -> None:
    started(place)
    assert python(place, NEW_KEY).returncode == 0
    assert "番号2" in rotate(place)
    assert not key(place, 3).exists()


def test_別の台帳の鍵では始めも書きもしない(place: Path) -> None:
    started(place)
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    key(place).write_text("ab" * 32 + "\n")
    refused = sosei(place, "serve", "--port", "0")
    assert refused.returncode == 3
    assert refused.stderr.startswith("E772 ")
    assert "E772" in person(place, "森 一", "hajime@example.jp").stderr
    assert state(place) == "bad"


def test_失った鍵は新しい鍵で先へ進み見つかれば読める(place: Path) -> None:
    started(place)
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    kept = key(place).read_text()
    key(place).unlink()
    said = rotate(place)
    assert "番号2" in said
    assert "1件は前の鍵がないので読めません" in said
    started(place)
    assert person(place, "森 一", "hajime@example.jp").returncode == 0
    assert found(place, "hajime@example.jp") == "森 一 2"
    assert state(place) == "bad"
    key(place).write_text(kept)
    assert "2件" in rotate(place)
    assert found(place, "hanako@example.jp") == "星 花子 3"
    assert state(place) == "good"


def test_替える前の控えを戻しても次に始めたときに新しい鍵になる(
    place: Path, tmp_path: Path
) -> None:
    started(place)
    assert person(place, "星 花子", "hanako@example.jp").returncode == 0
    assert sosei(place, "backup", tmp_path / "a.sosei").returncode == 0
    rotate(place)
    assert sosei(place, "restore", tmp_path / "a.sosei", "--replace").returncode == 0
    started(place)
    assert found(place, "hanako@example.jp") == "星 花子 2"

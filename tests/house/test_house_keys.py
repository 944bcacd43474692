"""鍵. Made where a book begins, never beside one; listed without being shown; changed for new ones; never anybody else's."""

import os
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from homes import answer, environment, free_port, python, serving, sosei
from sosei.house import archive, home
from sosei.house import keys as rings
from sosei.journal.seal import fingerprint

RENAME = """
import django; django.setup()
import sys
from sosei.journal.acts import act
from sosei.offices.models import Department
with act("department.correct", body="990001", by=None) as w:
    w.change(Department.objects.get(code="02"), name=sys.argv[1])
"""
#: A second factor, as the desk keeps it; then what it holds.
FACTOR = """
import django; django.setup()
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from sosei.offices.models import Person
one = Authenticator.objects.first() or Authenticator.objects.create(
    user=Person.objects.first(), type="totp", data={"secret": get_adapter().encrypt("ひみつ")})
print(get_adapter().decrypt(one.data["secret"]), one.data["secret"])
"""
SIGNED = """
import django; django.setup()
import sys
from django.core import signing
print(signing.loads(sys.argv[1]) if sys.argv[1:] else signing.dumps("印"))
"""
#: As where a change of keys broke off before the book was handed over.
NEW_KEY = """
import django; django.setup()
from sosei.house import keys
keys.make("journal", 2)
"""
OLDER = "台帳は番号1の鍵で封印しています。「sosei keys rotate journal」を行ってください。"


def keys_ring(place: Path) -> dict[int, bytes]:
    return {1: bytes.fromhex((place / "keys" / "journal.key").read_text().strip())}


def ran(place: Path, code: str, *words: str) -> str:
    done = python(place, code, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def names(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "keys").iterdir())


def lines(place: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        return book.execute("SELECT key, verb FROM journal_entry ORDER BY seq").fetchall()


def rotate(place: Path, *words: str) -> str:
    done = sosei(place, "keys", "rotate", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["journal", "secret", "cipher"])
def test_台帳があるのに鍵がなければ作らずに断る(place: Path, name: str) -> None:
    (place / "keys" / f"{name}.key").unlink()
    for words in (
        ("serve", "--port", free_port()),
        ("office", "13101"),
        ("verify",),
        ("backup", place / "b"),
    ):
        refused = sosei(place, *words)
        assert refused.returncode == 3
        assert refused.stderr.startswith("E680 ")
        assert f"{name}.key" in refused.stderr
        assert "sosei doctor" in refused.stderr
        kind = {"journal": "journal --lost", "secret": "session", "cipher": "cipher"}[name]
        assert f"「sosei keys rotate {kind}」" in refused.stderr
    assert f"{name}.key" not in names(place)
    assert "D08 鍵" in sosei(place, "doctor").stdout


def test_鍵の入れ替わった台帳は開かず何も封印しない(place: Path) -> None:
    (place / "keys" / "journal.key").write_text("ab" * 32 + "\n")
    before = lines(place)
    for words in (("serve", "--port", free_port()), ("sample",), ("backup", place / "b")):
        refused = sosei(place, *words)
        assert refused.returncode == 3
        assert refused.stderr.startswith("E681 "), refused.stderr
        assert "sosei doctor" in refused.stderr
    assert python(place, RENAME, "影").returncode != 0
    assert lines(place) == before


def test_鍵の一覧は番号と日付だけを言う(place: Path) -> None:
    rotate(place, "session")
    done = sosei(place, "keys", "list")
    assert done.returncode == 0
    assert len(re.findall(r"^  1  \d{4}-\d\d-\d\d  目印 [0-9a-f]{16}  ", done.stdout, re.M)) == 4
    assert "secret.2.key" in done.stdout
    for path in (place / "keys").iterdir():
        assert path.read_text().strip() not in done.stdout
        assert oct(path.stat().st_mode)[-3:] == "600"
    assert "seals the journal" in sosei(place, "keys", "list", "--lang", "en").stdout
    unsaid = sosei(place, "keys", "rotate")
    assert (unsaid.returncode, "session" in unsaid.stderr) == (2, True)


def test_封印の鍵を替えても前の行も次の行も合う(place: Path) -> None:
    ran(place, RENAME, "前")
    assert "番号2" in rotate(place, "journal")
    ran(place, RENAME, "後")
    assert lines(place)[1:] == [
        (1, "department.correct"), (1, "key.handover"), (2, "department.correct")
    ]  # fmt: skip
    assert sosei(place, "verify").returncode == 0
    assert [f for f in sosei(place, "doctor").stdout.splitlines() if f.startswith("悪")] == []
    (place / "keys" / "journal.key").unlink()
    done = sosei(place, "verify")
    assert done.returncode == 1
    assert "J09 団体990001の証跡の第1行から第3行まで" in done.stdout


def test_替える前の控えも替えたあとの控えも戻せる(place: Path, tmp_path: Path) -> None:
    before, after, there = tmp_path / "a.sosei", tmp_path / "b.sosei", tmp_path / "there"
    sosei(place, "backup", before)
    rotate(place, "journal")
    sosei(place, "backup", after)
    for file in (before, after):
        shutil.copytree(place / "keys", there / "keys")
        restored = sosei(there, "restore", file)
        assert restored.returncode == 0
        ran(there, RENAME, "続き")
        assert (OLDER in restored.stdout) is (file == before)
        assert (OLDER in sosei(there, "keys", "list").stdout) is (file == before)
        assert ("番号1の鍵" in sosei(there, "doctor").stdout) is (file == before)
        checked = sosei(there, "verify", "--against", file)
        assert (checked.returncode, "J40" in checked.stdout) == (
            (1, True) if file == before else (0, False)
        )
        rotate(there, "journal")
        assert names(there).count("journal.2.key") == 1
        assert OLDER not in sosei(there, "keys", "list").stdout
        assert sosei(there, "verify", "--against", file).returncode == 0
        shutil.rmtree(there)
    (place / "keys" / "journal.2.key").unlink()
    shutil.copytree(place / "keys", there / "keys")
    refused = sosei(there, "restore", after).stderr
    assert refused.startswith("E691 ")
    (mark,) = archive.read_manifest(after).keys
    assert f"控え {mark}、" in refused


def test_控えの目録は台帳を封印している鍵を言う(place: Path, tmp_path: Path) -> None:
    first = fingerprint(keys_ring(place)[1])
    ran(place, NEW_KEY)
    sosei(place, "backup", tmp_path / "a.sosei")
    assert archive.read_manifest(tmp_path / "a.sosei").keys == (first,)
    (place / "keys" / "journal.2.key").unlink()
    shutil.copytree(place / "keys", tmp_path / "there" / "keys")
    assert sosei(tmp_path / "there", "restore", tmp_path / "a.sosei").returncode == 0


def test_控えのあとで鍵が替わり止まっても一覧がそう言う(place: Path) -> None:
    assert "団体990001: 番号1で封印しています" in sosei(place, "keys", "list").stdout
    ran(place, NEW_KEY)
    assert OLDER in sosei(place, "keys", "list").stdout
    assert "番号2" in rotate(place, "journal")
    assert "団体990001: 番号2で封印しています" in sosei(place, "keys", "list").stdout
    assert names(place).count("journal.3.key") == 0


def test_前の封印の鍵だけを失ったときも失ったと言って先へ進む(place: Path) -> None:
    rotate(place, "journal")
    ran(place, RENAME, "後")
    (place / "keys" / "journal.key").unlink()
    assert sosei(place, "verify").returncode == 1
    assert "番号3" in rotate(place, "journal", "--lost")
    done = sosei(place, "verify")
    assert (done.returncode, "N04 " in done.stdout) == (0, True)
    assert sosei(place, "keys", "rotate", "journal", "--lost").stderr.startswith("E677 ")


def test_新しい鍵のある種類には一番の鍵を作らない(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOSEI_HOME", str(tmp_path))
    monkeypatch.delenv("SOSEI_DATABASE", raising=False)
    rings.make("journal", 2)
    rings.begin()
    assert names(tmp_path) == ["cipher.key", "journal.2.key", "personal.key", "secret.key"]


def test_作った鍵の名はディスクに届いてから使う(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[list[str]] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            synced.append(names(tmp_path))

    monkeypatch.setenv("SOSEI_HOME", str(tmp_path))
    monkeypatch.setattr(os, "fsync", fsync)
    rings.make("journal", 2)
    assert synced == [["journal.2.key"]]


def test_サインインの鍵は一つ前まで読める(place: Path) -> None:
    signed = ran(place, SIGNED)
    rotate(place, "session")
    assert ran(place, SIGNED, signed) == "印"
    rotate(place, "session")
    assert names(place) == [
        "cipher.key",
        "journal.key",
        "personal.key",
        "secret.2.key",
        "secret.3.key",
    ]
    assert python(place, SIGNED, signed).returncode != 0


def test_二段階の確認は新しい鍵で暗号にし直される(place: Path) -> None:
    word, kept = ran(place, FACTOR).split()
    assert "1件" in rotate(place, "cipher")
    again, anew = ran(place, FACTOR).split()
    assert (word, again) == ("ひみつ", "ひみつ")
    assert kept != anew
    (place / "keys" / "cipher.key").unlink()
    assert ran(place, FACTOR).split()[0] == "ひみつ"
    rotate(place, "session")
    assert ran(place, FACTOR).split()[0] == "ひみつ"


def test_失った封印の鍵は失ったと言って先へ進む(place: Path, tmp_path: Path) -> None:
    assert sosei(place, "keys", "rotate", "journal", "--lost").stderr.startswith("E677 ")
    file, there = tmp_path / "b.sosei", tmp_path / "there"
    sosei(place, "backup", file)
    done = sosei(there, "restore", file, "--lost-keys")
    assert done.returncode == 0
    assert done.stdout.index("sosei keys rotate journal --lost") < done.stdout.index("sosei serve")
    for kind in ("session", "cipher"):
        rotate(there, kind)
    refused = sosei(there, "keys", "rotate", "journal").stderr
    assert refused.startswith("E679 ")
    assert "sosei keys rotate journal --lost" in refused
    rotate(there, "journal", "--lost")
    assert names(there) == ["cipher.key", "journal.2.key", "secret.key"]
    ran(there, RENAME, "失ったあと")
    done = sosei(there, "verify", "--against", file)
    assert done.returncode == 0
    assert "N04 " in done.stdout


def test_動いているサーバーの鍵は替えない(place: Path) -> None:
    with serving(place) as (_, url):
        refused = sosei(place, "keys", "rotate", "journal")
        assert refused.stderr.startswith("E683 ")
        assert answer(f"{url}/healthz")[0] == 200
    assert "journal.2.key" not in names(place)


def test_設定を読むだけでは台帳の横に鍵を作らない(place: Path) -> None:
    shutil.rmtree(place / "keys")
    ran(place, "import django; django.setup()")
    assert not (place / "keys").exists()
    assert "SOSEI_HOME" in environment(place)
    assert os.path.getsize(place / home.BOOK) > 0

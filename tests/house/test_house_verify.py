"""検証と診断の命令. What `sosei verify` and `sosei doctor` say of a book on the disk, sound or tampered with."""

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from homes import python, sosei
from sosei.house import anchors, home
from sosei.house.checkups import CHECKUPS
from sosei.house.refusals import NoAnchor
from sosei.journal.verdict import codes

ROOT = Path(__file__).resolve().parents[2]
HEAD = "ab" * 32


def sql(place: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        book.execute(statement, values)
        book.commit()


def said(place: Path, *words: object) -> tuple[int, list[str]]:
    """The exit status of `sosei verify` and the codes it names."""
    done = sosei(place, "verify", "--format", "json", *words)
    data = json.loads(done.stdout)
    assert data["fine"] == (done.returncode == 0)
    return done.returncode, [p["code"] for p in (*data["problems"], *data["unproven"])]


def test_触れていない台帳は合っていると言う(place: Path) -> None:
    done = sosei(place, "verify")
    assert done.returncode == 0
    assert "合わないところはありません" in done.stdout
    assert "N02 " in done.stdout
    assert "All agree" in sosei(place, "verify", "--lang", "en").stdout


def test_変えられた行を言い一で終わる(place: Path) -> None:
    sql(place, "UPDATE offices_department SET name = '影の課' WHERE code = '03'")
    done = sosei(place, "verify")
    assert done.returncode == 1
    assert "J10 課「影の課」" in done.stdout
    assert "合わないところが1件あります" in done.stdout


def test_控えとも控えの目録とも比べられる(place: Path, tmp_path: Path) -> None:
    file, manifest = tmp_path / "b.sosei", tmp_path / "manifest.json"
    sosei(place, "backup", file)
    sql(place, "DELETE FROM journal_entry WHERE seq > 1")
    sql(place, "UPDATE journal_chain SET seq = 1, head = (SELECT seal FROM journal_entry)")
    assert said(place, "--against", file) == (0, [])
    shutil.unpack_archive(str(file), str(tmp_path), "zip")
    data = json.loads(manifest.read_text("utf-8"))
    data["anchors"][0]["seq"] = 2
    manifest.write_text(json.dumps(data), "utf-8")
    assert said(place, "--against", manifest) == (1, ["J06"])
    assert (
        "manifest.jsonには第2行まであります" in sosei(place, "verify", "--against", manifest).stdout
    )


@pytest.mark.parametrize(
    "text",
    [
        f'{{"body": "990001", "seq": 7, "head": "{HEAD}"}}',
        f'{{"body": "990001", "edition": {{"number": 2, "seq": 7, "head": "{HEAD}"}}}}',
        f'{{"ext": [{{"journal": {{"body": "990001", "seq": 7, "head": "{HEAD}"}}}}]}}',
    ],
)
def test_公表版のJSONのどこに先端があっても読む(tmp_path: Path, text: str) -> None:
    file = tmp_path / "edition.json"
    file.write_text(text, "utf-8")
    (anchor,) = anchors.of_file(file)
    assert (anchor.body, anchor.seq, anchor.head, anchor.label) == (
        "990001",
        7,
        HEAD,
        "edition.json",
    )


@pytest.mark.parametrize(
    "text", ["", "{", '{"seq": 7}', '{"seq": "7", "head": "x", "body": 9}', "[]"]
)
def test_先端のないファイルは断る(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    with pytest.raises(NoAnchor):
        anchors.of_file(file)
    with pytest.raises(NoAnchor):
        anchors.of_file(tmp_path / "ない.json")


DOCUMENT = """
import django; django.setup()
import hashlib, sys
from sosei.journal.acts import act
from sosei.ledger.models import Blob, Document
data = "中身".encode()
digest = hashlib.sha256(data).hexdigest()
Blob.objects.create(sha256=digest, data=data)
with act("document.add", body="990001", by=None) as w:
    w.add(Document(name="様式.xlsx", sha256=digest, size=len(data), format="xlsx", purpose="x"))
"""


def test_消された中身と変えられた中身を言う(place: Path) -> None:
    assert python(place, DOCUMENT).returncode == 0
    assert said(place)[0] == 0
    sql(place, "UPDATE ledger_blob SET data = x'00'")
    assert said(place)[1] == ["J31", "N02"]
    sql(place, "DELETE FROM ledger_blob")
    done = sosei(place, "verify")
    assert "J30 文書「様式.xlsx」" in done.stdout


def findings(place: Path) -> dict[str, dict[str, str]]:
    done = sosei(place, "doctor", "--format", "json")
    found = {f["code"]: f for f in json.loads(done.stdout)}
    assert list(found) == [checkup.code for checkup in CHECKUPS]
    assert (done.returncode == 0) == all(f["state"] == "good" for f in found.values())
    return found


def wrong(place: Path) -> dict[str, str]:
    return {code: f["state"] for code, f in findings(place).items() if f["state"] != "good"}


def test_健やかな台帳の診断(place: Path, tmp_path: Path) -> None:
    assert wrong(place) == {"D10": "warn"}
    sosei(place, "backup", tmp_path / "b")
    assert wrong(place) == {}
    done = sosei(place, "doctor")
    assert done.returncode == 0
    assert "ms]" in done.stdout
    assert "→" not in done.stdout
    assert "ok D01 database" in sosei(place, "doctor", "--lang", "en").stdout


def test_悪いところは何をすればよいかと共に言う(place: Path) -> None:
    os.chmod(place / "keys" / "journal.key", 0o644)
    sql(place, "UPDATE journal_chain SET head = ?", "0" * 64)
    sql(place, "DELETE FROM django_migrations WHERE app = 'axes'")
    sql(place, "UPDATE journal_entry SET at = '2999-01-01 00:00:00'")
    sql(place, "INSERT INTO ledger_blob VALUES (?, x'00')", hashlib.sha256(b"\0").hexdigest())
    found = findings(place)
    assert wrong(place) == {
        "D03": "warn", "D05": "bad", "D06": "bad", "D08": "warn", "D10": "warn",
    }  # fmt: skip
    for code in wrong(place):
        assert found[code]["todo_ja"].endswith("。")
        assert found[code]["todo_en"]
    assert "2999-01-01" in found["D06"]["said_ja"]
    assert "1件" in found["D07"]["said_ja"]


def test_参照の切れた台帳は壊れていると言う(place: Path) -> None:
    sql(place, "PRAGMA foreign_keys = OFF")
    sql(place, "UPDATE offices_assignment SET department_id = 99 WHERE id = 1")
    assert findings(place)["D02"]["state"] == "bad"


def test_書き込みをふさがれた台帳はそう言う(place: Path) -> None:
    with closing(sqlite3.connect(place / home.BOOK, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert findings(place)["D04"]["state"] == "bad"
        other.execute("ROLLBACK")


def test_鍵がなければ作ってしまう前に言う(place: Path) -> None:
    (place / "keys" / "journal.key").unlink()
    done = sosei(place, "doctor")
    assert done.returncode == 1
    assert "D05" in done.stdout


@pytest.mark.parametrize("command", [("verify",), ("doctor",), ("backup", "x.sosei")], ids=str)
def test_台帳のない場所では断り_鍵も台帳も作らない(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    nowhere = tmp_path / "nowhere"
    refused = sosei(nowhere, *command)
    assert refused.returncode == 3
    assert refused.stderr.startswith("E697 ")
    assert not nowhere.exists()


def test_更新の済んでいない台帳は検証せずそう言う(place: Path, tmp_path: Path) -> None:
    sql(place, "DELETE FROM django_migrations WHERE app = 'axes'")
    assert sosei(place, "verify").stderr.startswith("E698 ")
    assert sosei(place, "backup", tmp_path / "b.sosei").returncode == 0
    assert (tmp_path / "b.sosei").exists()


def test_検証と診断の番号はすべて手引きにある() -> None:
    manual = (ROOT / "docs/manual/operation.md").read_text("utf-8")
    assert not [
        code for code in (*codes(), *(c.code for c in CHECKUPS)) if f"| {code} |" not in manual
    ]


#: A file comes in each time the list of contents was read.
UPLOADS = """
import django; django.setup()
import threading
from django.db import connections
from bookroom import BODY
from sosei.house import blobs
from sosei.journal.acts import act
from sosei.ledger.actions.documents import keep

def upload(number):
    with act("test.upload", body=BODY, by=None) as w:
        keep(w, f"{number}.xlsx", b"content %d" % number, "xlsx", "import")
    connections.close_all()

upload(0)
real, count = blobs._digests, 0

def digests():
    global count
    found, count = list(real()), count + 1
    thread = threading.Thread(target=upload, args=(count,))
    thread.start()
    thread.join()
    return found

blobs._digests = digests
print([problem.code for problem in blobs.problems()], count > 0)
"""


def test_点検の間に届いたファイルを失われたとは言わない(place: Path) -> None:
    done = python(place, UPLOADS)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[] True\n"

"""控えと復元. A backup is whole and of one moment; it comes back only where nothing is lost by it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from homes import environment, python, sosei
from sosei.house import archive, home, sqlite
from sosei.house.refusals import CannotWrite, NoSpace, NotABackup

ACT = """
import django; django.setup()
import sys
from sosei.journal.acts import act
from sosei.offices.models import Department
with act("department.correct", body="990001", by=None) as w:
    w.change(Department.objects.get(code="02"), name=sys.argv[1])
"""
#: Writes one act after the other until told to stop: each renames both departments alike.
BUSY = """
import django; django.setup()
from sosei.journal.acts import act
from sosei.offices.models import Department
n = 0
while True:
    n += 1
    with act("department.correct", body="990001", by=None) as w:
        for row in Department.objects.filter(code__in=["02", "03"]):
            w.change(row, name=f"課{n}")
    print(n, flush=True)
"""


@pytest.fixture
def file(place: Path, tmp_path: Path) -> Path:
    """A backup of the home."""
    path = tmp_path / "控え.sosei"
    done = sosei(place, "backup", path)
    assert done.returncode == 0, done.stderr
    return path


def moved(place: Path, target: Path) -> Path:
    """A new home with the keys alone."""
    shutil.copytree(place / "keys", target / "keys")
    return target


def rename(place: Path, name: str) -> None:
    done = python(place, ACT, name)
    assert done.returncode == 0, done.stderr


def names(place: Path) -> list[str]:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        return [n for (n,) in book.execute("SELECT name FROM offices_department ORDER BY code")]


def test_控えは鍵を含まずそう言う(place: Path, file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as held:
        assert sorted(held.namelist()) == ["database.sqlite3", "manifest.json"]
        data = b"".join(held.read(name) for name in held.namelist())
    for key in (place / "keys").glob("*.key"):
        assert key.read_bytes().strip() not in data
    said = sosei(place, "backup", tmp_path / "もう一つ.sosei").stdout
    assert "鍵" in said
    assert str(place / "keys") in said
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_目録は先端と行の数とハッシュを言う(file: Path) -> None:
    manifest = archive.read_manifest(file)
    (anchor,) = manifest.anchors
    assert (anchor["body"], anchor["seq"], len(anchor["head"])) == ("990001", 1, 64)
    assert manifest.rows["offices_department"] == 3
    assert manifest.rows["offices_person"] == 8
    assert len(manifest.sha256) == 64


def test_前の版の目録の一つの鍵の目印も読める(file: Path, tmp_path: Path) -> None:
    (mark,) = archive.read_manifest(file).keys
    assert archive.read_manifest(damaged(file, tmp_path / "old", keys=mark)).keys == (mark,)
    for keys in ([], [1], 7):
        with pytest.raises(NotABackup):
            archive.read_manifest(damaged(file, tmp_path / "odd", keys=keys))


def test_控えを作ったことは証跡に残る(place: Path, file: Path) -> None:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        verb, facts = book.execute(
            "SELECT verb, facts FROM journal_entry ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert verb == "house.backup"
    assert json.loads(facts)["sha256"] == archive.read_manifest(file).sha256


def test_控えにサインイン中の番号は入らない(place: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(place / home.BOOK)) as book:
        book.execute(
            "INSERT INTO django_session VALUES ('hisnumber0123456789', 'x', '2099-01-01 00:00:00')"
        )
        book.commit()
    assert sosei(place, "backup", tmp_path / "b").returncode == 0
    with zipfile.ZipFile(tmp_path / "b") as held:
        assert b"hisnumber0123456789" not in held.read("database.sqlite3")


def test_戻した台帳は控えのときのもの(place: Path, file: Path, tmp_path: Path) -> None:
    rename(place, "あとの名")
    there = moved(place, tmp_path / "there")
    done = sosei(there, "restore", file)
    assert done.returncode == 0, done.stderr
    assert names(there)[1] == "ものづくり推進課"
    assert "あとの名" in names(place)
    checked = sosei(there, "verify", "--against", file)
    assert checked.returncode == 0
    assert "N0" not in checked.stdout


def test_使っている間の控えは一つの時点のもの(place: Path, tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", BUSY], env=environment(place), text=True, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    try:
        writer.stdout.readline()
        for n in range(3):
            file, there = tmp_path / f"{n}.sosei", moved(place, tmp_path / f"there{n}")
            assert sosei(place, "backup", file).returncode == 0
            assert sosei(there, "restore", file).returncode == 0
            checked = sosei(there, "verify", "--against", file)
            assert checked.returncode == 0, checked.stdout
            assert len(set(names(there)[1:])) == 1
    finally:
        writer.kill()
        writer.communicate()
    assert archive.read_manifest(file).anchors[0]["seq"] > 1


def test_鍵のない場所には戻さない(file: Path, tmp_path: Path) -> None:
    refused = sosei(tmp_path / "bare", "restore", file)
    assert refused.stderr.startswith("E690 ")
    assert not (tmp_path / "bare" / "keys").exists()
    done = sosei(tmp_path / "bare", "restore", file, "--lost-keys")
    assert done.returncode == 0
    assert names(tmp_path / "bare")


def test_別の鍵の場所には戻さない(place: Path, file: Path, tmp_path: Path) -> None:
    there = moved(place, tmp_path / "there")
    (there / "keys" / "journal.key").write_text("ab" * 32)
    refused = sosei(there, "restore", file)
    assert refused.stderr.startswith("E691 ")
    assert not (there / home.BOOK).exists()


def test_台帳のある場所には残してでなければ戻さない(place: Path, file: Path) -> None:
    rename(place, "あとの名")
    refused = sosei(place, "restore", file)
    assert refused.stderr.startswith("E689 ")
    assert "あとの名" in names(place)
    done = sosei(place, "restore", file, "--replace")
    assert done.returncode == 0, done.stderr
    assert names(place)[1] == "ものづくり推進課"
    (kept,) = place.glob(f"{home.BOOK}.before-*")
    with closing(sqlite3.connect(kept)) as book:
        assert book.execute("SELECT 1 FROM offices_department WHERE name = 'あとの名'").fetchone()


def damaged(file: Path, target: Path, **manifest: object) -> Path:
    """A backup like another, with other words in its manifest."""
    with zipfile.ZipFile(file) as held, zipfile.ZipFile(target, "w") as made:
        said = {**json.loads(held.read("manifest.json")), **manifest}
        made.writestr("manifest.json", json.dumps(said))
        made.writestr("database.sqlite3", held.read("database.sqlite3"))
    return target


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "0" * 64}, {"size": 5}, {"rows": {"offices_person": 9}}, {"anchors": []},
        {"schema": "sosei.backup/9"}, {"database": "../../evil"}, {"made": None, "extra": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_目録と合わない控えは戻さず何も残さない(
    place: Path, file: Path, tmp_path: Path, wrong: dict[str, object]
) -> None:
    there = moved(place, tmp_path / "there")
    refused = sosei(there, "restore", damaged(file, tmp_path / "wrong.sosei", **wrong))
    assert refused.returncode == 3
    assert refused.stderr.startswith("E688 ")
    assert [p.name for p in there.iterdir() if not p.name.endswith(".lock")] == ["keys"]


def test_途中で切れた控えは戻さない(place: Path, file: Path, tmp_path: Path) -> None:
    there = moved(place, tmp_path / "there")
    data = file.read_bytes()
    for size in (0, 10, len(data) // 2, len(data) - 1):
        (tmp_path / "cut.sosei").write_bytes(data[:size])
        assert sosei(there, "restore", tmp_path / "cut.sosei").stderr.startswith("E688 ")
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 0xFF
    (tmp_path / "cut.sosei").write_bytes(flipped)
    assert sosei(there, "restore", tmp_path / "cut.sosei").stderr.startswith("E688 ")


def test_別のデータベースの控えは戻さない(place: Path, file: Path, tmp_path: Path) -> None:
    wrong = damaged(file, tmp_path / "wrong.sosei", engine="postgresql")
    assert sosei(moved(place, tmp_path / "x"), "restore", wrong).stderr.startswith("E696 ")


def test_書けない場所には理由を言って断る(place: Path, tmp_path: Path) -> None:
    refused = sosei(place, "backup", tmp_path / "ない" / "控え.sosei")
    assert refused.returncode == 3
    assert refused.stderr.startswith("E686 ")


def fill_up(file: Path) -> None:
    with archive.written(file) as draft:
        draft.write_bytes(b"half")
        raise OSError(28, "No space left on device")


def test_今ある控えは書き終わるまで残る(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(NoSpace):
        fill_up(file)
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir() if ".part" in p.name] == []


def test_殺された控えの残りは次のときに片付く(place: Path, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".b.{dead.pid}.part").write_bytes(b"half")
    (tmp_path / f".b.{os.getpid()}.part.database").write_bytes(b"somebody's")
    assert sosei(place, "backup", tmp_path / "b").returncode == 0
    assert [p.name for p in tmp_path.iterdir() if ".part" in p.name] == [
        f".b.{os.getpid()}.part.database"
    ]


def test_権限のない場所の理由は言葉で言う() -> None:
    said = archive.refusal(Path("x"), PermissionError(13, "Permission denied"))
    assert isinstance(said, CannotWrite)
    assert "権限がありません" in said.sentence()
    assert "not permitted" in said.sentence("en")


def test_壊れた台帳の控えは作らない(place: Path, tmp_path: Path) -> None:
    sqlite.settle(place / home.BOOK)
    with (place / home.BOOK).open("r+b") as book:
        book.seek(4096 * 20)
        book.write(b"\xff" * 4096 * 60)
    refused = sosei(place, "backup", tmp_path / "b")
    assert refused.returncode == 3
    assert not (tmp_path / "b").exists()


def test_大きすぎる控えは開かない(file: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.sosei"
    with zipfile.ZipFile(file) as held:
        said = json.loads(held.read("manifest.json"))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("database.sqlite3", bytes(1 << 22))
        said["size"] = 1 << 22
        made.writestr("manifest.json", json.dumps(said))
    manifest = archive.read_manifest(bomb)
    archive_ratio = archive._RATIO
    archive._RATIO = 10
    try:
        with pytest.raises(NotABackup):
            archive.unpack(bomb, manifest, tmp_path / "out")
    finally:
        archive._RATIO = archive_ratio
    assert not (tmp_path / "out").exists()

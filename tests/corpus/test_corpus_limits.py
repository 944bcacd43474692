"""One bad file never stops a run: what hangs, eats memory, falls or cannot be opened is noted, the rest is read."""

import hashlib
import json
import os
import re
import sys
import time
import zlib
from pathlib import Path

import pytest

from corpusroom import by_path, parquet
from sosei.corpus.build import build
from sosei.corpus.child import packed
from sosei.corpus.engines import Local
from sosei.corpus.listing import content, paths, shown
from sosei.corpus.reader import Limits, Reader, Stopped
from sosei.corpus.refusals import NoFolder, SameFolder

GOOD = "指標名\t単位\t目標値\t実績値\n来場者数\t人\t30\t20\n"
#: A reader that does by a file's name what no file can be made to do on purpose.
STRANGE = """
import os, sys, time
from sosei.corpus import child
real, mark = child.read_files, sys.argv[1]
def read_files(files):
    name = files[0][0]
    if name == "fall.txt": os.abort()
    if name == "hang.txt":
        while True: pass
    if name == "sleep.txt": time.sleep(600)
    if name == "once.txt" and not os.path.exists(mark):
        open(mark, "w").close()
        os.abort()
    if name == "hungry.txt": bytearray(4 * 1024**3)
    if name == "fault.txt": raise KeyError("手違い")
    if name == "print.txt": print("雑音", flush=True)
    return real(files)
child.read_files = read_files
sys.argv[1:] = sys.argv[2:]
child.main()
"""


@pytest.fixture
def strange(tmp_path: Path) -> tuple[str, ...]:
    """The words that start such a reader."""
    program = tmp_path / "strange.py"
    program.write_text(STRANGE)
    return (str(program), str(tmp_path / "once"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "files"
    place.mkdir()
    return place


def idle() -> int:
    """Return the address space (MiB) of a process that has read nothing yet."""
    reader = Reader(Limits())
    try:
        status = Path(f"/proc/{reader._running().pid}/status").read_text()
        return int(re.search(r"VmSize:\s+(\d+) kB", status)[1]) // 1024 + 1
    finally:
        reader.close()
        reader.release()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fall.txt", "E262"),
        ("hang.txt", "E260"),
        ("sleep.txt", "E260"),
        ("hungry.txt", "E261"),
        ("fault.txt", "E263"),
        ("once.txt", None),
        ("print.txt", None),
    ],
)
def test_悪いファイルは番号になり次のファイルは読める(
    folder, strange, name: str, code: str | None
) -> None:
    for each in (name, "good.txt"):
        (folder / each).write_text(GOOD, "utf-8")
    reader = Reader(Limits(seconds=1, memory=1024), strange)
    try:
        head, _ = reader.read(content(folder, name.encode()))
        after, _ = reader.read(content(folder, b"good.txt"))
    finally:
        reader.close()
        reader.release()
    assert head.get("code") == code
    assert head["status"] == ("read" if code is None else "refused" if code == "E263" else "ended")
    assert name in head["message"] if code else head["n_values"]
    assert (after["status"], after["n_values"]) == ("read", 2)


def test_メモリーの上限は大きな表で本当に効く(folder, tmp_path) -> None:
    parquet()
    rows = "".join(f"<tr><td>指標{n}</td><td>{n}人</td></tr>" for n in range(6_000))
    (folder / "大.html").write_text(f"<table>{rows}</table>", "utf-8")
    (folder / "小.txt").write_text(GOOD, "utf-8")
    build(folder, tmp_path / "out", limits=Limits(60, idle() + 12))
    found = by_path(tmp_path / "out")
    assert (found["大.html"]["status"], found["大.html"]["code"]) == ("ended", "E261")
    assert found["小.txt"]["status"] == "read"
    count = build(folder, tmp_path / "out", limits=Limits(60, 1024)).count
    assert (count.known, by_path(tmp_path / "out")["大.html"]["code"]) == (1, None)


def test_時間の上限は一つ一つのファイルに与えられる(folder, tmp_path) -> None:
    """Together they take longer than one may: none is refused for what the others took."""
    parquet()
    cells = "".join(f"<tr><td>指標{n}</td><td>{n}人</td></tr>" for n in range(3000))
    for number in range(4):
        (folder / f"{number}.html").write_text(f"<table>{cells}</table>", "utf-8")
    build(folder, tmp_path / "out", limits=Limits(30, 1024), workers=1)
    assert {row["status"] for row in by_path(tmp_path / "out").values()} == {"read"}


def test_開けないもの_ファイルでないもの_目印は一行になる(folder, tmp_path) -> None:
    parquet()
    os.mkfifo(folder / "管.txt")
    (folder / "先がない.txt").symlink_to(folder / "ない")
    (folder / "輪").symlink_to(folder)
    (folder / ".隠れ.txt").write_text(GOOD, "utf-8")
    (folder / "~$開いている.xlsx").write_bytes(b"\x05user")
    (folder / "良い.txt").write_text(GOOD, "utf-8")
    (folder / "out").mkdir()
    (folder / "out" / "前の.txt").write_text(GOOD, "utf-8")
    build(folder, folder / "out")
    found = by_path(folder / "out")
    assert set(found) == {"管.txt", "先がない.txt", "~$開いている.xlsx", "良い.txt"}
    assert found["管.txt"]["code"] == found["先がない.txt"]["code"] == "E264"
    assert found["管.txt"]["sha256"] is None
    assert found["良い.txt"]["n_values"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_UTF8でない名前も別々に残る(folder, tmp_path) -> None:
    parquet()
    for name in ("報告".encode("cp932"), "実績".encode("cp932")):
        with open(os.path.join(os.fsencode(folder), name + b".txt"), "w", encoding="utf-8") as file:
            file.write(GOOD)
    build(folder, tmp_path / "out")
    assert len(by_path(tmp_path / "out")) == 2
    assert all("\\x" in path for path in by_path(tmp_path / "out"))
    assert shown("報告".encode("cp932")).isascii()


def test_フォルダでないものと読むフォルダ自身には書かない(folder, tmp_path) -> None:
    parquet()
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoFolder):
        build(tmp_path / "ない", tmp_path / "out")
    with pytest.raises(NoFolder):
        build(folder, tmp_path / "file" / "out")
    with pytest.raises(SameFolder):
        build(folder, folder)


def test_空のフォルダは空の表になる(folder, tmp_path) -> None:
    parquet()
    built = build(folder, tmp_path / "out")
    assert set(built.rows.values()) == {0}
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 5


def test_壊れた控えは捨てて読み直す(folder, tmp_path) -> None:
    parquet()
    (folder / "良い.txt").write_text(GOOD, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "state.sqlite3").write_bytes(b"not a database at all" * 400)
    assert build(folder, tmp_path / "out").rows["values"] == 2


def test_大きすぎるファイルは要約値だけ取る(folder, monkeypatch) -> None:
    monkeypatch.setattr("sosei.corpus.listing.MAX_BYTES", 10)
    (folder / "大.txt").write_bytes(b"0123456789ab")
    found = content(folder, "大.txt".encode())
    assert (found.size, found.data, found.refusal and found.refusal.code) == (12, b"", "E202")
    assert found.sha256 == hashlib.sha256(b"0123456789ab").hexdigest()


def test_表に書けない文字は疑問符になる() -> None:
    assert json.loads(zlib.decompress(packed({"name": ["\ud842人"]}))) == {"name": ["?人"]}


@pytest.mark.parametrize("after", [0.0, 0.02, 0.3, 1.5])
def test_いつ止めても途中の読みは終わる(folder, strange, after: float) -> None:
    (folder / "sleep.txt").write_text(GOOD, "utf-8")
    engine = Local(folder, 1, Limits(seconds=600), strange)
    future = engine.submit(b"sleep.txt", None)
    time.sleep(after)
    engine.close()
    assert future.cancelled() or isinstance(future.exception(), Stopped)


def test_一式のCSVは一つになり_隣のCSVは別のまま(folder) -> None:
    for name in ("a_report.csv", "a_columns.csv", "a_kpi.csv", "b.csv", "b_report.csv"):
        (folder / name).write_text("x", "utf-8")
    (folder / "out").mkdir()
    assert sorted(paths(folder, folder / "out")) == [b"a_*.csv", b"b.csv", b"b_report.csv"]
    assert [name for name, _ in content(folder, b"a_*.csv").parts] == ["a_columns.csv", "a_kpi.csv", "a_report.csv"]  # fmt: skip

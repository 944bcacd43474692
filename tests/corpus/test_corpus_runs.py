"""Whole runs over sixty mixed files: nothing stops them, and however they are disturbed, the bytes are the same."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import corpusroom
from corpusroom import BENCH, SEED, built, by_path, rows
from sosei.cli import terminal
from sosei.cli.corpus import told
from sosei.corpus.build import Count, build
from sosei.corpus.refusals import InUse
from sosei.corpus.state import State

#: Sixty, and the note that stands beside a set of CSV files.
FILES = 61
#: A run that is killed, from within, once thirty files are done.
HALF = """
import os, signal, sys
from pathlib import Path
from sosei.corpus.build import build
def told(count):
    if count.done >= 30:
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), workers=2, told=told)
"""
pytestmark = pytest.mark.slow
pytest.importorskip("pyarrow", reason="pyarrow: not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Sixty files of every kind."""
    place = tmp_path_factory.mktemp("corpus") / "集め"
    BENCH["make"](place, 60, SEED)
    return place


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory) -> Path:
    """The tables of an undisturbed run."""
    out = tmp_path_factory.mktemp("out") / "表"
    done = built(folder, out)
    assert done.returncode == 0, done.stderr
    return out


def test_どのファイルも一行になり_読めないものには番号と文がある(folder, undisturbed) -> None:
    found = by_path(undisturbed)
    assert len(found) == FILES
    assert Counter(row["status"] for row in found.values())["read"] > 30
    for row in found.values():
        assert (row["code"] is None) == (row["status"] == "read")
        assert bool(row["message"]) == bool(row["message_en"]) == (row["status"] != "read")
        assert len(row["sha256"]) == 64
    codes = {row["code"] for row in found.values()}
    assert {"E201", "E204", "E205", "E207", "E217"} <= codes
    sets = [row for path, row in found.items() if path.endswith("_*.csv")]
    assert sets
    assert all(row["n_values"] for row in sets)
    assert all(
        (folder / path).stat().st_size == row["bytes"]
        for path, row in found.items()
        if row not in sets
    )


def test_数は表の行数と同じ(undisturbed) -> None:
    for table in ("projects", "indicators", "values", "unread"):
        counted = Counter(row["path"] for row in rows(undisturbed, table))
        said = {path: row[f"n_{table}"] for path, row in by_path(undisturbed).items()}
        assert counted == Counter(said), table
    sure = Counter(row["path"] for row in rows(undisturbed, "values") if row["sure"])
    assert sure == Counter({path: row["n_sure"] for path, row in by_path(undisturbed).items()})


def test_行は場所の順に並ぶ(undisturbed) -> None:
    for table in ("files", "projects", "indicators", "values", "unread"):
        paths = [row["path"].encode() for row in rows(undisturbed, table)]
        assert paths == sorted(paths)
        assert paths


@pytest.mark.parametrize("after", [0.2, 0.9, 1.4, 1.9])
def test_いつ殺されても_もう一度動かせば同じ表になる(
    folder, undisturbed, tmp_path, after: float
) -> None:
    BENCH["killed"](folder, tmp_path / "out", after)
    done = built(folder, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert BENCH["digests"](tmp_path / "out") == BENCH["digests"](undisturbed)
    assert not list((tmp_path / "out").glob(".*.part"))


def test_半分で殺されたら続きから読む(folder, undisturbed, tmp_path) -> None:
    out = tmp_path / "out"
    words = [sys.executable, "-c", HALF, str(folder), str(out)]
    assert (
        subprocess.run(words, env=BENCH["environment"](), check=False).returncode == -signal.SIGKILL
    )
    assert 30 <= BENCH["kept"](out) < FILES
    kept = BENCH["kept"](out)
    count = build(folder, out, workers=2).count
    assert (count.total, count.known) == (FILES, kept)
    assert BENCH["digests"](out) == BENCH["digests"](undisturbed)


def test_読むプロセスが殺されても同じ表になる(folder, undisturbed, tmp_path) -> None:
    """Twice all reading processes are killed while they work: a third time would be a verdict on the file."""
    run = BENCH["started"](BENCH["command"](folder, tmp_path / "out"))
    for _ in range(2):
        time.sleep(1.2)
        for pid in list(BENCH["_tree"](run.pid))[1:]:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                continue
    _, said = run.communicate()
    assert run.returncode == 0, said
    assert BENCH["digests"](tmp_path / "out") == BENCH["digests"](undisturbed)


def test_CtrlCで止めても_読むプロセスは残らず続きから読める(folder, undisturbed, tmp_path) -> None:
    run = BENCH["started"](BENCH["command"](folder, tmp_path / "out"))
    time.sleep(1.5)
    readers = list(BENCH["_tree"](run.pid))[1:]
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    assert run.returncode in (0, 130, -signal.SIGINT), said  # stopped before it listens, too
    assert "Traceback" not in said
    assert not [pid for pid in readers if Path(f"/proc/{pid}/cmdline").exists()]
    build(folder, tmp_path / "out")
    assert BENCH["digests"](tmp_path / "out") == BENCH["digests"](undisturbed)


def test_進み具合は数_速さ_残り時間を言う() -> None:
    count = Count(total=300, done=100, known=10, refused=4)
    terminal.choose("ja")
    assert told(count, 50.0) == "100/300件　残り 200件　読めず 4件　毎秒 2.0件　あと 0:01:40"
    terminal.choose("en")
    assert (
        told(count, 50.0) == "100 of 300 files, 200 left, 4 not read, 2.0 a second, 0:01:40 to go"
    )
    assert told(Count(total=3, done=3), 1.0) == "3 files, writing the tables"
    assert "–" in told(Count(total=3), 0.0)
    terminal.choose("ja")


def test_どこに_どんな順に置かれても_何人で読んでも同じ表になる(
    folder, undisturbed, tmp_path
) -> None:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name[::-1]):
        place = tmp_path / "ほか" / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    build(tmp_path / "ほか", tmp_path / "out", workers=3)
    assert BENCH["digests"](tmp_path / "out") == BENCH["digests"](undisturbed)


def test_変わったものだけ読み直し_なくなったものは消える(folder, undisturbed, tmp_path) -> None:
    place, out = tmp_path / "写し", tmp_path / "out"
    shutil.copytree(folder, place)
    shutil.copytree(undisturbed, out)
    assert build(place, out).count.known == FILES
    gone, changed, touched = sorted(place.rglob("*.html"))[:3]
    gone.unlink()
    changed.write_text("<table><tr><th>指標名</th><th>単位</th><th>目標値</th><th>実績値</th></tr><tr><td>参加者数</td><td>人</td><td>10</td><td>7</td></tr></table>", "utf-8")  # fmt: skip
    os.utime(touched, (1, 1))
    (place / "新しい.txt").write_text("指標名\t目標値\t実績値\n来場者数\t30人\t20人\n", "utf-8")
    count = build(place, out).count
    assert (count.total, count.known) == (FILES, FILES - 2)
    build(place, tmp_path / "anew")
    assert BENCH["digests"](out) == BENCH["digests"](tmp_path / "anew")
    assert gone.relative_to(place).as_posix() not in by_path(out)


def test_同時に二つは動かない(folder, tmp_path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    state = State(out, "版", "")
    try:
        done = built(folder, out)
        assert (done.returncode, done.stderr.split()[0]) == (3, "E480")
        with pytest.raises(InUse):
            build(folder, out)
    finally:
        state.close()
    assert built(folder / "000", out).returncode == 0


def test_結びは数を言い_標準出力に進み具合は混ざらない(folder, undisturbed, tmp_path) -> None:
    shutil.copytree(undisturbed, tmp_path / "out")
    done = built(folder, tmp_path / "out", "--lang", "en")
    assert done.stdout.splitlines()[0].startswith(f"{FILES} files ({FILES} unchanged,")
    assert "values.parquet" in done.stdout
    assert "E207" in done.stdout
    assert not done.stderr


def test_部品がなければ何を入れるか言う(tmp_path) -> None:
    """Run as on a machine where the package is not installed."""
    (tmp_path / "pyarrow.py").write_text("raise ImportError\n")
    (tmp_path / "distributed.py").write_text("raise ImportError\n")
    words = [sys.executable, "-m", "sosei.cli", "corpus", str(tmp_path), str(tmp_path / "out")]
    path = f"{tmp_path}{os.pathsep}{corpusroom.ROOT / 'src'}"
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 3
    assert "E510" in done.stderr
    assert "sosei[corpus]" in done.stderr
    (tmp_path / "pyarrow.py").unlink()
    done = subprocess.run([*words, "--cluster", "tcp://127.0.0.1:9"], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)  # fmt: skip
    assert "sosei[cluster]" in done.stderr

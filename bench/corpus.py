"""資料集の速さと確かさ. Thousands of mixed files: undisturbed, killed at half and resumed, on two cluster workers with one killed.

    python bench/corpus.py --files 3000 --out corpus.json
    python bench/corpus.py --make 3000 --folder /tmp/corpus     # only the files

The files are random reports in every form that Sosei publishes, and files as folders really hold them: cut short,
empty, locked, of another kind, of the same name. All runs are processes of their own; every kill is SIGKILL. Printed
are files a second, processor seconds, the largest process and the largest sum of all processes; and whether the
tables are byte for byte those of the undisturbed run (if not, it ends with 1). The cluster needs `distributed`.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from sosei.core.bodies import all_bodies  # noqa: E402
from sosei.core.gaps import Gap  # noqa: E402
from sosei.core.report import (  # noqa: E402
    Body,
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.publishing import publish  # noqa: E402

#: Form or fault → how often in a hundred files. A PDF takes as long to print as twenty others.
KINDS = {
    "html": 21, "xlsx": 16, "docx": 14, "text": 14, "opendata": 9, "json": 6, "csv": 3, "pdf": 4,
    "note": 3, "cut": 3, "empty": 2, "locked": 2, "old": 1, "picture": 1, "noise": 1,
}  # fmt: skip
SUFFIXES = {
    "html": ".html", "xlsx": ".xlsx", "docx": ".docx", "text": ".txt", "opendata": ".xlsx", "json": ".json", "pdf": ".pdf",
    "note": ".txt", "cut": ".xlsx", "empty": ".docx", "locked": ".xlsx", "old": ".xls", "picture": ".pdf", "noise": ".html",
}  # fmt: skip
SUBJECTS = (
    "関係人口",
    "移住",
    "観光",
    "起業",
    "ものづくり",
    "農業",
    "デジタル",
    "子育て",
    "商店街",
    "大学連携",
)
DEEDS = ("創出事業", "推進事業", "支援事業", "拠点整備事業", "人材育成事業", "販路開拓事業")
MEASURES = (("登録者数", "人"), ("移住者数", "人"), ("宿泊者数", "人泊"), ("新規雇用者数", "人"), ("売上高", "千円"),
            ("開催件数", "件"), ("参加企業数", "社"), ("満足度", "％"), ("空き店舗数", "店舗"))  # fmt: skip
COSTS = ("委託料", "負担金", "補助金", "旅費", "需用費")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


# -- the files --------------------------------------------------------------------------------------------------------


def make(folder: Path, count: int, seed: int = 5) -> None:
    """Write that many files into folders of some thirty each; the same seed gives the same files.

    A set of CSV files counts as one, and lies in a folder of its own. A third of all files have one of five names.
    """
    bodies = [body for body in all_bodies() if not body.is_prefecture]
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        body = chance.choice(bodies)
        place = folder / f"{number // 30:03}" / f"{body.prefecture}{number % 7}"
        name = (
            chance.choice(("報告書", "効果検証", "KPI一覧", "r4", "実績"))
            if number % 3 == 0
            else f"{body.name}{number}"
        )
        _write(place, name, kind, chance, body)


def _write(place: Path, name: str, kind: str, chance: random.Random, body: Any) -> None:
    if kind == "csv":
        place = place / f"{name}-{chance.randrange(10**6)}"
        place.mkdir(parents=True, exist_ok=True)
        for part, data in _made("csv", chance, body).items():
            (place / part).write_bytes(data)
        return
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}{SUFFIXES[kind]}"
    while path.exists():
        path = path.with_stem(f"{path.stem}（{chance.randrange(100)}）")
    path.write_bytes(FAULTS[kind](chance, body) if kind in FAULTS else _made(kind, chance, body))


def _made(form: str, chance: random.Random, body: Any) -> Any:
    return publish(_report(chance, body), form)


def _report(chance: random.Random, body: Any) -> Report:
    year = chance.randint(2016, 2024)
    projects = tuple(_project(chance, year) for _ in range(chance.randint(1, 5)))
    return Report(
        title=Said(text="地方創生関連交付金を活用した事業の効果検証"),
        bodies=(Body(name=body.name, code=body.code),),
        fiscal_year=Year(year=year),
        projects=projects,
    )


def _project(chance: random.Random, year: int) -> Project:
    return Project(
        name=Said(text=chance.choice(SUBJECTS) + chance.choice(DEEDS)),
        grant=Said(text="地方創生推進交付金"),
        departments=(Said(text=chance.choice(("企画課", "商工観光課", "農政課"))),),
        indicators=tuple(_indicator(chance, year) for _ in range(chance.randint(1, 4))),
        spending=tuple(
            Spending(label=Said(text=label), yen=chance.randrange(10**4, 10**8))
            for label in chance.sample(COSTS, chance.randint(0, 3))
        ),
    )


def _indicator(chance: random.Random, year: int) -> Indicator:
    name, unit = chance.choice(MEASURES)
    base = chance.randint(0, 5000)
    points = tuple(
        YearPoint(
            fiscal_year=year - back,
            target=Value(number=Decimal(base + chance.randint(0, 900))),
            actual=_actual(chance, base),
        )
        for back in range(chance.randint(1, 3))
    )
    return Indicator(name=Said(text=name), unit=unit, baseline=Value(number=Decimal(base)), years=points)  # fmt: skip


def _actual(chance: random.Random, base: int) -> Value:
    if chance.random() < 0.15:
        return Value(gap=chance.choice((Gap.COUNTING, Gap.UNDECIDED, Gap.DASH)))
    return Value(number=Decimal(base + chance.randint(-300, 900)) / chance.choice((1, 1, 1, 10)))


def _cut(chance: random.Random, body: Any) -> bytes:
    data: bytes = _made("xlsx", chance, body)
    return data[: chance.randrange(len(data) // 4, len(data) - 30)]


def _note(chance: random.Random, body: Any) -> bytes:
    lines = (f"{body.name}の{chance.choice(SUBJECTS)}について、{chance.randint(1, 99)}件の問い合わせがあった。" for _ in range(20))  # fmt: skip
    return "\n".join(lines).encode(chance.choice(("utf-8", "cp932")), "replace")


#: What lies among reports and is none.
FAULTS: dict[str, Callable[[random.Random, Any], bytes]] = {
    "note": _note,
    "cut": _cut,
    "empty": lambda chance, body: b"",
    "locked": lambda chance, body: _OLE + "EncryptedPackage".encode("utf-16-le") + chance.randbytes(2000),
    "old": lambda chance, body: _OLE + "Workbook".encode("utf-16-le") + chance.randbytes(2000),
    "picture": lambda chance, body: b"\x89PNG\r\n\x1a\n" + chance.randbytes(500),
    "noise": lambda chance, body: chance.randbytes(3000),
}  # fmt: skip


# -- the runs ---------------------------------------------------------------------------------------------------------


def command(folder: Path, out: Path, *more: str) -> list[str]:
    """Return the words that run `sosei corpus`."""
    return [sys.executable, "-m", "sosei.cli", "corpus", str(folder), str(out), *more]


def environment() -> dict[str, str]:
    """Return the environment of runs and workers: this tree's Sosei."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def started(words: list[str]) -> subprocess.Popen[str]:
    """Start a process, silent but for what it says when it fails."""
    return subprocess.Popen(
        words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def killed(folder: Path, out: Path, after: float) -> int | None:
    """Start a run, kill it after some seconds; return how many files were kept, None where it was done before."""
    with started(command(folder, out)) as run:
        try:
            run.wait(after)
            return None
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
    return kept(out)


def kept(out: Path) -> int:
    """Return how many files an ended run has kept."""
    state = out / "state.sqlite3"
    if not state.exists():
        return 0
    with contextlib.closing(sqlite3.connect(state)) as base:
        return int(base.execute("SELECT count(*) FROM done").fetchone()[0])


def digests(out: Path) -> dict[str, str]:
    """Return the digest of every table."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.glob("*.parquet"))
    }


@contextlib.contextmanager
def cluster(workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Run a Dask scheduler and workers of one thread each on this machine; give its address and the workers."""
    with tempfile.TemporaryDirectory() as place:
        told = Path(place) / "scheduler.json"
        common = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
        words = [sys.executable, "-m", "distributed.cli.dask_scheduler", *common, "--port", "0", "--scheduler-file", str(told)]  # fmt: skip
        running = [_daemon(words)]
        try:
            while not told.exists() or not told.read_text():
                time.sleep(0.05)
            address = json.loads(told.read_text())["address"]
            words = [sys.executable, "-m", "distributed.cli.dask_worker", address, *common, "--nthreads", "1", "--no-nanny", "--local-directory", place]  # fmt: skip
            running += [_daemon(words) for _ in range(workers)]
            yield address, running[1:]
        finally:
            for process in reversed(running):
                process.kill()
                process.wait()


def _daemon(words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )


class Memory(threading.Thread):
    """Watches the memory (RSS) of a process and of all that it started: the largest sum, in MiB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self.most, self.over = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.most = max(self.most, sum(map(_resident, _tree(self._pid))))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _tree(int(child))
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                for child in (task / "children").read_text().split():
                    yield from _tree(int(child))


def _resident(pid: int) -> float:
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1024**2
    return 0.0


def measured(words: list[str], count: int) -> dict[str, Any]:
    """Run to the end; return seconds, processor seconds, files a second, and memory."""
    begun = time.monotonic()
    run = started(words)
    memory = Memory(run.pid)
    memory.start()
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    memory.over.set()
    seconds = time.monotonic() - begun
    if run.returncode:
        raise SystemExit(f"{' '.join(words)}: {run.stderr.read() if run.stderr else ''}")
    return {
        "seconds": round(seconds, 1),
        "files a second": round(count / seconds, 1),
        "CPU": round(used.ru_utime + used.ru_stime, 1),
        "largest process MiB": round(used.ru_maxrss / 1024),
        "largest sum MiB": round(memory.most),
    }


def on_cluster(folder: Path, out: Path, count: int, after: float) -> dict[str, Any]:
    """Run on two workers, one of them killed after some seconds."""
    with cluster() as (address, workers):
        timer = threading.Timer(after, workers[0].kill)
        timer.start()
        row = measured(command(folder, out, "--cluster", address), count)
        timer.cancel()
        return row | {"worker killed after": round(after, 1), "died": workers[0].poll() is not None}


def main() -> None:
    """Make the files, run, compare."""
    options = _options()
    with contextlib.ExitStack() as stack:
        place = Path(options.folder or stack.enter_context(tempfile.TemporaryDirectory()))
        folder = place if options.make else place / "files"
        begun = time.monotonic()
        if not folder.exists() or options.make:
            make(folder, options.make or options.files)
        print(f"made in {time.monotonic() - begun:.0f} s: {folder}", flush=True)
        if not options.make:
            sys.exit(_compared(folder, place, options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--make", type=int, metavar="N", help="only write N files into --folder")
    parser.add_argument("--folder", help="where to work; kept, and files in it used again")
    parser.add_argument("--no-cluster", action="store_true")
    parser.add_argument("--out")
    return parser.parse_args()


def _compared(folder: Path, place: Path, options: argparse.Namespace) -> int:
    """Do all runs; return 1 where a table differs from the undisturbed run's."""
    outs = {name: Path(tempfile.mkdtemp(prefix=name, dir=place)) for name in ("plain", "killed", "cluster")}  # fmt: skip
    rows: dict[str, dict[str, Any]] = {}
    count = options.files
    _say(rows, "undisturbed", measured(command(folder, outs["plain"]), count))
    half = rows["undisturbed"]["seconds"] / 2
    found = killed(folder, outs["killed"], half)
    resumed = measured(command(folder, outs["killed"]), count)
    _say(rows, "killed at half, resumed", {"kept when killed": found} | resumed)
    _say(rows, "again, nothing changed", measured(command(folder, outs["plain"]), count))
    if not options.no_cluster:
        _say(rows, "two workers, one killed", on_cluster(folder, outs["cluster"], count, half))
    else:
        outs.pop("cluster")
    same = {name: digests(out) == digests(outs["plain"]) for name, out in outs.items()}
    print("tables:", *(f"{name} {digest[:16]}" for name, digest in digests(outs["plain"]).items()))
    print("same bytes:", same)
    if options.out:
        text = json.dumps({"rows": rows, "same": same}, ensure_ascii=False, indent=2)
        Path(options.out).write_text(text + "\n", "utf-8")
    return int(not all(same.values()))


def _say(rows: dict[str, dict[str, Any]], name: str, row: dict[str, Any]) -> None:
    rows[name] = row
    print(f"{name:26}" + "  ".join(f"{key} {value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()

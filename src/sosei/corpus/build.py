"""組立て. A folder of files becomes the tables of a corpus: what is new or changed is read, the rest is known.

However it is interrupted, running it again ends with the bytes of an undisturbed run: what was read is kept file by
file, and the tables are always written anew from all of it, in the order of paths.
"""

from __future__ import annotations

import json
import os
import queue
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sosei.corpus import parquet
from sosei.corpus.cluster import Cluster
from sosei.corpus.edition import edition
from sosei.corpus.engines import Engine, Future, Local
from sosei.corpus.listing import paths, shown
from sosei.corpus.reader import Limits
from sosei.corpus.refusals import NoFolder, SameFolder
from sosei.corpus.state import Done, State

#: How often (seconds) is looked whether anybody still works, when nothing comes back.
_LOOK: Final = 5.0


@dataclass(frozen=True, slots=True)
class Count:
    """How far a run has come, in files: in all, done, of them known from before, and of the others not read."""

    total: int = 0
    done: int = 0
    known: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the tables: the count of the run, rows by table, and files by why they were not read."""

    count: Count
    rows: Mapping[str, int]
    codes: Mapping[str, int]


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def build(
    folder: Path, out: Path, *, limits: Limits | None = None, workers: int | None = None,
    cluster: str | None = None, told: Callable[[Count], None] = lambda count: None,
) -> Built:  # fmt: skip
    """Read the files of a folder into OUT/*.parquet; `told` hears after every file how far it is.

    `workers`: processes on this machine (the cores it may use); `cluster`: a Dask scheduler's address instead.
    Raises NotInstalled, NoFolder, SameFolder, InUse, NoEngine, OtherReader; never for what is in a file.
    """
    parquet.require()
    limits = limits or Limits()
    _make(folder, out)
    state = State(out, edition(), f"{limits.seconds} {limits.memory}")
    try:
        count = Count(total=state.listing(paths(folder, out)))
        told(count)
        count = _read(state, _engine(folder, limits, workers, cluster), count, told)
        codes: Counter[str] = Counter()
        return Built(count, parquet.write(out, _tables(state, codes)), dict(sorted(codes.items())))
    except (OSError, sqlite3.OperationalError) as fault:
        raise NoFolder(name=out, why=fault) from None
    finally:
        state.close()


def _make(folder: Path, out: Path) -> None:
    """Make OUT. Raises NoFolder, SameFolder."""
    try:
        if not folder.is_dir():
            raise NoFolder(name=folder, why="not a folder")
        out.mkdir(parents=True, exist_ok=True)
        if out.samefile(folder):
            raise SameFolder(name=out)
    except OSError as fault:
        raise NoFolder(name=fault.filename, why=fault.strerror) from None


def _engine(folder: Path, limits: Limits, workers: int | None, cluster: str | None) -> Engine:
    if cluster is not None:
        return Cluster(folder, cluster, limits)
    return Local(folder, workers or cores(), limits)


def _read(state: State, engine: Engine, count: Count, told: Callable[[Count], None]) -> Count:
    """Have everything read that is not known; keep it as it comes."""
    finished: queue.SimpleQueue[Future] = queue.SimpleQueue()
    under_way = 0
    try:
        for path, known in state.wanted():
            while engine.full(under_way):
                count, under_way = _next(state, engine, finished, count, told), under_way - 1
            engine.submit(path, known).add_done_callback(finished.put)
            under_way += 1
        while under_way:
            count, under_way = _next(state, engine, finished, count, told), under_way - 1
    finally:
        engine.close()
    return count


def _next(
    state: State, engine: Engine, finished: queue.SimpleQueue[Future], count: Count,
    told: Callable[[Count], None],
) -> Count:  # fmt: skip
    """Take the next file that is finished. Raises NoEngine where nobody works any more."""
    while True:
        try:
            found = finished.get(timeout=_LOOK).result()
            break
        except queue.Empty:
            engine.full(0)
    count = replace(count, done=count.done + 1)
    if found is None:
        count = replace(count, known=count.known + 1)
    else:
        state.keep(found)
        count = replace(count, refused=count.refused + (found.head["status"] != "read"))
    told(count)
    return count


def _tables(
    state: State, codes: Counter[str]
) -> Iterator[tuple[str, Mapping[str, Mapping[str, list[Any]]]]]:
    """Yield each file's rows by table and column, in the order of paths; count why files were not read."""
    for done in state.all():
        codes.update(filter(None, [done.head.get("code")]))
        cells = json.loads(zlib.decompress(done.cells))
        yield shown(done.path), {"files": _file(done), **cells}


def _file(done: Done) -> dict[str, list[Any]]:
    return {"sha256": [done.sha256]} | {name: [cell] for name, cell in done.head.items()}

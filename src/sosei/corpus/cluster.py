"""基盤. An engine that is there already: the workers of a Dask cluster, each reading in a process of its own.

Files travel as bytes, so that the workers need no common disc; what they need is the same Sosei. A worker that dies
gives its files to the others; where the engine gives up on a file (it took several workers with it), it is read here.
Why Dask: docs/adr/0021.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sosei.corpus.edition import edition
from sosei.corpus.engines import Future, Local, done, settled
from sosei.corpus.listing import Content, content
from sosei.corpus.reader import Answer, Limits, Reader
from sosei.corpus.refusals import NoEngine, NotInstalled, OtherReader
from sosei.corpus.state import Done

#: So long (seconds) is waited for an engine to answer.
_ANSWER: Final = 10.0
#: How often (seconds) the engine is asked who works there.
_LOOK: Final = 1.0
#: So many bytes of files are on their way at most, one file excepted.
_BYTES: Final = 256 * 1024**2
_mine = threading.local()


def read_there(asked: Content, limits: Limits, here: str) -> Answer:
    """Read a file on a worker of the engine, in the process of its thread. Raises OtherReader."""
    if edition() != here:
        raise OtherReader(here=here, there=edition())
    reader = getattr(_mine, "reader", None)
    if reader is None:
        reader = _mine.reader = Reader(limits)
    found: Answer = reader.read(asked)
    return found


class Cluster:
    """The workers of a Dask cluster."""

    def __init__(self, folder: Path, address: str, limits: Limits) -> None:
        """Find the engine. Raises NotInstalled, NoEngine."""
        try:
            self.dask: Any = import_module("distributed")
        except ImportError:
            raise NotInstalled(package="distributed", extra="cluster") from None
        self._folder, self._address, self._limits = folder, address, limits
        self._here, self._bytes = Local(folder, 1, limits), 0
        self._threads, self._asked = 0, -_LOOK
        # A file is larger than what Dask thinks a task should carry; it is meant to travel with it.
        import_module("dask").config.set(
            {"distributed.admin.large-graph-warning-threshold": "1GiB"}
        )
        try:
            self._knock()
            self._client = self.dask.Client(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as fault:
            raise self._lost(type(fault).__name__) from None

    def _knock(self) -> None:
        """Find out whether anybody is at the address at all: Dask's own way to say no is long. Raises OSError, ValueError."""
        addressing = import_module("distributed.comm.addressing")
        scheme, place = addressing.parse_address(self._address)
        if scheme in ("tcp", "tls"):
            socket.create_connection(addressing.parse_host_port(place), _ANSWER).close()

    def full(self, under_way: int) -> bool:
        """Tell whether each thread of each worker has two files, or enough bytes travel. Raises NoEngine where there is none."""
        if time.monotonic() - self._asked >= _LOOK:
            self._threads, self._asked = self._counted(), time.monotonic()
        return under_way >= 2 * self._threads or (under_way > 0 and self._bytes >= _BYTES)

    def _counted(self) -> int:
        """Return how many threads the workers have. Raises NoEngine where there are none."""
        try:
            threads: int = sum(self._client.nthreads().values())
        except (OSError, TimeoutError) as fault:
            raise self._lost(type(fault).__name__) from None
        if not threads:
            raise self._lost("no worker")
        return threads

    def submit(self, path: bytes, known: str | None) -> Future:
        """Have a file read; its bytes are taken here."""
        found = content(self._folder, path)
        ready = settled(path, found)
        if ready is not None or found.sha256 == known:
            return Ready(ready)
        self._bytes += found.size
        task = self._client.submit(read_there, found, self._limits, edition(), pure=False)
        return Sent(task, path, found, self)

    def arrived(self, size: int) -> None:
        """Count the bytes of a file as travelling no more."""
        self._bytes -= size

    def again(self, path: bytes) -> Done | None:
        """Read a file here, which the engine gave up on."""
        return self._here.submit(path, None).result()

    def lost(self, why: str) -> NoEngine:
        """Return why nothing comes back any more."""
        return self._lost(why)

    def close(self) -> None:
        """Leave the engine as it was."""
        self._here.close()
        self._client.close()

    def _lost(self, why: str) -> NoEngine:
        return NoEngine(address=self._address, why=why)


class Ready:
    """What is known without asking anybody."""

    def __init__(self, known: Done | None) -> None:
        """Keep it."""
        self._known = known

    def add_done_callback(self, told: Callable[[Any], None]) -> None:
        """Tell at once."""
        told(self)

    def result(self) -> Done | None:
        """Return it."""
        return self._known


class Sent:
    """A file under way on the engine."""

    def __init__(self, task: Any, path: bytes, found: Content, engine: Cluster) -> None:
        """Keep what is needed to say what became of it; not its bytes."""
        self._task, self._path, self._engine = task, path, engine
        self._found = replace(found, data=b"")

    def add_done_callback(self, told: Callable[[Any], None]) -> None:
        """Tell when the engine does."""
        self._task.add_done_callback(lambda _: told(self))

    def result(self) -> Done | None:
        """Return what was read. Raises OtherReader, and NoEngine where the engine itself has gone."""
        self._engine.arrived(self._found.size)
        try:
            return done(self._path, self._found, *self._task.result())
        except self._engine.dask.KilledWorker:
            return self._engine.again(self._path)
        except (self._engine.dask.CancelledError, OSError) as fault:
            raise self._engine.lost(type(fault).__name__) from None
        except ImportError as fault:
            raise OtherReader(here=edition(), there=str(fault)) from None

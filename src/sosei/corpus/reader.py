"""読ませ手. One reading process, seen from outside: given a file it always answers, whatever becomes of the process.

A process that ran out of memory or died without an answer is replaced and the file tried anew, so that what is said of
a file never hangs on the files before it, nor on somebody's `kill`. Only time that ran out is final at once: the kernel
counts it for the file alone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from sosei.corpus.child import HUNGRY, NOTHING, refused
from sosei.corpus.framing import receive, send
from sosei.corpus.listing import Content
from sosei.corpus.refusals import Fell, NoReader, Overtime, TooHungry

#: A file may take so many times its processor time by the clock: others work on the machine, discs are slow.
PATIENCE: Final = 5
#: After so many files a process is replaced, so that what it gathers does not grow with the corpus.
LIFETIME: Final = 400
#: So often a file is given to a process that dies of it, and so often one is started that does not come up.
TRIES: Final = 3
READING: Final = ("-P", "-m", "sosei.corpus.child")
_OUT_OF_TIME: Final = getattr(signal, "SIGXCPU", None)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of the processor, MiB of address space."""

    seconds: int = 120
    memory: int = 1024


#: A file's row of `files` and its packed cells.
Answer = tuple[dict[str, Any], bytes]


class Stopped(Exception):
    """The run ends: nothing more is to be read."""


class _Gone(Exception):
    """The process ended without an answer; `late`: because its time was over."""

    def __init__(self, *, late: bool) -> None:
        self.late = late


class Reader:
    """A process that reads, and its successors. For one thread; `close` may come from another."""

    def __init__(self, limits: Limits, command: tuple[str, ...] = READING) -> None:
        """Begin without a process; `command`: the arguments of Python that start one."""
        self._limits, self._command = limits, command
        self._process: subprocess.Popen[bytes] | None = None
        self._read, self._closed = 0, False
        self._guard = threading.Lock()

    def read(self, asked: Content) -> Answer:
        """Return a file's row of `files` and its packed cells. Raises Stopped after `close`."""
        if self._read >= LIFETIME:
            self._end()
        for tries in range(1, TRIES + 1):
            found = self._tried(asked)
            if found[0]["status"] != "fell" and (found[0]["status"], tries) != (HUNGRY, 1):
                break
            self._end()
        return self._final(found, asked.name)

    def close(self) -> None:
        """End the process, also in the middle of a file."""
        self._closed = True
        self._end()

    def release(self) -> None:
        """Let go of what is left of the process, once nobody reads any more."""
        with self._guard:
            self._leave()

    def _tried(self, asked: Content) -> Answer:
        try:
            return self._asked(asked)
        except _Gone as gone:
            return {"status": "late" if gone.late else "fell"}, NOTHING

    def _final(self, found: Answer, name: str) -> Answer:
        """Return what is said of a file, a limit or a fall in words."""
        status = found[0]["status"]
        if status == "late":
            refusal: Any = Overtime(name=name, seconds=self._limits.seconds)
        elif status == HUNGRY:
            refusal = TooHungry(name=name, memory=self._limits.memory)
        elif status == "fell":
            refusal = Fell(name=name)
        else:
            return found
        self._end()
        return refused(refusal, "ended"), NOTHING

    def _asked(self, asked: Content) -> Answer:
        process = self._running()
        orders, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()
        clock = threading.Timer(self._limits.seconds * PATIENCE, _overrun, (process, late))
        clock.daemon = True
        clock.start()
        try:
            head = {"name": asked.name, "parts": asked.parts, "seconds": self._limits.seconds}
            send(orders, head, asked.data)
            answer = receive(answers)
        except (EOFError, OSError):
            code = process.wait()
            if self._closed:
                raise Stopped from None
            over = _OUT_OF_TIME is not None and code == -_OUT_OF_TIME
            raise _Gone(late=late.is_set() or over) from None
        finally:
            clock.cancel()
        self._read += 1
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, a new one where there is none or it has ended."""
        with self._guard:
            if self._closed:
                raise Stopped
            for _ in range(TRIES + 1):
                if self._process is not None and self._process.poll() is None:
                    return self._process
                self._leave()
                self._start()
        raise NoReader(memory=self._limits.memory)

    def _start(self) -> None:
        """Start a process and wait until it is there, or has died before it was."""
        self._read = 0
        self._process = subprocess.Popen(
            [sys.executable, *self._command, str(self._limits.memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )  # fmt: skip
        try:
            receive(cast(BinaryIO, self._process.stdout))
        except EOFError:
            self._process.wait()

    def _end(self) -> None:
        with self._guard:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                if not self._closed:
                    self._leave()

    def _leave(self) -> None:
        """Let go of the pipes of a process that has ended."""
        if self._process is not None:
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):  # of what was still to be written
                        stream.close()
        self._process = None


def _overrun(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()

"""読み手. The process that reads files, one after another, under limits: nothing that a file does reaches the run.

`python -m sosei.corpus.child MEMORY`: takes messages {name, parts, seconds} with bytes on standard input and answers
each with its row of the table `files` and the cells of the others, packed. Memory (MiB of address space) is limited
once; processor time for each file, by the kernel, which ends this process without another word.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from sosei.core.errors import SoseiError
from sosei.corpus.framing import receive, send
from sosei.corpus.refusals import Faulted
from sosei.corpus.rows import Row, cells_of, head_of, rows_of
from sosei.reading import read_files

try:
    import resource
except ImportError:  # Windows: the one that started this process watches the clock
    resource = None  # type: ignore[assignment]

#: What is said of a file whose reading ran out of memory: whoever started this process says it in words.
HUNGRY: Final = "hungry"
#: What this process says first.
READY: Final = "ready"
NOTHING: Final = zlib.compress(b"{}")
_COUNTS: Final = ("n_projects", "n_indicators", "n_values", "n_sure", "n_unread")


def answer(data: bytes, name: str, parts: Sequence[tuple[str, int]]) -> tuple[Row, bytes]:
    """Read a file; return its row of `files` (without path, digest and size) and its packed cells. Never raises.

    `parts`: names and sizes of the files that stand in `data` one behind the other; several are read as a set.

    Out of memory it is the row {"status": HUNGRY}: the process should then end, for nobody knows what it left undone.
    """
    try:
        report = read_files(list(_cut(data, parts)))
        rows = rows_of(report)
        head = {"status": "read"} | head_of(report, rows)
        return head, packed(cells_of(rows))
    except SoseiError as refusal:
        return refused(refusal), NOTHING
    except MemoryError:
        return {"status": HUNGRY}, NOTHING
    except Exception as fault:
        return refused(Faulted(name=name, fault=_where(fault))), NOTHING


def _cut(data: bytes, parts: Sequence[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    at = 0
    for name, size in parts:
        yield name, data[at : at + size]
        at += size


def refused(refusal: SoseiError, status: str = "refused") -> Row:
    """Return the row of a file that is not read."""
    told = {"code": refusal.code, "message": refusal.sentence("ja"), "message_en": refusal.sentence("en")}  # fmt: skip
    return {"status": status} | told | dict.fromkeys(_COUNTS, 0)


def packed(cells: dict[str, Any]) -> bytes:
    """Return cells as bytes; half a surrogate, which a workbook can hold and no table, becomes a question mark."""
    text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "replace"), 1)


def _where(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} {os.path.basename(last.filename)}:{last.lineno}"


def limit_memory(mebibytes: int) -> None:
    """Let this process have so much address space, and leave no picture of it behind when it falls."""
    if resource:
        size = mebibytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int) -> None:
    """Give this process so many seconds more of the processor."""
    if resource:
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time()) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Say that we are there, then answer until nobody asks any more, or memory ran out."""
    send(answers, {"status": READY})
    while True:
        try:
            asked, data = receive(orders)
        except EOFError:
            return
        limit_time(asked["seconds"])
        head, cells = answer(data, asked["name"], asked["parts"])
        send(answers, head, cells)
        if head["status"] == HUNGRY:
            return


def main() -> None:
    """Take the streams for ourselves, so that nothing a library prints gets between the answers."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then ends us
    limit_memory(int(sys.argv[1]))
    serve(orders, answers)


if __name__ == "__main__":
    main()

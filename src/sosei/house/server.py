"""サーバー. `sosei serve`: take the port, take the book, make ready, then let granian answer until told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from argparse import Namespace
from functools import partial
from importlib import import_module
from typing import Any, Final

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sosei.cli import terminal
from sosei.house import ready
from sosei.house.reasons import why
from sosei.house.refusals import PortTaken
from sosei.house.upgrade import held_ready

#: Requests that one process works on at a time. While one waits for its turn to write, the others go on.
THREADS: Final = 8
#: Seconds that a request may still take when the server is told to stop.
PATIENCE: Final = 10


def serve(args: Namespace) -> int:
    """Serve the desk until Ctrl-C or SIGTERM. Raises PortTaken, and what `held_ready` raises."""
    probe(args.host, args.port)
    address = f"http://{'localhost' if args.host in _OWN else args.host}:{args.port}/"
    with held_ready(f"sosei serve {address}", backed_up=args.backed_up):
        ready.collect()
        connections.close_all()  # a worker is a copy of this process: it must open its own
        server = Granian(
            "sosei.house.wsgi:application", address=args.host, port=args.port,
            interface=Interfaces.WSGI, workers=args.workers or default_workers(), websockets=False,
            blocking_threads=THREADS, respawn_failed_workers=True, workers_kill_timeout=PATIENCE,
            log_level=LogLevels.error, process_name=None,
        )  # fmt: skip
        server.on_startup(lambda: _announce(address))
        server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)
    return 0


_OWN: Final = ("127.0.0.1", "::1", "localhost")


def probe(host: str, port: int) -> None:
    """Refuse a port that is not to be had, before any work is done for it. Raises PortTaken."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as trial:
            if sys.platform != "win32":  # there it would let two programs share the port
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except (OSError, OverflowError) as fault:
        raise PortTaken(host=host, port=port, **why(fault)) from None


def default_workers() -> int:
    """Return how many processes serve where nobody says: one a core, two at most."""
    return 1 if sys.platform == "win32" else min(os.cpu_count() or 1, 2)


def _announce(address: str) -> None:
    terminal.say(
        f"{address} で開いています。終わるときは Ctrl-C / open in your browser, stop with Ctrl-C"
    )
    sys.stdout.flush()


def load(parent: int) -> Any:
    """Load the desk in a worker, which stops when its server is gone."""
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    return import_module("sosei.house.wsgi").application


def _follow(parent: int) -> None:
    """End this worker when its server was killed: an orphan would keep the port and the book."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)

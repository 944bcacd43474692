"""働き手. A process that loads the desk once and forks for each order, so that killing two hundred children is quick.

Orders on standard input, one a line; answers on standard output:
    work KIND  → "pid N", then "begin n" and "done n SEQ" for each deed, until it is killed; "end …" when it is gone
    check KIND → one line of JSON: what verifying and the deed's own check found, and how far the journal is
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

django.setup()

from deeds import DEEDS, half_done, reached  # noqa: E402
from django.db import DatabaseError, connection, connections  # noqa: E402

from sosei.house.verifying import whole  # noqa: E402


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def work(kind: str) -> None:
    say(f"pid {os.getpid()}")
    n = 0
    while True:
        n += 1
        say(f"begin {n}")
        DEEDS[kind].do(n)
        say(f"done {n} {reached()}")


def check(kind: str) -> None:
    verdict = whole(None, [])
    wrong = [problem.sentence("en") for problem in verdict.problems]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            wrong += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
    wrong += half_done(kind)
    say(json.dumps({"wrong": wrong, "seq": reached(), "lines": verdict.lines}))


def main() -> None:
    for order in sys.stdin:
        what, kind = order.split()
        connections.close_all()
        child = os.fork()
        if child == 0:
            try:
                {"work": work, "check": check}[what](kind)
            except DatabaseError as fault:
                say(f"fault {type(fault).__name__} {fault}")
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"end {status}")
        time.sleep(0)


if __name__ == "__main__":
    main()

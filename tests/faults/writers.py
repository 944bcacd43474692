"""書き手. One of several processes whose threads save at the same moment: writers.py KIND THREADS ROUNDS.

It waits for a line on standard input, so that all begin together, and prints what became of each thread, as JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time

import django

django.setup()

from django.db import DatabaseError, connections  # noqa: E402

from bookroom import BODY  # noqa: E402
from sosei.core.errors import Stale  # noqa: E402
from sosei.journal.acts import act  # noqa: E402
from sosei.ledger import models as m  # noqa: E402
from sosei.ledger.actions.verification import write_verification  # noqa: E402
from sosei.offices.actions.departments import correct_department  # noqa: E402
from sosei.offices.models import Department, Person  # noqa: E402


def add_one(rounds: int, me: str) -> dict[str, int]:
    """Add one to a number that all share, seeing each time what is there; again where somebody was faster."""
    by, done, stale = Person.objects.get(login="kanri"), 0, 0
    while done < rounds:
        row = Department.objects.get(code="02", body=BODY)
        number = int(row.name.removeprefix("課")) if row.name.startswith("課") else 0
        columns = {"name": f"課{number + 1}"}
        try:
            correct_department(by=by, department=row.pk, columns=columns, seen=row.stamp)
        except Stale:
            stale += 1
        else:
            done += 1
    return {"done": done, "stale": stale}


def once(rounds: int, me: str) -> dict[str, int]:
    """Save the same form once, all having seen the same: one is saved, the others see the conflict."""
    check = m.Verification.objects.filter(entry__kind="result").order_by("entry__position").first()
    assert check is not None
    words = {"obstacle": f"{me}の記載"}
    try:
        write_verification(
            by=Person.objects.get(login="kikaku"), entry=check.entry_id, seen=1, words=words
        )
    except Stale:
        return {"done": 0, "stale": 1}
    return {"done": 1, "stale": 0}


def first(rounds: int, me: str) -> dict[str, int]:
    """Save a form for the first time, all having seen that nothing is said yet: one is saved, the others see it."""
    entry = m.ProjectYear.objects.get(kind="plan")
    words = {"obstacle": f"{me}の記載"}
    try:
        write_verification(
            by=Person.objects.get(login="kikaku"), entry=entry.pk, seen=0, words=words
        )
    except Stale:
        return {"done": 0, "stale": 1}
    return {"done": 1, "stale": 0}


def crossing(rounds: int, me: str) -> dict[str, int]:
    """Two rows in one act, half of the people from the one end, half from the other; what is read inside is true."""
    codes = ["02", "03"] if me[-1] in "02468" else ["03", "02"]
    for _ in range(rounds):
        with act("test.crossing", body=BODY, by=None) as w:
            for code in codes:
                row = Department.objects.get(code=code, body=BODY)
                number = int(row.name.removeprefix("課")) if row.name.startswith("課") else 0
                w.change(row, name=f"課{number + 1}")
                time.sleep(0.002)
    return {"done": rounds, "stale": 0}


def own(rounds: int, me: str) -> dict[str, int]:
    """Everybody writes rows of his own, as fast as he can."""
    for n in range(rounds):
        with act("test.own", body=BODY, by=None) as w:
            w.add(Department(code=f"{me}-{n}"[:12], name=me, first_day="2022-04-01"))
    return {"done": rounds, "stale": 0}


KINDS = {"add": add_one, "once": once, "first": first, "crossing": crossing, "own": own}


def main() -> None:
    kind, threads, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found: list[dict[str, object]] = []
    sys.stdin.readline()

    def write(number: int) -> None:
        began = time.monotonic()
        try:
            said: dict[str, object] = dict(KINDS[kind](rounds, f"{sys.argv[4]}{number}"))
        except DatabaseError as fault:
            said = {"fault": str(fault)}
        said["seconds"] = round(time.monotonic() - began, 2)
        found.append(said)
        connections.close_all()

    running = [threading.Thread(target=write, args=(n,)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

"""殺し方. A worker process whose children are killed at random moments, and what must hold after each kill.

FAULTS=200 is the full length (`make faults`); FAULTS_NOTE names a file for the figures of such a run.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from homes import environment

FAULTS = int(os.environ.get("FAULTS", "0"))
BOOK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from yearbook import book
book()
"""


def note(line: str) -> None:
    """Keep a figure of a full run in the file that FAULTS_NOTE names."""
    if "FAULTS_NOTE" in os.environ:
        with open(os.environ["FAULTS_NOTE"], "a", encoding="utf-8") as file:
            file.write(f"{line}\n")


class Worker:
    """The process that forks for each order (worker.py)."""

    def __init__(self, home: Path, **more: str) -> None:
        here = Path(__file__).parent
        variables = environment(home, **more)
        variables["PYTHONPATH"] += f":{here}"
        self.process = subprocess.Popen(
            [sys.executable, str(here / "worker.py")], env=variables, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def order(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the worker is gone"
        return line

    def rest(self) -> list[str]:
        """What it still says until the child is gone."""
        lines = []
        while not (line := self.line()).startswith("end "):
            lines.append(line)
        return lines

    def check(self, kind: str) -> dict[str, object]:
        self.order(f"check {kind}")
        (answer,) = self.rest()
        assert answer.startswith("{"), answer
        found: dict[str, object] = json.loads(answer)
        return found

    def killed(self, kind: str, after: float) -> list[str]:
        """Let a child work at a kind of deed, kill it after some seconds, and return what it said."""
        self.order(f"work {kind}")
        pid = int(self.line().removeprefix("pid "))
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        return self.rest()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def endure(worker: Worker, kind: str, times: int) -> tuple[int, int]:
    """Kill `times` times; return how many deeds were done and how many were caught in the middle."""
    chance = random.Random(f"{kind}{times}")
    seq = int(str(worker.check(kind)["seq"]))
    done = caught = 0
    span = 0.3
    for _ in range(times):
        said = worker.killed(kind, chance.uniform(0.005, span))
        assert not [line for line in said if line.startswith("fault")], said
        acknowledged = [line.split() for line in said if line.startswith("done ")]
        begun = sum(line.startswith("begin ") for line in said)
        if acknowledged:
            done, seq = done + len(acknowledged), int(acknowledged[-1][2])
        elif span < 8:
            span *= 1.5  # so slow a machine or a deed: leave it more time
        caught += begun > len(acknowledged)
        state = worker.check(kind)
        assert state["wrong"] == []
        assert int(str(state["seq"])) in (seq, seq + 1), (
            f"{kind}: acknowledged {seq}, found {state['seq']}"
        )
        seq = int(str(state["seq"]))
    return done, caught

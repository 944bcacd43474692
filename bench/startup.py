"""How long `sosei` takes to start, beside an empty Python and a bare typer, in one run of whole processes.

Usage: PYTHONPATH=src python bench/startup.py [--runs 15]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

BARE_TYPER = "import typer; a = typer.Typer(); a.command()(lambda: None); a(args=[])"
COMMANDS = {
    "empty Python": [sys.executable, "-c", "pass"],
    "bare typer": [sys.executable, "-c", BARE_TYPER],
    "sosei --version": [sys.executable, "-m", "sosei.cli", "--version"],
    "sosei --help": [sys.executable, "-m", "sosei.cli", "--help"],
    "sosei rules": [sys.executable, "-m", "sosei.cli", "rules"],
}


def main() -> None:
    """Print medians and the ratio to an empty Python."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--runs", type=int, default=15)
    runs = ask.parse_args().runs
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False)
            if turn:
                taken[name].append(time.perf_counter() - began)
    empty = statistics.median(taken["empty Python"])
    for name, times in taken.items():
        middle = statistics.median(times)
        print(
            f"{name:18} {middle * 1000:7.1f} ms  {middle / empty:5.1f} x empty  (min {min(times) * 1000:.1f})"
        )


if __name__ == "__main__":
    main()

"""稽古の一年を数える. How much a fiscal year asks of each person at the desk, and how long the program takes for all of it.

    python bench/rehearsal.py [--out rehearsal.json]

The fictional city's year of tests/story/year is done once, over HTTP, in a home of its own. Counted: buttons pressed
(forms sent), files taken and given, pages opened; by role and by step. Seconds are the program's own, in one process.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / part) for part in ("src", "tests", "tests/story")]
_NAMES = {"press": "ボタン", "take": "取出し", "give": "提出", "read": "頁"}


def main() -> None:
    """Do the year, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sosei-rehearsal-") as place:
        os.environ["SOSEI_HOME"] = place
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
        year, seconds = _done()
    rows = list(_rows(year))
    _print(rows, seconds)
    if options.out:
        data = {"counts": rows, "seconds": seconds}
        Path(options.out).write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _done() -> tuple[Any, dict[str, float]]:
    """Do the year in a new home; return it with the seconds of each step."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from year.city import found
    from year.questions import QUESTIONS
    from year.rehearsal import STEPS, Year

    logging.disable(logging.WARNING)  # refusals are part of the story
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    year, seconds = Year(), {}
    seconds["0 二年分の公表済みの台帳"] = _timed(lambda: setattr(year, "people", found()))
    for name, step in STEPS:
        with year.tally.of(name):
            seconds[name] = seconds.get(name, 0) + _timed(lambda step=step: step(year))
    wrong: list[str] = []
    seconds["監査の問い"] = _timed(
        lambda: wrong.extend(w for q in QUESTIONS if (w := q.wrong(year)))
    )
    if wrong:
        sys.exit("\n".join(wrong))
    return year, seconds


def _timed(act: Any) -> float:
    before = time.perf_counter()
    act()
    return round(time.perf_counter() - before, 2)


def _rows(year: Any) -> Iterator[dict[str, Any]]:
    """Yield step, role, and how often each kind of thing was done."""
    counts = year.tally.counts
    for step, role in dict.fromkeys((step, role) for step, role, _ in counts):
        yield {"step": step, "role": role, **{k: counts[step, role, k] for k in _NAMES}}


def _print(rows: list[dict[str, Any]], seconds: dict[str, float]) -> None:
    steps = list(dict.fromkeys(row["step"] for row in rows))
    roles = sorted({row["role"] for row in rows}, key=lambda role: -_sum(rows, role=role))
    print("利用者の操作（ボタン＋ファイルの取出し・提出） / user actions")
    for step in steps:
        own = [f"{role} {n}" for role in roles if (n := _sum(rows, step=step, role=role))]
        print(f"  {step:　<12} {_sum(rows, step=step):4}  {'、'.join(own)}")
    print(f"  {'計':　<12} {_sum(rows):4}  {'、'.join(f'{r} {_sum(rows, role=r)}' for r in roles)}")
    total = {kind: sum(row[kind] for row in rows) for kind in _NAMES}
    print("  " + "、".join(f"{_NAMES[kind]} {n}" for kind, n in total.items()))
    print("秒 / seconds")
    for name, taken in seconds.items():
        print(f"  {name:　<12} {taken:7.2f}")
    print(f"  {'計':　<12} {sum(seconds.values()):7.2f}")


def _sum(rows: list[dict[str, Any]], **of: str) -> int:
    """Return how many actions there were, of a step, of a role."""
    chosen = [row for row in rows if all(row[name] == value for name, value in of.items())]
    return sum(row[kind] for row in chosen for kind in ("press", "take", "give"))


if __name__ == "__main__":
    main()

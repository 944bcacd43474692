"""Read changed files for a while: every one must be a report or a coded refusal, soon and in bounded memory.

Without files, those are the samples of the tests and the reference cases beside the project, if there (`make fuzz`).
Each file is read in a process of its own with one gigabyte; what falls is kept under out/fuzz with its seed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "reading")]

from formats_mutation import mutated  # noqa: E402
from formats_samples import SAMPLES  # noqa: E402

from sosei.core.errors import SoseiError  # noqa: E402
from sosei.reading import read  # noqa: E402

SECONDS = 10
MEMORY = 1024**3
BATCH = 25


def inputs(files: list[str]) -> dict[str, bytes]:
    """Return the files to change, by name."""
    found = [Path(file) for file in files]
    if not found:
        shared = ROOT.parent / "shared"
        found = sorted(shared.glob("cases/*/input.*")) + sorted(shared.glob("seed/*"))
        found += sorted((ROOT / "tests" / "layouts").glob("*/input.pdf"))
    given = {f"{f.parent.name}-{f.name}": f.read_bytes() for f in found}
    return given if files else {**SAMPLES, **given}


def attempt(data: bytes, name: str, seeds: range, answer: Any) -> None:
    """Read a file changed by each seed; say what each gave."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for seed in seeds:
        answer.put((seed, "begun"))
        begin = time.process_time()
        try:
            read(mutated(data, seed), name)
            verdict = "read"
        except SoseiError as error:
            verdict = error.code
        except BaseException as fault:
            verdict = f"FALL {type(fault).__name__}: {fault}"
        seconds = time.process_time() - begin
        answer.put((seed, verdict if seconds < SECONDS else f"FALL {seconds:.0f} s"))


def batch(data: bytes, name: str, seeds: range) -> list[tuple[int, str]]:
    """Run a batch in a process of its own and return the verdicts; a seed without one hung or killed it."""
    context = multiprocessing.get_context("fork")
    answer = context.SimpleQueue()
    child = context.Process(target=attempt, args=(data, name, seeds, answer))
    child.start()
    verdicts: dict[int, str] = {}
    end = time.monotonic() + BATCH * SECONDS
    while child.is_alive() and time.monotonic() < end:
        while not answer.empty():
            seed, verdict = answer.get()
            verdicts[seed] = verdict
        child.join(0.05)
    child.kill()
    child.join()
    while not answer.empty():
        seed, verdict = answer.get()
        verdicts[seed] = verdict
    return [(s, "FALL hung or killed" if v == "begun" else v) for s, v in verdicts.items()]


def main(arguments: list[str]) -> int:
    """Fuzz for the minutes asked; return 1 when anything fell."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("files", nargs="*")
    ask.add_argument("--minutes", type=float, default=1.0)
    asked = ask.parse_args(arguments)
    files = inputs(asked.files)
    end = time.monotonic() + asked.minutes * 60
    counts: dict[str, int] = {}
    fallen, first = 0, int(time.time()) * 1000
    while time.monotonic() < end:
        for name, data in files.items():
            for seed, verdict in batch(data, name, range(first, first + BATCH)):
                kind = verdict.split(":")[0]
                counts[kind] = counts.get(kind, 0) + 1
                if verdict.startswith("FALL"):
                    fallen += 1
                    kept = ROOT / "out" / "fuzz" / f"{seed}-{name}"
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    kept.write_bytes(mutated(data, seed))
                    print(f"{kept}: {verdict}")
            if time.monotonic() > end:
                break
        first += BATCH
    print(", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

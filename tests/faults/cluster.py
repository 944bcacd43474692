"""自前の PostgreSQL. A private cluster that a test may stop and start again; skips where there is no PostgreSQL."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "postgres.sh"
MISSING = 69


class Cluster:
    """One PostgreSQL of a test's own. `address`: for SOSEI_DATABASE."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def stop(self) -> None:
        """As if the machine had lost its power: nothing is brought to an end."""
        order("stop", self.folder)

    def resume(self) -> None:
        order("resume", self.folder)


def order(what: str, folder: Path) -> str:
    done = subprocess.run(
        ["sh", str(SCRIPT), what, str(folder)], text=True, capture_output=True, check=False
    )
    if done.returncode == MISSING:
        pytest.skip("postgres: PostgreSQL is not on this machine")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start one, remove it at the end. Its folder stands where PostgreSQL's own user may go."""
    folder = Path(tempfile.mkdtemp(prefix="sosei-cluster-", dir="/tmp"))
    try:
        address = order("start", folder)
        yield Cluster(folder, address)
    finally:
        subprocess.run(["sh", str(SCRIPT), "remove", str(folder)], capture_output=True, check=False)

"""自前の PostgreSQL. A private cluster that a test may stop and start again; skips where there is no PostgreSQL."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from homes import copied, python

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


@dataclass(frozen=True)
class Template:
    """A cluster that rests, and the home beside it: made once, then copied for each test."""

    folder: Path
    home: Path


def order(what: str, *folders: Path) -> str:
    done = subprocess.run(
        ["sh", str(SCRIPT), what, *map(str, folders)], text=True, capture_output=True, check=False
    )
    if done.returncode == MISSING:
        pytest.skip("postgres: PostgreSQL is not on this machine")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder where PostgreSQL's own user may go; at the end whatever runs there is stopped and removed."""
    folder = Path(tempfile.mkdtemp(prefix="sosei-cluster-", dir="/tmp"))
    try:
        yield folder
    finally:
        subprocess.run(["sh", str(SCRIPT), "remove", str(folder)], capture_output=True, check=False)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start an empty one, remove it at the end."""
    with _folder() as folder:
        yield Cluster(folder, order("start", folder))


@contextmanager
def template(code: str, home: Path) -> Iterator[Template]:
    """Start one, run a piece of Python that fills it, and bring it to rest."""
    with _folder() as folder:
        made = python(home, code, SOSEI_DATABASE=order("start", folder))
        assert made.returncode == 0, made.stderr
        order("rest", folder)
        yield Template(folder, home)


@contextmanager
def like(one: Template, home: Path) -> Iterator[Cluster]:
    """Start one like the template, with a home like the one beside it."""
    with _folder() as folder:
        copied(one.home, home)
        yield Cluster(folder, order("copy", one.folder, folder))

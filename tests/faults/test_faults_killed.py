"""殺される. SIGKILL at random moments of an import, a sign-off, a publication, a backup: nothing lost, nothing half done.

FAULTS=200 is the full length (`make faults`); the suite takes a few.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import FAULTS, Worker, endure, note

pytestmark = pytest.mark.slow

KINDS = ("import", "sign-off", "publish", "backup", "bulk")


@pytest.fixture
def worker(book_home: Path, tmp_path: Path) -> Iterator[Worker]:
    home = tmp_path / "home"
    shutil.copytree(book_home, home)
    made = Worker(home)
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_いつ殺されても行いは丸ごとあるか全くない(worker: Worker, kind: str) -> None:
    times = FAULTS // len(KINDS) or 3
    done, caught = endure(worker, kind, times)
    assert caught > 0
    if times > 5:
        assert done > 0
    note(
        f"{kind}: killed {times} times, {caught} in the middle of a deed, {done} deeds done between"
    )

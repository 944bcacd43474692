"""What the tests of faults share."""

from pathlib import Path

import pytest
from killing import BOOK

from homes import python


@pytest.fixture(scope="session")
def book_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an office and a volume; not to be written to."""
    home = tmp_path_factory.mktemp("book") / "home"
    done = python(home, BOOK)
    assert done.returncode == 0, done.stderr
    return home

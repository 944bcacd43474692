"""What the tests of faults share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import Template, template
from killing import BOOK

from homes import FURNISH, copied, filled


@pytest.fixture(scope="session")
def book_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an office and a volume; not to be written to."""
    return filled(copied(empty_home, tmp_path_factory.mktemp("book") / "home"), BOOK)


@pytest.fixture(scope="session")
def office_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A small office in a PostgreSQL that rests."""
    with template(FURNISH, tmp_path_factory.mktemp("office-cluster") / "home") as one:
        yield one


@pytest.fixture(scope="session")
def book_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """An office and a volume in a PostgreSQL that rests."""
    with template(BOOK, tmp_path_factory.mktemp("book-cluster") / "home") as one:
        yield one

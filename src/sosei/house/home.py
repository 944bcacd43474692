"""置き場所. The folder that holds one office's book: the database, and the keys beside it.

`SOSEI_HOME` names it (default: `sosei-data` in the working directory). Whoever carries the database elsewhere carries
the keys (`house.keys`) apart from it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

#: The SQLite file of the book within the home.
BOOK: Final = "sosei.sqlite3"


def home() -> Path:
    """Return the folder of the book."""
    return Path(os.environ.get("SOSEI_HOME") or "sosei-data").resolve()


def has_book() -> bool:
    """Whether there is a SQLite book in the home."""
    book = home() / BOOK
    return book.exists() and book.stat().st_size > 0

"""他団体の報告書. Tables, forms and lists of any body: a document is a sequence of blocks, each read by who explains it."""

from __future__ import annotations

from typing import Final

from sosei.core.report import Report, Unread
from sosei.reading.grid import Document

NAME: Final = "strangers"


def recognise(document: Document) -> float:
    """Return a low but certain answer: anything with words can be tried, anyone who knows it better goes first."""
    return 0.1 if any(document.words()) else 0.05


def read(document: Document) -> Report:
    """Read block by block."""
    rest = tuple(
        Unread(code="words", raw=words.text, place=words.places) for words in document.words()
    )
    return Report(unread=rest)

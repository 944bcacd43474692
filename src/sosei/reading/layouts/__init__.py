"""様式. Which family a document belongs to, and its reading: grids to reports.

A layout is a module with `NAME`, `recognise(document)` (0 to 1: how well it explains what stands there) and
`read(document)`. The most specific ones come first; `strangers` composes a report out of whatever blocks it
understands and is the last resort. What no one explains stands in `unread`, never dropped and never guessed.
"""

from __future__ import annotations

import dataclasses
from typing import Final, Protocol

from sosei.core.report import Report
from sosei.reading.confirming import confirmed, unsure
from sosei.reading.grid import Document
from sosei.reading.layouts import cards, linked, sheet, strangers
from sosei.reading.layouts.strangers.heads import near_of
from sosei.reading.layouts.told import Told


class Layout(Protocol):
    """様式の族. What a module of this package offers."""

    NAME: str

    def recognise(self, document: Document) -> float:
        """Return how well this family explains the document, 0 to 1."""

    def read(self, document: Document, told: Told | None = None) -> Report:
        """Return what the document says; note in `told` what was decided."""


#: Asked in this order; the first of the highest answers reads.
LAYOUTS: Final[tuple[Layout, ...]] = (linked, sheet, cards, strangers)


def choose(document: Document, told: Told | None = None) -> Layout:
    """Return the layout that explains a document best; one that is certain is not compared with others."""
    best, most = LAYOUTS[-1], 0.0
    for layout in LAYOUTS:
        if layout is strangers and not most and told is None:
            break  # the last resort need not be asked how well it fares where nobody else fares at all
        answer = layout.recognise(document)
        if told is not None:
            told.scores.append((layout.NAME, answer))
        if answer > most:
            best, most = layout, answer
        if answer >= 1:
            break
    return best


def read_document(document: Document, told: Told | None = None) -> Report:
    """Read a document by the layout that explains it best; its source and what it left unread stand in the report.

    `told`: where what was decided is noted, for whoever wants to know.
    """
    layout = choose(document, told)
    if told is not None:
        told.layout = layout.NAME
    report = layout.read(document, told)
    if layout in (cards, strangers):  # the house's own forms say themselves what is sure
        report = confirmed(report, document, near_of(document))
    elif any(note.code == "page-was-seen" for note in document.unread):
        report = unsure(report)
    return dataclasses.replace(
        report,
        sources=report.sources or (document.source,),
        unread=(*document.unread, *report.unread),
    )

"""頁. A page as it is laid out: tables and the text outside them, and what of it could not be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei.core.report import Place, Unread
from sosei.reading.formats.pdf.bands import aligned, banded
from sosei.reading.formats.pdf.covers import uncovered
from sosei.reading.formats.pdf.engine import Box, Leaf, View
from sosei.reading.formats.pdf.fill import NOWHERE, filled
from sosei.reading.formats.pdf.lattice import Frame, frames_of
from sosei.reading.formats.pdf.letters import Letters, Piece, letters_of
from sosei.reading.formats.pdf.rows import place_of, words_of
from sosei.reading.formats.pdf.shape import shaped
from sosei.reading.formats.pdf.strokes import Strokes, strokes_of
from sosei.reading.grid import Cell, Grid, Words


@dataclass(slots=True)
class Table:
    """A table of one page: its frame and its cells as a grid."""

    frame: Frame
    grid: Grid


@dataclass(slots=True)
class Sheet:
    """A page read: its tables with their frames, the pieces outside them, and what is to be noted."""

    number: int
    view: View
    letters: Letters
    tables: list[Table] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def sheet_of(leaf: Leaf, mark: str | None) -> Sheet:
    """Read one page. `mark`: the source's id for places."""
    letters = letters_of(leaf)
    strokes = strokes_of(leaf)
    sheet = Sheet(leaf.number, leaf.view, letters)
    _note(sheet, strokes, mark)
    if letters.pieces:
        callouts = uncovered(strokes)
        frames, rules = frames_of(strokes)
        free = [p for p in letters.pieces if not any(_holds(f.box, p) for f in frames)]
        if rules and free:
            frames += banded(rules, strokes.across, free)
            free = [p for p in free if not any(_holds(f.box, p) for f in frames)]
        if free:
            frames += aligned(free)
        _fill(sheet, frames, callouts, mark)
    return sheet


def _holds(box: Box, piece: Piece) -> bool:
    return box[0] < piece.x0 < box[2] and box[1] < piece.middle < box[3]


def _fill(sheet: Sheet, frames: Sequence[Frame], callouts: Sequence[Box], mark: str | None) -> None:
    """Put the pieces of a page into its tables; what is in none is loose."""
    homes = filled(frames, sheet.letters, callouts)
    loose = homes.pop(NOWHERE, [])
    by_frame: dict[int, dict[int, list[Piece]]] = {}
    for (number, cell), found in homes.items():
        by_frame.setdefault(number, {})[cell] = found
    for number, frame in enumerate(frames):
        pieces = by_frame.get(number, {})
        tables = list(shaped(frame, pieces, loose))
        for part, held in tables:
            sheet.tables.append(Table(part, _grid(part, held, sheet.letters, mark)))
        if not tables:
            loose = [*loose, *(p for found in pieces.values() for p in found)]
    sheet.loose = sorted(loose, key=lambda p: p.first)


def _grid(
    frame: Frame, pieces: dict[int, list[Piece]], letters: Letters, mark: str | None
) -> Grid:
    cells = []
    for number, spot in enumerate(frame.spots):
        box = frame.spot_box(spot)
        found = pieces.get(number)
        if found:
            words = words_of(found, letters, mark, box)
        else:
            words = Words.at("", place_of(box, letters, mark))
        cells.append(
            Cell(spot.top, spot.left, words, spot.bottom - spot.top, spot.right - spot.left)
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(frame.ys) - 1, len(frame.xs) - 1, tuple(cells))


def _note(sheet: Sheet, strokes: Strokes, mark: str | None) -> None:
    """Note a page that is a picture, and characters that stand for nothing known."""
    wide, high = sheet.view.size
    whole = Place(source=mark, page=sheet.number, box=sheet.view.place(0, 0, wide, high))
    if not sheet.letters.pieces and _covered(strokes, wide * high):
        sheet.unread.append(Unread(code="page-is-picture", raw="この頁は画像です", place=(whole,)))
    if strokes.cut:
        sheet.unread.append(Unread(code="page-too-full", raw=str(sheet.number), place=(whole,)))
    for piece in sheet.letters.strange:
        place = place_of(piece[:4], sheet.letters, mark)
        sheet.unread.append(Unread(code="glyph-unknown", raw=piece.text, place=(place,)))


def _covered(strokes: Strokes, area: float) -> bool:
    images = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in strokes.images)
    return images > 0.3 * area

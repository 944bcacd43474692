"""頁. A page as it is laid out: tables and lines in reading order, and what of it could not be taken over."""

from __future__ import annotations

from collections.abc import Sequence
import dataclasses
from dataclasses import dataclass, field

from sosei.core.report import Place, Unread
from sosei.reading.formats.pdf.engine import Leaf, View
from sosei.reading.formats.pdf.fill import NOWHERE, Home, filled
from sosei.reading.formats.pdf.lattice import Frame, frames_of
from sosei.reading.formats.pdf.letters import Letters, Piece, letters_of
from sosei.reading.formats.pdf.rows import place_of, words_of
from sosei.reading.formats.pdf.strokes import Strokes, strokes_of
from sosei.reading.grid import Cell, Grid, Words


@dataclass(slots=True)
class Sheet:
    """A page read: its tables with their frames, the pieces outside them, and what is to be noted."""

    number: int
    view: View
    letters: Letters
    tables: list[Table] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table of one page: its frame and its cells as a grid."""

    frame: Frame
    grid: Grid


def sheet_of(leaf: Leaf, mark: str | None) -> Sheet:
    """Read one page. `mark`: the source's id for places."""
    letters = letters_of(leaf)
    strokes = strokes_of(leaf)
    sheet = Sheet(leaf.number, leaf.view, letters)
    _note(sheet, strokes, mark)
    if not letters.pieces:
        return sheet
    frames, _ = frames_of(strokes)
    homes = filled(frames, letters)
    loose = homes.pop(NOWHERE, [])
    for number, frame in enumerate(frames):
        pieces = {cell: found for (n, cell), found in homes.items() if n == number}
        if len(frame.spots) < 2 or not pieces:
            loose.extend(p for found in pieces.values() for p in found)
            continue
        sheet.tables.append(Table(*_closed(frame, _grid(frame, pieces, letters, mark))))
    sheet.loose = sorted(loose, key=lambda p: p.first)
    return sheet


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


def _closed(frame: Frame, grid: Grid) -> tuple[Frame, Grid]:
    """Leave out an empty last row that nothing closes: what is left of a row that moved to the next page."""
    last = grid.rows - 1
    cells = grid.row(last)
    if any(frame.ground) or last < 1 or any(c.words or c.row < last for c in cells):
        return frame, grid
    kept = tuple(cell for cell in grid.cells if cell.row < last)
    frame.ys.pop()
    frame.spots = [spot for spot in frame.spots if spot.top < last]
    frame.ground = [True] * len(frame.ground)
    frame.own()
    return frame, dataclasses.replace(grid, rows=last, cells=kept)


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



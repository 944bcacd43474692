"""頁. A page as it is laid out: tables and the text outside them, and what of it could not be taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from sosei.core.report import Place, Unread
from sosei.reading.formats.pdf.arrows import without_arrows
from sosei.reading.formats.pdf.bands import banded
from sosei.reading.formats.pdf.charts import is_panel, outside, without_charts
from sosei.reading.formats.pdf.clips import clips_of
from sosei.reading.formats.pdf.columns import aligned
from sosei.reading.formats.pdf.covers import uncovered
from sosei.reading.formats.pdf.engine import Box, Leaf, View
from sosei.reading.formats.pdf.fill import filled
from sosei.reading.formats.pdf.heads import Held, headed
from sosei.reading.formats.pdf.lattice import Frame, frames_of
from sosei.reading.formats.pdf.letters import Letters, Piece, letters_of
from sosei.reading.formats.pdf.painted import painted
from sosei.reading.formats.pdf.panels import panels_of
from sosei.reading.formats.pdf.rows import Printed, place_of, words_of
from sosei.reading.formats.pdf.scanned import scanned
from sosei.reading.formats.pdf.shape import shaped
from sosei.reading.formats.pdf.strokes import Rule, Strokes, strokes_of
from sosei.reading.formats.pdf.underlines import without_underlines
from sosei.reading.grid import Cell, Grid, Words

_FIRST: Final = attrgetter("first")
_FROM_TOP: Final = attrgetter("ys", "xs")
#: Points above and below a table within which they may lie.
_NEAR: Final = 120.0
#: The rows of a table in which words of another page's cell may lie.
_FIRST_ROWS: Final = 4


@dataclass(slots=True)
class Table:
    """A table of one page: its frame and its cells as a grid."""

    frame: Frame
    grid: Grid


@dataclass(slots=True)
class Sheet:
    """A page read: its tables with their frames, the pieces outside them, its level rules, and what is to be noted.

    `panels`: boxes beside each other, each of which is read for itself.
    """

    number: int
    view: View
    letters: Letters
    tables: list[Table] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    panels: list[Box] = field(default_factory=list)
    work: int = 0
    #: Its signs were recognised in a picture.
    seen: bool = False


def sheet_of(
    leaf: Leaf, mark: str | None, begun: Sequence[float] = (), *, look: bool = False
) -> Sheet:
    """Read one page. `mark`: the source's id for places; `begun`: the columns of an undrawn table that may go on.

    `look`: recognise the signs of a page that is a picture.
    """
    letters, strokes = letters_of(leaf), strokes_of(leaf)
    work, seen = leaf.count + strokes.seen, None
    if look and not letters.pieces and _is_picture(leaf.view, strokes):
        seen = scanned(leaf)
    if seen is not None:
        leaf, letters, strokes = seen
    sheet = Sheet(leaf.number, leaf.view, letters, work=work, seen=seen is not None)
    _note(sheet, strokes, mark)
    _cut_off(sheet, mark)
    if letters.pieces:
        charts = without_charts(strokes)
        callouts = uncovered(strokes)
        without_arrows(strokes)
        sheet.rules = strokes.across
        strokes.across = without_underlines(strokes.across, letters.pieces, strokes.down)
        frames, rules = frames_of(strokes)
        frames = [frame for frame in frames if not is_panel(frame, charts)]
        sheet.panels = panels_of(frames, strokes.fills)
        tables, bands = painted(strokes.fills, frames, letters.pieces)
        if tables or bands:
            frames, rules = sorted([*frames, *tables], key=_FROM_TOP), [*rules, *bands]
        loose = _fill(sheet, frames, letters.pieces, callouts, mark)
        if loose and rules:
            taken = [table.frame.box for table in sheet.tables]
            under = banded(rules, strokes.across, loose, taken)
            loose = _fill(sheet, under, loose, callouts, mark)
        if loose:
            loose = _fill(sheet, aligned(outside(loose, charts), begun), loose, callouts, mark)
        hidden = _hidden(letters, [piece for piece in loose if _beside(sheet, piece)])
        sheet.loose = sorted((p for p in loose if p not in hidden), key=_FIRST)
        _tell(sheet, "text-hidden", sorted(hidden), mark)
    return sheet


def _cut_off(sheet: Sheet, mark: str | None) -> None:
    """Take out text that stands beyond the page's edges, where nobody sees it: a chart's that runs on to the next."""
    pieces = sheet.letters.pieces
    if not pieces:
        return
    lefts, tops, rights, bottoms, _, _ = zip(*pieces, strict=True)
    wide, high = sheet.view.size
    if min(rights) > 0 and min(bottoms) > 0 and max(lefts) < wide and max(tops) < high:
        return
    gone = {p for p in pieces if p[2] <= 0 or p[3] <= 0 or p[0] >= wide or p[1] >= high}
    sheet.letters.pieces = [piece for piece in pieces if piece not in gone]
    _tell(sheet, "text-hidden", sorted(gone), mark)


def _fill(
    sheet: Sheet,
    frames: Sequence[Frame],
    pieces: Sequence[Piece],
    callouts: Sequence[Box],
    mark: str | None,
) -> list[Piece]:
    """Put pieces of a page into tables; return those that are in none."""
    if not frames:
        return list(pieces)
    held, loose = filled(frames, pieces, sheet.letters, callouts)
    parts, loose = headed(frames, held, loose)
    around = outside(loose, callouts)
    for frame, inside in parts:
        _uncover(sheet, frame, inside, mark)
        tables = list(shaped(frame, inside, around))
        for part, cells in tables:
            sheet.tables.append(Table(part, _grid(part, cells, sheet.letters, mark)))
        loose.extend(_left(inside, tables))
    return loose


def _left(inside: Held, tables: Sequence[tuple[Frame, Held]]) -> Iterator[Piece]:
    """Yield the pieces of a frame that none of its tables took over."""
    if len(tables) == 1 and len(tables[0][1]) == len(inside):
        return
    taken = {piece for _, cells in tables for found in cells.values() for piece in found}
    yield from (piece for found in inside.values() for piece in found if piece not in taken)


def _uncover(sheet: Sheet, frame: Frame, inside: dict[int, list[Piece]], mark: str | None) -> None:
    """Take hidden words out of a table's first rows: those of a merged cell that began on the page before."""
    for number, found in inside.items():
        if len(found) > 1 and frame.spots[number].top < _FIRST_ROWS:
            hidden = _hidden(sheet.letters, found)
            if hidden and len(hidden) < len(found):
                inside[number] = [piece for piece in found if piece not in hidden]
                _tell(sheet, "text-hidden", sorted(hidden), mark)


def _hidden(letters: Letters, pieces: Sequence[Piece]) -> set[Piece]:
    """Return the pieces that a clip leaves out: a merged cell's words on the page that shows its other half."""
    out: set[Piece] = set()
    if not letters.printed:
        return out
    clips = clips_of(letters.leaf, (letters.drawn(piece.first) for piece in pieces))
    for piece, clip in zip(pieces, clips, strict=True):
        if clip is not None:
            x0, top, x1, bottom = clip
            if piece.x1 < x0 or piece.x0 > x1 or not top <= piece.middle <= bottom:
                out.add(piece)
    return out


def _beside(sheet: Sheet, piece: Piece) -> bool:
    """Tell whether a piece stands right above or below a table, where a merged cell's hidden words would."""
    return any(
        x0 < piece.x1 and piece.x0 < x1 and top - _NEAR < piece.middle < bottom + _NEAR
        for x0, top, x1, bottom in (table.frame.box for table in sheet.tables)
    )


def _grid(frame: Frame, pieces: dict[int, list[Piece]], letters: Letters, mark: str | None) -> Grid:
    """Return a table; where the words of its cells stand is made out once somebody asks."""
    view, page = letters.leaf.view, letters.leaf.number
    held, new = pieces.get, tuple.__new__
    cells = []
    for number, spot in enumerate(frame.spots):
        top, left, bottom, right = spot
        found = held(number)
        said: str | Words = ""
        if found is None:
            box = frame.spot_box(spot)
        elif len(found) == 1:
            box, said = found[0][:4], found[0][4]
        else:
            box = frame.spot_box(spot)
            said = words_of(found, letters, mark, box)
        printed = new(Printed, (view, page, mark, box))
        cells.append(
            Cell(top, left, said, bottom - top, right - left, False, None, None, False, False, printed)
        )  # fmt: skip
    return Grid(len(frame.ys) - 1, len(frame.xs) - 1, tuple(cells))


def _note(sheet: Sheet, strokes: Strokes, mark: str | None) -> None:
    """Note a page that is a picture, and characters that stand for nothing known."""
    wide, high = sheet.view.size
    whole = Place(source=mark, page=sheet.number, box=sheet.view.place(0, 0, wide, high))
    if sheet.seen:
        raw = "この頁は画像です。文字は見て読み取ったものです"
        sheet.unread.append(Unread(code="page-was-seen", raw=raw, place=(whole,)))
    elif not sheet.letters.pieces and _is_picture(sheet.view, strokes):
        sheet.unread.append(Unread(code="page-is-picture", raw="この頁は画像です", place=(whole,)))
    if strokes.cut:
        sheet.unread.append(Unread(code="page-too-full", raw=str(sheet.number), place=(whole,)))
    _tell(sheet, "glyph-unknown", sheet.letters.strange, mark)
    for ring in strokes.rings:
        _tell(sheet, "choice-ringed", _ringed(sheet.letters, ring), mark)


def _ringed(letters: Letters, ring: Box) -> list[Piece]:
    """Return the words within an oval as one piece: the choice that somebody made; none where nothing is within."""
    x0, top, x1, bottom = ring
    near = [p for p in letters.pieces if p.x0 < x1 and p.x1 > x0 and top < p.middle < bottom]
    signs = [s for p in near for s in letters.apart(p) if x0 < (s.x0 + s.x1) / 2 < x1]
    text = "".join(sign.text for sign in signs)
    return [Piece(*ring, text, signs[0].first)] if signs else []


def _tell(sheet: Sheet, code: str, pieces: Sequence[Piece], mark: str | None) -> None:
    for piece in pieces:
        place = place_of(piece[:4], sheet.letters, mark)
        sheet.unread.append(Unread(code=code, raw=piece.text, place=(place,)))


def _is_picture(view: View, strokes: Strokes) -> bool:
    """Tell whether images take most of a page."""
    wide, high = view.size
    images = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in strokes.images)
    return images > 0.3 * wide * high

"""表の見方. How the OD rules walk over the document's tables, and how they report: one finding a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from sosei.checking.rule import Hit
from sosei.checking.scene import Scene, shown
from sosei.core.report import Places
from sosei.core.sheets import Box, Table

#: Where the twelve rules come from.
RULES: Final = "総務省「統計表における機械判読可能なデータの表記方法の統一ルール」（2020年12月）"
_EXPLAINED: Final = frozenset({"説明", "定義", "項目名", "意味", "読み替え", "置き換え", "文字"})
_FIGURE: Final = re.compile(r"[-−△▲+]?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True)
class TableSpot:
    """表の位置. A table of the document, and what it is called."""

    table: Table
    index: int

    @property
    def ja(self) -> str:
        """How a Japanese sentence calls it."""
        name = shown(self.table.name.text.strip()) or self.table.sheet or ""
        return f"{self.index + 1}番目の表" + (f"「{name}」" if name else "")

    @property
    def en(self) -> str:
        """How an English sentence calls it."""
        name = shown(self.table.name.text.strip()) or self.table.sheet or ""
        return f"table {self.index + 1}" + (f" “{name}”" if name else "")

    @cached_property
    def filled(self) -> tuple[Box, ...]:
        """The cells that hold anything."""
        return tuple(cell for cell in self.table.cells if cell.words.text.strip())

    @cached_property
    def heads(self) -> tuple[Box, ...]:
        """The cells of the heading: marked as such, or the first row that holds more than one cell."""
        marked = tuple(cell for cell in self.filled if cell.header)
        if marked:
            return marked
        rows: dict[int, list[Box]] = {}
        for cell in self.filled:
            rows.setdefault(cell.row, []).append(cell)
        first = next((row for row in sorted(rows) if len(rows[row]) > 1), min(rows, default=0))
        return tuple(rows.get(first, ()))

    @cached_property
    def body(self) -> tuple[Box, ...]:
        """The filled cells below or beside the heading."""
        heads = {id(cell) for cell in self.heads}
        last = max((cell.row for cell in self.heads if not cell.header), default=-1)
        return tuple(c for c in self.filled if id(c) not in heads and c.row > last)

    @cached_property
    def explains(self) -> bool:
        """Tell whether it explains columns or signs and holds no data of a municipality."""
        return any(cell.words.text.strip() in _EXPLAINED for cell in self.heads)

    def hit(self, cells: Sequence[Box], ja: str, en: str, do_ja: str, do_en: str) -> Hit:
        """Report cells of this table at once: how many, the first one's words, and what to do."""
        first = cells[0] if cells else None
        raw = first.words.text.strip() if first else None
        example = f"（例「{shown(raw)}」）" if raw else ""
        example_en = f" (e.g. “{shown(raw)}”)" if raw else ""
        return Hit(
            ja=f"{self.ja}：{ja.format(n=len(cells))}{example}。{do_ja}。",
            en=f"In {self.en}, {en.format(n=len(cells))}{example_en}. {do_en}.",
            place=_places(cells[:3] if cells else self.filled[:1]),
            raw=raw,
        )


def tables(scene: Scene) -> Iterator[TableSpot]:
    """Walk over the tables that hold anything."""
    document = scene.context.document
    for index, table in enumerate(document.grids if document else ()):
        spot = TableSpot(table, index)
        if spot.filled:
            yield spot


def _places(cells: Sequence[Box]) -> Places:
    return tuple(place for cell in cells for place in _outline(cell.words.places))


def _outline(places: Places) -> Places:
    """Return one stretch around a cell whose paragraphs stand apart in a text, else its first place."""
    spans = [(p.start, p.end) for p in places if p.start is not None and p.end is not None]
    if len(spans) < 2 or len(spans) < len(places):
        return places[:1]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    return (replace(places[0], start=start, end=end),)


def folded(cell: Box) -> str:
    """Return a cell's text in half-width signs."""
    return unicodedata.normalize("NFKC", cell.words.text).strip()


def is_figure(cell: Box) -> bool:
    """Tell whether a cell is a number, typed or written, without a unit; ① is a sign, not a number."""
    if any(unicodedata.category(sign) == "No" for sign in cell.words.text):
        return False
    return cell.number is not None or _FIGURE.fullmatch(folded(cell)) is not None

"""紙面の部品. Cells and tables before any file format, and the header row, widths and references that all have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from sosei.core.fields import Lang, label
from sosei.publishing.pagerefs import References

Kind = Literal["words", "label", "entry", "figure", "year", "refs"]


#: What items of a list begin with where the document marks them itself.
MARKS: Final = tuple("・●○◆◇■□※①②③④⑤⑥⑦⑧⑨⑩（(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """セル. `lines` are paragraphs (`listed`: items of a list); `refs` are numbers of references."""

    lines: tuple[str, ...] = ()
    kind: Kind = "words"
    rows: int = 1
    columns: int = 1
    listed: bool = False
    gap: bool = False
    refs: tuple[int, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether the items of a list carry marks of their own (・, ①, ※), so that none need be drawn."""
        return self.listed and any(line.startswith(MARKS) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """表. One header row, then rows of which some cells may reach down; `widths` are shares of the whole.

    `titled`: a heading right above says what the caption says. `of`: the heading of the project it belongs to.
    """

    ident: str
    kind: str
    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    titled: bool = True
    of: str = ""


WIDTHS: Final = {
    "Sheet.entry": 3, "Indicator.name": 12, "Indicator.unit": 3, "Indicator.baseline": 4,
    "Indicator.baseline_year": 10, "YearPoint.fiscal_year": 10, "YearPoint.label": 4, "YearPoint.due": 4,
    "YearPoint.target": 6, "YearPoint.actual": 6, "YearPoint.cumulative_actual": 5, "YearPoint.rate": 5,
    "YearPoint.rating": 4, "Sheet.refs": 5, "Spending.label": 14, "Sheet.yen": 7, "Spending.number": 3,
}  # fmt: skip


def head(fields: Iterable[str], lang: Lang) -> tuple[Cell, ...]:
    """Return a header row."""
    return tuple(Cell(lines=(label(field, lang),), kind="label") for field in fields)


def widths_of(fields: Iterable[str]) -> tuple[int, ...]:
    """Return the shares of the columns of fields."""
    return tuple(WIDTHS.get(field, 5) for field in fields)


def refs_cell(refs: References, back: str, whats: Iterable[tuple[str, Any]]) -> tuple[Cell, ...]:
    """Return the cell of references of a row, or no cell where the report knows no places."""
    if not refs.any:
        return ()
    found = (refs.of(what, part, back) for what, part in whats)
    return (Cell(kind="refs", refs=tuple(dict.fromkeys(n for n in found if n is not None))),)

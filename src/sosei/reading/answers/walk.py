"""読み進み. Walks through the rows of an answer once: which project, which heading, which questions a row may answer.

Nothing is decided here; every row that may be an answer becomes a `Match` with all that is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sosei.core.inquiry import AnswerSheet
from sosei.core.text import fold, narrow
from sosei.core.units import unit_of
from sosei.reading.answers.heads import Heads, Parts, head_of, is_text_head
from sosei.reading.answers.lines import rest_of, text_of
from sosei.reading.answers.marks import id_in, is_foot
from sosei.reading.answers.match import Match, Walked
from sosei.reading.answers.names import Named, Names, strip_number
from sosei.reading.answers.rows import Box, Row, is_id

_TOTALS = frozenset(
    ["合計", "計", "総計", "小計", "総合計", "経費合計", "事業費合計", "合計額", "total"]
)
_BY = ("記入者", "回答者", "担当者", "filledinby")
_BAND = 2
_ORDINAL = re.compile(r"[①-⑳㉑-㉟]|[(（]?[0-9０-９]{1,2}[)）.．]?")


class Walker:
    """歩み. The walk itself: what is in force changes from row to row."""

    def __init__(self, sheet: AnswerSheet, names: Names) -> None:
        """Begin before the first row, with no project and no heading."""
        self.sheet, self.names = sheet, names
        self.found = Walked()
        self.heads = Heads()
        self.context: frozenset[str] = frozenset()
        self.table = -1
        self.unit: str | None = None
        self.above: Row | None = None
        self.open: Match | None = None
        self.firsts: dict[int, list[tuple[Row, Parts]]] = {}

    def walk(self, rows: Sequence[Row], others: frozenset[str]) -> Walked:
        """Walk through all rows. `others`: marks of other sheets, whose rows are counted and left alone."""
        self.firsts = self._first_heads(rows)
        for row in rows:
            self._enter(row)
            if id_in(row, others):
                self.found.strangers += 1
            elif not self._is_frame(row):
                self._asked(row)
            self.above = row
        return self.found

    def _first_heads(self, rows: Sequence[Row]) -> dict[int, list[tuple[Row, Parts]]]:
        """Return the first heading of figures and of texts in each table: rows that were sorted above it keep it."""
        firsts: dict[int, list[tuple[Row, Parts]]] = {}
        kinds = set()
        for above, row in zip([None, *rows], rows, strict=False):
            over = above if above is not None and above.table == row.table else None
            head = head_of(row, over, self.sheet.fiscal_year)
            if (
                head is not None
                and id_in(row, (self.sheet.mark,)) is None
                and (kind := (row.table, is_text_head(row))) not in kinds
            ):
                kinds.add(kind)
                firsts.setdefault(row.table, []).append((row, head))
        return firsts

    def _enter(self, row: Row) -> None:
        """Leave headings behind with their table."""
        if row.table != self.table:
            if self.table > 0:
                self.unit = None
            self.heads, self.above, self.table = Heads(), None, row.table
            for head in self.firsts.get(row.table, ()):
                self._head(*head)
        if not row.line:
            self.open = None

    # -- what is no answer --------------------------------------------------------------------------------

    def _is_frame(self, row: Row) -> bool:
        """Tell whether a row is heading, band, total or the like, and take what it says."""
        key = found[1] if (found := id_in(row, (self.sheet.mark,))) else ""
        filled = [box for box in row.filled if not is_id(box.text)]
        if key == "@by" or (not key and self._is_by(filled)):
            self._by(filled)
            return True
        asked = key in self.sheet.by_key
        if not asked and (head := head_of(row, self.above, self.sheet.fiscal_year)):
            self._head(row, head)
            return True
        self._said_unit(filled)
        return self._is_band(row, key, filled)

    def _is_by(self, filled: list[Box]) -> bool:
        return bool(filled) and fold(filled[0].text).startswith(_BY) and len(filled[0].text) < 30

    def _by(self, filled: list[Box]) -> None:
        said = [box.text for box in filled if not fold(box.text).startswith(_BY)]
        said = [text for text in said if "件中" not in text and "filled in" not in text]
        if said and self.found.respondent is None:
            self.found.respondent = " ".join(said[0].split())

    def _head(self, row: Row, head: Parts) -> None:
        if is_text_head(row):
            self.heads.texts = head
        else:
            self.heads = Heads(figures=head)
        entry = row.at(head["entry"][0])
        unit = _bracket_unit(entry.text) if entry else None
        self.unit = unit or self.unit

    def _said_unit(self, filled: list[Box]) -> None:
        """Note 「単位：千円」, which holds for the sums below it."""
        for box in filled:
            plain = narrow(box.text).strip(" ()")
            if plain.startswith("単位") and (unit := unit_of(plain)) and unit.kind == "money":
                self.unit = unit.name

    def _is_band(self, row: Row, key: str, filled: list[Box]) -> bool:
        """Take the project that a row names; tell whether it does nothing else."""
        texts = [box.text for box in filled]
        exact = next((p for text in texts if (p := self.names.project(text))), None)
        asked = any(self.names.exactly(text) for text in texts)
        if key.startswith("@") and key[1:] in self.sheet.project_by_key:
            by_id = frozenset([key[1:]])
            self.context = exact if exact and not exact & by_id else by_id
            return not asked
        if exact is None and not asked and 0 < len(filled) <= _BAND and not key:
            exact = self.names.project(texts[0], near=True) or None
            if exact is not None and row.line and self._names_line(row):
                exact = None
        if exact:
            self.context = exact
            self.found.projects += 1
        return bool(exact) and not asked and (not key or key.startswith("@")) and not self._entered(row)  # fmt: skip

    def _names_line(self, row: Row) -> bool:
        return self.names.begins(row.boxes[0].text) is not None

    def _entered(self, row: Row) -> bool:
        """Tell whether something stands under the heading of the answers, in a cell of its own."""
        columns = self.heads.figures.get("entry", ())
        return any(box.column in columns and box.text for box in row.boxes)

    # -- what may be one ----------------------------------------------------------------------------------

    def _asked(self, row: Row) -> None:
        found = id_in(row, (self.sheet.mark,))
        match = Match(row, self.heads.figures, self.heads.texts, self.context, unit=self.unit)
        match.key = found[1] if found else None
        if row.line:
            self._line(match)
        else:
            self._name(match)
            self._file(match)

    def _file(self, match: Match) -> None:
        """Put a table's row where it belongs: answers, totals, or values without a name."""
        total = match.named is None and any(fold(box.text) in _TOTALS for box in match.row.filled)
        if total:
            self.found.totals.append(match)
        elif match.named is not None or (match.key in self.sheet.by_key):
            self.found.matches.append(match)
        else:
            self.found.unnamed.append(match)

    def _name(self, match: Match) -> None:
        """Find the words that name a question: under their heading, else wherever they stand."""
        row, parts = match.row, match.parts
        apart = {c for part in ("entry", "expected", "note", "target", "last") for c in parts.get(part, ())}  # fmt: skip
        under = [row.at(column) for column in parts.get("name", ())]
        beside = [box for box in row.filled if box.column not in apart and not is_id(box.text)]
        boxes = [box for box in under if box is not None and box.text]
        boxes += [box for box in beside if box not in boxes]
        name = next((box for box in boxes if self.names.exactly(box.text)), None)
        name = name or next((box for box in boxes if self.names.named(box.text)), None)
        if name is not None:
            match.name, match.named = name, self.names.named(name.text)
        elif match.key is not None and boxes:
            match.name = boxes[0]
        match.number = self._number(match)

    def _number(self, match: Match) -> str | None:
        """Return a row's numbering: under its heading, in a cell of its own before the name, or before the name itself."""
        for column in match.parts.get("number", ()):
            box = match.row.at(column)
            if box is not None and box is not match.name and box.text:
                return box.text
        if match.name is None:
            return None
        before = [box.text for box in match.row.filled if box.column < match.name.column]
        alone = next((text for text in before if _ORDINAL.fullmatch(text)), None)
        return alone or self._before_name(match)

    def _before_name(self, match: Match) -> str | None:
        """Return the numbering before a name, where it is not a part of the name that was asked."""
        named = match.named.questions if match.named else ()
        if match.name is None or any(strip_number(self.sheet.called(q))[0] for q in named):
            return None
        return strip_number(match.name.text)[0]

    def _line(self, match: Match) -> None:
        """Take a line that begins with a name; the line after may go on with it."""
        box = match.row.boxes[0]
        if _total_of(box.text):
            self.open = None
            match.rest = box
            self.found.totals.append(match)
            return
        cut = self.names.begins(box.text)
        named = self.names.named(box.text[:cut]) if cut else None
        if cut is None:
            cut, named = self._near_line(box.text)
        if named is None or cut is None:
            self._goes_on(match, box)
            return
        match.name = Box(0, box.words.strip()[:cut])
        match.named = named
        match.number = self._before_name(match)
        after = box.words.strip()[cut:]
        match.rest = Box(1, text_of(after))
        match.figure = Box(1, rest_of(after, self.sheet.fiscal_year))
        self.found.matches.append(match)
        self.open = match

    def _near_line(self, text: str) -> tuple[int | None, Named | None]:
        """Look for nearly a name before a colon."""
        for sign in ("：", ":"):
            at = text.find(sign)
            if at > 0 and (named := self.names.named(text[:at])):
                return at, named
        return None, None

    def _goes_on(self, match: Match, box: Box) -> None:
        """Add a line to the text before it, or keep it as a value without a name."""
        if is_foot(box.text):
            self.open = None
        elif self.open is not None:
            self.open.more.append(box)
        else:
            self.found.unnamed.append(match)


def _bracket_unit(text: str) -> str | None:
    """Return the unit of money that a heading has in brackets: 決算額（円）."""
    plain = narrow(text)
    inner = plain[plain.rfind("(") + 1 : plain.rfind(")")] if "(" in plain else ""
    unit = unit_of(inner) if inner else None
    return unit.name if unit and unit.kind == "money" else None


def _total_of(text: str) -> bool:
    head = fold(text.replace("：", ":").split(":")[0])
    return head in _TOTALS

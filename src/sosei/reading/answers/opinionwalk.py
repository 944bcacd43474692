"""意見書の歩み. Walks through the rows of an expert's sheet: which project is in force, under which label words stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sosei.core.inquiry import Certainty, How, Notice
from sosei.core.opinions import JudgedProject, OpinionSheet
from sosei.core.text import clean, fold
from sosei.reading.answers.judgement import judgement_of
from sosei.reading.answers.marks import is_foot
from sosei.reading.answers.names import key_of, nearest
from sosei.reading.answers.refusals import EqualRows, UnknownRow
from sosei.reading.answers.rows import MARK, Box, Row, is_id

Kind = Literal["judgement", "opinion", "expert", "whole"]
_LABELS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("whole", re.compile("(?:全体(?:について|に関する)?の?(?:御|ご)?意見|総評|全体意見|opiniononthewhole)")),
    ("expert", re.compile("(?:氏名|委員名|委員氏名|お名前|name)")),
    ("judgement", re.compile("(?:外部有識者の)?(?:事業の)?(?:評価|判定|judgement)")),
    ("opinion", re.compile("(?:外部有識者(?:の|からの))?(?:御|ご)?(?:意見|コメント|opinion)")),
)  # fmt: skip
_COLON: Final = re.compile(r"\s*[:：]\s*")


@dataclass
class Said:
    """What was said of one project, or of the whole."""

    how: How = "id"
    certainty: Certainty = "sure"
    judged: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)


class OpinionWalk:
    """歩み. The walk itself; `said` holds what was found for each project (None: the whole)."""

    def __init__(self, sheet: OpinionSheet) -> None:
        """Begin before the first row, with no project."""
        self.sheet = sheet
        self.said: dict[str | None, Said] = defaultdict(Said)
        self.problems: list[Notice] = []
        self.expert: str | None = None
        self.context: str | None = None
        self.inside = False
        self.columns: dict[Kind, int] = {}
        self.open: tuple[Kind, int] | None = None
        self.id = re.compile(rf"(?<![A-Za-z0-9_.-]){re.escape(sheet.mark)}:(@?{MARK})")
        self.names: dict[str, list[JudgedProject]] = defaultdict(list)
        for project in sheet.projects:
            for name in {project.name, f"{project.number or ''}{project.name}"}:
                self.names[key_of(name)].append(project)

    def read(self, rows: Sequence[Row]) -> None:
        """Take all rows."""
        for row in rows:
            filled = [box for box in row.filled if not is_id(box.text)]
            if row.line and filled and is_foot(filled[0].text):
                self.open = None
                continue
            if columns := _columns(row):
                self.columns, self.open = columns, None
                continue
            named = self._project(row, filled)
            if self.columns and self._row(row):
                continue
            if not named:
                self._labelled(row, filled)

    # -- which project ------------------------------------------------------------------------------------

    def _project(self, row: Row, filled: Sequence[Box]) -> bool:
        """Take the project that a row names; tell whether it does."""
        found = next((m for box in row.boxes if (m := self.id.search(box.text))), None)
        if found is not None and (found[1] == "@whole" or found[1] in self.sheet.by_key):
            self._enter(None if found[1] == "@whole" else found[1], "id", "sure")
            return found[1] != "@whole"
        if found is not None:
            return False
        exact = [
            p
            for box in filled[:3]
            for line in _lines(box)
            for p in self.names.get(key_of(line), ())
        ]
        if exact:
            return self._by_name(row, exact, "sure")
        near = self._near(filled[0].text) if len(filled) == 1 else None
        return self._by_name(row, self.names[near], "likely") if near else False

    def _near(self, text: str) -> str | None:
        """Return the project's name that a line is nearly, or is with its number before it."""
        key = key_of(text)
        inside = [name for name in self.names if name in key and 2 * len(name) >= len(key)]
        longest = max(inside, key=len, default=None)
        if longest is not None and all(name in longest for name in inside):
            return longest
        return nearest(key, self.names)

    def _by_name(self, row: Row, found: Sequence[JudgedProject], certainty: Certainty) -> bool:
        keys = list(dict.fromkeys(project.key for project in found))
        if len(keys) == 1:
            self._enter(keys[0], "reading", certainty)
        else:
            self.inside, self.open = False, None
            names = "、".join(f"「{project.number or project.key}」" for project in found[:3])
            error = EqualRows(
                name=clean(found[0].name), value="意見", choices=names, choices_en=names
            )
            self.problems.append(
                Notice.of(error, raw=found[0].name, place=row.boxes[0].words.places)
            )
        return True

    def _enter(self, key: str | None, how: How, certainty: Certainty) -> None:
        self.context, self.inside, self.open = key, True, None
        said = self.said[key]
        if not said.judged and not said.texts:
            said.how, said.certainty = how, certainty

    # -- what is said -------------------------------------------------------------------------------------

    def _row(self, row: Row) -> bool:
        """Take a row of a table with columns for judgement and opinion; tell whether it was one."""
        if not self.inside or row.line:
            return False
        found = False
        for kind, column in self.columns.items():
            box = row.at(column)
            if (
                box is not None
                and box.text
                and box.own
                and (box.column == column or self.context is None)
            ):
                self._take("opinion" if self.context is None else kind, box)
                found = True
                if self.context is None:
                    break
        self.inside = False
        return found

    def _labelled(self, row: Row, filled: Sequence[Box]) -> None:
        """Take a label with what stands beside it, below it, or goes on from it."""
        if not filled:
            return
        label, rest = _label(filled[0])
        if label is None:
            if self.open is not None and self._goes_on(row):
                self._take(self.open[0], filled[0])
            return
        boxes = [rest] if rest is not None else list(filled[1:])
        if label == "whole":
            self._enter(None, "reading", "sure")
            label = "opinion"
        self.open = (label, row.table) if label != "judgement" else None
        if label == "expert" and len(filled) > 2:
            boxes = [box for box in boxes[:1] if fold(box.text) not in ("分野", "sector")]
        for box in boxes:
            self._take(label, box)

    def _goes_on(self, row: Row) -> bool:
        assert self.open is not None
        return self.open[0] == "opinion" and (row.line or row.table == self.open[1])

    def _take(self, kind: Kind, box: Box) -> None:
        if kind == "expert":
            self.expert = self.expert or clean(box.text) or None
        elif not self.inside and not (self.columns and self.context is not None):
            if box.text and judgement_of(box.text) is not None:
                error = UnknownRow(name="意見", value=clean(box.text))
                self.problems.append(Notice.of(error, raw=box.text, place=box.words.places))
        else:
            said = self.said[self.context]
            (said.judged if kind == "judgement" else said.texts).append(box)


# -- labels ---------------------------------------------------------------------------------------------------


def _columns(row: Row) -> dict[Kind, int]:
    """Return the columns of judgement and opinion where a row is the heading of both."""
    found: dict[Kind, int] = {}
    for box in row.filled:
        kind = _kind(box.text)
        if kind in ("judgement", "opinion") and not row.line:
            found.setdefault(kind, box.column)
    return found if len(found) == 2 else {}


def _kind(text: str) -> Kind | None:
    key = fold(text)
    return next((kind for kind, words in _LABELS if words.fullmatch(key)), None)


def _label(box: Box) -> tuple[Kind | None, Box | None]:
    """Return the label that a cell or a line is, and what follows it after a colon."""
    if (kind := _kind(box.text.rstrip("：:"))) is not None:
        return kind, None
    found = _COLON.search(box.text)
    kind = _kind(box.text[: found.start()]) if found else None
    if found is None or kind is None:
        return None, None
    return kind, Box(box.column, box.words.strip()[found.end() :])


def _lines(box: Box) -> list[str]:
    return [part for line in box.text.splitlines() for part in line.split("\t") if part.strip()]

"""見出し行. Which column holds what: the answer, the target, last year's value, the unit, the remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from sosei.core.fiscal import find_years
from sosei.core.text import fold
from sosei.reading.answers.rows import Box, Row, is_id

Part = Literal[
    "project", "number", "name", "unit", "target", "last", "entry", "expected", "note", "other"
]
Parts = Mapping[Part, tuple[int, ...]]

_LONGEST: Final = 28
_FIGURE: Final = re.compile(r"[-0-9,.%()]+")
#: In this order: 「前年度実績」 is last year's, 「目標達成率」 is no target.
_WORDS: Final[tuple[tuple[Part, re.Pattern[str]], ...]] = (
    ("expected", re.compile("(?:判明|公表|確定|集計|把握).{0,4}(?:予定|時期|見込)|expectedon")),
    ("note", re.compile("^(?:備考|摘要|注記|特記|コメント|remarks?|notes?)")),
    ("unit", re.compile(r"^(?:単位|unit)(?:\(.*\))?$")),
    ("number", re.compile("^(?:番号|項番|連番|no\\.?|№|#)$")),
    ("project", re.compile("^(?:交付対象)?(?:事業(?:名称?|の名称)?|project)$")),
    ("other", re.compile("達成率|達成度|進捗|伸び率|増減|前年比|割合|差引|基準|当初|現状|開始前|achievement")),
    ("target", re.compile("目標|計画|予算|指標値|target|budget")),
    ("last", re.compile("前年|昨年|前回|昨年度|lastyear")),
    ("entry", re.compile("今年|本年|当年|実績|決算|回答|記入|入力|結果|thisyear|actual|answer")),
    ("name", re.compile(
        "(?:重要業績(?:評価)?|評価|数値|成果)?(?:指標|照会項目|項目|kpi|費目|経費|内容|区分|名称|文章|質問|indicatororitem|indicator|item|name|texts?)"
        r"(?:名|名称|等|の内訳|の内容|\(.*\)|・.{1,6}){0,2}$"
    )),
)  # fmt: skip
#: What tells a heading row from a row of words: one of these beside the answers, three columns that are known, or
#: last year's and this year's alone.
_NAMING: Final = frozenset({"project", "number", "name", "unit"})
_THIS: Final = re.compile("今年|本年|当年|thisyear")
_TEXTS: Final = re.compile("記載|文章|text")


@dataclass
class Heads:
    """The columns in force: of figures, and of texts where these have a heading of their own."""

    figures: Parts = field(default_factory=dict)
    texts: Parts = field(default_factory=dict)

    def of(self, *, text: bool) -> Parts:
        """Return where things stand in a row of figures or of text."""
        return (self.texts or self.figures) if text else self.figures


def part_of(text: str, year: int) -> Part | None:
    """Return what a column of this heading holds for a sheet about a fiscal year.

    >>> part_of("今年度実績（令和3年度）", 2021), part_of("R2実績", 2021), part_of("移住者数", 2021)
    ('entry', 'last', None)
    """
    key = fold(text)
    if not key or len(key) > _LONGEST or _FIGURE.fullmatch(key):
        return None
    found = next((part for part, words in _WORDS if _finds(part, words, key)), None)
    if found in ("expected", "note", "unit", "number", "project", "other"):
        return found
    years = _years(text)
    if not years or year in years:
        return found or ("entry" if years else None)
    return "last" if found != "target" and year - 1 in years else "other"


def _finds(part: Part, words: re.Pattern[str], key: str) -> bool:
    return bool(words.match(key) if part == "name" else words.search(key))


def head_of(row: Row, above: Row | None, year: int) -> Parts | None:
    """Return the columns of a heading row, or None where the row is none.

    `above`: the row before it in its table, whose words (a year over 目標 and 実績) tell its columns apart. Where
    several columns may hold the answer, those that name the year go before the others.
    """
    found = _parts(row, None, year)
    if above is not None and found is not None and len(found["entry"]) > 1:
        found = _parts(row, above, year) or found
    return found


def _parts(row: Row, above: Row | None, year: int) -> Parts | None:
    if row.line:
        return None
    parts: dict[Part, tuple[int, ...]] = {}
    sure: list[int] = []
    boxes = [box for box in row.filled if not is_id(box.text)]
    for box in boxes:
        text = _headed(box, above)
        part = part_of(text, year)
        if part is not None:
            parts[part] = (*parts.get(part, ()), box.column)
        if (part == "entry" and _THIS.search(fold(text))) or _says(text, year):
            sure.append(box.column)
    if "entry" not in parts or not _is_head(parts, len(boxes)):
        return None
    named = tuple(column for column in parts["entry"] if column in sure)
    return {**parts, "entry": named or parts["entry"]}


def _is_head(parts: Parts, boxes: int) -> bool:
    """Tell whether what is known of a row makes it a heading and not a row of words."""
    if parts.keys() & _NAMING or len(parts) > 2:
        return True
    return bool(parts.keys() & {"last", "target"}) and sum(map(len, parts.values())) == boxes


def _says(text: str, year: int) -> bool:
    return year in _years(text)


def _years(text: str) -> set[int]:
    """Return the years that words name; a month is a day when something is due, not a column's year."""
    return {mention.fiscal_year for mention in find_years(text) if mention.month is None}


def _headed(box: Box, above: Row | None) -> str:
    over = above.at(box.column) if above is not None and box.own else None
    return f"{over.text} {box.text}" if over is not None else box.text


def is_text_head(row: Row) -> bool:
    """Tell whether a heading row is that of texts."""
    return any(_TEXTS.search(fold(box.text)) for box in row.filled)

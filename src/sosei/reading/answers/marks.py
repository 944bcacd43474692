"""照会番号. Which sheet a file answers, by what is hidden in it or printed on it; else by what it names.

The form of another department or another year is refused by name: nothing of it is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sosei.core.fiscal import RANGE, FiscalYear, find_years
from sosei.core.inquiry import AnswerSheet
from sosei.core.text import fold
from sosei.reading.answers.heads import head_of
from sosei.reading.answers.names import Names
from sosei.reading.answers.refusals import NotAnAnswer, OtherInquiry, OtherYear, WhichSheet
from sosei.reading.answers.rows import ID, MARK, STAMP, Row

_PRINTED: Final = re.compile(
    rf"(?:照会番号|意見書番号|inquiry no\.?|sheet no\.?)[\s:]*({MARK})(?:\s*\((?:照合用|版|check|edition)\s*([0-9a-f]{{4,64}})\))?",
    re.IGNORECASE,
)
_DEPARTMENT: Final = re.compile(r"(?:回答する課|回答課|department asked)\s*[::]\s*(\S[^\n　]{0,40})", re.IGNORECASE)  # fmt: skip
_CLOSING: Final = re.compile(
    r"以上(?:です|になります)?。?$|(?:どうぞ|何卒|御査収のほど)?[、 ]?(?:よろしく|宜しく)(?:お願い|御願い|おねがい)"
)
_FOOT: Final = 100
#: Rows before the first heading in which a form says what it is.
_TOP: Final = 30
_SIGN: Final = re.compile(r"[:：\s]")
_LONG: Final = 200
#: Lines in which names are looked for at the beginning.
_TRIED: Final = 500


@dataclass
class Marks:
    """What a file says of itself: how often each mark is hidden in it, with which hash, and what its head prints."""

    ids: Counter[str] = field(default_factory=Counter)
    stamps: dict[str, str] = field(default_factory=dict)
    department: str | None = None
    title: str | None = None

    @property
    def all(self) -> list[str]:
        """The marks, the most frequent first."""
        return [mark for mark, _ in (self.ids + Counter(self.stamps.keys())).most_common()]


def is_foot(text: str) -> bool:
    """Tell whether a line is the printed mark of a page, or how a letter ends: no part of what was written before."""
    plain = unicodedata.normalize("NFKC", text[:_FOOT]).strip()
    return _PRINTED.match(plain) is not None or _CLOSING.match(plain) is not None


def id_in(row: Row, marks: Iterable[str]) -> tuple[str, str] | None:
    """Return mark and key of the hidden id in a row, in whatever column it stands."""
    for box in row.boxes:
        found = ID.fullmatch(box.text) if len(box.text) < 60 and box.own else None
        if found and found[1] in marks:
            return found[1], found[2]
    return None


def marks_of(rows: Sequence[Row], known: Iterable[str]) -> Marks:
    """Gather what a file says of itself."""
    marks = Marks()
    for row in rows:
        for box in row.filled:
            if len(box.text) < 400:
                _note(marks, unicodedata.normalize("NFKC", box.text), top=row.index < _TOP)
    named = {*known, *marks.stamps}
    for row in rows:
        if found := id_in(row, named):
            marks.ids[found[0]] += 1
    return marks


def _note(marks: Marks, text: str, *, top: bool) -> None:
    for mark, base in (*STAMP.findall(text), *_PRINTED.findall(text)):
        if mark not in marks.stamps or len(base) > len(marks.stamps[mark]):
            marks.stamps[mark] = base
    if top and marks.department is None and (found := _DEPARTMENT.search(text)):
        marks.department = found[1].strip()
    if top and marks.title is None and "年度" in text and len(text) < 100:
        marks.title = text.strip()


def choose(
    name: str, rows: Sequence[Row], sheets: Sequence[AnswerSheet]
) -> tuple[AnswerSheet, str | None]:
    """Return the sheet that a file answers, and the hash of its form as far as the file tells it.

    Raises NotAnAnswer, OtherInquiry, OtherYear, WhichSheet.
    """
    known = {sheet.mark: sheet for sheet in sheets}
    marks = marks_of(rows, known)
    ours = [mark for mark in marks.all if mark in known]
    if ours:
        return known[ours[0]], marks.stamps.get(ours[0]) or None
    if marks.all:
        raise _other(marks, sheets)
    return _by_names(name, rows, sheets, marks), None


def _other(marks: Marks, sheets: Sequence[AnswerSheet]) -> OtherInquiry:
    parts = [f"「{part}」" for part in (marks.department, marks.title) if part]
    theirs = "の".join(parts) + f"（照会番号{marks.all[0]}）"
    said = [f"“{part}”" for part in (marks.department, marks.title) if part]
    ours = "、".join(f"「{sheet.department}」（{sheet.mark}）" for sheet in sheets[:3])
    return OtherInquiry(
        theirs=theirs, theirs_en=f"{', '.join(said)} (no. {marks.all[0]})".strip(),
        ours=ours, ours_en=", ".join(f"“{s.department}” ({s.mark})" for s in sheets[:3]),
    )  # fmt: skip


def _by_names(
    name: str, rows: Sequence[Row], sheets: Sequence[AnswerSheet], marks: Marks
) -> AnswerSheet:
    """Return the sheet most of whose names a file holds, if no other has as many."""
    best = list(sheets) if len(sheets) == 1 else _best(rows, sheets)
    if not best:
        raise NotAnAnswer(name=name)
    if len(best) > 1:
        best = [sheet for sheet in best if _same_department(marks, sheet)] or best
    if len(best) > 1:
        raise WhichSheet(names="、".join(sheet.department for sheet in best[:5]))
    sheet = best[0]
    if marks.department and not _same_department(marks, sheet):
        raise _other_department(marks, sheet)
    check_year(rows, sheet.fiscal_year)
    return sheet


def _other_department(marks: Marks, sheet: AnswerSheet) -> OtherInquiry:
    return OtherInquiry(
        theirs=f"「{marks.department}」", theirs_en=f"“{marks.department}”",
        ours=f"「{sheet.department}」", ours_en=f"“{sheet.department}”",
    )  # fmt: skip


def _same_department(marks: Marks, sheet: AnswerSheet) -> bool:
    if marks.department is None:
        return False
    theirs, ours = fold(marks.department), fold(sheet.department)
    return theirs in ours or ours in theirs


def _best(rows: Sequence[Row], sheets: Sequence[AnswerSheet]) -> list[AnswerSheet]:
    """Return the sheets most of whose names a file holds."""
    texts = {text for row in rows for box in row.filled for text in _parts(box.text)}
    rated = [(_holds(texts, Names(sheet)), sheet) for sheet in sheets]
    most = max((count for count, _ in rated), default=0)
    return [sheet for count, sheet in rated if count == most] if most else []


def _parts(text: str) -> list[str]:
    """Return a text, and what stands in it before a colon or a space."""
    return [text, _SIGN.split(text, maxsplit=1)[0]] if len(text) < _LONG else []


def _holds(texts: set[str], names: Names) -> int:
    """Return how many of a sheet's names stand among texts, projects and questions; near ones where none does."""
    found = {question.key for text in texts for question in names.exactly(text)}
    found |= {f"@{key}" for text in texts for key in names.project(text)}
    if found:
        return len(found)
    tried = sorted(texts, key=lambda text: (len(text), text))[:_TRIED]
    return sum(names.begins(text) is not None or names.named(text) is not None for text in tried)


def check_year(rows: Sequence[Row], ours: int) -> None:
    """Refuse a file whose head names other fiscal years and not the one that is asked about. Raises OtherYear."""
    years: set[int] = set()
    for row in rows[:_TOP]:
        if head_of(row, None, ours):
            break
        for box in row.filled:
            text = unicodedata.normalize("NFKC", box.text)
            years |= {
                found.fiscal_year
                for found in find_years(text)
                if text[found.start : found.end].endswith("年度") and found.fiscal_year in RANGE
            }
    if years and ours not in years:
        raise OtherYear(
            theirs="・".join(str(FiscalYear(year)) for year in sorted(years)),
            theirs_en=", ".join(f"FY{year}" for year in sorted(years)),
            ours=str(FiscalYear(ours)), ours_en=f"FY{ours}",
        )  # fmt: skip

"""欄の文法. What the name cell, the remarks and the lines between the tables of the seed's family say.

Works on shapes (`cardline`): characters that the file spells as references are words, never structure. DOMAIN §0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from sosei.core.cardline import Span, parse_measure, strip
from sosei.core.costline import parse_costs
from sosei.core.errors import SoseiError
from sosei.core.fiscal import Period, find_years
from sosei.core.text import WAVES

#: How a name cell says that the words in brackets are departments, where their ending does not.
DEPARTMENTS: Final = "担当課："
#: How the remarks say what the table's own shape cannot.
PERIOD: Final = "実施期間"
YEAR: Final = "事業の年度"
INFERRED: Final = "（推定）"

_OFFICE: Final = re.compile(
    r"(?:課|室|局|係|署|センター|チーム|本部|支所|事務所|役所|役場|グループ|(?<![一全第\d])部)$"
)
_BRACKET: Final = re.compile(
    r"^(?P<name>.*?)\s*[（(【〔［\[](?P<inner>[^（()）【】〔〕［］\[\]]*)[）)】〕］\]]$", re.DOTALL
)
_LABEL: Final = re.compile(r"\s*(?:担当部署|担当部局課?|担当課室?|所管課?|主管課|担当)[：:]\s*")
_OWN_LINE: Final = re.compile(r"^(?P<name>.*\S)\s*[\r\n]\s*(?P<inner>[^\r\n]+)$", re.DOTALL)
_BETWEEN: Final = re.compile(r"[・、,，／/\r\n]")
_PERIOD: Final = re.compile(
    r"(?:事業)?(?:実施期間|事業期間|計画期間)(?:\s*[：:]\s*|\s+|(?=[RHSrhs令平\d（(]))"
)
_YEAR: Final = re.compile(rf"{YEAR}\s+")
_TITLE: Final = re.compile(r"^【\s*(?P<title>[^【】]+?)\s*】$")
_REFERENCE: Final = re.compile(r"^[（(〔【\[＜<■◆●○]*\s*参考\s*[）)〕】\]＞>：:]*")
_SECTION: Final = re.compile(
    r"(?:活用|実施|採択|予定|計画|交付)?(?:事業|実績|計画)(?:一覧|等)?[】）)＞>]*$"
)
_ITEM: Final = re.compile(r"\s(?=・)")
_NO_MEASURES: Final = re.compile(r"(?:なし|無し|該当なし|特になし|[－―—–\-─])")
_SENTENCE: Final = re.compile(r"。[）)」]?$")
_MARKS: Final = "■◆●○◇□・【】（）()＜＞<>〔〕［］ \u3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCell:
    """The name of a project and the departments in charge."""

    name: Span | None
    departments: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A line of the remarks: the project's period, its year, money, or words."""

    kind: Literal["period", "year", "cost", "words"]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLine:
    """A line between tables. `reference`: what follows is of that year (参考); `year`: the report's own year."""

    kind: Literal["title", "reference", "section", "year", "words"]
    span: Span
    year: int | None = None
    inferred: bool = False


def parse_name(shape: str) -> NameCell:
    """Return a name cell's parts: departments stand in the last bracket or on the last line."""
    a, b = strip(shape, (0, len(shape)))
    for pattern in (_BRACKET, _OWN_LINE):
        found = pattern.match(shape[a:b])
        if not found:
            continue
        inner = (a + found.start("inner"), a + found.end("inner"))
        departments = _departments(shape, inner)
        if departments:
            name = strip(shape, (a, a + found.end("name")))
            return NameCell(name=name if name[0] < name[1] else None, departments=departments)
    return NameCell(name=(a, b) if a < b else None)


def split_departments(shape: str) -> tuple[Span, ...]:
    """Return the departments of a cell of their own; words that are no office's stand as one."""
    whole = strip(shape, (0, len(shape)))
    return _departments(shape, whole) or ((whole,) if whole[0] < whole[1] else ())


def _departments(shape: str, inner: Span) -> tuple[Span, ...]:
    a, b = inner
    if label := _LABEL.match(shape, a, b):
        return tuple(_cut(shape, label.end(), b, re.compile("[、,，]")))
    parts = _cut(shape, a, b, _BETWEEN)
    joined: list[Span] = []
    start: int | None = None
    for first, last in parts:
        start = first if start is None else start
        if _OFFICE.search(shape, start, last):
            joined.append((start, last))
            start = None
    return tuple(joined) if start is None else ()


def _cut(shape: str, a: int, b: int, between: re.Pattern[str]) -> list[Span]:
    parts, at = [], a
    for found in between.finditer(shape, a, b):
        parts.append(strip(shape, (at, found.start())))
        at = found.end()
    parts.append(strip(shape, (at, b)))
    return [part for part in parts if part[0] < part[1]]


def split_items(shape: str) -> list[Span]:
    """Return the items of a paragraph that begins with 「・」, else the paragraph itself."""
    if not shape.startswith("・"):
        return [(0, len(shape))]
    cuts = [found.start() for found in _ITEM.finditer(shape)]
    return [strip(shape, edge) for edge in pairwise([0, *cuts, len(shape)])]


def line_of_measures(shape: str) -> Literal["measures", "note", "prose", "nothing"]:
    """Return what a line of a KPI cell is. Prose is no indicator, whatever figures stand in it."""
    if shape.startswith("※"):
        return "note"
    if _NO_MEASURES.fullmatch(shape):
        return "nothing"
    if _SENTENCE.search(shape) and not parse_measure(shape).says_a_value:
        return "prose"
    return "measures"


def parse_remark(shape: str) -> RemarkLine:
    """Return what a line of the remarks is."""
    a, b = strip(shape, (0, len(shape)))
    for kind, pattern in (("period", _PERIOD), ("year", _YEAR)):
        found = pattern.match(shape, a, b)
        if found and found.end() < b:
            return RemarkLine(kind="period" if kind == "period" else "year", span=(found.end(), b))
    if is_period(shape[a:b]):
        return RemarkLine(kind="period", span=(a, b))
    return RemarkLine(kind="cost" if parse_costs(shape) else "words", span=(a, b))


def is_period(text: str) -> bool:
    """Tell whether a text is nothing but a span of years (R3～R7年度)."""
    if len(text) > 30 or not any(wave in text for wave in WAVES):
        return False
    try:
        period = Period.parse(text)
    except SoseiError:
        return False
    return period.first is not None or period.last is not None


def parse_heading(shape: str) -> HeadLine:
    """Return what a line between tables is."""
    a, b = strip(shape, (0, len(shape)))
    span, text = (a, b), shape[a:b]
    years = [found for found in find_years(text) if found.kind in ("fiscal", "calendar")]
    if years and (reference := _REFERENCE.match(text)) and years[0].start >= reference.end():
        where = (a + years[0].start, a + years[0].end)
        return HeadLine(kind="reference", span=where, year=years[0].fiscal_year)
    if title := _TITLE.match(text):
        return HeadLine(kind="title", span=(a + title.start("title"), a + title.end("title")))
    if len(years) == 1 and years[0].kind == "fiscal":
        return _dated(text, a, years[0].start, years[0].end, years[0].fiscal_year)
    return HeadLine(kind="words", span=span)


def _dated(text: str, a: int, start: int, end: int, year: int) -> HeadLine:
    """Return a line with one year in it: the year alone, a section's heading, or words."""
    rest = text[end:].strip()
    where = (a + start, a + end)
    if not text[:start].strip(_MARKS) and rest in ("", INFERRED, "分", "）", "】"):
        return HeadLine(kind="year", span=where, year=year, inferred=rest == INFERRED)
    if not text[:start].strip(_MARKS) and len(rest) <= 12 and _SECTION.fullmatch(rest):
        return HeadLine(kind="section", span=where, year=year)
    return HeadLine(kind="words", span=(a, a + len(text)))


def year_of_title(shape: str) -> Span | None:
    """Return where a title names one fiscal year, or None where it names none or several."""
    years = [found for found in find_years(shape) if found.kind == "fiscal"]
    return (years[0].start, years[0].end) if len({y.fiscal_year for y in years}) == 1 else None

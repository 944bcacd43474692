"""一行の文法. How the seed's family of reports writes an indicator or a note in one line of a cell.

The reader of that family and the writer of its form share this grammar: the writer asks it whether a line says what
it is meant to say, and marks characters until it does. It works on a line's *shape*: its text, in which each
character that the file spells as a reference (&#x25CB;) is `MASK`. Such characters are words, never structure.
Everything found is a span of the line. Source: DOMAIN §0.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.core.text import clean, join_lines, mend
from sosei.core.units import is_unit

Span = tuple[int, int]

#: Stands in a shape for a character that is words whatever it looks like.
MASK: Final = "\ufffc"
#: How a line says that what it tells of has no name.
NAMELESS: Final = "（名称なし）"
#: Stands between the years of one indicator.
BETWEEN_YEARS: Final = " ／ "
#: How a value says that its cell was there and empty.
EMPTY: Final = "空欄"

_CIRCLED: Final = "①-⑳㉑-㉟㊱-㊿⓪❶-❿⓫-⓴⓵-⓾"
_NUMBER: Final = re.compile(
    rf"(?P<plain>[{_CIRCLED}]|[(（](?:\d{{1,2}}|[ア-ンa-zA-Z])[)）]|\d{{1,2}}[.．)）](?!\d))\s*"
    r"|［(?P<any>[^［］]+)］\s*"
)
NUMBER_INSIDE: Final = re.compile(rf"(?<=\s)(?:[{_CIRCLED}]|［[^［］]+］)")
_YEARS_BREAK: Final = re.compile(r"(?:^|\s+)／(?=\s|$)")
_NOTE: Final = re.compile(r"(?:^|(?<=[\s）)。]))※\s*")
_ROLES: Final = {
    "target": ("目標値", "目標", "計画値", "計画"),
    "actual": ("実績値", "実績", "結果"),
    "baseline": ("基準値", "現状値", "当初値", "従前値"),
    "rate": ("目標達成率", "達成率", "達成度", "進捗率"),
    "aside": ("対前年度比", "対前年比", "前年度比", "前年比", "増減率", "増減"),
}
_ROLE_OF: Final = {word: role for role, words in _ROLES.items() for word in words}
_WORDS: Final = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_GAPS: Final = "集計中|未集計|未公表|公表前|未定|検討中|調査中|該当なし|測定不能|空欄"
_VALUE: Final = rf"[△▲−－–\-+約延]*\d|(?:{_GAPS})"
_ROLE: Final = re.compile(
    rf"(?<![^\s（(、，,：:；;／/→])(?P<role>{_WORDS})"
    rf"(?:\s*[：:＝=]\s*|\s+(?=[^\s）)])|(?=[（(]?(?:{_VALUE})))"
)
_AFTER_YEAR: Final = re.compile(r"(?:末|時点|の|は|分)*[）)]?(?:\s*[：:]\s*|\s*)")
_YEAR_LEADS_TO: Final = re.compile(rf"(?:{_WORDS}|{_VALUE})")
_UNIT: Final = re.compile(r"\s*[（(]単位\s*[：:]\s*([^（）()]+)[）)]\s*")
BRACKET_END: Final = re.compile(r"\s*[（(]([^（）()]+)[）)]$")
_ARROW: Final = re.compile(r"\s*(?:→|⇒|➡)\s*")
_FOR_ALL: Final = re.compile("いずれも|すべて|全て|各指標|全指標")


class Mark(NamedTuple):
    """A word of structure in a line: a role or a year, with what it is and where its value begins."""

    role: str
    start: int
    end: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """One year of an indicator's line. `bare` is a figure whose role the table's header tells."""

    year: int | None = None
    target: Span | None = None
    actual: Span | None = None
    rate: Span | None = None
    bare: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """An indicator's line. `aside`: what is printed beside it and is no value of it (前年度比 105%)."""

    number: Span | None = None
    name: Span | None = None
    unit: Span | None = None
    baseline: Span | None = None
    points: tuple[PointLine, ...] = ()
    note: Span | None = None
    aside: tuple[Span, ...] = ()

    @property
    def says_a_value(self) -> bool:
        """True when there is more than a name."""
        return bool(self.points or self.baseline)


def understood(text: str, shape: str, *, mended: bool) -> str:
    """Return the words of a stretch: its lines joined and, if `mended`, without stray spaces; masked ones untouched.

    >>> understood("拠点 形成 X", "拠点 形成" + MASK + "X", mended=True)
    '拠点形成 X'
    """
    masked = iter([t for t, s in zip(text, shape, strict=True) if s == MASK])
    plain = mend(shape) if mended else join_lines(shape)
    return clean("".join(next(masked) if ch == MASK else ch for ch in plain))


def strip(shape: str, span: Span, chars: str = "") -> Span:
    """Return a span without white space (and `chars`) at both ends."""
    a, b = rstrip(shape, span, chars)
    while a < b and (shape[a].isspace() or shape[a] in chars):
        a += 1
    return a, b


def rstrip(shape: str, span: Span, chars: str = "") -> Span:
    """Return a span without white space at both ends and without `chars` at its end."""
    a, b = span
    while b > a and (shape[b - 1].isspace() or shape[b - 1] in chars):
        b -= 1
    while a < b and shape[a].isspace():
        a += 1
    return a, b


def some(span: Span) -> Span | None:
    """Return a span, or None where it is empty."""
    return span if span[0] < span[1] else None


# -- indicators -------------------------------------------------------------------------------------------------------


def split_measures(shape: str) -> list[Span]:
    """Return the indicators that stand in one line: at circled numbers, and after each figure with its unit."""
    cuts = [found.start() for found in NUMBER_INSIDE.finditer(shape)]
    edges = [0, *cuts, len(shape)]
    parts = [strip(shape, (a, b)) for a, b in itertools.pairwise(edges)]
    return [piece for part in parts if part[0] < part[1] for piece in _pairs(shape, part)]


def _pairs(shape: str, part: Span) -> list[Span]:
    """Cut 「就職者数 161 人 企業数 53 社」 behind each figure, if the whole is made of such pairs."""
    a, b = part
    if _marks(shape, part) or _YEARS_BREAK.search(shape, a, b) or _ARROW.search(shape, a, b):
        return [part]
    ends = [a + f.end for f in find_figures(shape[a:b]) if f.figure.unit and is_unit(f.figure.unit)]
    if not ends or ends[-1] != b:
        return [part]
    parts, at = [], a
    for end in ends:
        piece = strip(shape, (at, end))
        goes_on = end < b and (not shape[end].isspace() or shape[end:b].lstrip()[:1] in "（(※～~〜")
        line = parse_measure(shape, piece)
        if goes_on or line.name is None or line.name[1] - line.name[0] < 2:
            continue
        parts.append(piece)
        at = end
    return parts if at == b else [part]


def parse_measure(shape: str, span: Span | None = None) -> MeasureLine:
    """Return what an indicator's line says."""
    a, b = strip(shape, span or (0, len(shape)))
    note, b = _note(shape, a, b)
    number, a = leading_number(shape, a, b)
    edges = _segments(shape, a, b)
    head, first = edges[0], _points(shape, edges[0], at_head=True)
    line = _head(shape, (head[0], first.begin), first)
    later = [_points(shape, edge, at_head=False) for edge in edges[1:]]
    every = [*line.points, *(p for found in later for p in (found.points or [PointLine()]))]
    return replace(
        line,
        number=number,
        note=note or line.note,
        points=tuple(every),
        baseline=line.baseline or next((f.baseline for f in later if f.baseline), None),
        aside=line.aside + tuple(s for found in later for s in found.aside),
    )


def leading_number(shape: str, a: int, b: int) -> tuple[Span | None, int]:
    """Return the number that a line begins with (①, (1), 2., ［甲］ without its brackets) and where the rest begins."""
    found = _NUMBER.match(shape, a, b)
    if not found:
        return None, a
    return found.span("plain" if found["plain"] else "any"), found.end()


def is_for_all(note: str) -> bool:
    """Tell whether a note under the list speaks of every indicator of it (※いずれも…)."""
    return bool(_FOR_ALL.search(note))


def _note(shape: str, a: int, b: int) -> tuple[Span | None, int]:
    found = _NOTE.search(shape, a, b)
    if not found:
        return None, b
    return some(strip(shape, (found.end(), b))), strip(shape, (a, found.start()))[1]


def _segments(shape: str, a: int, b: int) -> list[Span]:
    edges, at = [], a
    for found in _YEARS_BREAK.finditer(shape, a, b):
        edges.append(strip(shape, (at, found.start())))
        at = found.end()
    return [*edges, strip(shape, (min(at, b), b))]


@dataclass(slots=True)
class _Found:
    """What the marks of a segment say. `begin`: where the first of them stands."""

    begin: int
    points: list[PointLine]
    baseline: Span | None = None
    aside: tuple[Span, ...] = ()


def _marks(shape: str, segment: Span, *, year_may_end: bool = False) -> list[Mark]:
    a, b = segment
    marks = [
        Mark(_ROLE_OF[found["role"]], found.start(), found.end())
        for found in _ROLE.finditer(shape, a, b)
    ]
    marks += _year_marks(shape, segment, year_may_end)
    return sorted(marks, key=lambda mark: mark.start)


def _year_marks(shape: str, segment: Span, may_end: bool) -> Iterator[Mark]:
    """Yield the years that lead to a value or a role; others belong to the words around them."""
    a, b = segment
    for found in find_years(shape[a:b]):
        start, end = a + found.start, a + found.end
        after = _AFTER_YEAR.match(shape, end, b)
        behind = after.end() if after else end
        before = start == a or shape[start - 1] in " \u3000（(、，,；;／/→：:"
        leads = _YEAR_LEADS_TO.match(shape, behind, b) or (may_end and behind == b)
        if before and leads:
            yield Mark("year", start, behind, found.fiscal_year)


def _points(shape: str, segment: Span, *, at_head: bool) -> _Found:
    """Return the years that the marks of a segment make."""
    marks = _marks(shape, segment, year_may_end=not at_head)
    found = _Found(marks[0].start if marks else segment[1], [])
    ends = [mark.start for mark in marks[1:]] + [segment[1]]
    for mark, end in zip(marks, ends, strict=False):
        _take(shape, found, mark, _value_span(shape, mark.end, end))
    if not marks and not at_head and (span := some(segment)):
        found.points.append(PointLine(bare=span))
    return found


def _take(shape: str, found: _Found, mark: Mark, span: Span) -> None:
    last = found.points[-1] if found.points else None
    if mark.role == "year":
        found.points.append(PointLine(year=mark.year, bare=some(span)))
    elif mark.role == "aside":
        found.aside += ((mark.start, span[1]),)
    elif mark.role == "baseline":
        found.baseline = span
    elif last is None or getattr(last, mark.role) is not None:
        found.points.append(_with_role(PointLine(), mark.role, span))
    else:
        found.points[-1] = _with_role(last, mark.role, span)


def _with_role(point: PointLine, role: str, span: Span) -> PointLine:
    if role == "target":
        return replace(point, target=span)
    return replace(point, actual=span) if role == "actual" else replace(point, rate=span)


def _value_span(shape: str, a: int, b: int) -> Span:
    """Return the span of a value without separators and brackets that do not belong to it."""
    a, b = strip(shape, (a, b), "、，,；;→／/")
    if shape[b - 1 : b] in ("（", "("):
        a, b = strip(shape, (a, b - 1), "、，,；;→／/")
    inner = shape[a:b]
    if inner[-1:] in ("）", ")") and inner.count("（") + inner.count("(") < inner.count(
        "）"
    ) + inner.count(")"):
        b -= 1
    return strip(shape, (a, b), "、，,；;→／/")


def _head(shape: str, head: Span, found: _Found) -> MeasureLine:
    """Return what stands before the first mark: the name, its unit, and a figure whose role the header tells."""
    a, b = rstrip(shape, head, "（(、，,：:→")
    baseline, points, note = found.baseline, list(found.points), None
    unit, bare, b = _unit_and_bare(shape, a, b)
    if bare is None and unit is None and (bracket := BRACKET_END.search(shape, a, b)):
        _, bare, name_end = _unit_and_bare(shape, a, bracket.start())
        note = bracket.span(1) if bare else None
        b = name_end if bare else b
    if bare is not None:
        b, arrow_from = _arrow(shape, a, b)
        baseline = baseline or arrow_from
        year, b = _year_at_end(shape, a, b)
        points = _with_bare(points, bare, year)
    elif points and points[0].year is None:
        year, b = _year_at_end(shape, a, b) if BRACKET_END.search(shape, a, b) else (None, b)
        points[0] = replace(points[0], year=year)
    name = some(rstrip(shape, (a, b), "：:、，,…‥"))
    return MeasureLine(
        name=name, unit=unit, baseline=baseline, points=tuple(points), note=note, aside=found.aside
    )


def _with_bare(points: list[PointLine], bare: Span, year: int | None) -> list[PointLine]:
    if points and points[0].year in (None, year) and points[0].bare is None:
        return [replace(points[0], bare=bare, year=year), *points[1:]]
    return [PointLine(bare=bare, year=year), *points]


def _unit_and_bare(shape: str, a: int, b: int) -> tuple[Span | None, Span | None, int]:
    """Return the unit in brackets, the figure at the end, and where the name ends."""
    units = list(_UNIT.finditer(shape, a, b))
    if units and (units[-1].end() == b or _is_bare(shape, units[-1].end(), b)):
        rest = some(strip(shape, (units[-1].end(), b)))
        return units[-1].span(1), rest, units[-1].start()
    start = _bare_start(shape, a, b)
    if start is None:
        return None, None, b
    return None, (start, b), strip(shape, (a, start))[1]


def _is_bare(shape: str, a: int, b: int) -> bool:
    figures = find_figures(shape[a:b])
    return len(figures) == 1 and (figures[0].start, figures[0].end) == (0, b - a)


def _bare_start(shape: str, a: int, b: int) -> int | None:
    """Return where the figure (with a known unit) or the mark of absence at the end of a stretch begins."""
    figures = find_figures(shape[a:b])
    if figures and figures[-1].end == b - a:
        unit = figures[-1].figure.unit
        return a + figures[-1].start if unit and is_unit(unit) else None
    start = max((i + 1 for i in range(a, b) if shape[i].isspace()), default=b)
    return start if start < b and read_gap(shape[start:b]) is not None else None


def _arrow(shape: str, a: int, b: int) -> tuple[int, Span | None]:
    """Return where the name ends before 「10人 →」, and the span of that earlier figure."""
    found = next((f for f in _ARROW.finditer(shape, a, b) if f.end() == b), None)
    if not found:
        return b, None
    figures = find_figures(shape[a : found.start()])
    if not figures or a + figures[-1].end != found.start():
        return b, None
    start = a + figures[-1].start
    return strip(shape, (a, start))[1], (start, found.start())


def _year_at_end(shape: str, a: int, b: int) -> tuple[int | None, int]:
    """Return the year that a name ends with, in brackets or behind a space, and where the name itself ends."""
    for found in find_years(shape[a:b]):
        start, end = a + found.start, a + found.end
        rest = shape[end:b].strip()
        before = shape[a:start].rstrip()
        if rest in ("", "末") and start > a and shape[start - 1].isspace():
            return found.fiscal_year, strip(shape, (a, start))[1]
        if rest in ("）", ")", "末）", "末)") and before[-1:] in ("（", "("):
            return found.fiscal_year, strip(shape, (a, a + len(before) - 1))[1]
    return None, b

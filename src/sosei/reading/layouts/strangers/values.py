"""値の読み. A cell or stretch of text as the figure of an indicator, with what stands around the figure.

「累計 515（うちH28年度 255人）」 holds two figures, 「一般職員数 15人削減」 one with a qualifier, 「24,672平方メートル（※）」
a footnote mark. Where no figure can be told apart, the words are the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sosei.core.figures import find_figures, read_value
from sosei.core.fiscal import find_years
from sosei.core.report import Value, copied
from sosei.core.swift import swift
from sosei.core.text import join_lines
from sosei.core.units import is_unit
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.headings import NUMBER

_NOTES: Final = re.compile(r"[（(]\s*(?:※|注)\s*\d*\s*[）)]|※\s*\d*$|\*\d*$|[（(]注\d*[）)]")
_INNER: Final = re.compile(r"[（(〔\[](?P<inner>[^（()）〔〕\[\]]*)[）)〕\]]")
_DATED: Final = re.compile(r"[\s年度末時点現在までの累計積合～〜~\-－・、.]*")
_RUNNING: Final = re.compile(r"^(?:累計|累積|通算|延べ累計)\s*[:：]?\s*")
#: What a target is to be reached over, before the figure: 5年間で, 5か年累計, R2～R6の合計.
_SPAN: Final = re.compile(
    r"^(?:[\d０-９一二三四五六七八九十]{1,2}[かカヶケヵ箇]?年(?:間|度)?|計画期間(?:中|内)?|期間(?:中|内))"
    r"(?:の?(?:累計|累積|合計|通算|延べ|計)|で)(?:の)?\s*[:：]?\s*(?=[\d０-９延約計])"
)
#: Words around one figure may be this long in all for the figure still to be what the cell says.
_AROUND: Final = 14


@swift
@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: its figure, whether it is a running total, and a second figure in brackets."""

    value: Value
    running: bool = False
    second: Value | None = None
    second_words: str = ""
    year: int | None = None


def read_cell(words: Words, unit: str | None = None, near: int | None = None) -> Reading:
    """Read a cell of figures; `unit` is what the column or name says already, `near` a year for years without an era."""
    if NUMBER.fullmatch(words.text):
        value = read_value(words.text, place=words.places, unit=unit)
        if value.number is not None:
            return Reading(_with_raw(value, words) if "." in words.text else value)
    text = join_lines(words.text)
    plain = _NOTES.sub("", text).strip()
    inner = _INNER.search(plain)
    main = _SPAN.sub("", _INNER.sub("", _RUNNING.sub("", plain)).strip())
    value = read_value(text, place=words.places, unit=unit)
    dated = year_in(inner["inner"], near) if inner else None
    if value.text is None:
        value = _with_raw(value, words)
    else:
        said = copied(value, text=main) if dated is not None and main else value
        value = _one(main, words, unit) or _lone(main, words, unit) or _with_raw(said, words)
    return Reading(
        value,
        running=bool(_RUNNING.match(plain)) and value.number is not None,
        second=_second(inner["inner"], words, unit) if inner and value.number is not None else None,
        second_words=inner["inner"] if inner else "",
        year=dated,
    )


def year_in(text: str, near: int | None = None) -> int | None:
    """Return the year that words in brackets are: 平成31年度, H30年度末, H27～H30 (the last of a span)."""
    found = find_years(text, near=near)
    if not found or len(found) > 2:
        return None
    rest = (
        text[: found[0].start]
        + "".join(text[a.end : b.start] for a, b in pairwise(found))
        + text[found[-1].end :]
    )
    return found[-1].fiscal_year if _DATED.fullmatch(rest) else None


def years_of(text: str, near: int | None = None) -> list[int]:
    """Return the fiscal years that a cell of dates names; a bare 2014 is one too."""
    found = [year.fiscal_year for year in find_years(text, near=near)]
    bare = re.fullmatch(r"\s*((?:19|20)\d\d)\s*", text)
    return found or ([int(bare[1])] if bare else [])


def _second(text: str, words: Words, unit: str | None) -> Value | None:
    """Return the figure in brackets beside another: うちH28年度 255人."""
    years = find_years(text)
    for year in reversed(years):
        text = text[: year.start] + text[year.end :]
    found = find_figures(text)
    if len(found) != 1 or (years and not text.strip()):
        return None
    value = read_value(text[found[0].start : found[0].end], place=words.places, unit=unit)
    return _with_raw(value, words) if value.number is not None else None


def value_of(words: Words, unit: str | None = None) -> Value:
    """Return the one value of a cell."""
    return read_cell(words, unit).value


def _one(text: str, words: Words, unit: str | None) -> Value | None:
    """Return a text that is a figure as a whole."""
    if not text:
        return None
    value = read_value(text, place=words.places, unit=unit)
    return _with_raw(value, words) if value.text is None else None


def _lone(text: str, words: Words, unit: str | None) -> Value | None:
    """Return the only figure in a text, if it carries a unit and little stands around it."""
    found = find_figures(text)
    if len(found) != 1:
        return None
    figure = found[0].figure
    around = len(text) - (found[0].end - found[0].start)
    if around > _AROUND or not (figure.unit and is_unit(figure.unit)):
        return None
    value = read_value(text[found[0].start : found[0].end], place=words.places, unit=unit)
    return _with_raw(value, words) if value.number is not None else None


def _with_raw(value: Value, words: Words) -> Value:
    """Return a value with the cell's spelling kept where it is not plainly the number."""
    raw = words.text.strip()
    plain = value.text if value.number is None else format(value.number, "f")
    return copied(value, raw=raw if raw and raw != plain else None, place=words.places)

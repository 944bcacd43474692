"""凡例. A legend says once what the figures of every line are: 「［H30 基準値］→［R6 目標値］★R4 実績値」, then 「空き店舗率 24.6％→18.0％★22.9％」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.gaps import read_gap
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.names import indicator_name
from sosei.reading.layouts.strangers.values import read_cell

_SIGNS: Final = "→⇒➡⇨★☆◎●◇◆／/【《"
_CLOSERS: Final = " 　\t］[［]〔〕】》（）()"
_PIECE: Final = re.compile(rf"[^{_SIGNS}】》］［\[\]〔〕]+")
_CALLED: Final = re.compile(r"[\s　※（(【]*凡例[）)】]?[\s　:：]*")
_GAP: Final = re.compile(r"[\s　]+|[:：]")
#: What stands before the first word of a legend: 「ＫＰＩの状況（基準値→目標値→実績値）」.
_BEFORE: Final = re.compile(r"[\s　]+|[:：（(]")
#: A legend says no more than this.
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class Legend:
    """What each figure of a line is, and the sign that stands before each but the first."""

    meant: tuple[Heading, ...]
    signs: tuple[str, ...]


def legend_of(words: Words, near: int | None) -> Legend | None:
    """Return the legend that a line is; None where it holds figures, or nothing tells them apart."""
    text = words.text
    if len(text) > _LONGEST or not any(sign in text for sign in _SIGNS):
        return None
    called = _CALLED.match(text)
    found = list(_pieces(text, called.end() if called else 0, near))
    signs = [text[end:start].strip(_CLOSERS) for (_, _, end), (_, start, _) in pairwise(found)]
    roles = [meant.role for meant, _, _ in found]
    whole = (
        len(found) > 1 and all(len(sign) == 1 for sign in signs) and len(set(roles)) == len(roles)
    )
    return Legend(tuple(meant for meant, _, _ in found), tuple(signs)) if whole else None


def _pieces(text: str, at: int, near: int | None) -> list[tuple[Heading, int, int]]:
    """Return the meanings of a legend with where each begins and ends; none where a piece means nothing."""
    out: list[tuple[Heading, int, int]] = []
    for found in _PIECE.finditer(text, at):
        said = found[0].strip(_CLOSERS)
        meant = understand(said, near=near)
        last = _BEFORE.split(said)[-1] if said else ""
        meant = meant if meant.role in FIGURES or out else understand(last, near=near)
        if meant.role in FIGURES:
            out.append((meant, found.start(), found.end()))
        elif said:
            return []
    return out


def told_by_legend(words: Words, legend: Legend) -> IndicatorDraft | None:
    """Return the indicator of a line under a legend; None where its signs do not stand there in order."""
    parts, rest = [], words
    for sign in legend.signs:
        at = rest.text.find(sign)
        if at < 0:
            break
        parts.append(rest[:at])
        rest = rest[at + 1 :]
    parts.append(rest)
    if len(parts) < 2:
        return None
    first = parts[0].text.rstrip()
    gap = max((found.end() for found in _GAP.finditer(first)), default=0)
    name = indicator_name(parts[0][:gap].strip(" 　・○●◇◆■□:："))
    values = [parts[0][gap:], *parts[1:]]
    if name.said is None or not all(_is_value(value.strip(_CLOSERS).text) for value in values[:2]):
        return None
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    for meant, value in zip(legend.meant, values, strict=False):
        reading = read_cell(value.strip(" 　\t】》"), draft.unit)
        draft.add(meant.role or "", reading.value, year=meant.year)
    return draft


def _is_value(text: str) -> bool:
    return bool(find_figures(text)) or read_gap(text) is not None

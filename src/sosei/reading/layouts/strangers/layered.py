"""欄の中の欄. Cells whose lines say themselves what they hold: 「目標 300」 over 「実績 342」 below one year."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand

_JOINT: Final = " 　:：…・、（）()年度末"
_LABEL: Final = re.compile(
    r"^\s*[【（(\[〔]?(?P<label>[^\d０-９【】（()）\[\]〔〕:：\s]{1,8}?)[】）)\]〕]?(?:\s*[:：]\s*|[\s　]+|(?=[\d０-９△▲－―-]))(?P<value>\S.*)$"
)
#: A label with its colon right behind a figure begins a part of its own, whatever became of the line's end.
_SIDES: Final = re.compile(
    r"[\r\n]+|\s*[/／]\s*(?=[^\d０-９])|(?<=\S)[\s　]*(?=(?:目標|実績|計画|達成|進捗)[値率度]?[\s　]*[:：])"
)
_TOLD: Final = FIGURES | {"rate"}


def dated_lines(words: Words, near: int | None) -> list[tuple[Heading, Words]]:
    """Return the figures of a cell that stand each behind or below a year: 「R2年度：10人」 lines, 「R6年度」 over 「15人」."""
    lines = words.lines()
    if len(lines) < 2:
        return []
    out: list[tuple[Heading, Words]] = []
    above: Heading | None = None
    for line in lines:
        years = find_years(line.text, near=near)
        if len(years) == 1 and not years[0].start and above is None:
            rest = line[years[0].end :].strip(_JOINT)
            meant = Heading(text=line.text, year=years[0].fiscal_year, bare=True)
            if rest:
                out.append((meant, rest))
            else:
                above = meant
        elif above is not None and not years:
            out.append((above, line))
            above = None
        else:
            return []
    figures = (read_gap(part.text) is not None or find_figures(part.text) for _, part in out)
    return out if above is None and all(figures) else []


def layers(words: Words) -> list[tuple[Heading, Words]]:
    """Return the labelled figures of a cell, each with what its label means; none where a part has no such label."""
    parts = [part for part in words.split(_SIDES) if part]
    found = [_LABEL.match(part.text) for part in parts]
    out: list[tuple[Heading, Words]] = []
    for part, label in zip(parts, found, strict=True):
        meant = understand(label["label"]) if label else None
        if label is None or meant is None or meant.role not in _TOLD:
            return []
        value = part.group(label, "value").strip()
        if read_gap(value.text) is None and not find_figures(value.text):
            return []
        out.append((meant, value))
    return out

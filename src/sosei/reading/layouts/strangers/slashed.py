"""斜線の組. Two figures with a stroke between, where a label or header says which is which: 「目標／実績」, 「10,000人／8,214人」."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.names import indicator_name
from sosei.reading.layouts.strangers.values import read_cell

_STROKE: Final = re.compile(r"[\s　]*[／/][\s　]*")
#: 目標／実績 in brackets behind a label, or a header of its own.
_ROLES: Final = re.compile(
    r"(?P<first>(?:基準|現状|目標|計画|実績)値?)[\s　]*[／/][\s　]*(?P<second>(?:目標|計画|実績)値?)"
)
_JOINTS: Final = " 　:：、，,（()）＝="


def roles_of(text: str) -> tuple[str, str] | None:
    """Return what the two sides of a stroke are by a label or header; None where it does not say."""
    found = _ROLES.search(text)
    sides = [understand(found[side]).role for side in ("first", "second")] if found else []
    first, second = ("baseline" if role == "current" else role for role in sides or (None, None))
    both = first in FIGURES and second in FIGURES and first != second
    return (first or "", second or "") if both else None


def sides_of(words: Words) -> list[Words]:
    """Return the two figures or gaps of a cell with one stroke between them; none where it is otherwise."""
    sides = words.split(_STROKE)
    told = all(find_figures(side.text) or read_gap(side.text) is not None for side in sides)
    return sides if len(sides) == 2 and told else []


def slashed(words: Words, roles: tuple[str, str], near: int | None) -> IndicatorDraft | None:
    """Return the indicator of 「乗車人数　R3：10,000人／8,214人　R4：30,000人／26,380人」; None where a year has no such pair."""
    years = [year for year in find_years(words.text, near=near) if year.kind == "fiscal"]
    if not years or years[0].start < 2:
        return None
    name = indicator_name(words[: years[0].start].strip(_JOINTS))
    ends = [*(year.start for year in years[1:]), len(words)]
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    for year, end in zip(years, ends, strict=True):
        sides = sides_of(words[year.end : end].strip(_JOINTS))
        if not sides:
            return None
        for role, side in zip(roles, sides, strict=True):
            draft.add(role, read_cell(side, draft.unit).value, year=year.fiscal_year)
    return draft if name.said is not None and draft.numbered else None

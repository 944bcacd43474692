"""文の裏付け. Whether the words around a figure in running text say what was read of it."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import Gap, read_gap
from sosei.reading.confirming.claims import Claim
from sosei.reading.confirming.signs import FIGURES
from sosei.reading.grid import Words

#: Words that say the role of the figure that follows them.
_SAID: Final = re.compile(
    r"(?P<baseline>基準値?|現状値?|策定時|当初値?)|(?P<target>目標値?|計画値)|(?P<cumulative>累計値?)|(?P<actual>実績値?|結果)"
)
_ARROW: Final = re.compile(r"[→⇒➡]")
_NEXT: Final = re.compile(r"\s*[（(](?P<inner>[^（）()]{1,24})[）)]")


def told(claim: Claim, words: Words, headings: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence or line bears out a figure: it stands there once, behind one word for its role, with its unit.

    `headings`: the roles that the headings of its cell name, where the line names none.
    """
    text = words.text
    spot = claim.found_in(text)
    if spot is None:
        return False
    start, end, unit = spot
    figures = find_figures(text)
    lead = text[max((one.end for one in figures if one.end <= start), default=0) : start]
    role = _role(text, lead, end) or (
        next(iter(headings & FIGURES)) if len(headings & FIGURES) == 1 else None
    )
    if role != claim.role:
        return False
    units = [unit] if unit is not None else [one.figure.unit for one in figures if one.figure.unit]
    if not all(map(claim.is_unit, units)) or (not units and claim.unit is not None):
        return False
    behind = _NEXT.match(text, end)
    years = (
        {one.fiscal_year for one in find_years(behind["inner"], near=claim.near)}
        if behind
        else set()
    )
    years = years or {one.fiscal_year for one in find_years(lead, near=claim.near)}
    return years == {claim.meant} if years else claim.year in (None, claim.home)


def _role(text: str, lead: str, end: int) -> str | None:
    """Return the role by the last word before a figure; without one, by which side of the one arrow it stands on."""
    said = [one.lastgroup for one in _SAID.finditer(lead)]
    if said:
        return said[-1]
    arrows = [one.start() for one in _ARROW.finditer(text)]
    if len(arrows) != 1:
        return None
    sides = text[: arrows[0]], text[arrows[0] + 1 :]
    if not all(_is_one(side) for side in sides):
        return None
    return "baseline" if end <= arrows[0] else "target"


def _is_one(side: str) -> bool:
    """Whether one side of an arrow holds one figure, or says that there is none."""
    found = find_figures(side)
    return len(found) == 1 or (
        not found and read_gap(re.split("[:：]", side)[-1]) not in (None, Gap.BLANK)
    )

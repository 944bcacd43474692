"""文の裏付け. Whether the words around a figure in running text say what was read of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

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
#: 目標5人に対して7人; 7人（目標5人).
_AGAINST: Final = re.compile(r"\s*に(?:対し|比べ)")
#: 52%（H30）から70%（R6）に.
_FROM: Final = re.compile(r"\s*(?:[（(][^（()）]*[)）])?\s*から")
_TO: Final = re.compile(r"\s*(?:[（(][^（()）]*[)）])?\s*(?:へ|に(?!対)|まで)")
_THEN_TARGET: Final = re.compile(r"\s*[（(]\s*目標")
#: What stands before and behind the name of what is told of.
_BEGINS: Final = r"(?:^|[\s「『、。・：:①-⑳○●◎■□◆◇★☆▽）)])"
_ENDS: Final = (
    r"[」』]?\s*(?:$|は|について|[\s：:（(…→⇒、＝=※]|目標|実績|基準|現状|累計|[\d０-９△▲])"
)
_NEXT: Final = re.compile(r"\s*[（(](?P<inner>[^（）()]{1,24})[）)]")


def told(claim: Claim, words: Words) -> bool:
    """Whether a sentence or line bears out a figure: it stands there once in that role, with its name, unit and year."""
    text = words.text
    spot = in_role(claim, text) if _names(claim, text) else None
    if spot is None:
        return False
    return bears_unit(claim, text, spot) is True and bears_year(claim, text, spot) is not False


class Told(NamedTuple):
    """語られた数. The words before a figure of a line, where it ends, and the unit behind it."""

    lead: str
    end: int
    unit: str | None


def in_role(claim: Claim, text: str, headings: frozenset[str] = frozenset()) -> Told | None:
    """Return where a line tells a figure in the role claimed; None where nowhere, or it may be either of two.

    `headings`: the roles that the headings of its cell name, where the line names none.
    """
    figures = [(one.start, one.end) for one in find_figures(text)]
    heading = next(iter(headings & FIGURES)) if len(headings & FIGURES) == 1 else None
    spots = [
        Told(_lead(text, figures, start), end, unit)
        for start, end, unit in claim.found_in(text)
        if claim.proved
        or (_role(text, figures, start, end, arrows=not claim.results) or heading) == claim.role
    ]
    named = claim.name is not None and text.count(claim.name.text) == 1
    return None if not spots or (len(spots) > 1 and not named) else spots[0]


def _names(claim: Claim, text: str) -> bool:
    """Whether a sentence sets the indicator's name as what is spoken of: 新規就農者数は; not 研修を終えた方が."""
    if claim.name is None:
        return False
    name = r"\s*".join(map(re.escape, claim.name.text.replace(" ", "")))
    return bool(re.search(rf"{_BEGINS}{name}{_ENDS}", text))


def said_before(lead: str) -> str | None:
    """Return the role that the last word before a figure names."""
    said = [one.lastgroup for one in _SAID.finditer(lead)]
    return said[-1] if said else None


def _lead(text: str, figures: list[tuple[int, int]], start: int) -> str:
    """Return the words between the figure before and this one."""
    return text[max((end for _, end in figures if end <= start), default=0) : start]


def bears_unit(claim: Claim, text: str, spot: Told) -> bool | None:
    """Whether the figure's unit, or all of a line whose figure has none, is the one claimed; None: the line says none."""
    if not claim.has_unit:
        return True
    units = (
        [spot.unit] if spot.unit else [f.figure.unit for f in find_figures(text) if f.figure.unit]
    )
    return all(map(claim.is_unit, units)) if units or claim.unit is None else None


def bears_year(claim: Claim, text: str, spot: Told) -> bool | None:
    """Whether the year in brackets behind the figure, or before it, is the one claimed; None: the line says none."""
    behind = _NEXT.match(text, spot.end)
    for said in (behind["inner"] if behind else "", spot.lead):
        if years := {one.fiscal_year for one in find_years(said, near=claim.near)}:
            return years == {claim.meant}
    return None if claim.is_undated else False


def _role(
    text: str, figures: list[tuple[int, int]], start: int, end: int, *, arrows: bool
) -> str | None:
    """Return the role by the last word before a figure; without one, by what it is set against."""
    if said := said_before(lead := _lead(text, figures, start)):
        return said
    if _AGAINST.match(lead) or _THEN_TARGET.match(text, end):
        return "actual"
    if _FROM.match(text, end):
        return "baseline"
    if _FROM.match(lead) and _TO.match(text, end):
        return "target"
    found = [one.start() for one in _ARROW.finditer(text)]
    if len(found) != 1:
        return None
    sides = text[: found[0]], text[found[0] + 1 :]
    if not all(_is_one(side) for side in sides):
        return None
    if not arrows and not all(find_years(side, near=None) for side in sides):
        return None
    return "baseline" if end <= found[0] else "target"


def _is_one(side: str) -> bool:
    """Whether one side of an arrow holds one figure, or says that there is none."""
    found = find_figures(side)
    return len(found) == 1 or (
        not found and read_gap(re.split("[:：]", side)[-1]) not in (None, Gap.BLANK)
    )

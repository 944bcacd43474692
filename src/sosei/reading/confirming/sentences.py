"""文の裏付け. Whether the words around a figure in running text say what was read of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_LABELLED: Final = re.compile(
    r"[\s・○●◯■□◆◇▽▼※*－-]*(?:単位|評価|達成[率度]|基準|現状|策定時|当初|目標|計画値|累計|実績|指標値)[^\d、。]{0,16}?[\s:：（(…]"
)
_ARROW: Final = re.compile(r"[→⇒➡]")
#: 目標5人に対して7人; 7人（目標5人).
_AGAINST: Final = re.compile(r"\s*に(?:対し|比べ)")
#: 52%（H30）から70%（R6）に.
_FROM: Final = re.compile(r"\s*(?:[（(][^（()）]*[)）])?\s*から")
_TO: Final = re.compile(r"\s*(?:[（(][^（()）]*[)）])?\s*(?:へ|に(?!対)|まで)")
#: 46件となった, 150人に増加し: it is told as having happened.
_CAME: Final = re.compile(
    r"\s*(?:[（(][^（()）]*[)）])?\s*"
    r"(?:(?:と|に)な(?:った|り|りました)|で(?:した|あった|ありました)|だった|に(?:増加|減少|上昇|低下)(?:し[、たま]))"
)
_THEN_TARGET: Final = re.compile(r"\s*[（(]\s*目標")
#: What stands before and behind the name of what is told of.
_BEGINS: Final = r"(?:^|[\s「『、。・：:①-⑳○●◎■□◆◇★☆▽）)])"
_ENDS: Final = (
    r"[」』]?\s*(?:$|は|が|について|[\s：:（(…→⇒、＝=※]|目標|実績|基準|現状|累計|[\d０-９△▲])"
)
_NEXT: Final = re.compile(r"\s*[（(](?P<inner>[^（）()]{1,24})[）)]")


def told(claim: Claim, words: Words, before: Sequence[Words] = ()) -> bool:
    """Whether a sentence or line bears out a figure: it stands there once in that role, with its name, unit and year.

    `before`: the lines before it. The name may stand over lines that say but their role: 移住者数, 目標：30人, 実績：25人.
    """
    text = words.text
    spot = in_role(claim, text) if _names(claim, text) or _is_over(claim, text, before) else None
    if spot is None:
        return False
    return bears_unit(claim, text, spot) is True and bears_year(claim, text, spot) is not False


def _is_over(claim: Claim, text: str, before: Sequence[Words]) -> bool:
    """Whether a line begins with the role of its figures, and the last line that does not is the indicator's name."""
    if not _LABELLED.match(text):
        return False
    heading = next((one.text for one in reversed(before) if not _LABELLED.match(one.text)), "")
    return _names(claim, heading) and not find_figures(_without(claim, heading))


class Told(NamedTuple):
    """語られた数. The words before a figure of a line, where it ends, and the unit behind it."""

    lead: str
    end: int
    unit: str | None


def in_role(claim: Claim, text: str, headings: frozenset[str] = frozenset()) -> Told | None:
    """Return where a line tells a figure in the role claimed; None where nowhere, or it may be either of two.

    `headings`: the roles that the headings of its cell name, where the line names none.
    """
    plain = _without(claim, text)
    figures = [(one.start, one.end) for one in find_figures(plain)]
    heading = next(iter(headings & FIGURES)) if len(headings & FIGURES) == 1 else None
    spots = [
        Told(_lead(plain, figures, start), end, unit)
        for start, end, unit in claim.found_in(text)
        if claim.proved
        or (_role(plain, figures, start, end, arrows=not claim.results) or heading) == claim.role
    ]
    named = claim.name is not None and text.count(claim.name.text) == 1
    return None if not spots or (len(spots) > 1 and not named) else spots[0]


def _without(claim: Claim, text: str) -> str:
    """Return a text with blanks where the indicator's name stands: its 0～14歳 and 目標 say nothing of the figures."""
    name = claim.name.text if claim.name is not None else ""
    return text.replace(name, " " * len(name)) if name and text.count(name) == 1 else text


def _names(claim: Claim, text: str) -> bool:
    """Whether a sentence sets the indicator's name as what is spoken of: 新規就農者数は; not 研修を終えた方が."""
    if claim.name is None or _is_year(claim.name.text, claim.near):
        return False
    name = r"\s*".join(map(re.escape, claim.name.text.replace(" ", "")))
    return bool(re.search(rf"{_BEGINS}{name}{_ENDS}", text))


def _is_year(name: str, near: int | None) -> bool:
    return any((one.start, one.end) == (0, len(name)) for one in find_years(name, near=near))


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
    if claim.unit is None:
        return not units and claim.is_pure
    return all(map(claim.is_unit, units)) if units else None


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
    if _AGAINST.match(lead) or _THEN_TARGET.match(text, end) or _CAME.match(text, end):
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

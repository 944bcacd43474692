"""そろい方. How something that is asked for stands: not there, still counted, preliminary, or said for good.

One rule for the board of an inquiry, its workbook, its letter and the list of what is owed: they count the same.
"""

from __future__ import annotations

from typing import Final, Literal

from sosei.core.gaps import Gap

#: open: nothing yet; counting: 集計中, 未定; preliminary: 速報値, 見込値; filled: said.
Standing = Literal["open", "counting", "preliminary", "filled"]
#: Gaps that end some day; 該当なし and 測定不能 are answers.
OPEN: Final = frozenset({Gap.COUNTING, Gap.UNDECIDED, Gap.BLANK, Gap.DASH})
#: Standings of which a final answer is still to come.
AWAITED: Final[frozenset[Standing]] = frozenset({"open", "counting", "preliminary"})
_COUNTED: Final = frozenset({Gap.COUNTING, Gap.UNDECIDED})
_PRELIMINARY: Final = frozenset({"forecast", "preliminary"})


def standing_of(gap: str | None, state: str | None) -> Standing:
    """Return how a figure stands, by why it is absent and how final it is.

    >>> [standing_of(g, s) for g, s in (("blank", None), ("counting", None), (None, "preliminary"), (None, None))]
    ['open', 'counting', 'preliminary', 'filled']
    >>> standing_of("not_applicable", None)
    'filled'
    """
    if gap in OPEN:
        return "counting" if gap in _COUNTED else "open"
    return "preliminary" if state in _PRELIMINARY else "filled"

"""札の見出し. Labels that a page sets apart by its looks alone: 「担当課農業振興課」, 「目標値12社」 get their colon back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from sosei.core.gaps import read_gap
from sosei.core.text import fold
from sosei.reading.grid import Grid, Line, Words
from sosei.reading.layouts.strangers.frames import is_figure
from sosei.reading.layouts.strangers.headings import FIGURES
from sosei.reading.layouts.strangers.takes import TAKES
from sosei.reading.vocabulary import LONGEST, is_whole, role_of

#: What a label names whose value stands right behind it.
_LABELS: Final = TAKES | FIGURES | {"rate", "unit", "money", "fund", "indicator", "project"}
_VALUES: Final = FIGURES | {"rate", "money", "fund"}
#: A shorter wording begins too many words; before a figure, or where a page says it again and again, two will do.
_SHORTEST: Final = 2
_LONGEST: Final = 80
_PARTICLE: Final = re.compile(r"[のはがをにへでとや等も（(・：:\s　]")


def unglued(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Return the blocks; where several lines begin with the same label and nothing behind it, a colon stands there."""
    ends = {id(block): _label_end(block) for block in blocks if isinstance(block, Line)}
    labels = Counter(
        fold(block.text[: ends[id(block)]])
        for block in blocks
        if isinstance(block, Line) and ends[id(block)]
    )
    return [
        _parted(block, ends[id(block)])
        if isinstance(block, Line) and labels[fold(block.text[: ends[id(block)]])] > 1
        else block
        for block in blocks
    ]


def _label_end(line: Line) -> int:
    """Return where the label that a line begins with ends; 0 where it begins with none or says it otherwise."""
    text = line.text
    if (
        line.level is not None
        or line.aside
        or len(text) > _LONGEST
        or "。" in text
        or is_whole(text)
    ):
        return 0
    for end in range(min(LONGEST, len(text) - 1), _SHORTEST - 1, -1):
        if text[end - 1].isspace():
            continue
        role = role_of(text[:end]) if is_whole(text[:end]) else None
        if role in _LABELS and (end > _SHORTEST or role in _VALUES):
            return 0 if _PARTICLE.match(text, end) or not _answers(role, text[end:]) else end
    return 0


def _answers(role: str | None, rest: str) -> bool:
    """Tell whether what follows a label can be its value: a figure or a gap behind a label of figures."""
    if role in _VALUES:
        return is_figure(rest) or read_gap(rest) is not None
    return not rest[0].isdigit() and ("：" not in rest and ":" not in rest)


def _parted(line: Line, end: int) -> Line:
    return Line(Words.joined([line.words[:end], Words("："), line.words[end:]])) if end else line

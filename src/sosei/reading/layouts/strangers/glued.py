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
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.takes import TAKES
from sosei.reading.vocabulary import LONGEST, is_whole, role_of

#: What a label names whose value stands right behind it.
_LABELS: Final = (
    TAKES | FIGURES | {"rate", "rating", "unit", "money", "fund", "indicator", "project"}
)
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


def termed(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Return the blocks; a known term with one short item below it, 「担当課」 over 「企画課」, is a label with its value."""
    out: list[Line | Grid] = []
    for at, block in enumerate(blocks):
        term = out[-1] if out else None
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        alone = not (isinstance(after, Line) and after.item)
        if isinstance(term, Line) and isinstance(block, Line) and alone and _answered(term, block):
            out[-1] = Line(Words.joined([term.words, block.words], "："))
        else:
            out.append(block)
    return out


def _answered(term: Line, item: Line) -> bool:
    """Tell whether an item is the whole value of a term above it."""
    short = len(item.text) <= _LONGEST and "。" not in item.text and "\n" not in item.text
    return term.term and item.item and short and understand(term.text).role in _LABELS


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
    return Line(Words.joined([line.words[:end], line.words[end:]], "：")) if end else line

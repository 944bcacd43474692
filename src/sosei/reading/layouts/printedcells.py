"""刷られたセル. Words of the printed page's cells made whole: broken lines joined, the page's own signs taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sosei.core.fields import Lang, word
from sosei.core.printed import LIST_MARK, MARK, NOTE, NOTHING, OWN_MARK, is_item, unbroken
from sosei.reading.grid import Grid, Run, Words

_LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
_MINUS: Final = re.compile(r"^▲(?=[0-9])")


def words_at(grid: Grid, row: int, column: int) -> Words:
    """Return the words of the cell that covers a place, empty ones where there is none."""
    cell = grid.at(row, column)
    return cell.words if cell else Words()


def _join(lines: Sequence[Words]) -> Words:
    """Return lines as one, with their places; the signs of the page taken out."""
    text = unbroken([line.text for line in lines])
    runs = tuple(run for line in lines for run in line.runs)
    return Words(text, _spread(len(text), runs))


def _spread(length: int, runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs of which the lengths add up to another: what was taken out is taken from the last."""
    out, left = [], length
    for number, run in enumerate(runs):
        take = left if number == len(runs) - 1 else min(run.length, left)
        if take:
            out.append(replace(run, length=take, exact=False))
        left -= take
    return tuple(out) or tuple(runs[:1])


def whole(words: Words) -> Words:
    """Return the words of a cell as one line."""
    return _join(words.lines())


def struck(words: Words) -> Words:
    """Return the words of a cell that may be struck."""
    return Words() if words.text.strip() == NOTHING else whole(words)


def _grouped(words: Words, begins: Callable[[str], bool]) -> list[list[Words]]:
    """Return lines in groups: one that begins something begins a group, unless the line above it goes on."""
    groups: list[list[Words]] = []
    for line in words.lines():
        goes_on = not groups or groups[-1][-1].text.endswith(MARK)
        if groups and (goes_on or not begins(line.text)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def items(words: Words) -> Words:
    """Return the items of a list, one a line, without the marks that the page put."""
    lines = words.lines()
    if not lines:
        return Words()
    first = lines[0].text
    groups = _grouped(words, lambda line: is_item(line, first))
    if first.startswith((LIST_MARK, OWN_MARK)):
        groups = [[group[0][1:], *group[1:]] for group in groups]
    found = [_join(group) for group in groups]
    if first.startswith(OWN_MARK):
        found = [Words(LIST_MARK + item.text, item.runs) for item in found]
    return Words.joined(found, "\n")


def figure(words: Words) -> Words:
    """Return a figure and, line by line, what is said of it."""
    groups = _grouped(words, lambda line: line.startswith(NOTE))
    if not groups or words.text.strip() == NOTHING:
        return Words()
    main = _join(groups[0])
    plain = Words(_MINUS.sub("-", main.text), main.runs)
    return Words.joined([plain, *(_join([group[0][1:], *group[1:]]) for group in groups[1:])], "\n")


def year(words: Words) -> Words:
    """Return a year, and on a line of its own that it is inferred."""
    one = whole(words)
    for lang in _LANGS:
        said = f"（{word('Year.basis', 'inferred', lang)}）"
        if one.text.endswith(said):
            at = len(one) - len(said)
            return Words.joined([one[:at], one[at + 1 : -1]], "\n")
    return one

"""刷りの印. The few signs by which the printed page says what its words alone would not: for who prints and who reads.

A line that ends inside a word ends in ⏎. Items of a list begin with ・, with • where the document itself put a ・, or with
the mark (①, ※) that it gave each of them. What is said of a figure (時点, 公表予定) begins a line with ※. A character that no font shows stands as its
number, 〔U+1F600〕. A cell of figures that has nothing to say holds ／, as a form's struck cell does: an empty one could
be the rest of a cell that a page cuts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sosei.core.text import join_lines

#: At the end of a line: the word goes on below, with no space.
MARK: Final = "⏎"
#: Before each item of a list whose items bear no marks.
LIST_MARK: Final = "・"
#: Before each item of a list whose items themselves begin with ・, instead of it: never two marks.
OWN_MARK: Final = "•"
#: The marks that items may bear themselves.
ITEM_MARKS: Final = "●◆◇■□※①②③④⑤⑥⑦⑧⑨⑩"
#: Before what is said of a figure.
NOTE: Final = "※"
#: In a cell that has nothing to say.
NOTHING: Final = "／"
_CODES: Final = re.compile(r"〔(U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6})*)〕")


def mark_of(items: Sequence[str]) -> str:
    """Return what is drawn before each item of a list: nothing where items bear marks, or a single one needs none."""
    if items and all(len(item) > 1 and item[0] == LIST_MARK and item[1] != " " for item in items):
        return OWN_MARK
    if len(items) < 2:
        return LIST_MARK if any(item.startswith(LIST_MARK) for item in items) else ""
    return "" if all(len(item) > 1 and item[0] in ITEM_MARKS for item in items) else LIST_MARK


def is_item(line: str, first: str) -> bool:
    """Tell whether a line begins an item of a list whose first line is known."""
    for mark in (LIST_MARK, OWN_MARK):
        if first.startswith(mark):
            return line.startswith(mark)
    return first[0] in ITEM_MARKS and line[:1] in tuple(ITEM_MARKS)


def unbroken(lines: Sequence[str]) -> str:
    """Return what stood in lines that were broken by the rules of the page.

    >>> unbroken(["https://example.in⏎", "valid/", "を見よ"])
    'https://example.invalid/を見よ'
    """
    text = join_lines("\n".join(lines).replace(f"{MARK}\n", MARK)).replace(MARK, "")
    return _CODES.sub(lambda found: _characters(found[1]), text)


def _characters(numbers: str) -> str:
    return "".join(chr(int(number[2:], 16)) for number in numbers.split())

"""書き換えの見え方. Two wordings of one passage side by side: what was taken out and what was put in is marked, the rest stays plain."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Shorter or longer than this, the two stand whole: a figure is read at once, and a page is not compared by eye.
_SHORTEST: Final = 12
_LONGEST: Final = 2000
#: Below this likeness a passage is another one, and marking its common letters would only confuse.
_ALIKE: Final = 0.4


def both(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return two wordings with what differs marked (`del`, `ins`); each whole where they have little in common."""
    long = min(len(before), len(after)) >= _SHORTEST and max(len(before), len(after)) <= _LONGEST
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not long or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return format_html("{}", before), format_html("{}", after)
    return _marked(before, matcher, 0), _marked(after, matcher, 1)


def _marked(text: str, matcher: SequenceMatcher[str], side: int) -> SafeString:
    tag = ("del", "ins")[side]
    return format_html_join(
        "", "{}", ((_piece(text[a:b], tag, same),) for a, b, same in _pieces(matcher, side, len(text)))
    )  # fmt: skip


def _pieces(
    matcher: SequenceMatcher[str], side: int, length: int
) -> Iterator[tuple[int, int, bool]]:
    """Yield the pieces of one side, common ones and own ones; a common piece of one letter is no anchor."""
    blocks = [(m.b if side else m.a, m.size) for m in matcher.get_matching_blocks() if m.size > 1]
    edges = [(0, 0), *blocks, (length, 0)]
    for (start, size), (following, _) in pairwise(edges):
        if size:
            yield start, start + size, True
        if following > start + size:
            yield start + size, following, False


def _piece(text: str, tag: str, same: bool) -> SafeString:
    if same:
        return format_html("{}", text)
    return format_html(f"<{tag}>{{}}</{tag}>", text)

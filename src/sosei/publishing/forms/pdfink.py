"""字面. Text as the page can carry it: characters that no font shows, and where lines end.

What no font shows is printed as its number, 〔U+1F600〕, where it stands. Lines are broken here, not by typst, and only
where a person joins them again without a doubt: beside a wide character, or between words of Latin letters. Where a
line must end elsewhere (an address, a number wider than its cell) it ends in ⏎, which no text holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from sosei.core.printed import ITEM_MARKS, LIST_MARK, MARK, OWN_MARK
from sosei.publishing.forms.pdffaces import Faces, is_mark
from sosei.publishing.forms.pdffont import has_variant, is_selector, measure, width

#: What ends a line inside a text; the template puts a line break for it.
BREAK: Final = "\n"
# Between two of these a line may always end: ideographs and kana but the small ones, ー and the marks.
_FREE: Final = (
    "\u3042\u3044\u3046\u3048\u304a-\u3062\u3064-\u3082\u3084\u3086\u3088-\u308d\u308f-\u3094"
    "\u30a2\u30a4\u30a6\u30a8\u30aa-\u30c2\u30c4-\u30e2\u30e4\u30e6\u30e8-\u30ed\u30ef-\u30f4"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: The only characters that are wider than an em.
_WIDER: Final = re.compile("[\u042e\u2e3a\u2e3b]")
_RUN: Final = re.compile(rf"[^{_FREE} ]+")
#: The page's own mark; fillers that show nothing; ligatures, which programs that copy from a page take apart.
_NOT_ITSELF: Final = frozenset(
    f"{MARK}\u115f\u1160\u3164\uffa0\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
)
#: What begins the number of a character that cannot be shown.
_CODE: Final = "〔U+"
#: Marks of half-width kana, which belong to a character before them only if that is one.
_VOICED: Final = "ﾞﾟ"
_HALF_KANA: Final = re.compile("[\uff66-\uff9d]")
#: Characters that show for themselves in most places.
_MAYBE: Final = frozenset("〔" + _VOICED)
#: Kana, kanji, full-width signs: where a line ends beside one, no space is meant.
_WIDE: Final = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uff66-\uff9f\U00020000-\U0003ffff]"
)
_ADDRESS: Final = re.compile(r"://|www\.|@")
_NOT_FIRST: Final = frozenset(
    "、。，．,.・：:；;？！?!)）]］}｝」』】〉》〕’”ー～〜゛゜ヽヾゝゞ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿﾞﾟ％%℃°"
    + LIST_MARK
    + OWN_MARK
    + ITEM_MARKS
)
_NOT_LAST: Final = frozenset("(（[［{｛「『【〈《〔‘“¥￥$＄△▲▽▼")


class Ink:
    """Text made printable, and a record of what was not: (where, "U+1F600") in order of appearance."""

    def __init__(self) -> None:
        """Begin with nothing missing."""
        self.missing: list[tuple[str, str]] = []
        self.where = ""
        self.faces = Faces.fresh()
        self._good: set[str] = set(" ")

    def text(self, words: str) -> str:
        """Return words with the number of each character that no font shows in its place, and note which."""
        odd = set(words) - self._good
        if odd and not all(map(self._is_plain, sorted(odd))):
            return self._numbered(words)
        self._good |= odd
        return words

    def lines(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the lines of a cell. An opening bracket at the end of one would draw the next to it."""
        whole = tuple(map(self.text, texts))
        return (*map(_closed, whole[:-1]), *whole[-1:])

    def escaped(self, words: str) -> str:
        """Return words with the number of the first character, so that they are not taken for the page's own."""
        return f"{_CODE}{ord(words[0]):04X}〕{self.text(words[1:])}"

    def _numbered(self, words: str) -> str:
        out: list[str] = []
        run: list[str] = []
        for at in range(len(words)):
            if self._shows(words, at):
                out += [*_code(run), words[at]]
                run = []
            else:
                run.append(f"U+{ord(words[at]):04X}")
                if not self._has_face(words[at]):
                    self.missing.append((self.where, run[-1]))
        return "".join([*out, *_code(run)])

    def _is_plain(self, char: str) -> bool:
        """Tell whether a character shows for itself wherever it stands."""
        return char not in _MAYBE and not is_mark(char) and self._has_face(char)

    def _has_face(self, char: str) -> bool:
        return char not in _NOT_ITSELF and self.faces.of(char) is not None

    def _shows(self, words: str, at: int) -> bool:
        """Tell whether a character stands for itself on the page."""
        char = words[at]
        if at and is_selector(char):
            return has_variant(words[at - 1], char)
        if char in _VOICED:
            return _HALF_KANA.match(words[at - 1 : at]) is not None
        if is_mark(char) and words[max(at - 1, 0)] in (" ", char):
            return False
        return self._has_face(char) and not words.startswith(_CODE, at)


def _closed(line: str) -> str:
    return f"{line[:-1]}{_CODE}{ord(line[-1]):04X}〕" if line[-1:] in _NOT_LAST else line


def _code(run: list[str]) -> list[str]:
    return [f"〔{' '.join(run)}〕"] if run else []


def longest_run(text: str) -> float:
    """Return the width in ems of the longest part of a text that a line cannot end in.

    >>> longest_run("延べ宿泊者数") <= 2
    True
    """
    runs = _RUN.findall(text)
    # A mark before or after keeps one free character on its line.
    return max((measure(run) for run in runs), default=0.0) + 1


def fit(text: str, room: float) -> str:
    """Return a text broken into lines of at most `room` ems.

    >>> fit("別紙ABCDEFGHIJ", 5).split(BREAK)
    ['別紙', 'ABCDE⏎', 'FGHIJ']
    """
    if len(text) <= room and not _WIDER.search(text):
        return text
    return text if measure(text) <= room else BREAK.join(_lines(text, room))


def _lines(text: str, room: float) -> Iterator[str]:
    """Yield the lines of a text: the last good place to end each, else the last place with room for the mark."""
    start, at, used = 0, 0, 0.0
    good: tuple[int, int] | None = None
    while at < len(text):
        wide = width(text[at])
        if used + wide > room and at > start and not _clings(text[at]):
            if good is not None:
                yield text[start : good[0]]
                start = good[1]
            else:
                cut = _cut(text, start, at, room)
                yield text[start:cut] + MARK
                start = cut
            at, used, good = start, 0.0, None
            continue
        used, at = used + wide, at + 1
        good = _end(text, at) or good
    yield text[start:]


def _cut(text: str, start: int, at: int, room: float) -> int:
    """Return where a line ends that has no good end: there is room for the mark, and no space begins the next."""
    while at > start + 1 and (
        _clings(text[at]) or text[at] == " " or measure(text[start:at]) + width(MARK) > room
    ):
        at -= 1
    return at


def _end(text: str, at: int) -> tuple[int, int] | None:
    """Return where a line may end and the next begin around a place; None where a reader could not join them."""
    if at == len(text):
        return None
    last, head = text[at - 1], text[at]
    if head == " ":
        after = text[at + 1 : at + 2]
        words = _is_letter(last) and _is_letter(after) and not _ADDRESS.search(text)
        return (at, at + 1) if words else None
    if last == " " or head in _NOT_FIRST or last in _NOT_LAST or _clings(head):
        return None
    return (at, at) if _WIDE.match(last) or _WIDE.match(head) else None


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _clings(char: str) -> bool:
    """Tell whether a character belongs to the one before: a combining mark or a variation selector."""
    return width(char) <= 0.01 or is_selector(char) or unicodedata.combining(char) > 0

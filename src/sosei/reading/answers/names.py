"""名前の照合. Which questions and projects a row's words name: numbering, width and marks do not count.

Words that are nearly a name are a name only where nothing that tells indicators apart differs: no digit, no kanji in
the place of another (転入 and 転出), no more than one kanji more or less (移住者数 and 移住者数（男性）).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from sosei.core.inquiry import AnswerSheet, AskedProject, Question
from sosei.core.text import fold, narrow
from sosei.core.units import is_unit

_NUMBERING: Final = re.compile(
    r"[\s・●○◆◇■□▪*※>-]*(?:(?:kpi|指標|事業|項目|no\.?)[\s.:]*)?"
    r"(?:[①-⑳㉑-㉟]|\([0-9]{1,2}\)|[0-9]{1,2}(?:-[0-9]{1,2})?[.):、](?![0-9])|[ア-オ][.)、]|(?<=[標業目iI])[0-9]{1,2}(?=[\s.:]))[\s.:、]*",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"[\s・●○◆◇■□▪*※>-]+")
_MARKS: Final = re.compile(r"[「」『』()\[\]【】〈〉《》・、。,.:;'\"_*※=→]")
_BRACKET: Final = re.compile(r"\(([^()]{1,12})\)$")
_DIGITS: Final = re.compile("[0-9]+")
_KANJI: Final = re.compile("[\u3400-\u9fff々]")
#: Where a cell holds a note beside the name.
_PARTED: Final = re.compile(r"[\n。]|\s{2,}")
#: A kanji more or less that makes another indicator of it; every kanji in the place of another does.
_TELLING: Final = frozenset("未非不無再新旧男女内外上下前後左右増減出入大小実延総純各全")
#: A character that continues a word, so that no name ends before it.
_GOES_ON: Final = re.compile(r"[ぁ-かき-ねのひ-ヿ\u3400-\u9fff々A-Za-zＡ-Ｚａ-ｚ]")
#: How like a name words must be, and by how much more than any other name.
_LIKE: Final = 0.8
_MARGIN: Final = 0.06
#: The share of pairs of letters that two names have in common, at the least.
_GLANCE: Final = 0.17
#: How many different words of a file are compared with names that they are not; no answer has as many.
_MOST: Final = 4000
#: The longest words that can be a name.
_LONGEST: Final = 200


def strip_number(text: str) -> tuple[str | None, int]:
    """Return the numbering that words begin with, and where the words themselves begin.

    >>> strip_number("①移住者数"), strip_number("1人当たり消費額")
    (('①', 1), (None, 0))
    """
    plain = narrow(text)
    found = _NUMBERING.match(plain)
    if found and found.end() < len(plain.rstrip()):
        return text[: found.end()].strip(" .:：、・　"), found.end()
    bullet = _BULLET.match(plain)
    return None, bullet.end() if bullet and bullet.end() < len(plain.rstrip()) else 0


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """Return the key by which names are compared.

    >>> key_of("（１） 移住者 数 （人）") == key_of("移住者数")
    True
    """
    said = fold(text[strip_number(text)[1] :])
    bracket = _BRACKET.search(said)
    if bracket and is_unit(bracket[1]) and bracket.start():
        said = said[: bracket.start()]
    return _MARKS.sub("", said) or said or fold(text)


@dataclass(frozen=True, slots=True)
class Named:
    """名指し. The questions that words may mean: by their exact name, or one by nearly its name."""

    questions: tuple[Question, ...]
    exact: bool


class Names:
    """名簿. All names of a sheet."""

    def __init__(self, sheet: AnswerSheet) -> None:
        """Gather the names of the questions, in both languages, and of the projects."""
        self.sheet = sheet
        self.asked: dict[str, tuple[Question, ...]] = {}
        for question in sheet.questions:
            for lang in ("ja", "en"):
                key = key_of(sheet.called(question, lang))
                known = self.asked.get(key, ())
                if question not in known:
                    self.asked[key] = (*known, question)
        self.projects: dict[str, tuple[AskedProject, ...]] = {}
        for project in sheet.projects:
            for name in {project.name, f"{project.number or ''}{project.name}"}:
                key = key_of(name)
                self.projects[key] = (*self.projects.get(key, ()), project)
        self._near: dict[str, Named | None] = {}
        self._nearly = Near(self.asked)
        self._firsts = {fold(name)[:1] for name in self.asked}
        self._longest = max((len(sheet.called(q)) for q in sheet.questions), default=0) + 16

    def named(self, text: str) -> Named | None:
        """Return the questions that words name, or None."""
        if not text or len(text) > _LONGEST:
            return None
        key = key_of(text)
        if key in self.asked:
            return Named(self.asked[key], exact=True)
        if _PARTED.search(text.strip()):
            found = next(filter(None, map(self.exactly, _PARTED.split(text))), None)
            return Named(found, exact=True) if found else None
        if key not in self._near:
            best = self._nearly.to(key) if len(self._near) < _MOST else None
            self._near[key] = None if best is None else Named(self.asked[best], exact=False)
        return self._near[key]

    def exactly(self, text: str) -> tuple[Question, ...]:
        """Return the questions of exactly this name."""
        return self.asked.get(key_of(text), ()) if text and len(text) <= _LONGEST else ()

    def project(self, text: str, *, near: bool = False) -> frozenset[str]:
        """Return the keys of the projects that words name; empty where they name none.

        `near`: nearly the name will do, and the name with a few words around it.
        """
        if not text or len(text) > _LONGEST:
            return frozenset()
        key = key_of(text)
        found = self.projects.get(key)
        if found is None and near:
            found = self._within(key) or self.projects.get(nearest(key, self.projects) or "")
        return frozenset(project.key for project in found or ())

    def begins(self, text: str) -> int | None:
        """Return how many characters at the beginning of a line are the name of a question, the longest; or None.

        What follows a name is no letter of it: a bracket, a digit, a space, a sign.
        """
        _, start = strip_number(text)
        if fold(text[start : start + 2])[:1] not in self._firsts:
            return None
        for end in range(min(len(text), self._longest), start, -1):
            after = text[end : end + 1]
            if not _GOES_ON.match(after) and key_of(text[:end]) in self.asked:
                return end
        return None

    def _within(self, key: str) -> tuple[AskedProject, ...] | None:
        """Return the project whose name stands in words that are little more than it, the longest."""
        inside = [name for name in self.projects if name in key and 2 * len(name) >= len(key)]
        if not inside:
            return None
        longest = max(inside, key=len)
        return self.projects[longest] if all(name in longest for name in inside) else None


def nearest(key: str, names: Iterable[str]) -> str | None:
    """Return the one name that a key is nearly, or None.

    >>> nearest("新規就農者数認定", ["新規就農者の数認定", "離農者数"]), nearest("転入者数の計", ["転出者数の計"])
    ('新規就農者の数認定', None)
    """
    return Near(names).to(key)


class Near:
    """近い名前. Finds the name that a key is nearly; a glance at pairs of letters leaves few to compare."""

    def __init__(self, names: Iterable[str]) -> None:
        """Prepare the names."""
        self._names = [(name, len(name), _pairs(name)) for name in names]

    def to(self, key: str) -> str | None:
        """Return the one name that a key is nearly, or None."""
        size, ours = len(key), _pairs(key)
        if size < 3:
            return None
        most = max(4, size // 2)
        likes = {
            name: SequenceMatcher(None, key, name, autojunk=False).ratio()
            for name, length, theirs in self._names
            if abs(length - size) <= most
            and len(ours & theirs) >= _GLANCE * (len(ours) + len(theirs))
        }
        like = {
            name: ratio
            for name, ratio in likes.items()
            if ratio >= _LIKE and not _differs(key, name)
        }
        best = max(like, key=like.__getitem__, default=None)
        if best is None:
            return None
        near = [name for name, ratio in likes.items() if ratio > likes[best] - _MARGIN]
        return best if len(near) == 1 else None


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _differs(one: str, other: str) -> bool:
    """Tell whether two names differ in what tells indicators apart, not in spelling alone."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return True
    loose = ""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        before, after = _KANJI.findall(one[a:b]), _KANJI.findall(other[c:d])
        if tag == "replace" and before and after:
            return True
        if tag in ("insert", "delete"):
            loose += "".join((*before, *after))
    return len(loose) > 1 or loose in _TELLING

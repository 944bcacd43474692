"""団体. The 47 prefectures and 1,741 municipalities with their codes (`data/bodies.csv`), and finding them in text.

A code has six digits, the last of which checks the others; it is text, because it may begin with 0. Source: DOMAIN §6.1.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from sosei.core.errors import BadCheckDigit, UnknownBody
from sosei.core.text import narrow

_WEIGHTS: Final = (6, 5, 4, 3, 2)


@dataclass(frozen=True, order=True, slots=True)
class Municipality:
    """団体. A prefecture or municipality, ordered by code (the order of joint projects). `kana` is hiragana.

    `valid_from`, `valid_to`: the days between which the code names this body; None where not known or still true.
    """

    code: str
    name: str
    kana: str
    prefecture: str
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_prefecture(self) -> bool:
        """Tell whether this is one of the 47."""
        return self.name == self.prefecture

    @property
    def full_name(self) -> str:
        """岩手県盛岡市."""
        return self.name if self.is_prefecture else self.prefecture + self.name


class FoundBody(NamedTuple):
    """A mention in running text. An ambiguous name (府中市) gives one per candidate, at the same place."""

    body: Municipality
    start: int
    end: int


def check_digit(five: str) -> str:
    """Return the sixth digit of a code.

    >>> check_digit("03201")
    '8'
    """
    total = sum(int(digit) * weight for digit, weight in zip(five, _WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


@cache
def all_bodies() -> tuple[Municipality, ...]:
    """Return every body, in the order of codes. The table is read at the first call."""
    text = (files("sosei.core") / "data" / "bodies.csv").read_text("utf-8")
    return tuple(
        Municipality(
            row["code"], row["name"], row["kana"], row["prefecture"],
            _day(row["valid_from"]), _day(row["valid_to"]),
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _codes() -> dict[str, Municipality]:
    return {body.code: body for body in all_bodies()}


@cache
def _names() -> dict[str, tuple[Municipality, ...]]:
    """Return the bodies by the key of their name."""
    names: dict[str, tuple[Municipality, ...]] = {}
    for body in all_bodies():
        names[_key(body.name)] = (*names.get(_key(body.name), ()), body)
    return names


#: Spellings of one character that offices mix: 七ヶ宿町 and 七ケ宿町, 龍 and 竜. One for one, so that offsets stay.
_VARIANTS: Final = str.maketrans("ヶヵ龍竈檜嶋﨑邊舘", "ケカ竜釜桧島崎辺館")


def _key(name: str) -> str:
    return name.translate(_VARIANTS)


def by_code(text: str) -> Municipality:
    """Return the body of a six-digit code, or of its first five digits.

    Raises UnknownBody; BadCheckDigit where six digits differ from a known body's in the last one alone.

    >>> by_code("032018").name, by_code("03201").name
    ('盛岡市', '盛岡市')
    """
    plain = narrow(text).strip()
    if not re.fullmatch("[0-9]{5,6}", plain):
        raise UnknownBody(text=text)
    right = plain[:5] + check_digit(plain[:5])
    if len(plain) == 6 and plain != right:
        raise BadCheckDigit(text=text, right=right)
    body = _codes().get(right)
    if body is None:
        raise UnknownBody(text=text)
    return body


def by_name(name: str, prefecture: str | None = None) -> tuple[Municipality, ...]:
    """Return every body of a name, none where there is none. The prefecture may stand before the name.

    >>> [body.prefecture for body in by_name("府中市")], by_name("広島県府中市")[0].code
    (['東京都', '広島県'], '342084')
    """
    plain = "".join(narrow(name).split())
    found = _names().get(_key(plain), ())
    if not found:
        head = _PREFECTURE.match(plain)
        if head and head.end() < len(plain):
            rest = plain[head.end() :]
            county = _COUNTY.match(rest)
            found = by_name(rest, head[0]) or (
                by_name(rest[county.end() :], head[0]) if county else ()
            )
    return tuple(body for body in found if prefecture in (None, body.prefecture))


_PREFECTURE: Final = re.compile("北海道|東京都|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|.{2})県")
_COUNTY: Final = re.compile("[^市町村区郡]{1,6}郡")
_LONGEST: Final = 7
_END: Final = re.compile("[市町村区都道府県]")
#: What shows that the character is part of another word: 市場, 区域, 町内会, 村上.
_WORD_GOES_ON: Final = re.compile(
    "区[域分間画別]|市[場況販価]|町[内歩]|村[上落]|都[市会心]|府県|県道"
)
_KANJI: Final = re.compile("[々\u4e00-\u9fff\u30a1-\u30fa]")


def find_bodies(text: str) -> list[FoundBody]:
    """Return the bodies that a text names in full (盛岡市, not 盛岡), in order, longest names first.

    A prefecture before the name settles which of several is meant, and is no mention of its own.

    >>> [found.body.code for found in find_bodies("広島県府中市と盛岡市クラスター、青森ねぶた祭")]
    ['342084', '032018']
    """
    return list(_find(text)) if _END.search(text) else []


@lru_cache(maxsize=2048)
def _find(text: str) -> tuple[FoundBody, ...]:
    plain = _key(text)
    found: list[FoundBody] = []
    prefecture, until = None, -1
    for name, start, end in _longest(plain):
        bodies = _names()[name]
        near = prefecture if prefecture and _joins(plain[until : min(start, until + 12)]) else None
        if near and any(body.prefecture == near for body in bodies):
            bodies = tuple(body for body in bodies if body.prefecture == near)
            if found and found[-1].end == until and found[-1].body.is_prefecture:
                found.pop()
        elif _is_inside_a_word(plain, name, start):
            continue
        found.extend(FoundBody(body, start, end) for body in bodies)
        if bodies[0].is_prefecture:
            prefecture, until = bodies[0].name, end
    return tuple(found)


def _joins(between: str) -> bool:
    """Tell whether nothing, or a county, stands between a prefecture and a name."""
    return not between.strip() or _COUNTY.fullmatch(between.strip()) is not None


def _longest(plain: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names that end at a 市, 町, …; of those that overlap, the longer."""
    names, waiting = _names(), None
    for mark in _END.finditer(plain):
        end = mark.end()
        start = next(
            (s for s in range(max(0, end - _LONGEST), end - 1) if plain[s:end] in names), None
        )
        if start is None or _goes_on(plain, end):
            continue
        found = (plain[start:end], start, end)
        if waiting is not None and start < waiting[2]:
            waiting = max(waiting, found, key=lambda item: item[2] - item[1])
            continue
        if waiting is not None:
            yield waiting
        waiting = found
    if waiting is not None:
        yield waiting


def _goes_on(plain: str, end: int) -> bool:
    return _WORD_GOES_ON.match(plain, end - 1) is not None


def _is_inside_a_word(plain: str, name: str, start: int) -> bool:
    """Tell whether a short name is the tail of another word: 大森町 is not 森町, 札幌市中央区 no ward of Tokyo."""
    before = plain[start - 1 : start]
    if name.endswith("区"):
        return before == "市" or (
            len(name) <= 2 and _KANJI.match(before) is not None and before != "都"
        )
    if before + name == "東京都市":
        return True
    if len(name) > 3 or (len(name) == 3 and (name.endswith("市") or before in "度年月日")):
        return False
    return _KANJI.match(before) is not None and before not in "都道府県市町村郡区"

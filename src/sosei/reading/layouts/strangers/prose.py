"""文章の読み. Figures told in sentences, as far as a sentence says plainly what is measured and what the figure is.

Only three turns of phrase are believed: a name with its target in brackets （目標値・1位）, 「目標に対して実績」, and
「基準値 a から … b となった」. Everything else is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.report import Said
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.names import said
from sosei.reading.layouts.strangers.sayings import CAUSE, told_by
from sosei.reading.layouts.strangers.values import value_of

_SENTENCE: Final = re.compile(r"(?<=[。])")
_FIGURE: Final = r"(?:[\d０-９,，.．億万千百]+[^\s、。（()）]{0,6}?|ゼロ)"
_BRACKETED: Final = re.compile(
    rf"(?P<name>[^、。（()）]{{2,40}})[（(](?P<label>目標値?|同)[・:：](?P<value>{_FIGURE}(?:以上|以下|超|未満)?)[)）]"
)
_FIGURED: Final = re.compile(r"約?[\d０-９]")
#: A name that has its result in it is told otherwise.
_TOLD: Final = re.compile(r"[はがで]約?[\d０-９]")
_AGAINST: Final = re.compile(
    rf"(?P<name>[^、。]{{2,40}}?)(?:の\d+項目)?(?:で|が|は)、?(?:目標値?の)?(?P<target>{_FIGURE})に対し(?:て)?、?(?:直近値|実績値?|実績)?は?(?P<actual>{_FIGURE})(?=[、。などとでだ]|$)"
)
_BECAME: Final = re.compile(
    r"[「『](?P<name>[^」』]{2,40})[」』]は、?(?P<before>[^。]*?)(?:基準値|現状値|当初値)(?:の|は)?(?P<rest>[^。]*?)(?:となった|となりました|に(?:増加|減少|改善)した|だった|であった|となっている)"
)
_OPENING: Final = re.compile(r"^(?P<rating>[^、。「]{1,8}?)(?:した|った|である)?(?:のは|は)、?")


def sentences(words: Words) -> list[Words]:
    """Cut running text after each 。."""
    return [part for part in words.split(_SENTENCE) if part]


def indicators_of(words: Words, near: int | None) -> list[IndicatorDraft]:
    """Return the indicators that a paragraph tells of."""
    found: list[IndicatorDraft] = []
    for sentence in sentences(words):
        told = [*_became(sentence, near), *_listed(sentence)]
        found += told or _each(sentence, near)
    return found


#: A longer sentence tells of more than can be told apart.
_LONGEST: Final = 400
#: Between two indicators with their targets in brackets.
_NEXT: Final = re.compile(
    r"(?<=[)）])(?:、|，|及び|、また、)(?=[^。]*[（(][^（()）]*目標)|、(?=[^、。（(]{2,30}[はが]、?目標)"
)


def _each(sentence: Words, near: int | None) -> list[IndicatorDraft]:
    """Read a sentence of one indicator, or of several with their targets in brackets."""
    if len(sentence) > _LONGEST:
        return []
    pieces = sentence.split(_NEXT)
    if len(pieces) > 1 and not _figured(pieces[0], near):
        pieces = pieces[1:]
    told = [told_by(piece, near) for piece in pieces]
    if all(draft is not None for draft in told):
        return [draft for draft in told if draft is not None]
    one = told_by(sentence, near)
    return [] if one is None else [one]


def _figured(piece: Words, near: int | None) -> bool:
    """Tell whether a clause holds a figure besides its years: 「令和4年度の実績を申し上げますと」 holds none."""
    text = piece.text
    for year in reversed(find_years(text, near=near)):
        text = text[: year.start] + text[year.end :]
    return bool(find_figures(text))


def _became(sentence: Words, near: int | None) -> Iterator[IndicatorDraft]:
    """Read 「N」は、平成28年度の基準値49件から3件が解消し、46件となった."""
    for found in _BECAME.finditer(sentence.text):
        rest = sentence.group(found, "rest")
        figures = find_figures(rest.text)
        if len(figures) < 2 or figures[-1].end != len(rest.text):
            continue
        draft = IndicatorDraft(name=said(sentence.group(found, "name")), place=sentence.places)
        year = _year(found["before"], near)
        draft.add("baseline", value_of(rest[figures[0].start : figures[0].end]), year=year)
        draft.add("actual", value_of(rest[figures[-1].start : figures[-1].end]))
        yield draft


def _year(text: str, near: int | None) -> int | None:
    found = find_years(text, near=near)
    return found[0].fiscal_year if len(found) == 1 else None


def _listed(sentence: Words) -> Iterator[IndicatorDraft]:
    """Read 「クリアしたのは、A（目標値・1位）、B（同・ゼロ）」 and 「下回ったのはAが2600億円に対して1349億円」."""
    opening = _OPENING.match(sentence.text)
    rating = sentence.group(opening, "rating").said() if opening else None
    plain = opening is not None and not _FIGURED.match(sentence.text, opening.end())
    plain = plain and not sentence.text.startswith("目標", opening.end() if opening else 0)
    rating = rating if rating and plain and len(rating.text) <= 6 else None
    body = sentence[opening.end() :] if opening and rating else sentence
    for found in _BRACKETED.finditer(body.text):
        if _TOLD.search(found["name"]):
            continue
        draft = _told(body.group(found, "name"), rating, body)
        draft.add("target", value_of(body.group(found, "value")))
        yield draft
    for found in _AGAINST.finditer(body.text):
        draft = _told(body.group(found, "name"), rating, body)
        draft.add("target", value_of(body.group(found, "target")))
        draft.add("actual", value_of(body.group(found, "actual")))
        yield draft


def _told(name: Words, rating: Said | None, body: Words) -> IndicatorDraft:
    led = CAUSE.match(name.text)
    name = name[led.end() :] if led else name
    return IndicatorDraft(name=said(name.strip(" 、のは")), rating=rating, place=body.places)

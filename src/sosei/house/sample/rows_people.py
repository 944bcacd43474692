"""見本の人の登録. Supporters, visitors, donors, those who asked about moving and moved; walkers of the rally, under a number."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sosei.evidence.drafts import Draft
from sosei.evidence.measures.model import Literal_
from sosei.house.sample.made_up import someone, walker
from sosei.house.sample.said import figure, words
from sosei.house.sample.span import Span, evenly

#: People who ask about moving are counted from here; those before may be supporters.
_ASKING = 1000
_ASKING_A_YEAR = 60
#: One in so many comes, or gives, twice.
_TWICE = 6
_SIZES = (2, 1, 3, 1, 2, 4)


def registrants(span: Span) -> list[Draft]:
    """Return who registered in a year (in the first: since the programme began), and a few who took it back."""
    before = figure("registered", span.at - 1) if span.at else 0
    new = range(before, figure("registered", span.at))
    begin = date(span.told - (span.at == 0), 4 if span.at else 12, 1)
    found = [_registered(n, evenly(begin, span.last, k, len(new))) for k, n in enumerate(new)]
    if span.at == 0:
        return found
    first = figure("registered", 0)
    start = date(span.told - span.at - 1, 12, 1)
    end = date(span.told - span.at + 1, 3, 31)
    return found + [
        _registered(n, evenly(start, end, n, first), span.day(11, 1), entry=n + 1)
        for n in range(20 * span.at, first, 90)
    ]


def _registered(n: int, first: date, last: date | None = None, entry: int | None = None) -> Draft:
    places, ages = words("prefectures"), words("ages")
    said = {"prefecture": places[n % len(places)], "age_band": ages[n % len(ages)], "member_class": "ベーシック"}  # fmt: skip
    return Draft(entry=entry, who=someone(n), first=first, last=last, values=said)


def visits(span: Span) -> list[Draft]:
    """Return visits of supporters, some twice, and of groups of whom nobody knows the names."""
    n = figure("visitors", span.at)
    found = [
        Draft(
            who=someone(span.at * 70 + k), first=span.spread(k, n),
            values={"route": ("オンラインの集い", "首都圏の催し", "体験滞在")[k % 3]},
        )
        for k in range(n)
    ]  # fmt: skip
    again = [
        Draft(who=one.who, first=span.day(3, 10), values={"route": "再訪"})
        for one in found[::_TWICE]
    ]
    groups = [
        Draft(first=span.day(5 + k, 3), size=9 + 4 * k, values={"route": "団体の視察"}) for k in range(3)
    ]  # fmt: skip
    return found + again + groups


def donations(span: Span) -> list[Draft]:
    """Return donations of a calendar year, some people giving twice."""
    n = figure("donors", span.at)
    first, last = date(span.told, 1, 1), date(span.told, 12, 31)
    found = [
        Draft(
            who=someone(150 + span.at * 120 + k), first=evenly(first, last, k, n),
            values={"amount": Decimal(10_000 * (1 + k % 3))},
        )
        for k in range(n)
    ]  # fmt: skip
    again = [
        Draft(who=one.who, first=last - timedelta(days=k % 20), values={"amount": Decimal(10_000)})
        for k, one in enumerate(found[::_TWICE])
    ]
    return found + again


def consultations(span: Span) -> list[Draft]:
    """Return who asked about moving here, and groups at fairs."""
    routes = ("市の窓口", "オンライン", "移住フェア", "県外の相談所")
    found = [
        Draft(
            who=someone(_ASKING + span.at * _ASKING_A_YEAR + k), first=evenly(span.day(4, 1), span.day(9, 30), k, _ASKING_A_YEAR),
            values={"route": routes[k % len(routes)]},
        )
        for k in range(_ASKING_A_YEAR)
    ]  # fmt: skip
    fairs = [
        Draft(first=span.day(m, 15), size=20 + m, values={"route": "移住フェア"}) for m in (6, 10)
    ]
    return found + fairs


def households(at: int) -> list[int]:
    """Return the sizes of the households that moved through the programme in a year: together, as many as it publishes."""
    found: list[int] = []
    left = figure("movers", at)
    while left:
        found.append(min(_SIZES[len(found) % len(_SIZES)], left))
        left -= found[-1]
    return found


#: Beside them each year: one that never asked, and one that was transferred.
_BESIDE = 2


def migrations(span: Span) -> list[Draft]:
    """Return the households that moved in a year, and of the year before who still lives here."""
    found = _moved(span)
    if span.at == 0:
        return found
    return found + _a_year_later(span)


def _moved(span: Span) -> list[Draft]:
    sizes = households(span.at)
    came = [
        _household(span, _ASKING + span.at * _ASKING_A_YEAR + k, size, span.day(11, 1 + k)) for k, size in enumerate(sizes)
    ]  # fmt: skip
    alone = someone(_ASKING + 4 * _ASKING_A_YEAR + span.at)
    said: dict[str, Literal_] = {
        "household": Decimal(2),
        "from": "東京都",
        "cause": "移住",
        "route": "その他",
    }
    unasked = Draft(who=alone, reached=(None, span.day(8, 1)), values=said)
    transferred = _household(
        span, _ASKING + span.at * _ASKING_A_YEAR + len(sizes), 3, span.day(12, 1), cause="転勤"
    )
    return [*came, unasked, transferred]


def _household(span: Span, n: int, size: int, moved: date, *, cause: str = "移住") -> Draft:
    places = words("prefectures")
    said: dict[str, Literal_] = {
        "household": Decimal(size), "from": places[n % len(places)], "cause": cause,
        "route": "体験滞在" if n % 3 else "相談窓口",
    }  # fmt: skip
    return Draft(who=someone(n), reached=(span.day(4, 1 + n % 28), moved), values=said)


def _a_year_later(span: Span) -> list[Draft]:
    """Return that those who moved the year before are still here; the last of them is not."""
    before = Span(span.told - 1, span.at - 1)
    begin = 1 + sum(len(households(at)) + _BESIDE for at in range(before.at))
    found = []
    for k, one in enumerate(_moved(before)[: len(households(before.at))]):
        later = span.day(11, 1 + k)
        gone = k == len(households(before.at)) - 1
        reached = (*one.reached, None, None, None, later) if gone else (*one.reached, later)
        found.append(Draft(entry=begin + k, who=one.who, reached=reached, values=one.values))
    return found


def checkins(span: Span) -> list[Draft]:
    """Return the stamps of a summer: everybody one to four, in cities that lie beside each other."""
    six, ways = words("six"), ("QRコード", "位置情報", "台紙")
    return [
        Draft(
            who=walker(span.told, n), first=span.day(7, 20) + timedelta(days=(n * 7 + k * 11) % 90),
            values={
                "place": six[(n * 5 + k) % len(six)], "method": ways[n % len(ways)], "rally": f"六市スタンプラリー{span.told}",
                "residence": "域内" if n % 3 else "域外",
            },
        )
        for n in range(figure("stamp_walkers", span.at))
        for k in range(1 + n % 4)
    ]  # fmt: skip

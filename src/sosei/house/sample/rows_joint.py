"""見本の統計と催しの登録. What the six cities count and how, the prefecture's figures of graduates, and the events of the year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sosei.evidence.drafts import Draft
from sosei.house.sample.made_up import named, shared
from sosei.house.sample.said import THIS, figure, words
from sosei.house.sample.span import Span

#: What of a year's figure was known on which day.
_RELEASES = ((10, 31, 62), (11, 30, 74), (1, 31, 88), (3, 31, 100))
_SHARES = (25, 20, 20, 15, 10, 10)
_WEIGHTS = (23, 11, 19, 9, 16, 8)
#: Of this year, the last city has only preliminary figures from this month on.
_PRELIMINARY = 10


def it_graduates(span: Span) -> list[Draft]:
    """Return the releases of a year, of the prefecture and of the country: the last is what counts."""
    last = figure("it_hired", span.at)
    return [
        Draft(
            first=span.day(month, day), last=span.day(month, day),
            values={
                "quantity": Decimal(total * part // 100), "area": area, "source": "見本県の学校からの報告（架空）",
                "released": span.day(month, day) + timedelta(days=25),
            },
        )
        for month, day, part in _RELEASES
        for area, total in (("県", last), ("国", 40 * last))
    ]  # fmt: skip


def guest_nights(span: Span) -> list[Draft]:
    """Return the nights of six cities and twelve months; of this year the last city's last ones are preliminary."""
    if not span.at:
        return []
    cells = [(c, month) for c in range(len(_WEIGHTS)) for month in range(1, 13)]
    final = [cell for cell in cells if not _preliminary(span, *cell)]
    weights = [_WEIGHTS[c] * (8 + (month * 5) % 7) for c, month in final]
    nights = shared(figure("six_nights", span.at), weights)
    found = [_nights(span, *cell, n, "確定") for cell, n in zip(final, nights, strict=True)]
    return found + [
        _nights(span, *cell, 28_000 + 100 * cell[1], "速報") for cell in cells if cell not in final
    ]


def _preliminary(span: Span, city: int, month: int) -> bool:
    return span.at == THIS and city == len(_WEIGHTS) - 1 and month >= _PRELIMINARY


def _nights(span: Span, city: int, month: int, nights: int, state: str) -> Draft:
    place = words("six")[city]
    return Draft(
        first=date(span.told, month, 1), last=date(span.told, month, monthrange(span.told, month)[1]),
        values={
            "quantity": Decimal(nights), "place": place, "state": state, "scope": "全施設", "counts": "延べ",
            "source": f"{place}宿泊者調査（架空）",
        },
    )  # fmt: skip


def festivals(span: Span) -> list[Draft]:
    """Return the visitors of six festivals; this year the first city counts in another way."""
    if not span.at:
        return []
    visitors = shared(figure("six_festivals", span.at), _WEIGHTS[: len(words("six"))])
    return [
        Draft(
            first=span.day(8, 1 + k), last=span.day(8, 4 + k),
            values={
                "quantity": Decimal(n), "place": place, "festival": words("festivals")[k], "source": f"{place}（架空）",
                "method": "カメラによる計数" if k == 0 and span.at == THIS else "主催者の推計",
            },
        )
        for k, (place, n) in enumerate(zip(words("six"), visitors, strict=True))
    ]  # fmt: skip


def joint_partners(span: Span) -> list[Draft]:
    """Return the six cities and what share of the cost each bears, from the beginning of the programme."""
    if span.at != 1:
        return []
    return [
        Draft(
            who=named(place), first=span.day(4, 1),
            values={"role": "構成" if k else "代表", "share": Decimal(_SHARES[k])},
        )
        for k, place in enumerate(words("six"))
    ]  # fmt: skip


def joint_definitions(span: Span) -> list[Draft]:
    """Return the one definition of each statistic that the six cities report."""
    if span.at != 1:
        return []
    said = (
        ("延べ宿泊者数", "市内のすべての宿泊施設に泊まった人の延べ人数（確定値）", "暦年", "人泊"),
        ("夏祭りの入込数", "祭りの期間中に会場を訪れた人の延べ人数。数え方を添える", "年度", "人"),
        ("スタンプラリーの参加者数", "一つでもスタンプを押した人の実人数", "年度", "人"),
    )
    return [
        Draft(
            first=span.day(4, 1),
            values={"statistic": name, "definition": how, "year": year, "counted_as": unit},
        )
        for name, how, year, unit in said
    ]


def events(span: Span) -> list[Draft]:
    """Return the events of a year: study meetings every other month, seminars, fairs, promotions."""
    return [
        Draft(first=day, values={"title": title, "kind": kind, "place": place})
        for day, title, kind, place in _events(span)
    ]


def _events(span: Span) -> Iterator[tuple[date, str, str, str]]:
    for month in (4, 6, 8, 10, 12, 2):
        yield span.day(month, 18), "異業種の勉強会", "学習会", "見本市"
    for month in (5, 9, 11, 2):
        yield span.day(month, 22), "会員企業の取組を聞くセミナー", "セミナー", "見本市"
    yield span.day(7, 6), "ものづくり就職相談会", "就職イベント", "見本市"
    yield span.day(10, 12), "会員企業と学生の交流会", "学生交流会", "見本市"
    yield span.day(11, 8), "首都圏の医療機器展での紹介", "首都圏PR", "東京都"
    if span.at:
        yield span.day(6, 14), "六市の観光と物産の催し", "観光物産プロモーション", "東京都"
        yield span.day(9, 20), "六市の観光と物産の催し（秋）", "観光物産プロモーション", "大阪府"
        yield span.day(5, 9), "催しの準備会", "その他", "見本市"

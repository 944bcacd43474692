"""見本の企業の登録. Members of the cluster and what they answered, firms in the platform and the trials they were helped with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.model import Literal_
from sosei.house.sample.made_up import maker, named, shared, tech_firm
from sosei.house.sample.said import THIS, figure
from sosei.house.sample.span import Span, evenly

#: The one that is a member as the makers are, and makes nothing.
BANK = "株式会社見本銀行"
#: The maker that left the cluster, in the middle one of the three years.
_LEAVER = 11
#: Firms that have not answered the open survey.
SILENT = 5
_OTHERS = {
    "見本県": "特別会員", "見本市": "特別会員", "見本大学": "特別会員", "見本工業高等専門学校": "特別会員", "見本信用金庫": "賛助会員",
}  # fmt: skip


def makers(at: int) -> list[int]:
    """Return the makers that were members at the end of a year."""
    return [n for n in range(_joined(at)) if n != _LEAVER or at == 0]


def _joined(at: int) -> int:
    """Return how many makers had ever joined by the end of a year: the count of that year has the bank in it, too."""
    return figure("cluster_makers", at) - (at == THIS) + (at > 0)


def members(span: Span) -> list[Draft]:
    """Return who joined in a year (in the first: all who are members), and that a firm left."""
    if span.at == 0:
        old = [_member(maker(n).name or "", "正会員", _long_ago(span, n)) for n in makers(0)]
        since = date(span.told - 7, 6, 1)
        return old + [_member(name, kind, since) for name, kind in _OTHERS.items()]
    new = range(_joined(span.at - 1), _joined(span.at))
    found = [
        _member(maker(n).name or "", "正会員", span.spread(k, len(new))) for k, n in enumerate(new)
    ]
    if span.at == THIS:
        return [*found, _member(BANK, "正会員", span.day(7, 1))]
    return [*found, _left(span)]


def _long_ago(span: Span, n: int) -> date:
    """Return when the n-th maker joined: the last three in the first of the three years, the others before it."""
    late = n - (_joined(0) - 3)
    return span.day(6 + late, 1) if late >= 0 else date(span.told - 1 - n % 6, 4 + n % 9, 1)


def _member(name: str, kind: str, first: date) -> Draft:
    return Draft(who=named(name), first=first, values={"member_type": kind})


def _left(span: Span) -> Draft:
    first = _long_ago(Span(span.told - 1, 0), _LEAVER)
    said = {"member_type": "正会員"}
    return Draft(entry=_LEAVER + 1, who=maker(_LEAVER), first=first, last=span.day(9, 30), values=said)  # fmt: skip


def asked(at: int) -> list[Who]:
    """Return whom the survey of a year asks: the makers among the members."""
    return [maker(n) for n in makers(at)]


def answering(at: int) -> list[Who]:
    """Return who has answered it."""
    return asked(at)[: -SILENT if at == THIS else None]


def hires(span: Span) -> list[Draft]:
    """Return what firms answered: graduates of local colleges, in some firms others beside them."""
    firms = answering(span.at)
    local = shared(figure("cluster_hires", span.at), [1 + (n * 7) % 5 for n in range(len(firms))])
    found = [_hired(span, who, n, local=True) for who, n in zip(firms, local, strict=True)]
    return found + [_hired(span, who, 1 + k % 2, local=False) for k, who in enumerate(firms[::4])]


def _hired(span: Span, who: Who, heads: int, *, local: bool) -> Draft:
    said: dict[str, Literal_] = {
        "headcount": Decimal(heads), "local_school": local, "basis": "入社した年度",
    }  # fmt: skip
    if heads:
        said["school"] = "見本大学" if local else "県外の大学"
    return Draft(who=who, year=span.told, values=said)


def overseas_sales(span: Span) -> list[Draft]:
    """Return what firms sold abroad; nobody was asked yet for the year that is being reported."""
    if span.at == THIS:
        return []
    firms = asked(span.at)
    sold = shared(figure("cluster_overseas", span.at), [(n * n) % 11 * (n % 3) for n in range(len(firms))])  # fmt: skip
    return [
        Draft(who=who, year=span.told, values={"amount": Decimal(amount), "term": f"{span.told + 1}年3月期"})
        for who, amount in zip(firms, sold, strict=True)
    ]  # fmt: skip


def approvals(span: Span) -> list[Draft]:
    """Return firms whose plan was approved in a year, for five years."""
    return [
        Draft(
            who=maker(3 * span.at + k), first=span.day(8, 1), last=date(span.told + 5, 3, 31),
            values={"plan": "医療福祉機器の海外展開計画", "number": f"見県承認第{span.told}{k + 1}号"},
        )
        for k in range(2)
    ]  # fmt: skip


def platform(span: Span) -> list[Draft]:
    """Return firms that joined in a year; one takes part with two of its offices."""
    before = figure("platform_firms", span.at - 1) if span.at else 0
    new = range(before, figure("platform_firms", span.at))
    begin = date(span.told - (1 if span.at == 0 else 0), 4, 1)
    found = [_partner(n, evenly(begin, span.last, k, len(new))) for k, n in enumerate(new)]
    return found + ([_partner(3, span.day(10, 1))] if span.at == 0 else [])


def _partner(n: int, first: date) -> Draft:
    sector = ("IT", "IT", "製造", "その他")[n % 4]
    return Draft(who=tech_firm(n), first=first, values={"sector": sector})


def decided_trials(span: Span) -> list[Who]:
    """Return the firms that were granted a trial in a year."""
    return [tech_firm(5 * span.at + k) for k in range(figure("trials_granted", span.at))]

"""見本の契約と支出の登録. Commissions, contributions and subsidies behind the spending of the sample's programmes, to the yen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.model import Literal_
from sosei.house.sample.made_up import maker, named, shared, tech_firm
from sosei.house.sample.rows_firms import decided_trials
from sosei.house.sample.said import THIS, programmes
from sosei.house.sample.span import Span

#: The subsidy that pays for the trials: its cases stand in a register of their own.
_TRIALS = "実証実験補助金"
#: What a subsidy that is not yet paid out to everybody will come to.
_NOT_YET = 17_400_000
#: By what rules the sample's subsidies are reckoned: half of the cost, in whole thousands, and no more than this.
_CAPS = {_TRIALS: 3_000_000}
_CAP = 6_000_000


def _lines(kind: str, at: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], int]]:
    """Yield spending of a kind in a year: the programme, the line, and the yen (0: not in the report yet)."""
    for programme in programmes():
        for line in programme["spending"]:
            yen = line["yen"][at]
            if line["kind"] == kind and (yen or at == THIS):
                yield programme, line, yen or 0


def commissions(span: Span) -> list[Draft]:
    """Return the contracts of a year, each paid at its end."""
    return [
        Draft(
            who=named("株式会社見本企画"), values=_paid(programme, line, yen),
            reached=(span.day(4, 15), None, span.day(3, 20), span.day(3, 28)),
        )
        for programme, line, yen in _lines("commission", span.at)
    ]  # fmt: skip


def contributions(span: Span) -> list[Draft]:
    """Return what was paid to councils; the accounts come later."""
    return [
        Draft(
            who=named("見本連携協議会"), values=_paid(programme, line, yen, title=False),
            reached=(span.day(5, 1), span.day(6, 20)),
        )
        for programme, line, yen in _lines("contribution", span.at)
    ]  # fmt: skip


def _paid(
    programme: dict[str, Any], line: dict[str, Any], yen: int, *, title: bool = True
) -> dict[str, Literal_]:
    said: dict[str, Literal_] = {
        "programme": programme["name"], "activity": programme["activities"][0], "amount": Decimal(yen), "paid": Decimal(yen),
    }  # fmt: skip
    return {"title": line["label"], **said} if title else said


def subsidies(span: Span) -> list[Draft]:
    """Return the cases of a year, paid to those who are told in the report; what it lacks is not paid out to everybody."""
    found = []
    for programme, line, yen in _lines("subsidy", span.at):
        if line["label"] == _TRIALS:
            continue
        sums = [1000 * part for part in shared((yen or _NOT_YET) // 1000, [3, 4, 5, 6])]
        for k, fixed in enumerate(sums):
            who, title = _granted(span, line["label"], k)
            waits = not yen and k >= len(sums) // 2
            found.append(_case(span, who, programme, line["label"], fixed, title, paid=not waits))
    return found


def _granted(span: Span, scheme: str, k: int) -> tuple[Who, str]:
    """Return to whom a case went, and for what."""
    if scheme == "販路開拓支援事業補助金":
        return maker(k + 4 * span.at), f"海外の展示会への出展（{k + 1}）"
    return named("特定非営利活動法人見本暮らし塾"), f"体験滞在の受入れ（{k + 1}）"


def trials(span: Span) -> list[Draft]:
    """Return the trials that were granted, and as many that were only applied for."""
    programme, yen = next(
        (programme, yen)
        for programme, line, yen in _lines("subsidy", span.at)
        if line["label"] == _TRIALS
    )
    firms = decided_trials(span)
    sums = [1000 * part for part in shared(yen // 1000, [1] * len(firms))]
    granted = [
        _case(span, who, programme, _TRIALS, fixed, f"{who.name}の実証実験", theme=theme)
        for who, fixed, theme in zip(firms, sums, _themes(len(firms)), strict=True)
    ]
    refused = [
        Draft(
            who=tech_firm(30 + 2 * span.at + k), reached=(span.day(5, 20),),
            values={"title": "採択されなかった実証実験", "scheme": _TRIALS, "applied": Decimal(2_500_000)},
        )
        for k in range(2)
    ]  # fmt: skip
    return granted + refused


def _themes(n: int) -> Iterable[str]:
    return [("画像による検品", "水道の遠隔検針", "農地の温度の見守り")[k % 3] for k in range(n)]


def _case(
    span: Span, who: Who, programme: dict[str, Any], scheme: str, fixed: int, title: str, *, paid: bool = True, **more: str,
) -> Draft:  # fmt: skip
    """Return a case by the scheme's rules: half of the cost, up to the cap, whole thousands; the rest of the cost is odd."""
    cap = _CAPS.get(scheme, _CAP)
    cost = 2 * fixed + (700_000 if fixed == cap else 1_400)
    said: dict[str, Literal_] = {
        "title": title, "scheme": scheme, "programme": programme["name"], "activity": programme["activities"][-1],
        "applied": Decimal(fixed), "eligible": Decimal(cost + 60_000), "rate": "1/2", "cap": Decimal(cap),
        "rounding": "千円未満切捨て", "decided": Decimal(fixed), "reported": Decimal(cost), "fixed": Decimal(fixed),
        "tax_due": date(span.told + 2, 6, 30),
    }  # fmt: skip
    changed = span.day(11, 10) if fixed // 1000 % 2 else None
    if changed:
        said["changed"] = Decimal(fixed)
    days = [span.day(5, 20), span.day(6, 25), changed, span.day(2, 20), span.day(3, 10)]
    if paid:
        said["paid"] = Decimal(fixed)
        days.append(span.day(3, 25))
    return Draft(who=who, reached=tuple(days), values={**said, **more})

"""補助率. More of the State's money than the scheme's share of the eligible cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.core.money import SCALES
from sosei.core.report import Spending
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare grant and cost of each project, in the report and in the ledger."""
    unknown = []
    for spot in scene.projects:
        if spot.scheme is None or spot.scheme.rate is None:
            unknown.append(spot)
            continue
        yield from _printed(spot, spot.scheme.rate)
    if unknown:
        yield Skip(
            ja=f"{len(unknown)}事業は交付金制度が分からないか、補助率が知られていません。",
            en=f"For {len(unknown)} projects the scheme or its rate is not known.",
            path=unknown[0].path,
        )
    yield from _booked(scene)


def _printed(spot: ProjectSpot, rate: Fraction) -> Iterator[Hit]:
    """Compare where one year has exactly one granted and one settled amount."""
    for year in dict.fromkeys(line.fiscal_year for line in spot.project.spending):
        lines = [(p, s) for p, s in spot.spending() if s.fiscal_year == year and s.yen is not None]
        granted = [(p, s) for p, s in lines if s.kind == "granted"]
        settled = [s for _, s in lines if s.kind == "settled"]
        if len(granted) != 1 or len(settled) != 1:
            continue
        path, grant = granted[0]
        cost = settled[0]
        if (
            cost.yen
            and grant.yen
            and grant.yen < cost.yen
            and grant.yen > rate * cost.yen + _unit(cost)
        ):
            yield _hit(spot, path, grant, grant.yen, cost.yen, rate)


def _unit(line: Spending) -> int:
    return SCALES[line.unit or "円"]


def _booked(scene: Scene) -> Iterator[Hit]:
    """Compare the ledger's own national money and what came through the prefecture with the eligible cost."""
    facts = {fold(f.name): f for f in scene.context.ledger.projects} if scene.context.ledger else {}
    for spot in scene.projects:
        known = facts.get(fold(spot.project.name.text)) if spot.project.name else None
        rate = spot.scheme.rate if spot.scheme else None
        if known is None or rate is None or known.eligible is None or known.national is None:
            continue
        money = known.national + (known.prefectural or 0)
        if money > rate * known.eligible:
            yield _hit(spot, spot.path, None, money, known.eligible, rate)


def _hit(
    spot: ProjectSpot, path: str, line: Spending | None, money: int, cost: int, rate: Fraction
) -> Hit:
    own = line is None
    return Hit(
        ja=f"{spot.ja}の国費{money:,}円は、対象経費{cost:,}円の{rate}を超えます。県を経由した国費も含めて補助率を確かめてください。",
        en=f"The State's {money:,} yen for {spot.en} exceed {rate} of the eligible {cost:,} yen. Check the rate, money through the prefecture included.",
        path=path,
        place=(line.place if line else ()) or spot.place,
        raw=(line.raw or said_raw(line.label)) if line else spot.raw,
        severity=Severity.ERROR if own else Severity.WARNING,
    )


RULE: Final = Rule(
    code="EXP-RATE",
    title_ja="補助率",
    title_en="Rate of the grant",
    severity=Severity.ERROR,
    source="市町村分と県からの間接補助の合計は対象経費の1/2以内（会計検査院 r04-0049）",
    why_ja="台帳の対象経費と国費で超過が分かれば誤りです。報告書の印刷額だけでは対象外経費が分からないため、注意とします。",
    why_en="Where the ledger knows eligible cost and national money an excess is an error; printed amounts alone leave the eligible part open: a warning.",
    wrong="事業費 10,000千円 交付金 6,000千円（補助率1/2）",
    right="事業費 10,000千円 交付金 5,000千円",
    schemes=("suishin", "kyoten", "denen-suishin", "dai2sedai"),
    look=look,
)

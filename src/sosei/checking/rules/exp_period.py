"""期間外の経費. Money spent outside the project's period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.days import fiscal_year_of
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.core.report import Places
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare the years of printed amounts, and the days of the ledger's payments, with each period."""
    ledger = scene.context.ledger
    for spot in scene.projects:
        for path, line in spot.spending():
            year = line.fiscal_year
            if year is not None and line.yen and line.kind != "budget" and _outside(spot, year):
                label = line.label.text if line.label else "経費"
                yield _hit(spot, path, label, f"{year}年度", line.place, said_raw(line.label))
    if ledger is None:
        yield Skip(
            ja="台帳の記録が与えられていないため、支払日を見ていません。",
            en="The ledger was not given: days of payment were not looked at.",
        )
        return
    spots = {fold(s.project.name.text): s for s in scene.projects if s.project.name}
    for payment in ledger.payments:
        owner = spots.get(fold(payment.project))
        if owner is not None and _outside(owner, fiscal_year_of(payment.on)):
            path = f"{owner.path}/spending"
            yield _hit(owner, path, payment.label, str(payment.on), (), None, Severity.ERROR)


def _outside(spot: ProjectSpot, year: int) -> bool:
    period = spot.project.period
    if period is None:
        return False
    early = period.first is not None and year < period.first
    return early or (period.last is not None and year > period.last)


def _hit(
    spot: ProjectSpot,
    path: str,
    label: str,
    when: str,
    place: Places,
    raw: str | None,
    severity: Severity | None = None,
) -> Hit:
    period = spot.project.period.raw if spot.project.period else ""
    return Hit(
        ja=f"{spot.ja}の「{label}」（{when}）は実施期間「{period}」の外です。対象経費に含めてよいか確かめてください。",
        en=f"“{label}” ({when}) of {spot.en} lies outside its period “{period}”. Check whether it is eligible.",
        path=path,
        place=place or spot.place,
        raw=raw,
        severity=severity,
    )


RULE: Final = Rule(
    code="EXP-PERIOD",
    title_ja="実施期間外の経費",
    title_en="Spending outside the period",
    severity=Severity.WARNING,
    source="会計検査院 h29-0050（計画期間外の経費を対象に含めた例）",
    why_ja="計画期間の外で使った経費は交付の対象になりません。台帳の支払日で分かるときは誤り、印刷された年度だけのときは注意です。",
    why_en="What is spent outside the plan's period is not eligible: an error by the ledger's payment dates, a warning by printed years.",
    wrong="実施期間 R1～R3年度、R4年度の委託料 1,000千円",
    right="実施期間 R1～R4年度（変更認定済み）",
    look=look,
)

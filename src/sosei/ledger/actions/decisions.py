"""交付決定と実績報告を登録する. Errors in the report to the State found after its last day are not repaired: look before it is filed.

島根県 typed 35,691 for 35,691 thousand yen and lost 17.8 million; 和歌山県 left out a line and lost 16 million. So an
amount a thousand times another one, or not the sum of the lines, is taken only with a person's reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.errors import UnknownUnit
from sosei.core.money import read_yen, show_yen
from sosei.core.report import MoneyUnit
from sosei.core.schemes import Cap, Scheme, holder_of, known_schemes
from sosei.core.text import clean
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns
from sosei.ledger.actions.reach import charge_of, entry_of, owned
from sosei.ledger.doubts import (
    AboveCap,
    AlreadyThere,
    DaysReversed,
    FundsUnfit,
    SumDiffers,
    UnitJump,
)
from sosei.ledger.queries.facts import home_year, lines_of_money
from sosei.ledger.refusals import LedgerRefusal
from sosei.offices.models import Person
from sosei.offices.permissions import require

_JUMP: Final = 1000
#: How far two amounts may be from a thousandfold and still look like 千円 for 円 (rounding to thousands).
_NEAR: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """交付決定. As typed; `unit`: of amounts that name none."""

    number: str
    decided_on: date
    report_due: date
    amount: str
    eligible: str = ""
    unit: MoneyUnit = "円"
    scheme: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """実績報告. As typed; `settled`: 決算額, where it is known."""

    on: date
    amount: str
    settled: str = ""
    unit: MoneyUnit = "円"
    reason: str = ""


def record_grant_decision(
    *,
    by: Person,
    entry: int,
    decided: Decided,
    decision: int | None = None,
    seen: int | None = None,
) -> m.GrantDecision:
    """交付決定を登録する. Record (or correct, `decision`) a grant decision of an entry's project and year.

    Above a cap that is known of the scheme it needs a reason.
    Raises NotAllowed, Stale, AlreadyThere, DaysReversed, AboveCap, FundsUnfit, UnreadableFigure.
    """
    row = entry_of(by, entry)
    require(by, "decision.record", charge_of(row))
    columns = _columns(row, decided)
    cap = _above(row, columns["scheme"], columns["yen"])
    if cap is not None and not decided.reason.strip():
        raise cap
    before = owned(m.GrantDecision, by, decision, "交付決定") if decision else None
    with act("decision.record", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        same = m.GrantDecision.objects.filter(
            project=row.project_id, fiscal_year=row.volume.fiscal_year,
            number=columns["number"], voided__isnull=True,
        )  # fmt: skip
        if same.exclude(pk=decision or 0).exists():
            raise AlreadyThere(what=f"交付決定 {columns['number']}")
        if before is not None:
            return w.change(before, seen=seen, **columns)
        made = m.GrantDecision(
            project=row.project, fiscal_year=row.volume.fiscal_year, **columns
        )  # fmt: skip
        return w.add(made)


def _columns(entry: m.ProjectYear, decided: Decided) -> Columns:
    if decided.report_due < decided.decided_on:
        raise DaysReversed(
            later="実績報告の期限", earlier="交付決定日", later_en="due date", earlier_en="decision"
        )  # fmt: skip
    scheme = decided.scheme or entry.scheme
    if scheme is not None and scheme not in {s.id for s in known_schemes()}:
        raise FundsUnfit(column="交付金制度", column_en="the scheme", value=scheme)
    return {
        "number": clean(decided.number),
        "decided_on": decided.decided_on,
        "report_due": decided.report_due,
        "scheme": scheme,
        "yen": yen_of(decided.amount, decided.unit),
        "eligible_yen": yen_of(decided.eligible, decided.unit)
        if decided.eligible.strip()
        else None,
        "decided_reason": decided.reason.strip() or None,
    }


def yen_of(text: str, unit: MoneyUnit) -> int:
    """Return whole yen as typed. Raises UnreadableFigure, UnknownUnit."""
    try:
        return read_yen(text, unit=unit)[0]
    except UnknownUnit:
        raise UnknownUnit(text=text) from None


def _above(entry: m.ProjectYear, scheme: object, yen: int) -> AboveCap | None:
    """Return the refusal where an amount is above a confirmed cap per project of its scheme, kind and year."""
    known = next((s for s in known_schemes() if s.id == scheme), None)
    cap = cap_of(entry, known) if known else None
    if cap is None or known is None or yen <= cap.yen:
        return None
    return AboveCap(yen=show_yen(yen), cap=show_yen(cap.yen), scheme=known.ja)


def cap_of(entry: m.ProjectYear, scheme: Scheme) -> Cap | None:
    """Return the cap per project that is known and confirmed for an entry, or None."""
    words = " ".join(filter(None, (entry.grant, entry.grant_type)))
    caps = scheme.caps_for(
        holder_of(entry.body), entry.volume.fiscal_year, scheme.type_named(words)
    )
    return next((cap for cap in caps if cap.per == "project" and cap.confirmed), None)


def file_report(
    *, by: Person, entry: int, decision: int, reported: Reported, seen: int | None
) -> m.GrantDecision:
    """実績報告を登録する. Record that the report to the State was filed, with its amount.

    Raises NotAllowed, Stale, DaysReversed, UnreadableFigure; without a reason UnitJump and SumDiffers.
    """
    row = entry_of(by, entry)
    require(by, "decision.record", charge_of(row))
    before = owned(m.GrantDecision, by, decision, "交付決定")
    yen = yen_of(reported.amount, reported.unit)
    settled = yen_of(reported.settled, reported.unit) if reported.settled.strip() else None
    if reported.on < before.decided_on:
        raise DaysReversed(
            later="実績報告日", earlier="交付決定日", later_en="report", earlier_en="decision"
        )
    odd = list(odd_about(row, before, yen, settled))
    if odd and not reported.reason.strip():
        raise odd[0]
    subject = f"ledger.projectyear:{entry}"
    with act("decision.report", body=by.body, by=by.pk, subject=subject) as w:
        w.facts |= {"odd": [each.code for each in odd]}
        return w.change(
            before, seen=seen, reported_on=reported.on, reported_yen=yen,
            settled_yen=settled if settled is not None else before.settled_yen,
            reported_reason=reported.reason.strip() or None,
        )  # fmt: skip


def odd_about(
    entry: m.ProjectYear, decision: m.GrantDecision, yen: int, settled: int | None
) -> Iterator[LedgerRefusal]:
    """Yield what is odd about an amount that is to be reported: jumps first, then what does not add up."""
    total = spent(entry)
    others = (
        ("交付決定額", "the decided amount", decision.yen),
        ("対象経費", "the eligible cost", decision.eligible_yen),
        ("決算額", "the settled amount", settled if settled is not None else decision.settled_yen),
        ("経費の合計", "the sum of the lines", total),
    )
    for what, what_en, other in others:
        if other and (factor := _jump(yen, other)):
            yield UnitJump(
                typed=show_yen(yen), what=what, what_en=what_en, other=show_yen(other),
                factor=factor[0], factor_en=factor[1],
            )  # fmt: skip
    for what, what_en, other in others[2:]:
        if other is not None and other != yen:
            yield SumDiffers(
                typed=show_yen(yen), what=what, what_en=what_en, sum=show_yen(other),
                gap=show_yen(yen - other),
            )  # fmt: skip


def _jump(yen: int, other: int) -> tuple[str, str] | None:
    if abs(yen / other / _JUMP - 1) <= _NEAR:
        return "1,000倍", "a thousand times"
    if yen and abs(other / yen / _JUMP - 1) <= _NEAR:
        return "1,000分の1", "a thousandth of"
    return None


def spent(entry: m.ProjectYear) -> int | None:
    """Return what the lines of money add up to for the entry's year, ineligible ones left out; None without lines."""
    rows = m.Spending.objects.filter(entry=entry, voided__isnull=True).order_by("position", "pk")
    home = home_year(entry)
    lines = [line for line in lines_of_money(rows, home, home) if line.eligible is not False]
    return sum(line.yen or 0 for line in lines) if lines else None


def void_decision(*, by: Person, decision: int, reason: str) -> None:
    """交付決定の登録を取り消す. Raises NotAllowed, NoReason, NoSuchThing."""
    require(by, "decision.record")
    row = owned(m.GrantDecision, by, decision, "交付決定")
    subject = f"ledger.project:{row.project_id}"
    with act("decision.void", body=by.body, by=by.pk, subject=subject) as w:
        w.void(row, reason=reason)

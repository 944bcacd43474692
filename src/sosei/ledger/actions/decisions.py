"""交付決定と実績報告を登録する. Errors in the report to the State found after its last day are not repaired: look before it is filed.

島根県 typed 35,691 for 35,691 thousand yen and lost 17.8 million; 和歌山県 left out a line and lost 16 million. So an
amount a thousand times another one, or not the sum of the lines, is taken only with a person's reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.core.errors import Stale, UnknownUnit
from sosei.core.money import read_yen, show_yen
from sosei.core.report import MoneyUnit
from sosei.core.schemes import known_schemes
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
)
from sosei.ledger.queries.reporting import cap_of, odd_about, spent
from sosei.offices.models import Person
from sosei.offices.permissions import require


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


def file_report(
    *, by: Person, entry: int, decision: int, reported: Reported, seen: int | None
) -> m.GrantDecision:
    """実績報告を登録する. Record that the report to the State was filed, with its amount.

    Raises NotAllowed, Stale, DaysReversed, UnreadableFigure; without a reason AmountJump and SumDiffers.
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
    odd = list(odd_about(before, yen, settled, spent(row)))
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


def void_decision(*, by: Person, decision: int, reason: str, seen: int | None = None) -> None:
    """交付決定の登録を取り消す. Raises NotAllowed, NoReason, NoSuchThing, Stale."""
    require(by, "decision.record")
    row = owned(m.GrantDecision, by, decision, "交付決定")
    if seen is not None and seen != row.stamp:
        raise Stale(what=row.called())
    subject = f"ledger.project:{row.project_id}"
    with act("decision.void", body=by.body, by=by.pk, subject=subject) as w:
        w.void(row, reason=reason)

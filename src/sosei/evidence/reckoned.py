"""補助の計算. What a case of a subsidy may come to, with the arithmetic in words; what of it cannot be, and what is to be returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Literal_
from sosei.evidence.refusals_subsidy import (
    AboveCost,
    AboveGranted,
    AboveMost,
    BelowMost,
    NotItsTerms,
)
from sosei.evidence.sheets.refusals import CellUnreadable
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.subsidies import Role, rule_of, share_of
from sosei.evidence.subsidywords import Both, arithmetic, yen, yen_en

#: The key of a field, and what is wrong there.
Found = tuple[str, Wrong]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """計算した額. `amount` in yen, `how`: the arithmetic; `field`: the column beside which it stands.

    `kind`: most: no more may be written; due: it is to be returned.
    """

    field: str
    kind: Literal["most", "due"]
    called: Both
    amount: Decimal
    how: Both


class Case:
    """補助の一件. What a draft of a case says, in the roles that the register's rules give its columns."""

    def __init__(
        self, kind: RegisterKind, values: Mapping[str, Literal_], stages: Mapping[str, date]
    ) -> None:
        """Look at a case. `stages`: those that it reached."""
        assert kind.subsidy is not None
        self.kind, self.rules = kind, kind.subsidy
        self.own = {role: values[key] for role, key in self.rules.fields.items() if key in values}
        day = stages.get(self.rules.decided) or min(stages.values(), default=None)
        self.terms = self.rules.in_force(str(self.own.get("scheme", "")), day)
        self.rule = rule_of(self.terms, self.own)

    def money(self, role: Role) -> Decimal | None:
        """Return an amount, None where it is not said."""
        found = self.own.get(role)
        return found if isinstance(found, Decimal) else None

    @property
    def granted(self) -> Decimal | None:
        """Return what was decided in the end: after the change, where there is one."""
        changed = self.money("changed")
        return self.money("decided") if changed is None else changed

    @property
    def unknown(self) -> bool:
        """Whether it names a scheme of which the register has no terms, though it has terms of others."""
        named = self.terms is None and bool(str(self.own.get("scheme", "")).strip())
        return named and any(one.scheme for one in self.rules.terms)

    @property
    def capped(self) -> bool:
        """Whether its terms, or the case itself, say what part of the cost or how much may be granted."""
        return self.rule.share is not None or self.rule.cap is not None

    @property
    def excused(self) -> bool:
        """Whether a reason is written for what is not as reckoned."""
        return bool(str(self.own.get("reason", "")).strip())

    @property
    def excepts(self) -> bool:
        """Whether the terms in force let more be decided, with a reason, and there is one."""
        return self.excused and self.terms is not None and self.terms.exceptions

    def called(self, role: Role) -> Both:
        """Return what the column of a role is called."""
        one = self.kind.fields[self.rules.fields[role]]
        return one.ja, one.en

    # -- what it may come to -----------------------------------------------------------------------------------------

    def most(self, cost: Role) -> tuple[Decimal, Both] | None:
        """Return the most that may be granted for a cost, and how that is reckoned."""
        said = self.money(cost)
        found = self.rule.most(said)
        if found is None:
            return None
        name = self.called(cost) if cost in self.rules.fields else ("", "")
        return found, arithmetic(self.rule, name, said, found)

    def fixing(self) -> tuple[Decimal, Both] | None:
        """Return what is to be fixed: the lower of what was granted, and of what the real cost gives; None: not known yet."""
        reported, granted = self.money("reported"), self.granted
        if reported is None or granted is None:
            return None
        found = self.most("reported")
        assert found is not None
        ja, en = found[1]
        if granted > found[0]:
            return found
        how = (f"交付決定額{yen(granted)}と、{ja}の低い方", f"the lower of {yen_en(granted)} granted and {en}")  # fmt: skip
        return granted, how

    def overpaid(self) -> Decimal:
        """Return how much more was paid than was fixed."""
        paid, fixed = self.money("paid"), self.money("fixed")
        return Decimal(0) if paid is None or fixed is None else max(paid - fixed, Decimal(0))

    def due(self) -> Decimal:
        """Return what is to be returned in all: what was overpaid, and the input tax."""
        return self.overpaid() + (self.money("tax") or 0)


def sums(
    kind: RegisterKind, values: Mapping[str, Literal_], stages: Mapping[str, date]
) -> list[Sum]:
    """Return what is reckoned of a case; nothing where the register has no such rules."""
    return list(_sums(Case(kind, values, stages))) if kind.subsidy is not None else []


def no_terms(
    kind: RegisterKind, values: Mapping[str, Literal_], stages: Mapping[str, date]
) -> Both | None:
    """Return that the most of a case is not reckoned, as its scheme has no terms; None where it has, or none is named."""
    if kind.subsidy is None or not Case(kind, values, stages).unknown:
        return None
    return _NO_TERMS


def _sums(case: Case) -> Iterator[Sum]:
    fields = case.rules.fields
    for role, cost in _decisions(case):
        known = role in fields and case.money(cost) is not None
        if known and case.capped and not case.unknown and (found := case.most(cost)) is not None:
            yield Sum(field=fields[role], kind="most", called=_MOST, amount=found[0], how=found[1])
    if "fixed" in fields and (found := case.fixing()) is not None:
        yield Sum(field=fields["fixed"], kind="most", called=_FIXING, amount=found[0], how=found[1])
    if over := case.overpaid():
        paid, fixed = case.money("paid") or 0, case.money("fixed") or 0
        how = (f"支払額{yen(paid)}－確定額{yen(fixed)}", f"{yen_en(paid)} paid - {yen_en(fixed)} fixed")  # fmt: skip
        yield Sum(field=fields["paid"], kind="due", called=_OVERPAID, amount=over, how=how)
    if tax := case.money("tax"):
        yield Sum(field=fields["tax"], kind="due", called=_TAX, amount=tax, how=_AS_REPORTED)
    returned = case.money("returned")
    if returned is not None and case.due() != returned:
        how = (f"返還を要する額{yen(case.due())}－返還額{yen(returned)}", f"{yen_en(case.due())} due - {yen_en(returned)} returned")  # fmt: skip
        yield Sum(field=fields["returned"], kind="due", called=_LEFT, amount=case.due() - returned, how=how)  # fmt: skip


_NO_TERMS: Final = ("この名称の定めがないため、上限を計算していません。名称を確かめてください。", "There are no terms of this name: the most is not reckoned. Check the name.")  # fmt: skip
_MOST: Final = ("交付できる上限", "The most that may be granted")
_FIXING: Final = ("確定の計算", "To be fixed")
_OVERPAID: Final = ("払い過ぎた額（返還を要する）", "Overpaid, to be returned")
_TAX: Final = ("仕入控除税額の返還", "Input tax to be returned")
_LEFT: Final = ("返還の残り", "Left to be returned")
_AS_REPORTED: Final = ("報告のとおり", "as reported")


def _decisions(case: Case) -> tuple[tuple[Role, Role], ...]:
    """Return what is decided, each with the cost that it is reckoned of: after a change the changed one, where it is said."""
    changed: Role = "eligible" if case.money("eligible_changed") is None else "eligible_changed"
    return ("decided", "eligible"), ("changed", changed)


# -- what cannot be ----------------------------------------------------------------------------------------------------


def wrongs(kind: RegisterKind, draft: Draft) -> list[Found]:
    """Return what in a case cannot be by the rules of its register, each with the key of its field."""
    if kind.subsidy is None:
        return []
    reached = zip(kind.stages, draft.reached, strict=False)
    case = Case(kind, draft.values, {stage: day for stage, day in reached if day is not None})
    unread = list(_unread(case))
    return unread or [*_other_terms(case), *_above(case), *_fixed(case), *_paid(case)]


def _unread(case: Case) -> Iterator[Found]:
    rate = case.own.get("rate")
    if rate is not None and share_of(str(rate)) is None:
        yield case.rules.fields["rate"], Wrong(
            CellUnreadable, **_column(case, "rate"), text=rate, what="補助率", what_en="a rate",
            how="「1/2」「2/3」のように、1以下の割合で書いてください", how_en="Write a share like 1/2 or 2/3",
        )  # fmt: skip


def _other_terms(case: Case) -> Iterator[Found]:
    """Yield where a case says another rate, cap or rounding than the terms in force."""
    terms = case.terms
    if terms is None or case.excepts:
        return
    rate, cap, rounding = case.own.get("rate"), case.money("cap"), case.own.get("rounding")
    if terms.rate and rate is not None and share_of(str(rate)) != share_of(terms.rate):
        yield _unlike(case, "rate", str(rate), terms.rate)
    if terms.cap is not None and cap is not None and cap != terms.cap:
        yield _unlike(case, "cap", yen(cap), yen(terms.cap))
    if terms.rounding and rounding is not None and rounding != terms.rounding:
        yield _unlike(case, "rounding", str(rounding), terms.rounding)


def _unlike(case: Case, role: Role, said: str, wanted: str) -> Found:
    assert case.terms is not None
    of = "・".join(one for one in (case.terms.scheme, case.terms.since) if one) or case.kind.ja
    return case.rules.fields[role], Wrong(
        NotItsTerms, **_column(case, role), said=said, wanted=wanted, terms=of
    )


def _above(case: Case) -> Iterator[Found]:
    """Yield what is decided beyond what the cost, the rate and the cap allow."""
    if case.excepts:
        return
    for role, cost in _decisions(case):
        amount, found = case.money(role), case.most(cost)
        if amount is not None and found is not None and amount > found[0]:
            yield _above_most(case, role, amount, *found)


def _above_most(case: Case, role: Role, amount: Decimal, most: Decimal, how: Both) -> Found:
    """Return that an amount is more than the most; where the terms allow exceptions, also how one is entered."""
    field, wrong = _beyond(case, role, AboveMost, amount, most, how)
    way = way_en = ""
    if case.terms is not None and case.terms.exceptions and "reason" in case.rules.fields:
        ja, en = case.called("reason")
        way = f"（要綱の特例によるときは、「{ja}」に書いてください）"
        way_en = f", or, where the terms allow an exception, fill in “{en}”"
    return field, Wrong(AboveMost, **wrong.facts, way=way, way_en=way_en)


def _fixed(case: Case) -> Iterator[Found]:
    """Yield where another amount is fixed than the lower of what was granted and what the real cost gives."""
    fixed, granted, reported = case.money("fixed"), case.granted, case.money("reported")
    if fixed is None:
        return
    found = case.fixing()
    if granted is not None and fixed > granted:
        yield _beyond(case, "fixed", AboveGranted, fixed, granted, ("交付決定額まで", "what was granted"))  # fmt: skip
    elif reported is not None and fixed > reported:
        yield _beyond(case, "fixed", AboveCost, fixed, reported, ("実績の対象経費まで", "the real cost"))  # fmt: skip
    elif found is not None and fixed > found[0] and not case.excepts:
        yield _above_most(case, "fixed", fixed, *found)
    elif found is not None and fixed < found[0] and "reason" in case.rules.fields and not case.excused:  # fmt: skip
        ja, en = case.called("reason")
        field, wrong = _beyond(case, "fixed", BelowMost, fixed, *found)
        yield field, Wrong(BelowMost, **wrong.facts, reason=ja, reason_en=en)


def _paid(case: Case) -> Iterator[Found]:
    """Yield what is paid beyond what was ever granted, and what is returned beyond what was paid."""
    paid, fixed, tax = case.money("paid"), case.money("fixed"), case.money("tax")
    both: tuple[Role, Role] = ("decided", "changed")
    granted = [one for role in both if (one := case.money(role)) is not None]
    if paid is not None and granted and paid > max(granted):
        yield _beyond(case, "paid", AboveGranted, paid, max(granted), ("交付決定額まで", "what was granted"))  # fmt: skip
    if tax is not None and fixed is not None and tax > fixed:
        yield _beyond(case, "tax", AboveGranted, tax, fixed, ("確定額まで", "what was fixed"))
    returned = case.money("returned")
    if returned is not None and returned > case.due():
        yield _beyond(case, "returned", AboveGranted, returned, case.due(), ("返還を要する額まで", "what is to be returned"))  # fmt: skip


def _column(case: Case, role: Role) -> dict[str, str]:
    ja, en = case.called(role)
    return {"column": ja, "column_en": en}


def _beyond(
    case: Case, role: Role, refusal: type[AboveMost], amount: Decimal, most: Decimal, how: Both
) -> Found:
    return case.rules.fields[role], Wrong(
        refusal, **_column(case, role), amount=yen(amount), amount_en=yen_en(amount), most=yen(most), most_en=yen_en(most), how=how[0],
        how_en=how[1],
    )  # fmt: skip


def columns_of(found: Sequence[Sum]) -> dict[str, list[Sum]]:
    """Return what is reckoned, by the column beside which it stands."""
    by: dict[str, list[Sum]] = {}
    for one in found:
        by.setdefault(one.field, []).append(one)
    return by

"""補助の計算を見せる. What pages show of a register's rules and of what they give: for an entry, and for one that is being typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.measures.model import Literal_
from sosei.evidence.reckoned import Sum, no_terms
from sosei.evidence.reckoned import sums as sums_of
from sosei.evidence.sheets.columns import STAGE, Column
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.values import reader_of
from sosei.evidence.subsidies import ROLES, ROUNDINGS, TYPES, Role
from sosei.evidence.subsidywords import Both
from sosei.evidence.subsidywords import said as sentences_of

#: What a role is called, and what its column holds.
ROLE_NAMES: Final[Mapping[Role, Both]] = {
    "scheme": ("補助金の名称", "Subsidy"), "eligible": ("補助対象経費", "Eligible cost"), "rate": ("補助率", "Rate"),
    "cap": ("補助上限額", "Cap"), "rounding": ("端数の処理", "Rounding"), "decided": ("交付決定額", "Decided"),
    "eligible_changed": ("変更後の補助対象経費", "Eligible cost after change"), "changed": ("変更後の交付決定額", "Decided after change"),
    "reported": ("実績の補助対象経費", "Eligible cost as reported"), "fixed": ("確定額", "Fixed"), "paid": ("支払額", "Paid"),
    "tax": ("仕入控除税額", "Input tax"), "returned": ("返還額", "Returned"), "reason": ("特例・減額の理由", "Reason for another amount"),
}  # fmt: skip


def rules_said(kind: RegisterKind) -> list[Both]:
    """Return the rules of a register as sentences; none where it has none."""
    return sentences_of(kind.subsidy, kind) if kind.subsidy is not None else []


def reckoned(kind: RegisterKind, record: Record) -> list[Sum]:
    """Return what is reckoned of an entry."""
    return sums_of(kind, record.values, record.stages)


def reckoned_typed(
    kind: RegisterKind, columns: Iterable[Column], said: Mapping[str, str]
) -> list[Sum]:
    """Return what is reckoned of what was typed, by the columns' keys; what cannot be read is left out."""
    return sums_of(kind, *_typed(columns, said)) if kind.subsidy is not None else []


def without_terms(kind: RegisterKind, record: Record) -> Both | None:
    """Return that the most of an entry is not reckoned, and why; None where it is."""
    return no_terms(kind, record.values, record.stages)


def without_terms_typed(
    kind: RegisterKind, columns: Iterable[Column], said: Mapping[str, str]
) -> Both | None:
    """Return the same of what was typed."""
    return no_terms(kind, *_typed(columns, said))


def schemes(kind: RegisterKind) -> tuple[str, ...]:
    """Return the names of the schemes that a register has terms of, in their order."""
    rules = kind.subsidy
    return tuple(dict.fromkeys(one.scheme for one in rules.terms if one.scheme)) if rules else ()


def _typed(
    columns: Iterable[Column], said: Mapping[str, str]
) -> tuple[dict[str, Literal_], dict[str, date]]:
    """Return values and stages of what was typed."""
    values: dict[str, Literal_] = {}
    stages: dict[str, date] = {}
    for one in columns:
        value = _read(one, said.get(one.key, ""))
        if value is not None and one.field is not None:
            values[one.field] = value
        elif value is not None and one.key.startswith(STAGE):
            stages[one.key.removeprefix(STAGE)] = value
    return values, stages


def _read(column: Column, text: str) -> Any:
    try:
        return reader_of(column, heard=Heard())(text.strip())
    except Wrong:
        return None


def fields_for(kind: RegisterKind, role: Role) -> list[tuple[str, Both]]:
    """Return the columns that may have a role, with their names."""
    wanted = TYPES.get(role, "money")
    return [
        (key, (one.ja, one.en))
        for key, one in kind.fields.items()
        if one.type == wanted and not one.personal
    ]


__all__ = ["ROLES", "ROLE_NAMES", "ROUNDINGS", "Role", "Sum", "fields_for", "reckoned", "reckoned_typed", "rules_said", "schemes", "without_terms", "without_terms_typed"]  # fmt: skip

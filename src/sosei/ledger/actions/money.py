"""経費を登録する. An entry's lines of money, all of them at once as on one sheet, in the unit that was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast, get_args

from sosei.core.errors import Stale, UnknownUnit
from sosei.core.money import SCALES, read_yen
from sosei.core.report import MoneyUnit, SpendingKind
from sosei.core.text import clean
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.reach import charge_of, entry_of
from sosei.ledger.doubts import FundsUnfit
from sosei.ledger.queries.weights import money_weight
from sosei.offices.models import Person
from sosei.offices.permissions import require

SOURCES: Final = ("national", "prefectural", "own", "other")
ROLES: Final = ("line", "subtotal", "total")
KINDS: Final = cast("tuple[str, ...]", get_args(SpendingKind))
_COLUMN: Final = {
    "source": ("財源の別", "source of funds"),
    "kind": ("種類", "kind"),
    "role": ("行の役割", "role of the line"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """経費の一行. As typed: `amount` in its own unit or in `unit` (None: not said, a bare amount is yen); blank: no figure.

    `spending`: the row that it was (None: a new one). `eligible`: None where nobody said. `fund`: None where the sheet
    does not ask for it, so that it stays.
    """

    spending: int | None = None
    label: str = ""
    amount: str = ""
    unit: MoneyUnit | None = "千円"
    number: str = ""
    kind: str | None = None
    role: str | None = None
    year: int | None = None
    eligible: bool | None = None
    source: str | None = None
    fund: str | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(
            text and text.strip() for text in (self.label, self.amount, self.fund, self.note)
        )


def set_spending(
    *, by: Person, entry: int, lines: Sequence[Line], seen: int | None
) -> list[m.Spending]:
    """経費を登録する. Bring an entry's money to what the sheet says: lines changed, added, and voided where they are gone.

    `seen`: `queries.weights.money_weight` of the entry.
    Raises NotAllowed, Locked, Stale, UnreadableFigure, UnknownUnit, FundsUnfit.
    """
    row = entry_of(by, entry)
    require(by, "money.record", charge_of(row))
    wanted = [(line.spending, _columns(line)) for line in lines if not line.is_blank]
    with act("money.record", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        (now,) = require_unlocked(by, [row], "money")
        if seen is not None and seen != money_weight(entry):
            raise Stale(what=f"{now.called()}の経費")
        return _bring(w, now, wanted)


def _bring(
    w: Act, entry: m.ProjectYear, wanted: Sequence[tuple[int | None, Columns]]
) -> list[m.Spending]:
    rows = m.Spending.objects.filter(entry=entry, voided__isnull=True)
    left = {row.pk: row for row in rows}
    found: list[m.Spending] = []
    for key, columns in wanted:
        row = left.pop(key, None) if key is not None else None
        after = found[-1].position + 1 if found else 0
        if row is None:
            found.append(w.add(m.Spending(entry=entry, position=after, **columns)))
        else:
            found.append(_change(w, row, columns | {"position": max(row.position, after)}))
    for row in left.values():
        w.void(row, reason="経費の表から外された")
    return found


def _change(w: Act, row: m.Spending, columns: Columns) -> m.Spending:
    """Write what differs; where the amount stood in a source is told no longer when it was rewritten."""
    typed = row.yen != columns["yen"] or row.unit != columns["unit"]
    return w.change(row, **columns, trace={} if typed else row.trace)


def _columns(line: Line) -> Columns:
    yen, unit = _yen(line)
    return {
        "label": clean(line.label) or None,
        "yen": yen,
        "unit": unit,
        "number": clean(line.number) or None,
        "kind": _known("kind", line.kind, KINDS),
        "role": _known("role", line.role, ROLES),
        "source": _known("source", line.source, SOURCES),
        "fiscal_year": line.year,
        "eligible": line.eligible,
        "note": clean(line.note) or None,
    } | ({} if line.fund is None else {"fund": clean(line.fund) or None})


def _yen(line: Line) -> tuple[int | None, MoneyUnit | None]:
    """Return whole yen and the unit typed. Raises UnreadableFigure, UnknownUnit."""
    if line.unit is not None and line.unit not in SCALES:
        raise UnknownUnit(text=line.unit)
    if not line.amount.strip():
        return None, line.unit
    try:
        return read_yen(line.amount, unit=line.unit)
    except UnknownUnit:
        if line.unit is not None:
            raise
        return read_yen(line.amount, unit="円")[0], None


def _known(name: str, value: str | None, among: Sequence[str]) -> str | None:
    if not value:
        return None
    if value not in among:
        ja, en = _COLUMN[name]
        raise FundsUnfit(column=ja, column_en=en, value=value)
    return value

"""経費の行. Lines of money in a cell: 「① 盛岡市クラスター活動支援業務委託 10,010 千円」.

The kind follows from the label's ending (委託, 負担金, 補助金) or from what the column's header says (決算額).
"""

from __future__ import annotations

import re
from typing import Final

from sosei.core.cardline import NAMELESS
from sosei.core.costline import CostLine, parse_costs
from sosei.core.errors import SoseiError
from sosei.core.money import read_yen
from sosei.core.report import MoneyUnit, Said, Spending, SpendingKind, SpendingRole
from sosei.core.text import fold
from sosei.reading.grid import Words
from sosei.reading.layouts.bullets import paragraphs
from sosei.reading.layouts.written import Written

_KINDS: Final[tuple[tuple[re.Pattern[str], SpendingKind], ...]] = (
    (re.compile(r"委託(?:料|費|業務)?$"), "commission"),
    (re.compile(r"負担金$"), "contribution"),
    (re.compile(r"(?:補助金?|助成金?|補助事業)$"), "subsidy"),
    (re.compile(r"予算(?:現)?額?$"), "budget"),
    (re.compile(r"(?:決算|実績|執行|支出)(?:済)?額?$"), "settled"),
    (re.compile(r"(?:交付(?:決定|確定|金)?額?|充当額)$"), "granted"),
)
_TOTAL: Final = re.compile(r"^(?:合計|総計|計|総額|総事業費|事業費計)$|(?:合計|総額)$")
_SUBTOTAL: Final = re.compile(r"小計")
_BARE: Final = re.compile(r"[△▲−－-]?\d[\d,，]*")


def kind_of(label: str) -> SpendingKind | None:
    """Return the kind that a label's ending says, or None."""
    key = re.sub(r"[（(].*?[）)]$", "", fold(label))
    return next((kind for pattern, kind in _KINDS if pattern.search(key)), None)


def role_of(label: str) -> SpendingRole:
    """Return whether a label stands for a line, a subtotal or the total."""
    key = fold(label)
    if _SUBTOTAL.search(key):
        return "subtotal"
    return "total" if _TOTAL.search(key) else "line"


def read_costs(line: Written, header: Said | None = None) -> tuple[Spending, ...]:
    """Return the money of a paragraph, or nothing if it is something else."""
    found = (_spending(line, cost, header) for cost in parse_costs(line.shape))
    return tuple(spending for spending in found if spending)


def _spending(line: Written, cost: CostLine, header: Said | None) -> Spending | None:
    own = line.maybe(cost.label)
    label = own.said(mended=True) if own and own.shape != NAMELESS else None
    shown = label or header
    whole = line.cut(cost.whole)
    amount = line.maybe(cost.amount)
    yen, unit = _yen(amount) if amount else (None, None)
    if amount and yen is None:
        return None
    number = line.maybe(cost.number)
    said = number.said() if number else None
    note = line.maybe(cost.note)
    return Spending(
        label=shown,
        yen=yen,
        number=said.text if said else None,
        kind=(kind_of(shown.text) or (kind_of(header.text) if header else None)) if shown else None,
        role=role_of(shown.text) if shown else "line",
        unit=unit,
        note=note.said() if note else None,
        raw=whole.text,
        place=whole.places,
    )


def _yen(amount: Written) -> tuple[int | None, MoneyUnit | None]:
    try:
        yen, unit = read_yen(amount.text)
    except SoseiError:
        return None, None
    return (yen, unit) if abs(yen) < 10**15 else (None, None)


def read_cost_cell(
    cell: Words, header: Said, unit: MoneyUnit | None
) -> tuple[tuple[Spending, ...], tuple[Written, ...]]:
    """Return the money of a column of its own, bare numbers in the header's unit, and the lines that are none."""
    found: list[Spending] = []
    rest: list[Written] = []
    for line in paragraphs(cell):
        costs = read_costs(line, header)
        if not costs and unit and _BARE.fullmatch(line.shape):
            costs = _in_header_unit(line, header, unit)
        found += costs
        if not costs and not re.fullmatch(r"[－―—–\-─]", line.shape):
            rest.append(line)
    return tuple(found), tuple(rest)


def _in_header_unit(line: Written, header: Said, unit: MoneyUnit) -> tuple[Spending, ...]:
    try:
        yen, _ = read_yen(line.text, unit=unit)
    except SoseiError:
        return ()
    kind, role = kind_of(header.text), role_of(header.text)
    return (
        Spending(label=header, yen=yen, kind=kind, role=role, unit=unit, raw=line.text, place=line.places),
    )  # fmt: skip

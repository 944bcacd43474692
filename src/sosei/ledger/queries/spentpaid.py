"""どの契約がどの取組に. The entries behind the counted money of a project, by the activity that each paid for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.queries.drill import PageCounted, RowCounted, page
from sosei.evidence.queries.registers import EntryRow
from sosei.evidence.stored import measure as tree_of
from sosei.ledger.queries.spent import SpentPart, SpentShown, Yen, yen_of

#: The column of a register that names the activity.
ACTIVITY: Final = "activity"
#: As many entries of one measure as are shown; all of them are on the measure's own page.
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """支払った一件. An entry of a register that a line of money counts; `twice`: another line counts it as well."""

    line: str
    measure: int
    year: int
    register: int
    kind: RegisterKind
    row: EntryRow
    activity: str
    title: str
    yen: Yen
    day: date | None
    twice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """取組. What was paid for it; `name` is blank where an entry names none."""

    name: str
    payments: tuple[Payment, ...]

    @property
    def yen(self) -> Yen:
        """How much that is in all; what two lines count is paid once."""
        once = {(one.register, one.row.record.id): one.yen for one in self.payments}
        return sum(once.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidFor:
    """支払の内訳. `hidden`: registers whose single entries are confidential. `more`: measures with further entries, and the year."""

    activities: tuple[Activity, ...]
    hidden: tuple[str, ...]
    more: tuple[tuple[str, int, int], ...]

    @property
    def twice(self) -> bool:
        """Whether an entry is counted by two lines."""
        return any(one.twice for each in self.activities for one in each.payments)


def paid_for(
    body: str, lines: Iterable[SpentShown], *, open_to: Collection[int] = (), order: Sequence[str] = ()
) -> PaidFor:  # fmt: skip
    """Return what the entries that are counted for lines of money paid for, by activity; `order`: as the report names them.

    `open_to`: confidential registers whose entries the person sees.
    """
    found: list[Payment] = []
    hidden: dict[str, None] = {}
    more: dict[tuple[str, int, int], None] = {}
    for line in lines:
        for part in line.parts:
            here = page(body, tree_of(part.text), line.year, open_to=open_to, size=MOST)
            found += _payments(line, part, here)
            hidden |= {one.kind.ja: None for one in here.registers if one.hidden}
            more |= {(part.called, part.measure, line.year): None} if here.more else {}
    return PaidFor(
        activities=tuple(_activities(found, order)), hidden=tuple(hidden), more=tuple(more)
    )


def _payments(line: SpentShown, part: SpentPart, here: PageCounted) -> Iterator[Payment]:
    kinds = {one.pk: one.kind for one in here.registers}
    path = tree_of(part.text).path
    for one in here.rows:
        values = one.row.record.values
        amount = values.get(path.name) if path is not None else None
        yield Payment(
            line=line.label, measure=part.measure, year=line.year, register=one.register, kind=kinds[one.register], row=one.row,
            activity=_said(one, ACTIVITY), title=_said(one, "title"), day=one.day,
            yen=yen_of(amount, part.unit) if isinstance(amount, Decimal) else 0,
        )  # fmt: skip


def _said(one: RowCounted, key: str) -> str:
    return str(one.row.record.values.get(key, ""))


def _activities(found: Sequence[Payment], order: Sequence[str]) -> Iterator[Activity]:
    times = Counter(_key(one) for one in found)
    by: dict[str, list[Payment]] = defaultdict(list)
    for one in found:
        by[one.activity].append(replace(one, twice=times[_key(one)] > 1))
    known = {name: n for n, name in enumerate(order)}
    for name in sorted(by, key=lambda name: (not name, known.get(name, len(known)), name)):
        yield Activity(name=name, payments=tuple(sorted(by[name], key=_when)))


def _key(one: Payment) -> tuple[int, int]:
    return one.register, one.row.record.id


def _when(one: Payment) -> tuple[date, int, int]:
    return one.day or date.min, *_key(one)

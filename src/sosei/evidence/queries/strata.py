"""数えた件の内訳. Of what a measure counts for a year, how many by month, place and sort: for registers whose rows nobody else sees.

Small numbers are hidden, with as many more as keep them from being reckoned (`evidence.cells`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from sosei.evidence.cells import suppressed
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.queries.drill import everything, source_of
from sosei.evidence.queries.drillparts import Found, Source

By = Literal["month", "place", "sort"]
#: Beyond so many entries no breakdown is made on a page.
MOST: Final = 50_000
#: A breakdown of more lines tells nobody anything.
_LINES: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """内訳. Of a register, how many entries there are by one of its columns (`field`: its key); None: hidden."""

    register: str
    kind: RegisterKind
    by: By
    field: str | None
    counts: Mapping[str, int | None]
    total: int


def strata(body: str, tree: Measure, year: int, hidden: Collection[str]) -> tuple[Stratum, ...]:
    """Return the breakdowns of what is counted from registers (their keys) whose rows are confidential."""
    source = source_of(body, tree, year)
    found = list(islice((f for f in everything(source) if f.register.key in hidden), MOST + 1))
    if len(found) > MOST:
        return ()
    return tuple(
        one
        for key in dict.fromkeys(tree.registers)
        if key in hidden
        for one in _of(source, key, [each for each in found if each.register.key == key])
    )


def _of(source: Source, key: str, found: list[Found]) -> Iterator[Stratum]:
    of = source.kinds[key]
    for by, field in _columns(of):
        counts = Counter(_value(source, key, by, field, one) for one in found)
        if 1 < len(counts) <= _LINES:
            table = suppressed({(name,): n for name, n in sorted(counts.items())})
            yield Stratum(
                register=key, kind=of, by=by, field=field,
                counts={name: n for (name,), n in table.cells.items()}, total=table.total,
            )  # fmt: skip


def _columns(of: RegisterKind) -> Iterator[tuple[By, str | None]]:
    if of.kind != "survey":
        yield "month", None
    for field in of.fields.values():
        if field.column in ("place", "sort"):
            yield ("place" if field.column == "place" else "sort"), field.key


def _value(source: Source, key: str, by: By, field: str | None, one: Found) -> str:
    """Return to which line an entry belongs; "": it does not say."""
    if by == "month":
        day = source.day(key, one.record)
        return "" if day is None else day.isoformat()[:7]
    return str(one.record.values.get(field or "", ""))

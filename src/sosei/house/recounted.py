"""合計の点検. Are the sums that are kept of measures what counting every entry gives?"""

from __future__ import annotations

from collections.abc import Iterator

from sosei.core.errors import SoseiError
from sosei.evidence import models as m
from sosei.evidence.codec import unscaled
from sosei.evidence.kept import Kept, Sums, everything, kept
from sosei.evidence.measures.model import Over
from sosei.evidence.measures.standing import LATEST, OUTSIDE, Cell
from sosei.evidence.stored import keys_of, measure, registers_of
from sosei.journal.reading import Broken, in_order
from sosei.journal.verdict import Named, Problem


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield every sum that is kept and is not what the entries give, and every measure that cannot be counted anew."""
    measures = m.Measure._base_manager.all()
    for row in in_order(measures if body is None else measures.filter(body=body)):
        if isinstance(row, Broken):
            continue  # the journal names it
        try:
            yield from _of_measure(row)
        except (SoseiError, ValueError, TypeError, ArithmeticError, LookupError) as fault:
            yield Problem("J57", {"measure": row.name, "why": _why(fault)})


def _of_measure(row: m.Measure) -> Iterator[Problem]:
    there = _kept(row)
    if row.voided is not None:
        yield from _differing(row, None, there, {})
        return
    tree = measure(row.text)
    one = kept(row, tree, registers_of(row.body, keys_of(tree)))
    yield from _differing(
        row, tree.over, there, {} if _counted_when_asked(one) else everything(one)
    )


def _counted_when_asked(one: Kept) -> bool:
    """Whether nothing is kept of a measure: only everything together gives it, and that is much."""
    kept_too = m.Standing.objects.filter(measure=one.row, dirty=False)
    return one.way == "recount" and not kept_too.exists()


def _kept(row: m.Measure) -> Sums:
    rows = m.Tally.objects.filter(measure=row).values_list("year", "cell", "n", "total")
    return {Cell(year, cell): (n, total) for year, cell, n, total in rows}


def _differing(row: m.Measure, over: Over | None, there: Sums, counted: Sums) -> Iterator[Problem]:
    """Yield the sums that differ, in order of years; what is nothing need not be kept."""
    for cell in sorted(there.keys() | counted.keys()):
        own, wanted = there.get(cell, (0, 0)), counted.get(cell, (0, 0))
        if own != wanted:
            facts = {"kept": _sum(own), "counted": _sum(wanted), "cell": _cell(cell.cell, over)}
            yield Problem("J56", {"measure": row.name, "year": cell.year, **facts})


def _sum(of: tuple[int, int]) -> Named:
    n, total = of[0], format(unscaled(of[1]), "f")
    return Named(f"{n}件・計{total}", f"{n} entries, total {total}")


def _cell(key: str, over: Over | None) -> Named:
    """Return what a cell of a measure's grid is called; of a sum without cells, nothing."""
    if key == LATEST:
        return Named("の最新の値", ", the latest value")
    if key == OUTSIDE:
        return Named("", "") if over is None else Named("の表の外", ", outside of the grid")
    place, _, month = key.partition(" ")
    values = over.values if over is not None else ()
    called = values[int(place)] if place.isdecimal() and int(place) < len(values) else place
    said = f"{called} {month}".strip()
    return Named(f"の「{said}」", f", “{said}”")


def _why(fault: Exception) -> Named:
    if isinstance(fault, SoseiError):
        return Named(fault.sentence("ja"), fault.sentence("en"))
    kind = type(fault).__name__
    return Named(f"読み取れない値（{kind}）", f"a value that cannot be read ({kind})")

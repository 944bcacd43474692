"""持ち分. What parts of the entries give to a measure, so that sums can be kept, and an answer read without the entries.

The shares of parts add up to the shares of the whole; which parts, says `way`. The meaning is `counting.count`'s: an answer
from the shares of everything is its answer, for every year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Final, Literal

from sosei.evidence.measures.counting import Book, Count, comes_after
from sosei.evidence.measures.entries import Attribute, Kinded, Record, Register
from sosei.evidence.measures.model import Measure, Path
from sosei.evidence.measures.shares_compiled import Giving, Part, compiled
from sosei.evidence.measures.shares_distinct import different
from sosei.evidence.measures.spans import asked_of_subjects, runs_on, turning
from sosei.evidence.measures.standing import EXACT, Answer, Cell, Share, stated

__all__ = [
    "Cell", "Giving", "Part", "Share", "Way", "answer", "asked_of_subjects", "compiled", "runs_on", "shares", "sharing", "summed",
    "tallies_of_everything", "way",
]  # fmt: skip

#: The least part that gives its share by itself: an entry, a subject with all its entries, or only everything together.
Way = Literal["entry", "subject", "recount"]
#: An entry, and what its subject was when.
Entry = tuple[Record, Sequence[Attribute]]
_NONE: Final = Share(0, Decimal(0))


def way(measure: Measure, kinds: Mapping[str, Kinded]) -> Way:
    """Return how a measure (one whose parts go together, `parser.fitting`) can be put together.

    entry: from entries, each with the attributes of its subject. subject: from subjects, each with all its entries in the
    measure's registers and the one that must come before, and its attributes; an entry without a subject gives nothing
    then. recount: from everything alone (a latest value, different values of another column).
    """
    keys = {*measure.registers, *([measure.after.register] if measure.after is not None else ())}
    if not keys <= kinds.keys():
        return "recount"  # of a register that is not there nothing is known
    if measure.operation == "distinct" and measure.path is not None and _is_whom(measure.path):
        return "subject"
    if measure.operation in ("distinct", "latest"):
        return "recount"
    return "subject" if measure.after is not None else "entry"


def _is_whom(path: Path) -> bool:
    """Whether it is the subject itself (an attribute may be called so, too)."""
    return path.name == "subject" and not path.of_subject


# -- what parts give ---------------------------------------------------------------------------------------------------


def shares(
    measure: Measure,
    kinds: Mapping[str, Kinded],
    records: Iterable[Record],
    attributes: Iterable[Attribute] = (),
) -> dict[Cell, Share]:
    """Return what a part of the entries gives (`way`), with the attributes of its subjects; cells of nothing are left out.

    Where `runs_on`, a cell has what was added since the year before: a year's answer is the sum up to it. Years may come
    before any that somebody asks for (a member ever since: the first of the calendar).
    """
    return sharing(measure, kinds)(records, attributes)


def sharing(
    measure: Measure, kinds: Mapping[str, Kinded]
) -> Callable[[Iterable[Record], Iterable[Attribute]], dict[Cell, Share]]:
    """Return what gives the shares of parts; for many parts made once."""
    if measure.operation == "latest":
        return lambda records, attributes: _latest(measure, kinds, records, attributes)
    if measure.operation == "distinct":
        parts = different(measure, kinds)
    else:
        parts = _each(compiled(measure, kinds))
    first = _coming_after(measure) if measure.after is not None else iter

    def given(records: Iterable[Record], attributes: Iterable[Attribute]) -> dict[Cell, Share]:
        own: dict[int | None, list[Attribute]] = defaultdict(list)
        for one in attributes:
            own[one.subject].append(one)
        return summed(parts((record, own.get(record.subject, ())) for record in first(records)))

    return given


def _each(give: Giving) -> Callable[[Iterable[Entry]], Iterator[Part]]:
    return lambda entries: (part for record, own in entries for part in give(record, own))


def _coming_after(measure: Measure) -> Callable[[Iterable[Record]], Iterator[Record]]:
    """Return what leaves the entries whose subject stands, early enough, in the register that must come first."""
    after = measure.after
    assert after is not None

    def left(records: Iterable[Record]) -> Iterator[Record]:
        several = list(records)
        before = Book(several).before(after)
        return (record for record in several if comes_after(measure, record, before))

    return left


def summed(parts: Iterable[Part]) -> dict[Cell, Share]:
    """Add up parts, exactly; cells of nothing are left out."""
    counts: dict[Cell, int] = defaultdict(int)
    totals: dict[Cell, Decimal] = defaultdict(Decimal)
    with localcontext(EXACT):
        for cell, n, total in parts:
            counts[cell] += n
            totals[cell] += total
    return {cell: Share(n, totals[cell]) for cell, n in counts.items() if n or totals[cell]}


def _latest(
    measure: Measure,
    kinds: Mapping[str, Kinded],
    records: Iterable[Record],
    attributes: Iterable[Attribute],
) -> dict[Cell, Share]:
    records, attributes = list(records), list(attributes)
    years = turning(measure, kinds, records, attributes)
    return summed(_counted(measure, kinds, Book(records, attributes), years))


def _counted(
    measure: Measure, kinds: Mapping[str, Kinded], book: Book, years: Iterable[int]
) -> Iterator[Part]:
    """Count some years, in order, entry by entry; where it runs on, yield what changes from one to the next."""
    before: Mapping[str, Share] = {}
    for year in years:
        counting = Count(measure, year, kinds, book)
        now = counting.shares(counting.kept())
        for cell, share in now.items():
            yield Cell(year, cell), share.n, share.total
        for cell, share in before.items():
            yield Cell(year, cell), -share.n, share.total.copy_negate()
        before = now if runs_on(measure) else {}


def tallies_of_everything(
    measure: Measure,
    kinds: Mapping[str, Kinded],
    records: Iterable[Record],
    attributes: Iterable[Attribute],
    years: Collection[int],
) -> dict[Cell, Share]:
    """Return tallies that give the answers of these years, and maybe only of these, from everything."""
    if measure.operation != "latest":
        return shares(measure, kinds, records, attributes)
    return summed(_counted(measure, kinds, Book(records, attributes), sorted(set(years))))


# -- the answer --------------------------------------------------------------------------------------------------------


def answer(
    measure: Measure,
    year: int,
    tallies: Mapping[Cell, Share],
    registers: Mapping[str, Register],
    silent: frozenset[int] = frozenset(),
) -> Answer:
    """Return the answer for a fiscal year from the shares of everything, added up; `silent`: as `standing.silent` tells."""
    runs = runs_on(measure)
    found: dict[str, Share] = {}
    with localcontext(EXACT):
        for (of, cell), (n, total) in tallies.items():
            if of == year or (runs and of < year):
                had = found.get(cell, _NONE)
                found[cell] = Share(had.n + n, had.total + total)
    return stated(measure, year, found, registers, silent)

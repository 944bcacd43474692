"""控えた合計を保つ. Brings the kept sums of every measure right in the act that writes what they are counted from.

What one entry, or one subject with all his entries, gives to a measure is taken out as it was and put in as it is. What
cannot be put together from such parts is counted anew: at once where it is little (the statistics of a few cities), else
when it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Range

from sosei.evidence import models as m
from sosei.evidence.actions.store import Moved
from sosei.evidence.codec import REACHED
from sosei.evidence.kept import Kept, Sums, added, everything, kept_of, known_of
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.comparing import months_before
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.shares import sharing
from sosei.evidence.measures.spans import runs_on, spanned
from sosei.evidence.measures.standing import asked_year, by_answer
from sosei.evidence.measures.windows import days
from sosei.evidence.parts import parts
from sosei.evidence.refusals import SumBeyond
from sosei.evidence.stored import records_of

#: More entries than these are not counted anew with every act.
MUCH: Final = 5000


def moved(body: str, change: Moved) -> None:
    """Bring the sums right after entries of a register were written."""
    for one in kept_of(body, register=change.register):
        if one.way == "recount":
            recount(one)
        elif one.way == "entry":
            _add(one, _by_entry(one, change))
        else:
            _add(one, _by_subject(one, change))


def _by_entry(one: Kept, change: Moved) -> Sums:
    """Take out what entries gave, put in what they give; each by itself."""
    give = sharing(one.tree, one.kinds)
    known = known_of(one, _subjects(change)) if one.attributes else []
    return added([(give(change.after, known), 1), (give(change.before, known), -1)])


def _by_subject(one: Kept, change: Moved) -> Sums:
    """Take out what subjects gave with all their entries, put in what they give."""
    give = sharing(one.tree, one.kinds)
    return added(
        (give(records, known), sign)
        for before, after, known in _subjects_changed(one, change)
        for records, sign in ((after, 1), (before, -1))
    )


def _subjects_changed(
    one: Kept, change: Moved
) -> Iterator[tuple[list[Record], list[Record], list[Attribute]]]:
    """Yield all entries of the subjects that a change is about, some subjects at a time: as they were, and as they are."""
    which = _years_changed(one, change)
    before, after = _by_whom(change.before), _by_whom(change.after)
    for several in parts(sorted(before.keys() | after.keys())):
        who = several if change.register.key in one.tree.registers else _counted(one, several)
        others = _slices(one, who, which, but=change.batch)
        yield (
            others + [record for subject in who for record in before[subject]],
            others + [record for subject in who for record in after[subject]],
            known_of(one, who),
        )


def _counted(one: Kept, who: Sequence[int]) -> list[int]:
    """Return those subjects of whom a measure could count something: who only stands in what must come before gives nothing."""
    counted = [one.registers[key] for key in one.tree.registers]
    own = m.Entry.objects.filter(m.entries.CURRENT, register__in=counted, subject__in=who)
    there = set(own.values_list("subject", flat=True).distinct())
    return [subject for subject in who if subject in there]


def _by_whom(records: Iterable[Record]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        if record.subject is not None:
            found[record.subject].append(record)
    return found


def _subjects(change: Moved) -> set[int]:
    return {
        record.subject for record in (*change.before, *change.after) if record.subject is not None
    }


def _slices(
    one: Kept, who: Collection[int], which: Mapping[str, Any] | None = None, but: int | None = None
) -> list[Record]:
    """Return the entries of some subjects in the registers of a measure, as they now are, and as far as it looks at them.

    `which` of each register, or all; `but`: a batch whose contents are known already.
    """
    others = Q() if but is None else ~Q(batch=but)
    return [
        record
        for key, register in one.registers.items()
        for record in records_of(
            [register], others, (which or {}).get(key, Q()), subject__in=who, asked_by=one.tree
        )
    ]


def _years_changed(one: Kept, change: Moved) -> dict[str, Any]:
    """Return which entries of each register bear on the years that a change is about, where years do not run on.

    So a year's import is not slowed by all the years before it. What of the register that must come first has changed may
    bear on any year after it.
    """
    tree, after = one.tree, one.tree.after
    if runs_on(tree) or (after is not None and change.register.key == after.register):
        return {}
    span = spanned(tree, one.kinds)
    found = [
        of[0] for record in (*change.before, *change.after) if (of := span(record)) is not None
    ]
    if not found:
        return {key: Q(pk=None) for key in one.registers}
    if tree.stage is None and by_answer(tree):
        asked = Q(year__range=(asked_year(tree, min(found)), asked_year(tree, max(found))))
        return dict.fromkeys(tree.registers, asked)
    first, last = (
        days(tree.window, min(found)).first or date.min,
        days(tree.window, max(found)).last,
    )
    which = {key: _between(one.kinds[key], tree.stage, first, last) for key in tree.registers}
    if after is not None:
        early = date.min if after.within is None else months_before(first, after.within)
        before = _between(one.kinds[after.register], after.stage, early, last)
        which[after.register] = Q() if after.register in tree.registers else before
    return which


def _between(holds: RegisterKind, stage: str | None, first: date, last: date) -> Any:
    """Return which entries of a register lie in some days, by the day that counts."""
    column = "first" if stage is None else REACHED[holds.stages.index(stage)]
    # Not the column itself: a database would rather go through all entries of those days than through those of a subject.
    return Range(Coalesce(column, column), (first, last))


def became(body: str, subject: int, name: str, was: Sequence[Attribute]) -> None:
    """Bring the sums right after an attribute of a subject was written; `was`: all values of it before."""
    for one in kept_of(body, attribute=name):
        if one.way == "recount":
            recount(one)
            continue
        give, records = sharing(one.tree, one.kinds), _slices(one, [subject])
        now = known_of(one, [subject])
        before = [attribute for attribute in now if attribute.name != name] + list(was)
        _add(one, added([(give(records, now), 1), (give(records, before), -1)]))


def recount(one: Kept) -> None:
    """Count a measure anew, and keep the sums. Must be alone with the body's book.

    Where only everything together gives them, and that is much, they are not kept: it is counted when it is asked for.
    """
    m.Tally.objects.filter(measure=one.row).delete()
    dirty = one.way == "recount" and _is_much(one)
    if not dirty:
        _add(one, everything(one))
    m.Standing.objects.update_or_create(
        measure=one.row, defaults={"version": one.row.stamp, "dirty": dirty}
    )


def _is_much(one: Kept) -> bool:
    registers = list(one.registers.values())
    own = m.Entry.objects.filter(m.entries.CURRENT, register__in=registers).values("pk")
    return own[: MUCH + 1].count() > MUCH


def _add(one: Kept, sums: Sums) -> None:
    """Add to the kept sums. Raises SumBeyond."""
    rows = [
        (one.row.pk, cell.year, cell.cell, n, total)
        for cell, (n, total) in sums.items()
        if n or total
    ]
    great = max((abs(total) for *_, total in rows), default=0)
    if great > _BOUND:
        raise SumBeyond(measure=one.row.name)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
    if (
        great > _GREAT
        and m.Tally.objects.filter(measure=one.row).exclude(total__range=(-_BOUND, _BOUND)).exists()
    ):
        raise SumBeyond(measure=one.row.name)


#: Two sums within it can be added in every database. What is no great part of it does not bring a sum beyond it.
_BOUND: Final = 4 * 10**18
_GREAT: Final = 10**12
_ADD: Final = (
    "INSERT INTO evidence_tally (measure_id, year, cell, n, total) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (measure_id, year, cell) DO UPDATE SET "
    "n = evidence_tally.n + excluded.n, total = evidence_tally.total + excluded.total"
)


def forget(row: m.Measure) -> None:
    """Drop the kept sums of a measure that is no longer there."""
    m.Tally.objects.filter(measure=row).delete()
    m.Standing.objects.filter(measure=row).delete()

"""読み取りを直す. What was read from a file is corrected before it is compared; what a heading taught is kept for its layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sosei.core.errors import Stale
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.batchrights import require_deciding
from sosei.ledger.actions.batchrows import called, waiting_batch
from sosei.ledger.actions.proposals import proposed as proposed_changes
from sosei.ledger.beside import beside
from sosei.ledger.incoming import Incoming, incoming_of
from sosei.ledger.mending import Figure, Habit, Mend, habit_of, like, proposed
from sosei.ledger.mending.habits import row_habit
from sosei.ledger.objections import NothingToMend
from sosei.ledger.queries.habits import habits_for
from sosei.ledger.readings import Reading, reading_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.offices.permissions import require


def mend_batch(*, by: Person, batch: int, mend: Mend, alike: bool, seen: int | None) -> int:
    """Correct what was read; return how many figures that was.

    `alike`: of everything under the same heading that was read as the same, and to be proposed for the next file of
    the layout; the typed figure itself is of this one alone. Raises NotAllowed, Settled, Stale, NothingToMend,
    SlotTaken, and the refusals of figures and units.
    """
    row, reading = _waiting(by, batch, seen)
    figure = next((one for one in reading.figures if one.path == mend.at), None)
    _require_there(row, reading, figure, mend)
    group = 1 + max((one.group for one in reading.mends), default=0)
    wanted, habit = [mend], None
    if alike and figure is not None:
        wanted, habit = _alike(reading, figure, mend)
    elif alike:
        habit = _row_learned(reading, mend)
    wanted = [replace(one, group=group) for one in wanted]
    _write(by, row, reading, wanted, habit=habit)
    return len(wanted)


def confirm_read(*, by: Person, batch: int, at: Iterable[str], seen: int | None) -> int:
    """Note that somebody looked at what was read, and it is right; return how much. Raises as `mend_batch`."""
    row, reading = _waiting(by, batch, seen)
    done = {one.at for one in reading.mends}
    known = {one.path for one in reading.figures if one.loose is None}
    known |= {f"/unread/{n}" for n in range(len(reading.report.unread))}
    group = 1 + max((one.group for one in reading.mends), default=0)
    wanted = [Mend(at=path, group=group) for path in dict.fromkeys(at) if path in known - done]
    if not wanted:
        raise NothingToMend(what=called(row))
    _write(by, row, reading, wanted)
    return len(wanted)


def _require_there(row: m.Batch, reading: Reading, figure: Figure | None, mend: Mend) -> None:
    """Raise NothingToMend where a correction is about nothing of the report as read."""
    owners = {one.owner for one in reading.figures if one.indicator is not None}
    unread = {f"/unread/{n}" for n in range(len(reading.report.unread))}
    projects = {f"/projects/{i}" for i in range(len(reading.report.projects))}
    places = (mend.at, mend.indicator, mend.project)
    known = (
        {one.path for one in reading.figures} | owners | unread,
        _indicators(reading),
        projects,
    )
    if any(
        said is not None and said not in there for said, there in zip(places, known, strict=True)
    ):
        raise NothingToMend(what=called(row))
    if figure is not None and figure.spending is not None and mend.role not in (None, "none"):
        raise NothingToMend(what=called(row))


def _indicators(reading: Reading) -> set[str]:
    return {
        f"/projects/{i}/indicators/{k}"
        for i, project in enumerate(reading.report.projects)
        for k in range(len(project.indicators))
    }


def _alike(reading: Reading, figure: Figure, mend: Mend) -> tuple[list[Mend], Habit | None]:
    """Return the mends of everything under the same heading, and what is learned of it."""
    spot = reading.spots.get(figure.path)
    habit = habit_of(reading.report, figure, spot, mend) if spot else None
    if habit is None:
        return [mend], None
    others = like(figure, reading.figures, reading.spots)[1:]
    shared = Mend(at="", unit=mend.unit, year=mend.year, role=mend.role)
    same = [one for one in others if mend.unit is None or one.unit == figure.unit]
    same = [one for one in same if mend.year is None or one.year == figure.year]
    return [mend, *(replace(shared, at=one.path) for one in same)], habit


def _row_learned(reading: Reading, mend: Mend) -> Habit | None:
    """Return what is learned of an indicator's row: that it is none, or whose it is."""
    figure = next(
        (f for f in reading.figures if f.owner == mend.at and f.path in reading.spots), None
    )
    if figure is None or figure.indicator is None:
        return None
    name = reading.report.projects[figure.project].indicators[figure.indicator].name
    if name is None:
        return None
    becomes: dict[str, Any] = {"leave": True}
    if mend.project is not None:
        to = reading.report.projects[int(mend.project.rpartition("/")[2])].name
        if to is None:
            return None
        becomes = {"project": to.text}
    return row_habit(name.text, reading.spots[figure.path], becomes)


def unmend_batch(*, by: Person, batch: int, group: int, seen: int | None) -> None:
    """Take the corrections back that were made at once, and what they taught. Raises NotAllowed, Settled, Stale, NothingToMend."""
    row, reading = _waiting(by, batch, seen)
    gone = [one for one in reading.mends if one.group == group]
    if not gone:
        raise NothingToMend(what=called(row))
    left = tuple(one for one in reading.mends if one.group != group)
    taught = {one.habit for one in gone if one.habit}
    _write(by, row, replace(reading, mends=left), [], verb="batch.unmend", forget=taught)


def use_habits(*, by: Person, batch: int, habits: Iterable[int], seen: int | None) -> int:
    """Correct what was read as was learned from earlier files of the layout; return how many figures.

    Raises NotAllowed, Settled, Stale, NothingToMend, SlotTaken.
    """
    row, reading = _waiting(by, batch, seen)
    chosen = frozenset(habits)
    known = [one for one in habits_for(by.body, reading.layouts) if one.pk in chosen]
    offers = proposed(known, reading.report, reading.figures, reading.spots)
    group = max((one.group for one in reading.mends), default=0)
    done = {one.at for one in reading.mends}
    wanted = [
        replace(mend, group=group + number)
        for number, offer in enumerate(offers, start=1)
        for mend in offer.mends
        if mend.at not in done
    ]
    if not wanted:
        raise NothingToMend(what=called(row))
    _write(by, row, reading, wanted)
    return len(wanted)


def forget_habit(*, by: Person, habit: int) -> None:
    """Forget what was learned; what it corrected stays corrected. Raises NotAllowed, NoSuchThing."""
    require(by, "import.propose")
    with act("habit.forget", body=by.body, by=by.pk, subject=f"ledger.layouthabit:{habit}") as w:
        row = m.LayoutHabit.objects.filter(pk=habit, body=by.body, voided__isnull=True).first()
        if row is None:
            raise NoSuchThing(what="覚えた直し")
        w.void(row, reason="忘れる")


def _waiting(by: Person, batch: int, seen: int | None) -> tuple[m.Batch, Reading]:
    """Return a batch that may be corrected, and its reading. Raises NotAllowed, Settled, Stale, NothingToMend."""
    row = waiting_batch(by, batch)
    require_deciding(by, row)
    if seen is not None and row.stamp != seen:
        raise Stale(what=called(row))
    reading = reading_of(row.difference, called(row))
    if reading is None:
        raise NothingToMend(what=called(row))
    return row, reading


def _write(
    by: Person,
    row: m.Batch,
    reading: Reading,
    wanted: list[Mend],
    *,
    verb: str = "batch.mend",
    habit: Habit | None = None,
    forget: Iterable[int] = (),
) -> None:
    """Compare anew with the corrections, and write all of it as one act; the book is only read."""
    corrected = reading.with_mends(wanted)
    base, difference = _compared(row, corrected)
    with act(verb, body=by.body, by=by.pk, subject=f"ledger.batch:{row.pk}") as w:
        now = waiting_batch(by, row.pk)
        if habit is not None and (learned := _learn(w, by, now, habit)):
            taught = [replace(one, habit=learned) for one in wanted]
            difference |= {"mends": [one.kept() for one in reading.with_mends(taught).mends]}
        _forget(w, now, forget)
        w.change(now, seen=row.stamp, base=base, difference=difference)
        w.facts |= {"mended": len(wanted)} if wanted else {}


def _compared(row: m.Batch, reading: Reading) -> tuple[str, dict[str, Any]]:
    """Return a batch's base and difference with a reading as corrected."""
    before = incoming_of(row.difference)
    incoming = reading.incoming(before.decided)
    if _shape(incoming) != _shape(before):  # what belongs to what was said of other paths
        incoming = replace(incoming, decided={})
    if row.volume is None:
        counts: Mapping[str, Any] = {"counts": {"added": len(incoming.report.projects)}}
        return row.base, {**row.difference, **counts, **incoming.kept(), **reading.kept()}
    found = beside(row.volume, incoming, row.kind)
    return found.base, {**row.difference, **proposed_changes(incoming, found), **reading.kept()}


def _shape(incoming: Incoming) -> list[tuple[object, ...]]:
    named: Callable[[Any], str | None] = lambda part: part.name.text if part.name else None  # noqa: E731
    return [
        (named(p), *map(named, p.indicators), len(p.spending)) for p in incoming.report.projects
    ]


def _learn(w: Act, by: Person, row: m.Batch, habit: Habit) -> int | None:
    """Keep what was learned; what was learned of the same mistake before gives way to it."""
    key = hashlib.sha256(
        json.dumps([habit.at, habit.was], ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    earlier = m.LayoutHabit.objects.filter(
        body=by.body, layout=habit.layout, key=key, voided__isnull=True
    ).first()
    if earlier is not None:
        if earlier.becomes == dict(habit.is_):
            return int(earlier.pk)
        w.void(earlier, reason="別の直しを覚えた")
    made: m.LayoutHabit = w.add(
        m.LayoutHabit(
            layout=habit.layout, key=key, head=habit.head, at=dict(habit.at), was=dict(habit.was),
            becomes=dict(habit.is_), batch=row, person=by,
        )
    )  # fmt: skip
    return int(made.pk)


def _forget(w: Act, row: m.Batch, habits: Iterable[int]) -> None:
    """Forget what this very batch taught; what it was taught by others stays."""
    own = m.LayoutHabit.objects.filter(pk__in=list(habits), batch=row, voided__isnull=True)
    for habit in own:
        w.void(habit, reason="直しを取り消した")

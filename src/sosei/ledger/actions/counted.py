"""数えた値を記載にする. An indicator is tied to a measure; what it counts is recorded by an act (docs/adr/0018)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sosei.core.errors import NoReason, Stale
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import register_of
from sosei.evidence.actions.measures import drop_measure, redefine_measure
from sosei.evidence.models import Closing, Measure
from sosei.evidence.nameless import nameless_of_measures
from sosei.evidence.stored import measure as tree_of
from sosei.journal.acts import Act, act, alone
from sosei.ledger import models as m
from sosei.ledger.actions.figures import is_closed, new_point
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.reach import awake, charge_of, line_of, owned
from sosei.ledger.actions.spent import require_money
from sosei.ledger.actions.values import current, revise
from sosei.ledger.queries.counted import CountShown, counts_of_lines, touched_by, used_by
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.spent import spent_by
from sosei.ledger.refusals import MeasureCounts, NotCounted, OtherCountUnit
from sosei.ledger.typed import same_unit
from sosei.offices.models import Person
from sosei.offices.permissions import require

Role = Literal["actual", "cumulative_actual"]


def count_by(*, by: Person, line: int, measure: int, role: Role = "actual") -> m.Counting:
    """数え方を結び付ける. The indicator of a line is counted by a measure from now on.

    Raises NotAllowed, NoSuchThing, Resting, OtherCountUnit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    awake(row)
    with act("count.tie", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        found = owned(Measure, by, measure, "数え方")
        _require_unit(row, found.text)
        stands = _counting(row, role)
        if stands is None:
            return w.add(m.Counting(indicator=row.indicator, measure=found, role=role))
        return w.change(stands, measure=found)


def count_no_more(*, by: Person, line: int, reason: str, role: Role = "actual") -> None:
    """数え方を外す. The figures that were recorded stay. Raises NotAllowed, NotCounted, NoReason."""
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    with act("count.untie", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        stands = _counting(row, role)
        if stands is None:
            raise NotCounted(indicator=row.definition.called())
        what = f"「{row.definition.called()}」の数え方を外すこと"
        w.void(stands, reason=nameless_of_measures(reason, what, by.body, stands.measure.text))


def record_counts(
    *, by: Person, lines: Collection[int], reason: str = "", seen: str | None = None
) -> list[m.Value]:
    """数えた値を記載にする. Record what is counted to the end for the own year of lines, all or none; what says so already stays.

    `seen`: as `marks` of the counts that the person saw, before the closing or after it; no others are recorded, and none
    if one of them has become another. A reason is needed where a number, or a figure of a published year, becomes another.
    Raises NotAllowed, Locked, Stale, NotCounted, OtherCountUnit, Resting, NoReason.
    """
    rows = {line: line_of(by, line) for line in sorted(lines)}
    for row in rows.values():
        require(by, "value.record", charge_of(row.entry, row.owed_by_id))
        awake(row)
    with act("count.record", body=by.body, by=by.pk, subject=_subject(rows)) as w:
        require_unlocked(by, {row.entry_id for row in rows.values()}, "value")
        counts = counts_of_lines(rows)
        _require_counted(rows, counts)
        if seen is not None:
            counts = _as_seen(counts, seen)
        if reason.strip():
            texts = [one.text for one in counts]
            nameless_of_measures(reason, "数えた値の記載の理由", by.body, *texts)
        written = [_recorded(w, rows[one.line], one, reason.strip()) for one in counts]
        made = [value for value in written if value is not None]
        entries = [row.entry_id for row in rows.values()]
        require_own_years(w, by, besides=entries, reason=reason, what="数えた値の記載")
        w.facts["figures"] = len(made)
    return made


def _as_seen(counts: Iterable[CountShown], seen: str) -> tuple[CountShown, ...]:
    """Return those counts that a person saw. Raises Stale where one says something else, or none of its line was seen."""
    marked = set(seen.split())
    places = {mark.rpartition(":")[0] for mark in marked}
    lines = {place.partition(":")[0] for place in places}
    for one in counts:
        moved = one.mark not in marked if one.place in places else str(one.line) not in lines
        if moved:
            raise Stale(what=f"{one.name}の数え")
    return tuple(one for one in counts if one.place in places)


def close_seen(
    *, by: Person, register: int, key: str, seen: str, until: date | None, year: int | None, note: str | None
) -> Closing:  # fmt: skip
    """見たとおりに締める. As `close_register`, where what is counted from the register is still what the person saw.

    `seen`: as `marks` of the counts of `touched_by`. Raises Stale, too.
    """
    with alone(by.body):
        if seen != marks(touched_by(by.body, key)):
            raise Stale(what=register_of(by, register).called())
        return close_register(by=by, register=register, until=until, year=year, note=note)


def drop_unused(*, by: Person, measure: int, reason: str) -> None:
    """数え方をやめる. Only where no indicator and no line of money is counted by it. Raises MeasureCounts, NoSuchRow, NoReason."""
    require(by, "measure.define")
    with alone(by.body):
        tied = m.Counting.objects.filter(body=by.body, measure=measure, voided__isnull=True).count()
        spent = spent_by(by.body).get(measure, [])
        if tied or spent:
            names = [name for _, name in (*used_by(by.body).get(measure, []), *spent)]
            raise MeasureCounts(indicators="・".join(names) or "－", n=tied + len(spent))
        drop_measure(by=by, row=measure, reason=reason)


def redefine_counted(
    *, by: Person, measure: int, seen: int, name: str, text: str, note: str | None, reason: str
) -> Measure:
    """数え方を変える. As `redefine_measure`; its unit stays that of what it counts. Raises OtherCountUnit, NotMoney, too."""
    with alone(by.body):
        found = redefine_measure(
            by=by, row=measure, seen=seen, name=name, text=text, note=note, reason=reason
        )
        for line in m.Line.objects.filter(
            pk__in=[line for line, _ in used_by(by.body).get(measure, [])]
        ).select_related("definition"):
            _require_unit(line, found.text)
        if spent_by(by.body).get(measure):
            require_money(found)
        return found


def _subject(rows: Collection[int]) -> str:
    return f"ledger.line:{next(iter(rows))}" if len(rows) == 1 else ""


def _require_counted(rows: dict[int, m.Line], counts: Iterable[CountShown]) -> None:
    counted = {one.line for one in counts}
    for line, row in rows.items():
        if line not in counted:
            raise NotCounted(indicator=row.definition.called())


def _recorded(w: Act, line: m.Line, one: CountShown, reason: str) -> m.Value | None:
    answer = one.answer
    if answer.value is None or not one.differs:
        return None
    _require_unit(line, one.text)
    slot = _slot(w, line, one.year)
    before = current(slot, one.role)
    if not reason and before is not None and (before.number is not None or is_closed(slot)):
        raise NoReason(what=f"{one.name}の実績値の変更")
    more: dict[str, Any] = {
        "origin": "counted", "reason": _with_silent(reason, one) or None,
        "basis": {
            "measure": one.measure, "version": one.version, "entries": answer.n,
            **({"silent": sorted(answer.silent)} if answer.silent else {}),
        },
    }  # fmt: skip
    return revise(w, slot, one.role, _columns(answer.value), before=before, **more)


def _with_silent(reason: str, one: CountShown) -> str:
    """Return the reason of a figure with whose answers it rests on, where some of those who were asked are silent."""
    if not one.answer.silent or not one.asked:
        return reason
    rests = f"{one.asked}者中{one.asked - len(one.answer.silent)}者の回答による"
    return f"{reason}（{rests}）" if reason else rests


def _columns(number: Decimal) -> dict[str, Any]:
    """Return a counted number as it is recorded: in the indicator's own unit, which no value names."""
    return {
        "number": number, "gap": None, "text": None, "op": None, "unit": None, "state": "final",
        "as_of": None, "expected": None, "sure": None, "trace": {},
    }  # fmt: skip


def _slot(w: Act, line: m.Line, year: int) -> m.Point:
    shown = m.Shown.objects.filter(line=line, voided__isnull=True).select_related("point")
    for each in shown.order_by("position", "pk"):
        if each.point.fiscal_year == year and each.point.label is None:
            return each.point
    return new_point(w, line, year, shown.count())


def _counting(line: m.Line, role: str) -> m.Counting | None:
    rows = m.Counting.objects.filter(indicator=line.indicator_id, voided__isnull=True)
    return rows.filter(role=role).first()


def _require_unit(line: m.Line, text: str) -> None:
    """See that a measure counts in the unit of an indicator: either may have become another since they were tied."""
    own, unit = line.definition.unit or "", tree_of(text).unit
    if own and not same_unit(own, unit):
        raise OtherCountUnit(unit=unit, indicator=line.definition.called(), own=own)

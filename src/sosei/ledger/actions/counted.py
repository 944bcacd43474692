"""数えた値を記載にする. An indicator is tied to a measure; what it counts is recorded by an act (docs/adr/0018)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from sosei.core.errors import NoReason
from sosei.evidence.models import Measure
from sosei.evidence.queries.answers import counted_of
from sosei.evidence.stored import measure as tree_of
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.figures import is_closed, new_point
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.reach import awake, charge_of, line_of, owned
from sosei.ledger.actions.values import current, revise
from sosei.ledger.queries.facts import home_year
from sosei.ledger.refusals import NotCounted, OtherCountUnit
from sosei.offices.models import Person
from sosei.offices.permissions import require

Role = Literal["actual", "cumulative_actual"]
#: Units that count the same things.
_ALIKE = {"名": "人"}


def count_by(*, by: Person, line: int, measure: int, role: Role = "actual") -> m.Counting:
    """数え方を結び付ける. The indicator of a line is counted by a measure from now on.

    Raises NotAllowed, NoSuchThing, Resting, OtherCountUnit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    awake(row)
    found = owned(Measure, by, measure, "数え方")
    _require_unit(row, found)
    with act("count.tie", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        stands = _counting(row, role)
        if stands is None:
            return w.add(m.Counting(indicator=row.indicator, measure=found, role=role))
        return w.change(stands, measure=found)


def count_no_more(*, by: Person, line: int, reason: str, role: Role = "actual") -> None:
    """数え方を外す. The figures that were recorded stay. Raises NotAllowed, NotCounted, NoReason."""
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    with act("count.untie", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        w.void(_require_counting(row, role), reason=reason)


def record_counts(*, by: Person, lines: Collection[int], reason: str = "") -> list[m.Value]:
    """数えた値を記載にする. Record what is counted to the end for the own year of lines, all or none; what says so already stays.

    A reason is needed where a published year, or a final figure, becomes another.
    Raises NotAllowed, Locked, NotCounted, Resting, NoReason.
    """
    rows = [line_of(by, line) for line in sorted(lines)]
    for row in rows:
        require(by, "value.record", charge_of(row.entry, row.owed_by_id))
        awake(row)
        _require_counting(row, None)
    with act("count.record", body=by.body, by=by.pk, subject=_subject(rows)) as w:
        require_unlocked(by, {row.entry_id for row in rows}, "value")
        made = [value for row in rows for value in _recorded(w, row, reason.strip())]
        entries = [row.entry_id for row in rows]
        require_own_years(w, by, besides=entries, reason=reason, what="数えた値の記載")
        w.facts["figures"] = len(made)
    return made


def _subject(rows: list[m.Line]) -> str:
    return f"ledger.line:{rows[0].pk}" if len(rows) == 1 else ""


def _recorded(w: Act, line: m.Line, reason: str) -> list[m.Value]:
    found = []
    for row in m.Counting.objects.filter(indicator=line.indicator_id, voided__isnull=True):
        year = home_year(line.entry)
        counted = counted_of(row.measure, [year])
        answer = counted.answers[year]
        if answer.value is None:
            continue
        slot = _slot(w, line, year)
        before = current(slot, row.role)
        columns = _columns(line, answer.value)
        if before is not None and before.number == answer.value:
            continue
        if not reason and before is not None and (before.number is not None or is_closed(slot)):
            raise NoReason(what=f"{line.definition.called()}の実績値の変更")
        basis = {"measure": row.measure_id, "version": counted.version, "entries": answer.n}
        more = {"origin": "counted", "basis": basis, "reason": reason or None}
        made = revise(w, slot, row.role, columns, before=before, **more)
        found += [made] if made is not None else []
    return found


def _columns(line: m.Line, number: Any) -> dict[str, Any]:
    return {
        "number": number, "gap": None, "text": None, "op": None, "unit": line.definition.unit, "state": "final",
        "as_of": None, "expected": None, "sure": None, "trace": {},
    }  # fmt: skip


def _slot(w: Act, line: m.Line, year: int) -> m.Point:
    shown = m.Shown.objects.filter(line=line, voided__isnull=True).select_related("point")
    for each in shown.order_by("position", "pk"):
        if each.point.fiscal_year == year and each.point.label is None:
            return each.point
    return new_point(w, line, year, shown.count())


def _counting(line: m.Line, role: str | None) -> m.Counting | None:
    rows = m.Counting.objects.filter(indicator=line.indicator_id, voided__isnull=True)
    return (rows if role is None else rows.filter(role=role)).first()


def _require_counting(line: m.Line, role: str | None) -> m.Counting:
    found = _counting(line, role)
    if found is None:
        raise NotCounted(indicator=line.definition.called())
    return found


def _require_unit(line: m.Line, found: Measure) -> None:
    own, unit = line.definition.unit or "", tree_of(found.text).unit
    if own and _ALIKE.get(own, own) != _ALIKE.get(unit, unit):
        raise OtherCountUnit(unit=unit, indicator=line.definition.called(), own=own)

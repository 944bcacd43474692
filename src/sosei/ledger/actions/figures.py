"""値を登録する. Actuals and targets, one figure at a time, as a person types them; what was there stays as its past."""

from __future__ import annotations

from typing import Any, Final, Literal

from sosei.core.errors import NoReason
from sosei.core.gaps import Gap
from sosei.core.report import Value as CoreValue
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns, same_figure, value_columns
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.reach import awake, charge_of, department_of, line_of, owned
from sosei.ledger.actions.values import current, revise
from sosei.ledger.doubts import WhenCounted
from sosei.ledger.queries.facts import home_year
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.typed import Typed, figure_of
from sosei.offices.models import Person
from sosei.offices.permissions import require
from sosei.publishing.inquiry.days import day_shown

Role = Literal["actual", "cumulative_actual"]
_WHAT: Final = {"actual": "実績値", "cumulative_actual": "累計の実績値", "target": "目標値"}


def record_value(
    *,
    by: Person,
    line: int,
    typed: Typed,
    seen: int | None,
    point: int | None = None,
    year: int | None = None,
    role: Role = "actual",
) -> m.Value | None:
    """実績値を登録する. Write an actual of a point or a year (None: the entry's own); None where it already says so.

    `seen`: id of the value the person saw, 0 for none. A reason is needed where a final value, a number that goes
    away, or a value of a published year is replaced. A year that has a report of its own is asked too (`ownyears`).
    Raises NotAllowed, Locked, Stale, NoReason, Resting, WhenCounted, BlankFigure, UnreadableFigure, OtherUnit.
    """
    row = line_of(by, line)
    require(by, "value.record", charge_of(row.entry, row.owed_by_id))
    awake(row)
    what = f"{row.definition.called()}の{_WHAT[role]}"
    value = figure_of(typed.text, unit=row.definition.unit, what=what)
    columns, more = _said(by, row, typed, value, what)
    with act("value.record", body=by.body, by=by.pk, subject=_subject(row)) as w:
        require_unlocked(by, [row.entry_id], "value")
        slot = _slot(w, row, point, year)
        before = current(slot, role)
        if before is not None and _needs_reason(before, value, columns, slot):
            _reasoned(typed, f"{what}の変更")
        made = revise(w, slot, role, columns, before=before, seen=seen, **more)
        _own_years(w, by, row, typed, what)
    return made


def change_target(
    *,
    by: Person,
    line: int,
    typed: Typed,
    seen: int | None,
    point: int | None = None,
    year: int | None = None,
) -> m.Value | None:
    """目標値を変える. Set the first plan's target of a year, or change it with a reason; the first plan stays in the past.

    Raises NotAllowed, Locked, Stale, NoReason, Resting, BlankFigure, UnreadableFigure, OtherUnit.
    """
    row = line_of(by, line)
    require(by, "target.change", charge_of(row.entry))
    awake(row)
    what = f"{row.definition.called()}の目標値"
    value = figure_of(typed.text, unit=row.definition.unit, what=what)
    with act("target.change", body=by.body, by=by.pk, subject=_subject(row)) as w:
        require_unlocked(by, [row.entry_id], "value")
        slot = _slot(w, row, point, year)
        before = current(slot, "target")
        columns = value_columns(value)
        if before is not None and not same_figure(before, columns):
            _reasoned(typed, f"{what}の変更")
        more = {"plan": "first" if before is None else "changed", "reason": typed.reason or None}
        made = revise(w, slot, "target", columns, before=before, seen=seen, **more)
        _own_years(w, by, row, typed, what)
    return made


def change_baseline(
    *, by: Person, line: int, typed: Typed, seen: int | None, role: str = "baseline"
) -> m.Value | None:
    """基準値を変える. Set the baseline (or the planned total increase) of the definition in force; a change needs a reason.

    Raises NotAllowed, Locked, Stale, NoReason, BlankFigure, UnreadableFigure, OtherUnit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    what = f"{row.definition.called()}の{'基準値' if role == 'baseline' else '増加分の累計'}"
    value = figure_of(typed.text, unit=row.definition.unit, what=what)
    with act("baseline.change", body=by.body, by=by.pk, subject=_subject(row)) as w:
        require_unlocked(by, [row.entry_id], "value")
        before = current(row.definition, role)
        columns = value_columns(value)
        if before is not None and not same_figure(before, columns):
            _reasoned(typed, f"{what}の変更")
        more = {"reason": typed.reason or None}
        made = revise(w, row.definition, role, columns, before=before, seen=seen, **more)
        _own_years(w, by, row, typed, what)
    return made


def _own_years(w: Act, by: Person, line: m.Line, typed: Typed, what: str) -> None:
    """Ask the other reports whose own the figure is. Raises Locked, NoReason."""
    said = {"reason": typed.reason, "what": f"{what}の変更"}
    require_own_years(w, by, besides=[line.entry_id], **said)


def _subject(line: m.Line) -> str:
    return f"ledger.line:{line.pk}"


def _reasoned(typed: Typed, what: str) -> None:
    if not typed.reason.strip():
        raise NoReason(what=what)


def _said(
    by: Person, line: m.Line, typed: Typed, value: CoreValue, what: str
) -> tuple[Columns, dict[str, Any]]:
    """Return what a value's row holds: the figure, and what the person says of it. Raises WhenCounted."""
    columns = value_columns(value)
    columns["as_of"] = typed.as_of or columns["as_of"]
    more: dict[str, Any] = {"reason": typed.reason.strip() or None}
    if typed.document is not None:
        more["document"] = owned(m.Document, by, typed.document, "文書")
    if value.gap is Gap.COUNTING:
        owes = typed.owed_by if typed.owed_by is not None else line.owed_by_id
        if typed.expected_on is None or owes is None:
            raise WhenCounted(what=what)
        more |= {"owed_by": department_of(by, owes), "expected_on": typed.expected_on}
        columns["expected"] = day_shown(typed.expected_on, weekday=False)
    elif value.number is not None:
        columns["state"] = typed.state or columns["state"]
    return columns, more


def _needs_reason(before: m.Value, value: CoreValue, columns: Columns, slot: m.Point) -> bool:
    if same_figure(before, columns):
        return False
    lost = before.number is not None and value.number is None
    return before.state == "final" or lost or is_closed(slot)


def is_closed(point: m.Point) -> bool:
    """Tell whether a year's figures stand in a published report: a change of them needs a reason."""
    return m.Edition.objects.filter(
        volume__entries__lines__shown__point=point, voided__isnull=True
    ).exists()


def _slot(w: Act, line: m.Line, point: int | None, year: int | None) -> m.Point:
    """Return the point of a line, or the one of a year, made where there is none. Raises NoSuchThing."""
    shown = list(
        m.Shown.objects.filter(line=line, voided__isnull=True)
        .select_related("point")
        .order_by("position", "pk")
    )
    home = year or home_year(line.entry)
    for each in shown:
        own = each.point.fiscal_year == home and each.point.label is None
        if each.point_id == point if point is not None else own:
            return each.point
    if point is not None:
        raise NoSuchThing(what="年度の欄")
    return new_point(w, line, home, len(shown))


def new_point(w: Act, line: m.Line, year: int, position: int) -> m.Point:
    """Return the point of an indicator's year, made where there is none, and show it in a line."""
    point = m.Point.objects.filter(
        indicator=line.indicator, fiscal_year=year, label=None, due=None, ordinal=0
    ).first()
    if point is None:
        point = w.add(m.Point(indicator=line.indicator, fiscal_year=year))
    elif point.voided is not None:  # of something that was undone
        w.change(point, voided=None, void_reason="")
    w.add(m.Shown(line=line, point=point, position=position))
    return point

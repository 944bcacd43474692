"""指標の定義を書く. Indicators, their attributes, and the versions of what they measure.

What an attribute says for the first time is written in place; what was said stays what it was measured by: another
definition is a new version from a year on, with why, and it is said whether the values before may be compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sosei.core.errors import NoReason
from sosei.core.fiscal import FiscalYear
from sosei.core.text import clean, fold
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.reach import charge_of, department_of, entry_of, line_of
from sosei.ledger.actions.values import current
from sosei.ledger.attributes import CODES, COLUMNS, MEANING, WORDS, column_name
from sosei.ledger.doubts import (
    AlreadyThere,
    EmptyProject,
    FundsUnfit,
    NeedsVersion,
    OutOfVolume,
    UnitStays,
)
from sosei.offices.models import Person
from sosei.offices.permissions import require


def add_indicator(*, by: Person, entry: int, attributes: Mapping[str, Any]) -> m.Line:
    """指標を加える. Add an indicator to a project, with the first version of its definition.

    Raises NotAllowed, Locked, EmptyProject (no name), AlreadyThere (one of this name and unit), FundsUnfit.
    """
    row = entry_of(by, entry)
    require(by, "definition.change", charge_of(row))
    said = _said(attributes)
    if not said.get("name"):
        raise EmptyProject(what="指標名")
    with act("indicator.add", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        require_unlocked(by, [entry], "definition")
        _new(row, said)
        whole = w.add(m.Indicator(project=row.project, key=_key(row.project)))
        definition = w.add(m.Definition(indicator=whole, from_year=row.volume.fiscal_year, **said))
        position = m.Line.objects.filter(entry=row, voided__isnull=True).count()
        owes = department_of(by, next(iter(sorted(charge_of(row))), None))
        return w.add(
            m.Line(
                entry=row, indicator=whole, definition=definition, position=position, owed_by=owes
            )
        )  # fmt: skip


def _new(entry: m.ProjectYear, said: Columns) -> None:
    lines = m.Line.objects.filter(entry=entry, voided__isnull=True).select_related("definition")
    for line in lines:
        d = line.definition
        if fold(d.name or "") == fold(said["name"]) and d.unit == said.get("unit"):
            raise AlreadyThere(what=d.called())


def _key(project: m.Project) -> str:
    return f"K{m.Indicator.objects.filter(project=project).count() + 1}"


def set_attributes(
    *,
    by: Person,
    line: int,
    attributes: Mapping[str, Any],
    seen: int | None,
    owed_by: int | None = None,
) -> m.Definition:
    """指標の属性を書く. Fill in or correct attributes that do not change what is measured. `seen`: the definition's stamp.

    In place where only this report uses the definition, else as a version from this year on. `owed_by`: who reports it.
    Raises NotAllowed, Locked, Stale, NeedsVersion (something said would be said otherwise), UnitStays, FundsUnfit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    said = _said(attributes)
    with act("indicator.describe", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        require_unlocked(by, [row.entry_id], "definition")
        w.change(row.definition, seen=seen)
        _only_filling(row.definition, said)
        if owed_by is not None:
            w.change(row, owed_by=department_of(by, owed_by))
        before = row.definition
        if all(getattr(before, name) == value for name, value in said.items()):
            return before
        if _used_elsewhere(before, row.entry.volume):
            why = "属性の記載を補った（測り方は変わらない）。"
            return _version(w, row, said, from_year=row.entry.volume.fiscal_year, why=why)
        return w.change(before, **said)


def change_definition(
    *,
    by: Person,
    line: int,
    attributes: Mapping[str, Any],
    why: str,
    seen: int | None,
    from_year: int | None = None,
    comparable: bool = False,
) -> m.Definition:
    """定義を変える. Begin a new version of what is measured, from a year on (None: this report's), with why.

    `comparable`: the values before may still be compared, so the baseline is carried over; else it is to be said anew.
    Raises NotAllowed, Locked, Stale, NoReason, OutOfVolume, UnitStays, FundsUnfit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    if not why.strip():
        raise NoReason(what=f"{row.definition.called()}の定義の変更")
    said = _said(attributes)
    year = _year(row, from_year)
    with act("definition.change", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        w.change(row.definition, seen=seen)
        _same_unit(row.definition, said)
        return _version(w, row, said, from_year=year, why=why.strip(), by=by, carry=comparable)


def _year(line: m.Line, year: int | None) -> int:
    """Return from which year on a version holds. Raises OutOfVolume."""
    last = line.entry.volume.fiscal_year
    first = line.definition.from_year
    if year is None:
        return last
    if not first < year <= last:
        shown = (str(FiscalYear(each)) for each in (year, first, last))
        raise OutOfVolume(**dict(zip(("year", "first", "last"), shown, strict=True)))
    return year


def _version(
    w: Act,
    line: m.Line,
    said: Columns,
    *,
    from_year: int,
    why: str,
    by: Person | None = None,
    carry: bool = True,
) -> m.Definition:
    """Write a version, and let the lines of its years use it; `by`: whose locks are asked for those lines."""
    old = line.definition
    last = m.Definition.objects.filter(indicator=old.indicator_id).order_by("-version")[0]
    columns = {name: getattr(old, name) for name in COLUMNS} | said
    new = w.add(
        m.Definition(
            indicator=line.indicator, version=last.version + 1, from_year=from_year, why=why,
            **columns,
        )
    )  # fmt: skip
    lines = [
        each
        for each in m.Line.objects.filter(
            indicator=line.indicator, voided__isnull=True,
            entry__volume__fiscal_year__gte=from_year, entry__voided__isnull=True,
        ).order_by("pk")
        if each.pk == line.pk or by is not None
    ]  # fmt: skip
    if by is not None:
        require_unlocked(by, [each.entry_id for each in lines], "definition")
    for each in lines:
        w.change(each, definition=new)
    if carry:
        _carry(w, old, new)
    return new


def _carry(w: Act, old: m.Definition, new: m.Definition) -> None:
    """Let the figures of the definition before stand for the new one."""
    for role in ("baseline", "increase_total"):
        value = current(old, role)
        if value is not None:
            names = ("number", "gap", "text", "op", "unit", "state", "as_of", "expected", "sure")
            w.add(
                m.Value(
                    of_definition=new, role=role, origin=value.origin, document=value.document,
                    trace=value.trace, reason=f"第{old.version}版の値を引き継いだ。",
                    **{name: getattr(value, name) for name in names},
                )
            )  # fmt: skip


def rest_indicator(
    *, by: Person, line: int, year: int | None, reason: str, seen: int | None = None
) -> m.Indicator:
    """指標を休止する. Nothing is owed for it from a year on; None: it goes on again. Raises NotAllowed, Locked, NoReason."""
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    if not reason.strip():
        raise NoReason(what=f"{row.definition.called()}の休止・再開")
    verb = "indicator.wake" if year is None else "indicator.rest"
    with act(verb, body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        require_unlocked(by, [row.entry_id], "definition")
        return w.change(row.indicator, seen=seen, rests_since=year, rest_reason=reason.strip())


# -- what a person says -----------------------------------------------------------------------------------------------


def _said(attributes: Mapping[str, Any]) -> Columns:
    """Return attributes as columns: words clean, codes known, blank as not said. Raises FundsUnfit."""
    said: Columns = {}
    for name, value in attributes.items():
        if name in WORDS:
            said[name] = clean(str(value or "")) or None
        elif name in CODES:
            said[name] = _code(name, value)
        elif name in COLUMNS:
            said[name] = value
    return said


def _code(name: str, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if value not in CODES[name]:
        ja, en = column_name(name)
        raise FundsUnfit(column=ja, column_en=en, value=value)
    return str(value)


def _only_filling(before: m.Definition, said: Columns) -> None:
    """Refuse what would change what is measured. Raises NeedsVersion, UnitStays."""
    _same_unit(before, said)
    for name in MEANING & said.keys():
        old = getattr(before, name)
        if old is not None and said[name] != old:
            ja, en = column_name(name)
            raise NeedsVersion(what=before.called(), column=ja, column_en=en)


def _same_unit(before: m.Definition, said: Columns) -> None:
    """Refuse another unit where there are figures: they would all mean something else."""
    new = said.get("unit", before.unit)
    if before.unit is None or new == before.unit:
        return
    figures = m.Value.objects.filter(
        point__indicator=before.indicator_id, number__isnull=False, voided__isnull=True
    )
    if figures.exists():
        raise UnitStays(what=before.called(), old=before.unit, new=new or "（単位なし）")


def _used_elsewhere(definition: m.Definition, volume: m.Volume) -> bool:
    others = m.Line.objects.filter(definition=definition, voided__isnull=True)
    return others.exclude(entry__volume=volume).exists()

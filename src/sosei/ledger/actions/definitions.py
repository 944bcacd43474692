"""指標の定義を書く. Indicators, their attributes, and the versions of what they measure.

What an attribute says for the first time is written in place; what was said stays what it was measured by: another
definition is a new version from a year on, with why, and it is said whether the values before may be compared with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosei.core.errors import NoReason, Stale
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

#: What a person saw of a definition: number and stamp of its row. A new version is another row, so that the stamp
#: alone would not tell it from the one that was seen.
Seen = tuple[int, int]


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
    seen: Seen | None,
    owed_by: int | None = None,
) -> m.Definition:
    """指標の属性を書く. Fill in or correct attributes that do not change what is measured. `seen`: what the person saw.

    In place where only this report uses the definition, else as a version from this year on. `owed_by`: who reports it.
    Raises NotAllowed, Locked, Stale, NeedsVersion (something said would be said otherwise), UnitStays, FundsUnfit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    said = _said(attributes)
    with act("indicator.describe", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        require_unlocked(by, [row.entry_id], "definition")
        row = _held(by, line, seen)
        _only_filling(row.definition, said)
        if owed_by is not None:
            w.change(row, owed_by=department_of(by, owed_by))
        before = row.definition
        if all(getattr(before, name) == value for name, value in said.items()):
            return before
        if _used_elsewhere(before, row.entry.volume):
            why = "属性の記載を補った（測り方は変わらない）。"
            year = row.entry.volume.fiscal_year
            return _version(w, before, [row], said, from_year=year, why=why)
        return w.change(before, **said)


def change_definition(
    *,
    by: Person,
    line: int,
    attributes: Mapping[str, Any],
    why: str,
    seen: Seen | None,
    from_year: int | None = None,
    comparable: bool = False,
) -> m.Definition:
    """定義を変える. Begin a new version of what is measured, from a year on (None: this report's), with why.

    Reports from that year on which went by the version before go by the new one; one that has a version of its own keeps
    it. `comparable`: the values before may still be compared, so the baseline is carried over; else it is to be said anew.
    Raises NotAllowed, Locked, Stale, NoReason, OutOfVolume, UnitStays, FundsUnfit.
    """
    row = line_of(by, line)
    require(by, "definition.change", charge_of(row.entry))
    if not why.strip():
        raise NoReason(what=f"{row.definition.called()}の定義の変更")
    said = _said(attributes)
    year = _year(row, from_year)
    with act("definition.change", body=by.body, by=by.pk, subject=f"ledger.line:{line}") as w:
        entries = {each.entry_id for each in _going_by(row.definition, year)}
        require_unlocked(by, entries | {row.entry_id}, "definition")
        row = _held(by, line, seen)
        year = _year(row, from_year)
        _same_unit(row.definition, said)
        lines = _going_by(row.definition, year)
        if not {each.entry_id for each in lines} <= entries:  # another report came in meanwhile
            raise Stale(what=row.definition.called())
        before = row.definition
        return _version(w, before, lines, said, from_year=year, why=why.strip(), carry=comparable)


def _held(by: Person, line: int, seen: Seen | None) -> m.Line:
    """Return a line and its definition read anew, its indicator held: no two versions of it are begun at once.

    Call it after `require_unlocked`: entries are held before indicators. Raises Stale, NoSuchThing.
    """
    row = line_of(by, line)
    m.Indicator.objects.select_for_update().get(pk=row.indicator_id)
    row = line_of(by, line)
    if seen is not None and seen != (row.definition_id, row.definition.stamp):
        raise Stale(what=row.definition.called())
    return row


def _going_by(definition: m.Definition, from_year: int) -> list[m.Line]:
    """Return the lines of reports from a year on that go by a version."""
    return list(
        m.Line.objects.filter(
            definition=definition, voided__isnull=True, entry__voided__isnull=True,
            entry__volume__fiscal_year__gte=from_year,
        ).order_by("pk")
    )  # fmt: skip


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
    old: m.Definition,
    lines: Iterable[m.Line],
    said: Columns,
    *,
    from_year: int,
    why: str,
    carry: bool = True,
) -> m.Definition:
    """Write a version, and let lines use it."""
    last = m.Definition.objects.filter(indicator=old.indicator_id).order_by("-version")[0]
    columns = {name: getattr(old, name) for name in COLUMNS} | said
    new = w.add(
        m.Definition(
            indicator_id=old.indicator_id, version=last.version + 1, from_year=from_year, why=why,
            **columns,
        )
    )  # fmt: skip
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

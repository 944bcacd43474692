"""台帳を作る. Registers are made and changed without code: from the catalogue, from a sheet's head, from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.binding import Misfit, lacking, listed, misfits
from sosei.evidence.kinds import Field, RegisterKind, kind_of, settled
from sosei.evidence.nameless import nameless_of_register
from sosei.evidence.refusals import FieldInUse, KeyTaken, MeasureInUse, NoSuchRow
from sosei.evidence.stored import keys_of, kind, measure, registers_of
from sosei.journal.acts import act
from sosei.offices.models import Department, Person
from sosei.offices.permissions import require


def make_register(
    *,
    by: Person,
    key: str,
    definition: Mapping[str, Any],
    department: int,
    keep_years: int | None = None,
) -> m.Register:
    """台帳を作る. `definition`: as `kinds.kind_of` takes it. Raises NotAllowed, BadRegisterKind, KeyTaken, NoSuchRow."""
    require(by, "register.make", [department])
    said = _settled(key, definition)
    with act("register.make", body=by.body, by=by.pk) as w:
        if m.Register.objects.filter(body=by.body, key=key, voided__isnull=True).exists():
            raise KeyTaken(key=key)
        _require_department(by, department)
        return w.add(
            m.Register(
                body=by.body,
                key=key,
                definition=said,
                department_id=department,
                keep_years=keep_years,
            )
        )


def _settled(key: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    kind_of(key, definition)
    said = settled(definition)
    kind_of(key, said)
    return said


def change_register(
    *, by: Person, register: int, seen: int, definition: Mapping[str, Any], reason: str,
    department: int | None = None, keep_years: int | None = None,
) -> m.Register:  # fmt: skip
    """台帳の定義を変える. A new version; what entries use stays what it is. Raises FieldInUse, MeasureInUse, Stale, NoReason."""
    row = register_of(by, register)
    require(by, "register.make", [row.department_id])
    nameless_of_register(reason, f"「{row.called()}」の定義の変更", row)
    said = _settled(row.key, definition)
    with act(
        "register.change", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = register_of(by, register)
        after = kind_of(row.key, said)
        _require_used_kept(row, after)
        _require_measures_fit(row, after)
        if department is not None and department != row.department_id:
            _require_department(by, department)
            require(by, "register.make", [department])
        w.facts["reason"] = reason.strip()
        return w.change(
            row,
            seen=seen,
            definition=said,
            department_id=department or row.department_id,
            keep_years=keep_years,
        )


def _require_department(by: Person, department: int) -> None:
    """Raise NoSuchRow where a department is none of the body's."""
    if not Department.objects.filter(body=by.body, pk=department, voided__isnull=True).exists():
        raise NoSuchRow(what="課", number=department)


def _require_used_kept(register: m.Register, after: RegisterKind) -> None:
    """See that no field or stage goes, or becomes something else, that entries hold."""
    before = kind(register)
    own = m.Entry.objects.filter(register=register)
    if (before.kind, before.subject, before.asks) != (
        after.kind,
        after.subject,
        after.asks,
    ) and own.exists():
        raise FieldInUse(
            field=before.ja,
            entries=own.count(),
            what="種類は変えられません",
            what_en="its kind stays",
        )
    if before.stages != after.stages[: len(before.stages)] and own.exists():
        raise FieldInUse(
            field="・".join(before.stages), entries=own.count(), what="段階は終わりに足すだけにしてください",
            what_en="add stages at the end",
        )  # fmt: skip
    for name, field in before.fields.items():
        now = after.fields.get(name)
        if now is not None and field.unit and _bare(now.unit) != _bare(field.unit):
            _require_empty(register, field, "単位は変えられません", "its unit stays")
        same = (field.type, field.column, field.personal)
        if now is not None and (now.type, now.column, now.personal) == same:
            continue
        _require_empty(register, field, "除くことも型を変えることもできません", "it stays")


def _bare(unit: str | None) -> str:
    """Return a unit without what makes no other of it: 千円 in wide letters, or with blanks about it."""
    return normalize("NFKC", unit or "").strip()


def _require_empty(register: m.Register, field: Field, what: str, what_en: str) -> None:
    if held := _holding(register, field):
        raise FieldInUse(field=field.ja, entries=held, what=what, what_en=what_en)


def _holding(register: m.Register, field: Field) -> int:
    """Return how many entries may hold a field; which of the enciphered ones do is not asked."""
    if field.personal:
        return m.Private.objects.filter(register=register).count()
    where = {f"{field.column}__isnull": False} if field.column else {"more__has_key": field.key}
    return m.Entry.objects.filter(register=register).filter(**where).count()


def _require_measures_fit(register: m.Register, after: RegisterKind) -> None:
    there = {key: kind(row) for key, row in registers_of(register.body).items()}
    there[register.key] = after
    for row in m.Measure.objects.filter(body=register.body, voided__isnull=True):
        tree = measure(row.text)
        reasons = list(misfits(tree, there)) if register.key in keys_of(tree) else []
        if reasons:
            raise MeasureInUse(measure=row.name, **listed(reasons), n=len(reasons))


def end_register(*, by: Person, register: int, reason: str) -> None:
    """台帳を廃止する. It is no longer offered; what was entered stays. Raises MeasureInUse where a measure counts from it."""
    row = register_of(by, register)
    require(by, "register.make", [row.department_id])
    nameless_of_register(reason, f"「{row.called()}」の廃止", row)
    with act("register.end", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        for one in m.Measure.objects.filter(body=by.body, voided__isnull=True):
            if row.key in keys_of(measure(one.text)):
                raise MeasureInUse(measure=one.name, **listed([_gone(row)]), n=1)
        w.void(row, reason=reason)


def _gone(register: m.Register) -> Misfit:
    of = kind(register)
    return lacking(of.ja, of.en)

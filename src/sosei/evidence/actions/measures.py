"""数え方を決める. A measure is written, changed, dropped; its sums are counted in the same act."""

from __future__ import annotations

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence.actions import sums
from sosei.evidence.binding import bound
from sosei.evidence.kept import kept
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.writing import write
from sosei.evidence.nameless import nameless_of_measures
from sosei.evidence.refusals import KeyTaken, NoSuchRow
from sosei.evidence.stored import keys_of, kind, measure, registers_of
from sosei.journal.acts import act
from sosei.offices.models import Person
from sosei.offices.permissions import require


def define_measure(
    *, by: Person, key: str, name: str, text: str, note: str | None = None
) -> m.Measure:
    """数え方を作る. Raises NotAllowed, UnreadableMeasure, MeasureOutOfPlace, MeasureDoesNotFit, KeyTaken."""
    require(by, "measure.define")
    tree = _fitting(by.body, text)
    with act("measure.define", body=by.body, by=by.pk) as w:
        if m.Measure.objects.filter(body=by.body, key=key, voided__isnull=True).exists():
            raise KeyTaken(key=key)
        there = _bound(by.body, tree)
        row = w.add(
            m.Measure(body=by.body, key=key, name=name, text=write(tree), note=note or None)
        )
        sums.recount(kept(row, tree, there))
        return row


def redefine_measure(
    *, by: Person, row: int, seen: int, name: str, text: str, note: str | None, reason: str
) -> m.Measure:
    """数え方を変える. A new version; figures published before stay. Raises as `define_measure`, Stale, NoReason."""
    found = _own(by, row)
    require(by, "measure.define")
    tree = _fitting(by.body, text)
    if write(tree) != found.text and not reason.strip():
        raise NoReason(what=f"数え方「{found.name}」の変更")
    if reason.strip():
        nameless_of_measures(reason, f"数え方「{found.name}」の変更", by.body, found.text, text)
    with act("measure.change", body=by.body, by=by.pk, subject=f"evidence.measure:{row}") as w:
        there = _bound(by.body, tree)
        found = w.change(_own(by, row), seen=seen, name=name, text=write(tree), note=note or None)
        if reason.strip():
            w.facts["reason"] = reason.strip()
        sums.recount(kept(found, tree, there))
        return found


def drop_measure(*, by: Person, row: int, reason: str) -> None:
    """数え方をやめる. Raises NoSuchRow, NoReason."""
    require(by, "measure.define")
    named = _own(by, row)
    nameless_of_measures(reason, f"数え方「{named.name}」の廃止", by.body, named.text)
    with act("measure.drop", body=by.body, by=by.pk, subject=f"evidence.measure:{row}") as w:
        found = w.void(_own(by, row), reason=reason)
        sums.forget(found)


def _own(by: Person, row: int) -> m.Measure:
    found = m.Measure.objects.filter(body=by.body, pk=row, voided__isnull=True).first()
    if found is None:
        raise NoSuchRow(what="数え方", number=row)
    return found


def _fitting(body: str, text: str) -> Measure:
    tree = measure(text)
    _bound(body, tree)
    return tree


def _bound(body: str, tree: Measure) -> dict[str, m.Register]:
    """Return the registers that a measure looks into, as they are. Raises MeasureDoesNotFit."""
    there = registers_of(body, keys_of(tree))
    bound(tree, {key: kind(row) for key, row in there.items()})
    return there

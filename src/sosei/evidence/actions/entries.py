"""登録する. Entries are made, corrected, taken out, taken back: a batch at a time, the sums of measures with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Min

from sosei.core.errors import Stale
from sosei.evidence import models as m
from sosei.evidence.actions import sums
from sosei.evidence.actions.found import merged_into, subjects_of
from sosei.evidence.actions.keepable import keepable
from sosei.evidence.actions.private import drop_private, seal_all_private
from sosei.evidence.actions.store import current, next_number, write
from sosei.evidence.actions.unbringing import unbring
from sosei.evidence.codec import CONTENT, Row, gone_row, rower
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.model import Literal_
from sosei.evidence.nameless import nameless_of_batch, nameless_of_entry, without
from sosei.evidence.parts import parts
from sosei.evidence.private import personal_part
from sosei.evidence.refusals import EntryTwice, MergeStays, NoSuchRow, UndoneAlready
from sosei.evidence.stored import kind
from sosei.journal.acts import Act, act
from sosei.offices.models import Person
from sosei.offices.permissions import require

_NUMBER = CONTENT.index("number")
_GONE = CONTENT.index("gone")
_WHOM = CONTENT.index("subject_id")


def register_of(by: Person, register: int) -> m.Register:
    """Return a register of one's own body. Raises NoSuchRow."""
    row = m.Register.objects.filter(body=by.body, pk=register, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="台帳", number=register)
    return row


def enter(
    *,
    by: Person,
    register: int,
    drafts: Sequence[Draft],
    way: str = "typed",
    reason: str | None = None,
    source: Mapping[str, Any] | None = None,
) -> m.Batch | None:
    """登録する. Enter drafts, all or none; those with `entry` replace that entry's content. None where there is nothing new.

    `source`: of a file, its name (`source`), hash (`sha256`) and mapping. Raises NotAllowed, NoSuchRow, PeriodClosed.
    """
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    if reason is not None and kind(row).holds_persons:
        without(reason, "登録の理由", _named(drafts), whole=len(drafts) > 1)
    with act(
        "register.enter", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = register_of(by, register)
        made = entered(w, row, drafts, way=way, reason=reason, **(source or {}))
        w.facts["count"] = made.rows if made else 0
    return made


def entered(w: Act, register: m.Register, drafts: Sequence[Draft], **batch: Any) -> m.Batch | None:
    """Enter drafts within an act; None where they say what stands.

    Raises Stale where one says a field that the register no longer has, what `keepable` raises, and as `enter`.
    """
    replacing = [draft.entry for draft in drafts if draft.entry is not None]
    _require_once(replacing)
    there = {row[_NUMBER]: row for row in current(register, replacing)}
    holds, number = kind(register), next_number(register)
    made, personal, require_keepable = rower(holds), holds.personal, keepable(holds)
    rows: list[Row] = []
    private: dict[int, dict[str, Literal_]] = {}
    for draft, subject in zip(drafts, subjects_of(w, register, drafts), strict=True):
        own = number if draft.entry is None else draft.entry
        number += draft.entry is None
        if not draft.values.keys() <= holds.fields.keys():
            raise Stale(what=f"「{holds.ja}」の項目")
        require_keepable(draft)
        rows.append(made(own, subject, draft))
        if personal and (said := personal_part(draft.values, holds)):
            private[own] = said
    if personal:
        drop_private(register, _others(rows, there))
    anew = seal_all_private(register, private)
    return written(
        w,
        register,
        [row for row in rows if row[_NUMBER] in anew or not _same(row, there.get(row[_NUMBER]))],
        there,
        **batch,
    )


def _others(rows: Iterable[Row], there: Mapping[int, Row]) -> list[int]:
    """Return the entries that are about somebody else than before: what was said of the one is not said of the other."""
    before = ((row[_NUMBER], row[_WHOM], there.get(row[_NUMBER])) for row in rows)
    return [number for number, whom, was in before if was is not None and was[_WHOM] != whom]


def _same(row: Row, before: Row | None) -> bool:
    """Whether a content says what stands; where it came from does not matter."""
    at = CONTENT.index("at")
    return before is not None and row[:at] == tuple(before)[:at]


def written(
    w: Act, register: m.Register, rows: Sequence[Row], there: Mapping[int, Row], **batch: Any
) -> m.Batch | None:
    """Write contents in the place of those that are there, and bring the sums right; None where there are none."""
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: row[_NUMBER])
    replaced = [there[row[_NUMBER]] for row in ordered if row[_NUMBER] in there]
    made, moved = write(w, register, ordered, replaced=replaced, **batch)
    sums.moved(w.body, moved)
    return made


def correct(
    *, by: Person, register: int, number: int, draft: Draft, seen: int, reason: str
) -> m.Batch | None:
    """登録を訂正する. Another content of an entry; `seen`: id of the content the person saw. Raises as `enter`, NoReason, Stale."""
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    nameless_of_entry(reason, f"登録{number}番の訂正", row, number, draft.who)
    with act(
        "register.correct", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = register_of(by, register)
        _require_seen(row, number, seen)
        w.facts["entry"] = number
        return entered(w, row, [replace(draft, entry=number)], way="typed", reason=reason.strip())


def take_out(*, by: Person, register: int, number: int, seen: int, reason: str) -> m.Batch:
    """登録を抹消する. An entry no longer counts; it stays readable, with the reason. Raises as `correct`."""
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    nameless_of_entry(reason, f"登録{number}番の抹消", row, number)
    with act(
        "register.take_out", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        row = register_of(by, register)
        _require_seen(row, number, seen)
        w.facts["entry"] = number
        there = {number: current(row, [number])[0]}
        made = written(
            w, row, [gone_row(number, reason.strip())], there, way="typed", reason=reason.strip()
        )
    assert made is not None
    return made


def undo(*, by: Person, batch: int, reason: str) -> m.Batch:
    """登録の束を取り消す. What came by it goes, what it replaced comes again. Raises UndoneAlready, MergeStays, NoReason, PeriodClosed."""
    found = m.Batch.objects.filter(body=by.body, pk=batch).select_related("register").first()
    if found is None:
        raise NoSuchRow(what="登録の束", number=batch)
    require(by, "register.write", [found.register.department_id])
    nameless_of_batch(reason, "登録の束の取消", found)
    with act(
        "register.undo", body=by.body, by=by.pk, subject=f"evidence.register:{found.register_id}"
    ) as w:
        made = _undone(w, register_of(by, found.register_id), found, reason.strip())
        w.facts["count"] = made.rows
    return made


def _undone(w: Act, register: m.Register, batch: m.Batch, reason: str) -> m.Batch:
    if batch.way == "merge":
        raise MergeStays
    own = m.Entry.objects.filter(batch=batch)
    later = own.filter(until__isnull=False).count()
    if later or m.Batch.objects.filter(undoes=batch).exists():
        raise UndoneAlready(entries=later)
    now = {row[_NUMBER]: row for row in own.order_by("number").values_list(*CONTENT)}
    before = _before(batch, sorted(now))
    rows = [before.get(number) or gone_row(number, reason) for number in now]
    if kind(register).personal:
        gone = [row[_NUMBER] for row in rows if row[_GONE]]
        drop_private(register, [*gone, *_others(rows, now)])
    made = written(w, register, rows, now, way="undo", reason=reason, undoes=batch)
    assert made is not None
    unbring(w, register, batch)
    return made


def _before(batch: m.Batch, numbers: Sequence[int]) -> dict[int, Row]:
    """Return the contents that a batch took the place of: of each entry the one written last before it.

    Whose they were, if he was merged into another since, is that other.
    """
    first = m.Entry.objects.filter(batch=batch).aggregate(first=Min("pk"))["first"]
    found: dict[int, Row] = {}
    for part in parts(numbers):
        rows = m.Entry.objects.filter(register=batch.register, number__in=part, pk__lt=first)
        found |= {row[_NUMBER]: row for row in rows.order_by("pk").values_list(*CONTENT)}
    now = merged_into({row[_WHOM] for row in found.values()})
    return {
        number: (*row[:_WHOM], now.get(row[_WHOM], row[_WHOM]), *row[_WHOM + 1 :])
        for number, row in found.items()
    }


def _require_once(numbers: Sequence[int]) -> None:
    """Raise EntryTwice where two drafts say what one entry is."""
    if len(set(numbers)) < len(numbers):
        raise EntryTwice(number=next(n for n, times in Counter(numbers).items() if times > 1))


def _named(drafts: Iterable[Draft]) -> Iterator[Who]:
    return (one.who for one in drafts if one.who is not None and one.who.kind == "person")


def _require_seen(register: m.Register, number: int, seen: int) -> None:
    """Raise Stale where the entry says something else by now."""
    stands = m.Entry.objects.filter(m.entries.CURRENT, register=register, number=number)
    if stands.values_list("pk", flat=True).first() != seen:
        raise Stale(what=f"{register.called()}の登録{number}番")


__all__ = ["correct", "enter", "register_of", "take_out", "undo", "written"]

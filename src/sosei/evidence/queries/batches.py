"""登録の束の頁. What came by one act: in which way, from which file, by whom, and whether it can still be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sosei.evidence import models as m
from sosei.evidence.queries.registers import EntryRow, rows_shown
from sosei.evidence.refusals import NoSuchRow
from sosei.offices.queries.recorded import Recorded, recorded

#: Batches, and contents of a batch, of one page.
PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """登録の束. `way`: typed, pasted, file, form, answer, undo, merge. `undoes`, `undone_by`: the batch it took back, was taken back by."""

    pk: int
    register: int
    way: str
    rows: int
    source: str | None
    sha256: str | None
    mapping: Mapping[str, Any]
    reason: str | None
    undoes: int | None
    undone_by: int | None
    by: Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchList:
    """束の一覧. The latest first; `older`: from which the next page goes on."""

    rows: tuple[BatchRow, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    """束の頁. `entries`: what came by it, a page from `after` on; `changed`: how many say something else by now."""

    batch: BatchRow
    entries: tuple[EntryRow, ...]
    more: int | None
    changed: int

    @property
    def can_go(self) -> bool:
        """Whether it can be taken back: nothing of it was changed since, and it is no merging of subjects."""
        return not self.changed and self.batch.undone_by is None and self.batch.way != "merge"


def batches_of(body: str, register: int, before: int | None = None) -> BatchList:
    """Return the batches of a register, those below a number; at most 4 queries."""
    rows = m.Batch.objects.filter(body=body, register=register).order_by("-pk")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    found = list(rows[: PAGE + 1])
    shown = _shown(found[:PAGE])
    return BatchList(
        rows=tuple(shown[row.pk] for row in found[:PAGE]),
        older=found[PAGE - 1].pk if len(found) > PAGE else None,
    )


def batches_in(body: str, numbers: Collection[int]) -> dict[int, BatchRow]:
    """Return some batches of a body by their numbers; at most 4 queries."""
    return _shown(list(m.Batch.objects.filter(body=body, pk__in=numbers)))


def batch_page(body: str, pk: int, after: int = 0) -> BatchPage:
    """Return a batch with what came by it. Raises NoSuchRow."""
    row = m.Batch.objects.filter(body=body, pk=pk).select_related("register").first()
    if row is None:
        raise NoSuchRow(what="登録の束", number=pk)
    own = m.Entry.objects.filter(batch=row)
    found = rows_shown(row.register, own.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    return BatchPage(
        batch=_shown([row])[pk], entries=tuple(found[:PAGE]),
        more=found[PAGE - 1].content if len(found) > PAGE else None,
        changed=own.filter(until__isnull=False).count(),
    )  # fmt: skip


def _shown(rows: Collection[m.Batch]) -> dict[int, BatchRow]:
    by = recorded(rows)
    undone = m.Batch.objects.filter(undoes__in=[row.pk for row in rows])
    undoing = dict(undone.values_list("undoes", "pk"))
    return {
        row.pk: BatchRow(
            pk=row.pk, register=row.register_id, way=row.way, rows=row.rows, source=row.source, sha256=row.sha256,
            mapping=row.mapping, reason=row.reason, undoes=row.undoes_id, undone_by=undoing.get(row.pk), by=by[row.pk],
        )
        for row in rows
    }  # fmt: skip

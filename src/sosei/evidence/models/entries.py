"""登録の表. What is entered in registers: each content a row that never changes, a later one taking its place.

No act writes a line of the journal for every entry: a batch of them is one row of the book, with the digest of all its
contents. So a million rows are one line, and a content changed behind the program's back is found all the same.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from sosei.evidence.models.registers import Register
from sosei.evidence.models.subjects import Subject
from sosei.journal.models import Fact

#: Columns for the days on which stages were reached, in the order of the register's stages.
REACHED: Final = tuple(f"reached{n}" for n in range(1, 9))
#: Contents in force.
CURRENT: Final = Q(until__isnull=True, gone=False)


class Batch(Fact):
    """登録の束. Contents that came by one act. `way`: typed, pasted, file, form, answer, undo, merge.

    `rows`: how many; `marks`, `digest`: of their pieces and of all of them (`evidence.proof`). `source`: the file's name, `sha256`: its hash.
    `undoes`: the batch whose contents it took back. `private`: the entries of which something is kept in `Private`, from – to.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="batches")
    way = models.CharField("方法", max_length=10)
    rows = models.PositiveIntegerField("件数")
    digest = models.CharField("要約値", max_length=64)
    marks = models.JSONField("部分の要約値", default=list, blank=True)
    source = models.TextField("資料名", null=True, blank=True)
    sha256 = models.CharField("資料のSHA-256", max_length=64, null=True, blank=True)
    mapping = models.JSONField("列の対応", default=dict, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    reason = models.TextField("理由", null=True, blank=True)
    private = models.JSONField("個人情報の項目のある登録", default=list, blank=True)

    class Meta:
        """Known ways."""

        verbose_name = "登録の束"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way__in=["typed", "pasted", "file", "form", "answer", "undo", "merge"]),
                name="evidence_batch_way",
            )
        ]


class Entry(models.Model):
    """登録の内容. One content of entry `number` of a register, in force from `since` until `until` (None: now).

    `first`, `last`, `year`, `size`, stages: as `measures.entries.Record`. `gone`: the entry was taken out, with `reason`.
    `quantity`, `amount`, `place`, `sort`: the declared field that has this column (`Field.column`); `more`: all others.
    Numbers, here and in `more`, are whole ten-thousandths, so that sums are exact in every database.
    `at`: where it stands in the batch's file ("名簿!A12").
    """

    body = models.CharField("団体コード", max_length=6)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="entries")
    register = models.ForeignKey(Register, models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveBigIntegerField("登録番号")
    since = models.DateTimeField("記録日時")
    until = models.DateTimeField("置換日時", null=True, blank=True)
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="entries", db_index=False
    )
    first = models.DateField("日", null=True, blank=True)
    last = models.DateField("終わりの日", null=True, blank=True)
    year = models.PositiveSmallIntegerField("対象年度", null=True, blank=True)
    size = models.PositiveIntegerField("人数", default=1)
    quantity = models.BigIntegerField("数量", null=True, blank=True)
    amount = models.BigIntegerField("金額", null=True, blank=True)
    place = models.CharField("場所", max_length=200, null=True, blank=True)
    sort = models.CharField("区分", max_length=200, null=True, blank=True)
    reached1 = models.DateField("段階1", null=True, blank=True)
    reached2 = models.DateField("段階2", null=True, blank=True)
    reached3 = models.DateField("段階3", null=True, blank=True)
    reached4 = models.DateField("段階4", null=True, blank=True)
    reached5 = models.DateField("段階5", null=True, blank=True)
    reached6 = models.DateField("段階6", null=True, blank=True)
    reached7 = models.DateField("段階7", null=True, blank=True)
    reached8 = models.DateField("段階8", null=True, blank=True)
    more = models.JSONField("その他の項目", default=dict, blank=True)
    at = models.CharField("所在", max_length=120, blank=True, default="")
    gone = models.BooleanField("抹消", default=False)
    reason = models.TextField("理由", blank=True, default="")

    class Meta:
        """One content of an entry at a time; found by day, subject, place, sort."""

        verbose_name = "登録"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "number"],
                condition=Q(until__isnull=True),
                name="evidence_entry_current",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["register", "number", "id"], name="evidence_entry_number"),
            models.Index(fields=["register", "subject", "first"], condition=CURRENT, name="evidence_entry_subject"),
            models.Index(fields=["register", "first", "number"], condition=CURRENT, name="evidence_entry_first"),
            models.Index(
                fields=["register", "place", "first"],
                condition=CURRENT & Q(place__isnull=False), name="evidence_entry_place",
            ),
            models.Index(
                fields=["register", "sort", "first"],
                condition=CURRENT & Q(sort__isnull=False), name="evidence_entry_sort",
            ),
            *(
                models.Index(
                    fields=["register", name],
                    condition=CURRENT & Q(**{f"{name}__isnull": False}), name=f"evidence_entry_{name}",
                )
                for name in REACHED
            ),
        ]  # fmt: skip

    def called(self) -> str:
        """The number."""
        return f"登録{self.number}番"

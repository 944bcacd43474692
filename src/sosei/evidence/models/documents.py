"""証拠書類の表. What is attached to entries, closings and batches: what each document is, and apart from it its name and bytes.

The row stays for ever and is proven by the journal: hash, size, class, until when it is kept. What may say who a person is
(name, remark, bytes) stands enciphered in rows of its own, which go when the document's time is over.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from sosei.evidence.models.registers import Closing, Register
from sosei.evidence.models.subjects import Subject
from sosei.journal.models import Fact

#: Documents whose bytes are kept, or were when they were voided.
KEPT: Final = Q(erased__isnull=True)
#: Documents that stand: kept, and not said to be wrong.
STANDING: Final = KEPT & Q(voided__isnull=True)


class Document(Fact):
    """証拠書類. Of one entry (`number`; `stage`: of one of its stages), one closing, or one batch.

    `sort`, `format`, `level`: codes of `evidence.papers.words`. `sha256`, `size`: of the plain bytes. `year`: the fiscal
    year it is of, from whose end it is kept `keep_years` years, up to `keep_until`; longer while it is `held` for a reason.
    `personal`: it says who somebody is; `subject`: the person of the entry when it was attached.
    `erased`: when name and bytes went; this row stays.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="documents")
    number = models.PositiveBigIntegerField("登録番号", null=True, blank=True)
    stage = models.PositiveSmallIntegerField("段階", null=True, blank=True)
    closing = models.ForeignKey(
        Closing, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    batch = models.ForeignKey(
        "evidence.Batch", models.PROTECT, null=True, blank=True, related_name="documents"
    )
    sort = models.CharField("種別", max_length=12)
    format = models.CharField("形式", max_length=6)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("大きさ")
    level = models.CharField("機密性", max_length=2)
    personal = models.BooleanField("個人情報", default=False)
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    year = models.PositiveSmallIntegerField("年度")
    keep_years = models.PositiveSmallIntegerField("保存年数")
    keep_until = models.DateField("保存期限")
    held = models.TextField("保存を続ける理由", null=True, blank=True)
    erased = models.DateTimeField("消去日時", null=True, blank=True)

    class Meta:
        """Of one thing; found by it, by its hash, by when its time is over."""

        verbose_name = "証拠書類"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=False, closing=None, batch=None)
                | Q(number=None, stage=None, closing__isnull=False, batch=None)
                | Q(number=None, stage=None, closing=None, batch__isnull=False),
                name="evidence_document_of_one",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["register", "number"], name="evidence_document_entry"),
            models.Index(fields=["body", "sha256"], name="evidence_document_bytes"),
            models.Index(fields=["body", "keep_until"], name="evidence_document_until"),
        ]

    def called(self) -> str:
        """Its number: its name is not kept in the clear."""
        return f"証拠書類{self.pk}番"


class DocumentName(models.Model):
    """証拠書類の名. A document's file name and remark, enciphered and bound to it. Gone when it is erased."""

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="named"
    )
    body = models.CharField("団体コード", max_length=6)
    sealed = models.TextField("暗号文")

    class Meta:
        """Names."""

        verbose_name = "証拠書類の名"
        verbose_name_plural = verbose_name


class DocumentBytes(models.Model):
    """証拠書類の中身. The bytes of documents, once for each content of a body, enciphered with a key of their own.

    `sealed`: that key, enciphered as everything of persons is: where keys change, this is written anew, and not the bytes.
    """

    body = models.CharField("団体コード", max_length=6)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("大きさ")
    sealed = models.TextField("暗号文の鍵")
    data = models.BinaryField("暗号文")

    class Meta:
        """Once for a content."""

        verbose_name = "証拠書類の中身"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "sha256"], name="evidence_documentbytes_once")
        ]

"""文書と版の表. Files that came in or went out, papers for decision, frozen editions and their errata."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact
from sosei.ledger.models.fields import words
from sosei.ledger.models.projects import ProjectYear
from sosei.ledger.models.volumes import Volume


class Blob(models.Model):
    """中身. The bytes of a file, once for each content; in the database, so that a backup holds all of one moment."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    class Meta:
        """Names."""

        verbose_name = "ファイルの中身"
        verbose_name_plural = verbose_name


class Document(Fact):
    """文書. A file: an answer, an imported report, a letter, a paper. `purpose`: why it is here."""

    name = models.CharField("ファイル名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("大きさ")
    format = models.CharField("形式", max_length=10)
    purpose = models.CharField("目的", max_length=20)
    volume = models.ForeignKey(
        Volume, models.PROTECT, null=True, blank=True, related_name="documents"
    )

    class Meta:
        """Found by content."""

        verbose_name = "文書"
        verbose_name_plural = verbose_name
        indexes: ClassVar = [models.Index(fields=["body", "sha256"], name="ledger_document_sha")]

    def called(self) -> str:
        """The file's name."""
        return self.name


class Paper(Fact):
    """決裁資料. What was submitted for decision: the PDF with its hash, then number and day of the decision.

    `report_sha256`: hash of the report it was made from, by which a book changed since is known.
    """

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="papers")
    report_sha256 = models.CharField("報告書のSHA-256", max_length=64, default="")
    decision_number = words("決裁番号")
    decided_on = models.DateField("決裁日", null=True, blank=True)

    class Meta:
        """Number and day come together."""

        verbose_name = "決裁資料"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision_number__isnull=True, decided_on__isnull=True)
                | Q(decision_number__isnull=False, decided_on__isnull=False),
                name="ledger_paper_decision",
            )
        ]


class Edition(Fact):
    """公表版. The report as published: number, date, hash, and the journal's head. Frozen; later change is a correction.

    `report`: the contract's JSON text of it. `sha256`: its hash. `head`, `seq`: the journal's last line at that moment.
    """

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("版")
    published_on = models.DateField("公表日")
    reason = words("訂正の理由")
    report = models.TextField("報告書")
    sha256 = models.CharField("SHA-256", max_length=64)
    seq = models.PositiveBigIntegerField("証跡の番号")
    head = models.CharField("証跡の先端", max_length=64)

    class Meta:
        """Numbers in order; every edition after the first says why."""

        verbose_name = "公表版"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volume", "number"], name="ledger_edition_number"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(reason__isnull=False), name="ledger_edition_reason"
            ),
        ]


class EditionFile(Fact):
    """版のファイル. One form of an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    form = models.CharField("形", max_length=20)
    name = models.CharField("ファイル名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("大きさ")

    class Meta:
        """One file of a name."""

        verbose_name = "版のファイル"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "name"], name="ledger_editionfile_name")
        ]


class Erratum(Fact):
    """正誤. One line of the 正誤表: what an edition corrects in the one before it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="errata")
    entry = models.ForeignKey(
        ProjectYear, models.PROTECT, null=True, blank=True, related_name="errata"
    )
    position = models.PositiveIntegerField("順")
    subject = models.TextField("箇所")
    wrong = models.TextField("誤", blank=True)
    right = models.TextField("正", blank=True)

    class Meta:
        """In the report's order; wrong and right differ."""

        verbose_name = "正誤"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(wrong=models.F("right")), name="ledger_erratum_differs"
            )
        ]

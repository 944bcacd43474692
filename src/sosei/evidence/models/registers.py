"""台帳の表. A register is data: what it holds is said by its definition, in the form of `catalogue/*.toml`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact
from sosei.offices.models import Department


class Register(Fact):
    """台帳. `definition`: as `kinds.kind_of` takes it; its version is the row's stamp. `department`: whose it is.

    `keep_years`: after how many fiscal years persons in it are erased; None: as long as the register is kept.
    """

    key = models.CharField("記号", max_length=40)
    definition = models.JSONField("定義")
    department = models.ForeignKey(Department, models.PROTECT, related_name="registers")
    keep_years = models.PositiveSmallIntegerField("保存年数", null=True, blank=True)

    class Meta:
        """A key is used once in a body."""

        verbose_name = "根拠台帳"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "key"],
                condition=Q(voided__isnull=True),
                name="evidence_register_key",
            )
        ]

    def called(self) -> str:
        """What the register is called."""
        return str(self.definition.get("ja", self.key))


class Closing(Fact):
    """締め. The owner said that up to a day (a survey: for a year) nothing is missing. Reopened: voided, with the reason.

    `entries`: how many there were. `silent`: how many of those asked had not answered.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="closings")
    until = models.DateField("締めの日", null=True, blank=True)
    year = models.PositiveSmallIntegerField("対象年度", null=True, blank=True)
    entries = models.PositiveBigIntegerField("件数", default=0)
    silent = models.PositiveIntegerField("未回答", default=0)
    note = models.TextField("備考", null=True, blank=True)

    class Meta:
        """A day or a year."""

        verbose_name = "締め"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) ^ Q(year__isnull=True), name="evidence_closing_what"
            )
        ]


class Asked(Fact):
    """尋ねた相手. A subject that a survey asks for a year; whoever has no entry for it is silent."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="asked")
    subject = models.ForeignKey("evidence.Subject", models.PROTECT, related_name="asked")
    year = models.PositiveSmallIntegerField("対象年度")
    sent_on = models.DateField("送付日", null=True, blank=True)
    due_on = models.DateField("回答期限", null=True, blank=True)

    class Meta:
        """Once a year."""

        verbose_name = "調査の相手"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "year", "subject"], condition=Q(voided__isnull=True),
                name="evidence_asked_once",
            )
        ]  # fmt: skip


class Mapping(Fact):
    """列の対応. Which column of a sheet is which of the register, remembered by what the sheet's head says."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="mappings")
    head = models.CharField("見出しの指紋", max_length=64)
    columns = models.JSONField("対応", default=dict)

    class Meta:
        """One for a head."""

        verbose_name = "列の対応"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "head"],
                condition=Q(voided__isnull=True),
                name="evidence_mapping_head",
            )
        ]

"""数え方の表. Measures, and the sums kept of them: made in the transaction of every entry, proven by counting anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact


class Measure(Fact):
    """数え方. `text`: in the language of `evidence.measures`; its version is the row's stamp."""

    key = models.CharField("記号", max_length=40)
    name = models.CharField("名称", max_length=200)
    text = models.TextField("数え方")
    note = models.TextField("備考", null=True, blank=True)

    class Meta:
        """A key is used once in a body."""

        verbose_name = "数え方"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "key"],
                condition=Q(voided__isnull=True),
                name="evidence_measure_key",
            )
        ]

    def called(self) -> str:
        """The measure's name."""
        return self.name


class Standing(models.Model):
    """控えの状態. Which version of a measure the sums are of, and whether they are right (`dirty`: to be counted anew)."""

    measure = models.OneToOneField(
        Measure, models.CASCADE, primary_key=True, related_name="standing"
    )
    version = models.PositiveIntegerField("版")
    dirty = models.BooleanField("数え直し", default=True)


class Tally(models.Model):
    """控えた合計. What entries give a year (and a cell of the grid): how many, and how much in ten-thousandths."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="tallies", db_index=False)
    year = models.SmallIntegerField("年度")
    cell = models.CharField("欄", max_length=240, blank=True, default="")
    n = models.BigIntegerField("件数")
    total = models.BigIntegerField("合計")

    class Meta:
        """One for a year and a cell."""

        verbose_name = "控えた合計"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "year", "cell"], name="evidence_tally_once")
        ]

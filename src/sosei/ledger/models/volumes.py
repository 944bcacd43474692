"""報告書の年度版. The report of one fiscal year, from its opening to its published editions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sosei.core.fiscal import FiscalYear
from sosei.journal.models import Fact
from sosei.ledger.models.fields import code, ext, trace, words, year


class Volume(Fact):
    """年度版. The report on one fiscal year of a body. `series`: where a body reports in several books a year.

    `said_year`, `said_basis`: the year as the document says it (None: it does not, `fiscal_year` was given by a
    person). `stage`: how far the whole book is (`ledger.flow`). `sources`, `unread`, `bodies`: as in the contract.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    series = models.CharField("系列", max_length=40, blank=True, default="")
    stage = models.CharField("段階", max_length=20, default="collecting")
    title = words("題名")
    chapter = words("章")
    said_year = year("記載の年度")
    said_basis = code("年度の根拠")
    bodies = models.JSONField("団体", default=list, blank=True)
    sources = models.JSONField("出典", default=list, blank=True)
    unread = models.JSONField("読めなかった所", default=list, blank=True)
    publish_due = models.DateField("公表の期限", null=True, blank=True)
    trace = trace()
    ext = ext()

    class Meta:
        """One book a year and series."""

        verbose_name = "年度版"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "fiscal_year", "series"], name="ledger_volume_once",
                condition=models.Q(voided__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(said_year__isnull=True, said_basis__isnull=True)
                | models.Q(said_year__isnull=False, said_basis__isnull=False),
                name="ledger_volume_year_said",
            ),
        ]  # fmt: skip

    def called(self) -> str:
        """The report of its year."""
        return f"{FiscalYear(self.fiscal_year)}の報告書" + (
            f"（{self.series}）" if self.series else ""
        )

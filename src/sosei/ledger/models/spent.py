"""数える経費の表. Which lines of money are counted from registers, by which measures, and what a recorded amount rests on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.evidence.models import Measure
from sosei.journal.models import Fact
from sosei.ledger.models.fields import words
from sosei.ledger.models.money import Spending


class SpentCounting(Fact):
    """数える経費. A line of money that a measure counts; what several count is added up."""

    spending = models.ForeignKey(Spending, models.PROTECT, related_name="countings")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="spent_countings")

    class Meta:
        """A measure once for a line."""

        verbose_name = "数える経費"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["spending", "measure"], name="ledger_spentcounting_once",
                condition=Q(voided__isnull=True),
            )
        ]  # fmt: skip


class SpentBasis(Fact):
    """経費の根拠. What a line's amount rests on, as long as it is `yen`; whoever writes another, by whatever way, leaves it.

    `basis`: what was counted (in yen), by which versions of which measures, of how many entries. `reason`: why the
    amount is another than that; blank: it is the count.
    """

    spending = models.ForeignKey(Spending, models.PROTECT, related_name="grounds")
    yen = models.BigIntegerField("金額（円）")
    basis = models.JSONField("数えの根拠", default=dict, blank=True)
    reason = words("理由")

    class Meta:
        """One for a line."""

        verbose_name = "経費の根拠"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["spending"], name="ledger_spentbasis_once", condition=Q(voided__isnull=True)
            )
        ]

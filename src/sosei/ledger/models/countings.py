"""数える指標の表. Which indicator is counted by which measure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.evidence.models import Measure
from sosei.journal.models import Fact
from sosei.ledger.models.indicators import Indicator


class Counting(Fact):
    """数える指標. An indicator whose figures of a role are counted; one measure may count several indicators."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="countings")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="countings")
    role = models.CharField("役割", max_length=20, default="actual")

    class Meta:
        """One measure for a role."""

        verbose_name = "数える指標"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "role"], name="ledger_counting_once",
                condition=Q(voided__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["actual", "cumulative_actual"]), name="ledger_counting_role"
            ),
        ]  # fmt: skip

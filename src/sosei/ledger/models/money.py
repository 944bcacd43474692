"""お金の表. Lines of spending, and the State's decisions to which reports are owed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact
from sosei.ledger.models.fields import code, trace, words, year
from sosei.ledger.models.projects import Project, ProjectYear


class Spending(Fact):
    """経費. One line of money in whole yen; `unit`: as printed.

    `eligible`: 交付対象経費か. `source`: 財源 (national 国費, prefectural 県を経由した国費, own 一般財源, other).
    """

    entry = models.ForeignKey(ProjectYear, models.PROTECT, related_name="spending")
    position = models.PositiveIntegerField("順")
    label = words("項目")
    yen = models.BigIntegerField("金額（円）", null=True, blank=True)
    number = words("番号")
    kind = code("種類")
    role = code("役割")
    fiscal_year = year("年度")
    fund = words("財源")
    shared_by = models.PositiveIntegerField("合計の団体数", null=True, blank=True)
    unit = code("表示の単位", 4)
    note = words("注記")
    eligible = models.BooleanField("対象経費", null=True, blank=True)
    source = code("財源の別")
    trace = trace()

    class Meta:
        """Known sources of funds."""

        verbose_name = "経費"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source__isnull=True)
                | Q(source__in=["national", "prefectural", "own", "other"]),
                name="ledger_spending_source",
            )
        ]

    def called(self) -> str:
        """The line's label."""
        return self.label or "経費"


class GrantDecision(Fact):
    """交付決定. A grant decision of one year, and the 実績報告 owed for it by its own date (DOMAIN §10b).

    `decided_reason`, `reported_reason`: why a person took an amount as right that looked odd (above the cap; a
    thousand times another, not the sum of the lines).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="decisions")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    scheme = code("交付金制度", 40)
    number = models.CharField("交付決定番号", max_length=60)
    decided_on = models.DateField("交付決定日")
    yen = models.BigIntegerField("交付決定額（円）")
    eligible_yen = models.BigIntegerField("対象経費（円）", null=True, blank=True)
    report_due = models.DateField("実績報告の期限")
    reported_on = models.DateField("実績報告日", null=True, blank=True)
    reported_yen = models.BigIntegerField("実績報告額（円）", null=True, blank=True)
    settled_yen = models.BigIntegerField("決算額（円）", null=True, blank=True)
    decided_reason = words("決定額を確かめた理由")
    reported_reason = words("報告額を確かめた理由")

    class Meta:
        """A report has its day and its amount."""

        verbose_name = "交付決定"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True, reported_yen__isnull=True)
                | Q(reported_on__isnull=False, reported_yen__isnull=False),
                name="ledger_grantdecision_reported",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "report_due"], name="ledger_decision_due")
        ]

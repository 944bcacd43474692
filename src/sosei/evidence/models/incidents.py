"""漏えいの表. Leaks of personal data, as they became known: what must be reported of them, and what was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sosei.journal.models import Fact
from sosei.offices.models import Department


class Incident(Fact):
    """漏えい等の事案. `known`: when the office learned of it; `counts_from`: from when its days count, where that was later.

    `kinds`: of `leaks.KINDS`. `persons`: how many, None: not yet known. `first_on`, `told_on`, `final_on`: when it was
    reported at first, when the persons were told, when the final report was made. `closed`: with `outcome`.
    """

    title = models.TextField("件名")
    what = models.TextField("経過", null=True, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="incidents")
    known = models.DateTimeField("発覚日時")
    counts_from = models.DateTimeField("報告の対象と分かった日時", null=True, blank=True)
    kinds = models.JSONField("内容の種類", default=list, blank=True)
    persons = models.PositiveIntegerField("本人の数", null=True, blank=True)
    first_on = models.DateField("速報した日", null=True, blank=True)
    told_on = models.DateField("本人に知らせた日", null=True, blank=True)
    final_on = models.DateField("確報した日", null=True, blank=True)
    closed = models.DateTimeField("終結日時", null=True, blank=True)
    outcome = models.TextField("再発を防ぐ手立て", null=True, blank=True)

    class Meta:
        """Names."""

        verbose_name = "漏えい等の事案"
        verbose_name_plural = verbose_name
        indexes: ClassVar = [models.Index(fields=["body", "closed"], name="evidence_incident_open")]

    def called(self) -> str:
        """Its title."""
        return f"「{self.title}」"

"""点検の控えの表. What checking and judging found for an entry, kept beside the content that they looked at.

No part of the book: made from it, and made anew where the content, the day or the program differ (`queries.looks`).
"""

from __future__ import annotations

from django.db import models

from sosei.ledger.models.projects import ProjectYear


class Look(models.Model):
    """点検の控え. `found`: what `queries.looks` made of the entry; `key`: seals it, and what it was made of."""

    entry = models.OneToOneField(ProjectYear, models.CASCADE, primary_key=True, related_name="look")
    key = models.CharField("内容の鍵", max_length=64)
    found = models.JSONField("結果")

    class Meta:
        """Names."""

        verbose_name = "点検の控え"
        verbose_name_plural = verbose_name

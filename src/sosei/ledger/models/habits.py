"""覚えた直しの表. What a person's corrections of a file taught about its layout, until somebody forgets it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact
from sosei.ledger.models.flow import Batch
from sosei.offices.models import Person


class LayoutHabit(Fact):
    """覚えた直し. Of a kind of table (`layout`: the hash of its headings), what a column or a row is (`ledger.mending`).

    `head`: the heading or the row's name as a person reads it; `at`, `was`, `becomes`: JSON of `mending.Habit`. `key`:
    hash of `at` and `was`, so that one mistake has one correction. `batch`: where it was learned.
    """

    layout = models.CharField("様式", max_length=64)
    key = models.CharField("何の", max_length=64)
    head = models.TextField("見出し")
    at = models.JSONField("どこの", default=dict)
    was = models.JSONField("読み取り", default=dict)
    becomes = models.JSONField("直し", default=dict)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="habits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="habits")

    class Meta:
        """One correction for one mistake of a layout."""

        verbose_name = "覚えた直し"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "layout", "key"], name="ledger_layouthabit_once",
                condition=Q(voided__isnull=True),
            )
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["body", "layout"], name="ledger_layouthabit_layout")
        ]

    def called(self) -> str:
        """The heading."""
        return self.head

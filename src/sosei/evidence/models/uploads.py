"""取込み途中のファイル. A sheet between being handed in and being entered: enciphered, of one person, for a day at most."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from sosei.evidence.models.registers import Register
from sosei.offices.models import Person


class Upload(models.Model):
    """取込み途中のファイル. `sealed`: its name and bytes (`sealedbytes`); nothing of it stands in the clear.

    No part of the book: it goes when it is entered or given up, and after a day in any case.
    """

    id = models.UUIDField("番号", primary_key=True, default=uuid.uuid4, editable=False)
    body = models.CharField("団体コード", max_length=6)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    way = models.CharField("方法", max_length=10)
    sealed = models.BinaryField("暗号文")
    made = models.DateTimeField("受取日時", db_index=True)

    class Meta:
        """Names."""

        verbose_name = "取込み途中のファイル"
        verbose_name_plural = verbose_name
        default_permissions: ClassVar = ()

    @property
    def place(self) -> str:
        """What its bytes are bound to."""
        return f"upload\0{self.body}\0{self.register_id}\0{self.person_id}\0{self.pk}"

"""定義の中身. What a version of a definition says, column by column, as the forms begin with it."""

from __future__ import annotations

from typing import Any

from sosei.ledger import models as m
from sosei.ledger.attributes import COLUMNS


def definition_of(definition: int) -> dict[str, Any]:
    """Return the columns of a version. One query."""
    row: dict[str, Any] = m.Definition.objects.filter(pk=definition).values(*COLUMNS)[0]
    return row

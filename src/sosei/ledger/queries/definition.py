"""定義の中身. What a version of a definition says, column by column, as the forms begin with it; which version holds in a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sosei.ledger import models as m
from sosei.ledger.attributes import COLUMNS


def definition_of(definition: int) -> dict[str, Any]:
    """Return the columns of a version. One query."""
    row: dict[str, Any] = m.Definition.objects.filter(pk=definition).values(*COLUMNS)[0]
    return row


def holding(definitions: Iterable[m.Definition], year: int) -> m.Definition:
    """Return which of an indicator's versions holds in a year: the last that began by then, else the first there is.

    A version's number says when it was written, `from_year` from when on it holds: a later number may be an older year's.
    """
    in_order = sorted(definitions, key=lambda d: (d.from_year, d.version))
    return next((d for d in reversed(in_order) if d.from_year <= year), in_order[0])

"""値を書く. A figure takes the place of the one before it; nothing is rewritten."""

from __future__ import annotations

from typing import Any

from sosei.core.errors import Stale
from sosei.journal.acts import Act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns, same_figure


def current(owner: m.Point | m.Definition, role: str) -> m.Value | None:
    """Return the value in force of a point or definition in a role."""
    return m.Value.objects.filter(
        **{_owner(owner): owner}, role=role, until__isnull=True, voided__isnull=True
    ).first()


def _owner(owner: m.Point | m.Definition) -> str:
    return "point" if isinstance(owner, m.Point) else "of_definition"


def revise(
    w: Act,
    owner: m.Point | m.Definition,
    role: str,
    columns: Columns,
    *,
    before: m.Value | None,
    seen: int | None = None,
    **more: Any,
) -> m.Value | None:
    """Write a figure in the place of `before`; None where it already says so. `seen`: id of the value a person saw (0: none).

    Raises Stale where another value came in since.
    """
    if seen is not None and seen != (before.pk if before else 0):
        raise Stale(what=before.called() if before else "値")
    if before is not None and same_figure(before, columns):
        return None
    if before is not None:
        w.change(before, until=w.at)
    return w.add(m.Value(**{_owner(owner): owner}, role=role, **columns, **more))

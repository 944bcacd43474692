"""数えた経費の語. {% load spent %} {{ row|beside:counts }} · {{ one|in_unit:yen }} 10,010千円"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms, template

from sosei.ledger.queries.spent import SpentShown, Yen

register = template.Library()


@register.filter
def beside(row: forms.Form, counts: Iterable[SpentShown]) -> SpentShown | None:
    """Return the count of the line that a row of the sheet is; None of a new one, and of one that is not counted."""
    said = str(row["spending"].value() or "")
    return next((one for one in counts if str(one.spending) == said and one.parts), None)


@register.filter
def in_unit(one: SpentShown, yen: Yen | None) -> str:
    """Return an amount in the unit of its line, every yen of it."""
    return one.shown(yen) or "－"


@register.filter
def signed(one: SpentShown, yen: Yen) -> str:
    """Return a difference with its sign: ＋1,000円, △5千円."""
    return ("＋" if yen > 0 else "△" if yen < 0 else "") + one.shown(max(yen, -yen))

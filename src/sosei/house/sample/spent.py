"""見本の経費の数え. Terms of the sample's subsidies, and lines of money that are counted from its registers of contracts and grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sosei.evidence import models as em
from sosei.evidence.definitions import table_of
from sosei.evidence.kinds import catalogue
from sosei.house.sample.said import settings
from sosei.ledger import models as m
from sosei.ledger.actions.spent import count_spending_by, record_spent
from sosei.ledger.queries.spent import spent_of_volume
from sosei.offices.models import Person


def definition_with_terms(key: str) -> dict[str, Any]:
    """Return a kind of the catalogue as a register's table, with the terms of the sample's outlines where it is of subsidies."""
    table = table_of(catalogue()[key])
    terms = [dict(one["says"]) for one in settings()["terms"] if one["register"] == key]
    return table | ({"subsidy": table["subsidy"] | {"terms": terms}} if terms else {})


def _counted() -> dict[str, dict[str, Any]]:
    """Return the measures that count lines of money, by the lines' words."""
    return {one["spending"]: one for one in settings()["measure"] if "spending" in one}


def tie_money(by: Person, measures: Mapping[str, em.Measure], volume: m.Volume) -> None:
    """Tie the lines of a report to the measures that count them."""
    rows = m.Spending.objects.filter(entry__volume=volume, label__in=_counted(), voided=None)
    for row in rows.order_by("pk"):
        key = _counted()[row.label or ""]["key"]
        count_spending_by(by=by, spending=row.pk, measures=[measures[key].pk])


def record_money(by: Person, volume: m.Volume, *, every: bool) -> None:
    """Let the lines that are counted to the end rest on their counts; `every`: or those alone that an official did already."""
    done = {label for label, one in _counted().items() if every or one.get("recorded")}
    lines = [one for one in spent_of_volume(by.body, volume.pk) if one.settled and one.label in done]  # fmt: skip
    if lines:
        record_spent(by=by, lines=[one.spending for one in lines], reason="台帳の支払額のとおり")

"""読み通し. Every row of a table in the order of a number, a chunk at a time, even where single rows cannot be understood.

Verifying must not stop at a date or a number that somebody broke by hand: such a row comes back as `Broken`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)
CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Broken:
    """壊れた行. A row whose columns hold what its type cannot be; `key`: its number."""

    key: int


def in_order(rows: models.QuerySet[M], key: str = "pk") -> Iterator[M | Broken]:
    """Yield the rows of a set by a unique number; memory holds one chunk of them."""
    ordered, last = rows.order_by(key), None
    while True:
        ahead = ordered if last is None else ordered.filter(**{f"{key}__gt": last})
        keys = list(ahead.values_list(key, flat=True)[:CHUNK])
        if not keys:
            return
        yield from sturdy(ordered.filter(**{f"{key}__gte": keys[0], f"{key}__lte": keys[-1]}), key)
        last = keys[-1]


def sturdy(rows: models.QuerySet[M], key: str = "pk") -> list[M | Broken]:
    """Return the rows of a set, those that cannot be understood as `Broken`."""
    try:
        return list(rows)
    except (ValueError, TypeError, ArithmeticError):
        return [_one(rows, key, value) for value in rows.values_list(key, flat=True)]


def _one(rows: models.QuerySet[M], key: str, value: int) -> M | Broken:
    try:
        return rows.get(**{key: value})
    except (ValueError, TypeError, ArithmeticError):
        return Broken(value)


@contextmanager
def snapshot() -> Iterator[None]:
    """See the database as it is at one moment while others go on writing; inside a transaction, as that sees it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        yield from _deferred()
    else:
        with transaction.atomic():
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _deferred() -> Iterator[None]:
    """Open a reading transaction: `atomic` would take the one lock for writers."""
    _run("BEGIN DEFERRED")
    try:
        yield
    finally:
        _run("ROLLBACK")


def _run(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)

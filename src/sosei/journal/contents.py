"""行の内容. What a row says, in the form that is digested and kept: by names that stay, without what says nothing.

A later program gives a table one more column, or a better name. What was sealed before must still fit, and what was
changed behind the program's back must still be found. So a column that says nothing is left out, and a column keeps
the name under which the journal first knew it (docs/adr/0015). Each column has exactly one value that says nothing, so
two rows with the same digest say the same. It is told from the column's kind, never from its default, which may change.

Models as migrations know them serve as well as the present ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.db import models

_WORDS: Final = (models.CharField, models.TextField)
_NUMBERS: Final = (models.IntegerField, models.FloatField, models.DecimalField)


def content(row: models.Model) -> dict[str, Any]:
    """Return every column of a row as loaded, by name."""
    return {
        field.attname: column(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }


def kept(row: models.Model, known_as: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row says as it is digested and kept; `known_as`: columns that the journal knows by another name."""
    return {
        known_as.get(field.attname, field.attname): value
        for field in row._meta.concrete_fields
        if not _says_nothing(field, value := column(field, getattr(row, field.attname)))
    }


def whole(
    kind: type[models.Model], said: Mapping[str, Any], known_as: Mapping[str, str]
) -> dict[str, Any]:
    """Return every column of what was kept, by its present name; what is no column any more is left out."""
    found = {}
    for field in kind._meta.concrete_fields:
        name = known_as.get(field.attname, field.attname)
        found[field.attname] = column(field, said[name]) if name in said else _fresh(field)
    return found


def column(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value as its column gives it back: a date written as text compares as a date."""
    return field.to_python(value) if value is not None else None


@cache
def nothing(field: models.Field[Any, Any]) -> Any:
    """Return the one value of a column that says nothing; None also where every value says something.

    >>> nothing(models.TextField()), nothing(models.TextField(null=True)), nothing(models.IntegerField(default=1))
    ('', None, 0)
    """
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        usual = field.get_default()
        return [] if isinstance(usual, list) else {}
    if isinstance(field, _WORDS):
        return ""
    if isinstance(field, models.BooleanField):
        return False
    return 0 if isinstance(field, _NUMBERS) else None


def _says_nothing(field: models.Field[Any, Any], value: Any) -> bool:
    empty = nothing(field)
    if isinstance(field, models.JSONField) and empty is not None:
        kind = (list, tuple) if isinstance(empty, list) else dict
        return isinstance(value, kind) and not value
    return bool(value == empty)


def _fresh(field: models.Field[Any, Any]) -> Any:
    """Return what says nothing, never the same list twice."""
    empty = nothing(field)
    return type(empty)() if isinstance(empty, (list, dict)) else empty

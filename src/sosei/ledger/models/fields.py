"""欄. Columns that several tables share.

A word of a report is one column; where it stands in its source and how it was spelled there is in the row's `trace`:
{"name": {"raw": "…", "place": [{…}]}}, so that every column keeps its place, and the words stay plain to search.
"""

from __future__ import annotations

from typing import Any

from django.db import models


def words(label: str, **more: Any) -> models.TextField[Any, Any]:
    """Return a column for words; None: not said (an empty string is never stored)."""
    return models.TextField(label, null=True, blank=True, **more)


def code(label: str, length: int = 20, **more: Any) -> models.CharField[Any, Any]:
    """Return a column for a stable code; None: not said."""
    return models.CharField(label, max_length=length, null=True, blank=True, **more)


def year(label: str, **more: Any) -> models.PositiveSmallIntegerField[Any, Any]:
    """Return a column for a fiscal year, as its April's calendar year; None: not said."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True, **more)


def trace() -> models.JSONField[Any, Any]:
    """Return the column that keeps where each word of the row stands."""
    return models.JSONField("所在", default=dict, blank=True)


def ext() -> models.TextField[Any, Any]:
    """Return the column for what the contract lets anyone add, as JSON text (numbers come back as they were)."""
    return models.TextField("拡張", blank=True, default="")

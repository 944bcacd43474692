"""台帳の表. Every table of the book, and the table that the journal knows by a name."""

from __future__ import annotations

from django.apps import apps

from sosei.journal.models import Fact


def facts() -> list[type[Fact]]:
    """Return every table of the book."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def kind_of(table: str) -> type[Fact] | None:
    """Return the table that the journal knows by a name ("ledger.line"), None where there is none in the book."""
    return next((kind for kind in facts() if kind.table() == table), None)

"""欄. The fields that several forms share: a day, a choice of a numbered row, and the choices that are offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar where there is one."""
    widget = forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def number_field(label: Any, **more: Any) -> forms.TypedChoiceField:
    """Return a field that chooses a row by its number; None where nothing is chosen. `offer` gives it its choices."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, **more)


def offer(
    form: forms.Form, name: str, choices: Sequence[tuple[Any, str]], nothing: str | None = None
) -> None:
    """Offer the choices of a field; `nothing`: the words of choosing none, None where one must be chosen."""
    blank = [] if nothing is None else [("", nothing)]
    form.fields[name].choices = [*blank, *choices]  # type: ignore[attr-defined]

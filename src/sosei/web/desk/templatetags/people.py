"""人の語. {{ names|named:step.by }} the name of a person by his number; {{ act|done }} what a line of the journal is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from sosei.web.desk.saying import lang

register = template.Library()


@register.filter
def named(names: Mapping[int, str], number: int | None) -> str:
    """Return what a person is called; nothing for the program itself."""
    return names.get(number or 0, "")


@register.filter
def done(line: Any) -> str:
    """Return what a line of the journal says was done."""
    return str(line.called(lang()))

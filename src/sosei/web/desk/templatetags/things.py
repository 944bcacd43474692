"""物の語. Where the page of a thing of the book is: {% thing ref %} of a kind ("entry", 12). {% load things %}"""

from __future__ import annotations

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def thing(ref: tuple[str, int]) -> str:
    """Return the address of a thing's page; a kind is the name of its page."""
    kind, number = ref
    return reverse(f"desk:{kind}", args=[number])

"""証拠書類の語. {% load documents %} {{ row.sort|document_sort }} 契約書 · {{ row.size|file_size }} · {{ row.state|document_state }}"""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from sosei.web.desk import documentwords
from sosei.web.desk.saying import say

register = template.Library()


@register.filter
def document_sort(code: str) -> str:
    """Show what a sort of document is called."""
    return documentwords.sort_name(code)


@register.filter
def document_level(code: str) -> str:
    """Show what a class of confidentiality is called."""
    return documentwords.level_name(code)


@register.filter
def document_format(code: str) -> str:
    """Show what a form of file is called."""
    return documentwords.format_name(code)


@register.filter
def document_state(code: str) -> str:
    """Show how a document stands."""
    return documentwords.state_name(code)


@register.filter
def file_size(size: int) -> str:
    """Show how large a file is."""
    return documentwords.size_shown(size)


@register.simple_tag
def papers_of(found: Mapping[str, int], of: int, number: int) -> str:
    """Show how many documents an entry has; that there is none is said."""
    n = found.get(f"{of}:{number}", 0)
    return say("{n}点", "{n}", n=n) if n else say("なし", "none")

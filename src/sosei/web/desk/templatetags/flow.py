"""手続の語. Words of the flow in templates: a lock's why, until, who; a step's verb; a moment; the state of an opinion."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sosei.journal.verbs import called
from sosei.ledger.flow import Lock, group_name, stage_name
from sosei.ledger.queries.pack import state_name
from sosei.web.desk.saying import lang
from sosei.web.desk.templatetags.days import day

register = template.Library()
_TONES: Final = {
    "waiting": "waiting",
    "open": "doing",
    "late": "late",
    "done": "done",
    "answered": "done",
}
_ENGLISH: Final = {
    "waiting": "no answer yet",
    "open": "promised",
    "late": "overdue",
    "done": "done",
    "answered": "answered",
}


@register.simple_tag
def why(lock: Lock) -> str:
    """Say why something is locked, as a sentence."""
    return f"{lock.why()}ためです。" if lang() == "ja" else f"{lock.why('en').capitalize()}."


@register.simple_tag
def until(lock: Lock) -> str:
    """Say until what happens."""
    return lock.until(lang())


@register.simple_tag
def lifts(lock: Lock) -> str:
    """Say who can lift it, and how."""
    return lock.who(lang())


@register.filter
def group(code: str) -> str:
    """Show what a group of fields is called."""
    return group_name(code, lang())


@register.filter
def verb_name(verb: str) -> str:
    """Show what a step is called."""
    return called(verb, lang())


@register.filter
def moment(at: datetime) -> str:
    """Show a day and an hour."""
    return f"{day(at)} {timezone.localtime(at):%H:%M}"


@register.filter
def in_tongue(line: Any) -> tuple[str, str, str]:
    """Say where, wrong and right of a correction in the page's language."""
    said: tuple[str, str, str] = line.said(lang())
    return said


@register.filter
def sha(text: str) -> SafeString:
    """Show the head of a hash; opened, the whole of it, which one click selects."""
    return format_html(
        '<details class="sha"><summary><code>{}…</code></summary><code class="sha-whole">{}</code></details>',
        text[:12],
        text,
    )


@register.simple_tag
def opinion_state(state: str) -> SafeString:
    """Show how far the answer to an opinion is, as a badge."""
    words = state_name(state) if lang() == "ja" else _ENGLISH[state]
    return format_html('<span class="badge badge-{}">{}</span>', _TONES[state], words)


@register.simple_tag
def stage_word(code: str) -> str:
    """Show the word of a stage alone, without a badge."""
    return stage_name(code, lang())

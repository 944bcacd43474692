"""日の語. Days as letters write them: {{ due|day }} 令和5年6月21日（水）, {{ due|day:"short" }} 6月21日（水）."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from sosei.publishing.inquiry.days import day_shown
from sosei.web.desk.saying import lang

register = template.Library()


@register.filter
def day(value: date | datetime | None, style: str = "") -> str:
    """Show a day; `short`: without its year."""
    if value is None:
        return ""
    one = timezone.localtime(value).date() if isinstance(value, datetime) else value
    shown = day_shown(one, lang())
    if style != "short":
        return shown
    return shown.partition("年")[2] if lang() == "ja" else shown.rpartition(" ")[0]


@register.filter
def sentence(said: Any) -> str:
    """Show the sentence of a refusal, a lock or a problem in the page's language."""
    return str(said.sentence(lang()))

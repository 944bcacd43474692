"""数えの語. {% load measures %} {{ answer|counted:unit }} 33社 or 集計中 · {{ month|month }} · {{ counts|of_line:5 }}"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sosei.evidence.measures.standing import Answer
from sosei.web.desk import measurewords
from sosei.web.desk.saying import lang, say

register = template.Library()


@register.filter
def counted(answer: Answer, unit: str | None = None) -> SafeString:
    """Show what is counted: the number with its unit, or that it is still being counted."""
    if answer.value is not None:
        shown = measurewords.number_shown(answer.value, unit)
        return format_html('<span class="figure is-number">{}</span>', shown)
    return format_html('<span class="figure is-gap">{}</span>', measurewords.gap_words(answer))


@register.simple_tag
def lacking(answer: Answer, unit: str | None, asked: int) -> SafeString:
    """Show what is counted so far and what is missing, a line each; of what is counted to the end, whose answers it rests on where some are silent."""
    settled = answer.value is not None
    parts = measurewords.rests_on(answer, asked) if settled else measurewords.lacking(answer, unit, asked)  # fmt: skip
    return format_html_join("", '<span class="figure-more">{}</span>', ((part,) for part in parts))


@register.filter
def number_of_unit(number: Any, unit: str | None = None) -> str:
    """Show a number with its unit."""
    return measurewords.number_shown(number, unit)


@register.filter
def month(text: str) -> str:
    """Show a month in words."""
    return measurewords.month_shown(text)


@register.filter
def cells(answer: Answer) -> Any:
    """Return the cells that are not there, by their value."""
    return measurewords.missing_cells(answer).items()


@register.filter
def said(shown: Any) -> str:
    """Show a measure as a sentence in the page's language."""
    return str(shown.sentence(lang()))


@register.filter
def of_line(counts: Iterable[Any], line: int) -> list[Any]:
    """Return the counts of one line."""
    return [one for one in counts if one.line == line]


@register.filter
def of_row(counts: Iterable[Any], row: Any) -> list[Any]:
    """Return the counts of a row of the grid: of its line, in its role."""
    return [one for one in counts if one.line == row.line and one.role == row.role]


@register.filter
def of_key(table: Any, key: Any) -> Any:
    """Return what a table has under a key."""
    return table.get(key)


@register.filter
def at(several: Any, n: int) -> Any:
    """Return one of several by its place."""
    return several[n]


@register.simple_tag
def version_said(version: Any, kinds: Any) -> str:
    """Show an earlier measure as a sentence."""
    return str(version.sentence(kinds, lang()))


@register.simple_tag
def stratum(one: Any, what: str = "") -> str:
    """Show by what a breakdown goes; `head`: for its column."""
    field = one.kind.fields.get(one.field or "")
    by = say("月", "month") if field is None else field.ja if lang() == "ja" else field.en
    if what == "head":
        return by
    return say(
        "{by}ごとの件数（{n}）", "Entries by {by} ({n})", by=by, n=one.kind.called(lang=lang())
    )

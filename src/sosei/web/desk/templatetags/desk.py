"""雛形の語. Words of the desk's templates; built in, so that no template loads them.

{% say "保存" "Save" %} · {{ year|wareki }} · {{ amount|yen:"千円" }} · {{ value|figure:"人" }} · {{ "counting"|gap }}
{% severity finding %} · {% stage "draft" %} · {{ places|place }} · {% icon "warn" %}
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from sosei.checking.finding import Severity
from sosei.core.fields import word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.formats import format_shown
from sosei.core.money import show_yen
from sosei.core.report import MoneyUnit, Place, Value
from sosei.core.shown import show_number, show_value, unstated
from sosei.publishing.pagerefs import where
from sosei.web.desk import stages
from sosei.web.desk.saying import lang, say, tongue

register = template.Library()

_SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Note"}


@register.simple_tag(name="say")
def _say(ja: str, en: str, **facts: Any) -> SafeString:
    """Say a sentence in the page's language; facts are escaped, the sentence itself is the template's."""
    return (
        format_html(say(ja, en), **facts) if facts else SafeString(conditional_escape(say(ja, en)))
    )


@register.filter(name="tongue")
def _tongue(thing: Any, name: str = "") -> str:
    """Show the page's language of a thing with `ja` and `en`."""
    return tongue(thing, name)


@register.simple_tag(takes_context=True)
def wareki(context: Context, year: int | None) -> str:
    """Show a fiscal year as the office writes it: 令和4年度（2022年度）, 令和4年度 or 2022年度."""
    if year is None:
        return ""
    frame = context.get("frame")
    return show_fiscal(int(year), frame.office.years_shown if frame else "both")


def show_fiscal(year: int, style: str) -> str:
    """Show a fiscal year in a style of `Office.years_shown`; English is western alone."""
    if lang() == "en":
        return f"FY{year}"
    if year not in RANGE or style == "western":
        return f"{year}年度"
    return str(FiscalYear(year)) if style == "wareki" else FiscalYear(year).both


@register.filter
def era(year: int | None) -> str:
    """Show a fiscal year in the narrowest form, for heads of table columns: R4, FY2022."""
    if year is None:
        return ""
    return FiscalYear(int(year)).short if lang() == "ja" and int(year) in RANGE else f"FY{year}"


@register.filter
def yen(amount: int | Decimal | None, unit: MoneyUnit = "円") -> str:
    """Show a sum of money in a unit, every yen of it; － where there is none."""
    return "－" if amount is None else show_yen(amount, unit)


@register.filter
def number(amount: Any) -> str:
    """Show a number with commas; － where there is none."""
    return "－" if amount is None else show_number(amount)


@register.filter
def figure(value: Value | Literal[""] | None, unit: str | None = None) -> SafeString:
    """Show a figure as in the published report: its first line, then what the first cannot say; a gap is marked.

    That it is final is not said: 速報 and 見込 are.

    An empty word is what a template makes of `year.actual.core` where there is no actual.
    """
    if not value:
        return format_html('<span class="figure is-blank">{}</span>', "－")
    first, *more = show_value(unstated(value), unit=unit, lang=lang())
    kind = "gap" if value.gap is not None else "text" if value.text is not None else "number"
    rest = format_html_join("", '<span class="figure-more">{}</span>', ((line,) for line in more))
    return format_html('<span class="figure is-{}">{}{}</span>', kind, first, rest)


@register.filter
def gap(code: str | None) -> str:
    """Show why a figure is absent, in words: 集計中."""
    return word("Value.gap", code, lang()) if code else ""


@register.filter
def file_format(code: str | None) -> str:
    """Show the format of a file as people call it: Excel, テキスト."""
    return format_shown(code, lang())


@register.filter
def place(places: Place | tuple[Place, ...] | None) -> str:
    """Show where something stands in its source: ページ3, シート「実績」C7."""
    found = () if places is None else (places,) if isinstance(places, Place) else places
    said = dict.fromkeys(where(one, lang()) for one in found)
    return "、".join(words for words in said if words)


@register.simple_tag
def severity(finding: Any) -> SafeString:
    """Show how much a finding weighs as a badge; takes a finding, a `Severity` or its code."""
    found = Severity(getattr(finding, "severity", finding))
    words = say(found.ja, _SEVERITIES[found.value])
    return format_html('<span class="badge badge-{}">{}</span>', found.value, words)


@register.simple_tag
def stage(code: str) -> SafeString:
    """Show how far an entry, a volume or a batch is, as a badge."""
    return format_html('<span class="badge badge-{}">{}</span>', *stages.shown(code))

"""根拠台帳の語. {% load registers %} {{ kind|register_kind }} 名簿 · {{ kind|called }} · {{ day|plain_day }} · {% way_to "desk:register_import" pk as url %}"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.sheets.columns import Column
from sosei.evidence.typed import typed_columns
from sosei.web.desk import registerwords
from sosei.web.desk.frame import quietly
from sosei.web.desk.saying import lang, say
from sosei.web.desk.templatetags.desk import show_fiscal

register = template.Library()


@register.filter
def register_kind(kind: Any) -> str:
    """Show what a kind of register is called: 名簿, 記録."""
    return registerwords.kind_name(kind)


@register.filter
def register_kind_line(kind: Any) -> str:
    """Show what an entry of a kind of register is."""
    return registerwords.kind_line(kind)


@register.filter
def called(kind: RegisterKind) -> str:
    """Show what a register is called in the page's language."""
    return registerwords.register_name(kind)


@register.filter
def about(kind: RegisterKind) -> str:
    """Show whom a register is about."""
    return say(*registerwords.SUBJECTS[kind.subject])


@register.filter
def columns(kind: RegisterKind) -> tuple[Column, ...]:
    """Return the columns of a register as a page asks for them."""
    return typed_columns(kind)


@register.filter
def column_called(column: Column) -> str:
    """Show what a column is called."""
    return column.called(lang())


@register.filter
def column_kind(column: Column) -> str:
    """Show what a column holds: 文字, 数（人）."""
    return registerwords.column_kind(column)


@register.filter
def plain_day(day: date | None) -> str:
    """Show a day without its day of the week."""
    return registerwords.plain_day(day)


@register.filter
def plain_year(year: int | None) -> str:
    """Show a fiscal year where there is little room: 令和3年度."""
    return "" if year is None else show_fiscal(year, "wareki")


@register.filter
def way_in(way: str) -> str:
    """Show in which way entries came: 貼付け, ファイルの取込み."""
    return say(*registerwords.WAYS[way])


@register.filter
def latest_first(years: Iterable[int]) -> list[int]:
    """Put years in order, the latest first."""
    return sorted(years, reverse=True)


@register.filter
def in_tongue_of(said: Mapping[str, str]) -> str:
    """Show the page's language of what is said in both: {"ja": …, "en": …}."""
    return said.get(lang(), "")


@register.filter
def in_words(one: Any) -> str:
    """Show a note or a doubt about a sheet in the page's language."""
    return str(one.sentence(lang()))


@register.filter
def asks_persons(columns: Iterable[Any]) -> bool:
    """Whether columns of a form ask who a person is."""
    return any(column.personal for column in columns)


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key."""
    return found.get(key)


@register.filter
def said_value(value: Any) -> str:
    """Show a value of an attribute in words."""
    return registerwords.value_shown(value)


@register.filter
def chosen(field: Any) -> str:
    """Return the words of what is chosen in a field of choices."""
    value = str(field.value() or "")
    return next((str(words) for code, words in field.field.choices if str(code) == value), "")


@register.simple_tag
def way_to(name: str, *args: Any) -> str:
    """Return the address of a page that may not be there; nothing where it is not."""
    return quietly(name, *args) or ""

"""補助の計算の語. {% load subsidies %} {% for said in kind|rules %} · {% for one in kind|reckoned:record %} · {{ form|beside_of:field }}"""

from __future__ import annotations

from typing import Any

from django import forms, template

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.queries import reckoning
from sosei.evidence.queries.reckoning import Sum
from sosei.web.desk.forms.registerentry import OWN
from sosei.web.desk.saying import say

register = template.Library()


@register.filter
def rules(kind: RegisterKind) -> list[str]:
    """Return the rules of a register as sentences."""
    return [say(*one) for one in reckoning.rules_said(kind)]


@register.filter
def reckoned(kind: RegisterKind, record: Record) -> list[tuple[str, Sum, str]]:
    """Return what is reckoned of an entry: what it is called, the sum, and how it comes about."""
    found = reckoning.reckoned(kind, record)
    return [
        (f"{_field(kind, one)}{say('：', ': ')}{say(*one.called)}", one, say(*one.how))
        for one in found
    ]


@register.filter
def reckoned_in(form: Any) -> list[tuple[str, Sum, str]]:
    """Return what is reckoned of what stands in the form of an entry."""
    kind: RegisterKind = form.kind
    found = reckoning.reckoned_typed(kind, form.columns, _said(form))
    return [
        (f"{_field(kind, one)}{say('：', ': ')}{say(*one.called)}", one, say(*one.how))
        for one in found
    ]


@register.filter
def without_terms(kind: RegisterKind, record: Record) -> str:
    """Say that the most of an entry is not reckoned, and why; nothing where it is."""
    found = reckoning.without_terms(kind, record)
    return say(*found) if found else ""


@register.filter
def without_terms_in(form: Any) -> str:
    """Say the same of what stands in the form of an entry."""
    found = reckoning.without_terms_typed(form.kind, form.columns, _said(form))
    return say(*found) if found else ""


@register.filter
def beside(field: forms.BoundField, found: list[tuple[str, Sum, str]]) -> list[tuple[str, Sum, str]]:  # fmt: skip
    """Return what is reckoned of the column that a field is of."""
    return [one for one in found if field.name in (f"{OWN}{one[1].field}", f"{OWN}field:{one[1].field}")]  # fmt: skip


def _said(form: Any) -> dict[str, str]:
    return {one.key: _text(form[OWN + one.key]) for one in form.columns if OWN + one.key in form.fields}  # fmt: skip


def _text(field: forms.BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


def _field(kind: RegisterKind, one: Sum) -> str:
    field = kind.fields[one.field]
    return say(field.ja, field.en)

"""試す. An action asked for by a form: a refusal becomes words at the field that they are about, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms

from sosei.core.errors import (
    NoReason,
    NotAllowed,
    SoseiError,
    Stale,
    UnknownUnit,
    UnreadableFigure,
    UnreadablePeriod,
)
from sosei.ledger.doubts import AmountJump, BlankFigure, OtherUnit, SumDiffers, WhenCounted
from sosei.web.desk.saying import lang
from sosei.web.desk.seen import went_stale

Where = Mapping[type[SoseiError], str]
#: The fields of the desk's forms that a refusal is about, where a form has such a field.
_USUAL: Final[Where] = {
    BlankFigure: "text",
    OtherUnit: "text",
    UnreadableFigure: "text",
    UnknownUnit: "text",
    WhenCounted: "expected_on",
    NoReason: "reason",
    AmountJump: "amount",
    SumDiffers: "amount",
    UnreadablePeriod: "period",
}


def tried(form: forms.BaseForm, act: Callable[[], object], where: Where | None = None) -> bool:
    """Do it; False where it is refused, with the refusal in the form. Raises NotAllowed: no form mends that."""
    try:
        act()
    except NotAllowed:
        raise
    except SoseiError as error:
        if isinstance(error, Stale):
            went_stale(form)
        form.add_error(_field(form, error, {**_USUAL, **(where or {})}), sentence(error))
        return False
    return True


def tried_rows(rows: forms.BaseFormSet[Any], act: Callable[[], object]) -> str | None:
    """Do what a form of many rows asks for; return the sentence of the refusal, None where there is none. Raises NotAllowed."""
    try:
        act()
    except NotAllowed:
        raise
    except SoseiError as error:
        if isinstance(error, Stale):
            went_stale(rows)
        return sentence(error)
    return None


def sentence(error: SoseiError) -> str:
    """Return a refusal with its code."""
    return f"{error.sentence(lang())}（{error.code}）"


def _field(form: forms.BaseForm, error: SoseiError, where: Where) -> str | None:
    name = next((field for kind, field in where.items() if isinstance(error, kind)), None)
    return name if name in form.fields else None

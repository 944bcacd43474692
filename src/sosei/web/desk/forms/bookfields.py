"""欄. The fields that the forms of the book are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from sosei.core.fields import word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.web.desk.saying import lang, said

Choices = list[tuple[Any, Any]]
FIGURE: Final = {"class": "is-figure", "inputmode": "decimal", "autocomplete": "off"}
DAY: Final = {"type": "date", "class": "is-short"}
NONE: Final = ("", said("（記載なし）", "(not said)"))


#: A figure that is left blank is no zero.
BLANK: Final = said(
    "空欄です。0のときは「0」、まだ分からないときは「集計中」と書いてください。",
    "Blank. Write 0 if it is zero, 集計中 if it is not known yet.",
)


def figure(ja: str, en: str, **more: Any) -> forms.CharField:
    """Return a field for a figure, as offices write it."""
    return forms.CharField(
        label=said(ja, en), max_length=60, error_messages={"required": BLANK},
        widget=forms.TextInput(attrs=dict(FIGURE)), **{"required": False, **more},
    )  # fmt: skip


def words(ja: str, en: str, *, rows: int = 1, **more: Any) -> forms.CharField:
    """Return a field for words."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=said(ja, en), max_length=4000, required=False, widget=widget, **more
    )  # fmt: skip


def day(ja: str, en: str, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs=dict(DAY), format="%Y-%m-%d")
    return forms.DateField(label=said(ja, en), widget=widget, **more)


def choice(ja: str, en: str, choices: Choices, **more: Any) -> forms.ChoiceField:
    """Return a field for one of several, none among them."""
    return forms.ChoiceField(
        label=said(ja, en), choices=[NONE, *choices], required=False, **more
    )  # fmt: skip


def coded(field: str, codes: Iterable[str]) -> Choices:
    """Return choices for the codes of a field of the contract."""
    return [(code, said(word(field, code), word(field, code, "en"))) for code in codes]


def reason(**more: Any) -> forms.CharField:
    """Return the field for a reason."""
    return words(
        "理由", "Reason", rows=2,
        **{"help_text": said("後から見た人に伝わるように書いてください。", "So that whoever looks at it later understands."), **more},
    )  # fmt: skip


def years(among: Iterable[int], *, short: bool = False) -> Choices:
    """Return choices of fiscal years."""
    if lang() == "en":
        return [(year, f"FY{year}") for year in among if year in RANGE]
    return [
        (year, FiscalYear(year).short if short else FiscalYear(year).both)
        for year in among
        if year in RANGE
    ]

"""欄. The fields that forms are made of: words, figures, days and moments, choices, rows chosen by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sosei.core.days import read_day
from sosei.core.fields import word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.text import narrow
from sosei.journal.clock import today
from sosei.web.desk.saying import lang, said

Choices = Sequence[tuple[Any, Any]]
FIGURE: Final = {"class": "is-figure", "inputmode": "decimal", "autocomplete": "off"}
NONE: Final = ("", said("（記載なし）", "(not said)"))

#: A figure that is left blank is no zero.
BLANK: Final = said(
    "空欄です。0のときは「0」、まだ分からないときは「集計中」と書いてください。",
    "Blank. Write 0 if it is zero, 集計中 if it is not known yet.",
)
#: Days this many years ahead are slips of the hand (2206 for 2026).
_AHEAD: Final = 30
_HOW: Final = said(
    "日付として読み取れません。「2026-04-03」「2026/4/3」「R8.4.3」「令和8年4月3日」のように、年から書いてください。",
    "This is not a day. Begin with the year: 2026-04-03, 2026/4/3, R8.4.3 or 令和8年4月3日.",
)
_HOW_MOMENT: Final = said(
    "日時として読み取れません。「2026-04-03 17:15」「R8.4.3 17:15」のように、年から書いてください。",
    "This is not a moment. Begin with the year: 2026-04-03 17:15 or R8.4.3 17:15.",
)
_FAR: Final = said(
    "年を確かめてください。{first}年から{last}年までの日を書いてください。",
    "Check the year: it must be from {first} to {last}.",
)
_CLOCK: Final = re.compile(
    r"(?P<day>.+?)(?:T| )[ ]*(?P<h>[0-9]{1,2})[ ]?[:時][ ]?(?P<m>[0-9]{2})(?::[0-9.]+|分)?"
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
        label=said(ja, en), widget=widget, **{"required": False, "max_length": 4000, **more}
    )  # fmt: skip


def reason(**more: Any) -> forms.CharField:
    """Return the field for a reason."""
    return words(
        "理由", "Reason", rows=2,
        **{"help_text": said("後から見た人に伝わるように書いてください。", "So that whoever looks at it later understands."), **more},
    )  # fmt: skip


# -- days and moments -------------------------------------------------------------------------------------------------


class DayField(forms.DateField):
    """日の欄. What a browser's calendar sends, and what an office writes; never a guess (`core.days`)."""

    def to_python(self, value: Any) -> date | None:
        """Return the day. Raises ValidationError: not read, or of a year that no one here means."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        return _day(str(value), self.error_messages["invalid"])

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was sent as a day, so that a browser's calendar shows it again."""
        return read_day(data or "") or data


class MomentField(forms.DateTimeField):
    """日時の欄. A day as in `DayField`, and the time by the office's clock."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment. Raises ValidationError."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        found = _CLOCK.fullmatch(narrow(str(value)).strip())
        if found is None or int(found["h"]) > 23 or int(found["m"]) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = _day(found["day"], self.error_messages["invalid"])
        return timezone.make_aware(datetime.combine(day, time(int(found["h"]), int(found["m"]))))


def _day(text: str, how: Any) -> date:
    day, last = read_day(text), today().year + _AHEAD
    if day is None:
        raise ValidationError(how, code="invalid")
    if not RANGE.start <= day.year <= last:
        raise ValidationError(str(_FAR).format(first=RANGE.start, last=last), code="year")
    return day


def day(ja: str, en: str, **more: Any) -> DayField:
    """Return a field for a day, with the browser's own calendar where there is one."""
    widget = forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d")
    return DayField(label=said(ja, en), widget=widget, error_messages={"invalid": _HOW}, **more)


def moment(ja: str, en: str, **more: Any) -> MomentField:
    """Return a field for a day and a time."""
    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "class": "is-short"}, format="%Y-%m-%dT%H:%M"
    )
    return MomentField(
        label=said(ja, en), widget=widget, error_messages={"invalid": _HOW_MOMENT}, **more
    )  # fmt: skip


# -- choices ----------------------------------------------------------------------------------------------------------


def _never_offered() -> Choices:
    raise LookupError("this field's choices are known only by request: give them with offer()")


def choice(
    ja: str, en: str, choices: Choices | Callable[[], Choices] = _never_offered, **more: Any
) -> forms.ChoiceField:
    """Return a field for one of several, none among them. Without `choices`, `offer` has to give them."""
    given = choices if callable(choices) else [NONE, *choices]
    return forms.ChoiceField(label=said(ja, en), choices=given, **{"required": False, **more})


def pick(
    ja: str, en: str, choices: Choices | Callable[[], Choices] = _never_offered, **more: Any
) -> forms.TypedChoiceField:
    """Return a field that chooses a row or a year by its number; None where nothing is chosen. `choices`: as in `choice`."""
    return forms.TypedChoiceField(
        label=said(ja, en), choices=choices, coerce=int, empty_value=None, **more
    )  # fmt: skip


def offer(form: forms.Form, name: str, choices: Choices, nothing: Any = None) -> None:
    """Offer the choices of a field; `nothing`: the words of choosing none, None where one must be chosen."""
    blank = [] if nothing is None else [("", nothing)]
    form.fields[name].choices = [*blank, *choices]  # type: ignore[attr-defined]


def coded(field: str, codes: Iterable[str]) -> Choices:
    """Return choices for the codes of a field of the contract."""
    return [(code, said(word(field, code), word(field, code, "en"))) for code in codes]


def years(among: Iterable[int], *, short: bool = False) -> Choices:
    """Return choices of fiscal years."""
    if lang() == "en":
        return [(year, f"FY{year}") for year in among if year in RANGE]
    return [
        (year, FiscalYear(year).short if short else FiscalYear(year).both)
        for year in among
        if year in RANGE
    ]

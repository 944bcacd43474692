"""公開フォームの入力欄. What the public types: the columns that a form asks, a field that stays empty, the ticket of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.refusals_forms import SaidWrong
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.refusals import MyNumberFound, NothingSaid
from sosei.evidence.typed import Slip
from sosei.web.desk.forms.registerentry import OWN, field_of
from sosei.web.desk.saying import lang, said, say

#: The field that people do not see; named as machines like it.
HONEY: Final = "homepage"
#: What browsers may fill in of whoever types.
_AUTOCOMPLETE: Final[Mapping[str, str]] = {
    "name": "name", "mail": "email", "phone": "tel", "address": "street-address", "who": "organization",
}  # fmt: skip
_BLANK: Final = ("空欄です。書いてください。", "This is blank. Please fill it in.")
_HELP: Final[Mapping[str, Any]] = {
    "number": said("13桁。分かるときだけ書いてください。", "Thirteen digits, where you know it."),
    "kana": said("氏名の読みを書いてください。", "How your name is read."),
}


class PublicForm(forms.Form):
    """What is asked. `values`: what was typed, by the keys of the columns."""

    def __init__(
        self, *args: Any, kind: RegisterKind, columns: Sequence[Column], **more: Any
    ) -> None:
        """Make a field for each column."""
        super().__init__(*args, **more)
        self.columns = columns
        for column in columns:
            self.fields[OWN + column.key] = _public(field_of(column, kind, {}), column)

    @property
    def values(self) -> dict[str, str]:
        """Return what was typed."""
        return {one.key: str(self.data.get(OWN + one.key, "")) for one in self.columns}

    def clean(self) -> dict[str, Any]:
        """Leave every reading to who takes it: what is lacking or wrong is said there, once."""
        self.errors.clear()
        return dict(self.cleaned_data)

    def refused(self, wrong: SaidWrong) -> None:
        """Say of each slip at its field what is wrong; an Individual Number is repeated nowhere."""
        for slip in wrong.slips:
            if isinstance(slip, Slip):
                self._slip(slip)

    def _slip(self, slip: Slip) -> None:
        name = None if slip.column is None else OWN + slip.column
        name = name if name in self.fields else None
        if name is not None and isinstance(slip.refusal, MyNumberFound):
            data: Any = self.data
            kept = data.copy()
            kept[name] = ""
            self.data = kept
        blank = isinstance(slip.refusal, NothingSaid)  # its own sentence speaks of registers
        self.add_error(name, say(*_BLANK) if blank else slip.sentence(lang()))


def _public(field: forms.Field, column: Column) -> forms.Field:
    """Make a field fit for who knows nothing of registers."""
    field.help_text = _HELP.get(column.key, "")
    auto = _AUTOCOMPLETE.get(column.key)
    if auto is not None:
        field.widget.attrs["autocomplete"] = auto
    if column.type == "mail":
        field.widget.attrs["inputmode"] = "email"
    if column.type == "phone":
        field.widget.attrs["inputmode"] = "tel"
    return field


def initial_said(values: Mapping[str, str]) -> dict[str, str]:
    """Return what stands, as a form begins with it."""
    return {OWN + key: value for key, value in values.items()}

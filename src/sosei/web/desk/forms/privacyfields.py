"""個人情報の訂正の欄. Who a person is, and what an entry says in personal fields: read as the rows of sheets are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from sosei.evidence.drafts import Who
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Literal_
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.refusals import MyNumberFound
from sosei.evidence.typed import read_apart, typed_columns
from sosei.web.desk.forms.fields import reason
from sosei.web.desk.forms.registerentry import OWN, field_of, typed_value
from sosei.web.desk.saying import lang, said, say

_NAMELESS = said(
    "証跡に残り、消せません。氏名や連絡先、直した値は書かないでください。",
    "It stays in the journal for ever: no name, no contact, nothing of what was corrected.",
)


def personal_columns(kind: RegisterKind, *, fields: bool) -> tuple[Column, ...]:
    """Return the columns of a register that say who a person is, or (`fields`) those declared personal."""
    return tuple(one for one in typed_columns(kind) if one.personal and (one.field is not None) == fields)  # fmt: skip


class PersonalForm(forms.Form):
    """What is said of a person. `read`: what was typed, by the keys of columns, where nothing is wrong with it."""

    def __init__(
        self, *args: Any, kind: RegisterKind, columns: Sequence[Column], **more: Any
    ) -> None:
        """Make a field for each column."""
        super().__init__(*args, **more)
        self.kind, self.columns = kind, columns
        self.read: dict[str, Any] = {}
        for column in columns:
            self.fields[OWN + column.key] = field_of(column, kind, {})
        self.fields["reason"] = reason(required=True, help_text=_NAMELESS)

    def clean(self) -> dict[str, Any]:
        """Read the columns; say what is wrong where it is wrong."""
        typed = {one.key: self.data.get(OWN + one.key, "") for one in self.columns}
        self.read, slips = read_apart(self.kind, self.columns, typed)
        for slip in slips:
            name = None if slip.column is None else OWN + slip.column
            if name is not None and isinstance(slip.refusal, MyNumberFound):
                self._forget(name)
            if name is None or name not in self.errors:
                self.add_error(name, f"{slip.sentence(lang())}（{slip.refusal.code}）")
        return dict(self.cleaned_data)

    def _forget(self, name: str) -> None:
        """Leave out of the page what was typed into a field: an Individual Number is repeated nowhere."""
        kept: Any = self.data
        self.data = kept = kept.copy()
        kept[name] = ""


class ContactForm(PersonalForm):
    """Who a person is."""

    def clean(self) -> dict[str, Any]:
        """Read it; a name or a mail is needed, so that he is found again."""
        got = super().clean()
        if not self.errors and not (self.read.get("name") or self.read.get("mail")):
            self.add_error(OWN + "name", say("氏名かメールアドレスのどちらかを書いてください。", "Write the name or the e-mail address."))  # fmt: skip
        return got

    def who(self) -> Who:
        """Return who he is."""
        return replace(Who(kind="person"), **{key: value for key, value in self.read.items() if value})  # fmt: skip


def contact_initial(who: Who) -> dict[str, Any]:
    """Return who a person is, as the form begins."""
    return {f"{OWN}{name}": getattr(who, name) or "" for name in ("name", "kana", "mail", "phone", "address")}  # fmt: skip


def fields_initial(columns: Sequence[Column], values: Mapping[str, Literal_]) -> dict[str, Any]:
    """Return what an entry says in personal fields, as the form begins."""
    return {OWN + one.key: typed_value(one, values.get(one.field or "")) for one in columns}

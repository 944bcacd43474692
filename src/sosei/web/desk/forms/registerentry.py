"""登録の入力欄. A form made from a register's definition: its columns in their order, read as the rows of sheets are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from sosei.core.days import read_day
from sosei.core.fiscal import FiscalYear
from sosei.core.shown import show_number
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind, Subject
from sosei.evidence.queries.reckoning import schemes
from sosei.evidence.queries.registers import EntryRow
from sosei.evidence.sheets.columns import STAGE, Column
from sosei.evidence.sheets.refusals import MyNumberFound
from sosei.evidence.typed import read_typed, typed_columns
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import FIGURE, NONE, reason, years
from sosei.web.desk.saying import lang, said, say

#: Before the names of the fields that are columns, so that none of them is taken for one of the form's own.
OWN: Final = "e-"
#: The list of the schemes that a register has terms of.
SCHEMES: Final = "schemes"
#: How many years back a survey's answer may be for.
_BACK: Final = 15
_HELP: Final[Mapping[str, Any]] = {
    "who": said("登録のある団体は、同じ名称で書くと同じ団体になります。", "A known organisation is found by its name."),
    "number": said("13桁。分かるときだけ書きます。", "Thirteen digits, where it is known."),
    "size": said("名前の分からない人たちは、人数だけを書きます。", "Of unnamed people, how many there were."),
}  # fmt: skip
_HELP_OF_TYPE: Final[Mapping[str, Any]] = {
    "period": said("「令和3年4月」「2021-04」「令和3年度」「2021/4/1」のように書きます。", "Write 2021-04, 2021/4/1 or 令和3年度."),
    "kana": said("氏名の読みです。", "How the name is read."),
}  # fmt: skip
_LAST: Final = said("期間の末日が上の欄で決まらないときだけ書きます。", "Only where the field above does not say it.")  # fmt: skip


class DayText(forms.CharField):
    """日の欄. A day as an office writes it; a browser's calendar shows it again."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was sent as a day where it is one."""
        return read_day(data or "") or data


class EntryForm(forms.Form):
    """One entry. `draft`: what was typed, where nothing is wrong with it."""

    draft: Draft | None = None

    def __init__(
        self, *args: Any, kind: RegisterKind, names: Sequence[str] = (), places: Sequence[str] = (),
        persons: bool = True, reasoned: bool = False, **more: Any,
    ) -> None:  # fmt: skip
        """Make a field for each column. `names`, `places`: to choose from; `persons`: who a person is, too."""
        super().__init__(*args, **more)
        self.kind = kind
        self.columns = typed_columns(kind, persons=persons)
        self.lists = {"names": names, "places": places, SCHEMES: schemes(kind)}
        for column in self.columns:
            self.fields[OWN + column.key] = field_of(column, kind, self.lists)
            _offer_what_stands(self.fields[OWN + column.key], self.initial.get(OWN + column.key))
        if reasoned:
            self.fields["reason"] = reason(required=True)

    def clean(self) -> dict[str, Any]:
        """Read the columns; say what is wrong where it is wrong."""
        typed = {one.key: self.data.get(OWN + one.key, "") for one in self.columns}
        found = read_typed(self.kind, self.columns, typed)
        for slip in found.slips:
            name = None if slip.column is None else OWN + slip.column
            if name is not None and isinstance(slip.refusal, MyNumberFound):
                self._forget(name)
            if name is None or name not in self.errors:
                self.add_error(name, f"{slip.sentence(lang())}（{slip.refusal.code}）")
        self.draft = found.draft
        return dict(self.cleaned_data)

    def _forget(self, name: str) -> None:
        """Leave out of the page what was typed into a field: an Individual Number is repeated nowhere."""
        kept: Any = self.data
        self.data = kept = kept.copy()
        kept[name] = ""

    @property
    def datalists(self) -> list[tuple[str, Sequence[str]]]:
        """Return the lists of suggestions that fields name."""
        named = {str(field.widget.attrs.get("list", "")) for field in self.fields.values()}
        return [(name, rows) for name, rows in self.lists.items() if name in named]

    @property
    def whom(self) -> list[forms.BoundField]:
        """Return the fields that say whom it is about."""
        return [self[OWN + one.key] for one in self.columns if one.key in _WHOM]

    @property
    def enough(self) -> str:
        """Say which of the fields of whom it is about are enough."""
        ja, en = _ENOUGH[self.kind.subject] if len(self.whom) > 1 else ("", "")
        if ja and self.kind.groups:
            return say(
                f"{ja}か、名前の分からない集まりなら人数を書いてください。",
                f"{en}, or of unnamed people how many.",
            )
        return say(f"{ja}を書いてください。", f"{en}.") if ja else ""

    @property
    def rest(self) -> list[forms.BoundField]:
        """Return all other fields of columns."""
        return [self[OWN + one.key] for one in self.columns if one.key not in _WHOM]


_ENOUGH: Final[Mapping[Subject, tuple[str, str]]] = {
    "organisation": ("団体名か法人番号のどちらか", "Write the name or the corporate number"),
    "person": ("氏名かメールアドレスのどちらか", "Write the name or the e-mail address"),
    "any": ("団体か人の、どちらか一方", "Write either an organisation or a person"),
    "none": ("", ""),
}  # fmt: skip
_WHOM: Final = ("who", "number", "name", "kana", "mail", "phone", "address", "size")


def field_of(column: Column, kind: RegisterKind, lists: Mapping[str, Sequence[str]]) -> forms.Field:
    """Return the field in which a column is typed."""
    words: dict[str, Any] = {
        "label": _label(column),
        "required": column.required,
        "help_text": _help(column, kind),
    }
    if column.type in ("choice", "yes-no", "year"):
        return forms.CharField(widget=forms.Select(choices=_choices(column)), **words)
    if column.type == "date":
        calendar = forms.DateInput(attrs={"type": "date", "class": "is-short"}, format="%Y-%m-%d")
        return DayText(widget=calendar, **words)
    if lists.get(SCHEMES) and kind.subsidy and column.field == kind.subsidy.fields.get("scheme"):
        attrs = {"autocomplete": "off", "list": SCHEMES}
        return forms.CharField(max_length=10_000, widget=forms.TextInput(attrs=attrs), **words)
    return forms.CharField(max_length=10_000, widget=_widget(column, lists), **words)


def _offer_what_stands(field: forms.Field, stands: Any) -> None:
    """Offer a choice that is offered no more, where the entry says it."""
    widget = field.widget
    if isinstance(widget, forms.Select) and stands not in {code for code, _ in widget.choices}:
        widget.choices = [*widget.choices, (stands, stands)] if stands else widget.choices


def _widget(column: Column, lists: Mapping[str, Sequence[str]]) -> forms.Widget:
    if column.type in ("number", "money", "size"):
        return forms.TextInput(attrs={**FIGURE, "class": "is-figure is-short"})
    if column.type == "text":
        return forms.Textarea(attrs={"rows": 2})
    attrs = {"autocomplete": "off"}
    wanted = {"who": "names"}.get(column.key) or ("places" if column.type == "place" else "")
    if lists.get(wanted):
        attrs["list"] = wanted
    return forms.TextInput(attrs=attrs)


def _label(column: Column) -> str:
    if column.key == "first" and column.type == "period":
        return say("期間", "Period")
    words = column.called(lang())
    return f"{words}（{column.unit}）" if column.unit else words


def _help(column: Column, kind: RegisterKind) -> Any:
    if column.key == "last" and column.type == "period":
        return _LAST
    if column.key == "size" and kind.subject == "none":
        return ""
    return _HELP.get(column.key) or _HELP_OF_TYPE.get(column.type, "")


def _choices(column: Column) -> list[tuple[str, Any]]:
    blank = ("", say("選んでください", "choose")) if column.required else NONE
    if column.type == "year":
        now = FiscalYear.of(today()).start
        return [blank, *((str(year), words) for year, words in years(range(now + 1, now - _BACK, -1)))]  # fmt: skip
    if column.type == "yes-no":
        return [blank, ("はい", say("はい", "yes")), ("いいえ", say("いいえ", "no"))]
    return [blank, *((one, one) for one in column.choices)]


def initial_of(kind: RegisterKind, row: EntryRow) -> dict[str, Any]:
    """Return what an entry says, as its form begins."""
    record = row.record
    said: dict[str, Any] = {
        "who": row.who, "number": row.corporate, "first": record.first, "last": record.last, "year": record.year,
        "size": record.size if record.subject is None or record.size != 1 else None,
    }  # fmt: skip
    said |= {STAGE + stage: day for stage, day in record.stages.items()}
    columns = typed_columns(kind, persons=False)
    said |= {one.key: record.values.get(one.field) for one in columns if one.field is not None}
    return {OWN + one.key: typed_value(one, said.get(one.key)) for one in columns}


def typed_value(column: Column, value: Any) -> Any:
    """Return a value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return value if column.type == "date" else value.isoformat()
    return show_number(value) if column.type in ("number", "money", "size") else str(value)


def same_whom(fields: Iterable[str], form: EntryForm) -> bool:
    """Whether a form leaves as it was whom an entry is about."""
    own = {OWN + name for name in fields} & form.fields.keys()
    return not any(form[name].data != str(form.initial.get(name) or "") for name in own)

"""台帳への取込みの入力欄. A sheet to be taken in, and which of its columns is which of the register's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from sosei.core.fiscal import FiscalYear
from sosei.evidence.queries.importing import Looked
from sosei.evidence.sheets.cells import letters
from sosei.evidence.sheets.columns import Column, lacking
from sosei.evidence.sheets.mapping import SheetMapping, choose
from sosei.evidence.sheets.words import unit_in
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import offer, pick, years
from sosei.web.desk.saying import lang, said, say

#: Before the number of a column of the sheet, and before the key of one of amounts.
COLUMN: Final = "c-"
UNIT: Final = "u-"
#: How many years back a sheet may be of.
_BACK: Final = 20
_UNITS: Final = ("円", "千円", "百万円", "億円")
#: What a pasted block may hold; a larger one is handed in as a file.
_PASTED: Final = 2_000_000


class UploadForm(forms.Form):
    """A file, or a block that was pasted; the file itself is judged by `uploads.taken`."""

    text = forms.CharField(
        label=said("貼り付ける", "Paste"), required=False, max_length=_PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "class": "is-paste"}),
        help_text=said("Excelで見出しの行から選んでコピーし、ここに貼り付けます。", "Copy the cells in Excel, with their headings, and paste them here."),
    )  # fmt: skip

    def forget(self) -> None:
        """Leave out of the page what was pasted: a refused sheet is pasted anew, mended, and nothing of it is repeated."""
        kept: Any = self.data
        self.data = kept = kept.copy()
        kept["text"] = ""


class ColumnsForm(forms.Form):
    """Which column of the sheet is which of the register's; `mapping`: what was chosen, where nothing is wrong with it."""

    mapping: SheetMapping | None = None
    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9999)
    head = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)
    year = pick(
        "この表の年度", "Fiscal year of the sheet", required=False,
        help_text=said("「4/1」のように年のない日があるときと、年度の列がない調査のときに選びます。", "For days without a year (4/1), and for answers without a column of years."),
    )  # fmt: skip

    def __init__(self, *args: Any, looked: Looked, **more: Any) -> None:
        """Make a field for each column of the sheet, and one for the unit of each amount."""
        super().__init__(*args, **{"initial": _initial(looked), **more})
        self.looked = looked
        now = FiscalYear.of(today()).start
        offer(self, "year", years(range(now + 1, now - _BACK, -1)), say("選ばない", "not chosen"))
        choices = [("", say("取り込まない", "leave out")), *((c.key, c.called(lang())) for c in looked.columns)]  # fmt: skip
        for n, name in enumerate(looked.head.names):
            self.fields[f"{COLUMN}{n}"] = forms.ChoiceField(
                label=name or say("（見出しなし）", "(no heading)"), required=False, choices=choices
            )
        for column in looked.columns:
            if column.type == "money":
                self.fields[UNIT + column.key] = _unit(column)

    def clean(self) -> dict[str, Any]:
        """See that no column is chosen twice, and that none is lacking."""
        chosen: dict[str, int] = {}
        for n in range(len(self.looked.head.names)):
            key = self.cleaned_data.get(f"{COLUMN}{n}")
            if key and key in chosen:
                self.add_error(f"{COLUMN}{n}", self._twice(key, chosen[key]))
            elif key:
                chosen[key] = n
        year = self.cleaned_data.get("year")
        for column in lacking(self.looked.kind, chosen, fiscal_year=year):
            self.add_error(None, say("「{c}」の列が選ばれていません。どの列か選んでください。", "No column is chosen as “{c}”. Choose one.", c=column.called(lang())))  # fmt: skip
        if not self.errors:
            self._choose(chosen)
        return dict(self.cleaned_data)

    def _choose(self, chosen: Mapping[str, int]) -> None:
        units = {key.removeprefix(UNIT): value for key, value in self.cleaned_data.items() if key.startswith(UNIT) and value}  # fmt: skip
        mapping = choose(self.looked.head.names, self.looked.columns, chosen, units)
        for doubt in mapping.doubts:
            self.add_error(f"{COLUMN}{doubt.indexes[0]}", doubt.sentence(lang()))
        self.mapping = mapping if not mapping.doubts else None

    def _twice(self, key: str, first: int) -> str:
        column = next(one for one in self.looked.columns if one.key == key)
        return say(
            "「{c}」は{a}列でも選ばれています。どちらか一つにしてください。", "“{c}” is chosen for column {a} too. Keep one of them.",
            c=column.called(lang()), a=letters(first),
        )  # fmt: skip

    @property
    def units(self) -> list[forms.BoundField]:
        """Return the fields for the units of amounts."""
        return [self[name] for name in self.fields if name.startswith(UNIT)]

    def said(self) -> list[tuple[str, str]]:
        """Return what was sent, name by name, so that the next form sends it again."""
        return [(name, self.data.get(name, "")) for name in self.fields if self.data.get(name)]


def _initial(looked: Looked) -> dict[str, Any]:
    """Return what is proposed."""
    taken = looked.mapping.taken
    found: dict[str, Any] = {f"{COLUMN}{one.index}": key for key, one in taken.items()}
    for key, one in taken.items():
        if one.unit in _UNITS and unit_in(looked.head.names[one.index]) is None:
            found[UNIT + key] = one.unit
    return found | {"sheet": looked.index, "head": looked.head.row + 1}


def _unit(column: Column) -> forms.ChoiceField:
    as_written = ("", say("見出しかセルに書いてあるとおり（なければ円）", "as the heading or cell says (else yen)"))  # fmt: skip
    return forms.ChoiceField(
        label=say("「{c}」の単位", "Unit of “{c}”", c=column.called(lang())), required=False,
        choices=[as_written, *((one, one) for one in _UNITS)],
    )  # fmt: skip

"""数え方の入力欄. A measure written field by field, without its language; or as the text that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms

from sosei.core.errors import SoseiError
from sosei.evidence.kinds import Field, RegisterKind
from sosei.evidence.measures import Measure, fitting, parse, write
from sosei.evidence.measures.guided import path_of
from sosei.web.desk.forms import measurefields as offered
from sosei.web.desk.forms.fields import Choices, choice, day, figure, reason, words
from sosei.web.desk.forms.measurereading import HAVINGS, initial_of, measure_of
from sosei.web.desk.saying import said, say
from sosei.web.desk.trying import sentence
from sosei.web.desk.who import number_of

#: Rows of conditions that a form has at most.
MOST_ROWS: Final = 20
_SHORT: Final = {"class": "is-short", "autocomplete": "off"}


#: Fields that say nothing of how is counted.
_BESIDE: Final = frozenset({"name", "note", "reason"})


class MeasureForm(forms.Form):
    """What both ways of writing have. `tree`: the measure, once it is read."""

    tree: Measure | None = None

    name = words(
        "名前", "Name", required=True,
        help_text=said("一覧と指標の画面に出る名前です。例：会員ものづくり企業数", "It stands in lists and on the pages of indicators."),
    )  # fmt: skip
    note = words(
        "備考", "Note", rows=2,
        help_text=said("そう数えることにした理由や、迷いやすいところを書きます。", "Why it is counted so, and where one could err."),
    )  # fmt: skip
    reason = reason(
        help_text=said("数え方を変える理由です。公表済みの値は変わりません。", "Why it is counted otherwise. Published figures stay.")
    )  # fmt: skip

    def read(self, make: Callable[[], Measure], at: str | None) -> None:
        """Keep the measure, or say at a field what is wrong with it."""
        try:
            self.tree = make()
        except SoseiError as error:
            self.add_error(at, sentence(error))


class TextForm(MeasureForm):
    """文で書く."""

    text = forms.CharField(
        label=said("数え方の文", "Text of the measure"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "is-text", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the text."""
        found = super().clean() or {}
        if found.get("text"):
            self.read(lambda: parse(found["text"]), "text")
        return found


class GuidedForm(MeasureForm):
    """欄で書く. What is done, of which registers, when, under which conditions."""

    operation = forms.ChoiceField(
        label=said("数え", "Count"), choices=offered.OPERATIONS, widget=forms.RadioSelect, initial="count",
    )  # fmt: skip
    registers = forms.MultipleChoiceField(
        label=said("どの台帳から", "Of which registers"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-columns"}),
        help_text=said("二つ以上選ぶと、合わせて数えます。", "Several are counted together."),
    )  # fmt: skip
    path = choice(
        "何の値を", "Of what", [],
        help_text=said("実数・合計・最新の値のときに選びます。", "For each once, sums, latest values."),
    )  # fmt: skip
    stage = choice(
        "どの段階に至ったものを", "Having reached", [],
        help_text=said("案件の台帳では、その段階の日で数えます。", "Of cases the day of that stage counts."),
    )  # fmt: skip
    when = forms.ChoiceField(label=said("いつの", "When"), choices=offered.WINDOWS)
    shift = forms.ChoiceField(
        label=said("年のずれ", "Which year"), choices=offered.SHIFTS, initial="0", required=False
    )
    since = day(
        "起点の日", "From", required=False,
        help_text=said("「ある日から」のときだけ。", "Where it goes on from a day."),
    )  # fmt: skip
    on = forms.CharField(
        label=said("毎年の月日", "Day of the year"), max_length=10, required=False,
        widget=forms.TextInput(attrs=_SHORT), help_text=said("「毎年のある日現在」のときだけ。例：10-01", "On a day of every year: 10-01"),
    )  # fmt: skip
    unit = forms.CharField(
        label=said("単位", "Unit"), max_length=20, widget=forms.TextInput(attrs=_SHORT),
        help_text=said("指標の単位と同じにします。例：社、人、千円", "The same as the indicator’s."),
    )  # fmt: skip
    rows = forms.IntegerField(
        widget=forms.HiddenInput, initial=1, min_value=0, max_value=MOST_ROWS, required=False
    )
    after = choice("先に登録のある台帳", "Stands before in", [])
    after_stage = choice("その段階", "Its stage", [])
    within = figure("何か月前までに", "Within so many months")
    over = choice("そろうべき項目", "What must be there", [])
    over_values = words(
        "そろうべき値", "Its values", rows=3,
        help_text=said("一行に一つ書くか、「、」で区切ります。", "One a line, or divided by 、."),
    )  # fmt: skip
    monthly = forms.BooleanField(
        label=said("月ごとにそろえる", "for every month of the year"), required=False
    )
    rounding = choice("端数", "Rounding", offered.ROUNDINGS)
    digits = forms.ChoiceField(
        label=said("端数の位", "To"), choices=offered.DIGITS, initial="0", required=False
    )

    def __init__(
        self, *args: Any, kinds: Mapping[str, RegisterKind], attributes: Sequence[str] = (), stands: Measure | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """Offer what the chosen registers hold. `stands`: the measure as it is, all of which stays on offer."""
        super().__init__(*args, **more)
        also = list(stands.registers) if stands is not None else []
        self.chosen = [kinds[key] for key in dict.fromkeys((*self.keys, *also)) if key in kinds]
        paths: Choices = offered.paths(self.chosen, attributes)
        nothing = [("", say("（選ばない）", "(none)"))]
        given: dict[str, Choices] = {
            "registers": offered.registers(kinds), "path": [*nothing, *paths], "over": [*nothing, *paths],
            "stage": [*nothing, *offered.stages(self.chosen)], "after": [*nothing, *offered.registers(kinds)],
            "after_stage": [*nothing, *offered.stages(kinds.values())],
        }  # fmt: skip
        for name, choices in given.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for n in range(self.count):
            self.fields |= _condition(n, [*nothing, *paths])
        different = [
            (code, say("異なる{n}の数", "different {n}", n=label)) for code, label in paths
        ]
        counts = [*nothing, ("count", say("登録の件数", "number of entries")), *different]
        for name in HAVINGS:
            self.fields |= _having(name, counts)

    # -- what was said, before it is read ------------------------------------------------------------------------------

    @property
    def keys(self) -> list[str]:
        """Return the registers that are chosen."""
        if not self.is_bound:
            return list(self.initial.get("registers", ()))
        several: Any = getattr(self.data, "getlist", None)
        return list(several("registers") if several else self.data.get("registers", ()))

    @property
    def count(self) -> int:
        """Return how many rows of conditions there are."""
        said_ = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        found = number_of(str(said_ or ""))
        return min(1 if found is None else found, MOST_ROWS)

    def field_of(self, code: str) -> Field | None:
        """Return the declared field that a choice of what names."""
        return offered.field_of(path_of(code), self.chosen)

    def conditions(self) -> Iterator[tuple[int, dict[str, Any], tuple[str, ...]]]:
        """Yield the rows of conditions: their fields, and what their values may be."""
        for n in range(self.count):
            own = {name: self[f"w{n}_{name}"] for name in _PARTS}
            code = own["path"].value()
            yield n, own, offered.suggestions(self.field_of(code)) if code else ()

    def havings(self) -> Iterator[dict[str, Any]]:
        """Yield what one person or organisation must come up to."""
        for name in HAVINGS:
            yield {part: self[f"{name}_{part}"] for part in ("path", "sign", "number")}

    @property
    def is_fine(self) -> bool:
        """Whether more is said than the usual: what stands folded is then open."""
        names = ("after", "over", "rounding", *(f"{name}_path" for name in HAVINGS))
        return any(self[name].value() for name in names)

    # -- reading it ----------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Put the measure together; say at each field what is wrong there."""
        found = super().clean() or {}
        if "operation" in self.errors or "when" in self.errors:
            return found
        blank = dict.fromkeys(self.fields, "")
        made = measure_of({**blank, **found}, self.keys, self.count, self.field_of, self._wrong)
        if not set(self.errors) - _BESIDE:
            self.read(lambda: parse(write(fitting(made))), None)
        return found

    def _wrong(self, name: str, words_: str) -> None:
        if name not in self.errors:
            self.add_error(name, words_)


_PARTS: Final = ("joined", "path", "how", "value", "negated")


def _condition(n: int, paths: Choices) -> dict[str, forms.Field]:
    row = {"n": n + 1}
    widget = forms.TextInput(attrs={"autocomplete": "off", "list": f"values-{n}"})
    fields: list[forms.Field] = [
        forms.ChoiceField(label=said("条件{n}のつなぎ", "Condition {n}: joined by", **row), choices=offered.JOINS, required=False),
        forms.ChoiceField(label=said("条件{n}の項目", "Condition {n}: of what", **row), choices=paths, required=False),
        forms.ChoiceField(label=said("条件{n}の比べ方", "Condition {n}: how", **row), choices=offered.HOWS, required=False),
        forms.CharField(label=said("条件{n}の値", "Condition {n}: value", **row), max_length=500, required=False, widget=widget),
        forms.BooleanField(label=said("当てはまるものを除く", "leave these out"), required=False),
    ]  # fmt: skip
    return {f"w{n}_{name}": field for name, field in zip(_PARTS, fields, strict=True)}


def _having(name: str, paths: Choices) -> dict[str, forms.Field]:
    row = {"n": HAVINGS.index(name) + 1}
    return {
        f"{name}_path": forms.ChoiceField(label=said("届くべき条件{n}", "To come up to {n}: what", **row), choices=paths, required=False),
        f"{name}_sign": forms.ChoiceField(label=said("条件{n}の比べ方", "To come up to {n}: how", **row), choices=offered.LEASTS, required=False),
        f"{name}_number": forms.CharField(
            label=said("条件{n}の数", "To come up to {n}: number", **row), max_length=9, required=False,
            widget=forms.TextInput(attrs={"class": "is-figure is-short", "inputmode": "numeric", "autocomplete": "off"}),
        ),
    }  # fmt: skip


def guided(
    tree: Measure, kinds: Mapping[str, RegisterKind], attributes: Sequence[str]
) -> dict[str, Any] | None:
    """Return what the form of fields begins with for a measure; None where it would not say the same again."""
    initial = initial_of(tree)
    if initial is None:
        return None
    form = GuidedForm({"name": "－", **initial}, kinds=kinds, attributes=attributes)
    return initial if form.is_valid() and form.tree == tree else None

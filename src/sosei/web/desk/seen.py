"""見た版. What the person of a form had before his eyes: it goes with the form until he has seen what stands now.

A form that is refused for a slip carries on what it was opened with: a later save must not pass over what somebody else
wrote in between. Where that is why it was refused (`Stale`), what stands now is put beside what was typed, with who wrote
it and when: then a person decides, and the form carries what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from sosei.ledger.queries.recorded import Recorded
from sosei.web.desk.saying import say


@dataclass(frozen=True, slots=True)
class Seen:
    """見た版. `mark`: for the hidden field; `stale`: somebody was faster, `by` him; templates show it as `seen`."""

    mark: int | str
    stale: bool = False
    by: Recorded | None = None


def seen(
    request: HttpRequest,
    form: forms.BaseForm | forms.BaseFormSet[Any],
    now: int | str,
    *,
    stands: Callable[[], Mapping[str, Any]] = dict,
    by: Callable[[], Recorded | None] = lambda: None,
    name: str = "seen",
) -> Seen:
    """Return what a page's form says its person saw. `now`: the mark of what stands; `stands`: that, as the form begins.

    `stands` and `by` are asked only where somebody was faster. A form of many rows says itself what stands.
    """
    if request.method != "POST":
        return Seen(now)
    if not is_stale(form):
        return Seen(request.POST.get(name, ""))
    if isinstance(form, forms.BaseForm):
        beside(form, stands())
    return Seen(now, stale=True, by=by())


def went_stale(form: forms.BaseForm | forms.BaseFormSet[Any]) -> None:
    """Note of a form that it was refused because somebody was faster."""
    form.went_stale = True  # type: ignore[union-attr]


def is_stale(form: forms.BaseForm | forms.BaseFormSet[Any]) -> bool:
    """Whether a form was refused because somebody was faster."""
    return bool(getattr(form, "went_stale", False))


def beside(form: forms.BaseForm, stands: Mapping[str, Any]) -> None:
    """Put beside every field whose content differs from what stands now what that is, as `field.field.stands`."""
    for bound in form.visible_fields():
        if bound.name in stands and _differs(bound, stands[bound.name]):
            words = _shown(bound.field, stands[bound.name])
            bound.field.stands = words or say("（空欄）", "(blank)")  # type: ignore[attr-defined]


def merged(
    rows: forms.BaseFormSet[Any],
    stands: Sequence[Mapping[str, Any]],
    key: Callable[[Mapping[str, Any]], Any],
) -> forms.BaseFormSet[Any]:
    """Return a form of many rows with what stands now beside what was typed; rows that are not in it come at its end.

    `key`: what tells one row from another, None where it is a new one. Rows have nothing that they began with: a row
    that came since, and was left as it is, would else be taken for an empty one.
    """
    now = {key(row): row for row in stands}
    typed = {key(row.cleaned_data) for row in rows if row.cleaned_data}
    others = [row for name, row in now.items() if name not in typed]
    count = rows.total_form_count()
    found = type(rows)(
        _with(rows, others), prefix=rows.prefix, form_kwargs=rows.form_kwargs
    )  # fmt: skip
    went_stale(found)
    if found.is_valid():
        for i, form in enumerate(found):
            _row_beside(form, i >= count, now, key)
    return found


def _with(rows: forms.BaseFormSet[Any], others: Sequence[Mapping[str, Any]]) -> Any:
    """Return what was sent, and further rows as if they had been typed."""
    data: Any = rows.data
    data, count = data.copy(), rows.total_form_count()
    for i, row in enumerate(others, count):
        for name, value in row.items():
            if value not in (None, False, ""):
                data[f"{rows.prefix}-{i}-{name}"] = "on" if value is True else str(value)
    data[f"{rows.prefix}-TOTAL_FORMS"] = str(count + len(others))
    return data


def _row_beside(
    form: forms.BaseForm,
    new: bool,
    now: Mapping[Any, Mapping[str, Any]],
    key: Callable[[Mapping[str, Any]], Any],
) -> None:
    name = key(form.cleaned_data) if form.cleaned_data else None
    first: Any = form.visible_fields()[0].field
    if new:
        first.stands = say(
            "この行があります（あなたの入力にはありません）", "this row, which you did not have"
        )
    elif name in now:
        beside(form, now[name])
    elif name is not None:
        first.stands = say(
            "この行はありません（ほかの人が外しました）", "no such row: somebody took it out"
        )


def _differs(bound: forms.BoundField, stands: Any) -> bool:
    typed = bound.data
    if isinstance(typed, str):
        typed = typed.replace("\r\n", "\n")
    if isinstance(bound.field, forms.ChoiceField) and not isinstance(stands, list | tuple):
        stands = "" if stands is None else str(stands)
    return bound.field.has_changed(stands, typed)


def _shown(field: forms.Field, stands: Any) -> str:
    """Return a content in words: choices by their names, a tick as whether it is there."""
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in (stands if isinstance(stands, list | tuple) else [stands])}
        names: Any = field.choices
        return "、".join(str(words) for code, words in names if str(code) in chosen and code != "")
    if isinstance(field, forms.BooleanField):
        return say("印あり", "ticked") if stands else say("印なし", "not ticked")
    return "" if stands is None else str(stands)

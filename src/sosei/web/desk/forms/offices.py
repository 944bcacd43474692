"""組織の入力欄. What a person fills in to set up, put right, close and succeed departments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from sosei.offices.succession import NewDepartment
from sosei.web.desk.forms.fields import day
from sosei.web.desk.saying import said, say

#: So many departments can be set up by one succession.
NEW: Final = 3


def _code(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=said("課コード", "Code"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "is-short", "autocomplete": "off"}),
        **more,
    )


def _name(**more: Any) -> forms.CharField:
    return forms.CharField(label=said("課名", "Name"), max_length=60, **more)


class CorrectForm(forms.Form):
    """A slip in the name, a new telephone."""

    name = _name(
        help_text=said(
            "書き間違いを直すときに使います。ある日から名前が変わるときは「承継を登録する」を使ってください。",
            "For slips. Where the name changes from a day on, register a succession.",
        )
    )
    reading = forms.CharField(label=said("読み", "Reading"), max_length=120, required=False)
    contact = forms.CharField(
        label=said("連絡先", "Contact"), max_length=120, required=False,
        help_text=said("内線やメール。照会や引継書に入ります。", "Extension or mail; printed in inquiries and hand-over papers."),
    )  # fmt: skip
    planning = forms.BooleanField(label=said("企画担当の課", "Planning division"), required=False)


class AddForm(CorrectForm):
    """A new department."""

    field_order = ("code", "name", "reading", "contact", "first_day", "planning")
    code = _code()
    name = _name()
    first_day = day("設置日", "First day")


class CloseForm(forms.Form):
    """The last day."""

    last_day = day("廃止日（最後の日）", "Last day")


class SuccessionForm(forms.Form):
    """Who ends, who follows, from which day. Sent by GET, so that everything is seen before anything is written."""

    old = forms.TypedMultipleChoiceField(
        label=said("引き継がれる課（もとの課）", "Departments that pass on"), coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-columns"}),
    )  # fmt: skip
    new = forms.TypedMultipleChoiceField(
        label=said("引き継ぐ課（いまある課から）", "Departments that take over (existing)"), coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-columns"}), required=False,
    )  # fmt: skip
    on = day("承継日（新しい体制の最初の日）", "Day (the first of the new order)")
    stays = forms.BooleanField(
        label=said("もとの課も残る（仕事の一部だけを渡す）", "The old departments stay (only part of the work goes)"),
        required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, departments: Sequence[tuple[int, str, bool]], **more: Any
    ) -> None:
        """Offer the departments there are (and those that ended lately), and room for new ones."""
        super().__init__(*args, **more)
        ended = say("（廃止済み）", " (closed)")
        for name, found in (
            ("old", [(pk, f"{called}{'' if here else ended}") for pk, called, here in departments]),
            ("new", [(pk, called) for pk, called, here in departments if here]),
        ):
            self.fields[name].choices = found  # type: ignore[attr-defined]
        for i in range(NEW):
            self.fields[f"code_{i}"] = _code(required=False)
            self.fields[f"name_{i}"] = _name(required=False)

    def rooms(self) -> list[tuple[Any, Any]]:
        """Return the fields for new departments, pair by pair."""
        return [(self[f"code_{i}"], self[f"name_{i}"]) for i in range(NEW)]

    def clean(self) -> dict[str, Any]:
        """Put together who follows; a code without a name is a slip."""
        found = super().clean() or {}
        following: list[int | NewDepartment] = list(found.get("new") or [])
        for i in range(NEW):
            code, name = found.get(f"code_{i}") or "", found.get(f"name_{i}") or ""
            if code and name:
                following.append(NewDepartment(code, name))
            elif code or name:
                self.add_error(
                    f"name_{i}" if code else f"code_{i}",
                    say(
                        "課コードと課名の両方を書いてください。",
                        "Write both the code and the name.",
                    ),
                )
        if not following and not self.errors:
            self.add_error(
                "new",
                say(
                    "引き継ぐ課を選ぶか、新しい課を書いてください。",
                    "Choose who takes over, or write a new department.",
                ),
            )
        found["following"] = following
        return found

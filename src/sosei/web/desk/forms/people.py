"""利用者の入力欄. What a person fills in to register people, give roles, name deputies, and let people leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sosei.offices.permissions import roles
from sosei.web.desk.forms.fields import day, offer, pick
from sosei.web.desk.saying import said, say, tongue

Choices = Sequence[tuple[int, str]]


class ChangeForm(forms.Form):
    """A person's entry."""

    name = forms.CharField(label=said("氏名", "Name"), max_length=60)
    reading = forms.CharField(
        label=said("読み", "Reading"), max_length=120, required=False,
        help_text=said("ひらがなで書くと、一覧が五十音順に並びます。", "In hiragana: the list is in its order."),
    )  # fmt: skip
    email = forms.EmailField(label=said("メール", "Mail"), required=False)
    joins_on = day("利用開始日", "First day")


class AddForm(ChangeForm):
    """A new person, with the first role at once."""

    field_order = ("login", "name", "reading", "email", "joins_on", "role", "department")
    login = forms.CharField(
        label=said("利用者ID", "Login name"), max_length=60,
        help_text=said("半角の英数字。一度決めると変えられません。", "Letters and digits; it never changes."),
        widget=forms.TextInput(attrs={"class": "is-short", "autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=said("役割", "Role"), required=False)
    department = pick("課", "Department", required=False)

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        """Offer roles and departments."""
        super().__init__(*args, **more)
        offer(self, "role", _roles(), say("あとで決める", "later"))
        offer(self, "department", departments, say("全庁（課なし）", "whole body"))


class AssignForm(forms.Form):
    """A role in a department, from a day to a day."""

    role = forms.ChoiceField(label=said("役割", "Role"))
    department = pick("課", "Department", required=False,
        help_text=said("担当者と担当課長には課が要ります。", "Officers and section heads need one."),
    )  # fmt: skip
    first_day = day("開始日", "First day")
    last_day = day("終了日", "Last day", required=False)

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        """Offer roles and departments."""
        super().__init__(*args, **more)
        offer(self, "role", _roles())
        offer(self, "department", departments, say("全庁（課なし）", "whole body"))


class SuccessorForm(forms.Form):
    """Who takes over all roles, from which day."""

    successor = pick("後任", "Successor")
    on = day("後任の最初の日", "The successor's first day")

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        """Offer the people."""
        super().__init__(*args, **more)
        offer(self, "successor", people, say("選んでください", "choose"))


class DeputyForm(forms.Form):
    """Who stands in, from when to when, why."""

    deputy = pick("代理をする人", "Deputy")
    first_day = day("開始日", "First day")
    last_day = day("終了日", "Last day")
    reason = forms.CharField(label=said("理由", "Reason"), max_length=200)

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        """Offer the people."""
        super().__init__(*args, **more)
        offer(self, "deputy", people, say("選んでください", "choose"))


class RosterForm(forms.Form):
    """Rows pasted from a sheet, and the day from which they hold."""

    on = day("異動日（新しい配属の最初の日）", "First day of the new roles")
    text = forms.CharField(
        label=said("名簿", "Roster"),
        help_text=said(
            "表計算ソフトから貼り付けてください。列は、利用者ID、氏名、読み、課、役割、前任の利用者ID（任意）の順です。見出しの行があれば、順は違っていてもかまいません。",
            "Paste from a sheet. Columns: login, name, reading, department, role, before (login of the predecessor, optional); in any order where the first row names them.",
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )


class LeaveForm(forms.Form):
    """The last day."""

    on = day("最後の日", "Last day")


class EndForm(forms.Form):
    """The last day of a role or a deputyship; `stamp`: what the person saw."""

    last_day = day("終了日", "Last day")
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)


def _roles() -> list[tuple[str, str]]:
    return [(code, tongue(role)) for code, role in roles().items()]

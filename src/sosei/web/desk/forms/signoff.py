"""手続の入力欄. A reason, a decision, an exemption, a correction, a day of publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.web.desk.forms.fields import day, moment
from sosei.web.desk.saying import said


def _reason(*, required: bool, help_text: Any = "") -> forms.CharField:
    label = said("理由", "Reason") if required else said("ひとこと（理由・伝えたいこと）", "Remark")
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why; `needed` False: a remark, if anything."""

    reason = _reason(required=True)

    def __init__(self, *args: Any, needed: bool = True, **more: Any) -> None:
        """Ask for a reason, or offer a remark."""
        super().__init__(*args, **more)
        if not needed:
            self.fields["reason"] = _reason(required=False)


class DecisionForm(forms.Form):
    """Number and day of the decision."""

    number = forms.CharField(
        label=said("決裁番号（文書番号）", "Number of the decision"), max_length=100,
        widget=forms.TextInput(attrs={"class": "is-short", "autocomplete": "off"}),
    )  # fmt: skip
    decided_on = day("決裁日", "Decided on")
    reason = _reason(
        required=False,
        help_text=said(
            "決裁資料を作った後に報告書が変わっている場合だけ、そのまま記録する理由を書いてください。",
            "Only where the report changed after the papers were made: why the decision still holds.",
        ),
    )


class LiftForm(forms.Form):
    """Until when a lock is lifted, and why."""

    until = moment(
        "解除の期限",
        "Until",
        help_text=said(
            "この時刻を過ぎると自動で元に戻ります。", "It ends by itself at this moment."
        ),
    )
    reason = _reason(required=True)


class CorrectForm(forms.Form):
    """Which entries, or the title, are to be corrected, and why: the reason is printed in the 正誤表."""

    title = forms.BooleanField(
        label=said("報告書の題名を訂正する", "Correct the title of the report"), required=False
    )
    entries = forms.TypedMultipleChoiceField(
        label=said("訂正する事業", "Projects to correct"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
        help_text=said(
            "選んだ事業だけが書けるようになります。", "Only those that you choose are opened."
        ),
    )
    reason = _reason(
        required=True,
        help_text=said("正誤表に載ります。", "It is printed in the errata."),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **more: Any) -> None:
        """Offer the entries of the volume."""
        super().__init__(*args, **more)
        self.fields["entries"].choices = list(choices)  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """The day of publication."""

    published_on = day("公表日", "Day of publication")


class OnForm(forms.Form):
    """A day, to ask what was published then."""

    on = day("この日の時点", "As of this day", required=False)


class MomentForm(forms.Form):
    """A moment, to ask what the book said then."""

    at = moment(
        "この時点",
        "As of this moment",
    )

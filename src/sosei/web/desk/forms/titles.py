"""題名の入力欄. The title of a report, and why it is corrected."""

from __future__ import annotations

from typing import Any

from django import forms

from sosei.web.desk.saying import said


class TitleForm(forms.Form):
    """The title as it is to be; `needed`: others have seen the old one, so the reason is asked for."""

    title = forms.CharField(
        label=said("題名", "Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=said("理由", "Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=said("証跡に残ります。", "It is kept in the journal."),
    )  # fmt: skip

    def __init__(self, *args: Any, needed: bool, **more: Any) -> None:
        """Ask for the reason, or leave it to the person."""
        super().__init__(*args, **more)
        self.fields["reason"].required = needed

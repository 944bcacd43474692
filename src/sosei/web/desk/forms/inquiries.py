"""照会の入力欄. What a person fills in to send an inquiry, to grant a later day."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from sosei.ledger.queries.questions import KINDS
from sosei.web.desk.forms.fields import day, offer, pick
from sosei.web.desk.saying import said

KIND_NAMES: Final = {
    "missing": said("実績値（未登録・集計中のもの）", "Actuals that are missing or being counted"),
    "final": said("速報値・見込値の確定", "Final figures for preliminary ones"),
    "values": said("登録済みの実績値の確認", "A look at the actuals that are there"),
    "money": said("経費（金額のないもの）", "Amounts that are missing"),
    "amounts": said("登録済みの経費の確認", "A look at the amounts that are there"),
    "words": said(
        "効果検証の文章（書かれていないもの）", "Words of the verification that are missing"
    ),
    "texts": said("登録済みの文章の確認", "A look at the words that are there"),
}


class AskForm(forms.Form):
    """Which volume and what to ask: sent by GET, so that the counts below are seen before anything is sent."""

    volume = pick("報告書", "Report")
    kinds = forms.MultipleChoiceField(
        label=said("照会する内容", "What to ask"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind, KIND_NAMES[kind]) for kind in KINDS],
        required=False,
    )

    def __init__(self, *args: Any, volumes: list[tuple[int, str]], **more: Any) -> None:
        """Offer the volumes that may be asked about."""
        super().__init__(*args, **more)
        offer(self, "volume", volumes)


class SendForm(forms.Form):
    """The letter: title, due date, what it says."""

    title = forms.CharField(label=said("件名", "Title"), max_length=200)
    number = forms.CharField(
        label=said("文書番号", "Document number"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "is-short"}),
    )  # fmt: skip
    due_on = day("回答期限", "Due on")
    contact = forms.CharField(
        label=said("問合せ先", "Contact"), max_length=300,
        help_text=said("課名、担当者名、内線。様式と督促文に入ります。", "Division, name, extension: printed on the form and in reminders."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    letter = forms.CharField(
        label=said("照会文", "Letter"), max_length=4000, required=False,
        help_text=said("件名、期限、回答の方法、問合せ先は自動で入ります。", "Title, due date, how to answer and contact are added."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip


class DueForm(forms.Form):
    """A later day."""

    due_on = day("新しい回答期限", "New due date")

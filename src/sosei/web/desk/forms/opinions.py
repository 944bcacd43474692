"""有識者意見の入力欄. Who is asked, what an expert says, what the office answers and when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sosei.core.opinions import JUDGEMENTS
from sosei.ledger.judged import SECTORS
from sosei.web.desk.forms.fields import day, offer, pick
from sosei.web.desk.saying import said


def _words(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:  # fmt: skip
    return forms.CharField(
        label=label, max_length=4000, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class AskExpertForm(forms.Form):
    """One expert, and by when the sheet is due."""

    name = forms.CharField(label=said("有識者の氏名", "Expert's name"), max_length=100)
    sector = forms.ChoiceField(label=said("分野", "Sector"), required=False)
    person = pick(
        "利用者",
        "Account",
        required=False,
        help_text=said(
            "選ぶと、その人は画面でも意見を書けます。",
            "With an account the expert may also type in the browser.",
        ),
    )
    due_on = day("回答期限", "Due on")
    contact = forms.CharField(
        label=said("問合せ先", "Contact"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer sectors and the accounts of experts."""
        super().__init__(*args, **more)
        offer(self, "sector", [(code, said(*names)) for code, names in SECTORS.items()], "－")
        offer(self, "person", people, "－")


class OpinionForm(forms.Form):
    """What an expert says of one thing."""

    judgement = forms.ChoiceField(
        label=said("評価", "Judgement"), required=False, widget=forms.RadioSelect,
        choices=[
            ("", said("評価しない", "no judgement")),
            ("effective", said(JUDGEMENTS["effective"], "effective for the strategy's KPIs")),
            ("not_effective", said(JUDGEMENTS["not_effective"], "cannot be called effective")),
        ],
    )  # fmt: skip
    text = _words(said("意見", "Opinion"), required=False)


class AnswerForm(forms.Form):
    """What the office answers, and what it promises."""

    response = _words(said("対応", "Response"))
    department = pick("対応する課", "Who does it", required=False)
    due_on = day(
        "対応の期限",
        "By when",
        required=False,
        help_text=said(
            "入れると、対応を終えるまでホームと引継書に残ります。",
            "With a day it stays open on Home and in the hand-over until it is done.",
        ),
    )

    def __init__(self, *args: Any, departments: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the departments."""
        super().__init__(*args, **more)
        offer(self, "department", departments, "－")


class DoneForm(forms.Form):
    """What was done, and when."""

    note = _words(said("行ったこと", "What was done"), rows=3)
    done_on = day("対応を終えた日", "Done on")


class PrintForm(forms.Form):
    """What the report prints of the experts on one project."""

    expert_judgement = forms.ChoiceField(
        label=said("外部有識者の評価", "Experts' judgement"), required=False,
        choices=[("", "－"), *((words, words) for words in JUDGEMENTS.values())],
    )  # fmt: skip
    expert_opinion = _words(said("外部有識者の意見", "Experts' opinion"), rows=5, required=False)

"""個人情報の入力欄. What a person agreed to, why he is kept or erased, for what contacts are exported, who is looked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from sosei.evidence.grounds import GROUNDS, ground_called
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import day, offer, reason, words
from sosei.web.desk.saying import lang, said, say

#: Said where a reason stays in the journal for ever.
_NAMELESS: Final = said(
    "証跡に残り、消せません。本人の氏名や連絡先は書かないでください。",
    "It stays in the journal for ever: do not write the person's name or contact.",
)


class FindForm(forms.Form):
    """Who is looked for."""

    q = words(
        "氏名、読み、メールアドレス、電話番号", "Name, reading, e-mail or telephone", required=True,
        help_text=said("一部だけでも探せます。空白で区切ると、すべてを含む人を探します。", "A part of it is enough. Several words: who has all of them."),
    )  # fmt: skip


class ChosenForm(forms.Form):
    """Who is erased, of those whose time is over; and of whom only what is over goes, of those who are kept elsewhere."""

    persons = forms.TypedMultipleChoiceField(
        label=said("消去する人", "Who is erased"), coerce=int, required=False
    )
    over = forms.TypedMultipleChoiceField(
        label=said("期限の過ぎた台帳の項目を消去する人", "Of whom what is over is erased"), coerce=int, required=False
    )  # fmt: skip

    def __init__(self, *args: Any, whole: Iterable[int], over: Iterable[int], **more: Any) -> None:
        """Offer those who may be erased."""
        super().__init__(*args, **more)
        offer(self, "persons", [(pk, str(pk)) for pk in whole])
        offer(self, "over", [(pk, str(pk)) for pk in over])

    def clean(self) -> dict[str, Any]:
        """Return who is chosen: somebody at least."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not (found["persons"] or found["over"]):
            raise ValidationError(say("消去する人を一人以上選んでください。", "Choose at least one person."), code="required")  # fmt: skip
        return found


class WhyForm(forms.Form):
    """Why something is done about a person."""

    reason = reason(required=True, help_text=_NAMELESS)


class ConsentForm(forms.Form):
    """When a person agreed."""

    given_on = day("同意した日", "Agreed on", required=True)

    def clean_given_on(self) -> date:
        """Return the day; nobody has agreed tomorrow."""
        given: date = self.cleaned_data["given_on"]
        if given > today():
            raise ValidationError(
                say("今日までの日を書いてください。", "Give a day up to today."), code="ahead"
            )
        return given


class HoldForm(forms.Form):
    """Why a person is kept beyond his time, and until when."""

    reason = reason(required=True, help_text=_NAMELESS)
    until = day(
        "いつまで", "Until", required=False,
        help_text=said("この日を過ぎると、また消去を待つ一覧に出ます。空欄は、解くまでずっとです。", "After this day he is due again. Blank: until it is released."),
    )  # fmt: skip


class ExportForm(forms.Form):
    """For what contacts are exported, by which rule, and how."""

    purpose = words(
        "何に使うか", "What for", required=True, rows=2,
        help_text=said("例：令和8年度の交流会の案内の送付。証跡に残り、消せません。本人の氏名は書かないでください。", "For example: invitations to this year's meeting. It stays in the journal: no names."),
    )  # fmt: skip
    ground = forms.ChoiceField(label=said("根拠", "Legal ground"), widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=said("形式", "Format"), widget=forms.RadioSelect, initial="xlsx",
        choices=[("xlsx", said("Excel（XLSX）", "Excel (XLSX)")), ("csv", "CSV")],
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the grounds of the Act."""
        super().__init__(*args, **more)
        self.fields["ground"].initial = "within"
        offer(self, "ground", [(code, ground_called(code, lang())) for code in GROUNDS])

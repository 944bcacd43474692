"""漏えいの入力欄. What was leaked, when it became known, of how many; when it was reported; what prevents it now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from sosei.evidence.actions.incidents import Leak
from sosei.evidence.leaks import KINDS, Kind
from sosei.evidence.queries.incidents import IncidentShown
from sosei.web.desk.forms.fields import day, moment, offer, pick, reason, words
from sosei.web.desk.saying import said, say

_WORDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "sensitive": ("要配慮個人情報（病歴、障害、犯罪の経歴など）を含む", "sensitive data (health, disability, crime …)"),
    "property": ("財産的被害のおそれがある（口座番号など）", "property may be harmed (account numbers …)"),
    "wrongful": ("不正の目的によるおそれがある（不正アクセス、持ち出しなど）", "wrongful purpose (intrusion, theft …)"),
    "ordinance": ("条例で定める条例要配慮個人情報を含む", "data that an ordinance calls sensitive"),
    "plain": ("上のどれでもない", "none of these"),
}  # fmt: skip
_NUMBER: Final = said("人数は、0以上の整数で書いてください。分からないときは空欄にします。", "Write a whole number, or leave it blank where it is not known.")  # fmt: skip


def kind_words(kind: str) -> str:
    """Return what a kind of leak is called."""
    return next((say(*said) for code, said in _WORDS.items() if code == kind), kind)


class LeakForm(forms.Form):
    """What is known of a leak."""

    department = pick("担当課", "Department", required=True)
    title = words("件名", "Title", required=True, help_text=said("例：案内メールの誤送信。本人の氏名は書かないでください。", "For example: a mail sent to the wrong address. No names of persons."))  # fmt: skip
    what = words("経過", "What happened", rows=5, help_text=said("いつ、どこで、何が、なぜ起き、どう対応しているか。本人の氏名や連絡先は書かないでください。", "When, where, what, why, and what is being done. No names or contacts."))  # fmt: skip
    known = moment("発覚した日時", "Known since", required=True, help_text=said("団体のだれかが知った時です。期限はこの日から数え、この日を一日目とします。", "When anybody of the office learned of it. The days count from it; that day is the first."))  # fmt: skip
    kinds = forms.MultipleChoiceField(label=said("漏えいした内容", "What was leaked"), widget=forms.CheckboxSelectMultiple, choices=[(kind, said(*_WORDS[kind])) for kind in KINDS])  # fmt: skip
    persons = forms.IntegerField(
        label=said("本人の数", "Persons"), required=False, min_value=0, max_value=2_000_000_000,
        error_messages={"invalid": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        widget=forms.TextInput(attrs={"class": "is-figure is-short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=said("漏えいした、またはそのおそれのある人の数。まだ分からないときは空欄にします（100人を超えるおそれがあるものとして扱います）。", "Whose data were, or may have been, leaked. Blank: not yet known; it is then taken for more than 100."),
    )  # fmt: skip
    counts_from = moment("報告の対象と分かった日時", "Reportable since", required=False, help_text=said("発覚のときは報告の要らない事案で、後から100人を超えるなどと分かったときだけ書きます。期限はこの日から数えます。", "Only where it proved to be reportable later, for example more than 100 persons. The days then count from here."))  # fmt: skip

    def __init__(self, *args: Any, departments: Any = (), **more: Any) -> None:
        """Offer the departments for which a leak may be recorded; none: it stays where it is."""
        super().__init__(*args, **more)
        offer(self, "department", departments, nothing=say("選んでください", "choose") if len(departments) > 1 else None)  # fmt: skip
        if not departments:
            del self.fields["department"]

    def clean_kinds(self) -> list[str]:
        """Return the kinds; none of them is not one of them."""
        found: list[str] = self.cleaned_data["kinds"]
        if "plain" in found and len(found) > 1:
            raise ValidationError(say("「上のどれでもない」は、ほかと一緒には選べません。", "“None of these” cannot be chosen beside others."), code="plain")  # fmt: skip
        return found

    def said(self) -> Leak:
        """Return what the form says."""
        got = self.cleaned_data
        return Leak(
            title=got["title"], what=got["what"] or None, known=got["known"], kinds=tuple(got["kinds"]),
            persons=got["persons"], counts_from=got["counts_from"],
        )  # fmt: skip


def initial_of(one: IncidentShown) -> dict[str, Any]:
    """Return what is known of a leak, as its form begins."""
    return {
        "title": one.title, "what": one.what, "known": one.known, "kinds": list(one.kinds), "persons": one.persons,
        "counts_from": one.counts_from,
    }  # fmt: skip


class SentForm(forms.Form):
    """When something was done."""

    on = day("送った日", "Sent on", required=True)

    def __init__(self, *args: Any, part: str = "", **more: Any) -> None:
        """Name the day by what was done: reports are sent, persons are told."""
        super().__init__(*args, **more)
        if part == "persons":
            self.fields["on"].label = say("知らせた日", "Told on")


class CloseForm(forms.Form):
    """What prevents it now."""

    outcome = words("再発を防ぐ手立てと結果", "What prevents it now", required=True, rows=4, help_text=said("本人の氏名や連絡先は書かないでください。", "No names or contacts of persons."))  # fmt: skip


class ReopenForm(forms.Form):
    """Why it goes on."""

    reason = reason(
        required=True,
        help_text=said(
            "本人の氏名や連絡先は書かないでください。", "No names or contacts of persons."
        ),
    )

"""証跡の絞り込み欄. By whom, which act, between which days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.journal.queries import Wanted
from sosei.journal.verbs import called
from sosei.web.desk.forms.fields import day, offer, pick
from sosei.web.desk.saying import lang, said, say


class WantedForm(forms.Form):
    """What a page of the journal is narrowed to. `subject` comes from links, never typed."""

    person = pick("だれが", "By whom", required=False)
    verb = forms.ChoiceField(label=said("行い", "Act"), required=False)
    first = day("いつから", "From", required=False)
    last = day("いつまで", "To", required=False)
    subject = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, people: Iterable[tuple[int, str]], verbs: Iterable[str], **more: Any
    ) -> None:
        """Offer those who stand in the journal, and what they did."""
        super().__init__(*args, **more)
        named = sorted((_capital(called(verb, lang())), verb) for verb in verbs)
        every = say("すべて", "All")
        offer(self, "person", list(people), every)
        offer(self, "verb", [(verb, name) for name, verb in named], every)

    def clean(self) -> dict[str, Any]:
        """See that the days are in order."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            words = say(
                "「いつまで」は「いつから」と同じ日か、後の日にしてください。",
                "“To” must not be before “From”.",
            )
            self.add_error("last", words)
        return data

    def wanted(self) -> Wanted:
        """Return what is wanted."""
        data = self.cleaned_data
        return Wanted(
            person=data["person"] or None, verb=data["verb"], subject=data["subject"],
            first=data["first"], last=data["last"],
        )  # fmt: skip


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

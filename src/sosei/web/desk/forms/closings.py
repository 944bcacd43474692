"""締めの入力欄. Up to which day, or for which year, a register is closed; why it is opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sosei.web.desk.forms.fields import day, offer, pick, reason, words, years
from sosei.web.desk.saying import said, say
from sosei.web.desk.templatetags.desk import show_fiscal


class ClosingForm(forms.Form):
    """A period that is closed."""

    until = day(
        "締める日", "Close up to",
        help_text=said("この日までのことが、すべて登録されたことにします。まだ終わっていない日は選べません。", "Everything up to this day is entered. The day must be over."),
    )  # fmt: skip
    year = pick(
        "締める年度", "Close the year",
        help_text=said("この年度の回答が出そろったことにします。未回答の相手は、未回答のまま残ります。", "All answers for this year are in. Who is silent stays silent."),
    )  # fmt: skip
    note = words("備考", "Note", rows=2)
    reason = words(
        "記載のある値を変える理由", "Why recorded figures change", rows=2,
        help_text=said("すでに数の記載されている指標が、締めて別の値になるときに書きます。", "Needed where a figure that is recorded already becomes another."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, survey: bool, among: Sequence[int], counted: bool, silent: Mapping[int, int], **more: Any
    ) -> None:  # fmt: skip
        """Ask for a day, or of a survey for a year. `counted`: indicators are counted from the register; `silent`: how many are, by year."""
        super().__init__(*args, **more)
        self.silent = {year: n for year, n in silent.items() if n}
        offer(self, "year", years(among))
        del self.fields["until" if survey else "year"]
        if self.silent:
            self.fields["note"].label = say("未回答のまま締める理由（備考）", "Why it is closed with some silent (note)")  # fmt: skip
            self.fields["note"].help_text = "　".join(map(self._asked, sorted(self.silent, reverse=True)))  # fmt: skip
        if not counted:
            del self.fields["reason"]

    def _asked(self, year: int) -> str:
        return say("{y}：未回答{n}者のまま締めますか。締めるときは、理由を書いてください。", "{y}: close it with {n} silent? If so, say why.", y=show_fiscal(year, "both"), n=self.silent[year])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """See that a year of which some are silent is closed with a reason."""
        got: dict[str, Any] = self.cleaned_data
        year = got.get("year")
        if year in self.silent and not (got.get("note") or "").strip():
            self.add_error("note", self._asked(year))
        return got


class SettleForm(forms.Form):
    """Counted figures that are recorded after the closing."""

    reason = words(
        "記載のある値を変える理由", "Why recorded figures change", rows=2,
        help_text=said("すでに数の記載されている指標を、別の値にするときに書きます。", "Needed where a figure that is recorded already becomes another."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is taken back, taken out or opened again."""

    reason = reason(required=True)


class AskForm(forms.Form):
    """Whom a survey asks for a year, when it was sent, and until when an answer is due."""

    subjects = forms.TypedMultipleChoiceField(
        label=said("尋ねる相手", "Whom it asks"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": said("尋ねる相手に印を付けてください。", "Tick whom it asks.")},
    )  # fmt: skip
    sent = day("送付日", "Sent on", required=False)
    due = day("回答期限", "Answer due", required=False)

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **more: Any) -> None:
        """Offer the members."""
        super().__init__(*args, **more)
        offer(self, "subjects", members)
        self.fields["subjects"].widget.attrs["class"] = "is-columns"

    def clean(self) -> dict[str, Any]:
        """See that an answer is not due before it was asked for."""
        got: dict[str, Any] = self.cleaned_data
        sent, due = got.get("sent"), got.get("due")
        if sent and due and due < sent:
            self.add_error("due", say("回答期限が送付日より前です。", "The answer is due before it was asked for."))  # fmt: skip
        return got

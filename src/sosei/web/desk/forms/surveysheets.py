"""調査票の入力欄. What an office says on the sheets of a survey, to whom they go, and that they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from sosei.evidence.queries.sheetsout import OutRow, SheetsPage
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import day, offer, words
from sosei.web.desk.registerwords import plain_day
from sosei.web.desk.saying import said, say

SILENT: Final = "silent"
ALL: Final = "all"
_MAY_SAY: Final = 1200


class WhomForm(forms.Form):
    """To whom: all who are silent, all who are asked, or one."""

    whom = forms.ChoiceField(label=said("相手", "To whom"))

    def __init__(self, *args: Any, page: SheetsPage, **more: Any) -> None:
        """Offer those who are asked."""
        super().__init__(*args, **more)
        self.page = page
        silent = [row for row in page.firms if row.entry is None]
        some = [(SILENT, say("未回答の相手すべて（{n}者）", "all who are silent ({n})", n=len(silent)))] if silent else []  # fmt: skip
        every = (ALL, say("尋ねている相手すべて（{n}者）", "all who are asked ({n})", n=len(page.firms)))  # fmt: skip
        offer(self, "whom", [*some, every, *((str(row.subject), row.name) for row in page.firms)])

    def subjects(self) -> list[int]:
        """Return who was chosen."""
        return [row.subject for row in self._rows()]

    def _rows(self) -> Sequence[OutRow]:
        chosen = self.cleaned_data["whom"]
        if chosen == ALL:
            return self.page.firms
        if chosen == SILENT:
            return [row for row in self.page.firms if row.entry is None]
        return [row for row in self.page.firms if str(row.subject) == chosen]


class MakeForm(WhomForm):
    """What stands on the sheets."""

    purpose = words(
        "調査の目的（調査票に書く文）", "Purpose, as the sheet says it", rows=4, required=True,
        help_text=said("なぜ尋ねるか、回答を何に使い、どこまで公表するかを書きます。", "Why you ask, what the answers are for, and how much of them is published."),
    )  # fmt: skip
    due = day(
        "回答期限", "Answer due", required=False,
        help_text=said("空けておくと、相手ごとに記録してある期限を書きます。", "Left blank, each sheet says the day that is recorded for it."),
    )  # fmt: skip
    contact = words(
        "返送先・問い合わせ先", "Where to send it, whom to ask", rows=2, required=True,
        help_text=said("課の名、担当者、電話、メールなど。", "The department, who is in charge, telephone, e-mail."),
    )  # fmt: skip
    field_order = ("purpose", "due", "contact", "whom")

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say what one page holds."""
        super().__init__(*args, **more)
        for name in ("purpose", "contact"):
            self.fields[name].max_length = _MAY_SAY  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """See that no sheet asks for an answer by a day that is over."""
        got: dict[str, Any] = self.cleaned_data
        if "due" not in got or "whom" not in got:
            return got
        days = [got["due"] or row.due_on for row in self._rows()]
        over = [one for one in days if one is not None and one < today()]
        if over:
            self.add_error("due", say("回答期限の{d}は過ぎています。新しい期限を入れてください。", "The due date {d} is over. Give a new one.", d=plain_day(min(over))))  # fmt: skip
        return got


class SentForm(WhomForm):
    """That sheets were sent, and until when an answer is due."""

    sent = day("送付日", "Sent on")
    due = day(
        "回答期限", "Answer due", required=False,
        help_text=said("空けておくと、いまの期限のままです。", "Left blank, it stays as it is."),
    )  # fmt: skip
    field_order = ("whom", "sent", "due")

    def clean(self) -> dict[str, Any]:
        """See that an answer is not due before it was asked for."""
        got: dict[str, Any] = self.cleaned_data
        if got.get("sent") and got.get("due") and got["due"] < got["sent"]:
            self.add_error("due", say("回答期限が送付日より前です。", "The answer is due before it was asked for."))  # fmt: skip
        return got

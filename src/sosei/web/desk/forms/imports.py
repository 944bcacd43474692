"""取込みの入力欄. What a person says about a file: of which year, of which series, a report or a plan."""

from __future__ import annotations

from typing import Any

from django import forms

from sosei.core.fiscal import FiscalYear
from sosei.journal.clock import today
from sosei.web.desk.forms.fields import offer, pick, years
from sosei.web.desk.saying import said, say

#: How many years back reports are taken in.
_BACK = 15


class ImportForm(forms.Form):
    """A report or a plan to be taken in."""

    kind = forms.ChoiceField(
        label=said("文書の種類", "What it is"),
        widget=forms.RadioSelect,
        initial="report",
        choices=[
            ("report", said("報告書（実績の載ったもの）", "A report, with actuals")),
            ("increment", said("計画（年度ごとの増加分の表）", "A plan, with yearly increases")),
            ("level", said("計画（年度ごとの目標値の表）", "A plan, with yearly targets")),
        ],
    )
    year = pick(
        "年度", "Fiscal year", required=False,
        help_text=said("ファイルに書いてあるときは、選ばなくてかまいません。", "Leave it out where the file says it."),
    )  # fmt: skip
    series = forms.CharField(
        label=said("系列", "Series"), max_length=40, required=False,
        help_text=said("一年度に報告書が二つ以上あるときだけ書きます。", "Only where there are several books a year."),
        widget=forms.TextInput(attrs={"class": "is-short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the years around this one."""
        super().__init__(*args, **more)
        now = FiscalYear.of(today()).start
        around = years(range(now + 1, now - _BACK, -1))
        offer(self, "year", around, say("ファイルの記載による", "as the file says"))

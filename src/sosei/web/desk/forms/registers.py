"""根拠台帳の入力欄. What a person says of a register: its name, whose it is, whom it asks, how long persons stay in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from sosei.core.errors import UnreadableFigure
from sosei.core.figures import read_figure
from sosei.evidence.kinds import RegisterKind
from sosei.web.desk.forms.fields import Choices, choice, figure, offer, pick, words
from sosei.web.desk.saying import said, say

#: No rule keeps persons' data longer than this.
MOST_YEARS: Final = 99
_YEARS: Final = said(
    "1から99までの年数を数字で書いてください。決めていなければ空欄のままにします。",
    "Write a number of years from 1 to 99, or leave it blank.",
)


def whole(text: str) -> int | None:
    """Return the whole number that a text is, None where it is none."""
    try:
        found = read_figure(text)
    except UnreadableFigure:
        return None
    plain = found.op is None and found.second is None and found.number == int(found.number)
    return int(found.number) if plain else None


class TakeForm(forms.Form):
    """A register that is made from the catalogue."""

    name = words(
        "台帳の名前", "Name", required=True,
        help_text=said("一覧に出る名前です。同じ種類の台帳を二つ作るときは、区別の付く名前にしてください。", "It stands in the list. Where you make two of a kind, let their names differ."),
    )  # fmt: skip
    department = pick(
        "担当課", "Department",
        help_text=said("この課の人が登録し、課長が締めます。", "Its people enter; its head closes."),
    )  # fmt: skip
    asks = choice(
        "尋ねる相手の名簿", "Roster of whom it asks", required=True,
        help_text=said("この名簿の会員に、年度ごとに尋ねます。", "Its members are asked every year."),
    )  # fmt: skip
    purpose = words(
        "利用目的", "Purpose", rows=3, required=True,
        help_text=said("登録する人に示す文です。この目的のほかには使えません。", "What persons are told. It is used for nothing else."),
    )  # fmt: skip
    keep_years = figure(
        "個人情報の保存年数", "Years for which persons are kept",
        help_text=said("登録が終わった年度の翌年度から数えます。過ぎると氏名や連絡先が消え、件数は残ります。空欄なら、台帳のある間は残します。", "Counted from the fiscal year after an entry ends. Then names and contacts are erased, counts stay. Blank: as long as there is the register."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        kind: RegisterKind,
        departments: Choices,
        rosters: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        """Ask only what a kind of register needs."""
        super().__init__(*args, **more)
        offer(self, "department", departments, None if len(departments) == 1 else say("選んでください", "choose"))  # fmt: skip
        offer(self, "asks", rosters)
        if kind.kind != "survey":
            del self.fields["asks"]
        if kind.subject not in ("person", "any"):
            del self.fields["purpose"], self.fields["keep_years"]
        elif kind.subject == "any":
            self.fields["purpose"].required = False
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_keep_years(self) -> int | None:
        """Return the number of years."""
        return years_kept(self.cleaned_data["keep_years"])


def years_kept(text: str) -> int | None:
    """Return for how many years persons are kept; None where nothing is said. Raises ValidationError."""
    if not text.strip():
        return None
    years = whole(text.strip().removesuffix("間").removesuffix("年"))
    if years is None or not 1 <= years <= MOST_YEARS:
        raise ValidationError(_YEARS, code="years")
    return years

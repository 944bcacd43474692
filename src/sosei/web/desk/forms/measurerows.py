"""数えた行の絞り込み欄. By words, by the days that count; in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.standing import by_answer
from sosei.evidence.queries.asking import Asked
from sosei.web.desk.forms.fields import Choices, day, offer, words
from sosei.web.desk.saying import lang, said, say


class RowsForm(forms.Form):
    """What a page of counted rows is narrowed to."""

    words = words("言葉", "Words")
    first = day("いつから", "From", required=False)
    last = day("いつまで", "To", required=False)
    sort = forms.ChoiceField(label=said("並び", "Order"), required=False)

    def __init__(
        self, data: Any, *, tree: Measure, kinds: Sequence[RegisterKind], **more: Any
    ) -> None:
        """Offer the orders that the registers have."""
        super().__init__(data, **more)
        self.after = str(data.get("after", ""))
        self.dated = tree.stage is not None or not (by_answer(tree) or kinds[0].kind == "survey")
        offer(self, "sort", _orders(kinds, dated=self.dated))
        if not self.dated:
            del self.fields["first"], self.fields["last"]

    def asked(self) -> Asked:
        """Return what is asked for; what cannot be read is not asked."""
        self.is_valid()
        found = self.cleaned_data
        return Asked(
            words=found.get("words") or "", first=found.get("first"), last=found.get("last"),
            sort=found.get("sort") or ("day" if self.dated else "number"), after=self.after,
        )  # fmt: skip


def _orders(kinds: Sequence[RegisterKind], *, dated: bool) -> Choices:
    if dated:
        orders = [
            ("day", say("日の古い順", "earliest first")),
            ("-day", say("日の新しい順", "latest first")),
        ]
    else:
        orders = [
            ("number", say("登録番号の順", "by number")),
            ("-number", say("登録番号の逆順", "by number, backwards")),
        ]
    for field in kinds[0].fields.values():
        name = field.ja if lang() == "ja" else field.en
        if field.column in ("place", "sort"):
            orders.append((field.column, say("{n}の順", "by {n}", n=name)))
        elif field.column in ("amount", "quantity"):
            orders.append((f"-{field.column}", say("{n}の大きい順", "largest {n} first", n=name)))
    return orders  # fmt: skip

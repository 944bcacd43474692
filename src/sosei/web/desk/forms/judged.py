"""検証の入力欄. The verification, the grade, findings that are accepted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.core.wording import name as wording
from sosei.judging.criteria import level_name
from sosei.web.desk.forms.fields import (
    NONE,
    choice,
    offer,
    pick,
    reason,
    words,
)
from sosei.web.desk.saying import lang, said, say


class VerificationForm(forms.Form):
    """効果検証."""

    verifier = words(
        "検証の主体",
        "Verified by",
        help_text=said("例：総合戦略推進会議（産官学金労言）", "Who verified it."),
    )
    date = forms.CharField(
        label=said("検証日", "Verified on"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"class": "is-short"}),
    )  # fmt: skip
    obstacle = words(
        "阻害要因",
        "Obstacle",
        rows=3,
        help_text=said(
            "目標に届かなかった指標があるときは必ず書いてください。",
            "Where an indicator missed its target.",
        ),
    )
    countermeasure = words("対応策", "Countermeasure", rows=3)
    next_policy = choice("今後の方針", "What comes next")
    next_policy_reason = words("今後の方針の理由", "Why", rows=2)
    expert_judgement = choice("外部有識者の評価", "Experts' judgement")
    expert_opinion = words("外部有識者の意見", "Experts' opinion", rows=3)

    def __init__(self, *args: Any, experts: bool, **more: Any) -> None:
        """Offer the national wording; what the report says in other words stays a choice."""
        super().__init__(*args, **more)
        self._offer("next_policy", ("expand", "revise", "continue", "discontinue", "end"))
        self._offer("expert_judgement", ("effective", "not_effective"))
        if not experts:
            del self.fields["expert_judgement"], self.fields["expert_opinion"]

    def _offer(self, field: str, codes: Iterable[str]) -> None:
        known = [(text, text) for text in (wording(field, code) for code in codes)]
        now = (self.initial or {}).get(field)
        extra = [(now, now)] if now and now not in dict(known) else []
        offer(self, field, [*known, *extra], NONE[1])


class GradeForm(forms.Form):
    """事業効果の決定."""

    level = pick("事業効果", "Effect", required=False, widget=forms.RadioSelect)
    reason = reason(
        help_text=said(
            "提案と違う段階にするときは必ず書いてください。提案と理由の両方が残ります。",
            "Needed where it is not the proposed level; both stay.",
        )
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the four levels, and none."""
        super().__init__(*args, **more)
        levels = [(n, f"{n}　{level_name(n, lang())}") for n in (1, 2, 3, 4)]
        offer(self, "level", [*levels, ("", say("まだ決めない", "Not decided yet"))])


class WaiveForm(forms.Form):
    """指摘の了承."""

    rule = forms.CharField(max_length=30, widget=forms.HiddenInput)
    about = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    reason = reason()

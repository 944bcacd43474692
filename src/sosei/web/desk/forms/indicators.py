"""指標の入力欄. Figures, definitions and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.ledger.attributes import CODES
from sosei.web.desk.forms.fields import (
    NONE,
    Choices,
    choice,
    coded,
    day,
    figure,
    offer,
    pick,
    reason,
    words,
)
from sosei.web.desk.forms.fields import years as year_choices
from sosei.web.desk.saying import said


class ValueForm(forms.Form):
    """実績値. As typed, how sure, and for 集計中 when and who."""

    text = figure(
        "実績値",
        "Actual",
        required=True,
        help_text=said(
            "全角や「1.2万人」も読み取れます。分からないときは「集計中」と書いてください。",
            "Full width and 1.2万人 are understood. Write 集計中 while it is being counted.",
        ),
    )
    state = choice(
        "確報区分", "How sure", coded("Value.state", ("forecast", "preliminary", "final"))
    )
    as_of = words("時点", "As of", help_text=said("例：R4.3.31時点", "For example: R4.3.31時点"))
    expected_on = day(
        "判明予定日",
        "Expected on",
        required=False,
        help_text=said("「集計中」のときに選んでください。", "For 集計中."),
    )
    owed_by = choice(
        "報告する課",
        "Owed by",
        help_text=said("「集計中」のときに選んでください。", "For 集計中."),
    )
    reason = reason(
        help_text=said(
            "確定した値、公表した年度の値を替えるとき、数を取り下げるときは必ず書いてください。",
            "Needed where a final value, a published year's value or a number is replaced.",
        )
    )

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        """Offer the departments."""
        super().__init__(*args, **more)
        offer(self, "owed_by", departments, NONE[1])


class TargetForm(forms.Form):
    """目標値・基準値. As typed, with the reason of a change."""

    text = figure("値", "Figure", required=True)
    reason = reason(
        help_text=said(
            "初めての計画のときは要りません。変えるときは、変更申請の日付や理由を書いてください。",
            "Not needed for the first plan. For a change, give day and reason.",
        )
    )


class DefinitionForm(forms.Form):
    """指標の定義. The attributes of DESIGN §5; `why` only for a new version."""

    name = words("指標名", "Indicator")
    unit = forms.CharField(
        label=said("単位", "Unit"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "is-short"}),
    )  # fmt: skip
    definition = words(
        "定義・算出方法",
        "Definition",
        rows=3,
        help_text=said(
            "何を、いつ、どこで、どう数えるか。", "What is counted, when, where and how."
        ),
    )
    statistic = words(
        "出典統計",
        "Statistic",
        help_text=said(
            "例：宿泊旅行統計調査。自分の課で数えるときは空欄。",
            "Left blank where the section counts itself.",
        ),
    )
    released = words(
        "公表時期",
        "Time of release",
        help_text=said(
            "例：翌年度の6月30日（確定値）", "For example: 30 June of the next year (final)"
        ),
    )
    area = words(
        "対象地域",
        "Area",
        help_text=said(
            "例：市内、県内、6市の合計",
            "For example: the city, the prefecture, six cities together",
        ),
    )
    type = choice("指標の種類", "Type", coded("Indicator.type", CODES["type"]))
    direction = choice("方向性", "Direction", coded("Indicator.direction", CODES["direction"]))
    expression = choice(
        "値の表し方", "Expression", coded("Indicator.expression", CODES["expression"])
    )
    year_type = choice("年の種類", "Type of year", coded("Indicator.year_type", CODES["year_type"]))
    count_kind = choice(
        "人数の数え方", "Counting", coded("Indicator.count_kind", CODES["count_kind"])
    )
    adds_over_bodies = choice(
        "団体を足した合計",
        "Sum over bodies",
        [
            ("yes", said("意味がある", "means something")),
            ("no", said("意味がない", "means nothing")),
        ],
    )
    adds_over_years = choice(
        "年度を足した合計",
        "Sum over years",
        [
            ("yes", said("意味がある", "means something")),
            ("no", said("意味がない", "means nothing")),
        ],
    )

    def attributes(self) -> dict[str, Any]:
        """Return the attributes as the action takes them."""
        data = {
            k: v
            for k, v in self.cleaned_data.items()
            if k not in ("why", "from_year", "comparable", "owed_by")
        }
        for name in ("adds_over_bodies", "adds_over_years"):
            data[name] = {"yes": True, "no": False}.get(data[name])
        return data


class AttributesForm(DefinitionForm):
    """指標の属性. Without a new version; and who reports the indicator."""

    owed_by = choice("報告する課", "Reported by")

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        """Offer the departments."""
        super().__init__(*args, **more)
        offer(self, "owed_by", departments, NONE[1])


class VersionForm(DefinitionForm):
    """定義を変える. A new version: from which year, why, and whether the values before may be compared with it."""

    from_year = pick("適用年度", "From")
    comparable = forms.BooleanField(
        label=said("これまでの値と比べてよい（基準値を引き継ぐ）", "The values before may be compared (the baseline is carried over)"),
        required=False,
    )  # fmt: skip
    why = words("変更の理由", "Why", rows=3)

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        """Offer the years."""
        super().__init__(*args, **more)
        offer(self, "from_year", year_choices(years))


class RestForm(forms.Form):
    """休止・再開."""

    reason = reason()

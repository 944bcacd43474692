"""台帳の入力欄. What a person fills in for volumes, projects, bodies, money, grant decisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sosei.core.money import SCALES
from sosei.core.schemes import known_schemes
from sosei.web.desk.forms.fields import (
    FIGURE,
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
from sosei.web.desk.saying import said, tongue


class VolumeForm(forms.Form):
    """報告年度を開く."""

    year = pick("年度", "Fiscal year")
    title = words(
        "題名",
        "Title",
        help_text=said(
            "例：令和4年度 地方創生関連交付金を活用した事業の実績について",
            "Printed on top of the report.",
        ),
    )
    series = forms.CharField(
        label=said("系列", "Series"), max_length=40, required=False,
        help_text=said("同じ年度に報告書が複数あるときだけ書いてください。", "Only where there are several reports a year."),
    )  # fmt: skip
    publish_due = day("公表の期限", "To be published by", required=False)

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        """Offer the years that may be opened."""
        super().__init__(*args, **more)
        offer(self, "year", year_choices(years))


class VolumeWordsForm(forms.Form):
    """年度版の期限. Its title is corrected on a page of its own."""

    publish_due = day("公表の期限", "To be published by", required=False)


class EntryForm(forms.Form):
    """事業の記載. One form for a new project and for what is written of one."""

    name = forms.CharField(label=said("事業の名称", "Name of the project"), max_length=300)
    number = forms.CharField(
        label=said("番号", "Number"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "is-short"}),
    )  # fmt: skip
    grant = words(
        "交付金名称",
        "Grant",
        help_text=said("例：地方創生推進交付金", "As the report is to name it."),
    )
    grant_type = words(
        "交付金の種類",
        "Type of grant",
        help_text=said("例：横展開タイプ", "For example: 横展開タイプ"),
    )
    period = words(
        "実施期間", "Period", help_text=said("例：R3～R7年度", "For example: R3～R7年度")
    )
    activities = words(
        "実施内容", "Activities", rows=6, help_text=said("段落ごとに改行してください。", "One paragraph a line."),
    )  # fmt: skip
    remarks = words(
        "備考",
        "Remarks",
        rows=3,
        help_text=said("段落ごとに改行してください。", "One paragraph a line."),
    )
    departments = forms.MultipleChoiceField(
        label=said("担当課", "Departments in charge"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    drop = forms.TypedMultipleChoiceField(
        label=said("課の名前でない担当のうち、外すもの", "In charge, but no department: take out"),
        required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=said("選ばなければ、そのまま残ります。", "What is not chosen stays."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, departments: Choices | None = None, unnamed: Choices = (), **more: Any
    ) -> None:
        """Offer the departments, or none where the person may not hand the project over; `unnamed`: words that may go."""
        super().__init__(*args, **more)
        for name, offered in (("departments", departments), ("drop", unnamed or None)):
            if offered is None:
                del self.fields[name]
            else:
                offer(self, name, offered)

    def words(self) -> dict[str, Any]:
        """Return the words as the action takes them: paragraphs as lists."""
        data = dict(self.cleaned_data)
        for name in ("departments", "drop"):
            data.pop(name, None)
        for name in ("activities", "remarks"):
            data[name] = data[name].splitlines()
        return data

    def charge(self) -> list[int] | None:
        """Return the departments that were ticked, None where none were offered."""
        if "departments" not in self.fields:
            return None
        return [int(pk) for pk in self.cleaned_data["departments"]]

    def dropped(self) -> list[int]:
        """Return the words without a department that are to go."""
        return list(self.cleaned_data.get("drop", ()))


class MemberForm(forms.Form):
    """構成団体の一行."""

    code = forms.CharField(
        label=said("団体コード", "Code"), max_length=6, required=False,
        widget=forms.TextInput(attrs={"class": "is-short", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label=said("団体名", "Body"), max_length=60, required=False)
    yen = figure("負担額", "Pays itself")
    lead = forms.BooleanField(label=said("代表", "Leads"), required=False)


class SpendingForm(forms.Form):
    """経費の一行."""

    spending = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(
        label=said("番号", "No."), max_length=10, required=False,
        widget=forms.TextInput(attrs={"class": "is-tiny", "autocomplete": "off"}),
    )  # fmt: skip
    label = forms.CharField(label=said("項目", "Item"), max_length=1000, required=False)
    amount = figure("金額", "Amount")
    unit = forms.ChoiceField(label=said("単位", "Unit"))
    kind = choice("種類", "Kind", coded("Spending.kind", (
        "commission", "contribution", "subsidy", "budget", "settled", "granted", "other",
    )))  # fmt: skip
    role = choice("行の役割", "Role", coded("Spending.role", ("line", "subtotal", "total")))
    fund = forms.CharField(label=said("財源", "Funds"), max_length=1000, required=False)
    source = choice("財源の別", "Kind of funds", [
        ("national", said("国費", "State")), ("prefectural", said("県を経由した国費", "State, via prefecture")),
        ("own", said("一般財源", "own funds")), ("other", said("その他", "other")),
    ])  # fmt: skip
    eligible = choice("対象経費", "Eligible", [
        ("yes", said("対象", "eligible")), ("no", said("対象外", "not eligible")),
    ])  # fmt: skip
    year = pick("年度", "Year", required=False)
    note = forms.CharField(label=said("注記", "Note"), max_length=1000, required=False)

    def __init__(
        self, *args: Any, years: Iterable[int] = (), usual: str = "千円", **more: Any
    ) -> None:
        """Offer the years of the project, and the line's own; `usual`: the unit of a new line."""
        super().__init__(*args, **more)
        self.initial.setdefault("unit", usual)
        unsaid = self["unit"].value() == ""  # so it stands in the book: no unit is made up for it
        offer(self, "unit", [(unit, unit) for unit in SCALES], "－" if unsaid else None)
        self.fields["unit"].required = not unsaid
        own = str(self["year"].value() or "")
        among = {*years, *([int(own)] if own.isdecimal() else [])}
        for name in ("kind", "role", "source", "eligible"):
            offered = list(self.fields[name].choices)[1:]  # type: ignore[attr-defined]
            self.fields[name].choices = [("", "－"), *offered]  # type: ignore[attr-defined]
        offer(self, "year", year_choices(sorted(among), short=True), said("この年度", "this year"))


class DecisionForm(forms.Form):
    """交付決定."""

    number = forms.CharField(label=said("交付決定番号", "Number of the decision"), max_length=60)
    scheme = choice("交付金制度", "Scheme")
    decided_on = day("交付決定日", "Decided on")
    amount = forms.CharField(
        label=said("交付決定額", "Amount decided"), max_length=40,
        widget=forms.TextInput(attrs=dict(FIGURE)), help_text=said("単位のない数は円として読みます。「5,005千円」とも書けます。", "A bare number is yen. 5,005千円 is understood."),
    )  # fmt: skip
    eligible = figure("対象経費", "Eligible cost")
    report_due = day(
        "実績報告の期限",
        "Report to the State due on",
        help_text=said(
            "交付決定ごとの日付です。遅くとも翌年度の4月10日。",
            "Each decision has its own, 10 April at the latest.",
        ),
    )
    reason = reason(
        help_text=said(
            "知られている上限額を超えるときに書いてください。",
            "Where it is above a cap that is known.",
        )
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the schemes."""
        super().__init__(*args, **more)
        schemes = [(scheme.id, tongue(scheme)) for scheme in known_schemes()]
        offer(self, "scheme", schemes, NONE[1])


class ReportForm(forms.Form):
    """実績報告."""

    on = day("実績報告日", "Filed on")
    amount = forms.CharField(
        label=said("実績報告額", "Amount reported"), max_length=40,
        widget=forms.TextInput(attrs=dict(FIGURE)), help_text=said("単位のない数は円として読みます。報告書の様式の単位（円）と同じか、ここで確かめます。", "A bare number is yen, as on the State's form."),
    )  # fmt: skip
    settled = figure("決算額", "Settled")
    reason = reason(
        help_text=said(
            "金額を確かめるよう求められ、それでも正しいときに書いてください。",
            "Where you are asked to check the amount and it is right all the same.",
        )
    )


class StrangerForm(forms.Form):
    """ほかの団体の報告書."""

    file = forms.FileField(
        label=said("報告書のファイル", "File of the report"),
        help_text=said(
            "PDF、Excel、Word、HTML、CSV、テキスト、JSON。台帳には入りません。",
            "PDF, Excel, Word, HTML, CSV, text, JSON. It does not enter the book.",
        ),
    )

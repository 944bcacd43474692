"""読み取りを直す欄. What a person says of one figure that was read: what it is, of which year, of what."""

from __future__ import annotations

from typing import Any, Final, get_args

from django import forms

from sosei.core.report import MoneyUnit, Report
from sosei.ledger.mending import Figure, Mend
from sosei.web.desk.forms.fields import FIGURE, choice, offer, pick, words, years
from sosei.web.desk.mendwords import role_words
from sosei.web.desk.readings import Item
from sosei.web.desk.saying import said, say

#: Years before and after those of the report that a figure may be moved to.
_AROUND: Final = 12
_WHICH: Final = said(
    "何の値かを選んでください。値でないときは「取り込まない」を選びます。",
    "Choose what it is; where it is no figure, choose “left out”.",
)
_ROLES: Final = ("target", "actual", "cumulative_actual", "baseline", "none")


class MendForm(forms.Form):
    """One figure, as it is to be. What is left as it was is not corrected."""

    text = forms.CharField(
        label=said("値", "Figure"), max_length=60, required=False,
        widget=forms.TextInput(attrs=dict(FIGURE)),
    )  # fmt: skip
    unit = words("単位", "Unit", max_length=20)
    year = pick("年度", "Fiscal year", required=False)
    role = choice("何の値か", "What it is", lambda: [(code, role_words(code)) for code in _ROLES])
    indicator = choice("どの指標の値か", "Of which indicator")
    alike = forms.BooleanField(required=False)

    def __init__(self, *args: Any, item: Item, report: Report, **more: Any) -> None:
        """Offer what the report holds; begin with what is."""
        super().__init__(*args, **more)
        self.item, self.figure = item, item.figure
        own = {year.year for year in [report.fiscal_year] if year} | _years(report)
        around = range(max(own, default=2020) + _AROUND, min(own, default=2020) - _AROUND, -1)
        offer(self, "year", years(around), say("（記載なし）", "(not said)"))
        offer(self, "indicator", _indicators(report), None if self.figure else say("選んでください", "choose"))  # fmt: skip
        self.fields["unit"].widget.attrs["class"] = "is-short"
        if self.is_money:
            del self.fields["role"], self.fields["indicator"]
            units = [(unit, unit) for unit in get_args(MoneyUnit)]
            self.fields["unit"] = choice("印刷時の単位", "Unit as printed", lambda: units)
        if self.figure is None or not item.head:
            del self.fields["alike"]
        else:
            self.fields["alike"].label = _alike_words(item)
        if self.is_new:
            offer(self, "role", [(code, role_words(code)) for code in _ROLES], say("選んでください", "choose"))  # fmt: skip
            self.fields["role"].required = True
            self.fields["role"].error_messages["required"] = _WHICH

    @property
    def is_new(self) -> bool:
        """Whether nothing was made of it yet: a person says what it is."""
        return self.figure is None or self.figure.loose is not None

    @property
    def is_money(self) -> bool:
        """Whether it is a line of money."""
        return self.figure is not None and self.figure.spending is not None

    def mend(self, at: str) -> Mend:
        """Return what differs from what was there."""
        now = {name: self.cleaned_data.get(name) for name in self.fields if name != "alike"}
        before = self.initial
        changed = {
            name: value for name, value in now.items()
            if value not in (None, "") and str(value) != str(before.get(name) or "")
        }  # fmt: skip
        return Mend(at=at, **changed)


def begun(figure: Figure | None, mend: Mend | None) -> dict[str, Any]:
    """Return what a form of a figure begins with: as read, and as corrected on top."""
    if figure is None:
        return _said(mend)
    said_of: dict[str, Any] = {
        "text": _typed(figure), "unit": figure.unit or "", "year": figure.year,
        "role": "" if figure.loose else figure.role, "indicator": figure.owner, "alike": True,
    }  # fmt: skip
    return said_of | _said(mend)


def _said(mend: Mend | None) -> dict[str, Any]:
    names = ("text", "unit", "year", "role", "indicator")
    return {n: v for n in names if mend is not None and (v := getattr(mend, n)) is not None}


def _typed(figure: Figure) -> str:
    """Return a figure as a person would type it: as it is spelled, where that is short; money in its unit."""
    if figure.raw and len(figure.raw) <= 30:
        return figure.raw
    if figure.value is not None and figure.value.number is not None:
        return f"{figure.value.number:,f}"
    if figure.spending is not None and figure.spending.yen is not None:
        return f"{figure.spending.yen:,}円"
    return (figure.value.text if figure.value else None) or ""


def _years(report: Report) -> set[int]:
    found = {p.fiscal_year.year for p in report.projects if p.fiscal_year}
    points = (y for p in report.projects for k in p.indicators for y in k.years)
    return found | {year.fiscal_year for year in points if year.fiscal_year}


def _indicators(report: Report) -> list[tuple[Any, Any]]:
    """Return the indicators to choose from, by project."""
    groups: list[tuple[Any, Any]] = []
    for i, project in enumerate(report.projects):
        named = project.name.text if project.name else say("名称のない事業", "without a name")
        own = [
            (f"/projects/{i}/indicators/{k}", one.name.text if one.name else f"{k + 1}")
            for k, one in enumerate(project.indicators)
        ]
        if own:
            groups.append((named, own))
    return groups


def _alike_words(item: Item) -> str:
    if item.alike > 1:
        return say(
            "見出し「{head}」の下の、同じように読んだ値{n}件をまとめて直し、この様式の直し方として覚える（数そのものは、この値だけが直ります）",
            "Correct all {n} figures read like this one under “{head}”, and remember it for this layout (the number itself is of this figure alone)",
            head=item.head, n=item.alike,
        )  # fmt: skip
    return say(
        "見出し「{head}」の直し方として覚え、次に同じ様式のファイルが来たら提案する（数そのものは覚えません）",
        "Remember it for the heading “{head}”, and propose it for the next file of this layout (never the number itself)",
        head=item.head,
    )  # fmt: skip


class ProjectForm(forms.Form):
    """The project that a whole indicator belongs to."""

    project = choice("この指標の事業", "The project of this indicator")

    def __init__(self, *args: Any, report: Report, **more: Any) -> None:
        """Offer the report's projects."""
        super().__init__(*args, **more)
        named = [
            (f"/projects/{i}", one.name.text if one.name else say("名称のない事業（{n}）", "without a name ({n})", n=i + 1))
            for i, one in enumerate(report.projects)
        ]  # fmt: skip
        offer(self, "project", named)

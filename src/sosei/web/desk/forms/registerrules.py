"""補助の定めの入力欄. By what rules the subsidies of a register are reckoned: which column is which amount, and the terms of each outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sosei.core.money import read_yen
from sosei.evidence.definitions import table_of
from sosei.evidence.kindproblems import KindProblem
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.queries.reckoning import ROLE_NAMES, ROLES, ROUNDINGS, fields_for
from sosei.web.desk.forms.fields import choice, day, figure, offer, reason
from sosei.web.desk.saying import said, say

#: Blank rows that the form offers beyond the terms there are.
_SPARE = 2
_MOST = 40


class RulesForm(forms.Form):
    """Which column is which amount, and the stages that matter."""

    decided = choice("決定の段階", "Stage of the decision")
    paid = choice("支払の段階", "Stage of payment")
    advance = forms.BooleanField(
        label=said("確定より前に払うことがある（概算払）", "It may be paid before it is fixed"), required=False,
    )  # fmt: skip
    reason = reason(required=True)

    def __init__(self, *args: Any, kind: RegisterKind, **more: Any) -> None:
        """Offer the columns of the register for each amount."""
        super().__init__(*args, **more)
        stages = [(one, one) for one in kind.stages]
        for name in ("decided", "paid"):
            offer(self, name, stages, say("選んでください", "choose"))
        own = {}
        for role in ROLES:
            own[f"f-{role}"] = choice(*ROLE_NAMES[role])
        self.fields = {**own, **self.fields}
        for role in ROLES:
            found = [(key, say(*names)) for key, names in fields_for(kind, role)]
            offer(self, f"f-{role}", found, say("この台帳にはない", "none in this register"))

    @property
    def roles(self) -> list[forms.BoundField]:
        """Return the fields that say which column is which amount."""
        return [self[f"f-{role}"] for role in ROLES]

    def table(self) -> dict[str, Any]:
        """Return what is said as a register's table says it, without the terms."""
        got = self.cleaned_data
        fields = {role: got[f"f-{role}"] for role in ROLES if got.get(f"f-{role}")}
        table: dict[str, Any] = {"fields": fields}
        table |= {name: got[name] for name in ("decided", "paid") if got.get(name)}
        return table | ({"advance": True} if got.get("advance") else {})


class TermsRow(forms.Form):
    """One set of terms."""

    scheme = forms.CharField(label=said("補助金の名称", "Subsidy"), required=False, max_length=200)
    since = day("いつの決定から", "Decided from", required=False)
    rate = forms.CharField(
        label=said("補助率", "Rate"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"class": "is-short", "placeholder": "1/2"}),
    )  # fmt: skip
    cap = figure("上限額（円）", "Cap (yen)")
    rounding = choice("端数の処理", "Rounding", [(one, one) for one in ROUNDINGS])
    exceptions = forms.BooleanField(label=said("特例あり", "Exceptions"), required=False)

    def says(self) -> bool:
        """Whether anything was written in the row."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    def clean_cap(self) -> int | None:
        """Return whole yen."""
        text = self.cleaned_data["cap"].strip()
        return read_yen(text, unit="円")[0] if text else None

    def table(self) -> dict[str, Any]:
        """Return the terms as a register's table says them."""
        got = self.cleaned_data
        since = got.get("since")
        said = {name: got.get(name) for name in ("scheme", "rate", "cap", "rounding", "exceptions")}
        said["since"] = since.isoformat() if since else ""
        return {name: value for name, value in said.items() if value not in ("", None, False)}


Terms = forms.formset_factory(TermsRow, extra=_SPARE, max_num=_MOST, absolute_max=_MOST + 5)


def rules_of(kind: RegisterKind, form: RulesForm, rows: Any) -> dict[str, Any]:
    """Return the definition with the rules that the forms say; none at all where no column is chosen."""
    table = table_of(kind)
    said = form.table()
    if not said["fields"]:
        return {name: one for name, one in table.items() if name != "subsidy"}
    terms = [row.table() for row in rows if row.says()]
    return table | {"subsidy": said | ({"terms": terms} if terms else {})}


def kept_rules(
    table: Mapping[str, Any], stands: RegisterKind | None, base: RegisterKind | None
) -> dict[str, Any]:
    """Return the rules of a subsidy, which have a page of their own. Of a new register they stay where all they name does."""
    if stands is not None:
        return {"subsidy": stands.subsidy.table()} if stands.subsidy else {}
    if base is None or base.subsidy is None:
        return {}
    rules = base.subsidy
    named = {one for one in (rules.decided, rules.paid) if one}
    there = named <= set(table.get("stages", ())) and set(rules.fields.values()) <= set(table["fields"])  # fmt: skip
    return {"subsidy": rules.table()} if there else {}


def tell(found: Iterable[object], form: RulesForm, rows: Any) -> None:
    """Put every problem at the field that it is about."""
    filled = [row for row in rows if row.says()]
    for one in found:
        assert isinstance(one, KindProblem)
        where = one.where[1:]
        target: Any = form
        name = where[-1] if where else ""
        if where[:1] == ("terms",) and len(where) > 2 and where[1].isdigit():
            target = filled[int(where[1]) - 1]
        elif where[:1] == ("fields",) and len(where) > 1:
            name = f"f-{where[1]}"
        target.add_error(name if name in target.fields else None, one.ja)


def begins(kind: RegisterKind) -> dict[str, Any]:
    """Return what the rules of a register say, as the form begins."""
    rules = kind.subsidy
    if rules is None:
        return {}
    own = {f"f-{role}": key for role, key in rules.fields.items()}
    return {**own, "decided": rules.decided, "paid": rules.paid, "advance": rules.advance}


def terms_begin(kind: RegisterKind) -> list[dict[str, Any]]:
    """Return the terms of a register, as their rows begin."""
    if kind.subsidy is None:
        return []
    return [
        {
            "scheme": one.scheme, "since": one.first, "rate": one.rate, "cap": "" if one.cap is None else f"{one.cap:,}",
            "rounding": one.rounding, "exceptions": one.exceptions,
        }
        for one in kind.subsidy.terms
    ]  # fmt: skip

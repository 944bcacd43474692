"""登録の絞り込みの欄. What a person looks for in a register: words, days, choices; only what a register of its kind has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from sosei.evidence.kinds import Field, RegisterKind
from sosei.evidence.queries.asking import Asked
from sosei.web.desk.forms.fields import choice, day, offer, pick, words, years
from sosei.web.desk.registerwords import field_name
from sosei.web.desk.saying import say
from sosei.web.desk.who import number_of

#: Prefix of the fields that are the register's own.
OWN: Final = "f-"
_YES_NO: Final = {"yes": True, "no": False}


class FilterForm(forms.Form):
    """What is looked for; fields that a kind of register has not are taken out."""

    q = words("言葉", "Words")
    stage = choice("段階", "Stage")
    first = day("この日から", "From", required=False)
    last = day("この日まで", "To", required=False)
    on = day("この日に属している", "Belongs on", required=False)
    year = pick("対象年度", "Year", required=False)

    def __init__(
        self, *args: Any, kind: RegisterKind, places: Sequence[str], asked_years: Sequence[int], **more: Any
    ) -> None:  # fmt: skip
        """Offer what the register has. `places`: those that stand in it; none: too many to choose from."""
        super().__init__(*args, **more)
        self._kind = kind
        every = say("すべて", "all")
        offer(self, "stage", [(s, say("{s}まで至った", "reached {s}", s=s)) for s in kind.stages], every)  # fmt: skip
        offer(self, "year", years(asked_years, short=True), every)
        for name in _lacking(kind):
            del self.fields[name]
        for field in _offered(kind):
            self.fields[OWN + field.key] = _field(field, places, every)

    def asked(self, said: Mapping[str, Any]) -> Asked:
        """Return what is asked for; `said`: what the address says beside it (subject, sort, after)."""
        found = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        equal = {
            key.removeprefix(OWN): _YES_NO.get(value, value)
            for key, value in found.items()
            if key.startswith(OWN) and value
        }
        named = {name: found.get(name) for name in ("first", "last", "on", "year")}
        return Asked(
            words=found.get("q") or "", stage=found.get("stage") or "", equal=equal, **named,
            subject=number_of(said.get("subject")), sort=said.get("sort") or "-number", after=said.get("after") or "",
        )  # fmt: skip


def _lacking(kind: RegisterKind) -> list[str]:
    """Return what a kind of register cannot be asked for."""
    has = {
        "stage": bool(kind.stages),
        "first": kind.kind != "survey",
        "last": kind.kind != "survey",
        "on": kind.kind == "roster",
        "year": kind.kind == "survey",
    }
    return [name for name, there in has.items() if not there]


def _offered(kind: RegisterKind) -> list[Field]:
    return [
        one
        for one in kind.fields.values()
        if one.type in ("choice", "yes-no", "place") and not one.personal
    ]


def _field(field: Field, places: Sequence[str], every: str) -> forms.Field:
    name = field_name(field)
    if field.type == "place" and not (field.column and places):
        return forms.CharField(label=name, required=False, max_length=200)
    given = {
        "choice": [(one, one) for one in field.choices],
        "yes-no": [("yes", say("はい", "yes")), ("no", say("いいえ", "no"))],
        "place": [(one, one) for one in places],
    }[field.type]
    return forms.ChoiceField(label=name, required=False, choices=[("", every), *given])

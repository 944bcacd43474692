"""台帳の種類. What a register holds, as data: `catalogue/*.toml` has those that programmes of this field need.

A city changes them, and makes its own, without code; the same checks hold for all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from sosei.evidence.kindproblems import (
    COLUMNS,
    FIELD_TYPES,
    MOST_STAGES,
    SUBJECTS,
    Column,
    FieldType,
    Subject,
    problems_of,
)
from sosei.evidence.measures.entries import Kind
from sosei.evidence.measures.refusals import BadRegisterKind
from sosei.evidence.subsidies import Subsidy, subsidy_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """項目. `unit`: what a number counts; `choices`: what a choice may be; `column`: the typed column it has of its own.

    `personal`: it says something of a person that no count needs; kept enciphered, apart from entries (`models.Private`).
    """

    key: str
    ja: str
    en: str
    type: FieldType
    required: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()
    column: Column | None = None
    personal: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it can be summed."""
        return self.type in ("number", "money")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKind:
    """台帳の種類.

    `subject`: whom an entry is about. `stages`: of cases, in their order. `groups`: an entry may be an anonymous group of
    n. `asks`: of surveys, the roster whose members are asked. `rows`: who may see single entries; confidential ones are
    shown only summed. `purpose`: what persons are told it is for; needed where they are registered by name. `about`: in
    one line, what it holds and of whom, by language. `subsidy`: of cases of subsidies, by what rules they are reckoned.
    """

    key: str
    kind: Kind
    ja: str
    en: str
    subject: Subject
    fields: Mapping[str, Field] = field(default_factory=dict)
    stages: tuple[str, ...] = ()
    groups: bool = False
    asks: str | None = None
    rows: Literal["internal", "confidential"] = "internal"
    purpose: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    subsidy: Subsidy | None = None

    @property
    def personal(self) -> frozenset[str]:
        """Return the keys of the fields that are kept enciphered."""
        return frozenset(key for key, one in self.fields.items() if one.personal)

    @property
    def holds_persons(self) -> bool:
        """Whether entries may be about persons."""
        return self.subject in ("person", "any")

    def called(self, column: str = "", lang: str = "ja") -> str:
        """Return what the register is called, or a column of it; of the subject's attributes, their keys."""
        if not column:
            return self.ja if lang == "ja" else self.en
        if column in self.fields:
            return self.fields[column].ja if lang == "ja" else self.fields[column].en
        return _SUBJECT[lang].get(self.subject, column) if column == "subject" else column


_SUBJECT: Final[Mapping[str, Mapping[Subject, str]]] = {
    "ja": {"organisation": "団体", "person": "人", "any": "人・団体"},
    "en": {"organisation": "organisation", "person": "person", "any": "person or organisation"},
}


@cache
def catalogue() -> Mapping[str, RegisterKind]:
    """Return the kinds that come with the program, by key."""
    folder = files("sosei.evidence") / "catalogue"
    texts = {
        path.name.removesuffix(".toml"): path.read_text("utf-8")
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    }
    return {key: kind_of(key, tomllib.loads(text)) for key, text in texts.items()}


def kind_of(key: str, said: Mapping[str, Any]) -> RegisterKind:
    """Return a kind from its table. Raises BadRegisterKind with every problem."""
    problems = tuple(problems_of(key, said))
    if problems:
        raise BadRegisterKind.of(key, problems)
    placed = _placed(_ordered(said))
    fields = {
        name: Field(key=name, **{**one, "choices": tuple(one.get("choices", ()))})
        for name, one in placed.items()
    }
    rest = {name: value for name, value in said.items() if name not in ("order", "subsidy")}
    rules = subsidy_of(said["subsidy"]) if "subsidy" in said else None
    return RegisterKind(
        key=key,
        **{**rest, "fields": fields, "stages": tuple(said.get("stages", ())), "subsidy": rules},
    )


def settled(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it is stored: every field says whether it has a column, so that later fields move none.

    `order`: of the fields; a database gives the keys of a table back in an order of its own.
    """
    fields = _ordered(said)
    return {**said, "order": list(fields), "fields": _placed(fields)}


def _ordered(said: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the fields in their order."""
    fields = said.get("fields", {})
    return {name: fields[name] for name in said.get("order", fields)}


def _placed(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give each column that no field has to the first field of its type that does not say otherwise."""
    taken = {one.get("column") for one in fields.values()}
    found = {}
    for name, one in fields.items():
        free = (
            column
            for column, of in COLUMNS.items()
            if of == one["type"] and column not in taken and not one.get("personal")
        )
        column = one["column"] if "column" in one else next(free, None)
        taken.add(column)
        found[name] = {**one, "column": column}
    return found


__all__ = [
    "COLUMNS",
    "FIELD_TYPES",
    "MOST_STAGES",
    "SUBJECTS",
    "Column",
    "Field",
    "FieldType",
    "RegisterKind",
    "Subject",
    "catalogue",
    "kind_of",
    "settled",
]

"""台帳の種類. What a register holds, as data: `catalogue/*.toml` has those that programmes of this field need.

A city changes them, and makes its own, without code; the same checks hold for all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from sosei.evidence.measures.entries import KINDS, Kind
from sosei.evidence.measures.parser import RESERVED
from sosei.evidence.measures.refusals import BadRegisterKind

FieldType = Literal["text", "number", "money", "date", "yes-no", "choice", "place"]
FIELD_TYPES: Final[tuple[FieldType, ...]] = get_args(FieldType)
Subject = Literal["organisation", "person", "any", "none"]
SUBJECTS: Final[tuple[Subject, ...]] = get_args(Subject)
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: Typed columns of entries, each for one declared field of such a type: fast to sum, to filter, to sort by.
Column = Literal["place", "quantity", "amount", "sort"]
COLUMNS: Final[Mapping[Column, FieldType]] = {
    "place": "place", "quantity": "number", "amount": "money", "sort": "choice",
}  # fmt: skip
#: As many stages as entries have columns for.
MOST_STAGES: Final = 8
#: What a register holds is said in one line.
LONGEST_ABOUT: Final = 120


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
    one line, what it holds and of whom, by language.
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

    @property
    def personal(self) -> frozenset[str]:
        """Return the keys of the fields that are kept enciphered."""
        return frozenset(key for key, one in self.fields.items() if one.personal)

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
    problems = list(_problems(key, said))
    if problems:
        raise BadRegisterKind(what=key, problems="、".join(problems), n=len(problems))
    fields = {
        name: Field(key=name, **{**one, "choices": tuple(one.get("choices", ()))})
        for name, one in _placed(said.get("fields", {})).items()
    }
    return RegisterKind(
        key=key, **{**said, "fields": fields, "stages": tuple(said.get("stages", ()))}
    )


def settled(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table in which every field says whether it has a column: what is stored, so that later fields move none."""
    return {**said, "fields": _placed(said.get("fields", {}))}


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


_ALLOWED: Final = frozenset(
    {
        "kind",
        "ja",
        "en",
        "subject",
        "fields",
        "stages",
        "groups",
        "asks",
        "rows",
        "purpose",
        "about",
    }
)


def _problems(key: str, said: Mapping[str, Any]) -> Iterator[str]:
    yield from _key_problems("台帳", key)
    yield from (f"「{name}」という欄はない" for name in said.keys() - _ALLOWED)
    yield from (f"「{name}」がない" for name in ("ja", "en") if not _is_text(said.get(name)))
    kind, subject = said.get("kind"), said.get("subject")
    if kind not in KINDS:
        yield f"種類「{kind}」は{'・'.join(KINDS)}のどれでもない"
    if subject not in SUBJECTS:
        yield f"相手「{subject}」は{'・'.join(SUBJECTS)}のどれでもない"
    yield from _stage_problems(kind, said.get("stages", []))
    if (kind == "survey") != (said.get("asks") is not None):
        yield "調査（survey）だけが、尋ねる相手の名簿（asks）を持つ"
    if said.get("rows", "internal") not in ("internal", "confidential"):
        yield "行の扱い（rows）は internal か confidential"
    yield from _about_problems(said.get("about", {}))
    if subject == "person" and not _is_text(said.get("purpose")):
        yield "個人を登録する台帳には利用目的（purpose）が要る"
    fields = said.get("fields", {})
    for name, one in fields.items():
        yield from _field_problems(name, one)
        yield from _personal_problems(name, one, subject)
    columns = [one.get("column") for one in fields.values() if one.get("column") is not None]
    if len(set(columns)) != len(columns):
        yield "一つの列を二つの項目が使っている"


def _key_problems(what: str, key: str) -> Iterator[str]:
    if not _KEY.fullmatch(key) or key in RESERVED or key == "subject":
        yield f"{what}の名「{key}」は使えない（小文字の英字で始まり、数え方の言葉でない名）"


def _about_problems(about: Any) -> Iterator[str]:
    if not isinstance(about, Mapping) or not all(map(_is_text, about.values())):
        yield "説明（about）は、ja と en の一行ずつ"
    elif about and about.keys() != {"ja", "en"}:
        yield "説明（about）には、ja と en の両方だけを書く"
    elif any(len(one) > LONGEST_ABOUT or "\n" in one for one in about.values()):
        yield f"説明（about）は一行、{LONGEST_ABOUT}字まで"


def _stage_problems(kind: object, stages: Any) -> Iterator[str]:
    if (kind == "case") != bool(stages):
        yield "案件（case）だけが段階（stages）を持つ"
    if len(stages) > MOST_STAGES:
        yield f"段階は{MOST_STAGES}まで"
    if not all(map(_is_text, stages)) or len(set(stages)) != len(stages):
        yield "段階の名が空か、同じ名が二度ある"


def _field_problems(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    yield from _key_problems("項目", name)
    known = {"ja", "en", "type", "required", "unit", "choices", "column", "personal"}
    yield from (f"項目「{name}」に「{extra}」という欄はない" for extra in said.keys() - known)
    yield from (
        f"項目「{name}」に「{part}」がない" for part in ("ja", "en") if not _is_text(said.get(part))
    )
    of = said.get("type")
    if of not in FIELD_TYPES:
        yield f"項目「{name}」の型「{of}」は{'・'.join(FIELD_TYPES)}のどれでもない"
    choices = said.get("choices", [])
    if (of == "choice") != bool(choices) or len(set(choices)) != len(choices):
        yield f"項目「{name}」の選択肢は、型が choice のときだけ、二度同じものなく書く"
    column = said.get("column")
    if column is not None and COLUMNS.get(column) != of:
        yield f"項目「{name}」の列「{column}」は、この型の列ではない"
    if said.get("unit") is not None and of != "number":
        yield f"項目「{name}」の単位は、型が number のときだけ書く"


def _personal_problems(name: str, said: Mapping[str, Any], subject: object) -> Iterator[str]:
    personal = said.get("personal", False)
    if not isinstance(personal, bool):
        yield f"項目「{name}」の個人情報（personal）は true か false"
    elif personal and subject not in ("person", "any"):
        yield f"項目「{name}」を個人情報（personal）にできるのは、人を登録する台帳だけ"
    elif personal and said.get("column") is not None:
        yield f"項目「{name}」は個人情報（personal）なので、列を持たない"


def _is_text(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())

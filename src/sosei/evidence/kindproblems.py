"""台帳の種類の点検. What is wrong in the table of a kind of register: every problem, and of which part of the table it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from sosei.evidence.measures.entries import KINDS
from sosei.evidence.measures.parser import RESERVED
from sosei.evidence.subsidyproblems import problems_of as problems_of_subsidy

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


@dataclass(frozen=True, slots=True)
class KindProblem:
    """種類の誤り. `where`: the part of the table, as ("stages",) or ("fields", "title", "choices")."""

    where: tuple[str, ...]
    ja: str

    def __str__(self) -> str:
        """The sentence."""
        return self.ja


#: Words by which the database is asked: what a field of such a name says would be asked for as something else.
LOOKUPS: Final = frozenset(
    (
        "exact", "iexact", "gt", "gte", "lt", "lte", "in", "contains", "icontains", "startswith", "istartswith",
        "endswith", "iendswith", "range", "isnull", "regex", "iregex", "contained_by", "has_key", "has_keys",
        "has_any_keys", "search", "overlap", "len", "unaccent", "trigram_similar", "trigram_word_similar",
        "trigram_strict_word_similar", "pk",
    )
)  # fmt: skip


def key_is_free(key: str) -> bool:
    """Tell whether a key may name a register or a field: it is no word of measures, nor of the database's questions.

    >>> key_is_free("amount"), key_is_free("regex"), key_is_free("sum__of"), key_is_free("last_")
    (True, False, False, False)
    """
    if not _KEY.fullmatch(key) or key.endswith("_") or "__" in key:
        return False
    return key not in RESERVED and key not in LOOKUPS and key != "subject"


_ALLOWED: Final = frozenset(
    (
        "kind", "ja", "en", "subject", "fields", "order", "stages", "groups", "asks", "rows", "purpose", "about",
        "subsidy",
    )
)  # fmt: skip
_FIELD: Final = frozenset(("ja", "en", "type", "required", "unit", "choices", "column", "personal"))


def problems_of(key: str, said: Mapping[str, Any]) -> Iterator[KindProblem]:
    """Yield every problem of a kind's table."""
    yield from _key("台帳", key, ())
    for name in said.keys() - _ALLOWED:
        yield KindProblem((name,), f"「{name}」という欄はない")
    for name in ("ja", "en"):
        if not _is_text(said.get(name)):
            yield KindProblem((name,), f"「{name}」がない")
    yield from _of_kind(said)
    yield from _stages(said.get("kind"), said.get("stages", []))
    yield from _about(said.get("about", {}))
    yield from _fields(said)
    if "subsidy" in said:
        yield from (KindProblem(*one) for one in problems_of_subsidy(said["subsidy"], said))


def _of_kind(said: Mapping[str, Any]) -> Iterator[KindProblem]:
    kind, subject = said.get("kind"), said.get("subject")
    if kind not in KINDS:
        yield KindProblem(("kind",), f"種類「{kind}」は{'・'.join(KINDS)}のどれでもない")
    if subject not in SUBJECTS:
        yield KindProblem(("subject",), f"相手「{subject}」は{'・'.join(SUBJECTS)}のどれでもない")
    if (kind == "survey") != (said.get("asks") is not None):
        yield KindProblem(("asks",), "調査（survey）だけが、尋ねる相手の名簿（asks）を持つ")
    if said.get("rows", "internal") not in ("internal", "confidential"):
        yield KindProblem(("rows",), "行の扱い（rows）は internal か confidential")
    if subject == "person" and not _is_text(said.get("purpose")):
        yield KindProblem(("purpose",), "個人を登録する台帳には利用目的（purpose）が要る")


def _fields(said: Mapping[str, Any]) -> Iterator[KindProblem]:
    fields = said.get("fields", {})
    for name, one in fields.items():
        yield from _field(name, one)
        yield from _personal(name, one, said.get("subject"))
    columns = [one.get("column") for one in fields.values() if one.get("column") is not None]
    if len(set(columns)) != len(columns):
        yield KindProblem(("fields",), "一つの列を二つの項目が使っている")
    order = said.get("order", list(fields))
    if sorted(order) != sorted(fields):
        yield KindProblem(("order",), "項目の順（order）は、すべての項目を一度ずつ")


def _key(what: str, key: str, where: tuple[str, ...]) -> Iterator[KindProblem]:
    if not key_is_free(key):
        yield KindProblem(where, f"{what}の名「{key}」は使えない（小文字の英字で始まり、数え方やデータベースの言葉でない名）")  # fmt: skip


def _about(about: Any) -> Iterator[KindProblem]:
    if not isinstance(about, Mapping) or not all(map(_is_text, about.values())):
        yield KindProblem(("about",), "説明（about）は、ja と en の一行ずつ")
    elif about and about.keys() != {"ja", "en"}:
        yield KindProblem(("about",), "説明（about）には、ja と en の両方だけを書く")
    elif any(len(one) > LONGEST_ABOUT or "\n" in one for one in about.values()):
        yield KindProblem(("about",), f"説明（about）は一行、{LONGEST_ABOUT}字まで")


def _stages(kind: object, stages: Any) -> Iterator[KindProblem]:
    if (kind == "case") != bool(stages):
        yield KindProblem(("stages",), "案件（case）だけが段階（stages）を持つ")
    if len(stages) > MOST_STAGES:
        yield KindProblem(("stages",), f"段階は{MOST_STAGES}まで")
    if not all(map(_is_text, stages)) or len(set(stages)) != len(stages):
        yield KindProblem(("stages",), "段階の名が空か、同じ名が二度ある")


def _field(name: str, said: Mapping[str, Any]) -> Iterator[KindProblem]:
    where = ("fields", name)
    yield from _key("項目", name, where)
    for extra in said.keys() - _FIELD:
        yield KindProblem((*where, extra), f"項目「{name}」に「{extra}」という欄はない")
    for part in ("ja", "en"):
        if not _is_text(said.get(part)):
            yield KindProblem((*where, part), f"項目「{name}」に「{part}」がない")
    of = said.get("type")
    if of not in FIELD_TYPES:
        yield KindProblem((*where, "type"), f"項目「{name}」の型「{of}」は{'・'.join(FIELD_TYPES)}のどれでもない")  # fmt: skip
    yield from _of_type(name, said, of)


def _of_type(name: str, said: Mapping[str, Any], of: object) -> Iterator[KindProblem]:
    where = ("fields", name)
    choices = said.get("choices", [])
    if (of == "choice") != bool(choices) or len(set(choices)) != len(choices):
        yield KindProblem((*where, "choices"), f"項目「{name}」の選択肢は、型が choice のときだけ、二度同じものなく書く")  # fmt: skip
    column = said.get("column")
    if column is not None and COLUMNS.get(column) != of:
        yield KindProblem((*where, "column"), f"項目「{name}」の列「{column}」は、この型の列ではない")  # fmt: skip
    if said.get("unit") is not None and of != "number":
        yield KindProblem((*where, "unit"), f"項目「{name}」の単位は、型が number のときだけ書く")


def _personal(name: str, said: Mapping[str, Any], subject: object) -> Iterator[KindProblem]:
    where, personal = ("fields", name, "personal"), said.get("personal", False)
    if not isinstance(personal, bool):
        yield KindProblem(where, f"項目「{name}」の個人情報（personal）は true か false")
    elif personal and subject not in ("person", "any"):
        yield KindProblem(where, f"項目「{name}」を個人情報（personal）にできるのは、人を登録する台帳だけ")  # fmt: skip
    elif personal and said.get("column") is not None:
        yield KindProblem(where, f"項目「{name}」は個人情報（personal）なので、列を持たない")


def _is_text(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())

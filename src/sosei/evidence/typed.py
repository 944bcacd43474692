"""打ち込んだ登録. One entry as a person types it on a page, column by column: read by what reads the rows of sheets, with every problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from sosei.core.errors import SoseiError
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Literal_
from sosei.evidence.measures.parser import parse
from sosei.evidence.measures.refusals import EvidenceRefusal
from sosei.evidence.sheets import mynumber
from sosei.evidence.sheets.assembly import Assembly
from sosei.evidence.sheets.columns import STAGE, WHO, Column, columns_of
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.refusals import MyNumberFound
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.values import reader_of

#: Characters of an attribute's name.
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """書き間違い. What is wrong with what was typed; `column`: its key, None where it is about the entry as a whole."""

    column: str | None
    refusal: SoseiError

    def sentence(self, lang: str = "ja") -> str:
        """Return what is wrong and what to do; the place is the page's."""
        return self.refusal.sentence(lang).lstrip("：:、, ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """打ち込んだもの. The draft, or every reason why there is none."""

    draft: Draft | None
    slips: tuple[Slip, ...]


def typed_columns(kind: RegisterKind, *, persons: bool = True) -> tuple[Column, ...]:
    """Return the columns that a page asks for, in order. `persons`: also who a person is, and what is kept enciphered of him.

    A figure of a series says its period in one column; the number of an entry is no matter of a page.
    """
    left_out = {"entry", "month", *(("year",) if kind.kind == "series" else ())}
    return tuple(
        one for one in columns_of(kind) if one.key not in left_out and (persons or not one.personal)
    )


def read_typed(kind: RegisterKind, columns: Sequence[Column], said: Mapping[str, str]) -> Typed:
    """Read what was typed into the columns, by their keys."""
    refused = _my_numbers(kind, columns, said)
    if refused:
        return Typed(draft=None, slips=tuple(refused))
    values, slips = _values(columns, said)
    assembly = Assembly(kind, columns, None)
    draft = assembly.draft(values, "")
    slips += _contradictions(assembly.wrongs(values, draft), slips, columns)
    return Typed(draft=None if slips else replace(draft, at=""), slips=tuple(slips))


def read_apart(
    kind: RegisterKind, columns: Sequence[Column], said: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[Slip, ...]]:
    """Read some columns by themselves, by their keys: what an entry needs as a whole is not asked for."""
    refused = _my_numbers(kind, columns, said)
    if refused:
        return {}, tuple(refused)
    values, slips = _values(columns, said)
    return dict(zip((one.key for one in columns), values, strict=False)), tuple(slips)


def _contradictions(
    wrongs: Iterable[tuple[str | None, Wrong]], slips: Sequence[Slip], columns: Sequence[Column]
) -> list[Slip]:
    """Return what contradicts itself, but for what only seems to, as a field of it could not be read."""
    slipped = {slip.column for slip in slips}
    unread = any(key in WHO or (key or "").startswith(STAGE) for key in slipped)
    return [
        _slip(key, wrong, columns)
        for key, wrong in wrongs
        if key not in slipped and not (key is None and unread)
    ]


def _my_numbers(
    kind: RegisterKind, columns: Iterable[Column], said: Mapping[str, str]
) -> list[Slip]:
    """Return the fields that hold an Individual Number, which is never kept."""
    watched = kind.subject in ("person", "any")
    return [
        Slip(column=one.key, refusal=MyNumberFound(at=f"{one.ja}（{one.en}）"))
        for one in columns
        if watched and one.type != "corporate" and mynumber.holds(said.get(one.key, ""))
    ]


def _values(columns: Sequence[Column], said: Mapping[str, str]) -> tuple[list[Any], list[Slip]]:
    values: list[Any] = []
    slips: list[Slip] = []
    for one in columns:
        try:
            values.append(reader_of(one, heard=Heard())(said.get(one.key, "").strip()))
        except Wrong as wrong:
            values.append(None)
            slips.append(_slip(one.key, wrong, columns))
    values.append(None)
    return values, slips


def _slip(key: str | None, wrong: Wrong, columns: Iterable[Column]) -> Slip:
    column = next((one for one in columns if one.key == key), None)
    named = {"column": column.ja, "column_en": column.en} if column is not None else {}
    return Slip(column=key, refusal=wrong.at("", **named))


ValueType = Literal["yes-no", "text", "number", "date"]
_PLAIN: Final[Mapping[ValueType, type]] = {"yes-no": bool, "text": str, "number": Decimal, "date": date}  # fmt: skip


def read_attribute(of: ValueType, text: str) -> Literal_ | Slip:
    """Read what a subject is as a person types it: as a column of this type would be, or what is wrong with it."""
    column = Column(key="value", ja="値", en="Value", type=of, of="roster", required=True)
    try:
        value = reader_of(column, heard=Heard())(text.strip())
    except Wrong as wrong:
        return _slip("value", wrong, [column])
    assert isinstance(value, bool | str | Decimal | date)
    return value


def value_type(of: type) -> ValueType | None:
    """Return what a value of a Python type is typed as; None where it is not known."""
    return next((name for name, plain in _PLAIN.items() if plain is of), None)


def names_attribute(name: str) -> bool:
    """Tell whether measures can ask for an attribute of this name.

    >>> names_attribute("maker"), names_attribute("業種"), names_attribute("従業員 数"), names_attribute("known")
    (True, True, False, False)
    """
    try:
        parse(f'count of a where subject.{name} known unit "件"')
    except EvidenceRefusal:
        return False
    return len(name) <= LONGEST_NAME

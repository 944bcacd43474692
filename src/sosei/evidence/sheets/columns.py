"""台帳の列. Every column that a sheet of a register can have: those that all entries of its kind share, and the declared fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sosei.evidence.kinds import FieldType, RegisterKind
from sosei.evidence.measures.entries import Kind

ColumnType = (
    FieldType
    | Literal[
        "name", "kana", "mail", "phone", "address", "corporate", "entry", "period", "year", "month", "size"
    ]
)  # fmt: skip
STAGE: Final = "stage:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """列. A column of a register as sheets fill it.

    `required`: no entry is without it (of whom or when an entry is, see `lacking`). `personal`: says who a person is.
    `stage`: of a case, the one whose day this is. `field`: the key of the declared field. `of`: the register's kind.
    """

    key: str
    ja: str
    en: str
    type: ColumnType
    of: Kind
    required: bool = False
    personal: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()
    stage: str | None = None
    field: str | None = None

    def called(self, lang: str = "ja") -> str:
        """Return what it is called."""
        return self.en if lang == "en" else self.ja


def columns_of(kind: RegisterKind) -> tuple[Column, ...]:
    """Return the columns of a register, in the order in which a person would fill them."""
    core = (*_subject(kind), *_times(kind))
    taken = {column.key for column in core} | {"entry"}
    return (*core, *_fields(kind, taken), _entry(kind))


def _subject(kind: RegisterKind) -> Iterator[Column]:
    of = kind.kind
    if kind.subject in ("organisation", "any"):
        yield Column(key="who", ja="団体名", en="Organisation", type="name", of=of)
        yield Column(key="number", ja="法人番号", en="Corporate number", type="corporate", of=of)
    if kind.subject in ("person", "any"):
        for key, ja, en, of_type in _PERSONAL:
            yield Column(key=key, ja=ja, en=en, type=of_type, of=of, personal=True)
    if kind.groups:
        yield Column(key="size", ja="人数", en="People", type="size", of=of, unit="人")


_PERSONAL: Final[tuple[tuple[str, str, str, ColumnType], ...]] = (
    ("name", "氏名", "Name", "name"),
    ("kana", "フリガナ", "Reading of the name", "kana"),
    ("mail", "メールアドレス", "E-mail", "mail"),
    ("phone", "電話番号", "Telephone", "phone"),
    ("address", "住所", "Address", "address"),
)


def _times(kind: RegisterKind) -> Iterator[Column]:
    of = kind.kind
    if of == "roster":
        yield Column(key="first", ja="加入日", en="Joined", type="date", of=of)
        yield Column(key="last", ja="脱退日", en="Left", type="date", of=of)
    elif of == "log":
        yield Column(key="first", ja="日", en="Day", type="date", of=of, required=True)
    elif of == "survey":
        yield Column(
            key="year", ja="対象年度", en="Year asked about", type="year", of=of, required=True
        )
    elif of == "series":
        yield Column(
            key="first", ja="期間（初日か年月）", en="First day, or month", type="period", of=of
        )
        yield Column(key="last", ja="期間の末日", en="Last day", type="period", of=of)
        yield Column(key="year", ja="年・年度", en="Year", type="year", of=of)
        yield Column(key="month", ja="月", en="Month", type="month", of=of)
    for stage in kind.stages:
        yield Column(
            key=STAGE + stage,
            ja=f"{stage}の日",
            en=f"Day of {stage}",
            type="date",
            of=of,
            stage=stage,
        )


def _fields(kind: RegisterKind, taken: Collection[str]) -> Iterator[Column]:
    for one in kind.fields.values():
        yield Column(
            key=f"field:{one.key}" if one.key in taken else one.key, field=one.key,
            ja=one.ja, en=one.en, type=one.type, of=kind.kind, required=one.required,
            unit="円" if one.type == "money" else one.unit, choices=one.choices, personal=one.personal,
        )  # fmt: skip


def _entry(kind: RegisterKind) -> Column:
    return Column(
        key="entry",
        ja="登録番号（上書き用）",
        en="Entry number (to overwrite)",
        type="entry",
        of=kind.kind,
    )


#: Of whom an entry is: one of these columns is enough.
WHO: Final = ("who", "name", "number", "mail", "size")


def lacking(
    kind: RegisterKind, keys: Collection[str], *, fiscal_year: int | None = None
) -> tuple[Column, ...]:
    """Return the columns that a sheet must have and has not: one of a group stands for it.

    `fiscal_year`: said for the whole sheet, it stands for a column of years. A sheet that says which entries it overwrites
    need not say of whom they are: that stays.
    """
    columns = columns_of(kind)
    said = {*keys, *(("year",) if fiscal_year is not None else ())}
    overwrites = kind.subject != "none" and "entry" in said
    asks = not overwrites and (kind.subject != "none" or kind.groups)
    groups = [[c for c in columns if c.key in WHO]] if asks else []
    if kind.kind == "series":
        groups.append([c for c in columns if c.key in ("first", "year")])
        said |= {"first"} if fiscal_year is not None and "month" in keys else set()
    groups.append([c for c in columns if c.stage is not None])
    groups += [[c] for c in columns if c.required and not (overwrites and c.personal)]
    return tuple(group[0] for group in groups if group and not any(c.key in said for c in group))

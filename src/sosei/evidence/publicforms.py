"""公開フォームの決まり. What a form made from a register may ask, and how what somebody types there becomes a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.sheets import mynumber
from sosei.evidence.sheets.columns import STAGE, WHO, Column
from sosei.evidence.sheets.refusals import MyNumberFound, OutOfBounds
from sosei.evidence.typed import Slip, Typed, read_typed, typed_columns

Mode = Literal["join", "post", "stamp"]
#: Which registers a way of taking is for.
MODES: Final[Mapping[str, tuple[str, ...]]] = {
    "join": ("roster",),
    "post": ("log", "case"),
    "stamp": ("log",),
}
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
#: Columns that the form itself says, never who fills it in.
_OWN: Final = frozenset({"first", "last", "size", "year"})
#: Submissions by a form in a day, beyond which each waits for an official: a fair may bring so many, a flood does too.
MUCH: Final[Mapping[str, int]] = {"join": 500, "post": 500, "stamp": 5000}
#: Days for which what nobody looked at is kept; every form says so.
HELD_DAYS: Final = 90
#: As long as what one field takes may be.
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSaid:
    """フォームの内容. What officials say of a form; `place`: where its stamps are."""

    slug: str
    title: str
    mode: Mode
    asked: tuple[str, ...]
    required: tuple[str, ...] = ()
    intro: str | None = None
    notice: str | None = None
    place: str | None = None
    waits: bool = True
    published: bool = False
    open_from: date | None = None
    open_until: date | None = None


def askable(kind: RegisterKind, mode: str) -> tuple[Column, ...]:
    """Return the columns that a form may ask: days, stages and the place of a stamp it says itself.

    A stamp counts at once, whoever sends it: it tells no corporate number, which would be written onto a known firm.
    """
    place = place_field(kind) if mode == "stamp" else None
    own = _OWN | ({"number"} if mode == "stamp" else set())
    return tuple(
        one
        for one in typed_columns(kind)
        if one.key not in own and one.stage is None and (place is None or one.key != place.key)
    )


def place_field(kind: RegisterKind) -> Column | None:
    """Return the column that says where a stamp is."""
    return next((one for one in typed_columns(kind) if one.type == "place"), None)


def fields_of(kind: RegisterKind, mode: str, asked: tuple[str, ...], required: tuple[str, ...]) -> tuple[Column, ...]:  # fmt: skip
    """Return the columns that a form asks, in the register's order, each as strict as the form is."""
    return tuple(
        replace(one, required=one.required or one.key in required)
        for one in askable(kind, mode)
        if one.key in asked
    )


def problems(kind: RegisterKind, said: FormSaid) -> Iterator[tuple[str, str]]:
    """Yield why nobody could fill in a form as it is said, in both languages."""
    if not _SLUG.fullmatch(said.slug):
        yield (
            "アドレスは小文字の英数字とハイフンの3〜40字",
            "the address takes 3 to 40 small letters, digits, hyphens",
        )
    if not said.title.strip():
        yield "題名がない", "it has no title"
    if kind.kind not in MODES.get(said.mode, ()):
        yield "この台帳では、その受け方はできない", "this register does not take in that way"
    offered = askable(kind, said.mode)
    keys = {one.key for one in offered}
    if set(said.asked) - keys or set(said.required) - set(said.asked):
        yield "台帳にない項目を尋ねている", "it asks a field that the register has not"
    missing = [one.ja for one in offered if one.required and one.key not in said.asked]
    if missing:
        yield (
            f"必須の「{missing[0]}」を尋ねていない",
            "a field that no entry is without is not asked",
        )
    yield from _whom(kind, said)
    if said.mode == "stamp" and (place_field(kind) is None or not (said.place or "").strip()):
        yield "スタンプの場所がない", "the stamp has no place"
    if said.open_from and said.open_until and said.open_until < said.open_from:
        yield "受付の末日が初日より前", "the last day comes before the first"


def _whom(kind: RegisterKind, said: FormSaid) -> Iterator[tuple[str, str]]:
    if kind.subject != "none" and not set(said.asked) & {"who", "name", "number", "mail"}:
        yield "だれかを尋ねていない", "it does not ask of whom it is"
    if kind.holds_persons and not (said.notice or "").strip():
        yield "利用目的の説明がない", "it does not say what personal data are for"


def read_said(kind: RegisterKind, mode: str, columns: tuple[Column, ...], place: str | None, day: date, said: Mapping[str, str]) -> Typed:  # fmt: skip
    """Read what somebody typed on a day; what the form does not ask is as if it were not there."""
    asked = {one.key: said.get(one.key, "") for one in columns}
    # one after the other: a megabyte of digits is not looked through for Individual Numbers
    if found := tuple(_too_long(columns, asked)) or _my_numbers(columns, asked):
        return Typed(draft=None, slips=found)
    fixed, own = _fixed(kind, mode, place, day)
    read = read_typed(kind, (*columns, *fixed), asked | own)
    return read if kind.subject != "none" or read.draft is None else Typed(draft=replace(read.draft, who=None), slips=read.slips)  # fmt: skip


def _too_long(columns: tuple[Column, ...], said: Mapping[str, str]) -> Iterator[Slip]:
    """Yield the fields in which nobody writes so much."""
    bounds, bounds_en = f"{LONGEST}字まで", f"at most {LONGEST} characters"
    for one in columns:
        if len(said[one.key]) > LONGEST:
            facts = {"column": one.ja, "column_en": one.en}
            wrong = OutOfBounds(at="", text=f"{said[one.key][:20]}…", bounds=bounds, bounds_en=bounds_en, **facts)  # fmt: skip
            yield Slip(column=one.key, refusal=wrong)


def _my_numbers(columns: tuple[Column, ...], said: Mapping[str, str]) -> tuple[Slip, ...]:
    """Return the fields that hold an Individual Number: of no register does the public tell one."""
    return tuple(
        Slip(column=one.key, refusal=MyNumberFound(at=f"{one.ja}（{one.en}）"))
        for one in columns
        if one.type != "corporate" and mynumber.holds(said[one.key])
    )


def _fixed(kind: RegisterKind, mode: str, place: str | None, day: date) -> tuple[list[Column], dict[str, str]]:  # fmt: skip
    """Return what the form says itself: the day, a case's first stage, where a stamp is."""
    wanted = {STAGE + kind.stages[0] if kind.kind == "case" else "first": day.isoformat()}
    where = place_field(kind) if mode == "stamp" else None
    if where is not None:
        wanted[where.key] = place or ""
    return [one for one in typed_columns(kind) if one.key in wanted], wanted


#: Who a person or organisation is.
IDENTITY: Final = frozenset({*WHO, "kana", "phone", "address"})

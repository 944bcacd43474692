"""取込みの言葉. How a row of a sheet is shown as the entry it will become, and why a column was taken for another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sosei.core.shown import show_number
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.matched import By, SheetMapping
from sosei.web.desk.registerwords import plain_day, shown
from sosei.web.desk.saying import lang, say
from sosei.web.desk.templatetags.desk import show_fiscal

#: How a column was known.
KNOWN: Final[Mapping[By, tuple[str, str]]] = {
    "remembered": ("前回と同じ", "as last time"), "name": ("見出しが同じ", "same heading"),
    "word": ("見出しの意味から", "by its heading"), "values": ("値から", "by its values"), "chosen": ("選んだ対応", "chosen"),
}  # fmt: skip
_OF_WHOM: Final[Mapping[str, str]] = {
    "who": "name", "name": "name", "number": "number", "kana": "kana", "mail": "mail", "phone": "phone", "address": "address",
}  # fmt: skip


def known(mapping: SheetMapping) -> dict[int, str]:
    """Return how each column of a sheet was known, by its place."""
    return {one.index: say(*KNOWN[one.by]) for one in mapping.taken.values()}


def heads(columns: Sequence[Column]) -> list[tuple[str, bool]]:
    """Return what the columns of entries to come are called, and whether they hold figures."""
    return [(one.called(lang()), one.type in ("number", "money", "size", "entry")) for one in columns]  # fmt: skip


def taken_columns(columns: Sequence[Column], mapping: SheetMapping) -> list[Column]:
    """Return the columns of entries that a sheet fills; the number first; of a series its span as two days."""
    keys = set(mapping.taken)
    if keys & {"year", "month"} and any(one.key == "month" for one in columns):
        keys = (keys - {"year", "month"}) | {"first", "last"}
    return sorted((one for one in columns if one.key in keys), key=lambda one: one.key != "entry")


def row_of(
    kind: RegisterKind, columns: Sequence[Column], draft: Draft
) -> list[tuple[str, str, bool]]:
    """Return what each column of an entry to come says: name, words, whether it is a figure."""
    return [
        (name, _said(kind, column, draft) or "－", figure)
        for column, (name, figure) in zip(columns, heads(columns), strict=True)
    ]


def _said(kind: RegisterKind, column: Column, draft: Draft) -> str:
    if column.field:
        return shown(kind.fields[column.field], draft.values.get(column.field))
    if column.stage is not None:
        return plain_day(draft.reached[kind.stages.index(column.stage)])
    if column.key in _OF_WHOM:
        return _of_whom(draft.who, column.key)
    return _CORE[column.key](draft)


def _of_whom(who: Who | None, key: str) -> str:
    if who is None or (key == "who" and who.kind == "person") or (key == "name" and who.kind != "person"):  # fmt: skip
        return ""
    return getattr(who, _OF_WHOM[key]) or ""


_CORE: Final[Mapping[str, Callable[[Draft], str]]] = {
    "entry": lambda draft: "" if draft.entry is None else str(draft.entry),
    "first": lambda draft: plain_day(draft.first),
    "last": lambda draft: plain_day(draft.last),
    "year": lambda draft: "" if draft.year is None else show_fiscal(draft.year, "wareki"),
    "size": lambda draft: f"{show_number(draft.size)}{say('人', '')}",
}


def problem_rows(
    problems: Sequence[Any], columns: Sequence[Column]
) -> list[tuple[str, str, str, str, str]]:
    """Return problems as rows: row, column, place, sentence, code."""
    names = {one.key: one.called(lang()) for one in columns}
    return [
        (str(one.row or ""), names.get(one.column or "", ""), one.at, one.sentence(lang()), one.code)
        for one in problems
    ]  # fmt: skip

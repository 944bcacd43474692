"""言い方. Words for rows, columns and values of any table, as people know them; rows referred to are loaded at once.

A row is called what its table says (`called`); where that is only the table's own name, what it belongs to says more:
指標の記載 → 新規雇用者数. Rooms above that know more of their tables give a `Teller`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, Protocol

from django.db import models
from django.db.models import DateField, DecimalField, ForeignKey, JSONField
from django.utils import timezone

from sosei.core import fields as names
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.shown import show_number
from sosei.journal import columns
from sosei.journal.models import Fact
from sosei.journal.verbs import called as verb_called
from sosei.publishing.inquiry.days import day_shown

#: Longer values are shown by their beginning; the whole stands in the row's own page and in the export.
SHOWN: Final = 300
#: A row without a name of its own is called by so many of those it belongs to.
_OWNERS: Final = 2
#: (column, code) → word; the rooms above know words for codes that are theirs (stages, roles).
Codes = Mapping[tuple[str, str], str]
#: The name of a page and the number of what it shows.
Ref = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """値の欄. Columns that make up one figure, and what it is called: a number with its unit, 確定 or 速報."""

    columns: frozenset[str]
    name: str
    say: Callable[[Any], str]


class Teller(Protocol):
    """語り手. What a room above knows of its tables. It is told all rows of a kind at once, then asked."""

    def know(self, kind: type[models.Model], rows: Sequence[Any]) -> Mapping[Any, str]:
        """Return what rows are called, by their numbers; those left out are called what the journal knows."""
        ...

    def figure(self, kind: type[models.Model]) -> Figure | None:
        """Return which columns of a kind make up one figure."""
        ...

    def ref(self, row: Any) -> Ref | None:
        """Return where the page of a row is, None where it has none."""
        ...


class Words:
    """言葉. First told everything that will be asked (`expect`), then asked."""

    def __init__(
        self, lang: names.Lang, codes: Codes | None = None, teller: Teller | None = None
    ) -> None:
        """Begin; `codes`: words for codes besides the contract's; `teller`: what a room above knows."""
        self.lang, self.teller = lang, teller
        self._codes = {**_codes(lang), **(codes or {})}
        self._wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self._loaded: dict[type[models.Model], dict[Any, models.Model]] = {}
        self._named: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)

    def expect(self, kind: type[Fact], column: str, values: Iterable[Any]) -> None:
        """Note which rows the values of a column refer to."""
        field = _field(kind, column)
        if isinstance(field, ForeignKey):
            target: Any = field.related_model
            self._wanted[target].update(value for value in values if value is not None)

    def expect_names(self, rows: Iterable[models.Model]) -> None:
        """Note what must be known to call rows by what they are, or by what they belong to."""
        by_kind: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for row in rows:
            by_kind[type(row)].append(row)
        for kind, several in by_kind.items():
            if self.teller is not None:
                self._named[kind].update(self.teller.know(kind, several))
            for row in several:
                self._expect_owners(row)

    def _expect_owners(self, row: models.Model) -> None:
        if row.pk in self._named[type(row)] or not isinstance(row, Fact) or not _plain_called(row):
            return
        for field in _owners(type(row)):
            self.expect(type(row), field.attname, [getattr(row, field.attname)])

    def keep(self, rows: Iterable[models.Model]) -> None:
        """Take rows that are loaded already."""
        for row in rows:
            self._loaded.setdefault(type(row), {})[row.pk] = row

    def name(self, row: models.Model) -> str:
        """Return what a row is called."""
        if known := self._named[type(row)].get(row.pk):
            return known
        if not isinstance(row, Fact):
            return str(row)
        if not _plain_called(row):
            return str(row.called())
        owners = (self._owner(row, field) for field in _owners(type(row)))
        between = ", " if self.lang == "en" else "・"
        said = between.join(list(dict.fromkeys(name for name in owners if name))[:_OWNERS])
        return said or f"{self.kind(type(row))} {row.pk}"

    def _owner(self, row: Fact, field: ForeignKey[Any, Any]) -> str | None:
        """Return what one of the rows it belongs to is called, None where that has no name of its own."""
        owner = self._row(field.related_model, getattr(row, field.attname))
        if owner is None:
            return None
        if known := self._named[type(owner)].get(owner.pk):
            return known
        if isinstance(owner, Fact) and _plain_called(owner):
            return None
        return str(owner.called() if isinstance(owner, Fact) else owner)

    def kind(self, kind: type[models.Model]) -> str:
        """Return what the rows of a table are called."""
        named = columns.table_name(kind._meta.label_lower, self.lang)
        return named or str(kind._meta.verbose_name)

    def column(self, kind: type[Fact], column: str) -> str:
        """Return the name of a column."""
        if named := columns.column_name(kind._meta.label_lower, column, self.lang):
            return named
        field = _field(kind, column)
        name = field.verbose_name
        if isinstance(field, ForeignKey) and name == field.name.replace("_", " "):
            name = field.related_model._meta.verbose_name
        return str(name)

    def value(self, kind: type[Fact], column: str, value: Any) -> str:
        """Return words for a value as `Past` keeps it; an empty word: nothing."""
        field = _field(kind, column)
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(field, ForeignKey):
            row = self._row(field.related_model, value)
            return self.name(row) if row else f"{self.kind(field.related_model)} {value}"
        if isinstance(value, bool):
            return {"ja": ("いいえ", "はい"), "en": ("no", "yes")}[self.lang][value]
        return _short(self._scalar(kind, field, column, value))

    def _scalar(self, kind: type[Fact], field: Any, column: str, value: Any) -> str:
        if isinstance(field, DateField):
            return self._moment(field.to_python(value))
        if isinstance(field, JSONField):
            return _listed(value)
        if said := self._in_manner(column, value):
            return said
        if isinstance(field, DecimalField):
            return show_number(Decimal(value))
        word = columns.code_word(kind._meta.label_lower, column, str(value), self.lang)
        return word or self._codes.get((column, str(value))) or str(value)

    def _moment(self, value: date) -> str:
        """Return a day, or a moment, as letters write it."""
        if not isinstance(value, datetime):
            return day_shown(value, self.lang)
        local = timezone.localtime(value)
        return f"{day_shown(local.date(), self.lang)} {local:%H:%M}"

    def _in_manner(self, column: str, value: Any) -> str | None:
        """Return a year, a sum, a size, a line of the journal or a verb in words; None: it is none of these."""
        how, english = columns.manner(column), self.lang == "en"
        if how == "year":
            known = not english and int(value) in RANGE
            return (
                FiscalYear(int(value)).both
                if known
                else f"FY{value}"
                if english
                else f"{value}年度"
            )
        if how == "yen":
            return f"{int(value):,}"  # the column's name says 円
        if how == "bytes":
            return f"{-(-int(value) // 1024):,} KB"
        if how == "line":
            return f"line {value}" if english else f"第{value}行"
        return verb_called(str(value), self.lang) if how == "verb" else None

    def _row(self, target: Any, number: Any) -> models.Model | None:
        wanted = self._wanted.pop(target, set()) - self._loaded.get(target, {}).keys()
        if wanted:
            found = list(target._base_manager.in_bulk(wanted).values())
            self.keep(found)
            self.expect_names(found)
        return self._loaded.get(target, {}).get(number)


def _plain_called(row: Fact) -> bool:
    return bool(row.called() == row._meta.verbose_name)


def _owners(kind: type[Fact]) -> list[ForeignKey[Any, Any]]:
    """Return the references of a table: what its rows belong to."""
    return [field for field in kind._meta.concrete_fields if isinstance(field, ForeignKey)]


def _field(kind: type[Fact], column: str) -> Any:
    return next(f for f in kind._meta.concrete_fields if f.attname == column)


def _listed(value: Any) -> str:
    """Return words for what a JSON column holds: the names of a list of named things, else the JSON itself."""
    if isinstance(value, list) and all(isinstance(v, dict) and v.get("name") for v in value):
        return "、".join(str(v["name"]) for v in value)
    if isinstance(value, list) and all(isinstance(v, list) and len(v) > 1 for v in value):
        return "、".join(f"{v[0]}：{v[1]}" for v in value)
    return json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


@cache
def _codes(lang: names.Lang) -> dict[tuple[str, str], str]:
    """Return words for the codes of the contract's fields, by the name of the column."""
    return {
        (field.partition(".")[2], code): word
        for field in names.coded()
        for code, word in names.words(field, lang).items()
    }

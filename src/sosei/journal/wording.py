"""言い方. Words for rows, columns and values of any table, as people know them; rows referred to are loaded at once.

A row is called what its table says (`called`); where that is only the table's own name, what it belongs to says more:
指標の記載 → 新規雇用者数.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.db import models
from django.db.models import BigIntegerField, DateTimeField, DecimalField, ForeignKey, JSONField
from django.utils import timezone

from sosei.core import fields as names
from sosei.journal.models import Fact

#: Longer values are shown by their beginning; the whole stands in the row's own page and in the export.
SHOWN: Final = 300
#: A row without a name of its own is called by so many of those it belongs to.
_OWNERS: Final = 2
#: (column, code) → word; the rooms above know words for codes that are theirs (stages, roles).
Codes = Mapping[tuple[str, str], str]


class Words:
    """言葉. First told everything that will be asked (`expect`), then asked."""

    def __init__(self, lang: names.Lang, codes: Codes | None = None) -> None:
        """Begin; `codes`: words for codes besides the contract's."""
        self.lang = lang
        self._codes = {**_codes(lang), **(codes or {})}
        self._wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self._loaded: dict[type[models.Model], dict[Any, models.Model]] = {}

    def expect(self, kind: type[Fact], column: str, values: Iterable[Any]) -> None:
        """Note which rows the values of a column refer to."""
        field = _field(kind, column)
        if isinstance(field, ForeignKey):
            target: Any = field.related_model
            self._wanted[target].update(value for value in values if value is not None)

    def expect_name(self, row: models.Model) -> None:
        """Note what must be known to call a row by what it belongs to."""
        if isinstance(row, Fact) and _plain_called(row):
            for field in _owners(type(row)):
                self.expect(type(row), field.attname, [getattr(row, field.attname)])

    def keep(self, rows: Iterable[models.Model]) -> None:
        """Take rows that are loaded already."""
        for row in rows:
            self._loaded.setdefault(type(row), {})[row.pk] = row

    def name(self, row: models.Model) -> str:
        """Return what a row is called."""
        if not isinstance(row, Fact):
            return str(row)
        if not _plain_called(row):
            return str(row.called())
        owners = (self._owner(row, field) for field in _owners(type(row)))
        said = "・".join(list(dict.fromkeys(name for name in owners if name))[:_OWNERS])
        return said or f"{row._meta.verbose_name}{row.pk}"

    def _owner(self, row: Fact, field: ForeignKey[Any, Any]) -> str | None:
        """Return what one of the rows it belongs to is called, None where that has no name of its own."""
        owner = self._row(field.related_model, getattr(row, field.attname))
        if owner is None or (isinstance(owner, Fact) and _plain_called(owner)):
            return None
        return str(owner.called() if isinstance(owner, Fact) else owner)

    def column(self, kind: type[Fact], column: str) -> str:
        """Return the name of a column."""
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
            return self.name(row) if row else f"{field.related_model._meta.verbose_name}{value}"
        if isinstance(value, bool):
            return {"ja": ("いいえ", "はい"), "en": ("no", "yes")}[self.lang][value]
        return _short(self._scalar(field, column, value))

    def _scalar(self, field: Any, column: str, value: Any) -> str:
        if isinstance(field, DateTimeField):
            return timezone.localtime(field.to_python(value)).strftime("%Y-%m-%d %H:%M")
        if isinstance(field, (DecimalField, BigIntegerField)):
            return f"{Decimal(value):,}"
        if isinstance(field, JSONField):
            return json.dumps(value, ensure_ascii=False)
        return str(
            dict(field.flatchoices).get(value) or self._codes.get((column, str(value)), value)
        )

    def _row(self, target: Any, number: Any) -> models.Model | None:
        wanted = self._wanted.pop(target, set()) - self._loaded.get(target, {}).keys()
        if wanted:
            self.keep(target._base_manager.in_bulk(wanted).values())
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

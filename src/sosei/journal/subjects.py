"""対象の名. What the subjects of journal lines ("ledger.line:12") are called, loaded at once for a page of lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import models

from sosei.core.fields import Lang
from sosei.journal.models import Entry, Fact
from sosei.journal.tables import kind_of
from sosei.journal.wording import Ref, Teller, Words

_SUBJECT: Final = re.compile(r"([a-z]+\.[a-z]+):(\d{1,18})")
_LINE: Final = "journal.entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """対象. `kind`: what it is (指標の記載), `name`: which one. `table`, `row`: whose history can be asked; "": none. `ref`: its page."""

    kind: str
    name: str
    table: str = ""
    row: int = 0
    ref: Ref | None = None


def subjects(
    body: str, said: Iterable[str], lang: Lang = "ja", teller: Teller | None = None
) -> dict[str, Subject]:
    """Return what the subjects that name a row of this body are called; others are left out."""
    numbers: dict[type[models.Model], dict[int, str]] = defaultdict(dict)
    found: dict[str, Subject] = {}
    for text in set(said):
        table, number = _split(text)
        if table == _LINE:
            name = f"line {number}" if lang == "en" else f"第{number}行"
            found[text] = Subject(kind=Words(lang).kind(Entry), name=name)
        elif (model := _model(table)) is not None:
            numbers[model][number] = text
    words, rows = Words(lang, teller=teller), _rows(body, numbers)
    words.expect_names(row for row, _ in rows)
    return found | {text: _subject(row, words) for row, text in rows}


def _split(text: str) -> tuple[str, int]:
    match = _SUBJECT.fullmatch(text)
    return (match[1], int(match[2])) if match else ("", 0)


def _model(table: str) -> type[models.Model] | None:
    """Return a table whose rows belong to a body, so that no other body's names are told."""
    try:
        model: type[models.Model] = kind_of(table) or apps.get_model(table)
    except (LookupError, ValueError):
        return None
    return model if any(f.name == "body" for f in model._meta.concrete_fields) else None


def _rows(
    body: str, numbers: dict[type[models.Model], dict[int, str]]
) -> list[tuple[models.Model, str]]:
    return [
        (row, texts[row.pk])
        for model, texts in numbers.items()
        for row in model._base_manager.filter(body=body, pk__in=texts)
    ]


def _subject(row: models.Model, words: Words) -> Subject:
    ours = isinstance(row, Fact)
    return Subject(
        kind=words.kind(type(row)), name=words.name(row),
        table=row.table() if isinstance(row, Fact) else "", row=row.pk if ours else 0,
        ref=words.teller.ref(row) if words.teller else None,
    )  # fmt: skip

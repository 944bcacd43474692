"""経緯. What became of one row, and what one line wrote: column by column, from what to what, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import DateTimeField, ForeignKey, JSONField
from django.utils import timezone

from sosei.core import fields as names
from sosei.journal.models import Entry, Fact, Past
from sosei.journal.seal import canonical
from sosei.journal.verbs import called

#: Columns that say how a row is kept, not what it says.
_KEPT: Final = frozenset({"id", "body", "stamp", "since", "trace"})
#: Longer values are shown by their beginning; the whole stands in the row's own page and in the export.
SHOWN: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """変わった欄. A column and what it held before and after, in words; an empty word: nothing."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """版. One version of a row: by which line, when, by whom, and what it changed. `added`: the first one."""

    table: str
    kind: str
    row: int
    name: str
    stamp: int
    seq: int | None
    at: datetime
    by: int | None
    verb: str
    added: bool
    voided: bool
    changes: tuple[Changed, ...]


def history(body: str, table: str, row: int, lang: names.Lang = "ja") -> tuple[Step, ...]:
    """Return what became of a row of a body, the latest version first; empty where there is no such row."""
    kind = _kind(table)
    found = kind._base_manager.filter(body=body, pk=row).first() if kind else None
    if kind is None or found is None:
        return ()
    past = Past.objects.filter(table=table, row=row).order_by("stamp")
    contents = [(p.stamp, p.content) for p in past] + [(found.stamp, _plain(found.content()))]
    ends = {p.stamp + 1: p.seq for p in past}
    entries = _entries(body, found, contents, ends)
    versions = [
        _Version(kind, row, stamp, content, contents[i - 1][1] if i else None)
        for i, (stamp, content) in enumerate(contents)
    ]
    return tuple(_steps(versions, entries, lang))[::-1]


def written_by(
    body: str, seq: int, *, first: int = 0, size: int = 100, lang: names.Lang = "ja"
) -> tuple[Step, ...]:
    """Return what a line wrote, from its `first` row on: each row's version with what it changed."""
    entry = Entry.objects.filter(body=body, seq=seq).first()
    if entry is None:
        return ()
    wanted = [(t, n, s) for t, n, s, _ in entry.rows[first : first + size] if _kind(t)]
    contents = _contents(wanted)
    versions = [
        _Version(_known(t), n, s, contents[t, n, s], contents.get((t, n, s - 1)))
        for t, n, s in wanted
        if (t, n, s) in contents
    ]
    return tuple(_steps(versions, {v.key: entry for v in versions}, lang))


@dataclass(frozen=True, slots=True)
class _Version:
    kind: type[Fact]
    row: int
    stamp: int
    content: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def key(self) -> tuple[str, int, int]:
        return self.kind._meta.label_lower, self.row, self.stamp


def _kind(table: str) -> type[Fact] | None:
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Fact) else None


def _known(table: str) -> type[Fact]:
    kind = _kind(table)
    assert kind is not None  # the caller has asked before
    return kind


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a content as `Past` keeps it."""
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def _entries(
    body: str, row: Fact, contents: Sequence[tuple[int, Mapping[str, Any]]], ends: dict[int, int]
) -> dict[tuple[str, int, int], Entry]:
    """Return the line that wrote each version; the first one's is found by its moment."""
    table = row._meta.label_lower
    lines = Entry.objects.filter(body=body).defer("rows")
    by_seq = {entry.seq: entry for entry in lines.filter(seq__in=set(ends.values()))}
    found = {(table, row.pk, stamp): by_seq[seq] for stamp, seq in ends.items() if seq in by_seq}
    begun = datetime.fromisoformat(contents[0][1]["since"])
    for entry in Entry.objects.filter(body=body, at=begun):
        if any(written[:3] == [table, row.pk, 1] for written in entry.rows):
            found[table, row.pk, 1] = entry
    return found


def _contents(wanted: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Return what the wanted versions, and those before them, hold."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for table, number, _ in wanted:
        numbers[table].add(number)
    found = {}
    for table, rows in numbers.items():
        for past in Past.objects.filter(table=table, row__in=rows):
            found[table, past.row, past.stamp] = past.content
        for number, row in _known(table)._base_manager.in_bulk(rows).items():
            found[table, number, row.stamp] = _plain(row.content())
    return found


def _steps(
    versions: list[_Version], entries: Mapping[tuple[str, int, int], Entry], lang: names.Lang
) -> list[Step]:
    differing = {v.key: _differing(v) for v in versions}
    words = _Words(lang)
    for version in versions:
        for column in differing[version.key]:
            words.expect(version.kind, column, [version.before or {}, version.content])
    return [_step(v, entries.get(v.key), differing[v.key], words) for v in versions]


def _differing(version: _Version) -> list[str]:
    before = version.before or {}
    return [
        name
        for name, value in version.content.items()
        if name not in _KEPT and before.get(name) != value and not _nothing(before.get(name), value)
    ]


def _nothing(old: Any, new: Any) -> bool:
    """Whether both say nothing: None, empty words, an empty list."""
    return old in (None, "", [], {}) and new in (None, "", [], {})


def _step(version: _Version, entry: Entry | None, columns: list[str], words: _Words) -> Step:
    row = version.kind.of_content(dict(version.content))
    table, number, stamp = version.key
    return Step(
        table=table, kind=str(version.kind._meta.verbose_name), row=number, name=str(row.called()),
        stamp=stamp, seq=entry.seq if entry else None, at=row.since,
        by=entry.by if entry else None, verb=called(entry.verb, words.lang) if entry else "",
        added=stamp == 1, voided="voided" in columns and version.content["voided"] is not None,
        changes=tuple(
            Changed(
                column=words.column(version.kind, name),
                old=words.value(version.kind, name, (version.before or {}).get(name)),
                new=words.value(version.kind, name, version.content[name]),
            )
            for name in columns
        ),
    )  # fmt: skip


class _Words:
    """Words for columns and values; rows that are referred to are loaded at once, by their tables."""

    def __init__(self, lang: names.Lang) -> None:
        self.lang = lang
        self._wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self._loaded: dict[type[models.Model], dict[Any, str]] = {}

    def expect(self, kind: type[Fact], column: str, contents: Iterable[Mapping[str, Any]]) -> None:
        """Note which rows a column refers to."""
        field = _field(kind, column)
        if isinstance(field, ForeignKey):
            target: Any = field.related_model
            self._wanted[target].update(c[column] for c in contents if c.get(column) is not None)

    def column(self, kind: type[Fact], column: str) -> str:
        """Return the name of a column."""
        field = _field(kind, column)
        name = field.verbose_name
        if isinstance(field, ForeignKey) and name == field.name.replace("_", " "):
            name = field.related_model._meta.verbose_name
        return str(name)

    def value(self, kind: type[Fact], column: str, value: Any) -> str:
        """Return words for a value."""
        field = _field(kind, column)
        if value in (None, "", [], {}):
            return ""
        if isinstance(field, ForeignKey):
            return self._of(field.related_model, value)
        if isinstance(value, bool):
            return {"ja": ("いいえ", "はい"), "en": ("no", "yes")}[self.lang][value]
        if isinstance(field, DateTimeField):
            return timezone.localtime(field.to_python(value)).strftime("%Y-%m-%d %H:%M")
        if isinstance(field, JSONField):
            return _short(json.dumps(value, ensure_ascii=False))
        chosen = dict(field.flatchoices).get(value) or _codes(self.lang).get((column, str(value)))
        return _short(str(chosen or value))

    def _of(self, target: Any, number: Any) -> str:
        if target not in self._loaded:
            rows = target._base_manager.in_bulk(self._wanted[target])
            self._loaded[target] = {k: _name(row) for k, row in rows.items()}
        return self._loaded[target].get(number, f"{target._meta.verbose_name} {number}")


def _name(row: models.Model) -> str:
    name = row.called() if isinstance(row, Fact) else str(row)
    return f"{name}（{row.pk}）" if name == row._meta.verbose_name else name


def _field(kind: type[Fact], column: str) -> Any:
    return next(f for f in kind._meta.concrete_fields if f.attname == column)


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

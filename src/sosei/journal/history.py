"""経緯. What became of one row, and what one line wrote: column by column, from what to what, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sosei.core.fields import Lang
from sosei.journal.models import Entry, Fact, Past
from sosei.journal.seal import canonical
from sosei.journal.tables import kind_of
from sosei.journal.verbs import called
from sosei.journal.wording import Codes, Words

#: Columns that say how a row is kept, not what it says.
_KEPT: Final = frozenset({"id", "body", "stamp", "since", "trace"})
#: A page of what a line wrote: so many rows, of so few tables (each costs a question to the database).
ROWS: Final = 50
_KINDS: Final = 6


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """書いた行の一頁. What a line wrote, from its row `first` on; `following`: from which the next page goes on."""

    steps: tuple[Step, ...]
    first: int
    following: int | None
    all: int


def history(
    body: str, table: str, row: int, lang: Lang = "ja", codes: Codes | None = None
) -> tuple[Step, ...]:
    """Return what became of a row of a body, the latest version first; empty where there is no such row."""
    kind = kind_of(table)
    found = kind._base_manager.filter(body=body, pk=row).first() if kind else None
    if kind is None or found is None:
        return ()
    past = Past.objects.filter(table=table, row=row).order_by("stamp")
    contents = [(p.stamp, _whole(kind, p.content)) for p in past]
    contents.append((found.stamp, _plain(found)))
    ends = {p.stamp + 1: p.seq for p in past}
    versions = [
        _Version(kind, row, stamp, content, contents[i - 1][1] if i else None)
        for i, (stamp, content) in enumerate(contents)
    ]
    entries = _entries(body, found, versions[0].content["since"], ends)
    return tuple(_steps(versions, entries, Words(lang, codes)))[::-1]


def written_by(
    body: str, seq: int, *, first: int = 0, lang: Lang = "ja", codes: Codes | None = None
) -> Part:
    """Return what a line wrote, from its row `first` on: each row's version with what it changed."""
    entry = Entry.objects.filter(body=body, seq=seq).first()
    if entry is None:
        return Part(steps=(), first=0, following=None, all=0)
    wanted = _page(entry.rows[first : first + ROWS])
    after = first + len(wanted)
    contents = _contents(wanted)
    versions = [
        _Version(kind, n, s, contents[t, n, s], contents.get((t, n, s - 1)))
        for t, n, s in wanted
        if (kind := kind_of(t)) and (t, n, s) in contents
    ]
    return Part(
        steps=tuple(_steps(versions, {v.key: entry for v in versions}, Words(lang, codes))),
        first=first, following=after if after < len(entry.rows) else None, all=len(entry.rows),
    )  # fmt: skip


def _page(rows: Sequence[Sequence[Any]]) -> list[tuple[str, int, int]]:
    """Return as many of the rows as fit a page."""
    kinds: set[str] = set()
    part = []
    for table, number, stamp, _ in rows:
        kinds.add(table)
        if len(kinds) > _KINDS:
            break
        part.append((table, number, stamp))
    return part


@dataclass(frozen=True, slots=True)
class _Version:
    kind: type[Fact]
    row: int
    stamp: int
    content: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def key(self) -> tuple[str, int, int]:
        return self.kind.table(), self.row, self.stamp


def _plain(row: Fact) -> dict[str, Any]:
    """Return every column of a row as JSON holds it."""
    plain: dict[str, Any] = json.loads(canonical(row.content()))
    return plain


def _whole(kind: type[Fact], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return every column of what `Past` keeps of a row, by its present name."""
    return _plain(kind.of_content(content))


def _entries(
    body: str, row: Fact, begun: str, ends: dict[int, int]
) -> dict[tuple[str, int, int], Entry]:
    """Return the line that wrote each version; the first one's is found by its moment."""
    table = row.table()
    lines = Entry.objects.filter(body=body).defer("rows")
    by_seq = {entry.seq: entry for entry in lines.filter(seq__in=set(ends.values()))}
    found = {(table, row.pk, stamp): by_seq[seq] for stamp, seq in ends.items() if seq in by_seq}
    for entry in Entry.objects.filter(body=body, at=datetime.fromisoformat(begun)):
        if any(written[:3] == [table, row.pk, 1] for written in entry.rows):
            found[table, row.pk, 1] = entry
    return found


def _contents(wanted: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Return what the wanted versions, and those before them, hold."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for table, number, _ in wanted:
        numbers[table].add(number)
    every = set().union(*numbers.values())
    pasts = Past.objects.filter(table__in=list(numbers), row__in=every)
    found = {
        (past.table, past.row, past.stamp): _whole(kind, past.content)
        for past in pasts
        if past.row in numbers[past.table] and (kind := kind_of(past.table))
    }
    for table, rows in numbers.items():
        kind = kind_of(table)
        for number, row in kind._base_manager.in_bulk(rows).items() if kind else ():
            found[table, number, row.stamp] = _plain(row)
    return found


def _steps(
    versions: list[_Version], entries: Mapping[tuple[str, int, int], Entry], words: Words
) -> list[Step]:
    differing = {v.key: _differing(v) for v in versions}
    rows = {v.key: v.kind.of_content(dict(v.content)) for v in versions}
    for version in versions:
        words.expect_name(rows[version.key])
        for column in differing[version.key]:
            values = [(version.before or {}).get(column), version.content[column]]
            words.expect(version.kind, column, values)
    return [_step(v, rows[v.key], entries.get(v.key), differing[v.key], words) for v in versions]


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


def _step(
    version: _Version, row: Fact, entry: Entry | None, columns: list[str], words: Words
) -> Step:
    table, number, stamp = version.key
    return Step(
        table=table, kind=str(version.kind._meta.verbose_name), row=number, name=words.name(row),
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

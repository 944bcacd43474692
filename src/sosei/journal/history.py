"""経緯. What became of one row, and what one line wrote: column by column, from what to what, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sosei.core.fields import Lang
from sosei.journal.columns import technical
from sosei.journal.models import Entry, Fact, Past
from sosei.journal.seal import canonical
from sosei.journal.tables import kind_of
from sosei.journal.verbs import called
from sosei.journal.wording import Codes, Ref, Teller, Words

#: Columns that say how a row is kept, not what it says.
_KEPT: Final = frozenset({"id", "body", "stamp", "since", "trace"})
#: A page of what a line wrote: so many rows, of so few tables (each costs a question to the database).
ROWS: Final = 50
_KINDS: Final = 6
#: A longer value stands in the raw form by its beginning; the whole is in the export.
_RAW: Final = 2000
#: Columns whose earlier content belongs to the figure that stood before, not to this one.
_ANEW: Final = frozenset({"reason"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """変わった欄. A column and what it held before and after, in words; an empty word: nothing."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """版. One version of a row: by which line, when, by whom, and what it changed. `added`: the first one.

    `ref`: the page of the thing; `raw`: the changed columns as they are kept, for engineers.
    """

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
    ref: Ref | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """書いた行の一頁. What a line wrote, from its row `first` on; `following`: from which the next page goes on."""

    steps: tuple[Step, ...]
    first: int
    following: int | None
    all: int


def history(
    body: str,
    table: str,
    row: int,
    lang: Lang = "ja",
    codes: Codes | None = None,
    teller: Teller | None = None,
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
    return tuple(_steps(versions, entries, Words(lang, codes, teller)))[::-1]


def written_by(
    body: str,
    seq: int,
    *,
    first: int = 0,
    lang: Lang = "ja",
    codes: Codes | None = None,
    teller: Teller | None = None,
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
    shown, words = _succeeding(versions), Words(lang, codes, teller)
    return Part(
        steps=tuple(_steps(shown, {v.key: entry for v in shown}, words)),
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

    @property
    def place(self) -> tuple[Any, ...]:
        """What it is a figure of, by which the one that took its place is known."""
        return self.kind, *(self.content[name] for name in self.kind.takes_place_of)

    @property
    def closed(self) -> bool:
        """Whether another took its place."""
        return bool(
            self.kind.takes_place_of
            and self.before
            and self.before["until"] is None
            and self.content["until"] is not None
        )


def _succeeding(versions: list[_Version]) -> list[_Version]:
    """Return the versions with a figure and the one whose place it took as one: before, after."""
    closed = {version.place: version for version in versions if version.closed}
    added = {v.place for v in versions if v.kind.takes_place_of and v.stamp == 1}
    return [
        _Version(v.kind, v.row, v.stamp, v.content, closed[v.place].before)
        if v.kind.takes_place_of and v.stamp == 1 and v.place in closed
        else v
        for v in versions
        if not (v.closed and v.place in added)
    ]


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
    words.keep(rows.values())
    words.expect_names(rows.values())
    for version in versions:
        for column in differing[version.key]:
            values = [(version.before or {}).get(column), version.content[column]]
            words.expect(version.kind, column, values)
    told = [
        _Told(v, rows[v.key], _row_before(v), tuple(differing[v.key]), entries.get(v.key))
        for v in versions
    ]
    return [_step(one, words) for one in told]


def _row_before(version: _Version) -> Fact | None:
    row: Fact | None = version.kind.of_content(dict(version.before)) if version.before else None
    return row


def _differing(version: _Version) -> list[str]:
    """Return the columns that differ, in the order in which the table has them."""
    before, now = version.before or {}, version.content
    return [
        name
        for name in (field.attname for field in version.kind._meta.concrete_fields)
        if name in now
        and name not in _KEPT
        and before.get(name) != now[name]
        and not _nothing(before.get(name), now[name])
    ]


def _nothing(old: Any, new: Any) -> bool:
    """Whether both say nothing: None, empty words, an empty list."""
    return old in (None, "", [], {}) and new in (None, "", [], {})


@dataclass(frozen=True, slots=True)
class _Told:
    """A version with its rows, now and before, and which columns differ."""

    version: _Version
    row: Fact
    was: Fact | None
    columns: tuple[str, ...]
    entry: Entry | None


def _step(one: _Told, words: Words) -> Step:
    version, entry = one.version, one.entry
    table, number, stamp = version.key
    return Step(
        table=table, kind=words.kind(version.kind), row=number, name=words.name(one.row),
        stamp=stamp, seq=entry.seq if entry else None, at=one.row.since,
        by=entry.by if entry else None, verb=called(entry.verb, words.lang) if entry else "",
        added=version.before is None,
        voided="voided" in one.columns and version.content["voided"] is not None,
        changes=tuple(_changes(one, words)),
        ref=words.teller.ref(one.row) if words.teller else None,
        raw=_raw(version, one.columns),
    )  # fmt: skip


def _changes(one: _Told, words: Words) -> Iterator[Changed]:
    """Yield what changed: the figure first, as one, then the other columns that people read."""
    version = one.version
    figure = words.teller.figure(version.kind) if words.teller else None
    rest = [name for name in one.columns if not technical(version.key[0], name)]
    if figure and figure.columns.intersection(rest):
        old, new = (figure.say(row) if row is not None else "" for row in (one.was, one.row))
        yield Changed(column=figure.name, old=old, new=new)
        rest = [name for name in rest if name not in figure.columns]
    for name in rest:
        before = None if name in _ANEW and version.stamp == 1 else (version.before or {}).get(name)
        yield Changed(
            column=words.column(version.kind, name),
            old=words.value(version.kind, name, before),
            new=words.value(version.kind, name, version.content[name]),
        )


def _raw(version: _Version, columns: Sequence[str]) -> str:
    """Return the changed columns as they are kept: before and after, or what was added."""
    before = version.before
    said = {
        name: _cut(version.content[name])
        if before is None
        else {"before": _cut(before.get(name)), "after": _cut(version.content[name])}
        for name in columns
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str)


def _cut(value: Any) -> Any:
    """Return a value, by its beginning where it is long."""
    text = value if isinstance(value, str) else canonical({"": value})
    return value if len(text) <= _RAW else f"{text[:_RAW]}…"

"""書き替え. What an update of the program does to rows of the book, done in a migration and written into the journal.

    Sealed("ledger.0002_units", tables=["ledger.definition"], operations=[RunPython(…), RemoveField(…)])

A new column that says nothing, and a new name that `known_as` tells, need none of this (`journal.contents`). Whatever
else changes what rows say does: each such row gets a new version and its earlier one goes to `Past`, in a line
`house.migrate` of its book. A row that did not fit its seal before is left as it is and gets no seal: it is found then
as it would have been found before.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.migrations.operations.base import Operation

from sosei.journal import contents
from sosei.journal.acts import act
from sosei.journal.chains import walk
from sosei.journal.keyring import ring
from sosei.journal.models import Chain, Past
from sosei.journal.reading import Broken, in_order
from sosei.journal.refusals import SealKeyLacking
from sosei.journal.seal import canonical, digest
from sosei.journal.tables import facts
from sosei.journal.verdict import Found
from sosei.journal.written import Version, Written

VERB: Final = "house.migrate"
#: Rows that one line names; more go into further lines of the same transaction.
_LINE: Final = 5_000


class Sealed(Operation):
    """封じた書き替え. Operations of a migration whose effect on the rows of `tables` goes into the journal.

    `name`: which migration, for the line. `tables`: their present names ("ledger.line"); they must not be renamed here.
    """

    reversible = False

    def __init__(self, name: str, tables: Sequence[str], operations: Sequence[Operation]) -> None:
        """Take what is to be done, and to which tables."""
        self.name, self.tables, self.operations = name, tables, operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Let each operation say what the tables are afterwards."""
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Do each operation, then give every row that says something else a new version with a seal."""
        with _Before() as before:
            tables = [_Table(table, from_state.apps.get_model(table)) for table in self.tables]
            if any(table.model._base_manager.exists() for table in tables):
                before.fill(tables)
            state = from_state
            for operation in self.operations:
                following = state.clone()
                operation.state_forwards(app_label, following)
                operation.database_forwards(app_label, schema_editor, state, following)
                state = following
            for table in self.tables:
                self._seal(_Table(table, state.apps.get_model(table)), before)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Never: what stands in the journal stays there."""
        raise NotImplementedError(self.name)

    def describe(self) -> str:
        """Return what it does, for those who read migrations."""
        return f"{self.name}, sealed: " + "; ".join(one.describe() for one in self.operations)

    def _seal(self, table: _Table, before: _Before) -> None:
        odd = before.odd(table.known)
        waiting: dict[str, list[_Rewritten]] = defaultdict(list)
        for row in _differing(table, before):
            waiting[row.body].append(row)
            if len(waiting[row.body]) >= _LINE:
                self._line(table, waiting.pop(row.body), odd[row.body])
        for rows in waiting.values():
            self._line(table, rows, odd[rows[0].body])

    def _line(self, table: _Table, rows: list[_Rewritten], odd: int) -> None:
        said = {"migration": self.name, "count": len(rows), **({"unsealed": odd} if odd else {})}
        with act(VERB, body=rows[0].body, by=None, facts=said) as w:
            for row in rows:
                table.model._base_manager.filter(pk=row.row).update(stamp=row.stamp + 1, since=w.at)
                w.migrated(row.past(table.known, w.at), row.content(w.at))


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """A row that says something else: its body, number and version, what it said and what it says."""

    body: str
    row: int
    stamp: int
    was: Mapping[str, Any]
    now: Mapping[str, Any]

    def past(self, table: str, at: datetime) -> Past:
        since = datetime.fromisoformat(self.was["since"])
        return Past(
            body=self.was["body"], table=table, row=self.row, stamp=self.stamp,
            since=since, until=max(at, since), content=self.was,
        )  # fmt: skip

    def content(self, at: datetime) -> dict[str, Any]:
        return {**self.now, "stamp": self.stamp + 1, "since": at}


class _Table:
    """A table as a migration knows it, and how the journal knows it."""

    def __init__(self, label: str, model: type[models.Model]) -> None:
        ours = next((k for k in facts() if label in (k._meta.label_lower, k.table())), None)
        self.model, self.known = model, ours.table() if ours else label
        self._names = ours.known_as if ours else {}

    def rows(self) -> Iterator[tuple[int, str, int, dict[str, Any] | None]]:
        """Yield each row's number, body, version and what it says; None where that cannot be read."""
        for row in in_order(self.model._base_manager.all()):
            if isinstance(row, Broken):
                yield row.key, "", 0, None
                continue
            said: Any = row
            yield said.pk, said.body, said.stamp, contents.kept(row, self._names)


def _differing(table: _Table, before: _Before) -> Iterator[_Rewritten]:
    """Yield the rows whose seal fitted before and that now say something else."""
    for number, body, stamp, now in table.rows():
        was = before.said(table.known, number)
        if was is not None and now is not None and canonical(now) != was:
            yield _Rewritten(body, number, stamp, json.loads(was), now)


class _Before:
    """What the rows said before, in a private file that goes away by itself, beside whether their seals fitted."""

    def __enter__(self) -> _Before:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute(
            "CREATE TABLE said (kind TEXT, row INTEGER, body TEXT, content TEXT, PRIMARY KEY (kind, row))"
        )
        return self

    def __exit__(self, *fault: object) -> None:
        self._file.close()

    def fill(self, tables: Sequence[_Table]) -> None:
        """Take in what every row says, and whether its last sealed line says the same. Raises SealKeyLacking."""
        with Written() as written:
            for body in Chain.objects.values_list("body", flat=True):
                found = Found()
                walk(ring(), body, found, [], written.add)
                _complete(found)
            for table in tables:
                sealed = {number: versions[-1] for number, versions in written.of(table.known)}
                for number, body, stamp, said in table.rows():
                    fits = said is not None and _fits(sealed.get(number), stamp, said)
                    text = canonical(said) if fits else None
                    row = (table.known, number, body, text)
                    self._file.execute("INSERT INTO said VALUES (?, ?, ?, ?)", row)

    def said(self, table: str, row: int) -> str | None:
        """Return what a row said, None where its seal did not fit, or where it was not there."""
        found = self._file.execute(
            "SELECT content FROM said WHERE kind = ? AND row = ?", (table, row)
        ).fetchone()
        return found[0] if found else None

    def odd(self, table: str) -> dict[str, int]:
        """Return how many rows of each book did not fit."""
        found = self._file.execute(
            "SELECT body, count(*) FROM said WHERE kind = ? AND content IS NULL GROUP BY body",
            (table,),
        )
        return defaultdict(int, found.fetchall())


def _complete(found: Found) -> None:
    """See that every key is here, or said to be lost: else rows that are sealed would be taken for unsealed."""
    for problem in found.problems:
        if problem.code == "J09":
            raise SealKeyLacking(number=problem.facts["key"])


def _fits(last: Version | None, stamp: int, said: Mapping[str, Any]) -> bool:
    if last is None or not last.sound or last.stamp != stamp:
        return False
    return last.digest == digest(ring()[last.key], said)

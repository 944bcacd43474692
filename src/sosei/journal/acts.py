"""行い. The only way in which rows of the book are written: one transaction, one line of the journal.

    with act("value.record", body=body, by=person.pk, subject="…") as w:
        w.add(Value(...))
        w.change(row, seen=stamp, text="…")

What an act wrote is in the database with its line, or neither is. Acts of one book are done one after the other: what
an act reads inside stays true until it ends. It has no effects outside the database: no mail, no files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from sosei.core.errors import NoReason, Stale
from sosei.journal.bounds import require_fits
from sosei.journal.clock import now
from sosei.journal.keyring import sealing
from sosei.journal.models import Chain, Entry, Fact, Past
from sosei.journal.seal import canonical, digest, fingerprint, seal

F = TypeVar("F", bound=Fact)


class Act:
    """What is being done: the rows written so far, and when it is done."""

    def __init__(self, body: str, at: datetime, number: int, key: bytes) -> None:
        """Begin; `act` makes it. `number`: of the key."""
        self.body, self.at, self._key = body, at, key
        self._number, self._next = number, (number, key)
        self.rows: list[tuple[str, int, int, str]] = []
        self.facts: dict[str, Any] = {}
        self._past: list[Past] = []
        self.entry: Entry | None = None

    def add(self, row: F) -> F:
        """Write a new row."""
        row.body, row.since, row.stamp = row.body or self.body, self.at, 1
        require_fits(row)
        row.save(force_insert=True)
        self._note(row)
        return row

    def add_all(self, rows: Sequence[F]) -> Sequence[F]:
        """Write new rows of one table at once."""
        for row in rows:
            row.body, row.since, row.stamp = row.body or self.body, self.at, 1
            require_fits(row)
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
        for row in rows:
            self._note(row)
        return rows

    def change(self, row: F, *, seen: int | None = None, **columns: Any) -> F:
        """Write other content into a row; nothing happens where it is the same. `seen`: the stamp the person saw.

        Raises Stale where the row was changed since it was loaded, or since it was seen.
        """
        if seen is not None and seen != row.stamp:
            raise Stale(what=row.called())
        differing = {k: v for k, v in columns.items() if getattr(row, k) != v}
        return self._rewrite(row, differing) if differing else row

    def void(self, row: F, *, reason: str) -> F:
        """Take a row out of the book, with the reason; it stays readable. Raises NoReason."""
        if not reason.strip():
            raise NoReason(what=f"{row.called()}の取消")
        return self._rewrite(row, {"voided": self.at, "void_reason": reason.strip()})

    def restore(self, row: F, content: Mapping[str, Any]) -> F:
        """Write an earlier content back as the newest one."""
        earlier = type(row).of_content(dict(content))
        columns = {
            f.attname: getattr(earlier, f.attname)
            for f in row._meta.concrete_fields
            if f.attname not in {"id", "body", "stamp", "since"}
        }
        differing = {k: v for k, v in columns.items() if getattr(row, k) != v}
        return self._rewrite(row, differing) if differing else row

    def empty(self, row: F, gone: Mapping[str, Any], **columns: Any) -> F:
        """Take words out of a row and out of all that it said before: of who asks that nothing of him be kept.

        `gone`: the columns, with what stands there instead. The line names the row: what it said before is proven no more.
        """
        earlier = [*Past.objects.filter(table=row.table(), row=row.pk)]
        self._rewrite(row, {**gone, **columns})
        for past in (*earlier, self._past[-1]):
            past.content = {**past.content, **gone}
        Past.objects.bulk_update(earlier, ["content"])
        self.facts["emptied"] = [*self.facts.get("emptied", ()), [row.table(), row.pk]]
        return row

    def hand_over(self, number: int, key: bytes) -> None:
        """Let the lines after this one be sealed with another key."""
        self._next = number, key

    def migrated(self, was: Past, content: Mapping[str, Any]) -> None:
        """Note a row that a migration wrote by itself: what it held before, and what it now holds (`journal.moving`)."""
        self._past.append(was)
        self.rows.append((was.table, was.row, was.stamp + 1, digest(self._key, content)))

    def proof(self, content: Mapping[str, Any]) -> str:
        """Return the digest of what is no row of the book, to be kept among the facts."""
        return digest(self._key, content)

    def _rewrite(self, row: F, columns: Mapping[str, Any]) -> F:
        was, stamp, since = row.kept(), row.stamp, row.since
        for name, value in columns.items():
            setattr(row, name, value)
        require_fits(row)
        row.stamp, row.since = stamp + 1, self.at
        names = [*(row._meta.get_field(name).attname for name in columns), "stamp", "since"]  # type: ignore[union-attr]
        manager = type(row)._default_manager
        written = manager.filter(pk=row.pk, stamp=stamp).update(
            **{name: getattr(row, name) for name in names}
        )
        if not written:
            raise Stale(what=row.called())
        self._past.append(
            Past(
                body=row.body, table=row.table(), row=row.pk, stamp=stamp,
                since=since, until=max(self.at, since), content=json.loads(canonical(was)),
            )
        )  # fmt: skip
        self._note(row)
        return row

    def _note(self, row: Fact) -> None:
        self.rows.append((row.table(), row.pk, row.stamp, digest(self._key, row.kept())))

    def close(self, verb: str, by: int | None, subject: str) -> None:
        """Add the line to the chain of the body, which the act has held from its beginning."""
        chain, _ = Chain.objects.get_or_create(body=self.body)
        entry = Entry(
            body=self.body, seq=chain.seq + 1, at=self.at, by=by, verb=verb, subject=subject,
            facts=self.facts, rows=[list(row) for row in self.rows], before=chain.head,
            key=self._number,
        )  # fmt: skip
        entry.seal = seal(self._key, entry.line())
        entry.save(force_insert=True)
        for past in self._past:
            past.seq = entry.seq
        Past.objects.bulk_create(self._past, batch_size=500)
        chain.seq, chain.head = entry.seq, entry.seal
        chain.key, chain.mark = self._next[0], fingerprint(self._next[1])
        chain.save(update_fields=["seq", "head", "key", "mark"])
        self.entry = entry


@contextmanager
def alone(body: str) -> Iterator[None]:
    """Open a transaction in which nobody else acts on a body's book: who comes meanwhile waits for its end.

    The end of the chain is what is held, and nothing may be locked before it: so two acts never wait for one another.
    SQLite lets one transaction write at a time as it is.
    """
    with transaction.atomic():
        if connection.features.has_select_for_update:
            Chain.objects.select_for_update().get_or_create(body=body)
        yield


@contextmanager
def act(
    verb: str,
    *,
    body: str,
    by: int | None,
    subject: str = "",
    facts: Mapping[str, Any] | None = None,
    always: bool = False,
) -> Iterator[Act]:
    """Do one act: everything written inside is one transaction with one line of the journal.

    `verb`: a stable code ("value.record"). `subject`: the row it is about ("ledger.projectyear:12"). An act that
    wrote nothing leaves no line, unless it is `always` to be recorded (a download, a sign-in). Its moment is taken
    when its turn has come, so moments follow the numbers of lines.
    """
    with alone(body):
        done = Act(body, now(), *sealing(Chain.objects.filter(body=body).first()))
        done.facts.update(facts or {})
        yield done
        if done.rows or always:
            done.close(verb, by, subject)


__all__ = ["Act", "act", "alone"]

"""突き合わせ. One row: what the journal says was written, what the table holds, what its past holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from django.core.exceptions import ValidationError

from sosei.journal.models import Fact, Past
from sosei.journal.reading import Broken
from sosei.journal.seal import digest
from sosei.journal.verdict import Found, Lines, Named
from sosei.journal.written import Version

_UNREADABLE: Final = Named("読み取れない内容", "unreadable content")


@dataclass(frozen=True, slots=True)
class Side:
    """一行の三つの姿. Its number, its versions by the journal, the row in its table, its past contents.

    `emptied`: an act took words out of the past contents, which then are not what was sealed.
    """

    number: int
    versions: list[Version]
    row: Fact | Broken | None
    pasts: list[Past]
    emptied: bool = False


def check(keys: Mapping[int, bytes], table: type[Fact], side: Side, found: Found) -> None:
    """Note what does not agree; what was written with a key that is not here is not looked into."""
    name = Named(str(table._meta.verbose_name), table._meta.label_lower)
    found.rows += side.row is not None
    code = _row(keys, side)
    if code is not None:
        facts = {"called": _called(side.row)} if side.row is not None else {}
        if side.versions:
            last = side.versions[-1]
            facts |= {"lines": Lines(last.seq, last.seq), "at": last.at}
        found.note(code, table=name, row=side.number, **facts)
    for code, facts in _pasts(keys, side):
        found.note(code, table=name, row=side.number, **facts)


def _row(keys: Mapping[int, bytes], side: Side) -> str | None:
    """Return the code of what is wrong with the present content, or None."""
    if side.row is None:
        return "J11" if side.versions else None
    if not side.versions:
        return "J12"
    if isinstance(side.row, Broken) or not isinstance(side.row.stamp, int):
        return "J10"
    if side.row.stamp > side.versions[-1].stamp:
        return "J13"
    written = next((v for v in side.versions if v.stamp == side.row.stamp), None)
    if written is None or not _holds(keys.get(written.key), side.row, written):
        return "J10"
    return None if written is side.versions[-1] else "J14"


def _holds(key: bytes | None, row: Fact, written: Version) -> bool:
    """Whether a row holds what was written; without the key of that, nobody can say that it does not."""
    if key is None:
        return True
    try:
        return digest(key, row.kept()) == written.digest
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        return False


def _called(row: Fact | Broken | None) -> object:
    return row.called() if isinstance(row, Fact) else _UNREADABLE


def _pasts(keys: Mapping[int, bytes], side: Side) -> list[tuple[str, dict[str, object]]]:
    """Return what is wrong with the earlier contents: each version but the last must stand there as it was."""
    there = {past.stamp: past for past in side.pasts}
    wrong: list[tuple[str, dict[str, object]]] = []
    for version, following in pairwise(side.versions):
        past = there.pop(version.stamp, None)
        facts: dict[str, object] = {"stamp": version.stamp}
        if past is None:
            wrong.append(("J21", {**facts, "lines": Lines(following.seq, following.seq)}))
        elif not _as_recorded(
            None if side.emptied else keys.get(version.key), past, version, following
        ):
            wrong.append(("J20", {**facts, "at": past.until}))
    return wrong + [("J22", {"stamp": stamp}) for stamp in there if not _of_a_cut_tail(side, stamp)]


def _as_recorded(key: bytes | None, past: Past, version: Version, following: Version) -> bool:
    """Whether a past content is what the journal recorded, from when until when, ended by which line."""
    if not isinstance(past.content, dict):
        return False
    if key is None:
        return True
    if digest(key, past.content) != version.digest:
        return False
    since = datetime.fromisoformat(past.content["since"])
    if (past.body, past.since) != (past.content["body"], since):
        return False
    if following.stamp != version.stamp + 1 or not following.sound:  # named by its line already
        return True
    return (past.seq, past.until) == (following.seq, max(following.at, since))


def _of_a_cut_tail(side: Side, stamp: int) -> bool:
    """Whether a past content belongs to lines that were cut off; the row itself is named for that already."""
    if not side.versions or not isinstance(side.row, Fact):
        return False
    return side.versions[-1].stamp <= stamp < side.row.stamp
